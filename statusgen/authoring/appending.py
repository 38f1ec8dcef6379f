"""One update more in a file that a person wrote, of which all else stays byte for byte."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple
from zoneinfo import ZoneInfo

from statusgen.authoring.faults import Fault
from statusgen.authoring.sections import section, zone_written
from statusgen.content import arranged
from statusgen.content.lines import lines_of
from statusgen.content.rewriting import rewrite_incident
from statusgen.content.texts import normal_text
from statusgen.model import CLOSING, STATUSES, Change, Impact, Incident, Kind, Status, Update
from statusgen.reading.times import write_time

_MINUTE = timedelta(minutes=1)
_SKEW = timedelta(minutes=5)  # by which the clocks of two people may differ


class News(NamedTuple):
    """What an update says; `status` None keeps the one before, `ended` is the real end."""

    text: str
    status: Status | None = None
    changes: Sequence[Change] = ()
    next_update: datetime | None = None
    eta: datetime | None = None
    impact: Impact | None = None
    ended: datetime | None = None


def newest_status(incident: Incident, now: datetime) -> Status:
    """Return the status that an incident has, or that the clock gives a maintenance."""
    said = incident.updates[-1].status if incident.updates else None
    if incident.kind is not Kind.MAINTENANCE:
        return said or STATUSES[incident.kind][0]
    if said in {None, Status.SCHEDULED} and incident.starts and incident.starts <= now:
        over = incident.ends is not None and incident.ends <= now and not incident.repeat
        return Status.COMPLETED if over else Status.IN_PROGRESS
    return said or Status.SCHEDULED


def is_over(incident: Incident, now: datetime) -> bool:
    """Tell whether an incident is resolved, a maintenance completed, or a notice taken down."""
    if incident.kind is Kind.NOTICE:
        return incident.ends is not None and incident.ends <= now
    return newest_status(incident, now) in CLOSING


def time_for(incident: Incident, now: datetime) -> datetime | Fault:
    """Return the minute that a new update gets: now, or the one behind the newest update.

    The ids of updates follow from their times, so two of them never share a minute; and clocks of
    two writers may differ, but what is written last comes last.
    """
    at = now.replace(second=0, microsecond=0)
    newest = max((update.at for update in incident.updates), default=None)
    if newest is None or newest < at:
        return at
    if newest - at <= _SKEW:
        return newest.replace(second=0, microsecond=0) + _MINUTE
    return Fault(
        "",
        f"the newest update is of {write_time(newest)}, which has not come yet",
        f"correct that time in the file, or your clock, which says {write_time(now)}",
    )


def with_news(incident: Incident, at: datetime, news: News) -> Incident:
    """Return the incident with one update more.

    An impact that the front matter states holds over those of updates, so it is changed there.
    """
    status = news.status or newest_status(incident, at)
    impact = news.impact
    if impact is not None and incident.impact is not None:
        incident, impact = incident._replace(impact=impact), None
    if news.ended is not None and news.ended != at:
        incident = incident._replace(ended=news.ended)
    update = Update(
        "",
        status,
        at,
        normal_text(news.text),
        changes=tuple(news.changes),
        next_update=news.next_update,
        eta=news.eta,
        impact=impact,
    )
    return arranged(incident._replace(updates=(*incident.updates, update)))


def extended(old_text: str, wanted: Incident, zone: ZoneInfo) -> str | Fault:
    """Return the text of a file that says what `wanted` does, with no other line changed.

    Lines of the front matter may be replaced; everything else that was typed is still there, in its
    order.
    """
    write = partial(section, zone=zone_written(old_text, zone))
    new_text = rewrite_incident(old_text, wanted, zone, write)
    remaining = iter(lines_of(new_text))
    body = _body(old_text)
    if all(any(_same(line, other) for other in remaining) for line in body):
        return new_text
    message = f"{wanted.path} cannot take an update without other lines of it being changed"
    return Fault("", message, "add it by hand; 'statusgen check' may tell what is wrong there")


def _body(text: str) -> list[str]:
    """Return the lines below the front matter."""
    lines = lines_of(text)
    marks = [number for number, line in enumerate(lines) if line.strip() == "---"]
    return lines[marks[1] + 1 :] if len(marks) > 1 else lines


def _same(line: str, other: str) -> bool:
    """Tell whether a line is still there; the last one may have got its ending."""
    return line.rstrip("\r\n") == other.rstrip("\r\n")
