"""What is owed to readers: updates, an end, a postmortem and what it set out to do, and by when.

A duty follows from a record alone, so it is known before it falls due. The thresholds are those of
`cadence` in config.yml; docs/incidents.md tells the rules as readers of the docs need them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from statusgen.model import IMPACT_RANK, SEVERE, Action, Cadence, Kind, Status
from statusgen.timeline.days import end_of, moment_of
from statusgen.timeline.record import Record

GRACE = timedelta(seconds=61)
"""An update that comes so long after the promised moment is late: times are written in minutes, so
60 seconds more still keep the promise.
"""


class Owing(StrEnum):
    """What kind of thing is owed; the members stand in the order of urgency."""

    PROMISED_UPDATE = "promised_update"
    UPDATE = "update"
    ETA = "eta"
    MAINTENANCE_END = "maintenance_end"
    POSTMORTEM = "postmortem"
    COMMITMENT = "commitment"
    ACTION = "action"


WHILE_OPEN = frozenset(
    {Owing.PROMISED_UPDATE, Owing.UPDATE, Owing.ETA, Owing.MAINTENANCE_END},
)
"""What readers wait for while something goes on; the rest can wait for the morning."""

_RANK = {kind: rank for rank, kind in enumerate(Owing)}


class Duty(NamedTuple):
    """One thing that a record owes.

    `since` is when it was taken on, `due` when it falls due; None is an action or a commitment
    without a date, which is owed as soon as it is written. From `owed_from` on it is owed. `what`
    is the text of an action or a commitment; `who` is its owner, or the author of the newest update
    of what is open.
    """

    kind: Owing
    record: Record
    since: datetime
    due: datetime | None
    owed_from: datetime
    what: str = ""
    who: str = ""

    def is_owed(self, now: datetime) -> bool:
        """Tell whether it is owed at `now`."""
        return self.owed_from <= now

    def late_by(self, now: datetime) -> timedelta:
        """Return how long ago it fell due; zero if it did not, or has no date."""
        return max(now - self.due, timedelta(0)) if self.due else timedelta(0)


def duties_of(record: Record, cadence: Cadence, zone: ZoneInfo) -> tuple[Duty, ...]:
    """Return all that a record owes, sooner or later; days end in `zone`."""
    if record.is_open:
        return tuple(_while_open(record, cadence))
    if record.kind is Kind.NOTICE or not record.updates:
        return ()
    postmortem, actions = _postmortem(record, cadence), _actions(record, zone)
    return (postmortem, *actions) if postmortem else tuple(actions)


def in_order(duties: Iterable[Duty]) -> tuple[Duty, ...]:
    """Return duties in the order in which they come to be owed."""
    return tuple(sorted(duties, key=lambda one: (one.owed_from, _RANK[one.kind], one.record.id)))


def by_urgency(duties: Iterable[Duty]) -> tuple[Duty, ...]:
    """Return what is owed while something is open, the worst impact first; then the rest by kind.

    Of what is equal in that, what is owed longest comes first.
    """
    return tuple(
        sorted(
            duties,
            key=lambda one: (
                0 if one.kind in WHILE_OPEN else _RANK[one.kind],
                -IMPACT_RANK[one.record.impact],
                one.owed_from,
                _RANK[one.kind],
                one.record.id,
            ),
        )
    )


def by_record(duties: Iterable[Duty]) -> Mapping[str, tuple[Duty, ...]]:
    """Return the duties of each record that has any, by its id, in their order."""
    found: dict[str, tuple[Duty, ...]] = {}
    for duty in duties:
        found[duty.record.id] = (*found.get(duty.record.id, ()), duty)
    return found


def _while_open(record: Record, cadence: Cadence) -> Iterator[Duty]:
    since, who = record.created, ""
    if record.updates:
        since, who = record.updates[-1].at, record.updates[-1].author

    def duty(kind: Owing, due: datetime, grace: timedelta = timedelta(0)) -> Duty:
        return Duty(kind, record, since, due, due + grace, who=who)

    if record.next_update:
        yield duty(Owing.PROMISED_UPDATE, record.next_update, GRACE)
    elif record.kind is Kind.INCIDENT and (usual := cadence.interval(record.impact)):
        yield duty(Owing.UPDATE, since + usual)
    if record.eta:
        yield duty(Owing.ETA, record.eta)
    window = record.window
    if record.kind is Kind.MAINTENANCE and window and window.start < window.end:
        # The clock ends it in time, unless an update says that it goes on.
        yield duty(Owing.MAINTENANCE_END, window.end)._replace(since=window.start)


def _postmortem(record: Record, cadence: Cadence) -> Duty | None:
    """Return the postmortem that is still missing, or None.

    Where the closing update has a `code` it was imported: nobody here promised anything.
    """
    resolved = record.resolved_at
    if (
        record.impact not in SEVERE
        or record.kind is not Kind.INCIDENT
        or resolved is None
        or not cadence.postmortem
        or not record.incident.postmortem
        or record.updates[-1].code
        or Status.POSTMORTEM in [one.status for one in record.updates]
    ):
        return None
    due = resolved + cadence.postmortem
    return Duty(Owing.POSTMORTEM, record, resolved, due, due)


def _actions(record: Record, zone: ZoneInfo) -> list[Duty]:
    return [
        _action(record, action, update.at, zone)
        for update in record.updates
        if update.actions
        for action in update.actions
        if not action.is_done
    ]


def _action(record: Record, action: Action, since: datetime, zone: ZoneInfo) -> Duty:
    kind = Owing.COMMITMENT if action.is_commitment else Owing.ACTION
    due = _end(action.due, zone) if action.due else None
    return Duty(kind, record, since, due, due or since, action.text, action.owner)


def _end(day: date, zone: ZoneInfo) -> datetime:
    return moment_of(end_of(day, zone))
