"""The course of an incident: its updates in the order of time, each with a status and an id.

What `Update` in a heading keeps is known only once all updates stand in order, and an id counts
the updates of the same moment, so both are given here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from statusgen.content.actions import actions_of, wrong_dates
from statusgen.content.collector import Collector
from statusgen.model import (
    CLOSING,
    IMPACT_OF,
    IMPACT_RANK,
    ComponentStatus,
    Impact,
    Incident,
    Kind,
    Status,
    Update,
    derive_code,
)
from statusgen.problems import Location

_FIRST: dict[Kind, Status] = {
    Kind.INCIDENT: Status.INVESTIGATING,
    Kind.MAINTENANCE: Status.SCHEDULED,
    Kind.NOTICE: Status.NOTICE,
}


class Entry(NamedTuple):
    """An update as its section says it; `status` None keeps the one before.

    `fields` are further fields of Update, by name. `where` is in the heading; `keys_end` is the
    position in the document where the key lines end.
    """

    at: datetime
    status: Status | None
    text: str
    fields: dict[str, Any]
    where: Location
    keys_end: int = 0


class Window(NamedTuple):
    """When a maintenance starts by the clock, and whether it does so more than once."""

    starts: datetime | None = None
    repeats: bool = False


def updates_of(
    incident_id: str,
    kind: Kind,
    window: Window,
    entries: Iterable[Entry],
    problems: Collector,
) -> tuple[Update, ...]:
    """Return the updates, oldest first; those of one moment in the order of `entries`."""
    updates = []
    status: Status | None = None
    namer = _Namer(incident_id)
    for entry in sorted(entries, key=moment_of):
        at, own_status, text, fields, _, _ = entry
        status = own_status or _kept(status or _FIRST[kind], window, entry, problems)
        update = Update(namer.id_of(at, fields.get("code", "")), status, at, text, **fields)
        if status in CLOSING and "[" in text:
            update = update._replace(actions=actions_of(text))
            for wrong in wrong_dates(text):
                message = f"{wrong.reason}, so a task has no date"
                problems.warning("bad-task-date", message, entry.where, wrong.hint)
        updates.append(update)
    return tuple(updates)


def arranged(incident: Incident) -> Incident:
    """Return the incident as reading its file gives it: updates in order, with ids and actions."""
    namer = _Namer(incident.id)
    updates = tuple(
        update._replace(
            id=namer.id_of(update.at, update.code),
            actions=actions_of(update.text) if update.status in CLOSING else (),
        )
        for update in sorted(incident.updates, key=moment_of)
    )
    return incident._replace(updates=updates)


def impact_of(incident: Incident, updates: Sequence[Update]) -> Impact:
    """Return the impact as written, or the worst that the statuses of components imply.

    `updates` are those of the incident's that count.
    """
    if incident.impact is not None:
        return incident.impact
    for update in reversed(updates):
        if update.impact is not None:
            return update.impact
    statuses = [one.status or ComponentStatus.DEGRADED_PERFORMANCE for one in incident.components]
    for update in updates:
        if update.changes:
            statuses += [change.status for change in update.changes]
    return worst_implied(statuses)


def worst_implied(statuses: Iterable[ComponentStatus]) -> Impact:
    """Return the worst impact that statuses of components imply; without any it is none."""
    implied = [IMPACT_OF[one] for one in statuses]
    if len(implied) == 1:
        return implied[0]
    return max(implied, key=IMPACT_RANK.__getitem__, default=Impact.NONE)


class _Namer:
    """Gives ids to updates that come in the order of time."""

    __slots__ = ("_count", "_incident_id", "_last")

    def __init__(self, incident_id: str) -> None:
        self._incident_id = incident_id
        self._last: datetime | None = None
        self._count = 1

    def id_of(self, at: datetime, code: str) -> str:
        """Return the code, or what follows from the time; another update of it gets a number."""
        self._count = self._count + 1 if at == self._last else 1
        self._last = at
        if code:
            return code
        if self._count == 1:
            return derive_code(self._incident_id, at.isoformat())
        return derive_code(self._incident_id, at.isoformat(), str(self._count))


def _kept(before: Status, window: Window, entry: Entry, problems: Collector) -> Status:
    """Return the status that `Update` keeps; in a maintenance the clock may have changed it."""
    if window.repeats:
        problems.spoil(
            "status-needed",
            "in a maintenance that repeats, 'Update' does not tell which status it keeps",
            entry.where,
            "write Scheduled, In progress, Verifying or Completed",
        )
    has_begun = window.starts is not None and window.starts <= entry.at
    return Status.IN_PROGRESS if before is Status.SCHEDULED and has_begun else before


def moment_of(one: Entry | Update) -> datetime:
    """Return what updates are sorted by; those of one moment keep the order of the file."""
    return one.at
