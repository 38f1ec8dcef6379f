"""The pages without a list of their own: how to subscribe, and the one for what is not there."""

from __future__ import annotations

from collections.abc import Iterator

from statusgen.site.context import Output, Site
from statusgen.site.frame import page_feeds
from statusgen.site.names import names_of
from statusgen.site.theme import templates_of


def render_pages(site: Site) -> Iterator[Output]:
    """Yield subscribe/index.html, and 404.html at the site's root only."""
    templates = templates_of(site)
    names = names_of(site)
    components = [
        (
            component.id,
            names[component.id].full,
            page_feeds(site.language, names[component.id].path),
        )
        for component in site.config.components
    ]
    path = "subscribe/index.html"
    yield path, templates.render("subscribe.html", path, {"components": components})
    if not site.folder:
        yield "404.html", templates.render("404.html", "404.html", {"languages": ()})
