"""Pages of text: the operator's own, and the accessibility statement that every site has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from markupsafe import Markup

from statusgen.site.context import ACCESSIBILITY, Output, Site
from statusgen.site.theme.templates import templates_of
from statusgen.site.views.foreign import text_language


class TextView(NamedTuple):
    """A page of text, with safe HTML.

    `language` is that of its words, or empty where it is the page's own.
    """

    id: str
    title: str
    description: str
    language: str
    html: Markup


def render_text_pages(site: Site) -> Iterator[Output]:
    """Yield <id>/index.html for each page of text, and accessibility/index.html in any case."""
    templates = templates_of(site)
    for page in site.pages:
        html = Markup(site.markdown(page.text))  # noqa: S704 (the callable promises safe HTML)
        view = TextView(page.id, page.title, page.description, text_language(site, page), html)
        path = f"{page.id}/index.html"
        yield path, templates.render("text.html", path, {"text": view})
    if all(page.id != ACCESSIBILITY for page in site.pages):
        path = f"{ACCESSIBILITY}/index.html"
        yield path, templates.render("accessibility.html", path, {})
