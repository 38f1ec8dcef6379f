"""The block structure of a text as GitHub sees it: CommonMark's algorithm, line by line.

Python-Markdown's own block parser cannot be taught it: it splits at blank lines first, and so sees
no list straight after a paragraph, no nesting by two spaces and no fence inside an item.

Each line first continues as many of the open quotes and items as it can, then may start new
blocks, and what is left of it goes to the open leaf: a paragraph, code, a table or a comment.
"""

from __future__ import annotations

import re
from typing import Final

from statusgen.site.markdown.block import Block, Kind
from statusgen.site.markdown.guard import DEEPEST, BlockProblem, too_deep, unclosed_comment
from statusgen.site.markdown.references import References, take_definitions
from statusgen.site.markdown.tables import alignments_of, cells_of

_TAB_PREFIX = re.compile(r"[ \t>*+\-0-9.)]*")
_HEADING = re.compile(r"(#{1,6})(?:[ \t]+|$)")
_HEADING_END = re.compile(r"(?:^|[ \t]+)#+[ \t]*$")
_FENCE = re.compile(r"(`{3,})[^`]*$|(~{3,})")
_MARKER = re.compile(r"([*+\-]|([0-9]{1,9})([.)]))( +|$)")
_STARTERS: Final = frozenset("#>`~<*+-_=:|0123456789")
_RULE_MARKS: Final = frozenset("*-_")
_CODE_INDENT = 4


