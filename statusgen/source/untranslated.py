"""Warns of languages of a page that its interface is not translated into."""

from __future__ import annotations

from collections.abc import Sequence

from statusgen.languages.catalogues import missing_catalogues, translated_languages
from statusgen.problems import Problem, Severity
from statusgen.site.words.language import ENGLISH
from statusgen.source.places import place_in_config


def untranslated(root: str, codes: Sequence[str]) -> list[Problem]:
    """Return a warning for each of a page's languages in which the interface stays English."""
    missing = missing_catalogues(codes)
    if not missing:
        return []
    hint = f"it is translated into {ENGLISH.formats.list_text(translated_languages())}"
    return [
        Problem(
            "no-catalogue",
            f"the page's interface is not translated into '{code}', and stays English there",
            place_in_config(root, "page", "languages", codes.index(code)),
            hint,
            Severity.WARNING,
        )
        for code in missing
    ]
