"""What somebody probably meant: the nearest word that we know."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

_LONGEST = 40  # nobody mistypes a longer word, and difflib's time grows with the square of it


def did_you_mean(word: str, words: Iterable[str]) -> str:
    """Return "did you mean 'impact'?", or "" where none of `words` is near."""
    near = _nearest(word, tuple(words))
    return f"did you mean '{near}'?" if near else ""


@lru_cache(maxsize=1024)  # one removed component may be named by hundreds of files
def _nearest(word: str, words: tuple[str, ...]) -> str:
    if not word or len(word) > _LONGEST:
        return ""
    known = {_folded(one): one for one in words}
    typed = _folded(word)
    if typed in known:
        return known[typed]
    from difflib import get_close_matches  # noqa: PLC0415 (3 ms that only a misspelt word pays for)

    near = get_close_matches(typed, known, n=1, cutoff=0.6)
    if near:
        return known[near[0]]
    longer = [one for one in known if one.startswith(typed)] if len(typed) > 2 else []  # noqa: PLR2004  "de" says nothing yet
    return known[longer[0]] if len(longer) == 1 else ""


def _folded(word: str) -> str:
    return word.casefold().replace("-", "_").replace(" ", "_")
