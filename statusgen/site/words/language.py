"""The language of a site: its words, and how it writes dates and numbers.

The source text is English, so English needs no catalogue.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from statusgen.messages import N_
from statusgen.site.words.formats import ENGLISH_FORMATS, Formats

__all__ = ["ENGLISH", "N_", "Direction", "Language", "LanguageView"]

Direction = Literal["ltr", "rtl"]


class LanguageView(NamedTuple):
    """A language as templates know it.

    `code` is what `lang` and `hreflang` say, `name` its name in its own words, `direction` is 'ltr'
    or 'rtl'.
    """

    code: str
    name: str
    direction: Direction


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """What the interface is written in.

    `code` is a BCP 47 tag such as 'pt-BR', `name` the language's own word for itself. `gettext`,
    `ngettext`, `pgettext` and `npgettext` are gettext's functions of these names; a context tells
    apart what is one word in English only.
    """

    code: str
    name: str
    direction: Direction
    gettext: Callable[[str], str]
    ngettext: Callable[[str, str, int], str]
    pgettext: Callable[[str, str], str]
    npgettext: Callable[[str, str, str, int], str]
    formats: Formats

    def counted(self, singular: str, plural: str, number: int, **values: str) -> str:
        """Return a message with `%(count)s` for a number of things: '1 incident', '3 incidents'."""
        text = self.ngettext(singular, plural, number)
        return text % {"count": self.formats.number_text(number), **values}

    @property
    def view(self) -> LanguageView:
        """The language as templates know it."""
        return LanguageView(self.code, self.name, self.direction)


ENGLISH = Language(
    code="en",
    name="English",
    direction="ltr",
    gettext=lambda message: message,
    ngettext=lambda singular, plural, number: singular if number == 1 else plural,
    pgettext=lambda _, message: message,
    npgettext=lambda _, singular, plural, number: singular if number == 1 else plural,
    formats=ENGLISH_FORMATS,
)
