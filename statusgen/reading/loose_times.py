"""Times as people write them and we do not, in the form that we read."""

from __future__ import annotations

import re
from datetime import date

_ZONE = "(?: *(UTC|Z|[+-][0-9]{2}(?::?[0-9]{2})?))?"
_TWELVE = re.compile(
    rf"([0-9]{{1,2}})(?:[:.]([0-9]{{2}}))? *([ap])\.?m\.?{_ZONE}", re.ASCII | re.IGNORECASE
)
_UHR = re.compile(rf"([0-9]{{1,2}})(?:[:.]([0-9]{{2}}))? *Uhr{_ZONE}", re.ASCII | re.IGNORECASE)
_DATE = re.compile(
    r"(?:([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})|([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4}))"
    r"(?:T|,? +)(?:(?:at|um) +)?(.+)",
    re.ASCII | re.IGNORECASE,
)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
NAMED_DATE = (
    rf"(?:(?:{'|'.join(f'{name[:3]}(?:{name[3:]})?' for name in _MONTHS)}|Sept)\b\.?"
    r" {0,2}[0-9]{1,2}(?:st|nd|rd|th)?"
    rf"|[0-9]{{1,2}}(?:st|nd|rd|th|\.)? {{0,2}}"
    rf"(?:{'|'.join(name[:3] for name in _MONTHS)})[a-z]{{0,6}}\.?)"
    r"(?:,? {0,2}[0-9]{4}\b(?!:))?"
)
"""A date with the month's name in English: "Nov 26", "November 26, 2026", "26 Nov 2026"."""
NAMED_GAP = ",? {0,2}(?:[-@\N{EN DASH}\N{EM DASH}]|at\\b)? {0,2}"
"""What stands between such a date and the time of day."""
_NAMED = re.compile(f"({NAMED_DATE}){NAMED_GAP}(.+)", re.ASCII | re.IGNORECASE)
_YEAR_LACKING = "YYYY"
_ZONE_NAME = re.compile(r"(.*(?:[0-9]|[ap]\.?m\.?|Uhr)) *([A-Za-z]{2,5})", re.ASCII | re.IGNORECASE)
_NOON = 12
_HALF_A_YEAR = 182  # days


def clock_meant(text: str) -> str:
    """Return "14:30" for "2:30 pm" or "14.30 Uhr", with the zone that is named; else "".

    Noon and midnight in the clock of twelve hours are left out: people disagree which is which.
    """
    if found := _TWELVE.fullmatch(text):
        hour, minute, half, zone = found.groups()
        if not 1 <= int(hour) < _NOON:
            return ""
        hours = int(hour) + (_NOON if half.lower() == "p" else 0)
    elif found := _UHR.fullmatch(text):
        hour, minute, zone = found.groups()
        hours = int(hour)
    else:
        return ""
    return f"{hours:02}:{minute or '00'}{' ' + zone if zone else ''}"


def moment_meant(text: str, near: date | None = None) -> str:
    """Return "2026-11-26 14:05" for "26.11.2026 14:05", "2026-11-26 2:05pm" or "Nov 26, 14:05".

    A date without a year is the one that is closest to `near`; without that its year is "YYYY". It
    is "" for what is no moment. A date with slashes whose year comes last is left out: the month
    may stand first.
    """
    if named := _NAMED.fullmatch(text):
        day, rest = _day_named(named[1], near), named[2]
    elif found := _DATE.fullmatch(text):
        year, month, own, own_day, own_month, own_year, rest = found.groups()
        day = f"{year or own_year}-{int(month or own_month):02}-{int(own or own_day):02}"
    else:
        return ""
    clock = clock_meant(rest.strip()) or rest.strip()
    return f"{day} {clock if clock[1:2] != ':' else f'0{clock}'}"


def lacks_year(moment: str) -> bool:
    """Tell whether `moment_meant` could not tell the year."""
    return moment.startswith(_YEAR_LACKING)


def _day_named(text: str, near: date | None) -> str:
    """Return "2026-11-26" for "Nov 26", "YYYY-11-26" if nothing tells the year."""
    name = re.findall("[a-z]{3,}", text.lower())[0]
    month = next(number for number, one in enumerate(_MONTHS, 1) if one[:3] == name[:3])
    day, *years = (int(digits) for digits in re.findall("[0-9]+", text))
    year = years[0] if years else near and _year_closest(month, day, near)
    return f"{year or _YEAR_LACKING}-{month:02}-{day:02}"


def _year_closest(month: int, day: int, near: date) -> int:
    """Return in which year a day is closest to another day; 29 February counts as 1 March."""
    ahead = (month - near.month) * 30 + day - near.day  # close enough to tell half a year
    return near.year + (ahead < -_HALF_A_YEAR) - (ahead > _HALF_A_YEAR)


def without_zone_name(text: str) -> tuple[str, str]:
    """Return "14:30" and "CET" for "14:30 CET"; the second is "" where there is no such name."""
    found = _ZONE_NAME.fullmatch(text)
    if not found or found[2].upper() in {"UTC", "AM", "PM", "UHR"}:
        return text, ""
    return found[1], found[2]
