"""Uptime by the month: a line of days for each month, and what it comes to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from statusgen.model import Component
from statusgen.site.context import Site
from statusgen.site.look.shapes import UNKNOWN
from statusgen.site.views.uptime import (
    RunView,
    is_imperfect,
    runs_of,
    state_of_day,
    worst_state,
)
from statusgen.timeline.uptime import Day, days, percent, uptime

MONTH_DAYS = 31
"""A month's line is as wide as the longest month, so that days stand below each other."""


class UptimeMonthView(NamedTuple):
    """A month, or what is known of it up to today.

    `length` is the number of days that its line is wide, and `runs` those that it has. `percent` is
    cut off after two decimals, and empty where nothing is known or where it would be of several
    components. `imperfect` is the number of days with a failure, `down` how long something was
    down in all, in words, and empty if nothing was.
    """

    first: date
    length: int
    runs: tuple[RunView, ...]
    percent: str
    imperfect: int
    down: str


def component_months(site: Site, component: Component, first: date) -> tuple[UptimeMonthView, ...]:
    """Return a component's months from that of `first` to today's, the newest first."""
    found = days(site.history, component.id, first.replace(day=1), site.today)
    views = []
    for month, same in _by_month(found):
        total = uptime(same, site.config.uptime)
        seconds = total.major + total.partial
        views.append(
            _month_view(month, [state_of_day(day) for day in same])._replace(
                percent=percent(total.fraction) if total.fraction is not None else "",
                down=site.language.formats.duration_text(seconds) if seconds else "",
            ),
        )
    return tuple(reversed(views))


def page_years(
    components: Sequence[Sequence[Day]],
) -> tuple[tuple[int, tuple[UptimeMonthView, ...]], ...]:
    """Return calendar years, the newest first, each with its months, oldest first.

    `components` are the same days of each; a day's state is the worst of theirs. Months of which
    nothing is known are left out.
    """
    worst = [
        (days_[0].date.replace(day=1), worst_state(map(state_of_day, days_)))
        for days_ in zip(*components, strict=True)
    ]
    months = []
    for month, same in groupby(worst, key=itemgetter(0)):
        states = [state for _, state in same]
        if set(states) != {UNKNOWN}:
            months.append(_month_view(month, states))
    years = [(year, tuple(same)) for year, same in groupby(months, key=lambda one: one.first.year)]
    return tuple(reversed(years))


def _by_month(found: Sequence[Day]) -> Iterator[tuple[date, list[Day]]]:
    for month, same in groupby(found, key=lambda day: day.date.replace(day=1)):
        yield month, list(same)


def _month_view(month: date, states: Sequence[str]) -> UptimeMonthView:
    return UptimeMonthView(
        first=month,
        length=MONTH_DAYS,
        runs=runs_of(states),
        percent="",
        imperfect=sum(map(is_imperfect, states)),
        down="",
    )
