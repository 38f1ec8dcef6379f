"""Maintenance in a period: how early it was announced, and whether it ended when it should."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from statusgen.model import AT_WORK, Kind, Status
from statusgen.report.values import MaintenanceFigures
from statusgen.timeline.days import Period, day_of
from statusgen.timeline.history import History
from statusgen.timeline.record import Record

_SECOND = timedelta(seconds=1)


def maintenance_in(history: History, period: Period) -> Iterator[MaintenanceFigures]:
    """Yield the maintenances whose window began in a period, oldest first."""
    found = [
        one
        for one in history.records
        if one.kind is Kind.MAINTENANCE
        and one.window is not None
        and period.first <= day_of(one.window.start, history.zone) <= period.last
    ]
    for one in sorted(found, key=lambda one: (one.window or (), one.id)):
        yield MaintenanceFigures(one, _lead(one), _lasted(one), _overrun(one, history.now))


def held(maintenances: Iterable[MaintenanceFigures]) -> int:
    """Return how many of them were not called off."""
    return sum(one.record.status is not Status.CANCELLED for one in maintenances)


def _lead(record: Record) -> int | None:
    """Return the seconds from the announcement to the start of the window.

    Where nobody wrote when that was, the clock assumes a week, which proves nothing.
    """
    announced = _announced(record)
    if announced is None or record.window is None:
        return None
    return max((record.window.start - announced) // _SECOND, 0)


def _announced(record: Record) -> datetime | None:
    incident = record.incident
    for update in record.updates:
        if update.status is Status.SCHEDULED and update in incident.updates:
            return update.at
    is_later_occurrence = record.window is not None and record.window.start != incident.starts
    if incident.repeat and is_later_occurrence:
        return record.created
    return incident.created


def _lasted(record: Record) -> int | None:
    begun = next((one.at for one in record.updates if one.status in AT_WORK), None)
    if begun is None or record.is_open or record.resolved_at is None:
        return None
    return max((record.resolved_at - begun) // _SECOND, 0)


def _overrun(record: Record, now: datetime) -> int | None:
    window, incident = record.window, record.incident
    has_end = incident.ends is not None and incident.starts is not None
    if window is None or not has_end or window.end <= window.start:
        return None
    if record.status is Status.CANCELLED:
        return None
    ended = now if record.is_open else record.resolved_at
    return None if ended is None else max((ended - window.end) // _SECOND, 0)
