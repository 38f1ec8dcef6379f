"""sitemap.xml: every page that a search engine should know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from html import escape

from statusgen.site.context import Output, Site, component_path, incident_path
from statusgen.site.pages.history_pages import month_pages

MOST_ADDRESSES = 50_000
"""So many may one sitemap hold; a larger site gets several, and a list of them."""

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_FIXED = ("", "accessibility/", "history/", "maintenance/", "subscribe/", "uptime/")


def render_sitemap(site: Site, most: int = MOST_ADDRESSES) -> Iterator[Output]:
    """Yield sitemap.xml, and the parts that it lists if the site has more than `most` pages."""
    addresses = list(_addresses(site))
    if len(addresses) <= most:
        yield "sitemap.xml", _xml("urlset", "url", addresses)
        return
    parts = []
    for number, start in enumerate(range(0, len(addresses), most), 1):
        path = f"sitemap-{number}.xml"
        parts.append(f"<loc>{escape(site.url + path)}</loc>")
        yield path, _xml("urlset", "url", addresses[start : start + most])
    yield "sitemap.xml", _xml("sitemapindex", "sitemap", parts)


def _addresses(site: Site) -> Iterator[str]:
    """Yield the inside of each `<url>`: the page's address, and when it last changed if known."""
    for language in site.languages or (site.language,):
        yield from _of_language(site, site.url + site.folder_of(language))


def _of_language(site: Site, home: str) -> Iterator[str]:
    for path in _FIXED:
        yield f"<loc>{escape(home + path)}</loc>"
    for page in site.pages:
        if f"{page.id}/" not in _FIXED:
            yield f"<loc>{escape(home + page.id)}/</loc>"
    for component in site.config.components:
        yield f"<loc>{escape(home + component_path(component.id))}</loc>"
    for month, *_ in reversed(month_pages(site)):
        yield f"<loc>{escape(home)}{month.link.removesuffix('index.html')}</loc>"
    changed: dict[str, date] = {}
    for record in (*site.history.records, *site.history.notices):
        path, day = incident_path(record), record.updated.date()
        if path not in changed or changed[path] < day:
            changed[path] = day
    start = f"<loc>{escape(home)}"  # what an id is made of needs no escaping
    for path, day in sorted(changed.items()):
        yield f"{start}{path}</loc><lastmod>{day}</lastmod>"


def _xml(root: str, element: str, contents: Iterable[str]) -> bytes:
    lines = "".join(f"<{element}>{content}</{element}>\n" for content in contents)
    return f'{_DECLARATION}<{root} xmlns="{_NAMESPACE}">\n{lines}</{root}>\n'.encode()
