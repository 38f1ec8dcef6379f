"""The course of an incident or a maintenance: its updates in effect, and what they come to.

What they come to is a status of each component from a moment to another.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from statusgen.model import CLOSING, STATUSES, Affected, ComponentStatus, Update
from statusgen.timeline.record import Span

_OPERATIONAL = ComponentStatus.OPERATIONAL
_RANK = {status: rank for statuses in STATUSES.values() for rank, status in enumerate(statuses)}


def in_order(updates: Sequence[Update]) -> Sequence[Update]:
    """Return updates oldest first, whatever order they come in.

    At one moment the one that was created first comes first, then the one that stands earlier in
    the usual course; only what is equal in all that keeps its place.
    """
    before: datetime | None = None
    for update in updates:
        if before is not None and update.at <= before:
            return sorted(
                updates,
                key=lambda one: (one.at, one.created or one.at, _RANK[one.status]),
            )
        before = update.at
    return updates


def in_effect(course: Sequence[Update], now: datetime) -> Sequence[Update]:
    """Return the updates that count at `now`.

    If all are in the future, the earliest that does not close anything counts already: a wrong year
    never hides an outage.
    """
    if not course or course[-1].at <= now:
        return course
    past = [update for update in course if update.at <= now]
    if past:
        return past
    return next(((update,) for update in course if update.status not in CLOSING), ())


class Step(NamedTuple):
    """A moment in a course: whether component statuses hold from then on, and which are new."""

    at: datetime
    holds: bool
    said: Sequence[tuple[str, ComponentStatus]]


def spans_of_steps(steps: Iterable[Step]) -> tuple[Span, ...]:
    """Return what steps, oldest first, make of components: one span for each stretch of a status.

    What was said of a component is kept while nothing holds, and comes back when it holds again: a
    reopened incident has the components that it had. Operational is no span.
    """
    said: dict[str, ComponentStatus] = {}
    running: dict[str, tuple[ComponentStatus, datetime]] = {}
    spans: list[Span] = []
    held = False
    for at, holds, news in steps:
        said.update(news)
        if held != holds:
            concerned: Iterable[str] = said
        elif holds:
            concerned = [component for component, _ in news]
        else:
            continue
        held = holds
        for component in concerned:
            status = said[component] if holds else _OPERATIONAL
            before = running.get(component)
            if before is not None:
                if before[0] is status:
                    continue
                if before[1] < at:
                    spans.append(Span(component, before[0], before[1], at))
                del running[component]
            if status is not _OPERATIONAL:
                running[component] = (status, at)
    spans.extend(
        Span(component, status, since, None) for component, (status, since) in running.items()
    )
    return tuple(spans)


def insert_step(steps: list[Step], step: Step) -> None:
    """Put a step before the first that is not earlier."""
    steps.insert(bisect_left(steps, step.at, key=lambda one: one.at), step)


def concerned_by(listed: Sequence[Affected], updates: Iterable[Update]) -> tuple[str, ...]:
    """Return all components that are named, in the order of their mention."""
    names = [one.component for one in listed]
    for update in updates:
        if update.changes:
            names += [change.component for change in update.changes]
    return tuple(dict.fromkeys(names))
