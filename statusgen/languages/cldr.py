"""A language's own name, direction, dates, numbers and lists, from the CLDR, through Babel."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from babel import Locale, UnknownLocaleError, localedata

from statusgen.site.words.formats import ENGLISH_FORMATS, Formats, ListFormat
from statusgen.site.words.language import Direction

_TOKEN = re.compile(r"'([^']*)'|(([A-Za-z])\3*)|([^A-Za-z']+)")
_FIELDS = {
    "E": "{weekday}",
    "c": "{weekday}",
    "d": "{day}",
    "y": "{year}",
    "Y": "{year}",  # a mistake for y in one language
    "H": "{hour}",
    "m": "{minute}",
}
_DIGITS = {"latn": "0123456789", "arab": "٠١٢٣٤٥٦٧٨٩", "arabext": "۰۱۲۳۴۵۶۷۸۹"}
_UNGROUPED_FOUR = frozenset({"es"})  # 1282, but 12.820: Babel leaves that out of the CLDR
_UNITS = ("day", "hour", "minute", "second")
_RELATIVE_UNITS = ("minute", "hour", "day")
_SIDE_BY_SIDE = ListFormat(*["{0} {1}"] * 4)


def name_of(code: str) -> str:
    """Return a language's name in its own words, such as 'Deutsch'; its code if nobody knows it."""
    locale = _locale(code)
    name = locale.get_display_name(locale) if locale else None
    return f"{name[0].upper()}{name[1:]}" if name else code


def direction_of(code: str) -> Direction:
    """Return the direction in which a language is written."""
    locale = _locale(code)
    return "rtl" if locale and locale.text_direction == "rtl" else "ltr"


def formats_of(code: str, catalogue: str) -> Formats:
    """Return the formats of a language; its catalogue's or English if the CLDR knows none."""
    locale = _locale(code) or (Locale.parse(catalogue) if catalogue else None)
    if locale is None:
        return ENGLISH_FORMATS
    system = locale.default_numbering_system
    if system not in _DIGITS or "decimal" not in locale.number_symbols.get(system, ()):
        system = "latn"
    symbols = locale.number_symbols[system]
    days = _monthly(locale, "MMMd")
    clock = locale.datetime_skeletons["Hm"].pattern
    return Formats(
        weekdays=[locale.days["format"]["abbreviated"][number] for number in range(7)],
        days=_monthly(locale, "yMMMEd"),
        short_days=days,
        feed_days=days,
        months=_monthly(locale, "yMMMM"),
        short_months=_monthly(locale, "yMMM"),
        moment=str(locale.datetime_formats["medium"]).format("{clock}", "{day}"),
        clock=_pattern(clock),
        day_clock=_pattern(locale.datetime_skeletons["EHm"].pattern),
        two_digit_hour="HH" in clock,
        span=locale.interval_formats[None].format("", "").strip(),
        digits=_DIGITS[system],
        decimal=symbols["decimal"],
        group=symbols["group"],
        grouped=5 if locale.language in _UNGROUPED_FOUR else 4,
        percent=_percent(locale, symbols["percentSign"]),
        plural=locale.plural_form,
        units={unit: _unit(locale, unit) for unit in _UNITS},
        unit_list=_SIDE_BY_SIDE,
        relative={unit: _relative(locale, unit) for unit in _RELATIVE_UNITS},
        list=_list(locale),
    )


@lru_cache(maxsize=32)
def _locale(code: str) -> Locale | None:
    """Return what Babel knows of a language; None if that is nothing.

    Babel writes what an alias leads to into data that languages share, so that one which is read
    after certain others would have their words for its days.
    """
    localedata._cache.clear()  # noqa: SLF001 (as above)
    try:
        locale = Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return None
    locale._data.keys()  # noqa: SLF001 (has it read, while nothing else is there)
    return locale


def _monthly(locale: Locale, skeleton: str) -> list[str]:
    """Return the pattern of a date for each month, with the month's name in it."""
    pattern = locale.datetime_skeletons[skeleton].pattern
    return [_pattern(pattern, locale, month) for month in range(1, 13)]


def _pattern(pattern: str, locale: Locale | None = None, month: int = 0) -> str:
    """Return a CLDR date pattern as one of Python's, with a month's name in its place."""
    parts = []
    for quoted, field, letter, literal in _TOKEN.findall(pattern):
        if letter in ("M", "L") and locale:
            parts.append(_month(locale, field, month))
        else:
            parts.append(_FIELDS[letter] if letter else quoted or literal)
    return "".join(parts)


def _month(locale: Locale, field: str, month: int) -> str:
    if len(field) < 3:  # noqa: PLR2004 (the CLDR's way to ask for a number)
        return str(month)
    width = {3: "abbreviated", 4: "wide"}[len(field)]
    return str(locale.months["stand-alone" if field[0] == "L" else "format"][width][month])


def _percent(locale: Locale, sign: str) -> str:
    pattern = locale.percent_formats[None].pattern
    return str(pattern.replace("#,##0", "{0}").replace("%", sign))


def _unit(locale: Locale, unit: str) -> dict[str, str]:
    """Return the short pattern of a length of time for each plural category."""
    patterns: Any = locale._data["unit_patterns"][f"duration-{unit}"]["short"]  # noqa: SLF001 (what Babel's own format_unit reads)
    tags = (*locale.plural_form.tags, "other")
    return {tag: str(patterns.get(tag, patterns["other"])) for tag in tags}


def _relative(locale: Locale, unit: str) -> dict[str, str]:
    """Return how a language says how soon and how long ago, as `Formats.relative` has it."""
    fields: Any = locale._data["date_fields"][unit]  # noqa: SLF001 (what Babel's own format_timedelta reads)
    return {
        sign + tag: str(pattern)
        for sign, patterns in (("", fields["future"]), ("-", fields["past"]))
        for tag, pattern in sorted(patterns.items())
        if tag == "other" or pattern != patterns["other"]
    }


def _list(locale: Locale) -> ListFormat:
    found = locale.list_patterns["standard"]
    return ListFormat(found["2"], found["start"], found["middle"], found["end"])
