"""The keys of `brand`: what makes the page the operator's own."""

from __future__ import annotations

from statusgen.config.components import translations_of
from statusgen.model import Brand, Link
from statusgen.reading.fields import ListOf, Shape, Values, defaulted, required
from statusgen.reading.languages import InLanguages
from statusgen.reading.scalars import TITLE
from statusgen.reading.words import COLOUR, LINK, PATH, Word

_LABEL = required("label", InLanguages(TITLE), "What readers see.")
_LINK_URL = required("url", InLanguages(LINK), "Where it leads.")


def _build_link(values: Values) -> Link | None:
    label, url = values[_LABEL], values[_LINK_URL]
    if label is None or url is None:
        return None
    return Link(label.main, url.main, translations_of(label=label, url=url))


FOOTER_LINK = Shape("a link", (_LABEL, _LINK_URL), _build_link)

_CSS_PATH = Word(
    words="the path of a stylesheet",
    pattern=rf"(?:{PATH.pattern})\.css",
    code="bad-value",
    hint="write it from the folder of config.yml, like brand/extra.css",
    example="brand/extra.css",
)
_LOGO = defaulted("logo", PATH, "An image beside the page's name.", "")
_LOGO_DARK = defaulted("logo_dark", PATH, "The same on a dark ground.", "")
_FAVICON = defaulted("favicon", PATH, "The icon of the browser's tab.", "")
ACCENT = defaulted("accent", COLOUR, "The colour of links and of the page's head.", "")
ACCENT_DARK = defaulted(
    "accent_dark",
    COLOUR,
    "The same on a dark ground; without it, the nearest colour to the accent that can be read.",
    "",
)
_STYLESHEET = defaulted(
    "stylesheet", _CSS_PATH, "A stylesheet of yours, which comes after ours.", ""
)
_LINKS = defaulted("links", ListOf(FOOTER_LINK), "Links at the foot of each page.", ())

BRAND = Shape(
    "the brand",
    (_LOGO, _LOGO_DARK, _FAVICON, ACCENT, ACCENT_DARK, _STYLESHEET, _LINKS),
    lambda values: Brand(
        logo=values[_LOGO],
        logo_dark=values[_LOGO_DARK],
        favicon=values[_FAVICON],
        accent=values[ACCENT],
        accent_dark=values[ACCENT_DARK],
        stylesheet=values[_STYLESHEET],
        links=values[_LINKS],
    ),
)
