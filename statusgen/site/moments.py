"""How people read a moment: weekday, day and time in the page's zone, and the same in UTC.

The names are a table of ours, because the locale is the machine's and may change from build to
build.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from markupsafe import Markup

from statusgen.timeline.record import Window

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = (
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
_SHORT = tuple(name[:3] for name in MONTHS)
_DASH = "\N{EN DASH}"
_GAP = "\N{NO-BREAK SPACE}"  # a time stays in one line with the name of its zone
_TWO = tuple(f"{number:02}" for number in range(60))
"""'00' to '59': a format specification costs more than a look-up, and a page has many times."""


def moment_writer(zone: ZoneInfo) -> Callable[[datetime], Markup]:
    """Return the writer of `<time>` elements in a zone.

    Their text is 'Sat 21 Nov 2026, 11:05 CET (10:05 UTC)', or 'Sat 21 Nov 2026, 10:05 UTC' where
    the zone calls the moment UTC; the weekday is repeated where the UTC day is another one.
    """

    @lru_cache(maxsize=1024)  # one moment stands in several places of a page and in lists
    def write(moment: datetime) -> Markup:
        local = moment.astimezone(zone)
        name = _zone_name(local)
        if name == "UTC":
            return Markup(f'<time datetime="{_machine(moment)}">{_long(local)}{_GAP}UTC</time>')  # noqa: S704 (digits and names)
        utc_day = "" if local.day == moment.day else f"{WEEKDAYS[moment.weekday()]} "
        return Markup(  # noqa: S704 (digits and names of zones)
            f'<time datetime="{_machine(moment)}">{_long(local)}{_GAP}{name} '
            f"({utc_day}{_clock(moment)}{_GAP}UTC)</time>",
        )

    return write


def window_writer(zone: ZoneInfo) -> Callable[[Window], Markup]:
    """Return the writer of planned times, which names a day only once where it is one.

    For example 'Sat 5 Dec 2026, 06:00-07:00 CET (05:00-06:00 UTC)', with a dash.
    """
    write = moment_writer(zone)

    def write_window(window: Window) -> Markup:
        start, end = window.start.astimezone(zone), window.end.astimezone(zone)
        name = _zone_name(start)
        days = {start.date(), end.date(), window.start.date(), window.end.date()}
        if len(days) > 1 or _zone_name(end) != name:
            return write(window.start) + Markup(" to ") + write(window.end)
        utc = (
            f" ({_clock(window.start)}{_DASH}{_clock(window.end)}{_GAP}UTC)"
            if name != "UTC"
            else ""
        )
        return Markup(  # noqa: S704 (digits and names of zones)
            f'<time datetime="{_machine(window.start)}">{_long(start)}</time>{_DASH}'
            f'<time datetime="{_machine(window.end)}">{_clock(end)}</time>{_GAP}{name}{utc}',
        )

    # One element, so that a script knows what belongs together.
    return lambda window: Markup('<span class="window">{}</span>').format(write_window(window))


def day_text(day: date) -> str:
    """Return 'Sat 21 Nov 2026'."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {_SHORT[day.month - 1]} {day.year}"


def day_tag(day: date) -> Markup:
    """Return a day as a `<time>` element: 'Sat 21 Nov 2026'."""
    return Markup(f'<time datetime="{day.isoformat()}">{day_text(day)}</time>')  # noqa: S704 (digits and names)


def day_writer(zone: ZoneInfo) -> Callable[[datetime], Markup]:
    """Return the writer of a moment's day in a zone: 'Sat 21 Nov 2026'."""
    return lambda moment: day_tag(moment.astimezone(zone).date())


def month_text(month: date) -> str:
    """Return 'November 2026' for any day of it."""
    return f"{MONTHS[month.month - 1]} {month.year}"


def short_month_text(month: date) -> str:
    """Return 'Nov 2026' for any day of it."""
    return f"{_SHORT[month.month - 1]} {month.year}"


def duration_text(span: timedelta | int) -> str:
    """Return a length, or a number of seconds, in its two largest units: '1 h 12 min', '3 d 2 h'.

    What is smaller is cut off; under a minute it is seconds.
    """
    seconds = span if isinstance(span, int) else span // timedelta(seconds=1)
    if seconds < 60:  # noqa: PLR2004 (a minute)
        return f"{seconds} s"
    minutes = seconds // 60
    days, minutes = divmod(minutes, 24 * 60)
    hours, minutes = divmod(minutes, 60)
    if days:
        return f"{days} d {hours} h" if hours else f"{days} d"
    if hours:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    return f"{minutes} min"


def _zone_name(local: datetime) -> str:
    """Return 'CET', or 'UTC+05:45' where the zone has no letters of its own."""
    name = local.tzname() or ""
    return f"UTC{name[:3]}:{name[3:] or '00'}" if name[0] in "+-" else name


def _long(local: datetime) -> str:
    return (
        f"{WEEKDAYS[local.weekday()]} {local.day} {_SHORT[local.month - 1]} {local.year}, "
        f"{_clock(local)}"
    )


def _clock(moment: datetime) -> str:
    return f"{_TWO[moment.hour]}:{_TWO[moment.minute]}"


def _machine(moment: datetime) -> str:
    utc = moment.astimezone(UTC)
    return f"{utc.year:04}-{_TWO[utc.month]}-{_TWO[utc.day]}T{_clock(utc)}Z"
