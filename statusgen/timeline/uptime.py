"""Uptime: whole days of the page's zone, in integer seconds, and percentages by a rule."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from statusgen.model import SEVERITY, UptimeRule
from statusgen.timeline.days import end_of, seconds_of, start_of
from statusgen.timeline.history import History
from statusgen.timeline.intervals import lengths
from statusgen.timeline.moments import last_tick

_DAY = timedelta(days=1)
PROBES = "probes"
"""The source of uptime that is not incidents; see `model.Objective`."""


class Day(NamedTuple):
    """A component's day, in seconds.

    `seconds` is the day's length: 82,800 and 90,000 where the clocks change. `counted` is as much,
    today too, or 0 for a day of which nothing is known; then all others are 0. A second in which
    several statuses overlap is in the worst of them only; what is in none was operational.
    """

    date: date
    seconds: int
    counted: int
    maintenance: int = 0
    degraded: int = 0
    partial: int = 0
    major: int = 0


class Uptime(NamedTuple):
    """What some days come to by a rule.

    `fraction` is from 0 to 1 and exact; None where no second is counted: unknown is not up. The
    others are seconds.
    """

    fraction: Fraction | None
    counted: int
    maintenance: int
    degraded: int
    partial: int
    major: int


def days(history: History, component_id: str, first: date, last: date) -> list[Day]:
    """Return the days from `first` to `last`, both included.

    Not counted are days before the component's or the page's `since`, after the component's
    `until`, and after today; of a component whose source is probes all days, as nothing has been
    measured. What goes on counts up to the last step of five minutes.
    """
    component = next(one for one in history.config.components if one.id == component_id)
    since = component.since or history.config.page.since or first
    until = min(component.until or history.today, history.today)
    stretches = _stretches(history, component_id)
    found = []
    for number in range((last - first).days + 1):
        day = first + number * _DAY
        start, end = start_of(day, history.zone), end_of(day, history.zone)
        if component.uptime.source == PROBES or not since <= day <= until:
            found.append(Day(day, end - start, 0))
        else:
            found.append(Day(day, end - start, end - start, *lengths(stretches, start, end)[1:]))
    return found


def _stretches(history: History, component_id: str) -> list[tuple[int, int, int]]:
    """Return a component's spans as (start, end, severity), in seconds since 1970."""
    counted_until = last_tick(history.now)
    stretches = []
    for _, status, start, end in history.spans_of(component_id):
        first = seconds_of(start)
        is_over = end is not None and end <= history.now
        last = seconds_of(end) if end is not None and is_over else max(first, counted_until)
        stretches.append((first, last, SEVERITY[status]))
    return stretches


def uptime(days_: Iterable[Day], rule: UptimeRule) -> Uptime:
    """Return 1 - (major, partial and degraded seconds by their weights) / counted seconds."""
    counted = maintenance = degraded = partial = major = 0
    for day in days_:
        counted += day.counted
        maintenance += day.maintenance
        degraded += day.degraded
        partial += day.partial
        major += day.major
    fraction = None
    if counted:
        down = rule.degraded * degraded + rule.partial * partial + rule.major * major
        fraction = 1 - Fraction(down, 100 * counted)
    return Uptime(fraction, counted, maintenance, degraded, partial, major)


def average(uptimes: Iterable[Uptime]) -> Fraction | None:
    """Return a group's uptime: the plain average of those children of which it is known."""
    known = [one.fraction for one in uptimes if one.fraction is not None]
    return sum(known, Fraction()) / len(known) if known else None


def month_of(day: date) -> tuple[date, date]:
    """Return the first and the last day of the month that a day is in."""
    first = day.replace(day=1)
    return first, (first + 31 * _DAY).replace(day=1) - _DAY


def year_of(day: date) -> tuple[date, date]:
    """Return the first and the last day of the year that a day is in."""
    return date(day.year, 1, 1), date(day.year, 12, 31)


def percent(fraction: Fraction) -> str:
    """Return a fraction in percent, cut off after two decimals: "100" is exactly that."""
    if fraction == 1:
        return "100"
    hundredths = fraction * 10_000 // 1
    return f"{hundredths // 100}.{hundredths % 100:02}"
