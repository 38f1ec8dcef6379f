"""What a report counts is what a slow count, minute by minute and from files alone, comes to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from report.oracle import MINUTE, ORDER, Timeline, known, middle, minutes, starts, timeline

from statusgen.model import Impact, Incident, Status, Update
from statusgen.report import Report, report_of
from statusgen.report.periods import Asked
from statusgen.report.values import Spread
from statusgen.timeline import derive
from statusgen.timeline.days import Period, day_of

SAMPLE = range(60)
BATCHES = [
    SAMPLE,
    *(pytest.param(range(at, at + 55), marks=pytest.mark.extreme) for at in range(60, 500, 55)),
]


def reports(seeds: Iterable[int]) -> Iterable[tuple[Timeline, Report]]:
    for seed in seeds:
        told = timeline(seed)
        before = Period(told.first - timedelta(days=1), told.first - timedelta(days=1))
        history = derive(told.config, told.incidents, told.now)
        yield told, report_of(history, Asked(Period(told.first, told.last), before))


@pytest.mark.parametrize("seeds", BATCHES, ids=str)
def test_seconds_uptime_and_whose_the_loss_was(seeds: range) -> None:
    for told, report in reports(seeds):
        lost: dict[str, int] = {}
        for one in report.components:
            counted = minutes(told, one.component, told.first, told.last)
            found = one.uptime
            assert [found.counted, one.operational, found.maintenance] == [
                counted.counted * 60,
                counted.statuses[ORDER[0]] * 60,
                counted.statuses[ORDER[1]] * 60,
            ]
            assert [found.degraded, found.partial, found.major] == [
                counted.statuses[status] * 60 for status in ORDER[2:]
            ]
            assert found.fraction == counted.uptime()
            if one.budget is not None and one.component.uptime.objective is not None:
                objective = Fraction(str(one.component.uptime.objective))
                assert one.budget.allowed == counted.counted * 60 * (100 - objective) / 100
                assert one.budget.used == Fraction(sum(counted.lost.values()) * 60, 100)
                assert (one.budget.left >= 0) is one.is_met
            for id_, hundredths in counted.lost.items():
                lost[id_] = lost.get(id_, 0) + hundredths
        told_of = {one.record.id: one.lost for one in (*report.incidents, *report.carried)}
        assert {id_: one for id_, one in told_of.items() if one} == {
            id_: Fraction(hundredths * 60, 100) for id_, hundredths in lost.items()
        }
        assert report.figures.lost == Fraction(sum(lost.values()) * 60, 100)


@pytest.mark.parametrize("seeds", [SAMPLE], ids=str)
def test_the_average_and_what_was_before_it(seeds: range) -> None:
    for told, report in reports(seeds):
        for figures in (report.figures, report.previous):
            every = [
                minutes(told, one, figures.period.first, figures.period.last).uptime()
                for one in told.config.components
            ]
            uptimes = [one for one in every if one is not None]
            average = sum(uptimes, Fraction()) / len(uptimes) if uptimes else None
            assert figures.uptime == average


@pytest.mark.parametrize("seeds", BATCHES, ids=str)
def test_how_incidents_were_told(seeds: range) -> None:
    for told, report in reports(seeds):
        began = _began(told, report)
        assert [one.record.id for one in report.incidents] == [one.id for one in began]
        figures, now = report.figures, told.now
        assert dict(figures.impacts) == {
            impact: number
            for impact in Impact
            if (number := sum(one.impact is impact for one in began))
        }
        notices = [
            (one, _seconds(one.started, known(told, one)[0].at))
            for one in began
            if one.started is not None
        ]
        assert figures.first_notice == _spread(length for _, length in notices)
        limit = {Impact.CRITICAL: 600}
        in_time = sum(
            length <= limit.get(one.impact or Impact.NONE, 900) for one, length in notices
        )
        assert figures.in_time == in_time
        to_resolve = [
            _seconds(one.started or one.updates[0].at, closed.at)
            for one in began
            if (closed := _closing(told, one))
        ]
        assert figures.to_resolve == _spread(to_resolve)
        gaps = [
            _seconds(before.at, after.at)
            for one in began
            for before, after in pairwise(known(told, one))
            if before.status is not Status.RESOLVED
        ]
        assert figures.gaps == _spread(gaps)
        assert figures.promises == _promises(told, began, now)


@pytest.mark.parametrize("seeds", BATCHES, ids=str)
def test_what_came_again_and_what_came_of_it(seeds: range) -> None:
    for told, report in reports(seeds):
        began = {one.id for one in _began(told, report)}
        expected = []
        past: list[tuple[datetime, Incident]] = []
        for start, one in starts(told):
            mine = {affected.component for affected in one.components}
            mine |= {new.component for update in known(told, one) for new in update.changes}
            like = [
                (at, other.id)
                for at, other in past
                if one.cause and other.cause.lower() == one.cause.lower()
                if mine & _components(told, other)
            ]
            if like and one.id in began:
                expected.append((one.id, max(like)[1], _seconds(max(like)[0], start)))
            past.append((start, one))
        found = [(one.record.id, one.earlier.id, one.seconds) for one in report.recurrences]
        assert found == expected


@pytest.mark.parametrize("seeds", [SAMPLE], ids=str)
def test_shares_of_vendors_and_causes_add_up(seeds: range) -> None:
    for told, report in reports(seeds):
        lost = {one.record.id: one.lost for one in (*report.incidents, *report.carried)}
        for shares, word in ((report.vendors, "upstream"), (report.causes, "cause")):
            for one in shares:
                mine = [
                    each.id
                    for each in told.incidents
                    if getattr(each, word).lower() == one.name.lower()
                ]
                assert one.lost == sum((lost.get(id_, Fraction()) for id_ in mine), Fraction())
            parts = [one.share for one in shares if one.share is not None]
            assert sum(parts) == (1 if report.figures.lost else 0)
            assert sum(one.incidents for one in shares) == report.figures.incidents


def _began(told: Timeline, report: Report) -> list[Incident]:
    zone = report.asked.period
    page = derive(told.config, (), told.now).zone
    return [one for at, one in starts(told) if zone.first <= day_of(at, page) <= zone.last]


def _components(told: Timeline, incident: Incident) -> set[str]:
    found = {affected.component for affected in incident.components}
    return found | {new.component for update in known(told, incident) for new in update.changes}


def _closing(told: Timeline, incident: Incident) -> Update | None:
    return next((one for one in known(told, incident) if one.status is Status.RESOLVED), None)


def _seconds(start: datetime, end: datetime) -> int:
    return int((end - start).total_seconds())


def _spread(lengths: Iterable[int]) -> Spread:
    listed = list(lengths)
    if not listed:
        return Spread(0, None, None, None)
    return Spread(len(listed), sum(listed) // len(listed), middle(listed), max(listed))


def _promises(told: Timeline, began: list[Incident], now: datetime) -> tuple[int, int, int]:
    kept = late = pending = 0
    for one in began:
        updates = known(told, one)
        for index, update in enumerate(updates):
            if update.next_update is None:
                continue
            answers = updates[index + 1 : index + 2]
            came = answers[0].at if answers else now
            if came > update.next_update + MINUTE:
                late += 1
            elif answers:
                kept += 1
            else:
                pending += 1
    return kept, late, pending
