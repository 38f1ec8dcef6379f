"""What the clock says of maintenance, in the language of a site."""

from __future__ import annotations

from statusgen.site.words.language import Language
from statusgen.timeline.maintenance import ENGLISH_TEXTS, ClockTexts


def clock_texts(language: Language) -> ClockTexts:
    """Return the texts of the updates that nobody has written."""
    return ClockTexts(*map(language.gettext, ENGLISH_TEXTS))
