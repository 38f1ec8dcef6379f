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
from statusgen.reading.times import parse_time, write_time

_DATED = re.compile(r"^ {0,3}##[ \t]+[^\n]*?([0-9]{4}-[0-9]{2}-[0-9]{2}[^\n]*)", re.MULTILINE)
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
        lines = _lines_by_time(root, incident.path, zone)
        for at in ahead:
            line = lines.get(at, 0)
            yield Problem(
                "update-ahead",
                f"the update's time, {write_time(at)}, has not come yet",
                Location(incident.path, line, 1 if line else 0),
                "it counts from then on; is the date right?",
                Severity.WARNING,
            )


def _lines_by_time(root: str, path: str, zone: tzinfo) -> dict[datetime, int]:
    """Return the moments that headings name, each with the first line that does."""
    try:
        text, _ = decode(read_file(root, path, largest=LARGEST_INCIDENT), path)
    except OSError:
        return {}
    lines: dict[datetime, int] = {}
    line, counted = 1, 0
    for heading in _DATED.finditer(text):
        line += text.count("\n", counted, heading.start())
        counted = heading.start()
        at = parse_time(heading[1], zone).at
        if at is not None:
            lines.setdefault(at, line)
    return lines
