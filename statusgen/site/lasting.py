"""Parts of a site that stay as they are once all that they are made from is over.

There are tens of thousands of them, and an earlier build may have made them already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from statusgen.model import Component, Kind
from statusgen.site.api.v1 import Year, render_year, years
from statusgen.site.api.v2 import render_incident as render_api_incident
from statusgen.site.context import Output, Part, Site, placed
from statusgen.site.embeds.cards import has_card, record_card
from statusgen.site.feeds.calendar import planned_in, render_calendar, render_component_calendar
from statusgen.site.feeds.feeds import render_component_feeds
from statusgen.site.pages.component_pages import render_component
from statusgen.site.pages.history_pages import MonthPage, month_pages, render_month
from statusgen.site.pages.incident_pages import render_incident
from statusgen.site.views.lines import all_about
from statusgen.timeline.record import Record


def component_pages(site: Site) -> list[Part]:
    """Return the page of each component, which is another one each day."""

    def part(component: Component) -> Part:
        state = site.history.components[component.id]
        seen = site.history.now if component.override else site.today
        return Part(
            make=_one(site, lambda: render_component(site, component)),
            records=all_about(site, component.id),
            also=f"page of {component.id} {state.status} {state.since} {seen}",
            named=(component.id,),
        )

    return [part(component) for component in site.config.components]


def component_feeds(site: Site) -> list[Part]:
    """Return the feeds of each component."""

    def part(component: Component) -> Part:
        return Part(
            make=lambda: (placed(site, one) for one in render_component_feeds(site, component)),
            records=all_about(site, component.id),
            also=f"feeds of {component.id}",
            named=(component.id,),
        )

    return [part(component) for component in site.config.components]


def calendars(site: Site) -> list[Part]:
    """Return the calendar of the page and of each component."""
    planned = tuple(one.record for one in planned_in(site))

    def part(component: Component) -> Part:
        return Part(
            make=_one(site, lambda: render_component_calendar(site, component)),
            records=tuple(one for one in planned if component.id in one.components),
            also=f"calendar of {component.id}",
        )

    whole = Part(_one(site, lambda: render_calendar(site)), planned, "calendar")
    return [whole, *(part(component) for component in site.config.components)]


def month_parts(site: Site) -> list[Part]:
    """Return the page of each month."""

    def part(page: MonthPage) -> Part:
        beside = [one and one.link for one in (page.later, page.earlier)]
        return Part(_one(site, lambda: render_month(site, page)), page.records, repr(beside))

    return [part(page) for page in month_pages(site)]


def year_parts(site: Site) -> list[Part]:
    """Return the file of each year in the API, which has the main language only."""

    def part(year: Year) -> Part:
        return Part(lambda: [render_year(site, year)], year.records, year.path)

    return [] if site.folder else [part(year) for year in years(site)]


def incident_parts(site: Site, incidents: Iterable[tuple[Record, ...]]) -> Iterator[Part]:
    """Yield what is one incident's own; `incidents` are of `records_by_incident`."""
    for records in incidents:
        yield Part(
            make=partial(incident_outputs, site, [records]),
            records=records,
            also=f"{records[0].code} {has_card(site, records[0])}",
            named=records[0].components,  # what has several records is never settled
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


def _one(site: Site, render: Callable[[], Output]) -> Callable[[], Iterable[Output]]:
    """Return the maker of one output where the site's language has its place."""
    return lambda: [placed(site, render())]
