from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from statusgen.authoring.facts import Words, facts_of
from statusgen.model import (
    Affected,
    Change,
    Component,
    ComponentStatus,
    Config,
    Impact,
    Incident,
    Kind,
    Page,
    Status,
    Update,
)


def join(words: Sequence[str]) -> str:
    return " and ".join(words)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


WORDS = Words(join, str, lambda status: status.label, lambda one: f"{one:%d %b %H:%M} UTC")
PAGE = Page("Acme", "https://status.acme.example", support="mailto:help@acme.example")
CONFIG = Config(PAGE, components=(Component("api", "API"), Component("web", "Website")))
OPEN = Incident(
    "x",
    "T",
    components=(Affected("web", ComponentStatus.PARTIAL_OUTAGE), Affected("api")),
    updates=(
        Update("", Status.INVESTIGATING, at(21, 10), "It fails. More.", next_update=at(21, 10, 30)),
        Update("", Status.IDENTIFIED, at(21, 10, 20), "- a list"),
    ),
)


def facts(incident: Incident, moment: datetime) -> dict[str, str]:
    return facts_of(incident, moment, CONFIG, WORDS)


def test_what_is_known_of_an_open_incident() -> None:
    assert facts(OPEN, at(21, 10)) == {
        "components": "Website and API",
        "impact": "partial_outage",
        "started": "10:00 UTC",
        "next_update": "10:30 UTC",
        "page": "Acme",
        "support": "[help@acme.example](mailto:help@acme.example)",
    }


def test_a_moment_of_another_day_has_its_date() -> None:
    assert facts(OPEN, at(22, 9))["started"] == "21 Nov 10:00 UTC"


def test_the_real_window_counts_before_that_of_the_updates() -> None:
    closed = OPEN._replace(
        started=at(21, 9, 50),
        ended=at(21, 10, 40),
        updates=(*OPEN.updates, Update("", Status.RESOLVED, at(21, 11))),
    )
    known = facts(closed, at(21, 11))
    assert (known["started"], known["ended"]) == ("09:50 UTC", "10:40 UTC")
    assert facts(closed._replace(ended=None), at(21, 11))["ended"] == "11:00 UTC"


@pytest.mark.parametrize(
    ("change", "impact"),
    [
        (ComponentStatus.MAJOR_OUTAGE, "major_outage"),
        (ComponentStatus.OPERATIONAL, "partial_outage"),
    ],
)
def test_the_impact_is_that_of_now_or_of_before_all_worked_again(
    change: ComponentStatus, impact: str
) -> None:
    update = Update("", Status.MONITORING, at(21, 11), changes=(Change("web", change),))
    changed = OPEN._replace(components=OPEN.components[:1], updates=(*OPEN.updates, update))
    assert facts(changed, at(21, 11))["impact"] == impact


def test_without_components_the_impact_says_how_bad_it_is() -> None:
    incident = OPEN._replace(components=(), impact=Impact.CRITICAL)
    assert facts(incident, at(21, 10))["impact"] == "major_outage"
    assert "components" not in facts(incident, at(21, 10))


def test_the_timeline_has_each_update_before_with_its_first_sentence() -> None:
    assert facts(OPEN, at(23, 9))["timeline"] == (
        "- 21 Nov 10:00 UTC · Investigating: It fails.\n- 10:20 UTC · Identified"
    )


def test_the_window_of_a_maintenance_is_known_and_no_impact() -> None:
    plan = Incident("x", "T", Kind.MAINTENANCE, starts=at(28, 22), ends=at(29, 1))
    known = facts(plan, at(28, 9))
    assert (known["starts"], known["ends"]) == ("22:00 UTC", "29 Nov 01:00 UTC")
    assert "impact" not in known
