"""What a paragraph is made of before it becomes elements."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from statusgen.site.markdown.emphasis import Run


class Break(NamedTuple):
    """A hard line break."""


class Link(NamedTuple):
    """A link around pieces; without a URL the pieces stand alone."""

    url: str
    title: str
    pieces: list[Piece]


class Code(NamedTuple):
    """A code span."""

    text: str


Piece: TypeAlias = "str | Run | Break | Link | Code"


def words_of(pieces: list[Piece]) -> str:
    """Return the words of some pieces: what stands for an image."""
    words = []
    for piece in pieces:
        if isinstance(piece, str):
            words.append(piece)
        elif isinstance(piece, Run):
            words.append(piece.mark * piece.count)
        elif isinstance(piece, Code):
            words.append(piece.text)
        elif isinstance(piece, Link):
            words.append(words_of(piece.pieces))
        else:
            words.append("\n")
    return "".join(words)
