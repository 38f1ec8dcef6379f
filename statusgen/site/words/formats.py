"""How a language writes dates, numbers, lengths of time and lists.

The tables are made once for each language: the machine's own locale would change from build to
build, and asking a library for each of thousands of dates takes too long.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

_TWO = tuple(f"{number:02}" for number in range(60))
"""'00' to '59': a format specification costs more than a look-up, and a page has many times."""

_LATIN = "0123456789"


class ListFormat(NamedTuple):
    """How words are put in a row: patterns with `{0}` and `{1}`, which nest to the right.

    `two` joins exactly two; of more, `start` joins the first, `end` the last, `middle` all others.
    """

    two: str
    start: str
    middle: str
    end: str

    def join(self, words: Sequence[str]) -> str:
        """Return 'A', 'A and B' or 'A, B and C'; '' for no words."""
        if len(words) < 2:  # noqa: PLR2004 (nothing to join)
            return "".join(words)
        *first, last = words
        if len(first) == 1:
            return self.two.format(first[0], last)
        text = self.end.format(first[-1], last)
        for word in reversed(first[1:-1]):
            text = self.middle.format(word, text)
        return self.start.format(first[0], text)


class Formats(NamedTuple):
    """The tables of one language.

    `weekdays` are short, Monday first. `days`, `short_days`, `feed_days` (as a hosted Statuspage
    has them in its feeds), `months` and `short_months` have a pattern for each month, with
    `{weekday}`, `{day}` and `{year}`. `clock` has `{hour}` and
    `{minute}`; `hour` tells whether 6 o'clock is '06'. `moment` puts `{day}` and `{clock}`
    together, `span` stands between the ends of a time. `percent` has `{0}`. Numbers of `grouped`
    digits or more are written in groups. `plural` tells a number's plural category as CLDR names
    it, and `units` the pattern of 'day', 'hour', 'minute' and 'second' for each. `day_clock` is a
    clock with its `{weekday}`. `relative` says of 'day', 'hour' and 'minute' how soon something is,
    and after a '-' how long ago, with `{0}`: 'other', '-one'; a category left out is as 'other'.
    """

    weekdays: Sequence[str]
    days: Sequence[str]
    short_days: Sequence[str]
    feed_days: Sequence[str]
    months: Sequence[str]
    short_months: Sequence[str]
    moment: str
    clock: str
    day_clock: str
    two_digit_hour: bool
    span: str
    digits: str
    decimal: str
    group: str
    grouped: int
    percent: str
    plural: Callable[[int], str]
    units: Mapping[str, Mapping[str, str]]
    unit_list: ListFormat
    relative: Mapping[str, Mapping[str, str]]
    list: ListFormat

    def day_text(self, day: date) -> str:
        """Return 'Sat 21 Nov 2026'."""
        return self.days[day.month - 1].format(
            weekday=self.weekdays[day.weekday()],
            day=self.localized(str(day.day)),
            year=self.localized(str(day.year)),
        )

    def short_day_text(self, day: date) -> str:
        """Return '21 Nov'."""
        return self.short_days[day.month - 1].format(day=self.localized(str(day.day)))

    def month_text(self, month: date) -> str:
        """Return 'November 2026' for any day of it."""
        return self.months[month.month - 1].format(year=self.localized(str(month.year)))

    def short_month_text(self, month: date) -> str:
        """Return 'Nov 2026' for any day of it."""
        return self.short_months[month.month - 1].format(year=self.localized(str(month.year)))

    def clock_text(self, moment: datetime | time) -> str:
        """Return '11:05'."""
        hour = _TWO[moment.hour] if self.two_digit_hour else str(moment.hour)
        return self.localized(self.clock.format(hour=hour, minute=_TWO[moment.minute]))

    def moment_text(self, moment: datetime) -> str:
        """Return 'Sat 21 Nov 2026, 11:05'."""
        return self.moment.format(day=self.day_text(moment), clock=self.clock_text(moment))

    def duration_text(self, span: timedelta | int) -> str:
        """Return a length, or a number of seconds, in its two largest units: '1 h 12 min', '3 d'.

        What is smaller is cut off; under a minute it is seconds.
        """
        seconds = span if isinstance(span, int) else span // timedelta(seconds=1)
        if seconds < 60:  # noqa: PLR2004 (a minute)
            return self._unit("second", seconds)
        minutes = seconds // 60
        days, minutes = divmod(minutes, 24 * 60)
        hours, minutes = divmod(minutes, 60)
        largest = (
            (("day", days), ("hour", hours)) if days else (("hour", hours), ("minute", minutes))
        )
        return self.unit_list.join([self._unit(*part) for part in largest if part[1]])

    def number_text(self, number: int) -> str:
        """Return '1,282'."""
        text = str(number)
        if len(text) >= self.grouped:
            text = f"{number:,}".replace(",", self.group)
        return self.localized(text)

    def percent_text(self, figure: str | float) -> str:
        """Return '99.95 %' of '99.95' or 99.95, and '100 %' of 100.0: nothing is rounded."""
        text = figure if isinstance(figure, str) else str(figure).removesuffix(".0")
        return self.percent.format(self.localized(text.replace(".", self.decimal)))

    def list_text(self, words: Sequence[str]) -> str:
        """Return 'A', 'A and B' or 'A, B and C'; '' for no words."""
        return self.list.join(words)

    def localized(self, text: str) -> str:
        """Return a text with the digits of the language."""
        return text if self.digits == _LATIN else text.translate(str.maketrans(_LATIN, self.digits))

    def _unit(self, unit: str, number: int) -> str:
        return self.units[unit][self.plural(number)].format(self.localized(str(number)))


_ENGLISH_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_ENGLISH_COMMA = "{0}, {1}"

ENGLISH_FORMATS = Formats(
    weekdays=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    days=[f"{{weekday}} {{day}} {name[:3]} {{year}}" for name in _ENGLISH_MONTHS],
    short_days=[f"{{day}} {name[:3]}" for name in _ENGLISH_MONTHS],
    feed_days=[f"{name[:3]} {{day}}" for name in _ENGLISH_MONTHS],
    months=[f"{name} {{year}}" for name in _ENGLISH_MONTHS],
    short_months=[f"{name[:3]} {{year}}" for name in _ENGLISH_MONTHS],
    moment="{day}, {clock}",
    clock="{hour}:{minute}",
    day_clock="{weekday} {hour}:{minute}",
    two_digit_hour=True,
    span="\N{EN DASH}",
    digits=_LATIN,
    decimal=".",
    group=",",
    grouped=4,
    percent="{0}\N{NO-BREAK SPACE}%",
    plural=lambda number: "one" if number == 1 else "other",
    units={
        unit: {"one": f"{{0}} {sign}", "other": f"{{0}} {sign}"}
        for unit, sign in (("day", "d"), ("hour", "h"), ("minute", "min"), ("second", "s"))
    },
    unit_list=ListFormat("{0} {1}", "{0} {1}", "{0} {1}", "{0} {1}"),
    relative={
        unit: {
            "one": f"in {{0}} {unit}",
            "other": f"in {{0}} {unit}s",
            "-one": f"{{0}} {unit} ago",
            "-other": f"{{0}} {unit}s ago",
        }
        for unit in ("minute", "hour", "day")
    },
    list=ListFormat("{0} and {1}", _ENGLISH_COMMA, _ENGLISH_COMMA, "{0} and {1}"),
)
