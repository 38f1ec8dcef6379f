"""What stands around every page: its name, the feeds it announces, the stylesheet and the brand."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import PurePosixPath
from typing import NamedTuple

from markupsafe import Markup

from statusgen.model import ComponentStatus, Link, Place
from statusgen.site.accent import accent_rules, accents_of
from statusgen.site.context import Output, Site, Theme
from statusgen.site.foreign import text_language
from statusgen.site.language import N_, Direction, Language, LanguageView
from statusgen.site.pictures import width_of
from statusgen.site.reach import general_report
from statusgen.site.script_formats import ScriptFormatsView, script_formats
from statusgen.site.shapes import SHAPES, SIZE, UNKNOWN

STYLE = "style.css"
_SCRIPT = "script.js"
_ICON = "icon.svg"
_LARGEST_INLINE_ICON = 2 * 1024
_FOLDER = "assets/"
_LOGO_HEIGHT = 28
"""In pixels, as header.html and style.css have it."""

_ICON_TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".ico": "image/x-icon"}
_INCIDENTS = (N_("Incidents (%(form)s)"), N_("Incidents of %(name)s (%(form)s)"))
_UPDATES = (N_("Every update (%(form)s)"), N_("Every update of %(name)s (%(form)s)"))
_FEEDS = (
    ("application/atom+xml", _INCIDENTS, "Atom", "history.atom"),
    ("application/rss+xml", _INCIDENTS, "RSS", "history.rss"),
    ("application/atom+xml", _UPDATES, "Atom", "updates.atom"),
    ("application/rss+xml", _UPDATES, "RSS", "updates.rss"),
    ("application/feed+json", _UPDATES, "JSON Feed", "feed.json"),
)


_ICON_COLOURS: dict[str, str] = {
    ComponentStatus.OPERATIONAL: "#2a9d67",
    ComponentStatus.UNDER_MAINTENANCE: "#4f83d6",
    ComponentStatus.DEGRADED_PERFORMANCE: "#c98a12",
    ComponentStatus.PARTIAL_OUTAGE: "#e0672a",
    ComponentStatus.MAJOR_OUTAGE: "#d8404f",
    UNKNOWN: "#8b847a",
}
"""Colours that stand out from a light browser and a dark one alike."""


class FeedView(NamedTuple):
    """A feed that pages announce: its media type, its title, and its path below `home`."""

    type: str
    title: str
    path: str


class PageLanguageView(NamedTuple):
    """A page in one of the languages.

    `href` is the relative way to its file, `url` its absolute address.
    """

    code: str
    name: str
    direction: Direction
    href: str
    url: str
    is_current: bool


class PageLinkView(NamedTuple):
    """A link to a page of text: what it says, and the page's file below `home`.

    `language` is that of its words, or empty where it is the page's own.
    """

    label: str
    link: str
    language: str


class PageView(NamedTuple):
    """The status page as a whole, as each of its pages knows it.

    `url` is that of the front page and ends with a slash. `support` is the address of the company's
    own help, or empty. `style`, `icon`, `logo` and `logo_dark` are paths below the site's root; a
    logo may be missing and is empty then; `logo_width` is its width in pixels where it is 28 pixels
    high, 0 if that is not known. `inline_style` is the stylesheet's text for the pages that must do
    without other files, `inline_style_hash` what their Content-Security-Policy calls it, and
    `inline_icon` the icon as a `data:` address. `own_style` is the operator's own stylesheet below
    the site's root, or empty; `links` are for the foot; `report` is where readers report a problem,
    or empty. The links to pages of text stand in their order; `faq` is the file of the page of that
    name below `home`, or empty. `audience` is whom the site is for, and empty for the public.
    """

    name: str
    description: str
    url: str
    language: LanguageView
    support: str
    timezone: str
    style: str
    icon: str
    icon_type: str
    logo: str
    logo_dark: str
    logo_width: int
    inline_style: Markup
    inline_style_hash: str
    inline_icon: str
    feeds: tuple[FeedView, ...]
    version: str
    script: str
    grace: int
    formats: ScriptFormatsView
    own_style: str
    links: tuple[Link, ...]
    report: str
    header_pages: tuple[PageLinkView, ...]
    footer_pages: tuple[PageLinkView, ...]
    faq: str
    audience: str


def page_view(site: Site) -> PageView:
    """Return what every page knows of the whole."""
    page, brand = site.config.page, site.config.brand
    style, own_style = _style(site), _own_style(site)
    inline_style = style + own_style
    icon, icon_bytes = _icon(site)
    icon_type = _ICON_TYPES.get(PurePosixPath(icon).suffix, "image/png")
    return PageView(
        name=page.name,
        description=page.description,
        url=site.home,
        language=site.language.view,
        support=page.support,
        timezone=page.timezone,
        style=_hashed(STYLE, style.encode()),
        icon=_hashed(icon, icon_bytes),
        icon_type=icon_type,
        logo=_brand_path(site, brand.logo),
        logo_dark=_brand_path(site, brand.logo_dark),
        logo_width=width_of(site.assets.get(brand.logo, b""), _LOGO_HEIGHT),
        inline_style=Markup(inline_style),  # noqa: S704 (no "</" is left in it)
        inline_style_hash=base64.b64encode(hashlib.sha256(inline_style.encode()).digest()).decode(),
        inline_icon=_inline_icon(site, icon_type, icon_bytes),
        feeds=page_feeds(site.language),
        version=site.version,
        script=_hashed(_SCRIPT, _script(site)),
        grace=page.stale_after,
        formats=script_formats(site.language.formats),
        own_style=_hashed(brand.stylesheet, own_style.encode()) if own_style else "",
        links=brand.links,
        report=general_report(site),
        header_pages=_page_links(site, Place.HEADER),
        footer_pages=_page_links(site, Place.FOOTER),
        faq=next((f"{one.id}/index.html" for one in site.pages if one.id == "faq"), ""),
        audience="" if site.is_public else site.audience,
    )


def _page_links(site: Site, place: Place) -> tuple[PageLinkView, ...]:
    return tuple(
        PageLinkView(one.label, f"{one.id}/index.html", text_language(site, one))
        for one in site.pages
        if one.place is place
    )


def page_languages(site: Site, path: str, root: str) -> tuple[PageLanguageView, ...]:
    """Return a page in each language, the main one first; none on a page of one language.

    `path` is below the root of each language's pages, `root` the relative way to the site's.
    """
    address = path.removesuffix("index.html")
    return tuple(
        PageLanguageView(
            code=one.code,
            name=one.name,
            direction=one.direction,
            href=f"{root}{site.folder_of(one)}{path}",
            url=f"{site.url}{site.folder_of(one)}{address}",
            is_current=one.code == site.language.code,
        )
        for one in site.languages
    )


def page_feeds(language: Language, folder: str = "", about: str = "") -> tuple[FeedView, ...]:
    """Return the feeds of the whole page, or those in a component's folder."""
    return tuple(
        FeedView(
            media_type,
            language.gettext(titles[bool(about)]) % {"name": about, "form": form},
            f"{folder}{name}",
        )
        for media_type, titles, form, name in _FEEDS
    )


