"""Moments as HTML: weekday, day and time in the page's zone, and the same in UTC."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from markupsafe import Markup

from statusgen.site.words.formats import Formats
from statusgen.site.words.language import Language
from statusgen.timeline.record import Window

_GAP = "\N{NO-BREAK SPACE}"  # a time stays in one line with the name of its zone


def moment_writer(zone: ZoneInfo, language: Language) -> Callable[[datetime], Markup]:
    """Return the writer of `<time>` elements in a zone.

    Their text is 'Sat 21 Nov 2026, 11:05 CET (10:05 UTC)', or 'Sat 21 Nov 2026, 10:05 UTC' where
    the zone calls the moment UTC; the weekday is repeated where the UTC day is another one.
    """
    formats = language.formats

    @lru_cache(maxsize=1024)  # one moment stands in several places of a page and in lists
    def write(moment: datetime) -> Markup:
        local = moment.astimezone(zone)
        name = zone_name(local)
        text = f"{formats.moment_text(local)}{_GAP}{name}"
        if name != "UTC":
            utc_day = "" if local.day == moment.day else f"{formats.weekdays[moment.weekday()]} "
            text += f" ({utc_day}{formats.clock_text(moment)}{_GAP}UTC)"
        return _time(local, text)

    return write


def window_writer(zone: ZoneInfo, language: Language) -> Callable[[Window], Markup]:
    """Return the writer of planned times, which names a day only once where it is one.

    For example 'Sat 5 Dec 2026, 06:00-07:00 CET (05:00-06:00 UTC)', with a dash.
    """
    formats = language.formats
    write = moment_writer(zone, language)

    def write_window(window: Window) -> Markup:
        if _is_one_day(window, zone):
            return _within_day(window, zone, formats, formats.moment_text)
        # Translators: two moments, as in "Sat 5 Dec 2026, 22:00 to Sun 6 Dec 2026, 02:00"
        both = Markup(language.gettext("%(start)s to %(end)s"))  # noqa: S704 (a message of ours)
        return _whole(both % {"start": write(window.start), "end": write(window.end)})

    return write_window


def hours_writer(
    zone: ZoneInfo,
    language: Language,
) -> Callable[[Window, datetime | None], Markup]:
    """Return the writer of times beside which their day stands already, as the moment `beside`.

    For example '06:00-07:00 CET (05:00-06:00 UTC)', with a dash. Where that is not enough, because
    it is not all on that one day, it writes the same as `window_writer`'s.
    """
    formats = language.formats
    write_window = window_writer(zone, language)

    @lru_cache(maxsize=64)  # components fail together
    def write_hours(window: Window, beside: datetime | None = None) -> Markup:
        day = (beside or window.start).astimezone(zone).date()
        if window.start.astimezone(zone).date() != day or not _is_one_day(window, zone):
            return write_window(window)
        return _within_day(window, zone, formats, formats.clock_text)

    return write_hours


def _is_one_day(window: Window, zone: ZoneInfo) -> bool:
    """Tell whether a window is on one day, in the zone and in UTC, without a change of clocks."""
    start, end = window.start.astimezone(zone), window.end.astimezone(zone)
    days = {start.date(), end.date(), window.start.date(), window.end.date()}
    return len(days) == 1 and zone_name(start) == zone_name(end)


def _within_day(
    window: Window,
    zone: ZoneInfo,
    formats: Formats,
    begin: Callable[[datetime], str],
) -> Markup:
    start, end = window.start.astimezone(zone), window.end.astimezone(zone)
    name = zone_name(start)
    utc = "" if name == "UTC" else f" ({_clocks(formats, window)}{_GAP}UTC)"
    from_, to = _time(start, begin(start)), _time(end, formats.clock_text(end))
    return _whole(f"{from_}{formats.span}{to}{_GAP}{name}{utc}")


def _whole(html: str) -> Markup:
    """Put a window into one element, so that a script knows what belongs together."""
    return Markup(f'<span class="window">{html}</span>')  # noqa: S704 (digits and names of ours)


def day_writer(language: Language) -> Callable[[date], Markup]:
    """Return the writer of a day as a `<time>` element: 'Sat 21 Nov 2026'."""

    def write(day: date) -> Markup:
        return _element(day.isoformat(), language.formats.day_text(day))

    return write


def day_of_writer(zone: ZoneInfo, language: Language) -> Callable[[datetime], Markup]:
    """Return the writer of a moment's day in a zone: 'Sat 21 Nov 2026'."""
    write = day_writer(language)
    return lambda moment: write(moment.astimezone(zone).date())


def zone_name(local: datetime) -> str:
    """Return 'CET', or 'UTC+05:45' where the zone has no letters of its own."""
    name = local.tzname() or ""
    return f"UTC{name[:3]}:{name[3:] or '00'}" if name[0] in "+-" else name


def _clocks(formats: Formats, window: Window) -> str:
    return f"{formats.clock_text(window.start)}{formats.span}{formats.clock_text(window.end)}"


def _time(local: datetime, text: str) -> Markup:
    """Return a moment whose machine-readable form is in the page's zone, as its text is."""
    return _element(local.isoformat(timespec="minutes").replace("+00:00", "Z"), text)


def _element(machine: str, text: str) -> Markup:
    return Markup(f'<time datetime="{machine}">{text}</time>')  # noqa: S704 (digits and names of ours)
