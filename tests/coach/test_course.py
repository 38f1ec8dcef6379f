"""What the coach says of a course that cannot be: times, statuses, and what is affected."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from coach_examples import CONFIG, PATH

from statusgen.coach import judge
from statusgen.content import parse_incident
from statusgen.model import CoachRule

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
DEGRADED = "{checkout: degraded_performance}"


def told(
    rule: CoachRule,
    *keys: str,
    components: str = DEGRADED,
    updates: tuple[str, ...] = ("Investigating · 2026-11-20 10:05", "Resolved · 2026-11-20 11:02"),
) -> list[str]:
    """Return what a rule says of an incident with these keys and updates."""
    lines = ["---", "title: Card payments fail", f"components: {components}", *keys, "---"]
    lines += (f"\n## {one} UTC\n\nOne in five card payments fails." for one in updates)
    raw = "\n".join(lines).encode()
    incident = parse_incident(PATH, raw, ZoneInfo("UTC"), {"api", "checkout"}).incident
    return [one.message for one in judge(CONFIG, [incident], NOW) if one.rule is rule]


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        (["started: 2026-11-20 10:06 UTC"], "the first update, 10:05, is before 'started'"),
        (["detected: 2026-11-20 10:06 UTC"], "the first update, 10:05, is before 'detected'"),
        (
            ["started: 2026-11-20 10:02 UTC", "detected: 2026-11-20 10:01 UTC"],
            "'detected' is before 'started'",
        ),
        (
            ["ended: 2026-11-20 11:03 UTC"],
            "'ended' is after the update that says resolved, 11:02",
        ),
    ],
)
def test_times_that_cannot_be_in_this_order_are_told(keys: list[str], message: str) -> None:
    found = [one.replace("2026-11-20 ", "") for one in told(CoachRule.TIME_ORDER, *keys)]
    assert [one.replace(" UTC", "") for one in found] == [message]


@pytest.mark.parametrize(
    "keys",
    [
        ["started: 2026-11-20 10:05 UTC", "detected: 2026-11-20 10:05 UTC"],
        ["ended: 2026-11-20 11:02 UTC"],
        ["ended: 2026-11-20 10:55 UTC"],
    ],
)
def test_times_that_can_be_are_not_told(keys: list[str]) -> None:
    assert told(CoachRule.TIME_ORDER, *keys) == []


def test_an_end_is_compared_to_the_last_of_two_resolutions() -> None:
    again = (
        *("Investigating · 2026-11-20 10:05", "Resolved · 2026-11-20 11:02"),
        *("Investigating · 2026-11-20 11:10", "Resolved · 2026-11-20 11:30"),
    )
    ended = "ended: 2026-11-20 11:20 UTC"
    assert told(CoachRule.TIME_ORDER, ended, updates=again) == []
    assert told(CoachRule.TIME_ORDER, ended, updates=again[:3]) != []


@pytest.mark.parametrize(
    ("impact", "components", "is_told"),
    [
        ("critical", DEGRADED, True),
        ("critical", "{checkout: partial_outage}", False),
        ("critical", "[checkout]", False),
        ("minor", "{checkout: major_outage}", True),
        ("none", "{checkout: major_outage}", True),
        ("major", "{checkout: major_outage}", False),
        ("minor", "{checkout: partial_outage}", False),
    ],
)
def test_an_impact_that_does_not_fit_what_is_affected_is_told(
    impact: str, components: str, *, is_told: bool
) -> None:
    found = told(CoachRule.SEVERITY_MISMATCH, f"impact: {impact}", components=components)
    assert bool(found) is is_told


def test_only_an_open_incident_has_to_name_a_component() -> None:
    opened = ("Investigating · 2026-11-21 11:50",)
    assert len(told(CoachRule.SEVERITY_MISMATCH, components="[]", updates=opened)) == 1
    assert told(CoachRule.SEVERITY_MISMATCH, components="[]") == []
