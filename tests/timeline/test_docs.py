"""docs/uptime.md says what the code does."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from statusgen.model import UptimeRule
from statusgen.timeline.moments import TICK
from statusgen.timeline.uptime import Day, percent, uptime

TEXT = (Path(__file__).parents[2] / "docs" / "uptime.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "rule", "lost"),
    [
        ("`statuspage`", UptimeRule(), 1440),
        ("`incident-io`", UptimeRule("incident-io", partial=100), 3120),
        ("`custom` with `degraded: 0, partial: 50, major: 100`", UptimeRule("custom", 0, 50), 1920),
    ],
)
def test_the_example_is_right(name: str, rule: UptimeRule, lost: int) -> None:
    november = [Day(date(2026, 11, day), 86400, 86400) for day in range(2, 31)]
    first = Day(date(2026, 11, 1), 86400, 86400, partial=40 * 60, major=12 * 60)
    fraction = uptime([first, *november], rule).fraction
    assert fraction is not None
    assert (1 - fraction) * 2_592_000 == lost
    (row,) = [line for line in TEXT.splitlines() if line.startswith(f"| {name} |") and "=" in line]
    assert row.endswith(f"= {lost} | {percent(fraction)} % |")


def test_the_step_is_five_minutes() -> None:
    assert "steps of five minutes" in TEXT
    assert TICK == 5 * 60
