"""All outputs of a site, in parts that can be made apart from each other.

The only module that knows every renderer: a new page, feed or endpoint is entered here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from statusgen.model import Component, Kind
from statusgen.site.api.uptime import render_api_uptime
from statusgen.site.api.v1 import Year, render_api_v1, render_year, years
from statusgen.site.api.v2 import render_api_v2
from statusgen.site.api.v2 import render_incident as render_api_incident
from statusgen.site.context import Output, Site
from statusgen.site.embeds.badges import render_badges
from statusgen.site.embeds.cards import has_card, record_card, render_cards
from statusgen.site.embeds.embed import render_embed
from statusgen.site.feeds.calendar import (
    planned_in,
    render_calendar,
    render_component_calendar,
)
from statusgen.site.feeds.feeds import render_component_feeds, render_feeds
from statusgen.site.hosting.headers import render_hosting
from statusgen.site.hosting.unavailable import render_unavailable
from statusgen.site.pages.component_pages import render_component
from statusgen.site.pages.front_page import render_front_page
from statusgen.site.pages.history_pages import (
    MonthPage,
    month_pages,
    render_history,
    render_maintenance,
    render_month,
)
from statusgen.site.pages.incident_pages import render_incident, render_moved
from statusgen.site.pages.sitemap import render_sitemap
from statusgen.site.pages.subscribe_page import render_pages
from statusgen.site.pages.text_pages import render_text_pages
from statusgen.site.pages.uptime_page import render_uptime
from statusgen.site.theme.assets import render_assets
from statusgen.site.views.lines import all_about
from statusgen.timeline.record import Record


def _render_uptimes(site: Site) -> Iterator[Output]:
    """Yield all that shows days of components: in one process these are counted once."""
    yield from render_front_page(site)
    yield from render_uptime(site)
    if not site.folder:
        yield from render_api_uptime(site)
        yield from render_badges(site)


_RENDERERS: tuple[Callable[[Site], Iterator[Output]], ...] = (
    _render_uptimes,
    render_feeds,
    render_history,
    render_api_v1,
    render_api_v2,
    render_pages,
    render_text_pages,
    render_sitemap,
    render_maintenance,
    render_cards,
    render_embed,
    render_unavailable,
    render_moved,
    render_hosting,
    render_assets,
)

_AT_THE_ROOT = frozenset(
    {
        render_api_v1,
        render_api_v2,
        render_sitemap,
        render_cards,
        render_embed,
        render_unavailable,
        render_moved,
        render_hosting,
        render_assets,
    },
)
"""What a site has once, however many languages it has; besides, some of `_render_uptimes`."""


_FOR_THE_PUBLIC = frozenset({render_sitemap, render_unavailable})
"""What a site for an audience of its own has not: search engines, and the product's own readers,
must not come by it."""


def shared_parts(site: Site) -> list[Callable[[], Iterator[Output]]]:
    """Return the makers of everything but `lasting_parts`, the heaviest first."""
    renderers = [
        one
        for one in _RENDERERS
        if not (site.folder and one in _AT_THE_ROOT)
        and (site.is_public or one not in _FOR_THE_PUBLIC)
    ]
    return [partial(_in_folder, site, render) for render in renderers]


class Lasting(NamedTuple):
    """Files that stay the same once all of their records are over.

    Besides the records and the site's settings they are made from what `also` tells, and from how
    the components in `named` are now.
    """

    records: tuple[Record, ...]
    also: str
    named: tuple[str, ...]
    make: Callable[[], Iterable[Output]]


def lasting_parts(site: Site) -> list[Lasting]:
    """Return the calendar, and what is one component's, month's, year's or incident's own."""
    return [
        _calendar_part(site),
        *(_component_part(site, component) for component in site.config.components),
        *(_month_part(site, page) for page in month_pages(site)),
        *(_year_part(site, year) for year in ([] if site.folder else years(site))),
        *(_incident_part(site, records) for records in records_by_incident(site)),
    ]


def _calendar_part(site: Site) -> Lasting:
    return Lasting(
        records=tuple(planned.record for planned in planned_in(site)),
        also="calendar",
        named=(),
        make=lambda: [_placed(site, render_calendar(site))],
    )


def _component_part(site: Site, component: Component) -> Lasting:
    state = site.history.components[component.id]
    seen = site.history.now if component.override else site.today
    return Lasting(
        records=all_about(site, component.id),
        also=f"{component.id} {state.status} {state.since} {seen}",
        named=(component.id,),
        make=lambda: (_placed(site, output) for output in component_outputs(site, component)),
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
        make=lambda: [_placed(site, render_month(site, page))],
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
        yield _placed(site, render_incident(site, records))
        yield from record_card(site, records[0])
        for record in records:
            if record.kind is not Kind.NOTICE and not site.folder:
                yield render_api_incident(site, record)


def _in_folder(site: Site, render: Callable[[Site], Iterator[Output]]) -> Iterator[Output]:
    """Yield outputs where the site's language has its place."""
    return (_placed(site, output) for output in render(site))


def _placed(site: Site, output: Output) -> Output:
    path, content = output
    return site.folder + path, content
