"""Updates whose time has not come: most often a slip in the date, and `check` says so.

They are read and count from their time on (docs/decisions/0003), so nothing is wrong with the file
itself, and a build has nothing to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, tzinfo

from statusgen.files.source_tree import LARGEST_INCIDENT, read_file
from statusgen.model import Incident
from statusgen.problems import Location, Problem, Severity
from statusgen.reading.characters import decode
from statusgen.reading.times import write_time

_HEADING = re.compile(r"^ {0,3}#+[^\n]*", re.MULTILINE)
_TOLERATED = timedelta(minutes=5)  # clocks differ, and people round up


def updates_ahead(
    incidents: Iterable[Incident],
    root: str,
    now: datetime,
    zone: tzinfo,
) -> Iterator[Problem]:
    """Yield a warning for each update that is more than minutes ahead of `now`."""
    for incident in incidents:
        if incident.stand_in:
            continue
        ahead = [update.at for update in incident.updates if update.at > now + _TOLERATED]
        if not ahead:
            continue
        headings = list(_headings(root, incident.path))
        for at in ahead:
            line = _line_of(at, headings, zone)
            yield Problem(
                "update-ahead",
                f"the update's time, {write_time(at)}, has not come yet",
                Location(incident.path, line, 1 if line else 0),
                "it counts from then on; is the date right?",
                Severity.WARNING,
            )


def _headings(root: str, path: str) -> Iterator[tuple[int, str]]:
    """Yield the number and text of each line that may be a heading."""
    try:
        text, _ = decode(read_file(root, path, largest=LARGEST_INCIDENT), path)
    except OSError:
        return
    for found in _HEADING.finditer(text):
        yield text.count("\n", 0, found.start()) + 1, found[0]


def _line_of(at: datetime, headings: Iterable[tuple[int, str]], zone: tzinfo) -> int:
    """Return the line of the heading that names a moment, in UTC or in the page's zone; or 0."""
    for line, heading in headings:
        for moment in (at, at.astimezone(zone)):
            if f"{moment:%Y-%m-%d}" in heading and f"{moment:%H:%M}" in heading:
                return line
    return 0
