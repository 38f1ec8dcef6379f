"""The gate before headers, subjects and labels: one line, of a length that somebody can read."""

from __future__ import annotations

from statusgen.notify.forms.escaping import line_of

LONGEST = 200


def single_line(text: str, most: int = LONGEST) -> str:
    """Return a text on one line without anything that could end it, cut after `most` characters."""
    line = line_of(text[: 4 * most])
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}\N{HORIZONTAL ELLIPSIS}"
