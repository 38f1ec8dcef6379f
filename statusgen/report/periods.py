"""The period that a report is about: what a person types, as whole days of the page's zone."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from statusgen.reading.times import FIRST_YEAR, LAST_YEAR
from statusgen.timeline.days import Period
from statusgen.timeline.uptime import month_of, year_of

MOST_DAYS = 3653
"""Ten years: nobody compares more, and every day of them is counted."""

FORMS = "write it like 2026-10, 2026-Q3, 2026, 30d or 2026-10-01..2026-10-15"

_DAY = timedelta(days=1)
_LAST_DAYS = re.compile(r"([1-9][0-9]{0,4})d")
_YEAR = re.compile(r"([0-9]{4})")
_QUARTER = re.compile(r"([0-9]{4})-?Q([1-4])", re.IGNORECASE)
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


class Asked(NamedTuple):
    """A period, and the one before it of the same length, which it is compared with."""

    period: Period
    previous: Period


class PeriodResult(NamedTuple):
    """The period that a text names, or why there is none."""

    asked: Asked | None
    reason: str = ""
    hint: str = ""


def last_month(today: date) -> Asked:
    """Return the last month that is complete."""
    return _asked(month_of(today.replace(day=1) - _DAY))


def parse_period(text: str, today: date) -> PeriodResult:
    """Return the period that `text` names: a year, a quarter, a month, a day, days up to today.

    `FROM..TO` is from the first day of the one to the last day of the other.
    """
    start, dots, end = (part.strip() for part in text.strip().partition(".."))
    try:
        period = Period(_part(start).first, _part(end).last) if dots else _whole(start, today)
    except (ValueError, OverflowError):
        return PeriodResult(None, f"'{text[:40]}' is not a period", FORMS)
    if period.last < period.first:
        return PeriodResult(None, f"{end} is before {start}", "the earlier day comes first")
    if (period.last - period.first).days >= MOST_DAYS:
        return PeriodResult(None, "the period is too long", "a report covers ten years at most")
    return PeriodResult(_asked(period))


def months_of(period: Period) -> int:
    """Return how many whole months a period is; 0 if it begins or ends within one."""
    first, last = period
    if first.day != 1 or month_of(last).last != last:
        return 0
    return (last.year - first.year) * 12 + last.month - first.month + 1


def month_before(first: date, number: int) -> date:
    """Return the first day of the month that is so many months before another's."""
    year, month = divmod(first.year * 12 + first.month - 1 - number, 12)
    return date(year, month + 1, 1)


def _asked(period: Period) -> Asked:
    months = months_of(period)
    if months:
        first = month_before(period.first, months)
    else:
        first = period.first - (period.last - period.first) - _DAY
    return Asked(period, Period(first, period.first - _DAY))


def _whole(text: str, today: date) -> Period:
    found = _LAST_DAYS.fullmatch(text)
    if found:
        return Period(today - (int(found[1]) - 1) * _DAY, today)
    return _part(text)


def _part(text: str) -> Period:
    if found := _YEAR.fullmatch(text):
        return year_of(_date(found[1], "01", "01"))
    if found := _QUARTER.fullmatch(text):
        first = _date(found[1], str(3 * int(found[2]) - 2), "01")
        return Period(first, month_of(first + 70 * _DAY).last)
    if found := _MONTH.fullmatch(text):
        return month_of(_date(found[1], found[2], "01"))
    if found := _DATE.fullmatch(text):
        day = _date(*found.groups())
        return Period(day, day)
    raise ValueError(text)


def _date(year: str, month: str, day: str) -> date:
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        raise ValueError(year)
    return date(int(year), int(month), int(day))
