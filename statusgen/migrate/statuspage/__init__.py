"""Statuspage (Atlassian): a live page, or its JSON, becomes incident files and a config.yml.

source / live  files or addresses → reader → merge → Capture, each record once
components     Capture → Config: ids, groups, order, former names
convert        record → Incident, and what was not understood
settle         what does not follow from the updates is written, the rest is not
reconcile      with what is in the repository already
"""
