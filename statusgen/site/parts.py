"""Outputs of a site that are made in every build, in parts that can be made apart from each other.

A new page, feed or endpoint is entered here; what may stay once it is over, in `lasting`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from statusgen.site.api.uptime import render_api_uptime
from statusgen.site.api.v1 import render_api_v1
from statusgen.site.api.v2 import render_api_v2
from statusgen.site.context import Output, Site, placed
from statusgen.site.embeds.badges import render_badges
from statusgen.site.embeds.cards import render_cards
from statusgen.site.embeds.embed import render_embed
from statusgen.site.feeds.feeds import render_feeds
from statusgen.site.hosting.headers import render_hosting
from statusgen.site.hosting.unavailable import render_unavailable
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
    """Return the makers of the parts, the heaviest first."""
    renderers = [
        one
        for one in _RENDERERS
        if not (site.folder and one in _AT_THE_ROOT)
        and (site.is_public or one not in _FOR_THE_PUBLIC)
    ]
    return [partial(_in_folder, site, render) for render in renderers]


def _in_folder(site: Site, render: Callable[[Site], Iterator[Output]]) -> Iterator[Output]:
    """Yield outputs where the site's language has its place."""
    return (placed(site, output) for output in render(site))
