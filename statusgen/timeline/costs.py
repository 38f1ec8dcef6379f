"""Which record took how much from a component's uptime: each second is laid to one of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from heapq import heappop, heappush
from itertools import pairwise
from typing import NamedTuple

from statusgen.model import SEVERITY, Component, ComponentStatus, UptimeRule
from statusgen.timeline.days import end_of, moment_of, seconds_of, start_of
from statusgen.timeline.history import History
from statusgen.timeline.overrides import claims_on
from statusgen.timeline.record import Record
from statusgen.timeline.uptime import counted_days, counted_stretches

BY_HAND = ""
"""Stands for the record of a status that was set by hand."""


class _Claimed(NamedTuple):
    """From `start` to `end`, in seconds since 1970, a record said one status of a component."""

    start: int
    record: str
    end: int


def costs(
    history: History,
    component: Component,
    records: Iterable[Record],
    first: date,
    last: date,
) -> dict[str, int]:
    """Return what each record took from a component's uptime, in hundredths of a second, by its id.

    `records` are those that concern it. Where several say something of one second it is laid to the
    worst, and of equals to the one that began first, so that all together are what is lost.
    """
    counted = counted_days(history, component, first, last)
    if counted is None:
        return {}
    since, until = start_of(counted.first, history.zone), end_of(counted.last, history.zone)
    weights = _weights(history.config.uptime)
    found: dict[str, int] = {}
    claimed = _claimed(history, component, records, since, until)
    laid = {level: _laid(claims) for level, claims in claimed.items() if weights[level]}
    now = {level: next(pieces, None) for level, pieces in laid.items()}
    for start, end, level in counted_stretches(history, component.id, moment_of(since)):
        begin, stop = max(start, since), min(end, until)
        piece = now.get(level)
        while piece is not None and piece.start < stop:
            seconds = min(piece.end, stop) - max(piece.start, begin)
            if seconds > 0:
                found[piece.record] = found.get(piece.record, 0) + seconds * weights[level]
            if piece.end > stop:
                break
            piece = now[level] = next(laid[level], None)
    return found


def _weights(rule: UptimeRule) -> dict[int, int]:
    """Return how much of a second each severity takes away, in percent."""
    weights = dict.fromkeys(SEVERITY.values(), 0)
    weights[SEVERITY[ComponentStatus.DEGRADED_PERFORMANCE]] = rule.degraded
    weights[SEVERITY[ComponentStatus.PARTIAL_OUTAGE]] = rule.partial
    weights[SEVERITY[ComponentStatus.MAJOR_OUTAGE]] = rule.major
    return weights


def _claimed(
    history: History,
    component: Component,
    records: Iterable[Record],
    since: int,
    until: int,
) -> dict[int, list[_Claimed]]:
    """Return what records say of a component in some time, by severity."""
    found: dict[int, list[_Claimed]] = {}
    for (_, status, start, end), record in claims_on(component, records, history.now):
        claim = _Claimed(
            seconds_of(start),
            record.id if record is not None else BY_HAND,
            until if end is None else seconds_of(end),
        )
        if claim.start < until and claim.end > since:
            found.setdefault(SEVERITY[status], []).append(claim)
    return found


def _laid(claims: Iterable[_Claimed]) -> Iterator[_Claimed]:
    """Yield claims of one severity without overlaps, in order of time: of several the oldest."""
    coming = sorted(claims, reverse=True)
    points = sorted({point for one in coming for point in (one.start, one.end)})
    going_on: list[_Claimed] = []
    for point, following in pairwise(points):
        while coming and coming[-1].start <= point:
            heappush(going_on, coming.pop())
        while going_on and going_on[0].end <= point:
            heappop(going_on)
        if going_on:
            yield _Claimed(point, going_on[0].record, following)
