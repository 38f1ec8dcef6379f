"""The period of a report: what a person types, and what it is compared with."""

from __future__ import annotations

from datetime import date

import pytest

from statusgen.report.periods import last_month, parse_period
from statusgen.timeline.days import Period

TODAY = date(2026, 11, 26)


def days(text: str) -> tuple[str, str]:
    first, last = text.split(" ")
    return first, last


@pytest.mark.parametrize(
    ("text", "period", "previous"),
    [
        ("2026-10", "2026-10-01 2026-10-31", "2026-09-01 2026-09-30"),
        ("2026-03", "2026-03-01 2026-03-31", "2026-02-01 2026-02-28"),
        ("2026-01", "2026-01-01 2026-01-31", "2025-12-01 2025-12-31"),
        ("2026-Q1", "2026-01-01 2026-03-31", "2025-10-01 2025-12-31"),
        ("2026q3", "2026-07-01 2026-09-30", "2026-04-01 2026-06-30"),
        ("2024", "2024-01-01 2024-12-31", "2023-01-01 2023-12-31"),
        ("30d", "2026-10-28 2026-11-26", "2026-09-28 2026-10-27"),
        ("1d", "2026-11-26 2026-11-26", "2026-11-25 2026-11-25"),
        ("2026-10-15", "2026-10-15 2026-10-15", "2026-10-14 2026-10-14"),
        ("2026-10-01..2026-10-15", "2026-10-01 2026-10-15", "2026-09-16 2026-09-30"),
        ("2026-10..2026-11", "2026-10-01 2026-11-30", "2026-08-01 2026-09-30"),
        ("2026-Q1 .. 2026-Q2", "2026-01-01 2026-06-30", "2025-07-01 2025-12-31"),
        ("2027-02", "2027-02-01 2027-02-28", "2027-01-01 2027-01-31"),
    ],
)
def test_whole_months_are_compared_with_months_and_days_with_days(
    text: str, period: str, previous: str
) -> None:
    asked = parse_period(text, TODAY).asked
    assert asked is not None
    assert asked.period == Period(*map(date.fromisoformat, days(period)))
    assert asked.previous == Period(*map(date.fromisoformat, days(previous)))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is not a period"),
        ("october", "is not a period"),
        ("2026-13", "is not a period"),
        ("2026-02-30", "is not a period"),
        ("0d", "is not a period"),
        ("2026-Q5", "is not a period"),
        ("1000", "is not a period"),
        ("..2026", "is not a period"),
        ("30d..2026", "is not a period"),
        ("2026-10..2026-09", "2026-09 is before 2026-10"),
        ("2000..2020", "too long"),
        ("9999d", "too long"),
        ("99999d", "too long"),
    ],
)
def test_what_is_no_period_says_why_and_how_it_is_written(text: str, reason: str) -> None:
    result = parse_period(text, TODAY)
    assert result.asked is None
    assert reason in result.reason
    assert result.hint


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        ("2026-11-26", "2026-10-01", "2026-10-31"),
        ("2026-11-01", "2026-10-01", "2026-10-31"),
        ("2026-01-31", "2025-12-01", "2025-12-31"),
    ],
)
def test_without_one_it_is_the_last_full_month(today: str, first: str, last: str) -> None:
    period = last_month(date.fromisoformat(today)).period
    assert period == Period(date.fromisoformat(first), date.fromisoformat(last))
