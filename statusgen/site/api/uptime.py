"""api/statusgen/v1/uptime.json: every figure with its period, its rule and its source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

from statusgen.model import Component, ComponentStatus
from statusgen.site.api.components import directory_of
from statusgen.site.context import Output, Site
from statusgen.site.json_text import Json, to_json
from statusgen.site.views.names import names_of
from statusgen.site.views.uptime import rule_text
from statusgen.site.words.times import rfc3339
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
        "rule": {"name": rule.name, "text": rule_text(rule, site.language), "weights": weights},
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
    periods = [_last_24_hours(site, component)]
    periods += [_figure(site, component, f"{length}d", found[-length:]) for length in PERIODS]
    months = groupby(found, key=lambda day: (day.date.year, day.date.month))
    return {
        "id": component.id,
        "name": names_of(site)[component.id].full,
        "objective": component.uptime.objective,
        "periods": periods,
        "months": [
            _figure(site, component, f"{year:04}-{month:02}", list(same))
            for (year, month), same in months
        ],
    }


def _first_day(today: date) -> date:
    """Return the first day of the earliest month, which is more than 365 days ago."""
    year, month = divmod(today.year * 12 + today.month - MONTHS, 12)
    return date(year, month + 1, 1)


def _figure(site: Site, component: Component, period: str, found: Sequence[Day]) -> Json:
    return {
        "period": period,
        "first": found[0].date.isoformat(),
        "last": found[-1].date.isoformat(),
        **_known(site, component, found),
    }


def _known(site: Site, component: Component, found: Sequence[Day]) -> Json:
    """Return what some days come to, and by which rule and source."""
    total = uptime(found, site.config.uptime)
    known = total.fraction
    return {
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


def _last_24_hours(site: Site, component: Component) -> Json:
    """Return the figure of 24 hours that end when the component's state was last counted.

    A window that ended at `now` would change all the time, and the file with it.
    """
    until = _last_counted(site, component)
    since = until - _DAY
    before, today = days(site.history, component.id, site.today - _DAY, site.today)
    if not before.counted:  # it began today
        since = max(since, moment_of(start_of(site.today, site.zone)))
    seconds = dict.fromkeys(ComponentStatus, 0)
    for span in site.history.spans_after(component.id, since):
        overlap = min(span.end or until, until) - max(span.start, since)
        seconds[span.status] += max(overlap // _SECOND, 0)
    window = Day(
        date=site.today,
        seconds=_DAY // _SECOND,
        counted=(until - since) // _SECOND if today.counted else 0,
        maintenance=seconds[ComponentStatus.UNDER_MAINTENANCE],
        degraded=seconds[ComponentStatus.DEGRADED_PERFORMANCE],
        partial=seconds[ComponentStatus.PARTIAL_OUTAGE],
        major=seconds[ComponentStatus.MAJOR_OUTAGE],
    )
    return {
        "period": "24h",
        "from": rfc3339(since),
        "until": rfc3339(until),
        **_known(site, component, [window]),
    }


def _last_counted(site: Site, component: Component) -> datetime:
    """Return the start of today, or when its state changed since, or the step it is counted to."""
    now = site.history.now
    counted = moment_of(start_of(site.today, site.zone))
    step = moment_of(last_tick(now))
    for span in site.history.spans_after(component.id, counted):
        if span.start <= now:
            counted = max(counted, span.end if span.end and span.end <= now else step)
    return counted
