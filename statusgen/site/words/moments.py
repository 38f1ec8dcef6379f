"""Moments as HTML: weekday, day and time in the page's zone, and the same in UTC."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from markupsafe import Markup

from statusgen.site.words.language import Language
from statusgen.timeline.record import Window

_GAP = "\N{NO-BREAK SPACE}"  # a time stays in one line with the name of its zone
_JOIN = "\N{WORD JOINER}"  # a line does not end behind the dash between two times


def moment_writer(zone: ZoneInfo, language: Language) -> Callable[[datetime], Markup]:
    """Return the writer of `<time>` elements in a zone.

    Their text is 'Sat 21 Nov 2026, 11:05 CET (10:05 UTC)', or 'Sat 21 Nov 2026, 10:05 UTC' where
    the zone calls the moment UTC; the weekday is repeated where the UTC day is another one. Where
    only the zone's name differs, the time stands once: '10:05 GMT (UTC)'.
    """
    return _Writer(zone, language).moment


def window_writer(zone: ZoneInfo, language: Language) -> Callable[[Window], Markup]:
    """Return the writer of planned times, which names a day only once where it is one.

    For example 'Sat 5 Dec 2026, 06:00-07:00 CET (05:00-06:00 UTC)', with a dash. Days that UTC has
    instead are named beside its times: '03:00-09:30 JST (Fri 18:00-Sat 00:30 UTC)'.
    """
    return _Writer(zone, language).window


def hours_writer(
    zone: ZoneInfo,
    language: Language,
) -> Callable[[Window, datetime | None], Markup]:
    """Return the writer of times beside which their day stands already, as the moment `beside`.

    For example '06:00-07:00 CET (05:00-06:00 UTC)', with a dash. Where that is not enough, because
    it is not all on that one day, it writes the same as `window_writer`'s.
    """
    return _Writer(zone, language).hours


def clock_writer(zone: ZoneInfo, language: Language) -> Callable[[datetime, datetime], Markup]:
    """Return the writer of a moment beside which its day stands already, as the moment `beside`.

    For example '11:05 CET (10:05 UTC)'; with its day where that is another one.
    """
    return _Writer(zone, language).clock


class _Writer:
    """Writes times in a zone and a language.

    What a page and its lists repeat is made once: a moment, the hours of components that fail
    together, a day, a minute.
    """

    def __init__(self, zone: ZoneInfo, language: Language) -> None:
        formats = language.formats
        self._zone = zone
        self._formats = formats
        before = _JOIN if "\N{EM DASH}" in formats.span else ""  # which a line may begin with, too
        self._dash = before + formats.span.replace(" ", _GAP) + _JOIN
        # Translators: two moments, as in "Sat 5 Dec 2026, 22:00 to Sun 6 Dec 2026, 02:00"
        self._both = Markup(language.gettext("%(start)s to %(end)s"))  # noqa: S704 (a message of ours)
        self._day = lru_cache(maxsize=64)(formats.day_text)
        self._minute = lru_cache(maxsize=24 * 60)(lambda *at: formats.clock_text(time(*at)))
        self.moment = lru_cache(maxsize=1024)(self._moment)
        self.hours = lru_cache(maxsize=64)(self._hours)

    def window(self, window: Window) -> Markup:
        return self._window(window, *self._local(window))

    def clock(self, moment: datetime, beside: datetime) -> Markup:
        local = moment.astimezone(self._zone)
        if local.date() != beside.astimezone(self._zone).date():
            return self.moment(moment)
        return self._told(moment, local, self._clock(local))

    def _moment(self, moment: datetime) -> Markup:
        local = moment.astimezone(self._zone)
        return self._told(moment, local, self._day_and_clock(local))

    def _told(self, moment: datetime, local: datetime, text: str) -> Markup:
        told = self._with_utc(text, local, self._clock_of_day(moment, local))
        return Markup(_time(local, told))  # noqa: S704 (digits and names of ours)

    def _with_utc(self, text: str, local: datetime, utc: str) -> str:
        """Return times with the name of their zone, and beside them what UTC has instead."""
        name = zone_name(local)
        if name == "UTC":
            return f"{text}{_GAP}UTC"
        if not local.utcoffset():
            return f"{text}{_GAP}{name}{_GAP}(UTC)"
        return f"{text}{_GAP}{name} ({utc}{_GAP}UTC)"

    def _hours(self, window: Window, beside: datetime | None = None) -> Markup:
        start, end = self._local(window)
        day = beside.astimezone(self._zone).date() if beside else start.date()
        if start.date() == day and _is_one_day(start, end):
            return self._within_day(window, start, end, self._clock(start))
        return self._window(window, start, end)

    def _window(self, window: Window, start: datetime, end: datetime) -> Markup:
        if _is_one_day(start, end):
            return self._within_day(window, start, end, self._day_and_clock(start))
        both = {"start": self.moment(window.start), "end": self.moment(window.end)}
        return _whole(self._both % both)

    def _within_day(self, window: Window, start: datetime, end: datetime, begin: str) -> Markup:
        utc = self._dash.join(
            (
                self._clock_of_day(window.start, start),
                self._clock_of_day(window.end, window.start),
            ),
        )
        from_, to = _time(start, begin), _time(end, self._clock(end))
        return _whole(self._with_utc(f"{from_}{self._dash}{to}", start, utc))

    def _local(self, window: Window) -> tuple[datetime, datetime]:
        return window.start.astimezone(self._zone), window.end.astimezone(self._zone)

    def _day_and_clock(self, moment: datetime) -> str:
        """Return what `Formats.moment_text` does."""
        return self._formats.moment.format(day=self._day(moment.date()), clock=self._clock(moment))

    def _clock_of_day(self, moment: datetime, beside: datetime) -> str:
        """Return the time of day, with the weekday where that is not the day of `beside`."""
        weekday = self._formats.weekdays[moment.weekday()]
        return ("" if moment.day == beside.day else f"{weekday}{_GAP}") + self._clock(moment)

    def _clock(self, moment: datetime) -> str:
        return self._minute(moment.hour, moment.minute)


def _is_one_day(start: datetime, end: datetime) -> bool:
    """Tell whether a window is on one day of the zone, without a change of clocks."""
    return start.date() == end.date() and zone_name(start) == zone_name(end)


def _whole(html: str) -> Markup:
    """Put a window into one element, so that a script knows what belongs together."""
    return Markup(f'<span class="window">{html}</span>')  # noqa: S704 (digits and names of ours)


def day_writer(language: Language) -> Callable[[date], Markup]:
    """Return the writer of a day as a `<time>` element: 'Sat 21 Nov 2026'."""

    @lru_cache(maxsize=64)  # lists are in the order of time
    def write(day: date) -> Markup:
        element = _element(day.isoformat(), language.formats.day_text(day))
        return Markup(element)  # noqa: S704 (digits and names of ours)

    return write


def day_of_writer(zone: ZoneInfo, language: Language) -> Callable[[datetime], Markup]:
    """Return the writer of a moment's day in a zone: 'Sat 21 Nov 2026'."""
    write = day_writer(language)
    return lambda moment: write(moment.astimezone(zone).date())


def zone_name(local: datetime) -> str:
    """Return 'CET', or 'UTC+05:45' where the zone has no letters of its own.

    West of UTC the sign is a minus: behind a hyphen a line may end.
    """
    name = (local.tzname() or "").replace("-", "\N{MINUS SIGN}")
    return f"UTC{name[:3]}:{name[3:] or '00'}" if name[0] in "+\N{MINUS SIGN}" else name


def _time(local: datetime, text: str) -> str:
    """Return a moment whose machine-readable form is in the page's zone, as its text is."""
    return _element(local.isoformat(timespec="minutes").replace("+00:00", "Z"), text)


def _element(machine: str, text: str) -> str:
    return f'<time datetime="{machine}">{text}</time>'
