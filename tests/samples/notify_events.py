"""A page with an incident and a maintenance from the first word to the last, in three languages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from statusgen.making import site_in
from statusgen.memory.texts import Texts
from statusgen.model import EventKind
from statusgen.notify.composing import compose
from statusgen.notify.message import Message
from statusgen.site.context import Site
from statusgen.source.source import Source, read_source
from statusgen.timeline.events import Event, events_of

PAGE = Path(__file__).parents[1] / "notify" / "page"
LANGUAGES = ("en", "de", "ar")
CARDS = "2026-11-21-cards"
DATABASE = "2026-12-01-database"
OFFICE = "2026-12-03-office"
NOTICE = "2026-11-25-v1"
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
LAST = datetime(2026, 12, 4, tzinfo=UTC)


@cache
def site_at(now: datetime, language: str = "en", root: Path = PAGE) -> Site:
    """Return the page's site in a language, as it is at a moment."""
    return site_in(_source(root), now, language, Texts(None))


@cache
def _source(root: Path) -> Source:
    return read_source(str(root), LAST, processes=1, memory=None)


def events_told(root: Path = PAGE) -> list[Event]:
    """Return all that happens, in its order, each as it is when it happens."""
    moments = sorted({one.at for one in events_of(site_at(LAST, root=root).history, LONG_AGO)})
    start = datetime(2026, 12, 1, 22, tzinfo=UTC)
    moments = sorted({*moments, start - timedelta(hours=1)})
    return [
        event
        for now in moments
        for event in events_of(site_at(now, root=root).history, LONG_AGO)
        if event.at == now
    ]


def event_of(record: str, kind: EventKind, count: int = 0) -> Event:
    """Return the event of a record of this kind, of several the one that `count` says."""
    return [one for one in events_told() if (one.record.id, one.kind) == (record, kind)][count]


def message_of(record: str, kind: EventKind, language: str = "en", count: int = 0) -> Message:
    """Return what is told of an event when it happens."""
    event = event_of(record, kind, count)
    return compose(site_at(event.at, language), event)
