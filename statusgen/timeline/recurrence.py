"""When a recurring maintenance takes place: RRULE, on the clock on the wall of the page's zone."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise, takewhile
from typing import NamedTuple
from zoneinfo import ZoneInfo

from statusgen.model import Update
from statusgen.timeline.days import moment_on_wall, wall_of
from statusgen.timeline.record import Window

MOST_PAST = 500
"""So many occurrences before the latest one are kept."""

MOST_COUNTED = 20_000
"""So many are looked at; a daily one gets there after 54 years."""

_PARTS = frozenset(
    {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST"}
    | {"BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYMONTH", "BYSETPOS"},
)
"""The time of day is that of the first occurrence, so no BYHOUR; Easter is no part of the RFC."""

_LARGEST = 10_000
_FREQUENCIES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})


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
    known: deque[tuple[datetime | None, Window]] = deque(maxlen=MOST_PAST + 3)
    to_come: datetime | None = None
    for window in islice(windows(first, repeat, zone), MOST_COUNTED):
        announced = min(known[-1][1].end, window.start) if known else None
        known.append((announced, window))
        if announced is not None and announced > now:
            to_come = announced
            break
    in_line = [window for _, window in known]
    borders = [_half_way(one, other) for one, other in pairwise(in_line)]
    parts: list[list[Update]] = [[] for _ in in_line]
    for update in updates:
        parts[bisect_left(borders, update.at)].append(update)
    occurrences = [
        Occurrence(window, wall_of(window.start, zone).date(), announced, part)
        for (announced, window), part in zip(known, parts, strict=True)
    ]
    if to_come is not None:
        occurrences.pop()
    # The oldest one kept may have been given the updates of those before it.
    return occurrences[-MOST_PAST - 1 :], to_come


def _half_way(one: Window, other: Window) -> datetime:
    return one.end + (other.start - one.end) / 2


def windows(first: Window, repeat: str, zone: ZoneInfo) -> Iterator[Window]:
    """Yield the first window and those that an RRULE adds, each later than the one before.

    Each begins at the first one's time of day and lasts as long as that does by the clock on the
    wall, whatever the clocks do in between; a start that is skipped moves forward. A rule that
    cannot be read adds none.
    """
    yield first
    start, end = wall_of(first.start, zone), wall_of(first.end, zone)
    latest = first.start
    for wall in _walls(start, repeat, zone):
        window = _window(wall, end - start, zone)
        if window.start > latest:
            latest = window.start
            yield window


def _window(wall: datetime, length: timedelta, zone: ZoneInfo) -> Window:
    start = moment_on_wall(wall, zone)
    end = moment_on_wall(wall_of(start, zone) + length, zone)
    return Window(start, end)


def _walls(start: datetime, repeat: str, zone: ZoneInfo) -> Iterator[datetime]:
    """Yield the times after `start` at which a rule occurs, by the clock on the wall.

    COUNT and UNTIL are kept here, as COUNT includes the start even where the rule does not, and
    UNTIL may be in UTC.
    """
    try:
        parts = read_repeat(repeat)
        count = int(parts.pop("COUNT", "0"))
        until = _read_until(parts.pop("UNTIL", ""), zone)
        occurrences = _expand(start, ";".join(f"{key}={value}" for key, value in parts.items()))
    except (ValueError, OverflowError):
        return
    later: Iterator[datetime] = (wall for wall in occurrences if wall > start)
    if count:
        later = islice(later, count - 1)
    yield from takewhile(lambda wall: until is None or wall <= until, later)


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
        moment = datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        return wall_of(moment, zone)
    if "T" in text:
        return datetime.strptime(text, "%Y%m%dT%H%M%S")  # noqa: DTZ007 (the clock on the wall)
    day = datetime.strptime(text, "%Y%m%d")  # noqa: DTZ007 (the clock on the wall)
    return day + timedelta(days=1, microseconds=-1)


def _expand(start: datetime, rule: str) -> Iterator[datetime]:
    """Return the occurrences of a rule without COUNT and UNTIL.

    dateutil looks for the next one until the year 9999, ten seconds long where there is none, such
    as for 30 February. The calendar repeats itself every 400 years, weekdays included, so we let it
    start in the last 400.
    """
    from dateutil.rrule import rrulestr  # noqa: PLC0415 (8 ms, and most pages have no recurrence)

    years = (9999 - start.year) // 400 * 400
    shifted = start.replace(year=start.year + years)
    return (one.replace(year=one.year - years) for one in rrulestr(rule, dtstart=shifted))
