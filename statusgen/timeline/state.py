"""One incident or one notice as it is true at a moment: file → Record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from statusgen.content.course import impact_of
from statusgen.model import (
    CLOSING,
    STATUS_OF,
    ComponentStatus,
    Impact,
    Incident,
    Status,
    Update,
    derive_code,
)
from statusgen.timeline.course import (
    Step,
    concerned_by,
    in_effect,
    in_order,
    insert_step,
    spans_of_steps,
)
from statusgen.timeline.record import Record, Span, Window

_OPERATIONAL = ComponentStatus.OPERATIONAL
_DEGRADED = ComponentStatus.DEGRADED_PERFORMANCE
_MONITORING = (Status.MONITORING, Status.VERIFYING)
_RESOLVED = (Status.RESOLVED, Status.COMPLETED, Status.CANCELLED)


class Told(NamedTuple):
    """What a file comes to at a moment, and the next moment at which that changes by itself."""

    records: Sequence[Record]
    next_change: datetime | None


def next_after(now: datetime, moments: Iterable[datetime | None]) -> datetime | None:
    """Return the first of the moments after `now`; a None among them is no moment."""
    return min((one for one in moments if one is not None and one > now), default=None)


# ── incidents ─────────────────────────────────────────────────────────────────────────────────


def incident_at(incident: Incident, now: datetime) -> Told:
    """Return an incident as it is true at `now`."""
    course = in_order(incident.updates)
    is_half_read = incident.stand_in is not None and not incident.stand_in.commit
    ended = incident.ended if incident.ended is not None and incident.ended <= now else None
    if is_half_read:
        # Nothing older could be read, and this is not taken at its word that all is over.
        course = [update for update in course if update.status not in CLOSING]
        ended = None
    updates = tuple(in_effect(course, now))
    if updates:
        status = updates[-1].status
    else:
        status = Status.INVESTIGATING if ended is None else Status.RESOLVED
    started = _started(incident, updates, now)
    # Only these say anything of components and impact; most incidents have none.
    telling = [one for one in updates if one.changes or one.impact is not None]
    components = concerned_by(incident.components, telling)
    record = finish(
        incident,
        id_=incident.id,
        status=status,
        impact=Impact.NONE if is_half_read and not updates else impact_of(incident, telling),
        updates=updates,
        components=components,
        spans=_spans(incident, components, updates, started, ended)
        if telling or ended is not None
        else _untold_spans(incident, updates, started),
        started=started,
    )
    if ended is not None and not updates:
        record = record._replace(resolved_at=ended, updated=max(record.updated, ended))
    moments = [one for one in (incident.started, incident.ended) if one is not None]
    if course and course[-1].at > now:
        moments += [update.at for update in course]
    return Told((record,), next_after(now, moments) if moments else None)


def _started(incident: Incident, updates: Sequence[Update], now: datetime) -> datetime:
    """Return the real start: a stated one that is still to come cannot be meant."""
    if incident.started is not None and incident.started <= now:
        return incident.started
    if updates:
        return updates[0].at
    return incident.created or incident.detected or incident.ended or now


def _untold_spans(
    incident: Incident,
    updates: Sequence[Update],
    started: datetime,
) -> tuple[Span, ...]:
    """Return the spans where no update tells of components or impact, nor the file of an end.

    They last from the start to the closing update: nothing needs to be put in order, unless that
    comes before the start or the incident was reopened.
    """
    closing = [update for update in updates if update.status in CLOSING]
    end = closing[0].at if closing else None
    if end is not None and (end <= started or closing[0] is not updates[-len(closing)]):
        return _spans(incident, (), updates, started, None)
    said = dict(_said(incident, None))
    return tuple(
        [
            Span(component, status, started, end)
            for component, status in said.items()
            if status is not _OPERATIONAL
        ]
    )


def _said(incident: Incident, impact: Impact | None) -> list[tuple[str, ComponentStatus]]:
    """Return what the front matter says of components; `impact` is that of the first update."""
    impact = incident.impact or impact
    fitting = _DEGRADED if impact is None else STATUS_OF[impact]
    return [(component, status or fitting) for component, status in incident.components]


def _spans(
    incident: Incident,
    components: Sequence[str],
    updates: Sequence[Update],
    started: datetime,
    ended: datetime | None,
) -> tuple[Span, ...]:
    steps = _steps(incident, updates)
    insert_step(steps, _first_step(incident, steps, updates, started))
    if ended is None:
        return spans_of_steps(steps)
    if updates and updates[-1].status not in CLOSING:
        # It goes on, whatever `ended` says: only what was said before has ended.
        over = [(one, _OPERATIONAL) for one in components]
        insert_step(steps, Step(ended, holds=True, said=over))
        return spans_of_steps(steps)
    steps = [Step(step.at, holds=True, said=step.said) for step in steps if step.at < ended]
    return spans_of_steps([*steps, Step(ended, holds=False, said=())])


def _steps(incident: Incident, updates: Sequence[Update]) -> list[Step]:
    """Return a step for each update that changes anything.

    Components without a status follow the `impact:` lines until an update names them. What a
    closing update says of components is not kept: once it is over they are operational, and if it
    is reopened they are what they were before.
    """
    following = [
        one.component
        for one in incident.components
        if one.status is None and incident.impact is None
    ]
    steps = []
    held = True
    for update in updates:
        holds = update.status not in CLOSING
        if holds == held and not update.changes and update.impact is None:
            continue
        said: list[tuple[str, ComponentStatus]] = []
        if holds and update.changes:
            said = [(change.component, change.status) for change in update.changes]
            named = {component for component, _ in said}
            following = [one for one in following if one not in named]
        if holds and following and update.impact is not None:
            said += [(one, STATUS_OF[update.impact]) for one in following]
        if said or holds != held:
            steps.append(Step(update.at, holds, said))
        held = holds
    return steps


def _first_step(
    incident: Incident,
    steps: Sequence[Step],
    updates: Sequence[Update],
    started: datetime,
) -> Step:
    """Return what the front matter says, from the start on; what updates said earlier stands."""
    said = _said(incident, updates[0].impact if updates else None)
    holds = True
    if steps and steps[0].at < started:
        earlier = [step for step in steps if step.at < started]
        named = {component for step in earlier for component, _ in step.said}
        said = [one for one in said if one[0] not in named]
        holds = earlier[-1].holds
    return Step(started, holds, said)


# ── notices ───────────────────────────────────────────────────────────────────────────────────


def notice_at(incident: Incident, now: datetime) -> Told:
    """Return a notice as it is true at `now`; before its time there is none."""
    course = in_order(incident.updates)
    start = incident.starts or (course[0].at if course else incident.created or now)
    moments = [start, incident.ends, *(update.at for update in course)]
    if start > now:
        return Told((), start)
    updates = tuple(in_effect(course, now))
    record = finish(
        incident,
        id_=incident.id,
        status=Status.NOTICE,
        impact=incident.impact or Impact.NONE,
        updates=updates,
        components=concerned_by(incident.components, updates),
        spans=(),
        started=start,
    )
    window = None if incident.ends is None else Window(start, incident.ends)
    if window is None or now < window.end:
        record = record._replace(window=window, updated=max(record.updated, start))
    else:
        record = record._replace(
            window=window,
            updated=max(record.updated, window.end),
            is_open=False,
            next_update=None,
            eta=None,
        )
    return Told((record,), next_after(now, moments))


# ── what all kinds have in common ─────────────────────────────────────────────────────────────


def finish(  # noqa: PLR0913 (the one place where all facts of a record meet)
    incident: Incident,
    *,
    id_: str,
    status: Status,
    impact: Impact,
    updates: tuple[Update, ...],
    components: tuple[str, ...],
    spans: tuple[Span, ...],
    started: datetime,
    window: Window | None = None,
) -> Record:
    """Return the record, with all that follows from its updates."""
    is_open = status not in CLOSING
    newest = updates[-1] if updates and is_open else None
    created = incident.created if incident.created and id_ == incident.id else None
    if created is None:
        created = (updates[0].created or updates[0].at) if updates else started
    updated = incident.updated or created
    if updates:
        updated = max(updated, updates[-1].at)
    for update in updates:
        if update.created is not None or update.updated is not None:  # only if imported
            updated = max(updated, update.created or updated, update.updated or updated)
    own_code = incident.code if id_ == incident.id else ""
    # Not by name, which takes three times as long.
    return Record(
        id_,
        own_code or derive_code("incident", id_),
        incident,
        incident.kind,
        incident.title,
        status,
        impact,
        updates,
        components,
        spans,
        is_open,
        created,
        started,
        updated,
        _start_of_last(updates, _MONITORING),
        _start_of_last(updates, _RESOLVED),
        window,
        newest.next_update if newest else None,
        newest.eta if newest else None,
    )


def _start_of_last(updates: Sequence[Update], statuses: tuple[Status, ...]) -> datetime | None:
    """Return when the last run of updates that have one of the statuses began."""
    start = None
    for update in reversed(updates):
        if update.status in statuses:
            start = update.at
        elif start is not None:
            break
    return start
