"""Lines of a text that were meant for an update's heading: their author believes that it is told.

    **Resolved** 14:05 UTC          ### Resolved          - Monitoring - 2026-11-26 14:05 UTC

What says the same inside of prose, a list or a timeline is a text like any other.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple

from statusgen.content.collector import Context
from statusgen.content.course import Entry
from statusgen.content.document import Document, location
from statusgen.content.headings import EXAMPLE
from statusgen.content.meant_headings import StatusLine, label_meant, status_line
from statusgen.model import CLOSING, Kind, Status
from statusgen.reading.characters import shown
from statusgen.reading.times import time_meant, write_time

_EXAMPLE_TIME = EXAMPLE.partition(" · ")[2]
_BULLET = re.compile(r"[-*+][ \t]")
_HEADING = re.compile(r"#{1,6}[ \t]")
_SUBHEADING = re.compile(r"\n#{1,6}[ \t]+([^\n]*)")
_SOON = timedelta(hours=12)
_AROUND = 300  # characters in which the neighbours of a line are looked for
_MOST = 100  # lines of a file that are looked at
_WINDOW = frozenset(
    (
        *("open", "planned", "scheduled", "started", "ongoing"),
        *("geplant", "planifié", "planifiée", "programado", "agendado", "запланировано"),
    )
)
"""Words that texts have before times without being updates: "Scheduled: 10:00 UTC"."""
_CLOSED = frozenset(status.label for status in CLOSING - {Status.POSTMORTEM})


class _Line(NamedTuple):
    """A line that says a status; `at` is the newline before it, `end` the one behind it."""

    at: int
    end: int
    text: str
    said: StatusLine
    label: str

    @property
    def is_heading(self) -> bool:
        return _HEADING.match(self.text) is not None


def report_swallowed(document: Document, entries: Sequence[Entry | None], context: Context) -> None:
    """Report the updates that are text; `entries` are what each of the sections was read as."""
    if context.kind is Kind.NOTICE:
        return
    starts = [section.body.start for section in document.sections]
    structured: dict[int, bool] = {}  # by the number of the section, -1 for the summary
    for at in document.swallowed[:_MOST]:
        line = _line_at(document.text, at, context.kind)
        number = bisect_right(starts, at) - 1
        entry = entries[number] if number >= 0 else None
        body = document.sections[number].body if number >= 0 else document.summary
        if number not in structured:
            structured[number] = _has_other_headings(document.text[body.start : body.end])
        if line is None or not _is_meant(line, is_structured=structured[number]):
            continue
        if _is_listed(line, document.text) or _is_told(line, entry):
            continue
        earlier = [one for one in entries[: number + 1] if one]
        heading = _heading(line, earlier[-1] if earlier else None, context)
        if heading:
            message = f"{shown(line.text)} looks like an update, but is no heading, and so is text"
            where = location(document.text, at + 1, context.problems.path)
            hint = f"{heading}, or begin the line with a space if it is text"
            context.problems.warning("update-as-text", message, where, hint)


def _line_at(text: str, at: int, kind: Kind) -> _Line | None:
    end = text.find("\n", at + 1)
    end = len(text) if end < 0 else end
    line = text[at + 1 : end]
    said = status_line(line.lstrip("#"))
    label = label_meant(said.word, kind) if said else ""
    return _Line(at, end, line, said, label) if said and label else None


def _has_other_headings(body: str) -> bool:
    """Tell whether a text has headings inside that are about anything but a status."""
    return any(status_line(title) is None for title in _SUBHEADING.findall(body))


def _is_meant(line: _Line, *, is_structured: bool) -> bool:
    """Tell whether a line is for certain enough no part of the text around it.

    Among other headings inside a text, "### Monitoring" is about what monitors.
    """
    if line.said.time:
        return line.is_heading or line.said.word not in _WINDOW
    if line.label in _CLOSED:
        return not _BULLET.match(line.text)
    return line.is_heading and line.label != "Update" and not is_structured


def _is_listed(line: _Line, text: str) -> bool:
    """Tell whether the lines around are of the same form, so that this is one of a list."""
    before = text[max(0, line.at - _AROUND) : line.at].rstrip()
    after = text[line.end : line.end + _AROUND].lstrip()
    neighbours = (before[before.rfind("\n") + 1 :], after.partition("\n")[0])
    if _BULLET.match(line.text):
        return any(_BULLET.match(one) for one in neighbours)
    if line.said.time or line.is_heading:
        return False
    said = [status_line(one) for one in neighbours if not one.startswith("#")]
    return any(one and not one.time for one in said)


def _is_told(line: _Line, entry: Entry | None) -> bool:
    return entry is not None and entry.status is not None and entry.status.label == line.label


def _heading(line: _Line, entry: Entry | None, context: Context) -> str:
    """Return the hint that has the heading; "" if the text only looks back to that time.

    `entry` is the newest update above.
    """
    at = _moment(line.said.time, entry, context)
    if at is None:
        is_past = line.said.time and line.label not in _CLOSED
        return "" if is_past else f"write it like '## {line.label} · {_EXAMPLE_TIME}'"
    if entry and at < entry.at and entry.status in CLOSING:
        return ""
    return f"write '## {line.label} · {write_time(at)}'"


def _moment(written: str, entry: Entry | None, context: Context) -> datetime | None:
    """Return what a time means; a time of day must follow soon on the update above it.

    It is one of the page's zone, or else of UTC, in which headings are written.
    """
    near = context.near
    if entry is None:
        after = datetime.combine(near, time(), UTC) if near else None
        return time_meant(written, context.zone, after=after, near=near)
    at = time_meant(written, context.zone, after=entry.at, near=near)
    if time_meant(written, UTC, near=near):  # it has a date
        return at
    in_utc = time_meant(f"{written} UTC", UTC, after=entry.at)
    return next((one for one in (at, in_utc) if one and one <= entry.at + _SOON), None)
