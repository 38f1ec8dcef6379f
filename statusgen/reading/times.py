"""Times as people write them into moments in UTC, and moments into the one form that we write."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import NamedTuple

from statusgen.problems import Location, Problem, Severity
from statusgen.reading.characters import in_short, shown
from statusgen.reading.loose_times import (
    clock_meant,
    lacks_year,
    moment_meant,
    without_zone_name,
)

FIRST_YEAR, LAST_YEAR = 1970, 2199
"""A year outside is a slip, and would make whoever counts days or occurrences count for ever."""

_SOME_YEAR = 2000  # with a 29 February
GOOD_FORM = "write it like 2026-11-21 10:05 UTC"
GOOD_DATE = "write it like 2026-11-21"

_DATE = "([0-9]{4})-([0-9]{2})-([0-9]{2})"
_TIME = r"([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,6}))?)?"
_ZONE = "(?: *(UTC|Z|[+-][0-9]{2}(?::?[0-9]{2})?))?"
_MOMENT = re.compile(f"{_DATE}(?:T| +){_TIME}{_ZONE}", re.ASCII | re.IGNORECASE)
_CLOCK = re.compile(f"{_TIME}{_ZONE}", re.ASCII | re.IGNORECASE)
_DAY = re.compile(_DATE)
_AFTER = re.compile(
    r"\+ *(?=[0-9])(?:([0-9]{1,3}) *d)?(?: *([0-9]{1,4}) *h)?(?: *([0-9]{1,5}) *m(?:in)?)?",
    re.ASCII | re.IGNORECASE,
)
# What is a time to a person, and only not to us: good enough to say how we would write it.
_LOOSE = re.compile(
    r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})[T ,]+([0-9]{1,3})[:.h]([0-9]{1,2})"
    r"(?::[0-9]{1,2})? *(UTC|GMT|Z)?",
    re.ASCII | re.IGNORECASE,
)
_CLOCK_ZONE_NAME = re.compile(r"[0-9]{2}:[0-9]{2}(?::[0-9]{2})? *(?!UTC)([A-Za-z][A-Za-z0-9/_+-]*)")


class TimeResult(NamedTuple):
    """What a text says: a moment in UTC, or why there is none.

    `code` is empty, `bad-time`, `time-does-not-exist` (both: no moment) or `time-is-ambiguous`
    (the first of two moments was taken). `naive`: the text names no zone, so the page's counted.
    """

    at: datetime | None
    naive: bool = False
    code: str = ""
    reason: str = ""
    hint: str = ""

    def problems(self, where: Location) -> list[Problem]:
        """Return what `check` says of it."""
        if self.code:
            severity = Severity.ERROR if self.at is None else Severity.WARNING
            return [Problem(self.code, self.reason, where, self.hint, severity)]
        if self.naive and self.at:
            reason = "the time names no zone, so the page's is taken"
            hint = f"write {write_time(self.at)}"
            return [Problem("naive-time", reason, where, hint, Severity.WARNING)]
        return []


class DateResult(NamedTuple):
    """A day, or why there is none."""

    day: date | None
    reason: str = ""
    hint: str = ""


class _ImpossibleError(ValueError):
    """The digits name no moment; the message says which of them."""


def parse_time(
    text: str,
    zone: tzinfo,
    *,
    after: datetime | None = None,
    date_only: bool = False,
    near: date | None = None,
) -> TimeResult:
    """Return the moment that `text` names; `zone` is the page's, for a text without one.

    With `after`, a time without a date is the next such moment behind it, and `+1h30m` counts from
    it. With `date_only`, a date alone is the beginning of that day in `zone`. `near` is a day close
    to the one meant, for the hint to what lacks the year.
    """
    usual = usual_time(text)
    if usual is not None:
        return TimeResult(usual)
    try:
        return _parse(text.strip(), zone, after, date_only=date_only, near=near)
    except _ImpossibleError as error:
        return _bad(str(error))
    except OverflowError:
        return _bad("the time is out of range")


def time_meant(
    text: str, zone: tzinfo, *, after: datetime | None = None, near: date | None = None
) -> datetime | None:
    """Return the moment that a person means who writes `text`, in our form or in another.

    The arguments are those of `parse_time`.
    """
    found = parse_time(text, zone, after=after)
    if found.at is None:
        with suppress(_ImpossibleError, OverflowError):
            return _parse(_meant(text.strip(), zone, after, near), zone, after).at
    return found.at


_USUAL_LENGTH = len("2026-11-21 10:05 UTC")


def usual_time(text: str) -> datetime | None:
    """Return the moment of "YYYY-MM-DD hh:mm UTC", the form of nearly every time in a history.

    It is None for any other text. `parse_time` reads this form the same way, only slower.
    """
    if len(text) == _USUAL_LENGTH and text[16:] == " UTC" and text[4] == text[7] == "-":
        try:
            at = datetime.fromisoformat(text[:16] + "Z")
        except ValueError:
            return None
        if text[10] == " " and text[13] == ":" and FIRST_YEAR <= at.year <= LAST_YEAR:
            return at
    return None


def parse_date(text: str) -> DateResult:
    """Return the day that `text` names as YYYY-MM-DD."""
    match = _DAY.fullmatch(text)
    if not match:
        return DateResult(None, f"{shown(text)} is not a date", GOOD_DATE)
    try:
        return DateResult(_date(*match.groups()))
    except _ImpossibleError as error:
        return DateResult(None, str(error), GOOD_DATE)


def write_time(at: datetime) -> str:
    """Return "2026-11-21 10:05 UTC", with seconds and fractions of them only if there are any."""
    at = at.astimezone(UTC)
    if at.microsecond:
        text = at.isoformat(" ", "microseconds" if at.microsecond % 1000 else "milliseconds")
    else:
        text = at.isoformat(" ", "seconds" if at.second else "minutes")
    return text.removesuffix("+00:00") + " UTC"


def _parse(
    text: str,
    zone: tzinfo,
    after: datetime | None,
    *,
    date_only: bool = False,
    near: date | None = None,
) -> TimeResult:
    if match := _MOMENT.fullmatch(text):
        year, month, day, *clock, written_zone = match.groups()
        local = datetime.combine(_date(year, month, day), _time(*clock))
        if written_zone is None:
            return _in_page_zone(local, zone)
        at = local.replace(tzinfo=_offset(written_zone)).astimezone(UTC)
        return TimeResult(_checked(at))
    if date_only and (match := _DAY.fullmatch(text)):
        return _beginning(_date(*match.groups()), zone)
    if after is not None:
        if (match := _AFTER.fullmatch(text)) and any(match.groups()):
            days, hours, minutes = (int(digits or 0) for digits in match.groups())
            return TimeResult(_checked(after + timedelta(days, 0, 0, 0, minutes, hours)))
        if match := _CLOCK.fullmatch(text):
            *clock, written_zone = match.groups()
            return _next_moment(_time(*clock), written_zone, zone, after)
    return _unreadable(text, zone, after, near)


def _bad(reason: str, hint: str = GOOD_FORM) -> TimeResult:
    return TimeResult(None, code="bad-time", reason=reason, hint=hint)


def _date(year: str, month: str, day: str) -> date:
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        raise _ImpossibleError(f"the year {year} is not between {FIRST_YEAR} and {LAST_YEAR}")
    if not 1 <= int(month) <= 12:  # noqa: PLR2004  months
        raise _ImpossibleError(f"there is no month {month}")
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise _ImpossibleError(f"{year}-{month} has no day {day}") from None


def _time(hour: str, minute: str, second: str | None, fraction: str | None) -> time:
    for digits, name, count in ((hour, "hour", 24), (minute, "minute", 60), (second, "second", 60)):
        if digits and int(digits) >= count:
            raise _ImpossibleError(f"there is no {name} {digits}")
    return time(int(hour), int(minute), int(second or 0), int((fraction or "").ljust(6, "0")))


def _offset(written: str) -> timezone:
    if written.upper() in {"UTC", "Z"}:
        return UTC
    digits = written[1:].replace(":", "").ljust(4, "0")
    hours, minutes = int(digits[:2]), int(digits[2:])
    if hours > 14 or minutes > 59:  # noqa: PLR2004  no zone is farther from UTC
        raise _ImpossibleError(f"there is no zone {written}")
    ahead = timedelta(hours=hours, minutes=minutes)
    return timezone(-ahead if written[0] == "-" else ahead)


def _checked(at: datetime) -> datetime:
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise _ImpossibleError(f"the time lies outside {FIRST_YEAR} to {LAST_YEAR}")
    return at.astimezone(UTC)


def _in_page_zone(local: datetime, zone: tzinfo) -> TimeResult:
    """Read a time without a zone, which the clocks may show twice or never."""
    first = local.replace(tzinfo=zone).astimezone(UTC)
    second = local.replace(tzinfo=zone, fold=1).astimezone(UTC)
    if first == second:
        return TimeResult(_checked(first), naive=True)
    if first.astimezone(zone).replace(tzinfo=None) != local:
        shifted = first.astimezone(zone).replace(tzinfo=None)
        return TimeResult(
            None,
            naive=True,
            code="time-does-not-exist",
            reason=f"the clocks in {zone} skip this time",
            hint=f"did you mean {shifted.isoformat(' ', 'minutes')}, that is {write_time(first)}?",
        )
    return TimeResult(
        _checked(first),
        naive=True,
        code="time-is-ambiguous",
        reason=f"the clocks in {zone} show this time twice, and the first is taken",
        hint=f"write {write_time(first)} or {write_time(second)}",
    )


def _beginning(day: date, zone: tzinfo) -> TimeResult:
    """Return where a day begins: where the clocks skip midnight, that is when they go on."""
    midnight = datetime.combine(day, time())
    at = midnight.replace(tzinfo=zone).astimezone(UTC)
    return TimeResult(_checked(at))


def _next_moment(
    clock: time,
    written_zone: str | None,
    zone: tzinfo,
    after: datetime,
) -> TimeResult:
    clock_zone = zone if written_zone is None else _offset(written_zone)
    today = after.astimezone(clock_zone).date()
    # Clocks skip a time on one day at most, so that one of the next three has it.
    days = (datetime.combine(today + timedelta(days=ahead), clock) for ahead in range(4))
    moments = (
        local.replace(tzinfo=clock_zone, fold=fold).astimezone(UTC)
        for local in days
        for fold in (0, 1)
    )
    at = next(at for at in moments if at > after and at.astimezone(clock_zone).time() == clock)
    return TimeResult(_checked(at), naive=written_zone is None)


def _unreadable(text: str, zone: tzinfo, after: datetime | None, near: date | None) -> TimeResult:
    """Say what is wrong with a text of no known form, as near to what was meant as we can."""
    reason = f"{shown(text)} is not a time"
    hint = GOOD_FORM
    meant = _meant(text, zone, after, near)
    zone_name = _CLOCK_ZONE_NAME.search(text)
    if _DAY.fullmatch(text):
        reason = f"{shown(text)} has no time of day"
    elif after is None and (_CLOCK.fullmatch(text) or _AFTER.fullmatch(text)):
        reason = f"{shown(text)} has no date"
    elif lacks_year(meant):
        hint = f"write it with its year: {meant}"
    elif meant:
        hint = f"did you mean {meant}?"
    elif zone_name:
        hint = f"{GOOD_FORM}, or with an offset such as +01:00"
    if zone_name and not _LOOSE.fullmatch(text) and not _as_it_is_read(text, zone, after, near):
        reason = f"{shown(zone_name[1])} is not a zone that we read"
    return _bad(reason, hint)


def _meant(text: str, zone: tzinfo, after: datetime | None, near: date | None) -> str:
    """Return in our form what is a time to a person; "" where that is not certain."""
    if match := _LOOSE.fullmatch(text):
        return _as_we_write(match)
    if _DAY.fullmatch(text) or (after is None and _CLOCK.fullmatch(text)):
        return ""
    if after is not None and _AFTER.fullmatch(f"+{text}"):
        return f"+{in_short(text)}"
    return _as_it_is_read(text, zone, after, near) or _in_own_zone(text, zone, after, near)


def _as_it_is_read(text: str, zone: tzinfo, after: datetime | None, near: date | None) -> str:
    """Return a time that is written as other clocks and calendars do it in our form; else ""."""
    close = near or (after and after.astimezone(zone).date())
    meant = moment_meant(text, close) or (clock_meant(text) if after else "")
    whole = f"{_SOME_YEAR}{meant[4:]}" if lacks_year(meant) else meant
    with suppress(_ImpossibleError, OverflowError):
        if meant != text and meant and _parse(whole, zone, after).at:
            return meant
    return ""


def _in_own_zone(text: str, zone: tzinfo, after: datetime | None, near: date | None) -> str:
    """Return what to write instead of "10:05 CET" where the page's zone has that name then."""
    bare, name = without_zone_name(text)
    if not name:
        return ""
    found = parse_time(moment_meant(bare, near) or bare, zone, after=after)
    if found.at is None or not found.naive:
        return ""
    moments = [found.at.astimezone(zone).replace(fold=fold) for fold in (0, 1)]
    named = [at for at in moments if (at.tzname() or "").casefold() == name.casefold()]
    return write_time(named[0]) if named else ""


def _as_we_write(loose: re.Match[str]) -> str:
    year, month, day, hour, minute, written_zone = loose.groups()
    clock = _time(f"{int(hour):02}", f"{int(minute):02}", None, None)
    day_meant = _date(year, f"{int(month):02}", f"{int(day):02}")
    local = datetime.combine(day_meant, clock)
    return local.isoformat(" ", "minutes") + (" UTC" if written_zone else "")
