"""sitemap.xml: every page that a search engine should know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from statusgen.site.context import Output, Site, component_path, incident_path

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
    history = site.history
    planned = {record.id for record in history.upcoming}
    for path in _FIXED:
        yield f"<loc>{escape(home + path)}</loc>"
    for page in site.pages:
        if f"{page.id}/" not in _FIXED:
            yield f"<loc>{escape(home + page.id)}/</loc>"
    for component in site.config.components:
        yield f"<loc>{escape(home + component_path(component.id))}</loc>"
    months = set()
    changed: dict[str, str] = {}
    for record in (*history.records, *history.notices):
        path = incident_path(record)
        changed[path] = max(changed.get(path, ""), record.updated.isoformat()[:10])
        if record.id not in planned:
            months.add(record.started.astimezone(site.zone).isoformat()[:7])
    for month in sorted(months):
        yield f"<loc>{escape(home)}history/{month}/</loc>"
    for path in sorted(changed):
        yield f"<loc>{escape(home + path)}</loc><lastmod>{changed[path]}</lastmod>"


def _xml(root: str, element: str, contents: Iterable[str]) -> bytes:
    lines = "".join(f"<{element}>{content}</{element}>\n" for content in contents)
    return f'{_DECLARATION}<{root} xmlns="{_NAMESPACE}">\n{lines}</{root}>\n'.encode()
