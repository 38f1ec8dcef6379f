"""What stands around every page: its name, the feeds it announces, links and the brand."""

from __future__ import annotations

import base64
import hashlib
from typing import NamedTuple

from markupsafe import Markup

from statusgen.model import Link, Place
from statusgen.site.context import Site
from statusgen.site.look.pictures import width_of
from statusgen.site.theme.assets import (
    brand_path,
    icon_of,
    inline_icon,
    own_style_of,
    own_style_path,
    script_path,
    style_of,
    style_path,
)
from statusgen.site.views.feed_links import FeedView, page_feeds
from statusgen.site.views.foreign import text_language
from statusgen.site.views.reach import general_report
from statusgen.site.words.language import Direction, LanguageView
from statusgen.site.words.script_formats import ScriptFormatsView, script_formats

_LOGO_HEIGHT = 28
"""In pixels, as header.html and style.css have it."""


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
    inline_style = style_of(site) + own_style_of(site)
    icon = icon_of(site)
    return PageView(
        name=page.name,
        description=page.description,
        url=site.home,
        language=site.language.view,
        support=page.support,
        timezone=page.timezone,
        style=style_path(site),
        icon=icon.path,
        icon_type=icon.type,
        logo=brand_path(site, brand.logo),
        logo_dark=brand_path(site, brand.logo_dark),
        logo_width=width_of(site.assets.get(brand.logo, b""), _LOGO_HEIGHT),
        inline_style=Markup(inline_style),  # noqa: S704 (no "</" is left in it)
        inline_style_hash=base64.b64encode(hashlib.sha256(inline_style.encode()).digest()).decode(),
        inline_icon=inline_icon(site),
        feeds=page_feeds(site.language),
        version=site.version,
        script=script_path(site),
        grace=page.stale_after,
        formats=script_formats(site.language.formats),
        own_style=own_style_path(site),
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
