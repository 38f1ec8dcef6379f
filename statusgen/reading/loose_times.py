"""Times as people write them and we do not, in the form that we read."""

from __future__ import annotations

import re

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
_ZONE_NAME = re.compile(r"(.*(?:[0-9]|[ap]\.?m\.?|Uhr)) *([A-Za-z]{2,5})", re.ASCII | re.IGNORECASE)
_NOON = 12


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


def moment_meant(text: str) -> str:
    """Return "2026-11-26 14:05" for "26.11.2026 14:05" or "2026-11-26 2:05pm"; else "".

    A date with slashes whose year comes last is left out: the month may stand first.
    """
    found = _DATE.fullmatch(text)
    if not found:
        return ""
    year, month, day, own_day, own_month, own_year, rest = found.groups()
    clock = clock_meant(rest.strip()) or rest.strip()
    return f"{year or own_year}-{int(month or own_month):02}-{int(day or own_day):02} {clock}"


def without_zone_name(text: str) -> tuple[str, str]:
    """Return "14:30" and "CET" for "14:30 CET"; the second is "" where there is no such name."""
    found = _ZONE_NAME.fullmatch(text)
    if not found or found[2].upper() in {"UTC", "AM", "PM", "UHR"}:
        return text, ""
    return found[1], found[2]
