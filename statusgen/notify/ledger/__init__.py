"""Who was told what: the memory by which nobody is told the same twice.

lines.py       what stands in a ledger, line by line
state.py       what the lines come to
compaction.py  fewer lines that come to the same
store.py       what a place for lines can do
folder.py      a folder of this machine
branch.py      a branch of a Git remote
access.py      which of them config.yml names
"""
