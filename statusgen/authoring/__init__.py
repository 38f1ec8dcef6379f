"""What the verbs write (`open`, `update`, `resolve` …), from what a person types.

Pure: texts and values in, texts and values out. Prompts, the editor, the disk and Git are the
callers' (`cli`, `files/writes.py`, `git/committing.py`).

    choosing, moments    what was typed → ids, statuses, moments, or a Fault
    promises             when readers hear again, and what to say where there is no news
    facts, postmortems   an incident → what the playbook or a postmortem begins with
    naming               a title → the id and the path of a new file
    opening, appending   values → an Incident with one update more
    sections             that → the text of the file, as a hand would have written it
    preview              what readers will see of it
"""
