"""maintenance.ics: planned work, for the page and for each component.

An event is made once and stands in several calendars.
"""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from heapq import nlargest
from typing import NamedTuple
from urllib.parse import urlsplit

from statusgen.model import Component, Kind, Status
from statusgen.site.context import Output, Site, component_path, record_url
from statusgen.site.markdown import plain_text
from statusgen.site.views.names import names_of
from statusgen.timeline.days import moment_of, start_of
from statusgen.timeline.record import Record, Window

MOST_EVENTS = 50
"""Events in one calendar: what is ahead, and then the newest of what is over."""

OLDEST = timedelta(days=365)
"""So long a calendar keeps what is over, by whole days of the page's zone."""

_END = b"END:VCALENDAR\r\n"


class Planned(NamedTuple):
    """A maintenance and its window, to be sorted by their start."""

    window: Window
    record: Record


@lru_cache(maxsize=2)
def planned_in(site: Site) -> tuple[Planned, ...]:
    """Return all that calendars can have."""
    first = moment_of(start_of(site.today - OLDEST, site.zone))
    return tuple(
        Planned(one.window, one)
        for one in site.history.records
        if one.kind is Kind.MAINTENANCE and one.window and one.window.end >= first
    )


def render_calendar(site: Site) -> Output:
    """Return the calendar of the page."""
    return "maintenance.ics", _calendars_of(site).calendar(_title(site))


def render_component_calendar(site: Site, component: Component) -> Output:
    """Return the calendar of a component."""
    title = f"{_title(site)}: {names_of(site)[component.id].full}"
    path = f"{component_path(component.id)}maintenance.ics"
    return path, _calendars_of(site).calendar(title, component.id)


class _Calendars:
    """Makes one calendar after the other, and keeps each event for the next."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._events: dict[str, bytes] = {}

    def calendar(self, title: str, component_id: str = "") -> bytes:
        """Return a calendar of all maintenance, or of what concerns a component."""
        own = (
            one
            for one in planned_in(self._site)
            if not component_id or component_id in one.record.components
        )
        chosen = nlargest(MOST_EVENTS, own, key=lambda one: (one.window.start, one.record.id))
        return _head(title) + b"".join(map(self._event, reversed(chosen))) + _END

    def _event(self, planned: Planned) -> bytes:
        id_ = planned.record.id
        if id_ not in self._events:
            self._events[id_] = event_ics(self._site, planned)
        return self._events[id_]


@lru_cache(maxsize=2)
def _calendars_of(site: Site) -> _Calendars:
    return _Calendars(site)


def _title(site: Site) -> str:
    # Translators: the name of a calendar
    return site.language.gettext("%(name)s maintenance") % {"name": site.config.page.name}


def event_ics(site: Site, planned: Planned) -> bytes:
    """Return a maintenance as a VEVENT; its UID and its stamps are the record's own."""
    from icalendar import Event  # noqa: PLC0415 (60 ms that only calendars pay for)

    window, record = planned
    host = urlsplit(site.config.page.url).hostname
    names = names_of(site)
    url = record_url(site, record)
    event = Event()
    event.add("UID", f"{record.code}{_mark_of(site)}@{host}")
    event.add("DTSTAMP", record.updated)
    event.add("CREATED", record.created)
    event.add("LAST-MODIFIED", record.updated)
    event.add("DTSTART", window.start)
    event.add("DTEND", window.end)
    event.add("SUMMARY", record.title)
    event.add("DESCRIPTION", f"{_text(record)}\n\n{url}".strip())
    event.add("URL", url)
    event.add("STATUS", "CANCELLED" if record.status is Status.CANCELLED else "CONFIRMED")
    event.add("TRANSP", "TRANSPARENT")
    concerned = [names[one].full if one in names else one for one in record.components]
    if concerned:
        event.add("CATEGORIES", concerned)
    ics: bytes = event.to_ical()
    return ics


def _head(title: str) -> bytes:
    from icalendar import Calendar  # noqa: PLC0415 (as above)

    calendar = Calendar()
    calendar.add("PRODID", "-//statusgen//statusgen//EN")
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("NAME", title)
    calendar.add("X-WR-CALNAME", title)
    calendar.add("REFRESH-INTERVAL", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    ics: bytes = calendar.to_ical()
    return ics.removesuffix(_END)


def _mark_of(site: Site) -> str:
    """Return what tells the events of a language that is not the main one from the others."""
    return f".{site.language.code}" if site.folder else ""


def _text(record: Record) -> str:
    """Return what the maintenance is about: its summary, else its first words."""
    first = record.updates[0].text if record.updates else ""
    return plain_text(record.incident.summary or first)
