"""What has happened that somebody can be told of: the events of a history.

An event is told by its id, which follows from the incident, the update and the kind alone, so that
it stays the same when a text is corrected. What is new between two moments, or two commits, is what
the one history has events of and the other has not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from statusgen.model import (
    AT_WORK,
    SEVERITY,
    ComponentStatus,
    EventKind,
    Kind,
    Notify,
    Status,
    Update,
    derive_code,
)
from statusgen.timeline.history import History
from statusgen.timeline.record import Record


class Event(NamedTuple):
    """Something that happened `at` a moment.

    `update` tells it; a reminder has none of its own. A change of a component has the component,
    and its status `before` and `after` with all that goes on counted.
    """

    id: str
    kind: EventKind
    at: datetime
    record: Record
    update: Update | None = None
    component: str = ""
    before: ComponentStatus = ComponentStatus.OPERATIONAL
    after: ComponentStatus = ComponentStatus.OPERATIONAL

    @property
    def fingerprint(self) -> str:
        """Sixteen characters that are the same for the same status and text."""
        said = f"{self.update.status}\n{self.update.text}" if self.update else ""
        return hashlib.sha256(f"{self.component}\n{said}".encode()).hexdigest()[:16]


def events_of(history: History, since: datetime) -> tuple[Event, ...]:
    """Return all that has happened after `since`, up to the history's `now`, oldest first.

    Of one record and one moment, it is in the order in which the record has it.

    Updates that say `notify: no` are none. One that says `notify: again` is another event whenever
    its text is another.
    """
    found = [
        event
        for record in (*history.records, *history.notices)
        for event in _of_record(record, history, since)
    ]
    return tuple(sorted(found, key=lambda one: (one.at, one.record.id)))


def next_reminder(history: History) -> datetime | None:
    """Return when the next reminder of a maintenance falls due, which the page does not show."""
    reminder = history.config.cadence.reminder
    if not reminder:
        return None
    moments = (one.window.start - reminder for one in history.upcoming if one.window is not None)
    return min((one for one in moments if one > history.now), default=None)


def next_event(history: History) -> datetime | None:
    """Return when something happens next by itself, as far as that is known now."""
    records = (*history.records, *history.notices)
    windows = (one.window for one in records if one.is_open and one.window is not None)
    moments = [moment for window in windows for moment in window]
    moments += (update.at for one in records for update in one.incident.updates)
    ahead = [one for one in moments if one > history.now]
    reminder = next_reminder(history)
    return min([*ahead, *([reminder] if reminder else [])], default=None)


def _of_record(record: Record, history: History, since: datetime) -> Iterator[Event]:
    before: list[Update] = []
    for update in record.updates:
        if update.notify is not Notify.NO and update.at > since:
            yield _event(record, update, _kind_of(record, update, before))
            yield from _changes(record, update, history)
        before.append(update)
    if record.kind is Kind.MAINTENANCE and record.status is Status.SCHEDULED:
        yield from _reminder(record, history)


def _reminder(record: Record, history: History) -> Iterator[Event]:
    """Yield the reminder of a maintenance; an announcement as late as that is one by itself."""
    ahead = history.config.cadence.reminder
    if ahead and record.window is not None:
        start = record.window.start
        due = start - ahead
        was_announced = bool(record.updates) and record.updates[0].at < due
        if was_announced and due <= history.now < start:
            kind = EventKind.REMINDER
            yield Event(derive_code(record.id, start.isoformat(), kind), kind, due, record)


def _event(record: Record, update: Update, kind: EventKind) -> Event:
    event = Event(derive_code(record.id, update.id, kind), kind, update.at, record, update)
    if update.notify is Notify.AGAIN:
        again = derive_code(record.id, update.id, kind, "again", event.fingerprint)
        event = event._replace(id=again)
    return event


def _kind_of(record: Record, update: Update, before: list[Update]) -> EventKind:
    match record.kind:
        case Kind.NOTICE:
            return EventKind.NOTICE if not before else EventKind.UPDATE
        case Kind.INCIDENT:
            return _kind_in_an_incident(update, before)
        case Kind.MAINTENANCE:
            return _kind_in_a_maintenance(record, update, before)


def _kind_in_an_incident(update: Update, before: list[Update]) -> EventKind:
    if update.status is Status.POSTMORTEM:
        return EventKind.POSTMORTEM
    if update.status is Status.RESOLVED:
        is_news = not any(one.status is Status.RESOLVED for one in before[-1:])
        return EventKind.RESOLVED if is_news else EventKind.UPDATE
    return EventKind.UPDATE if before else EventKind.OPENED


_ENDS = {
    Status.COMPLETED: EventKind.COMPLETED,
    Status.CANCELLED: EventKind.CANCELLED,
    Status.POSTMORTEM: EventKind.POSTMORTEM,
}


def _kind_in_a_maintenance(record: Record, update: Update, before: list[Update]) -> EventKind:
    ended = _ENDS.get(update.status)
    if ended is not None:
        is_news = not any(one.status is update.status for one in before[-1:])
        return ended if is_news else EventKind.UPDATE
    if update.status in AT_WORK:
        if not any(one.status in AT_WORK for one in before):
            return EventKind.STARTED
        end = record.window.end if record.window else update.at
        is_first_over = update.at >= end and not any(one.at >= end for one in before)
        return EventKind.OVERRUN if is_first_over else EventKind.UPDATE
    return EventKind.UPDATE if before else EventKind.ANNOUNCED


def _changes(record: Record, update: Update, history: History) -> Iterator[Event]:
    """Yield the changes of components that an update brought, with all that goes on counted."""
    concerned = {one.component for one in record.spans if update.at in (one.start, one.end)}
    for component in sorted(concerned):
        before, after = _around(history, component, update.at)
        if before is not after:
            kind = EventKind.COMPONENT
            id_ = derive_code(record.id, update.id, kind, component)
            yield Event(id_, kind, update.at, record, update, component, before, after)


def _around(
    history: History, component: str, moment: datetime
) -> tuple[ComponentStatus, ComponentStatus]:
    """Return a component's status just before a moment and from it on."""
    before = after = ComponentStatus.OPERATIONAL
    for span in history.spans_of(component):
        if span.start < moment and (span.end is None or span.end >= moment):
            before = max(before, span.status, key=SEVERITY.__getitem__)
        if span.start <= moment and (span.end is None or span.end > moment):
            after = max(after, span.status, key=SEVERITY.__getitem__)
    return before, after
