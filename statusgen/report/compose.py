"""The whole report on one screen: from what is true at `now`, and a period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from heapq import nlargest
from operator import attrgetter

from statusgen.report.incidents import (
    Begun,
    impacts_of,
    postmortems_of,
    promises_of,
    recurrences_of,
    silences_of,
)
from statusgen.report.maintenance import held, maintenance_in
from statusgen.report.periods import Asked, month_before, months_of
from statusgen.report.shares import shares_of
from statusgen.report.uptimes import Uptimes, by_group, component_figures, group_figures, is_there
from statusgen.report.values import Figures, Report, Silence, spread_of
from statusgen.timeline.costs import costs
from statusgen.timeline.days import Period
from statusgen.timeline.facts import first_notice_limit
from statusgen.timeline.history import History
from statusgen.timeline.record import Record
from statusgen.timeline.uptime import month_of

MONTHS = 12
"""So many months are set side by side, or as many as the period has."""

SILENCES = 10


def report_of(history: History, asked: Asked) -> Report:
    """Return what a period amounts to."""
    period, previous = asked
    begun = Begun(history)
    months = _months(history, begun, period)
    uptimes = Uptimes(history, _around(period, previous, *months))
    within = begun.within(period)
    ids = {one.id for one in within}
    found = _costs(history, period)
    components = tuple(
        component_figures(uptimes, one, period, previous, months)
        for one in history.config.components
        if is_there(one, period)
    )
    return Report(
        page=history.config.page.name,
        zone=history.config.page.timezone,
        now=history.now,
        asked=asked,
        rule=history.config.uptime,
        figures=_figures(history, begun, uptimes, period),
        previous=_figures(history, begun, uptimes, previous),
        months=tuple(_figures(history, begun, uptimes, month) for month in months),
        components=components,
        groups=tuple(
            group_figures(group, children)
            for group, children in by_group(components, history.config.groups).items()
        ),
        incidents=begun.figures(within, found),
        carried=begun.figures(begun.reaching_into(period), found),
        silences=_longest(silences_of(within, history.now)),
        recurrences=tuple(
            one for one in recurrences_of(begun.records, history.now) if one.record.id in ids
        ),
        vendors=shares_of(history.records, within, found, begun, attrgetter("upstream")),
        causes=shares_of(history.records, within, found, begun, attrgetter("cause")),
        maintenance=tuple(maintenance_in(history, period)),
        unreadable=len(history.unreadable),
    )


def _months(history: History, begun: Begun, period: Period) -> list[Period]:
    """Return the months to compare: those of the period, and before it up to twelve in all.

    Months before anything is known, and those to come, are left out.
    """
    last = month_of(min(period.last, history.today)).first
    first = min(month_before(last, MONTHS - 1), period.first.replace(day=1))
    if period.first > history.today:
        return []
    first = max(first, _known_since(history, begun, period).replace(day=1))
    number = max(months_of(Period(first, month_of(last).last)), 0) if first <= last else 0
    return [month_of(month_before(last, back)) for back in reversed(range(number))]


def _known_since(history: History, begun: Begun, period: Period) -> date:
    """Return the first day of which anything is known."""
    config = history.config
    stated = [one.since or config.page.since for one in config.components]
    days = [day for day in stated if day is not None]
    first = begun.first_day()
    return min([*days, first] if first is not None else days, default=period.first)


def _around(*periods: Period) -> Period:
    return Period(min(one.first for one in periods), max(one.last for one in periods))


def _costs(history: History, period: Period) -> dict[str, int]:
    """Return the hundredths of a second that each record took, over all components."""
    concerning: dict[str, list[Record]] = {}
    for record in history.records:
        for component in record.components:
            concerning.setdefault(component, []).append(record)
    found: Counter[str] = Counter()
    for one in history.config.components:
        found.update(costs(history, one, concerning.get(one.id, ()), *period))
    return found


def _figures(history: History, begun: Begun, uptimes: Uptimes, period: Period) -> Figures:
    """Return what all of the page comes to in a period."""
    records = begun.within(period)
    told = [begun.facts[one.id] for one in records]
    fraction, lost = uptimes.whole(period)
    return Figures(
        period=period,
        uptime=fraction,
        lost=lost,
        impacts=impacts_of(records),
        first_notice=spread_of(one.first_notice for one in told),
        in_time=sum(
            one.first_notice is not None and one.first_notice <= first_notice_limit(record.impact)
            for record, one in zip(records, told, strict=True)
        ),
        gaps=spread_of(gap for one in told for gap in one.gaps),
        promises=promises_of(told),
        to_resolve=spread_of(one.to_resolve for one in told),
        postmortem=spread_of(one.postmortem for one in told),
        postmortems=postmortems_of(history, records, begun.facts),
        maintenances=held(maintenance_in(history, period)),
    )


def _longest(silences: Iterable[Silence]) -> tuple[Silence, ...]:
    """Return the longest silences, the longest first."""
    return tuple(nlargest(SILENCES, silences, key=lambda one: one.seconds))
