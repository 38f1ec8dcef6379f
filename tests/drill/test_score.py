from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from statusgen.coach import Finding
from statusgen.content import arranged
from statusgen.content.spots import Spot
from statusgen.drill.scenario import Scenario, Step
from statusgen.drill.score import Measure, Played, score
from statusgen.model import (
    Affected,
    Cadence,
    CoachRule,
    Component,
    ComponentStatus,
    Config,
    Impact,
    Incident,
    Page,
    Status,
    Update,
)
from statusgen.problems import Severity
from statusgen.timeline import derive

ALARM = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
CONFIG = Config(
    Page("Acme", "https://status.acme.example"),
    components=(Component("api", "API"), Component("web", "Website")),
)
TOLD = Update("", Status.INVESTIGATING, ALARM, "It fails.")
Moment = tuple[Status, float, float | None]
FIRST: Moment = (Status.INVESTIGATING, 2, 32)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def scenario(impact: Impact = Impact.MAJOR) -> Scenario:
    step = Step(minutes(0), "Alarm", "It fails.")
    return Scenario("x", "X", "", minutes(0), minutes(60), impact, "", (step,))


def measures(  # noqa: PLR0913 (one fact each)
    course: Sequence[Moment],
    now: float,
    *,
    component: str = "api",
    status: ComponentStatus = ComponentStatus.PARTIAL_OUTAGE,
    findings: Sequence[Finding] = (),
    impact: Impact = Impact.MAJOR,
) -> dict[str, Measure]:
    """Judge an incident whose updates have a status, a minute, and perhaps the minute promised."""
    updates = tuple(
        Update(
            "",
            one,
            ALARM + minutes(at),
            "T",
            next_update=None if due is None else ALARM + minutes(due),
        )
        for one, at, due in course
    )
    incident = arranged(Incident("x", "T", components=(Affected("api", status),), updates=updates))
    history = derive(CONFIG, [incident], ALARM + minutes(now))
    record = history.records[0] if course else None
    played = Played(
        *(scenario(impact), component, ALARM, ALARM + minutes(now), record, findings, Cadence())
    )
    return {one.name: one for one in score(played).measures}


@pytest.mark.parametrize(
    ("minute", "points"), [(0, 20), (5, 20), (6, 15), (10, 15), (15, 10), (30, 5), (31, 0)]
)
def test_the_sooner_the_first_notice_the_more_points(minute: int, points: int) -> None:
    found = measures([(Status.INVESTIGATING, minute, None)], 35)["First notice"]
    assert (found.points, found.most) == (points, 20)


def test_without_a_notice_there_is_nothing_else_to_judge() -> None:
    found = measures([], 40)
    assert list(found) == ["First notice"]
    assert found["First notice"].said == "none after 40 minutes"


def test_the_rhythm_is_the_share_of_waits_that_were_short_enough() -> None:
    course = [FIRST, (Status.IDENTIFIED, 30, None), (Status.RESOLVED, 75, None)]
    found = measures(course, 80)["Rhythm"]
    assert (found.points, found.most) == (7, 15)
    assert found.said == "1 of 2 waits short enough, the longest 45 minutes"


def test_a_wait_that_goes_on_counts_only_once_it_is_too_long() -> None:
    assert measures([FIRST], 20)["Rhythm"].most == 0
    found = measures([FIRST], 40)["Rhythm"]
    assert (found.points, found.most) == (0, 15)


def test_promises_are_judged_to_the_minute_in_which_they_are_due() -> None:
    for answered, points in ((32, 15), (34, 0)):
        found = measures([FIRST, (Status.IDENTIFIED, answered, None)], 40)["Promises"]
        assert (found.points, found.most) == (points, 15)


def test_readers_who_never_heard_when_to_look_again_cost_points() -> None:
    found = measures([(Status.INVESTIGATING, 2, None)], 10)["Promises"]
    assert (found.points, found.most) == (0, 15)
    assert measures([FIRST], 10)["Promises"].most == 0


@pytest.mark.parametrize(
    ("status", "component", "points"),
    [
        (ComponentStatus.PARTIAL_OUTAGE, "api", 10),
        (ComponentStatus.MAJOR_OUTAGE, "api", 7),
        (ComponentStatus.DEGRADED_PERFORMANCE, "web", 3),
    ],
)
def test_the_impact_is_as_bad_as_it_was_and_of_what_was_hit(
    status: ComponentStatus, component: str, points: int
) -> None:
    assert measures([FIRST], 10, status=status, component=component)["Impact"].points == points


@pytest.mark.parametrize(
    ("minute", "points", "most"),
    [(59, 0, 10), (60, 10, 10), (75, 10, 10), (90, 7, 10), (121, 0, 10)],
)
def test_the_end_is_told_soon_and_not_before_it_is_there(
    minute: int, points: int, most: int
) -> None:
    found = measures([FIRST, (Status.RESOLVED, minute, None)], 130)["End"]
    assert (found.points, found.most) == (points, most)


def test_an_end_that_is_never_told_costs_points_after_an_hour() -> None:
    assert measures([FIRST], 119)["End"].most == 0
    assert measures([FIRST], 121)["End"].most == 10


def test_a_postmortem_counts_by_its_time_and_its_parts() -> None:
    lacking = Finding(CoachRule.POSTMORTEM_PARTS, "the postmortem lacks the cause", Spot("x.md"))
    over: list[Moment] = [FIRST, (Status.RESOLVED, 65, None)]
    for hours, findings, points in ((70, (), 15), (74, (), 12), (70, (lacking,), 8)):
        course = [*over, (Status.POSTMORTEM, 65 + hours * 60, None)]
        found = measures(course, 80 * 60, findings=findings)["Postmortem"]
        assert (found.points, found.most) == (points, 15)


def test_a_postmortem_that_is_missing_counts_once_it_is_owed() -> None:
    over: list[Moment] = [FIRST, (Status.RESOLVED, 65, None)]
    assert measures(over, 70)["Postmortem"].most == 0
    assert measures(over, 74 * 60)["Postmortem"].most == 15
    slow = ComponentStatus.DEGRADED_PERFORMANCE
    minor = measures(over, 74 * 60, status=slow, impact=Impact.MINOR)["Postmortem"]
    assert minor.most == 0


def test_each_remark_of_the_coach_costs_by_its_weight() -> None:
    def remark(severity: Severity) -> Finding:
        return Finding(CoachRule.TONE, "…", Spot("x.md"), severity=severity)

    found = [remark(Severity.ERROR), remark(Severity.WARNING), remark(Severity.ADVICE)]
    assert measures([FIRST], 10, findings=found)["Texts"].points == 6
    assert measures([FIRST], 10, findings=found * 3)["Texts"].points == 0
