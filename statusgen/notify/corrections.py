"""Which event is one that is known already, though its id is another: corrected times, new names.

The id of an update follows from its time and its file, and an event's kind from the update before
it. So a corrected time, a renamed file or an inserted update make an event go and another appear.
The new one is recognised as the old one, and nobody is told of it again.

What the clock says of a maintenance is the other way round: it keeps its id. So it is another event
once somebody has put the work off, and what a person writes in its place is news.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from statusgen.model import EventKind, Notify, Status, derive_code
from statusgen.notify.ledger.lines import Line, Sighting, What
from statusgen.notify.ledger.state import State
from statusgen.timeline.days import seconds_of
from statusgen.timeline.events import Event
from statusgen.timeline.history import History
from statusgen.timeline.maintenance import clock_code
from statusgen.timeline.record import Record

_POSSIBLE, _LIKELY, _SURE = 1, 2, 3
_APART = frozenset({EventKind.COMPONENT, EventKind.REMINDER})
_BY_CLOCK = (Status.SCHEDULED, Status.IN_PROGRESS, Status.COMPLETED)


class EventFeed(NamedTuple):
    """What an audience sees, and what has lately happened there, oldest first."""

    audience: str
    history: History
    events: tuple[Event, ...]


class Recognised(NamedTuple):
    """Events under the ids by which the ledger knows them, and what it does not know yet."""

    events: tuple[Event, ...]
    lines: tuple[Line, ...]


def record_code(record_id: str) -> str:
    """Return what stands in the ledger for a record, whose id may say what is not public."""
    return derive_code("record", record_id)


def codes_of(record: Record) -> tuple[str, ...]:
    """Return what stands for a record, and for what it was called before."""
    return tuple(record_code(one) for one in _names_of(record))


def _names_of(record: Record) -> tuple[str, ...]:
    suffix = record.id.removeprefix(record.incident.id)
    return (record.id, *(f"{alias}{suffix}" for alias in record.incident.aliases))


def recognise(feed: EventFeed, state: State, now: int) -> Recognised:
    """Return the events of a feed by the ids under which they were first found."""
    present = _updates_of(feed.history)
    sightings = {
        id_: seen for (audience, id_), seen in state.sightings.items() if audience == feed.audience
    }
    present_events = [_as_seen(one, sightings) for one in feed.events]
    ids = {one.id for one in (*feed.events, *present_events)}
    followed = {one.was for one in sightings.values() if one.was}
    vanished = {
        id_: seen
        for id_, seen in sightings.items()
        if id_ not in ids
        and id_ not in followed
        and (feed.audience, id_) not in state.gone
        and (seen.record not in present or seen.kind != EventKind.REMINDER)
    }
    lines: list[Line] = []

    def later(id_: str) -> int:
        """Return a moment after all that is known of an event, also if the clock was put back."""
        return max(now, state.looked.get((feed.audience, id_), 0) + 1)

    was: dict[str, str] = {id_: one.was for id_, one in sightings.items() if one.was}
    events = []
    for found in present_events:
        event = found
        if event.id not in sightings:
            old = _same(event, vanished, present)
            if old:
                was[event.id] = old
                del vanished[old]
            elif _is_after_the_clock(event, vanished):
                event = event._replace(kind=EventKind.UPDATE)
            seen = _sighting(feed.audience, event, old)
            lines.append(Line(What.SEEN, now, event=event.id, seen=seen))
        elif (feed.audience, event.id) in state.gone:
            seen = sightings[event.id]
            lines.append(Line(What.SEEN, later(event.id), event=event.id, seen=seen))
        events.append(event._replace(id=_origin(event.id, was)))
    lines += (
        Line(What.GONE, later(id_), event=id_, why=feed.audience)
        for id_, seen in vanished.items()
        if seen.update not in present.get(seen.record, ())
    )
    return Recognised(tuple(events), tuple(lines))


def _updates_of(history: History) -> Mapping[str, frozenset[str]]:
    """Return the ids of all updates that there are, by what stands for their records."""
    return {
        record_code(one.id): frozenset(update.id for update in one.updates)
        for one in (*history.records, *history.notices)
    }


def _as_seen(event: Event, sightings: Mapping[str, Sighting]) -> Event:
    """Return an event as it was seen before; what was put off since then is another one."""
    seen = sightings.get(event.id)
    if seen is not None and _is_put_off(event, seen, sightings):
        event = event._replace(id=derive_code(event.id, "put off", event.at.isoformat()))
        seen = sightings.get(event.id)
    is_update = seen is not None and seen.kind == EventKind.UPDATE
    return event._replace(kind=EventKind.UPDATE) if is_update else event


def _is_put_off(event: Event, seen: Sighting, sightings: Mapping[str, Sighting]) -> bool:
    """Tell whether the clock says something again, since a person said otherwise in between."""
    at = seconds_of(event.at)
    if event.update is None or seen.time == at or not _is_by_clock(event.update.id, event.record):
        return False
    codes, status = codes_of(event.record), event.update.status
    return any(
        one.record in codes and one.status not in ("", status) and seen.time < one.time < at
        for one in sightings.values()
        if not one.component
    )


def _is_by_clock(update_id: str, record: Record) -> bool:
    return any(
        update_id == clock_code(name, status) for name in _names_of(record) for status in _BY_CLOCK
    )


def _is_after_the_clock(event: Event, vanished: Mapping[str, Sighting]) -> bool:
    """Tell whether the clock has told already what a person now tells in other words."""
    codes = codes_of(event.record)
    return any(
        seen.record in codes and seen.kind == event.kind and _is_by_clock(seen.update, event.record)
        for seen in vanished.values()
        if event.kind not in _APART
    )


def _sighting(audience: str, event: Event, was: str) -> Sighting:
    return Sighting(
        audience,
        record_code(event.record.id),
        _update_of(event),
        event.kind.value,
        _status_of(event),
        event.component,
        event.fingerprint,
        seconds_of(event.at),
        is_again=is_again(event),
        was=was,
    )


def _update_of(event: Event) -> str:
    if event.update is not None:
        return event.update.id
    window = event.record.window
    return window.start.isoformat() if window else ""


def _status_of(event: Event) -> str:
    if event.kind is EventKind.COMPONENT:
        return event.after.value
    return event.update.status.value if event.update else ""


def is_again(event: Event) -> bool:
    """Tell whether its author wants everybody to be told once more."""
    is_text = event.kind not in _APART
    return is_text and event.update is not None and event.update.notify is Notify.AGAIN


def _same(
    event: Event, vanished: Mapping[str, Sighting], present: Mapping[str, frozenset[str]]
) -> str:
    """Return the id of the event that this one is a correction of, if it is one."""
    fits = [
        (-fit, abs(seen.time - seconds_of(event.at)), id_)
        for id_, seen in vanished.items()
        if (fit := _fit(event, seen, present))
    ]
    return min(fits)[2] if fits else ""


def _fit(event: Event, seen: Sighting, present: Mapping[str, frozenset[str]]) -> int:
    """Return how well an event fits one that has gone: the better, the higher; 0 is not at all."""
    if event.kind is EventKind.REMINDER:
        was_renamed = seen.record != record_code(event.record.id)
        is_same = seen.update == _update_of(event) and seen.record in codes_of(event.record)
        return _SURE if was_renamed and is_same else 0
    if seen.component != event.component or (is_again(event) and not seen.is_again):
        return 0
    is_same_text = seen.fingerprint == event.fingerprint
    if seen.record in codes_of(event.record):
        return _fit_in_record(event, seen, present, is_same_text=is_same_text)
    is_renamed = seen.record not in present and seen.time == seconds_of(event.at)
    return _SURE if is_renamed and is_same_text else 0


def _fit_in_record(
    event: Event,
    seen: Sighting,
    present: Mapping[str, frozenset[str]],
    *,
    is_same_text: bool,
) -> int:
    is_same_status = seen.status == _status_of(event) and not is_again(event)
    if seen.update == _update_of(event) and is_same_status:
        return _SURE  # what stands before it makes it another kind of event
    if seen.update in present.get(seen.record, ()):
        return 0
    is_same_status = is_same_status and seen.kind == event.kind
    says_more = (
        event.kind not in _APART
        and _is_by_clock(seen.update, event.record)
        and not _is_by_clock(_update_of(event), event.record)
    )
    return _LIKELY if is_same_text else _POSSIBLE if is_same_status and not says_more else 0


def _origin(id_: str, was: Mapping[str, str]) -> str:
    """Return the first id of an event that was corrected, perhaps several times."""
    while id_ in was:
        id_ = was[id_]
    return id_
