"""Uptime: whole days of the page's zone, in integer seconds, and percentages by a rule."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from statusgen.model import SEVERITY, Component, UptimeRule
from statusgen.timeline.components import counted_period
from statusgen.timeline.days import Period, end_of, moment_of, seconds_of, start_of
from statusgen.timeline.history import History
from statusgen.timeline.moments import last_tick

_DAY = timedelta(days=1)


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
    """Return the days from `first` to `last`, both included, those not counted too.

    What goes on counts up to the last step of five minutes.
    """
    return _known_days(history).between(component_id, first, last)


class _KnownDays:
    """The days of components from the start of last year to today, each counted once.

    Nearly all that a site says is of these, in windows of many lengths.
    """

    def __init__(self, history: History) -> None:
        self._history = history
        self._first = date(max(history.today.year - 1, 1), 1, 1)
        self._last = history.today
        self._days: dict[str, list[Day]] = {}

    def between(self, component_id: str, first: date, last: date) -> list[Day]:
        """Return the days from `first` to `last`, whether or not they are known."""
        if not self._first <= first <= last <= self._last:
            return _count_days(self._history, component_id, first, last)
        known = self._days.get(component_id)
        if known is None:
            known = _count_days(self._history, component_id, self._first, self._last)
            self._days[component_id] = known
        return known[(first - self._first).days : (last - self._first).days + 1]


@lru_cache(maxsize=2)
def _known_days(history: History) -> _KnownDays:
    return _KnownDays(history)


def _count_days(history: History, component_id: str, first: date, last: date) -> list[Day]:
    component = next(one for one in history.config.components if one.id == component_id)
    calendar = _calendar(history.zone, first, last)
    found = list(calendar.unknown)
    counted = counted_days(history, component, first, last)
    if counted is None:
        return found
    begin, end = (counted.first - first).days, (counted.last - first).days + 1
    found[begin:end] = calendar.known[begin:end]
    totals = _totals(history, component_id, calendar.starts[begin : end + 1])
    for index, (_, *seconds) in totals.items():
        day = calendar.known[begin + index]
        found[begin + index] = Day(day.date, day.seconds, day.counted, *seconds)
    return found


def counted_days(
    history: History,
    component: Component,
    first: date,
    last: date,
) -> Period | None:
    """Return those of the days from `first` to `last` that are counted; None if none is.

    Not counted are days before the component's or the page's `since`, after the component's
    `until`, and after today; of a component whose source is probes all days, as nothing has been
    measured.
    """
    period = counted_period(history.config.page, component)
    if period is None:
        return None
    found = Period(max(period.first, first), min(period.last, history.today, last))
    return found if found.first <= found.last else None


class _Calendar(NamedTuple):
    """Days in a row: when each starts, and when the last one ends; each known, each unknown."""

    starts: tuple[int, ...]
    known: tuple[Day, ...]
    unknown: tuple[Day, ...]


@lru_cache(maxsize=64)
def _calendar(zone: ZoneInfo, first: date, last: date) -> _Calendar:
    """Return the days from `first` to `last`; every component of a page asks for the same."""
    dates = [first + number * _DAY for number in range((last - first).days + 1)]
    starts = (*(start_of(day, zone) for day in dates), end_of(last, zone))
    lengths = [end - start for start, end in pairwise(starts)]
    return _Calendar(
        starts,
        tuple(Day(day, length, length) for day, length in zip(dates, lengths, strict=True)),
        tuple(Day(day, length, 0) for day, length in zip(dates, lengths, strict=True)),
    )


def _totals(
    history: History,
    component_id: str,
    starts: Sequence[int],
) -> dict[int, list[int]]:
    """Return for each day that has any the seconds of each severity.

    `starts` has one more entry than there are days: the end of the last.
    """
    totals: dict[int, list[int]] = {}
    for start, end, level in counted_stretches(history, component_id, moment_of(starts[0])):
        index = max(bisect_right(starts, start) - 1, 0)
        while index < len(starts) - 1 and starts[index] < end:
            seconds = min(end, starts[index + 1]) - max(start, starts[index])
            totals.setdefault(index, [0] * len(SEVERITY))[level] += seconds
            index += 1
    return totals


def counted_stretches(
    history: History,
    component_id: str,
    since: datetime,
) -> Iterator[tuple[int, int, int]]:
    """Yield the spans that end after `since`: (start, end, severity), in seconds since 1970.

    What goes on ends at the last step of five minutes.
    """
    counted_until = last_tick(history.now)
    for _, status, start, end in history.spans_after(component_id, since):
        first = seconds_of(start)
        if end is None or end > history.now:
            yield first, max(first, counted_until), SEVERITY[status]
        else:
            yield first, seconds_of(end), SEVERITY[status]


def lost(one: Uptime) -> Fraction:
    """Return the seconds that count as down by the rule that an uptime was counted by."""
    return Fraction() if one.fraction is None else (1 - one.fraction) * one.counted


def is_met(fraction: Fraction | None, objective: float | None) -> bool | None:
    """Tell whether an uptime reaches an objective in percent; None without one of them."""
    if fraction is None or objective is None:
        return None
    return fraction * 100 >= Fraction(str(objective))


def uptime(days_: Sequence[Day], rule: UptimeRule) -> Uptime:
    """Return 1 - (major, partial and degraded seconds by their weights) / counted seconds."""
    # By columns, which are summed up several times as fast as day by day.
    _, _, *seconds = zip(*days_, strict=True) if days_ else [()] * len(Day._fields)
    counted, maintenance, degraded, partial, major = map(sum, seconds)
    fraction = None
    if counted:
        down = rule.degraded * degraded + rule.partial * partial + rule.major * major
        fraction = 1 - Fraction(down, 100 * counted)
    return Uptime(fraction, counted, maintenance, degraded, partial, major)


def average(uptimes: Iterable[Uptime]) -> Fraction | None:
    """Return a group's uptime: the plain average of those children of which it is known."""
    known = [one.fraction for one in uptimes if one.fraction is not None]
    return sum(known, Fraction()) / len(known) if known else None


def month_of(day: date) -> Period:
    """Return the month that a day is in."""
    first = day.replace(day=1)
    return Period(first, (first + 31 * _DAY).replace(day=1) - _DAY)


def year_of(day: date) -> Period:
    """Return the year that a day is in."""
    return Period(date(day.year, 1, 1), date(day.year, 12, 31))


def percent(fraction: Fraction) -> str:
    """Return a fraction in percent, cut off after two decimals: "100" is exactly that."""
    if fraction == 1:
        return "100"
    hundredths = fraction * 10_000 // 1
    return f"{hundredths // 100}.{hundredths % 100:02}"
