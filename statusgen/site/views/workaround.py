"""What readers can do meanwhile: the paragraph of an update that begins with 'Workaround:'."""

from __future__ import annotations

import re
from functools import lru_cache

_BETWEEN_PARAGRAPHS = re.compile(r"\n[ \t]*\n")
_COLONS = ":\N{FULLWIDTH COLON}"


def workaround_of(text: str, word: str) -> str:
    """Return the first such paragraph of a Markdown text, without the word; '' if there is none.

    `word` is the word for it in the page's language; the English one always counts. It may be bold.
    """
    beginning = _beginning(word)
    for paragraph in _BETWEEN_PARAGRAPHS.split(text):
        found = beginning.match(paragraph)
        if found:
            meanwhile = paragraph[found.end() :].strip()
            return meanwhile[:1].upper() + meanwhile[1:]  # it stands alone now
    return ""


@lru_cache(maxsize=16)
def _beginning(word: str) -> re.Pattern[str]:
    words = "|".join(map(re.escape, dict.fromkeys((word, "Workaround"))))
    colon = rf"[{_COLONS}]"
    return re.compile(
        rf"\s{{0,3}}(?:(?:{words}){colon}|\*\*(?:{words})(?:{colon}\*\*|\*\*{colon}))[ \t]*(?=\S)",
        re.IGNORECASE,
    )
