"""Times of day in texts: without a zone, at "midnight", or other than the planned window."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from statusgen.coach.case import Case, Finding, Passage, Role
from statusgen.coach.dates import days_in
from statusgen.model import CoachRule, Kind
from statusgen.reading.times import write_time

_CLOCK = re.compile(
    r"(?<![\w.,:/+-])(?:([01]?\d|2[0-4])[:h]([0-5]\d)(?::[0-5]\d)?(?![\d:])(?!\.\d)"
    r"(?! ?(?:h|hrs?|hours?|min|minutes|Stunden|Std|мин|час\w*)\b)"
    r"|(?:0?[1-9]|1[0-2])(?::[0-5]\d)? ?(?:[ap]m\b|[ap]\.m\.)"
    r"|(?:[01]?\d|2[0-4])(?:[.:][0-5]\d)? Uhr\b)",
    re.IGNORECASE,
)
_ZONE = re.compile(
    r"(?<![A-Za-z])(?:UTC|GMT|Zulu|[PMCE][SD]T|PT|ET|CES?T|BST|IST|JST|KST|HKT|A[EWC][SD]T|NZ[SD]T"
    r"|SGT|WES?T|EES?T|MSK|MES?Z|AKST|HST)(?![a-z])"
    r"|\d ?Z\b|\d ?[+-](?:0\d|1[0-4]):?[0-5]\d(?!\d)"
    r"|\b(?:Eastern|Pacific|Central|Mountain)\b"
    r"|\b[A-Z][a-z]+ (?:time|Time)\b|\blocal time\b"
    r"|\b(?:\w+er|deutscher|lokaler) Zeit\b|\bOrtszeit\b"
    r"|\bмск\b|\bпо (?:Москве|Гринвичу)\b|\bмосковск\w+|\bпо местному времени\b|\(Denver\)",
)
_UTC_CLOCK = re.compile(
    r"(?<![\w.,:/+-])([01]?\d|2[0-3])[:h]([0-5]\d)(?::[0-5]\d)?[ \t]*\(?(?:UTC|GMT|Z\b)"
)
_BEFORE_CLOCK = re.compile(
    r"(?:\bat|from|until|till|to|by|between|and|since|after|before|around|um|ab|bis|von|seit|gegen|"
    r"und|в|с|до|к|около|[-\u2013])[ \t]*\Z",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_FAR = 40  # characters between a date and the time of day that belongs to it


def check(case: Case) -> Iterator[Finding]:
    """Judge the times of day in all texts."""
    title = case.incident.title
    for passage in case.passages:
        yield from _without_zone(passage, title)
        yield from _midnight(passage)
    yield from _other_than_planned(case)


def _without_zone(passage: Passage, title: str) -> Iterator[Finding]:
    if not _DIGIT.search(passage.prose):
        return
    clocks = (one for one in _CLOCK.finditer(passage.prose) if not _is_duration(one))
    match = next(clocks, None)
    if match is None or _ZONE.search(passage.text) or _ZONE.search(title):
        return
    message = f"'{match[0]}' is in no zone, and your readers are in many"
    hint = f"write '{match[0]} UTC', if that is what it is"
    yield Finding(CoachRule.TIME_WITHOUT_ZONE, message, passage.spot_of(match.start()), hint)


def _is_duration(match: re.Match[str]) -> bool:
    """Tell whether it is '2h30' without a word such as 'at' before it."""
    before = match.string[max(match.start() - 12, 0) : match.start()]
    return match[0][1:3].strip("0123456789") == "h" and not _BEFORE_CLOCK.search(before)


def _midnight(passage: Passage) -> Iterator[Finding]:
    if passage.words is None:
        return
    for match in passage.matches(passage.words.midnight):
        message = f"'{match[0]}' may be the beginning or the end of a day"
        hint = "write 00:01 or 23:59, with the date and the zone"
        yield Finding(CoachRule.UNCLEAR_MIDNIGHT, message, passage.spot_of(match.start()), hint)
        return


def _other_than_planned(case: Case) -> Iterator[Finding]:
    """Compare the first moment that the announcement of a maintenance names with its window.

    Only a time in UTC right behind the date of the window's start is sure to mean it.
    """
    incident = case.incident
    if incident.kind is not Kind.MAINTENANCE or incident.repeat or incident.starts is None:
        return
    zone = ZoneInfo(case.config.page.timezone)
    told = [one for one in case.passages if one.role in (Role.SUMMARY, Role.UPDATE)]
    for passage in told[:1]:
        moment, start = _first_moment(passage)
        if moment is None or moment.date() != incident.starts.date():
            continue
        end = incident.ends or incident.starts
        if moment not in (incident.starts, end):
            local = incident.starts.astimezone(zone)
            message = (
                f"the text begins with {moment:%H:%M} UTC, and 'starts' is "
                f"{write_time(incident.starts)} ({local:%H:%M} on the page's clock)"
            )
            hint = "one of the two is wrong"
            yield Finding(CoachRule.TEXT_VERSUS_FIELD, message, passage.spot_of(start), hint)


def _first_moment(passage: Passage) -> tuple[datetime | None, int]:
    """Return the first date with a time in UTC behind it, and where that stands."""
    for day in days_in(passage.prose):
        clock = _UTC_CLOCK.search(passage.prose, day.end, day.end + _FAR)
        if clock is not None and day.year and day.exists:
            hour, minute = int(clock[1]), int(clock[2])
            at = datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)
            return at, clock.start()
    return None, 0
