"""Practice: an incident that is played end to end in a copy of the page repository.

scenario     a file that tells what happens → a Scenario, or problems
scenarios    which of them there are
play         what the clock says, and what has happened by then
stage        the copy: watermarked, with a remote that leads nowhere
channels     the channels of config.yml, reaching nobody
score        how the incident was told → points, and why
"""
