"""Finds the text of the playbook that a writer asks for."""

from __future__ import annotations

from collections.abc import Sequence

from statusgen.model import PlaybookText
from statusgen.reading.characters import shown
from statusgen.reading.suggest import did_you_mean


class NoSuchTextError(LookupError):
    """No text, or more than one, is meant; the message says so and lists what there is."""


def choose(texts: Sequence[PlaybookText], asked: str, language: str) -> PlaybookText:
    """Return the text with a name or the one whose name begins so, in a language if there is one.

    Without one in that language it is the original's.

    Raises:
        NoSuchTextError: The playbook has none or several of that name.

    """
    names = sorted({text.name for text in texts})
    meant = [asked] if asked in names else [one for one in names if one.startswith(asked)]
    if not asked or len(meant) != 1:
        raise NoSuchTextError(_explain(asked, meant if asked else [], names))
    own = [text for text in texts if text.name == meant[0]]
    return next((text for text in own if text.language == language), own[0])


def _explain(asked: str, meant: Sequence[str], names: Sequence[str]) -> str:
    if not names:
        return "The playbook is empty: 'statusgen playbook --add en' brings texts in English."
    if meant:
        return f"Several texts of the playbook begin with {shown(asked)}: {', '.join(meant)}."
    hint = did_you_mean(asked, names)
    near = f" {hint[0].upper()}{hint[1:]}" if hint else ""
    return f"The playbook has no text {shown(asked)}.{near} There are: {', '.join(names)}."
