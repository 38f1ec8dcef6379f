"""When what is written changes by itself: the moment that a scheduler wakes up for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from statusgen.model import Config
from statusgen.timeline.components import counted_period
from statusgen.timeline.days import day_of, end_of, moment_of, seconds_of
from statusgen.timeline.overrides import Claims
from statusgen.timeline.state import next_after

TICK = 300
"""While something is down, uptime is counted in steps of so many seconds: nobody needs it to the
second, and a page that changed every second could never be called current.
"""


def last_tick(now: datetime) -> int:
    """Return the moment up to which what goes on is counted, in seconds since 1970."""
    return seconds_of(now) // TICK * TICK


def next_change(
    config: Config,
    told: Iterable[datetime | None],
    claims: Claims,
    now: datetime,
    zone: ZoneInfo,
) -> datetime | None:
    """Return the first moment after `now` at which anything changes by itself.

    That is what the files plan (`told`), a status set by hand, the next count while any component
    has a status that goes on, and the end of the day. None is the end of the calendar.
    """
    today = day_of(now, zone)
    moments = [*told, config.page.updated, _end_of_day(now, zone)]
    for component in config.components:
        if component.override is not None:
            moments.append(component.override.at)
        period = counted_period(config.page, component)
        if period is None or not period.first <= today <= period.last:
            continue
        if any(claim.span.start <= now for claim in claims.going_on.get(component.id, ())):
            moments.append(moment_of(last_tick(now) + TICK))
    return next_after(now, moments)


def _end_of_day(now: datetime, zone: ZoneInfo) -> datetime | None:
    try:
        return moment_of(end_of(day_of(now, zone), zone))
    except OverflowError:
        return None
