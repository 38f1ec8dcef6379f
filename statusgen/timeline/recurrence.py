"""When a recurring maintenance takes place: RRULE, on the clock on the wall of the page's zone."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from datetime import MAXYEAR, UTC, date, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from statusgen.model import Update
from statusgen.reading.times import FIRST_YEAR, LAST_YEAR
from statusgen.timeline.days import moment_on_wall, wall_of
from statusgen.timeline.record import Window

MOST_PAST = 500
"""So many occurrences before the latest one are kept."""

_PARTS = frozenset(
    {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST"}
    | {"BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYMONTH", "BYSETPOS"},
)
"""The time of day is that of the first occurrence, so no BYHOUR; Easter is no part of the RFC."""

_FREQUENCIES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
_LARGEST = 10_000
_LOOKED_AT = MOST_PAST + 10
_YEARS = LAST_YEAR - FIRST_YEAR + 1
_BEYOND = 3
"""So many occurrences after `now` are enough to know the next one, and when it is announced."""

_DAY = timedelta(days=1)


class Occurrence(NamedTuple):
    """One window, with the updates that belong to it.

    `day` is the date of its start in the page's zone. `announced` is when it was first told of: at
    the end of the one before; of the first one nothing is known here.
    """

    window: Window
    day: date
    announced: datetime | None
    updates: Sequence[Update]


def occurrences_of(
    first: Window,
    repeat: str,
    zone: ZoneInfo,
    updates: Sequence[Update],
    now: datetime,
) -> tuple[list[Occurrence], datetime | None]:
    """Return the occurrences that have been announced by `now`, and when the next one will be.

    An update belongs to the occurrence whose window is nearest: up to half-way from the end of one
    to the start of the next, to the earlier.
    """
    windows = windows_around(first, repeat, zone, now)
    borders = [_half_way(one, other) for one, other in pairwise(windows)]
    parts: list[list[Update]] = [[] for _ in windows]
    for update in updates:
        parts[bisect_left(borders, update.at)].append(update)
    occurrences: list[Occurrence] = []
    for index, (window, part) in enumerate(zip(windows, parts, strict=True)):
        announced = min(windows[index - 1].end, window.start) if index else None
        if announced is not None and announced > now:
            return occurrences[-MOST_PAST - 1 :], announced
        day = wall_of(window.start, zone).date()
        occurrences.append(Occurrence(window, day, announced, part))
    return occurrences[-MOST_PAST - 1 :], None


def _half_way(one: Window, other: Window) -> datetime:
    return one.end + (other.start - one.end) / 2


def windows_around(first: Window, repeat: str, zone: ZoneInfo, now: datetime) -> list[Window]:
    """Return the windows up to some after `now`; of the past ones the newest, more than are kept.

    Each begins at the first one's time of day and lasts as long as that does by the clock on the
    wall, whatever the clocks do in between; a start that is skipped moves forward. A rule that
    cannot be read adds nothing to the first window.
    """
    newest: deque[datetime] = deque(maxlen=_LOOKED_AT)
    try:
        start, end = wall_of(first.start, zone), wall_of(first.end, zone)
        horizon = wall_of(now, zone) + _DAY
        beyond = 0
        for wall in _walls(start, repeat, zone):
            newest.append(wall)
            beyond += wall > horizon
            if beyond == _BEYOND:
                break
    except (ValueError, OverflowError, IndexError):  # dateutil's IndexError: BYDAY=9MO in a month
        return [first]
    windows = [first] if len(newest) < _LOOKED_AT else []
    for wall in newest:
        window = _window(wall, end - start, zone)
        if not windows or window.start > windows[-1].start:
            windows.append(window)
    return windows


def _window(wall: datetime, length: timedelta, zone: ZoneInfo) -> Window:
    start = moment_on_wall(wall, zone)
    end = moment_on_wall(wall_of(start, zone) + length, zone)
    return Window(start, end)


def _walls(start: datetime, repeat: str, zone: ZoneInfo) -> Iterator[datetime]:
    """Yield the times after `start` at which a rule occurs, by the clock on the wall.

    COUNT and UNTIL are kept here, as COUNT includes the start even where the rule does not, and
    UNTIL may be in UTC.
    """
    parts = read_repeat(repeat)
    count = int(parts.pop("COUNT", "0"))
    until = _read_until(parts.pop("UNTIL", ""), zone)
    later = (wall for wall in _expand(start, parts) if wall > start)
    for index, wall in enumerate(later, 2):
        if (count and index > count) or (until is not None and wall > until):
            return
        yield wall


def read_repeat(repeat: str) -> dict[str, str]:
    """Return the parts of an RRULE, or raise ValueError with what is wrong."""
    parts: dict[str, str] = {}
    for part in repeat.upper().replace(" ", "").removeprefix("RRULE:").strip(";").split(";"):
        key, _, value = part.partition("=")
        if key not in _PARTS or key in parts or not value:
            raise ValueError(f"{part!r} cannot be part of it")
        parts[key] = value
    if parts.get("FREQ") not in _FREQUENCIES:
        raise ValueError("FREQ is one of DAILY, WEEKLY, MONTHLY, YEARLY")
    for key in ("INTERVAL", "COUNT"):
        if not 1 <= int(parts.get(key, "1")) <= _LARGEST:
            raise ValueError(f"{key} is a number from 1 to {_LARGEST}")
    return parts


def _read_until(text: str, zone: ZoneInfo) -> datetime | None:
    """Return the last moment of UNTIL by the clock on the wall; of a date it is the day's end."""
    if not text:
        return None
    if text.endswith("Z"):
        return wall_of(datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC), zone)
    if "T" in text:
        return datetime.strptime(text, "%Y%m%dT%H%M%S")  # noqa: DTZ007 (the clock on the wall)
    day = datetime.strptime(text, "%Y%m%d")  # noqa: DTZ007 (the clock on the wall)
    return day + _DAY - timedelta(microseconds=1)


def _expand(start: datetime, parts: Mapping[str, str]) -> Iterator[datetime]:
    """Return the occurrences of a rule without COUNT and UNTIL.

    dateutil looks for the next one until the year 9999, which takes it seconds where there is none,
    such as for 30 February. The calendar repeats itself every 400 years, weekdays included, so the
    search is moved to where that year is near, but not nearer than any page lasts.
    """
    from dateutil.rrule import rrulestr  # noqa: PLC0415 (8 ms, and most pages have no recurrence)

    years = (MAXYEAR - _YEARS - start.year) // 400 * 400
    rule = ";".join(f"{key}={value}" for key, value in parts.items())
    shifted = rrulestr(rule, dtstart=start.replace(year=start.year + years))
    exact = start.microsecond  # dateutil counts in seconds
    return (one.replace(year=one.year - years, microsecond=exact) for one in shifted)
