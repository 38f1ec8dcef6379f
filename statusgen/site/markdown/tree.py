"""From blocks to elements: headings nest under the page's, tight lists have no paragraphs."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from statusgen.site.markdown.block import Block
from statusgen.site.markdown.guard import MOST_CELLS, BlockProblem, excess_of, too_much
from statusgen.site.markdown.inline import add_inline, markup_text
from statusgen.site.markdown.references import References, take_definitions
from statusgen.site.markdown.tables import cells_of

HIGHEST_HEADING = 3
"""A text stands under the title of its page and the heading of its update."""

_TASK = re.compile(r"\[([ xX])\](?=[ \t]+[^ \t])")


class Tree:
    """Makes the elements of one text."""

    def __init__(self, references: References, problems: list[BlockProblem]) -> None:
        self._references = references
        self._problems = problems

    def build(self, blocks: list[Block]) -> Element:
        """Return a `div` with an element for each block, one on a line."""
        self._define(blocks)
        root = Element("div")
        for block in blocks:
            self._add(root, block, is_tight=False)
        for element in root:
            element.tail = "\n"
        return root

    def _define(self, blocks: list[Block]) -> None:
        """Take the link definitions out of the paragraphs, so that a link may stand before them."""
        has_empty = False
        for block in blocks:
            if block.kind == "paragraph" and block.lines[0].startswith("["):
                block.lines = take_definitions(block.lines, self._references)
                has_empty = has_empty or not block.lines
            elif block.children:
                self._define(block.children)
        if has_empty:
            blocks[:] = [block for block in blocks if block.kind != "paragraph" or block.lines]

    def _add(self, parent: Element, block: Block, *, is_tight: bool) -> None:
        match block.kind:
            case "paragraph":
                self._add_text(_paragraph(parent, is_tight=is_tight), block)
            case "heading":
                level = max(block.level, HIGHEST_HEADING)
                self._add_text(SubElement(parent, f"h{level}"), block)
            case "fence" | "code":
                _add_code(parent, block)
            case "rule":
                SubElement(parent, "hr")
            case "table":
                self._add_table(parent, block)
            case "comment":
                _add_rest_of_comment(parent, block)
            case "list":
                self._add_list(parent, block)
            case "quote" | "item":
                quote = SubElement(parent, "blockquote")
                for child in block.children:
                    self._add(quote, child, is_tight=False)

    def _add_text(self, element: Element, block: Block) -> None:
        text = "\n".join(block.lines).rstrip(" \t")
        self._add_inline(element, text, block.start)

    def _add_inline(self, element: Element, text: str, line: int) -> None:
        excess = excess_of(text)
        if excess:
            self._problems.append(too_much(line, excess))
            element.text = markup_text(text)
        else:
            add_inline(element, text, self._references)

    def _add_list(self, parent: Element, block: Block) -> None:
        is_ordered = block.mark in {".", ")"}
        element = SubElement(parent, "ol" if is_ordered else "ul")
        if is_ordered and block.number != 1:
            element.set("start", str(block.number))
        is_tight = not block.is_loose()
        for item in block.children:
            _tick(item)
            entry = SubElement(element, "li")
            for child in item.children:
                self._add(entry, child, is_tight=is_tight)

    def _add_table(self, parent: Element, block: Block) -> None:
        if len(block.alignments) * len(block.lines) > MOST_CELLS:
            excess = f"more than {MOST_CELLS} cells"
            self._problems.append(too_much(block.start, excess))
            SubElement(parent, "p").text = markup_text("\n".join(block.lines))
            return
        table = SubElement(parent, "table")
        self._add_row(SubElement(table, "thead"), "th", block, 0)
        if len(block.lines) > 1:
            body = SubElement(table, "tbody")
            for place in range(1, len(block.lines)):
                self._add_row(body, "td", block, place)

    def _add_row(self, parent: Element, tag: str, block: Block, place: int) -> None:
        row = SubElement(parent, "tr")
        cells = cells_of(block.lines[place])
        for column, alignment in enumerate(block.alignments):
            cell = SubElement(row, tag)
            if alignment:
                cell.set("class", f"align-{alignment}")
            if column < len(cells):
                line = block.start + place + (1 if place else 0)
                self._add_inline(cell, cells[column], line)


def _paragraph(parent: Element, *, is_tight: bool) -> Element:
    element = SubElement(parent, "p")
    if is_tight:
        # An element without a name leaves no tag behind, only what is in it.
        element.tag = None  # type: ignore[assignment]  # Python-Markdown's own convention
    return element


def _tick(item: Block) -> None:
    """Show a task's checkbox as a character; a page that nobody fills in needs no form."""
    first = item.children[0] if item.children else None
    if first is None or first.kind not in {"paragraph", "heading"} or not first.lines:
        return
    if first.kind == "heading" and first.start == first.end:  # `- # [x] a` is no task
        return
    match = _TASK.match(first.lines[0])
    if match:
        box = "☐" if match[1] == " " else "☑"
        first.lines[0] = f"{box}{first.lines[0][match.end() :]}"


def _add_code(parent: Element, block: Block) -> None:
    lines = block.lines
    if block.kind == "code":
        while lines and not lines[-1].strip(" "):
            lines.pop()
    code = SubElement(SubElement(parent, "pre"), "code")
    code.text = markup_text("".join(f"{line}\n" for line in lines))


def _add_rest_of_comment(parent: Element, block: Block) -> None:
    """Add what stands behind a comment in its last line; GitHub shows it without formatting."""
    rest = "".join(block.lines).strip(" \t")
    if rest:
        SubElement(parent, "p").text = markup_text(rest)
