"""What the lines of a text are read into."""

from __future__ import annotations

from itertools import pairwise
from typing import Literal, TypeAlias

from statusgen.site.markdown.tables import Alignments

Kind: TypeAlias = Literal[
    "quote",
    "list",
    "item",
    "paragraph",
    "heading",
    "rule",
    "fence",
    "code",
    "table",
    "comment",
]
"""What a block is: one that holds others, or a leaf."""


class Block:
    """One block while the text is read.

    `start` and `end` are the numbers of its first and last line. `lines` are a leaf's texts,
    without what belongs to the containers. `level` is a heading's; `mark` a list's bullet or
    delimiter, or a fence; `number` a list's first one; `width` the columns by which an item's
    content is indented.
    """

    __slots__ = (
        "alignments",
        "children",
        "end",
        "kind",
        "level",
        "lines",
        "mark",
        "number",
        "start",
        "width",
    )

    def __init__(self, kind: Kind, start: int) -> None:
        self.kind = kind
        self.start = self.end = start
        self.children: list[Block] = []
        self.lines: list[str] = []
        self.level = 0
        self.mark = ""
        self.number = 1
        self.width = 0
        self.alignments: Alignments = ()

    def ends_with_rule(self) -> bool:
        """Tell whether a rule ends the block; GitHub does not see a blank line after one."""
        last = self
        while last.children:
            last = last.children[-1]
        return last.kind == "rule"

    def last_line(self) -> int:
        """Return the number of the last line that is not a blank one after the block."""
        last = self
        end = last.end
        while last.children:
            last = last.children[-1]
            end = max(end, last.end)
        return end

    def is_loose(self) -> bool:
        """Tell whether blank lines stand between a list's items or between their blocks."""
        return _has_gap(self.children) or any(_has_gap(item.children) for item in self.children)


def _has_gap(blocks: list[Block]) -> bool:
    return len(blocks) > 1 and any(
        after.start > before.last_line() + 1 and not before.ends_with_rule()
        for before, after in pairwise(blocks)
    )
