"""Days in texts: a weekday that contradicts its date, a day that does not exist, and "today"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import NamedTuple

from statusgen.coach.case import Case, Finding, Passage
from statusgen.coach.words.calendar import MONTHS, WEEKDAYS
from statusgen.model import CoachRule

_NEAR = timedelta(days=120)  # a date without a year is of the year in which it is so near
_ENGLISH = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = 12
_YEAR = re.compile(r"\b20\d\d\b")  # a date, however it is written
_SHORTEST_NAME = 6  # shorter ones in Latin letters have other meanings, but for their capital


class Day(NamedTuple):
    """A date in a text, text[start:end]; `year` 0 is none."""

    start: int
    end: int
    year: int
    month: int
    day: int

    @property
    def exists(self) -> bool:
        """Tell whether there is such a day; 29 February without a year is one of some year."""
        return 1 <= self.day <= monthrange(self.year or 2000, self.month)[1]


def check(case: Case) -> Iterator[Finding]:
    """Judge the days in all texts."""
    for passage in case.passages:
        days = tuple(days_in(passage.prose))
        yield from _weekdays(passage, days)
        if not days and not _YEAR.search(passage.text):
            yield from _relative(passage)


def days_in(text: str) -> Iterator[Day]:
    """Yield the dates in a text, whether they exist or not."""
    if not re.search(r"\d", text):
        return
    for match in _day_pattern().finditer(text):
        form = next(one for one in "1234" if match[f"d{one}"])
        month = match[f"m{form}"]
        number = int(month) if month.isdigit() else MONTHS[month.lower()]
        if 1 <= number <= _MONTHS:
            year = int(match[f"y{form}"] or 0)
            yield Day(match.start(), match.end(), year, number, int(match[f"d{form}"]))


@cache
def _day_pattern() -> re.Pattern[str]:
    names = {name.capitalize() for name in MONTHS} | {one for one in MONTHS if not one.isascii()}
    month = "|".join(sorted(names, key=len, reverse=True))
    day = r"(?<![\d.,:/-])(?P<d{0}>[0-3]?\d)"
    tail = r"(?:\.|st|nd|rd|th|-?го|-?е)?"
    year = r"(?:,?[ \t\n]+(?P<y{0}>(?:19|20|21)\d\d)(?![\d:]))?"
    return re.compile(
        r"(?<![\w./-])(?P<y1>(?:19|20|21)\d\d)-(?P<m1>[01]\d)-(?P<d1>[0-3]\d)(?![\d-])"
        rf"|{day.format(2)}{tail}[ \t\n]+(?:of[ \t]+)?(?P<m2>{month})\b\.?{year.format(2)}"
        rf"|\b(?P<m3>{month})\b\.?[ \t\n]+(?:the[ \t]+)?(?P<d3>[0-3]?\d)(?![\d:%]|\.\d)"
        rf"(?:st|nd|rd|th)?{year.format(3)}"
        rf"|{day.format(4)}\.(?P<m4>[01]?\d)\.(?P<y4>(?:19|20|21)\d\d)(?![\d.])"
    )


@cache
def _weekday_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of a weekday right before a date, and right behind one."""
    brief = [one for one in WEEKDAYS if one.isascii() and len(one) < _SHORTEST_NAME]
    full = "|".join(name for name in WEEKDAYS if name not in brief)
    short = "|".join(name.capitalize() for name in brief)
    name = rf"\b(?P<name>(?i:{full})|{short})\b\.?"
    before = rf"{name}[ \t\n]*[,(]?[ \t\n]*(?:(?:on|the|den|dem|der|am)[ \t]+)*(?:the[ \t]+)?\Z"
    return re.compile(before), re.compile(rf"[ \t]*[,(][ \t]*{name}")


def _weekdays(passage: Passage, days: Sequence[Day]) -> Iterator[Finding]:
    before, behind = _weekday_patterns()
    prose = passage.prose
    end = 0
    for day in days:
        if not day.exists:
            written = prose[day.start : day.end]
            message = f"there is no {written}"
            yield _found(passage, day.start, message, "which day is meant?")
            end = day.end
            continue
        begin = max(end, day.start - 40)
        named = before.search(prose, begin, day.start) or _alone(behind.match(prose, day.end), days)
        end = day.end
        if named is None:
            continue
        meant = _date_of(day, passage.at)
        weekday = WEEKDAYS[named["name"].lower()]
        if meant is not None and meant.weekday() != weekday:
            right = f"{meant.day} {meant:%B %Y} is a {_ENGLISH[meant.weekday()]}"
            message = f"{right}, and the text says {named['name']}"
            start = min(day.start, named.start("name"))
            yield _found(passage, start, message, "which of the two is meant?")


def _alone(match: re.Match[str] | None, days: Sequence[Day]) -> re.Match[str] | None:
    """Return the weekday behind a date unless it belongs to the date behind it."""
    if match is None or any(0 <= day.start - match.end() <= 8 for day in days):  # noqa: PLR2004  ", the "
        return None
    return match


def _date_of(day: Day, at: datetime | None) -> date | None:
    """Return the date that is meant; None where that is not sure."""
    if day.year:
        return date(day.year, day.month, day.day)
    if at is None:
        return None
    for year in (at.year, at.year - 1, at.year + 1):
        full = day._replace(year=year)
        if full.exists and abs(date(year, day.month, day.day) - at.date()) <= _NEAR:
            return date(year, day.month, day.day)
    return None


def _relative(passage: Passage) -> Iterator[Finding]:
    if passage.words is None:
        return
    for match in passage.matches(passage.words.today):
        word = match[0].strip()
        message = f"'{word}' is another day for whoever reads this later, or far away"
        hint = f"write the date: {passage.at:%d %B %Y}" if passage.at else "write the date"
        spot = passage.spot_of(match.start())
        yield Finding(CoachRule.RELATIVE_DAY, message, spot, hint if _is_today(word) else "")
        return


def _is_today(word: str) -> bool:
    return word.lower() in {"today", "tonight", "heute", "сегодня"}


def _found(passage: Passage, start: int, message: str, hint: str) -> Finding:
    return Finding(CoachRule.WEEKDAY, message, passage.spot_of(start), hint)
