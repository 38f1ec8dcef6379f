"""Maintenance from the clock: what a window, and the updates that override it, come to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from statusgen.messages import N_
from statusgen.model import (
    AT_WORK,
    CLOSING,
    ComponentStatus,
    Impact,
    Incident,
    Status,
    Update,
    derive_code,
)
from statusgen.timeline.course import Step, concerned_by, in_effect, in_order, spans_of_steps
from statusgen.timeline.record import Record, Span, Window
from statusgen.timeline.recurrence import Occurrence, occurrences_of
from statusgen.timeline.state import Told, finish, next_after

_NOTICE_PERIOD = timedelta(days=7)
_OVER = frozenset({Status.COMPLETED, Status.CANCELLED})


class ClockTexts(NamedTuple):
    """What is said where the clock speaks and nobody has written anything.

    The announcements have `%(start)s` and `%(end)s`.
    """

    announced: str
    announced_from: str
    announced_from_to: str
    in_progress: str
    completed: str


ENGLISH_TEXTS = ClockTexts(
    announced=N_("Maintenance is scheduled."),
    announced_from=N_("Maintenance is scheduled from %(start)s."),
    announced_from_to=N_("Maintenance is scheduled from %(start)s to %(end)s."),
    in_progress=N_(
        "Scheduled maintenance is currently in progress. We will provide updates as necessary.",
    ),
    completed=N_("The scheduled maintenance has been completed."),
)


class Plan(NamedTuple):
    """What one occurrence is told by: its window, its announcement, and what the file says.

    `id` is the record's. `announced` is when it was first told of, if no update says so. A side of
    the window that the file leaves open, or that makes no sense, has no `start` or `end` here.
    """

    id: str
    summary: str
    announced: datetime
    start: datetime | None
    end: datetime | None
    updates: Sequence[Update]
    texts: ClockTexts


def maintenance_at(
    incident: Incident,
    zone: ZoneInfo,
    now: datetime,
    texts: ClockTexts = ENGLISH_TEXTS,
) -> Told:
    """Return the occurrences of a maintenance, oldest first, that are known of at `now`.

    Of a recurring one these are the past ones, the one that runs, and once that has ended the next.
    """
    updates = in_order(incident.updates)
    start, end = incident.starts, incident.ends
    if start is not None and end is not None and end <= start:
        end = None
    first = start or incident.created or (updates[0].at if updates else end or now)
    announced = incident.created or first - _NOTICE_PERIOD
    next_known: datetime | None = None
    if incident.repeat and start is not None and end is not None:
        window = Window(start, end)
        occurrences, next_known = occurrences_of(window, incident.repeat, zone, updates, now)
        plans = [_plan(incident, occurrence, announced, texts) for occurrence in occurrences]
    else:
        plans = [Plan(incident.id, incident.summary, announced, start, end, updates, texts)]
    moments: list[datetime | None] = [next_known]
    records = []
    for plan in plans:
        course = course_of(plan)
        moments += (update.at for update in course if update.at > now)
        window = Window(plan.start or first, plan.end or plan.start or first)
        records.append(_record(incident, plan.id, window, in_effect(course, now)))
    return Told(records, next_after(now, moments))


def _plan(
    incident: Incident,
    occurrence: Occurrence,
    announced: datetime,
    texts: ClockTexts,
) -> Plan:
    return Plan(
        f"{incident.id}@{occurrence.day}",
        incident.summary,
        occurrence.announced or announced,
        occurrence.window.start,
        occurrence.window.end,
        occurrence.updates,
        texts,
    )


def _record(
    incident: Incident,
    id_: str,
    window: Window,
    updates: Sequence[Update],
) -> Record:
    listed = [
        (one.component, one.status or ComponentStatus.UNDER_MAINTENANCE)
        for one in incident.components
    ]
    stated_start = None if incident.repeat else incident.started
    return finish(
        incident,
        id_=id_,
        status=updates[-1].status if updates else Status.SCHEDULED,
        impact=incident.impact or Impact.MAINTENANCE,
        updates=tuple(updates),
        components=concerned_by(incident.components, updates),
        spans=_spans(listed, updates),
        started=stated_start or window.start,
        window=window,
    )


def _spans(
    listed: list[tuple[str, ComponentStatus]],
    updates: Sequence[Update],
) -> tuple[Span, ...]:
    """Return the spans: what is listed and what updates say holds while work is in progress."""
    steps = [
        Step(
            update.at,
            update.status in AT_WORK,
            ()
            if update.status in CLOSING
            else [(change.component, change.status) for change in update.changes],
        )
        for update in updates
    ]
    if steps and listed:
        steps.insert(0, Step(steps[0].at, holds=False, said=listed))
    return spans_of_steps(steps)


# ── the course from the clock ─────────────────────────────────────────────────────────────────


def course_of(plan: Plan) -> Sequence[Update]:
    """Return all updates of an occurrence, past and to come, with those that the clock adds.

    An update that was imported (it has a `code`) proves that the system it comes from had told all
    up to then; the clock adds only what comes after.
    """
    told = plan.updates
    recorded_until = max((update.at for update in told if update.code), default=None)
    added = [
        update
        for update in (_announcement(plan), _beginning(plan), _end(plan))
        if update is not None and (recorded_until is None or update.at > recorded_until)
    ]
    if not added:
        return told
    return _kept_running(in_order((*told, *added)), added)


def _announcement(plan: Plan) -> Update | None:
    """Return the update that announces it, unless one does or it had begun by then."""
    if any(update.status is Status.SCHEDULED for update in plan.updates):
        return None
    begins = [update.at for update in plan.updates]
    if plan.start is not None:
        begins.append(plan.start)
    if begins and min(begins) <= plan.announced:
        return None
    return _by_clock(plan, Status.SCHEDULED, plan.announced, plan.summary or _announce(plan))


def _beginning(plan: Plan) -> Update | None:
    """Return the update that begins it, unless one does, earlier or later, or it was called off."""
    if plan.start is None:
        return None
    told = (one for one in plan.updates if one.status in AT_WORK or one.status in CLOSING)
    first = next(told, None)
    if first is not None:
        is_overrun = plan.end is not None and first.at >= plan.end
        is_late_start = first.status is Status.IN_PROGRESS and not is_overrun
        if first.at <= plan.start or is_late_start:
            return None
    return _by_clock(plan, Status.IN_PROGRESS, plan.start, plan.texts.in_progress)


def _end(plan: Plan) -> Update | None:
    """Return the update that ends it, unless one does, or says at the end that it goes on."""
    if plan.end is None:
        return None
    before = [update for update in plan.updates if update.at < plan.end]
    if before and before[-1].status in CLOSING:
        return None
    for update in plan.updates:
        if update.at >= plan.end and (update.status in _OVER or update.status not in CLOSING):
            return None
    return _by_clock(plan, Status.COMPLETED, plan.end, plan.texts.completed)


def _by_clock(plan: Plan, status: Status, at: datetime, text: str) -> Update:
    return Update(clock_code(plan.id, status), status, at, text)


def clock_code(record_id: str, status: Status) -> str:
    """Return the id of the update that the clock adds to a maintenance, whenever that is."""
    return derive_code(record_id, status)


def _announce(plan: Plan) -> str:
    if plan.start is None:
        return plan.texts.announced
    if plan.end is None:
        return plan.texts.announced_from % {"start": _stamp(plan.start)}
    return plan.texts.announced_from_to % {"start": _stamp(plan.start), "end": _stamp(plan.end)}


def _stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _kept_running(course: Sequence[Update], added: Sequence[Update]) -> Sequence[Update]:
    """Return the course with "scheduled" read as "in progress" once the clock has begun it.

    An `Update` in a file keeps the status before it, and the file does not know that the clock has
    begun.
    """
    begun = next((one.at for one in added if one.status is Status.IN_PROGRESS), None)
    if begun is None:
        return course
    return [
        update._replace(status=Status.IN_PROGRESS)
        if update.status is Status.SCHEDULED and update.at > begun
        else update
        for update in course
    ]
