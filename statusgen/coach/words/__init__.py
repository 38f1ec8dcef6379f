"""The words of each language that the coach knows, as data."""

from __future__ import annotations

from statusgen.coach.words.de import GERMAN
from statusgen.coach.words.en import ENGLISH
from statusgen.coach.words.ru import RUSSIAN
from statusgen.coach.words.vocabulary import Words

LANGUAGES = {words.language: words for words in (ENGLISH, GERMAN, RUSSIAN)}


def words_of(language: str) -> Words | None:
    """Return the words of a language such as `de` or `de-AT`; None if nobody has taught them."""
    return LANGUAGES.get(language.replace("_", "-").partition("-")[0].lower())
