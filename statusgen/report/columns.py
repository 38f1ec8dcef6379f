"""Text in columns of a terminal, where some letters are two wide and some none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from unicodedata import category, east_asian_width

_ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"
_BLANKS = re.compile(r"[ \t\r\n]+")  # a no-break space is none
_NO_WIDTH = frozenset({"Mn", "Me", "Cf", "Cc"})


def width(text: str) -> int:
    """Return how many columns a text takes."""
    return sum(map(_width, text))


def cut(text: str, columns: int) -> str:
    """Return a text that takes so many columns at most, with an ellipsis where it was longer."""
    if width(text) <= columns:
        return text
    taken, kept = 1, []
    for letter in text:
        taken += _width(letter)
        if taken > columns:
            break
        kept.append(letter)
    return "".join(kept).rstrip() + _ELLIPSIS


def padded(text: str, columns: int) -> str:
    """Return a text with blanks after it, up to so many columns."""
    return text + " " * (columns - width(text))


def wrapped(text: str, columns: int) -> list[str]:
    """Return a text in lines of so many columns at most, broken between words where it can be."""
    lines: list[str] = []
    line = ""
    for word in _BLANKS.split(text.strip()):
        joined = f"{line} {word}" if line else word
        if width(joined) <= columns:
            line = joined
            continue
        if line:
            lines.append(line)
        line = word
        while width(line) > columns:
            part = cut(line, columns + 1).removesuffix(_ELLIPSIS)
            lines.append(part)
            line = line[len(part) :]
    return [*lines, line] if line else lines


def aligned(rows: Sequence[Sequence[str]], most: int) -> list[str]:
    """Return rows as lines whose cells stand below each other; the first takes `most` columns."""
    if not rows:
        return []
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    widths[0] = min(widths[0], most)
    return [
        "  ".join(
            padded(cut(cell, columns), columns) for cell, columns in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]


def _width(letter: str) -> int:
    if category(letter) in _NO_WIDTH:
        return 0
    return 2 if east_asian_width(letter) in "WF" else 1
