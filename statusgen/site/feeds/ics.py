"""iCalendar as RFC 5545 wants it written: texts escaped, long lines folded, CRLF after each.

A library that does it costs every build more time than all else that calendars take; one that reads
it says in the tests whether this is right.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from statusgen.site.words.times import rfc3339

_MOST_OCTETS = 74
"""Of a line's piece; with the space before it, a piece that continues one has 75, the limit."""


def ics_text(text: str) -> str:
    """Return a text as a value (RFC 5545, section 3.3.11); its line breaks cannot end a line."""
    return (
        text.replace("\\", "\\\\")
        .replace(";", "\\;")
        .replace(",", "\\,")
        .replace("\r\n", "\\n")
        .replace("\n", "\\n")
        .replace("\r", "\\n")
    )


def ics_moment(moment: datetime) -> str:
    """Return a moment in UTC as a value: 20261121T100500Z."""
    return rfc3339(moment).replace("-", "").replace(":", "")


def ics_lines(properties: Iterable[tuple[str, str]]) -> bytes:
    """Return properties, names with their parameters and values, as lines."""
    lines = [_folded(f"{name}:{value}") for name, value in properties]
    return "".join([f"{line}\r\n" for line in lines]).encode()


def _folded(line: str) -> str:
    """Return a line in pieces, of which none ends in the middle of a character or an escape."""
    if line.isascii() and len(line) <= _MOST_OCTETS:
        return line
    pieces = []
    rest = line
    while len(octets := rest.encode()) > _MOST_OCTETS:
        piece = octets[:_MOST_OCTETS].decode(errors="ignore")
        if piece[-1] in "\\^":
            piece = piece[:-1]
        pieces.append(piece)
        rest = rest[len(piece) :]
    return "\r\n ".join([*pieces, rest])