class Reader:
    """Reads lines into blocks; one use, one text."""

    def __init__(self, references: References, problems: list[BlockProblem]) -> None:
        self.top = Block("quote", 0)
        self.references = references
        self.problems = problems
        self._containers: list[Block] = []  # the open quotes and items, outermost first
        self._leaf: Block | None = None  # the open leaf of the innermost of them
        self._number = 0

    def read(self, lines: list[str]) -> list[Block]:
        """Return the blocks at the top level."""
        for self._number, line in enumerate(lines):
            self._read_line(_without_tabs(line) if "\t" in line and not self._in_fence() else line)
        self._close_to(0)
        return self.top.children

    def _in_fence(self) -> bool:
        """Tell whether the next line is code as it stands, tabs and all."""
        leaf = self._leaf
        return leaf is not None and leaf.kind == "fence" and not self._containers

    # ── one line ──────────────────────────────────────────────────────────────────────────────

    def _read_line(self, line: str) -> None:
        depth, rest = self._continue_containers(line) if self._containers else (0, line)
        leaf = self._leaf
        if depth < len(self._containers):
            if leaf is None or leaf.kind != "paragraph" or not rest.strip(" "):
                self._close_to(depth)
        elif leaf is not None and self._continue_leaf(leaf, rest):
            return
        depth, rest = self._start_blocks(depth, rest)
        self._add_text(rest, depth)

    def _continue_containers(self, line: str) -> tuple[int, str]:
        """Return how many of the open containers the line continues, and what is left of it."""
        rest = line
        for depth, container in enumerate(self._containers):
            text = rest.lstrip(" ")
            indent = len(rest) - len(text)
            if container.kind == "quote":
                if not text.startswith(">") or indent >= _CODE_INDENT:
                    return depth, rest
                rest = text[2:] if text.startswith("> ") else text[1:]
                container.end = self._number
            elif not text:
                if not container.children:
                    return depth, rest
            elif indent >= container.width:
                rest = rest[container.width :]
            else:
                return depth, rest
        return len(self._containers), rest

    def _continue_leaf(self, leaf: Block, rest: str) -> bool:
        """Let the open leaf take the line if nothing could start in it; tell whether it did."""
        text = rest.lstrip(" ")
        match leaf.kind:
            case "fence":
                self._continue_fence(leaf, rest, text)
                return True
            case "comment":
                self._continue_comment(leaf, rest)
                return True
            case "code":
                if text and len(rest) - len(text) < _CODE_INDENT:
                    self._leaf = None
                    return False
                leaf.lines.append(rest[_CODE_INDENT:])
                if text:
                    leaf.end = self._number
                return True
            case _:
                if not text:
                    self._leaf = None
                return not text

    def _continue_fence(self, fence: Block, rest: str, text: str) -> None:
        fence.end = self._number
        indent = len(rest) - len(text)
        if (
            indent < _CODE_INDENT
            and text.startswith(fence.mark)
            and not text.strip(" ").strip(fence.mark[0])
        ):
            self._leaf = None
        else:
            fence.lines.append(rest[min(indent, fence.width) :])

    def _continue_comment(self, comment: Block, rest: str) -> None:
        comment.end = self._number
        _, closed, after = rest.partition("-->")
        if closed:
            comment.lines.append(after)
            self._leaf = None

    # ── what starts in a line ─────────────────────────────────────────────────────────────────

    def _start_blocks(self, depth: int, rest: str) -> tuple[int, str]:
        """Start the containers, and at most one leaf, with which the rest of the line begins.

        Returns the depth reached, and what is left of the line.
        """
        while text := rest.lstrip(" "):
            indent = len(rest) - len(text)
            if indent >= _CODE_INDENT:
                return depth, "" if self._start_code(depth, rest) else rest
            if text[0] not in _STARTERS:
                return depth, rest
            if self._start_leaf(depth, indent, text):
                return depth, ""
            after = self._start_container(depth, indent, text)
            if after is None:
                return depth, "" if self._start_table(depth, text) else rest
            depth, rest = depth + 1, after
        return depth, ""

    def _start_code(self, depth: int, rest: str) -> bool:
        if self._leaf is not None and self._leaf.kind == "paragraph":
            return False
        self._add("code", depth).lines.append(rest[_CODE_INDENT:])
        return True

    def _start_container(self, depth: int, indent: int, text: str) -> str | None:
        """Open the quote or item that the line begins with; return what follows its marker."""
        if text[0] != ">":
            return self._start_item(depth, indent, text)
        if self._open("quote", depth) is None:
            return None
        return text[2:] if text.startswith("> ") else text[1:]

    def _start_leaf(self, depth: int, indent: int, text: str) -> bool:
        first = text[0]
        if first == "#":
            return self._start_heading(depth, text)
        if first in "`~":
            return self._start_fence(depth, indent, text)
        if first == "<":
            return text.startswith("<!--") and self._start_comment(depth, text)
        if first in "=-" and self._underline(depth, text):
            return True
        if first in _RULE_MARKS and _is_rule(text):
            self._add("rule", depth)
            self._leaf = None
            return True
        return False

    def _start_heading(self, depth: int, text: str) -> bool:
        match = _HEADING.match(text)
        if match is None:
            return False
        heading = self._add("heading", depth)
        heading.level = len(match[1])
        heading.lines.append(_HEADING_END.sub("", text[match.end() :].rstrip(" \t")))
        self._leaf = None
        return True

    def _start_fence(self, depth: int, indent: int, text: str) -> bool:
        match = _FENCE.match(text)
        if match is None:
            return False
        fence = self._add("fence", depth)
        fence.mark = match[1] or match[2]
        fence.width = indent
        return True

    def _start_comment(self, depth: int, text: str) -> bool:
        comment = self._add("comment", depth)
        self._continue_comment(comment, text[2:])  # "<!-->" is a whole comment
        return True

    def _underline(self, depth: int, text: str) -> bool:
        """Make the open paragraph a heading if the line underlines it."""
        paragraph = self._paragraph(depth)
        line = text.rstrip(" \t")
        if paragraph is None or line.strip(line[0]):
            return False
        if paragraph.lines[0].startswith("["):
            paragraph.lines = take_definitions(paragraph.lines, self.references)
            if not paragraph.lines:  # nothing to underline: the line itself is the text
                paragraph.lines.append(text)
                paragraph.start = paragraph.end = self._number
                return True
        paragraph.kind = "heading"
        paragraph.level = 1 if line[0] == "=" else 2
        paragraph.end = self._number
        self._leaf = None
        return True

    def _start_item(self, depth: int, indent: int, text: str) -> str | None:
        match = _MARKER.match(text)
        if match is None:
            return None
        is_blank = match.end() == len(text)
        if (is_blank or match[2] not in {None, "1"}) and self._paragraph(depth):
            return None  # it would tear a paragraph apart
        item = self._open("item", depth, match[3] or match[1], int(match[2] or 1))
        if item is None:
            return None
        spaces = len(match[4])
        padding = 1 if is_blank or spaces > _CODE_INDENT else spaces
        item.width = indent + len(match[1]) + padding
        return text[len(match[1]) + padding :]

    def _start_table(self, depth: int, text: str) -> bool:
        """Make the open paragraph's last line a table's head if this line is its delimiter row."""
        paragraph = self._paragraph(depth)
        if paragraph is None or text[0] not in "|-:":
            return False
        alignments = alignments_of(text)
        head = paragraph.lines[-1]
        if not alignments or len(cells_of(head)) != len(alignments):
            return False
        start = paragraph.end
        if len(paragraph.lines) == 1:
            self._siblings().pop()
        else:
            paragraph.lines.pop()
            paragraph.end -= 1
        table = self._add("table", depth)
        table.start = table.end = start  # GitHub does not count the delimiter row
        table.alignments = alignments
        table.lines.append(head)
        return True

    # ── the tree ──────────────────────────────────────────────────────────────────────────────

    def _paragraph(self, depth: int) -> Block | None:
        """Return the open paragraph if the line stands in it, in all of its containers."""
        leaf = self._leaf
        if leaf is None or leaf.kind != "paragraph" or depth < len(self._containers):
            return None
        return leaf

    def _siblings(self) -> list[Block]:
        """Return the blocks of the innermost open container."""
        return (self._containers[-1] if self._containers else self.top).children

    def _close_to(self, depth: int) -> None:
        """Close the containers from `depth` on, and the leaf."""
        if self._leaf is not None and self._leaf.kind == "comment":
            self.problems.append(unclosed_comment(self._leaf.start))
        del self._containers[depth:]
        self._leaf = None

    def _add(self, kind: Kind, depth: int) -> Block:
        """Add a leaf to the container at `depth`; what was open inside that is closed."""
        self._close_to(depth)
        block = Block(kind, self._number)
        self._siblings().append(block)
        self._leaf = block
        return block

    def _open(self, kind: Kind, depth: int, mark: str = "", number: int = 1) -> Block | None:
        """Open a quote or an item in the container at `depth`; None if that is too deep."""
        if depth >= DEEPEST:
            if not self.problems or self.problems[-1] != too_deep(self._number):
                self.problems.append(too_deep(self._number))
            return None
        self._close_to(depth)
        siblings = self._siblings()
        if kind == "item":
            last = siblings[-1] if siblings else None
            if last is None or last.kind != "list" or last.mark != mark:
                last = Block("list", self._number)
                last.mark, last.number = mark, number
                siblings.append(last)
            siblings = last.children
        block = Block(kind, self._number)
        siblings.append(block)
        self._containers.append(block)
        return block

    def _add_text(self, rest: str, depth: int) -> None:
        """Add what is left of a line to the open paragraph or table, or start a paragraph."""
        text = rest.lstrip(" \t")
        if not text:
            return
        leaf = self._leaf
        if leaf is None:
            leaf = self._add("paragraph", depth)
        leaf.lines.append(text)
        leaf.end = self._number


def _without_tabs(line: str) -> str:
    """Return the line with the tabs before its text as spaces, and nothing if it is blank."""
    if not line.strip(" \t"):
        return ""
    match = _TAB_PREFIX.match(line)
    return line[: match.end()].expandtabs(_CODE_INDENT) + line[match.end() :] if match else line


def _is_rule(text: str) -> bool:
    marks = text.replace(" ", "").replace("\t", "")
    return len(marks) >= 3 and not marks.strip(marks[0])  # noqa: PLR2004 (three make a rule)
