"""All outputs of a site, in parts that can be made apart from each other.

A new page, feed or endpoint is entered here; one that may stay once it is over, in `lasting`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from statusgen.site.api.uptime import render_api_uptime
from statusgen.site.api.v1 import render_api_v1
from statusgen.site.api.v2 import render_api_v2
from statusgen.site.context import Output, Part, Site, placed
from statusgen.site.embeds.badges import render_badges
from statusgen.site.embeds.cards import render_cards
from statusgen.site.embeds.embed import render_embed
from statusgen.site.feeds.feeds import render_feeds
from statusgen.site.hosting.headers import render_hosting
from statusgen.site.hosting.unavailable import render_unavailable
from statusgen.site.lasting import (
    calendars,
    component_feeds,
    component_pages,
    month_parts,
    year_parts,
)
from statusgen.site.pages.front_page import render_front_page
from statusgen.site.pages.history_pages import (
    render_history,
    render_maintenance,
)
from statusgen.site.pages.incident_pages import render_moved
from statusgen.site.pages.sitemap import render_sitemap
from statusgen.site.pages.subscribe_page import render_pages
from statusgen.site.pages.text_pages import render_text_pages
from statusgen.site.pages.uptime_page import render_uptime
from statusgen.site.theme.assets import render_assets

_Render = Callable[[Site], Iterator[Output]]

_UPTIMES: tuple[_Render, ...] = (render_front_page, render_uptime, render_api_uptime, render_badges)
"""What shows the days of components, which one process counts once."""

_OTHERS: tuple[_Render, ...] = (
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
        render_api_uptime,
        render_api_v1,
        render_api_v2,
        render_sitemap,
        render_badges,
        render_cards,
        render_embed,
        render_unavailable,
        render_moved,
        render_hosting,
        render_assets,
    },
)
"""What a site has once, however many languages it has."""

_FOR_THE_PUBLIC = frozenset({render_sitemap, render_unavailable})
"""What a site for an audience of its own has not: search engines, and the product's own readers,
must not come by it."""


def parts_of(site: Site) -> list[list[Part]]:
    """Return all parts but feeds and those of incidents, in lists that are each for one process.

    The parts of a list need the same imports and interim results. The heaviest come first.
    """
    alone = [*_always(site, _OTHERS), *month_parts(site), *year_parts(site)]
    return [
        [*_always(site, _UPTIMES), *component_pages(site)],
        calendars(site),
        *([part] for part in alone),
    ]


def feed_parts(site: Site) -> list[Part]:
    """Return the parts that are feeds, best made by one process when most incidents are done.

    Each of them has the texts of many incidents, which are known by then.
    """
    return [*_always(site, [render_feeds]), *component_feeds(site)]


def _always(site: Site, renderers: Iterable[_Render]) -> list[Part]:
    """Return what is made in every build, as far as this site has it."""
    return [
        Part(partial(_in_folder, site, one))
        for one in renderers
        if not (site.folder and one in _AT_THE_ROOT)
        and (site.is_public or one not in _FOR_THE_PUBLIC)
    ]


def _in_folder(site: Site, render: _Render) -> Iterator[Output]:
    """Yield outputs where the site's language has its place."""
    return (placed(site, output) for output in render(site))
