"""All outputs of a site, in parts that can be made apart from each other.

The only module that knows every renderer: a new page, feed or endpoint is entered here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from statusgen.model import Kind
from statusgen.site import (
    api_uptime,
    api_v1,
    api_v2,
    badges,
    calendar,
    cards,
    component_pages,
    embed,
    feeds,
    frame,
    front_page,
    history_pages,
    hosting,
    incident_pages,
    pages,
    sitemap,
    text_pages,
    unavailable,
    uptime_page,
)
from statusgen.site.context import Output, Site
from statusgen.timeline.record import Record

_RENDERERS: tuple[Callable[[Site], Iterator[Output]], ...] = (
    feeds.render_feeds,
    calendar.render_calendars,
    component_pages.render_components,
    history_pages.render_history,
    api_uptime.render_api_uptime,
    front_page.render_front_page,
    uptime_page.render_uptime,
    api_v1.render_api_v1,
    api_v2.render_api_v2,
    pages.render_pages,
    text_pages.render_text_pages,
    sitemap.render_sitemap,
    history_pages.render_maintenance,
    badges.render_badges,
    cards.render_cards,
    embed.render_embed,
    unavailable.render_unavailable,
    incident_pages.render_moved,
    hosting.render_hosting,
    frame.render_assets,
)

_AT_THE_ROOT = frozenset(
    {
        api_uptime.render_api_uptime,
        api_v1.render_api_v1,
        api_v2.render_api_v2,
        sitemap.render_sitemap,
        badges.render_badges,
        cards.render_cards,
        embed.render_embed,
        unavailable.render_unavailable,
        incident_pages.render_moved,
        hosting.render_hosting,
        frame.render_assets,
    },
)
"""What a site has once, however many languages it has."""


_FOR_THE_PUBLIC = frozenset({sitemap.render_sitemap, unavailable.render_unavailable})
"""What a site for an audience of its own has not: search engines, and the product's own readers,
must not come by it."""


def shared_parts(site: Site) -> list[Callable[[], Iterator[Output]]]:
    """Return the makers of everything that is not one incident's own, the heaviest first."""
    renderers = [
        one
        for one in _RENDERERS
        if not (site.folder and one in _AT_THE_ROOT)
        and (site.is_public or one not in _FOR_THE_PUBLIC)
    ]
    return [partial(_in_folder, site, render) for render in renderers]


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
        path, page = incident_pages.render_incident(site, records)
        yield site.folder + path, page
        yield from cards.record_card(site, records[0])
        for record in records:
            if record.kind is not Kind.NOTICE and not site.folder:
                yield api_v2.render_incident(site, record)


def _in_folder(site: Site, render: Callable[[Site], Iterator[Output]]) -> Iterator[Output]:
    """Yield outputs where the site's language has its place."""
    for path, content in render(site):
        yield site.folder + path, content
