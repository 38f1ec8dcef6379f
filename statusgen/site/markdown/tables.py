"""Tables: rows into cells, and what the delimiter row says of each column."""

from __future__ import annotations

import re
from typing import TypeAlias

Alignments: TypeAlias = tuple[str, ...]  # "", "left", "center" or "right" for each column

_DELIMITER_ROW = re.compile(
    r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*",
)
_CELL = re.compile(r"(?:[^|\\]|\\.|\\$)*")
_ALIGNMENTS = {(False, False): "", (True, False): "left", (True, True): "center"}
_ALIGNMENTS |= {(False, True): "right"}


def alignments_of(text: str) -> Alignments:
    """Return what a delimiter row (`| :-- | --: |`) says; nothing if it is none."""
    if _DELIMITER_ROW.fullmatch(text) is None:
        return ()
    return tuple(
        _ALIGNMENTS[cell.startswith(":"), cell.endswith(":")]
        for cell in text.strip(" \t|").replace(" ", "").replace("\t", "").split("|")
    )


def cells_of(row: str) -> list[str]:
    r"""Split a row at its pipes; in a cell `\|` is a pipe, even in code."""
    row = row.strip(" \t")
    place = 1 if row.startswith("|") else 0
    cells = []
    while place < len(row):
        match = _CELL.match(row, place)
        end = match.end() if match else place
        cells.append(row[place:end].strip(" \t").replace("\\|", "|"))
        place = end + 1
    return cells
