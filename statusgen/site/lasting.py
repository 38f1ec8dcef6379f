"""Outputs of a site that stay as they are once all that they are made from is over.

There are tens of thousands of them, and an earlier build may have made them already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from statusgen.model import Component, Kind
from statusgen.site.api.v1 import Year, render_year, years
from statusgen.site.api.v2 import render_incident as render_api_incident
from statusgen.site.context import Output, Site, placed
from statusgen.site.embeds.cards import has_card, record_card
from statusgen.site.feeds.calendar import (
    planned_in,
    render_calendar,
    render_component_calendar,
)
from statusgen.site.feeds.feeds import render_component_feeds
from statusgen.site.pages.component_pages import render_component
from statusgen.site.pages.history_pages import MonthPage, month_pages, render_month
from statusgen.site.pages.incident_pages import render_incident
from statusgen.site.views.lines import all_about
from statusgen.timeline.record import Record


class Lasting(NamedTuple):
    """Files that stay the same once all of their records are over.

    Besides the records and the site's settings they are made from what `also` tells, and from how
    the components in `named` are now.
    """

    records: tuple[Record, ...]
    also: str
    named: tuple[str, ...]
    make: Callable[[], Iterable[Output]]


def list_parts(site: Site) -> list[Lasting]:
    """Return the calendar, and what is one component's, month's or year's own."""
    return [
        _calendar_part(site),
        *(_component_part(site, component) for component in site.config.components),
        *(_month_part(site, page) for page in month_pages(site)),
        *(_year_part(site, year) for year in ([] if site.folder else years(site))),
    ]


def incident_parts(site: Site, incidents: Iterable[tuple[Record, ...]]) -> Iterator[Lasting]:
    """Yield what is one incident's own; `incidents` are of `records_by_incident`."""
    return (_incident_part(site, records) for records in incidents)


def _calendar_part(site: Site) -> Lasting:
    return Lasting(
        records=tuple(planned.record for planned in planned_in(site)),
        also="calendar",
        named=(),
        make=lambda: [placed(site, render_calendar(site))],
    )


def _component_part(site: Site, component: Component) -> Lasting:
    state = site.history.components[component.id]
    seen = site.history.now if component.override else site.today
    return Lasting(
        records=all_about(site, component.id),
        also=f"{component.id} {state.status} {state.since} {seen}",
        named=(component.id,),
        make=lambda: (placed(site, output) for output in component_outputs(site, component)),
    )


def component_outputs(site: Site, component: Component) -> Iterator[Output]:
    """Yield the page of a component, its feeds and its calendar."""
    yield render_component(site, component)
    yield from render_component_feeds(site, component)
    yield render_component_calendar(site, component)


def _month_part(site: Site, page: MonthPage) -> Lasting:
    beside = [one and one.link for one in (page.later, page.earlier)]
    return Lasting(
        records=page.records,
        also=repr(beside),
        named=(),
        make=lambda: [placed(site, render_month(site, page))],
    )


def _year_part(site: Site, year: Year) -> Lasting:
    return Lasting(
        records=year.records,
        also=year.path,
        named=(),
        make=lambda: [render_year(site, year)],
    )


def _incident_part(site: Site, records: tuple[Record, ...]) -> Lasting:
    return Lasting(
        records=records,
        also=f"{records[0].code} {has_card(site, records[0])}",
        named=tuple(dict.fromkeys(one for record in records for one in record.components)),
        make=partial(incident_outputs, site, [records]),
    )


def records_by_incident(site: Site) -> list[tuple[Record, ...]]:
    """Return the records of each incident file: one, or a recurring maintenance's occurrences."""
    found: dict[str, list[Record]] = {}
    for record in (*site.history.records, *site.history.notices):
        found.setdefault(record.incident.id, []).append(record)
    return [tuple(records) for records in found.values()]


def incident_outputs(site: Site, incidents: Iterable[Sequence[Record]]) -> Iterator[Output]:
    """Yield the page of each incident, and its file in the API, which knows no notices.

    The API has the main language only. `incidents` is what `records_by_incident` returns, or a part
    of it.
    """
    for records in incidents:
        yield placed(site, render_incident(site, records))
        yield from record_card(site, records[0])
        for record in records:
            if record.kind is not Kind.NOTICE and not site.folder:
                yield render_api_incident(site, record)
