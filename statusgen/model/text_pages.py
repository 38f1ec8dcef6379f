"""What a file in `pages/` says."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from statusgen.model.incidents import PUBLIC


class Place(StrEnum):
    """Where the other pages link to a page of text."""

    HEADER = "header"
    FOOTER = "footer"
    NOWHERE = "nowhere"


class TextPage(NamedTuple):
    """A page of the operator's own, such as questions and answers, in one language.

    `label` is what links to it say, and `order` its place among them.
    """

    id: str
    title: str
    language: str
    path: str = ""
    description: str = ""
    text: str = ""
    label: str = ""
    place: Place = Place.FOOTER
    order: int = 0
    audience: str = PUBLIC
