"""api/statusgen/v1/uptime.json: every figure with its period, its rule and its source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

from statusgen.model import Component, ComponentStatus
from statusgen.site.api_components import directory_of
from statusgen.site.context import Output, Site
from statusgen.site.json_text import Json, to_json
from statusgen.site.names import names_of
from statusgen.site.uptime_views import rule_text
from statusgen.timeline.days import moment_of, start_of
from statusgen.timeline.moments import last_tick
from statusgen.timeline.uptime import Day, days, percent, uptime

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)

PERIODS = (7, 30, 90, 365)
MONTHS = 13
"""The present month and the twelve before it."""


def render_api_uptime(site: Site) -> Iterator[Output]:
    """Yield uptime.json."""
    rule = site.config.uptime
    weights = {"degraded": rule.degraded, "partial": rule.partial, "major": rule.major}
    listed = directory_of(site).by_id
    content = {
        "rule": {"name": rule.name, "text": rule_text(rule), "weights": weights},
        "components": [
            _component(site, one)
            for one in site.config.components
            if one.id in listed and one.showcase
        ],
    }
    yield "api/statusgen/v1/uptime.json", to_json(content)


def _component(site: Site, component: Component) -> Json:
    today = site.today
    found = days(site.history, component.id, _first_day(today), today)
    periods = [_figure(site, component, "24h", [last_24_hours(site, component)])]
    periods += [_figure(site, component, f"{length}d", found[-length:]) for length in PERIODS]
    months = groupby(found, key=lambda day: f"{day.date:%Y-%m}")
    return {
        "id": component.id,
        "name": names_of(site)[component.id].full,
        "objective": component.uptime.objective,
        "periods": periods,
        "months": [_figure(site, component, month, list(same)) for month, same in months],
    }


def _first_day(today: date) -> date:
    """Return the first day of the earliest month, which is more than 365 days ago."""
    year, month = divmod(today.year * 12 + today.month - MONTHS, 12)
    return date(year, month + 1, 1)


def _figure(site: Site, component: Component, period: str, found: Sequence[Day]) -> Json:
    total = uptime(found, site.config.uptime)
    known = total.fraction
    return {
        "period": period,
        "first": found[0].date.isoformat(),
        "last": found[-1].date.isoformat(),
        "uptime": None if known is None else float(known),
        "percent": None if known is None else percent(known),
        "rule": site.config.uptime.name,
        "source": component.uptime.source,
        "seconds": {
            "counted": total.counted,
            "degraded": total.degraded,
            "partial": total.partial,
            "major": total.major,
            "maintenance": total.maintenance,
        },
    }


def last_24_hours(site: Site, component: Component) -> Day:
    """Return the 24 hours up to the last step of the count, as if they were one day."""
    history = site.history
    end = moment_of(last_tick(history.now))
    start = end - _DAY
    first, *_, last = days(history, component.id, site.today - _DAY, site.today)
    if not (first.counted and last.counted):  # it began or ended, or nothing is measured
        start = end if not last.counted else moment_of(start_of(site.today, site.zone))
    seconds = dict.fromkeys(ComponentStatus, 0)
    for span in history.spans_of(component.id):
        overlap = min(span.end or end, end) - max(span.start, start)
        seconds[span.status] += max(overlap // _SECOND, 0)
    return Day(
        date=site.today,
        seconds=_DAY // _SECOND,
        counted=(end - start) // _SECOND,
        maintenance=seconds[ComponentStatus.UNDER_MAINTENANCE],
        degraded=seconds[ComponentStatus.DEGRADED_PERFORMANCE],
        partial=seconds[ComponentStatus.PARTIAL_OUTAGE],
        major=seconds[ComponentStatus.MAJOR_OUTAGE],
    )
