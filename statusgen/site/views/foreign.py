"""Texts that a page shows in its main language, because nobody has translated them yet.

They say so to whoever reads them aloud, hyphenates them or sets them from right to left.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from markupsafe import Markup

from statusgen.model import TextPage
from statusgen.site.context import Site
from statusgen.timeline.record import Record


def language_of(site: Site, text: str, foreign: Collection[str]) -> str:
    """Return the language of a text that is among the foreign ones; '' if it is the page's own."""
    return site.languages[0].code if text in foreign else ""


def title_language(site: Site, record: Record) -> str:
    """Return the language of a record's title; '' if it is the page's own."""
    return language_of(site, record.title, record.incident.foreign)


def text_language(site: Site, page: TextPage) -> str:
    """Return the language of a page of text; '' if it is the site's own."""
    return "" if page.language == site.language.code else page.language


def lang_writer(site: Site) -> Callable[[str], Markup]:
    """Return the writer of the attributes of an element whose text is in a language."""
    written = {
        one.code: Markup(f' lang="{one.code}" dir="{one.direction}"')  # noqa: S704 (codes and two words)
        for one in site.languages
    }
    return lambda language: written[language] if language else Markup()


def marked(site: Site, html: str, language: str) -> Markup:
    """Return safe HTML with the language that it is in, if that is not the page's own."""
    if not language:
        return Markup(html)  # noqa: S704 (the caller's is safe)
    return Markup(f"<div{lang_writer(site)(language)}>{html}</div>")  # noqa: S704 (as above)
