"""What the files and folders of a page repository are called, and where the program itself is."""

from __future__ import annotations

import os

CONFIG = "config.yml"
INCIDENTS = "incidents"
PAGES = "pages"
PLAYBOOK = "playbook"
THEME = "site-template"
PAGE_TEMPLATE = "page-template"
"""Files for editors, hooks and hosts; their names there lack the dot that they begin with."""
STATE_FOLDER = ".statusgen"
"""What builds remember, and the drafts of people who write."""

_NAME = r"(?!\.{1,2}(?:/|$))[^/\\\0\n]+"
OUTPUT_PATH = f"{_NAME}(?:/{_NAME})*"
"""A pattern of what may be a file's path below an output folder: nothing leads out of it."""

PROGRAM_FOLDER = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
"""The folder of the package `statusgen`."""
