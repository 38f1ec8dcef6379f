"""A file as lines with their endings, and a new one that grows from kept and from new lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")


def lines_of(text: str) -> list[str]:
    """Return the lines of a text, each with its ending."""
    return _LINE.findall(text)


def is_blank(line: str) -> bool:
    """Tell whether a line is blank to Markdown: one of other spaces than ours is text."""
    return not line.strip(" \t\r\n")


def ending_of(lines: Iterable[str]) -> str:
    """Return how the first line ends; a file without any newline gets plain ones."""
    first = next(iter(lines), "")
    ending = first[len(first.rstrip("\r\n")) :]
    return ending or "\n"


class Growing:
    """The lines of a new text."""

    def __init__(self, ending: str) -> None:
        self._ending = ending
        self._pieces: list[str] = []

    def keep(self, lines: Sequence[str]) -> None:
        """Add lines as typed."""
        self._pieces += lines

    def add(self, text: str) -> None:
        """Add new lines, which end in newlines."""
        self._end_line()
        self._pieces += [line + self._ending for line in text.split("\n")[:-1]]

    def separate(self) -> None:
        """Make sure that a blank line stands last."""
        self._end_line()
        if self._pieces and not is_blank(self._pieces[-1]):
            self._pieces.append(self._ending)

    def text(self) -> str:
        return "".join(self._pieces)

    def _end_line(self) -> None:
        if self._pieces and not self._pieces[-1].endswith(("\n", "\r")):
            self._pieces[-1] += self._ending
