"""A record on one line, as lists show it: the front page, months, components, maintenance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from statusgen.model import Kind, Status
from statusgen.site.context import Site, record_link
from statusgen.site.views.foreign import title_language
from statusgen.site.views.names import names_of
from statusgen.site.words.language import Language
from statusgen.site.words.wording import impact_label, listed, state_of
from statusgen.timeline.record import Record, Window

MOST_MENTIONED = 5
"""So many records are named as the reason of one state; all of them are in the history."""

MOST_COMPONENTS = 6
"""So many components are named on a line; all of them are on the record's page."""


class RecordLink(NamedTuple):
    """A record as others mention it; `link` is its page's file below `home`.

    `title_language` is the title's where that is not the page's own, else empty.
    """

    title: str
    link: str
    title_language: str


class LineView(NamedTuple):
    """What a list says of a record.

    `state` is what shape and colour stand for: an impact, 'notice' or 'unknown'; `impact_label` is
    the impact in words.
    `link` names its page's file below `home`, with the anchor where it has one. `ended`
    is empty while it is open; `duration` is the time between, in words. `components` are full
    names in a row, in the order of their mention, and the number of those that are left out.
    `title_language` is the title's where that is not the page's own, else empty.
    """

    title: str
    kind: Kind
    status: Status
    state: str
    impact_label: str
    is_open: bool
    is_stand_in: bool
    started: datetime
    ended: datetime | None
    duration: str
    window: Window | None
    components: str
    link: str
    title_language: str


def line_view(site: Site, record: Record) -> LineView:
    """Return a record as a line of a list."""
    names = names_of(site)
    ended = end_of(record)
    return LineView(
        title=record.title,
        kind=record.kind,
        status=record.status,
        state=state_of(record),
        impact_label=impact_label(record, site.language),
        is_open=record.is_open,
        is_stand_in=record.incident.stand_in is not None,
        started=record.started,
        ended=ended,
        duration=duration_of(record, site.language),
        window=record.window,
        components=listed(
            [names[id_].short if id_ in names else id_ for id_ in record.components],
            site.language,
            MOST_COMPONENTS,
        ),
        link=record_link(record),
        title_language=title_language(site, record),
    )


def mentioned(site: Site, record: Record) -> RecordLink:
    """Return a record as a link."""
    return RecordLink(record.title, record_link(record), title_language(site, record))


@lru_cache(maxsize=2)
def records_of(site: Site) -> Mapping[str, tuple[Record, ...]]:
    """Return the records that concern each component, newest created first."""
    found: dict[str, list[Record]] = {}
    for record in site.history.records:
        for component in record.components:
            found.setdefault(component, []).append(record)
    return {component: tuple(records) for component, records in found.items()}


@lru_cache(maxsize=2)
def begun(site: Site) -> Sequence[tuple[date, Record]]:
    """Return what has begun, newest first, with the day of the page's zone on which it did.

    Maintenance that is only planned is not history yet.
    """
    history, zone = site.history, site.zone
    planned = {record.id for record in history.upcoming}
    return [
        (record.started.astimezone(zone).date(), record)
        for record in newest_first((*history.records, *history.notices))
        if record.id not in planned
    ]


def newest_first(records: Iterable[Record]) -> list[Record]:
    """Return records in the order of the days that stand beside them.

    In the history's own order a maintenance stands where it was announced.
    """
    return sorted(records, key=attrgetter("started", "id"), reverse=True)


def all_about(site: Site, component_id: str) -> tuple[Record, ...]:
    """Return the records that concern a component, newest first, and then the notices."""
    notices = (one for one in site.history.notices if component_id in one.components)
    return (*records_of(site).get(component_id, ()), *notices)


def end_of(record: Record) -> datetime | None:
    """Return when it was over: where the file says so, else by its closing update."""
    return None if record.is_open else record.incident.ended or record.resolved_at


def duration_of(record: Record, language: Language) -> str:
    """Return how long it lasted, in words; '' while that is not known."""
    ended = end_of(record)
    if ended is None or record.kind is Kind.NOTICE or ended <= record.started:
        return ""
    return language.formats.duration_text(ended - record.started)
