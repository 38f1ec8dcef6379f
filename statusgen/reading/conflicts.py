"""The marker lines that a merge of Git's leaves where two people changed the same lines.

A text is given behind a newline of ours, so that each of its lines has one before it. What is taken
out leaves its line empty: all others stay where they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from statusgen.problems import Location, Problem
from statusgen.reading.characters import shown

_MARKER = re.compile(r"\n(?:<{7}|\|{7}|={7}|>{7})(?=[ \n]|\Z)[^\n]*")


def has_markers(text: str) -> bool:
    """Tell, fast, whether there may be any."""
    return "\n<<<<<<<" in text or "\n>>>>>>>" in text


def marker_problems(text: str, path: str) -> Iterator[Problem]:
    """Yield what is said of each marker but the one in the middle."""
    for match in _MARKER.finditer(text):
        if match[0][1] != "=":
            message = f"{shown(match[0][1:])} is left over from a merge"
            where = Location(path, text.count("\n", 0, match.start() + 1), 1)
            hint = "keep what is right of both sides and delete the marker lines"
            yield Problem("conflict-marker", message, where, hint)


def both_sides(text: str) -> str:
    """Return the text without its markers."""
    return _MARKER.sub("\n", text)


def first_side(text: str) -> str:
    """Return the text without its markers and without what stands on their second sides.

    Where markers are missing nobody can tell the sides, and both are returned.
    """
    opening, closing = (text.count(f"\n{mark * 7}") for mark in "<>")
    if opening != closing:
        return both_sides(text)
    lines = text.split("\n")
    mark = ">"
    for number, line in enumerate(lines):
        if _MARKER.match(f"\n{line}"):
            mark = line[0]
        elif mark in "<>":
            continue
        lines[number] = ""
    return "\n".join(lines)