class IconView(NamedTuple):
    """An icon for the browser's tab: its path below the site's root and its media type."""

    path: str
    type: str


def state_icon(site: Site, state: str) -> IconView:
    """Return the icon of a page that tells a state: the brand's own only while all is well."""
    view = page_view(site)
    if state == ComponentStatus.OPERATIONAL and site.config.brand.favicon in site.assets:
        return IconView(view.icon, view.icon_type)
    name = f"{state}.svg"
    return IconView(_hashed(name, _state_icon(state)), _ICON_TYPES[".svg"])


def _state_icon(state: str) -> bytes:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-.5 -.5 {SIZE + 1} {SIZE + 1}">'
        f'<path fill="{_ICON_COLOURS[state]}" d="{SHAPES[state]}"/></svg>\n'
    ).encode()


def render_assets(site: Site) -> Iterator[Output]:
    """Yield stylesheet, script, icon and logos, each under a name that changes with it."""
    style = _style(site).encode()
    yield _hashed(STYLE, style), style
    own_style = _own_style(site).encode()
    if own_style:
        yield _hashed(site.config.brand.stylesheet, own_style), own_style
    yield _hashed(_SCRIPT, _script(site)), _script(site)
    icon, content = _icon(site)
    yield _hashed(icon, content), content
    for state in _ICON_COLOURS:
        yield _hashed(f"{state}.svg", _state_icon(state)), _state_icon(state)
    brand = site.config.brand
    for path in sorted({brand.logo, brand.logo_dark} - {"", icon}):
        if path in site.assets:
            yield _hashed(path, site.assets[path]), site.assets[path]


def theme_file(theme: Theme, name: str) -> str:
    """Return a file of the theme, the page's own before the default."""
    return theme.own[name] if name in theme.own else theme.default[name]


@lru_cache(maxsize=16)  # one for each language
def _style(site: Site) -> str:
    """Return the stylesheet with the brand's colour, safe to stand inside a `<style>` element."""
    style = theme_file(site.theme, STYLE)
    return (style + accent_rules(accents_of(site.config.brand, style))).replace("</", "<\\/")


def token_style(site: Site) -> str:
    """Return the stylesheet for those who look for its tokens, with the operator's own after it.

    A stylesheet of the page's own may leave some out, so the shipped one stands before it then.
    """
    shipped = site.theme.default[STYLE] if STYLE in site.theme.own else ""
    return shipped + _style(site) + _own_style(site)


def _own_style(site: Site) -> str:
    """Return the operator's own stylesheet, made safe like ours; empty if there is none."""
    return site.assets.get(site.config.brand.stylesheet, b"").decode().replace("</", "<\\/")


def _script(site: Site) -> bytes:
    return theme_file(site.theme, _SCRIPT).encode()


def _icon(site: Site) -> tuple[str, bytes]:
    favicon = site.config.brand.favicon
    if favicon in site.assets:
        return favicon, site.assets[favicon]
    return _ICON, theme_file(site.theme, _ICON).encode()


def _inline_icon(site: Site, media_type: str, content: bytes) -> str:
    if len(content) > _LARGEST_INLINE_ICON:
        media_type, content = _ICON_TYPES[".svg"], theme_file(site.theme, _ICON).encode()
    return f"data:{media_type};base64,{base64.b64encode(content).decode()}"


def _brand_path(site: Site, path: str) -> str:
    return _hashed(path, site.assets[path]) if path in site.assets else ""


def _hashed(name: str, content: bytes) -> str:
    """Return 'assets/style.1a2b3c4d.css' for 'style.css': a browser may keep it for ever."""
    path = PurePosixPath(name)
    return f"{_FOLDER}{path.stem}.{hashlib.sha256(content).hexdigest()[:8]}{path.suffix}"
