"""Days of the page's zone, which are 23 or 25 hours long where the clocks change.

Arithmetic is done on UTC and on whole seconds since 1970: subtracting two local times of one zone
gives what the clock on the wall shows, not what has passed.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)
_DAY = timedelta(days=1)


def seconds_of(moment: datetime) -> int:
    """Return the whole seconds since 1970; what is left of a second is cut off."""
    return (moment - _EPOCH) // _SECOND


def moment_of(seconds: int) -> datetime:
    """Return the moment, in UTC, that many seconds after the start of 1970."""
    return _EPOCH + timedelta(seconds=seconds)


def day_of(moment: datetime, zone: ZoneInfo) -> date:
    """Return the date that the calendar shows in a zone at a moment."""
    return moment.astimezone(zone).date()


@lru_cache(maxsize=10_000)
def start_of(day: date, zone: ZoneInfo) -> int:
    """Return when a day begins in a zone, in seconds since 1970.

    Where the clocks skip midnight it is the moment of the skip, and where midnight comes twice the
    first one.
    """
    return seconds_of(datetime.combine(day, time(), tzinfo=zone).astimezone(UTC))


def end_of(day: date, zone: ZoneInfo) -> int:
    """Return when a day ends in a zone, in seconds since 1970: the start of the next."""
    return start_of(day + _DAY, zone)


class Period(NamedTuple):
    """Whole days, the first and the last included."""

    first: date
    last: date


def wall_of(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return what the clock on the wall shows, as a naive time."""
    return moment.astimezone(zone).replace(tzinfo=None)


def moment_on_wall(wall: datetime, zone: ZoneInfo) -> datetime:
    """Return the moment, in UTC, at which a clock on the wall shows a time.

    A time that is skipped is moved forward by the skip; of one that comes twice it is the first.
    """
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
