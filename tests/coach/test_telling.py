"""How the end of a serious incident has to be told."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from coach_examples import CONFIG, EXAMPLES, PATH

from statusgen.coach import judge
from statusgen.content import parse_incident
from statusgen.model import CoachRule

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SERIOUS = EXAMPLES["IC-18"].lstrip()
END = "Card payments work again."


def rules(text: str) -> list[CoachRule]:
    incident = parse_incident(PATH, text.encode(), ZoneInfo("UTC"), {"api", "checkout"}).incident
    return [one.rule for one in judge(CONFIG, [incident], NOW)]


@pytest.mark.parametrize(
    ("end", "is_told"),
    [
        (END, True),
        ("Card payments work again since 10:55 UTC.", True),
        ("Card payments work again. They failed from 09:58 to 10:55 UTC.", False),
        ("Card payments failed from 09:58 to 10:55 UTC, and were slow until 11:01 UTC.", False),
    ],
)
def test_its_last_update_has_a_beginning_and_an_end(end: str, *, is_told: bool) -> None:
    assert (CoachRule.NO_WINDOW in rules(SERIOUS.replace(END, end))) is is_told


@pytest.mark.parametrize(
    ("keys", "is_told"),
    [
        ("started: 2026-11-20 09:58 UTC\nended: 2026-11-20 10:55 UTC\n", False),
        ("started: 2026-11-20 09:58 UTC\n", True),
        ("ended: 2026-11-20 10:55 UTC\n", True),
    ],
)
def test_fields_say_it_as_well_if_both_are_there(keys: str, *, is_told: bool) -> None:
    assert (CoachRule.NO_WINDOW in rules(SERIOUS.replace("components:", f"{keys}components:"))) is (
        is_told
    )


def test_a_mild_incident_needs_neither() -> None:
    mild = SERIOUS.replace("major_outage", "degraded_performance")
    assert CoachRule.NO_WINDOW not in rules(mild)
