"""The form of nearly all incident files, whose parts are found in a fraction of the usual time.

That is: front matter, paragraphs, and updates with an exact status and a time in UTC, with or
without key lines. Whatever else could shape a file, and all that is wrong, is left to `document`,
`headings` and `shape`. A property test holds that where this reads something, they read the same.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from statusgen.content.collector import Context
from statusgen.content.course import Entry
from statusgen.content.document import Document, Passage, Section
from statusgen.content.key_lines import begins_late, read_key_lines
from statusgen.content.limits import LONGEST_TEXT
from statusgen.content.shape import MOST_HEADINGS, SHAPING, may_swallow
from statusgen.content.texts import text_in
from statusgen.model import STATUSES, Status
from statusgen.problems import Location
from statusgen.reading.times import usual_time

_HEADING = re.compile(r"\n## ([A-Z][a-z ]+) · ([^\n]{20})(?=\n|\Z)")
_STATUSES = {status.label: status for status in Status}


class Usual(NamedTuple):
    """A file of the usual form: `front` is its YAML, the body begins with the newline text[body].

    Of `updates` only the headings are known, each with the position of what follows it.
    """

    text: str
    front: str
    body: int
    updates: list[re.Match[str]]


def usual_parts(text: str) -> Usual | None:
    """Return the parts of a file's text; None if it may be of another form."""
    end = text.find("\n---", 3)
    if (
        not text.startswith("---\n")
        or text[end + 4 : end + 5] != "\n"
        or text.find("\n##", 3, end) >= 0
        or "```" in text
        or "<<<<<<<" in text
        or ">>>>>>>" in text
    ):
        return None
    updates = list(_HEADING.finditer(text, end + 4))
    return Usual(text, text[4 : end + 1], end + 4, updates) if updates else None


def usual_entries(usual: Usual, context: Context) -> tuple[str, list[Entry]] | None:
    """Return the summary and the updates as they stand; None if there is any doubt.

    Problems have no places here.
    """
    text, _, body, updates = usual
    nowhere = Location(context.problems.path)
    ends = [update.start() for update in updates]
    if len(ends) > MOST_HEADINGS or SHAPING.search(text, body, ends[0]) or may_swallow(text, body):
        return None
    summary = text_in(text[body : ends[0]])
    statuses = STATUSES[context.kind]
    entries = []
    for update, end in zip(updates, [*ends[1:], len(text)], strict=True):
        label, written = update.groups()
        status, at, start = _STATUSES.get(label), usual_time(written), update.end()
        if status not in statuses or at is None:
            return None
        fields: dict[str, Any] = {}
        if begins_late(text, start):
            return None
        if not text.startswith("\n\n", start):
            document = Document(text, None, 0, Passage(0, 0), (), leaks=False)
            section = Section("", nowhere, Passage(start, end))
            fields, _, start = read_key_lines(document, section, at, context)
        if end - start > LONGEST_TEXT or SHAPING.search(text, start, end):
            return None
        entries.append(Entry(at, status, text_in(text[start:end]), fields, nowhere, start))
    return None if len(summary) > LONGEST_TEXT else (summary, entries)
