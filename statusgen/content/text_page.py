"""A page of text: a file below `pages/` into a `TextPage`, and every problem on the way."""

from __future__ import annotations

from statusgen.content.collector import Collector
from statusgen.content.document import front_and_body
from statusgen.content.front_matter import AUDIENCE, audience_said
from statusgen.content.internal import text_for
from statusgen.content.limits import limited, read_text
from statusgen.content.plain_front import values_of
from statusgen.content.texts import normal_text
from statusgen.model import PUBLIC, Place, TextPage
from statusgen.problems import Location, Problem
from statusgen.reading.fields import (
    Field,
    Schema,
    Shape,
    Values,
    defaulted,
    optional,
    required,
)
from statusgen.reading.nodes import parse_yaml
from statusgen.reading.scalars import LINE, TITLE, Choice, Int
from statusgen.reading.schema import schema_document

_TITLE = required("title", TITLE, "The heading of the page.")
_DESCRIPTION = defaulted(
    "description", LINE, "What it is about, for search engines, in a sentence.", ""
)
_LABEL = defaulted("label", LINE, "What links to it say, if not its title.", "")
_PLACE: Field[Place] = defaulted(
    "place", Choice(*Place), "Where the other pages link to it.", Place.FOOTER
)
_ORDER = defaulted("order", Int(0, 1000), "Its place among such links, the lowest first.", 0)
NAV: Shape[Values] = Shape("navigation", (_LABEL, _PLACE, _ORDER), lambda values: values)
_NAV = optional("nav", NAV, "How the other pages link to it.")
TEXT_PAGE: Shape[Values] = Shape(
    "front matter", (_TITLE, _DESCRIPTION, _NAV, AUDIENCE), lambda values: values
)


def text_page_schema() -> Schema:
    """Return the JSON Schema (draft-07) of a page's front matter."""
    doc = "The front matter of a page of text."
    return schema_document(TEXT_PAGE, title="Page", doc=doc)


def parse_text_page(
    path: str,
    raw: bytes,
    page_id: str,
    language: str,
    audience: str = PUBLIC,
) -> tuple[TextPage, tuple[Problem, ...]]:
    """Read a page of text in a language as an audience may; what cannot be read is left out."""
    problems = Collector(path)
    text = text_for(audience, read_text(raw, problems), problems)
    yaml, first_line, body = front_and_body(text, problems)
    node, faults = parse_yaml(yaml, path, first_line)
    problems.add(*faults)
    values = values_of(TEXT_PAGE, node, Location(path, first_line, 1), problems)
    title = values[_TITLE] or page_id.replace("-", " ").capitalize()
    nav = values[_NAV]
    page = TextPage(
        id=page_id,
        title=title,
        language=language,
        path=path,
        description=values[_DESCRIPTION],
        text=limited(normal_text(body), problems),
        label=(nav and nav[_LABEL]) or title,
        place=nav[_PLACE] if nav else Place.FOOTER,
        order=nav[_ORDER] if nav else 0,
        audience=values[AUDIENCE] if values.has(AUDIENCE) else audience_said(yaml),
    )
    return page, problems.all()
