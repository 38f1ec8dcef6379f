"""Times as they are typed at a command line: `15m`, `1h30m`, `14:30`, `2026-11-21 14:30 UTC`.

In a file a time means one moment or is reported. Here a person can be asked again, so that a time
which the clocks show twice is a fault as well, and so is a time of day that must be a slip.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo

from statusgen.authoring.faults import Fault
from statusgen.reading.characters import shown
from statusgen.reading.loose_times import clock_meant, without_zone_name
from statusgen.reading.times import GOOD_FORM, TimeResult, parse_time, write_time

HALF_A_DAY = timedelta(hours=12)
A_DAY = timedelta(days=1)
HALF_A_YEAR = timedelta(days=182)  # after which a zone with summer time has its other name

_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2}) *(UTC|Z|[+-][0-9]{2}(?::?[0-9]{2})?)?", re.IGNORECASE)
_SPAN = re.compile(
    r"(?:([0-9]+) *d(?:ays?)?)? *(?:([0-9]+) *h(?:ours?|rs?)?)? *(?:([0-9]+) *m(?:in(?:ute)?s?)?)?",
    re.IGNORECASE,
)
_DAY_WORD = re.compile(r"(yesterday|today|tomorrow),? +(?:at +)?([0-9].*)", re.IGNORECASE)
_GOOD_SPAN = "write it like 15m, 1h30m or 14:30"
_GOOD_LENGTH = "write it like 30m, 2h or 1h30m"
_LONGEST_SPAN = timedelta(days=366)


def minute_of(at: datetime) -> datetime:
    """Return the minute that a moment lies in."""
    return at.replace(second=0, microsecond=0)


def span(text: str, given: str) -> timedelta | Fault:
    """Return a length of time: `45m`, `2h`, `1h30m`, `1d`."""
    length = _span(text.strip())
    if length is None or not length:
        return Fault(given, f"{shown(text)} is not a length of time", _GOOD_LENGTH)
    if length > _LONGEST_SPAN:
        return Fault(given, f"{shown(text)} is more than a year", _GOOD_LENGTH)
    return length


def later(
    text: str,
    now: datetime,
    zone: tzinfo,
    given: str,
    within: timedelta = HALF_A_DAY,
) -> datetime | Fault:
    """Return the moment after `now` that is meant; `zone` is the page's.

    A length of time counts from `now`. A time of day is the next one; if that is more than `within`
    away, it has passed today and may be a slip.
    """
    typed = _as_read(text.strip(), now, zone)
    length = _span(typed.removeprefix("+").removeprefix("in ").strip())
    if length is not None:
        found: datetime | Fault = _checked_span(text, length, now, given)
    elif clock := _CLOCK.fullmatch(typed):
        found = _at_clock(clock, now, zone, given, is_later=True)
        if isinstance(found, datetime) and found - now > within:
            hint = f"for the next day write {write_time(found)}"
            return Fault(given, f"{shown(text)} has passed", hint)
    else:
        found = _in_full(typed, zone, given)
    if isinstance(found, datetime) and found <= now:
        return Fault(given, f"{write_time(found)} is not after {write_time(now)}")
    return found


def earlier(text: str, now: datetime, zone: tzinfo, given: str) -> datetime | Fault:
    """Return the moment up to `now` that is meant; `zone` is the page's.

    A length of time counts back from `now` (`10m`, `-10m`, `10m ago`). A time of day is the last
    one; if that is more than half a day away, it has not come today and may be a slip.
    """
    typed = _as_read(text.strip(), now, zone)
    is_now = typed.lower() in {"now", "just now"}
    length = timedelta() if is_now else _span(typed.removesuffix("ago").removeprefix("-").strip())
    if length is not None:
        found: datetime | Fault = _checked_span(text, -length, now, given)
    elif clock := _CLOCK.fullmatch(typed):
        found = _at_clock(clock, now, zone, given, is_later=False)
        if isinstance(found, datetime) and now - found > HALF_A_DAY:
            hint = f"for the day before write {write_time(found)}"
            return Fault(given, f"{shown(text)} has not come yet", hint)
    else:
        found = _in_full(typed, zone, given)
    if isinstance(found, datetime) and found > now:
        return Fault(given, f"{write_time(found)} is not before {write_time(now)}")
    return found


def _as_read(typed: str, now: datetime, zone: tzinfo) -> str:
    """Return a time of day as we read it: `14:00 +01:00` for `2 pm CET` on a page in Berlin."""
    if day := _DAY_WORD.fullmatch(typed):
        days = {"yesterday": -1, "today": 0, "tomorrow": 1}[day[1].lower()]
        date = (now.astimezone(zone) + timedelta(days=days)).date()
        clock = clock_meant(day[2]) or day[2]
        return f"{date.isoformat()} {clock if clock[1:2] != ':' else f'0{clock}'}"
    bare, name = without_zone_name(typed)
    for at in (now, now + HALF_A_YEAR) if name else ():
        local = at.astimezone(zone)
        if name.casefold() == (local.tzname() or "").casefold():
            return f"{clock_meant(bare) or bare} {local:%z}"
    return clock_meant(typed) or typed


def _span(typed: str) -> timedelta | None:
    found = _SPAN.fullmatch(typed)
    if not typed or found is None or not any(found.groups()):
        return None
    if any(len(digits or "") > 6 for digits in found.groups()):  # noqa: PLR2004  a million minutes
        return timedelta.max
    days, hours, minutes = (int(digits or 0) for digits in found.groups())
    return timedelta(days=days, hours=hours, minutes=minutes)


def _checked_span(text: str, length: timedelta, now: datetime, given: str) -> datetime | Fault:
    if abs(length) > _LONGEST_SPAN:
        return Fault(given, f"{shown(text)} is more than a year", _GOOD_SPAN)
    return minute_of(now + length)


def _in_full(text: str, zone: tzinfo, given: str) -> datetime | Fault:
    typed = text.strip()
    if typed.isdecimal():
        clock = re.fullmatch(r"([01]?[0-9]|2[0-3])([0-5][0-9])", typed, re.ASCII)
        meant = [f"{typed}m"] if len(typed) < 4 else []  # noqa: PLR2004  0350 is a time of day
        meant += [f"{clock[1]}:{clock[2]}"] if clock else []
        hint = f"did you mean {' or '.join(meant)}?" if meant else _GOOD_SPAN
        return Fault(given, f"{shown(text)} has no unit", hint)
    found = parse_time(text, zone)
    if found.at is not None and not found.code:
        return minute_of(found.at)
    if found.hint == GOOD_FORM and found.reason.endswith("is not a time"):
        return Fault(given, found.reason, f"{_GOOD_SPAN}, or in full like 2026-11-21 10:05 UTC")
    return _fault(found, given)


def _fault(found: TimeResult, given: str) -> Fault:
    reason = found.reason.removesuffix(", and the first is taken")
    return Fault(given, reason, found.hint)


def _at_clock(
    clock: re.Match[str],
    now: datetime,
    zone: tzinfo,
    given: str,
    *,
    is_later: bool,
) -> datetime | Fault:
    """Return the nearest moment after or before `now` at which clocks show a time of day."""
    hour, minute, offset = clock.groups()
    today = now.astimezone(zone).replace(tzinfo=None)
    for days in (-1, 0, 1, 2) if is_later else (1, 0, -1, -2):
        day = (today + timedelta(days=days)).date()
        text = f"{day.isoformat()} {int(hour):02}:{minute}{offset or ''}"
        found = parse_time(text, zone)
        if found.code == "bad-time":
            return Fault(given, found.reason, _GOOD_SPAN)
        if found.at is None:  # the clocks skip it on that day
            local = datetime.fromisoformat(f"{day.isoformat()}T{int(hour):02}:{minute}")
            if (local > today) == is_later:
                return Fault(given, found.reason, found.hint)
            continue
        moments = [at for at in _moments(found.at, found, zone) if (at > now) == is_later]
        if len(moments) > 1:
            return _fault(found, given)
        if moments:
            return moments[0]
    raise AssertionError("a time of day comes every day")


def _moments(first: datetime, found: TimeResult, zone: tzinfo) -> Iterator[datetime]:
    """Yield the moment that was read, and the other one where the clocks show it twice."""
    yield first
    if found.code == "time-is-ambiguous":
        local = first.astimezone(zone).replace(tzinfo=None)
        yield local.replace(tzinfo=zone, fold=1).astimezone(first.tzinfo)
