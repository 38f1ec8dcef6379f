"""Writes the tree of an HTML body as Markdown.

The words and the link targets come first: emphasis is written only where every Markdown reader
takes it for emphasis, and an element that Markdown has no word for leaves its text behind.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from statusgen.migrate.statuspage.html_tree import Element, is_html, parse_html
from statusgen.site.markdown import escape_text

_EMPHASIS = {
    "strong": "**",
    "b": "**",
    "em": "_",
    "i": "_",
    "del": "~~",
    "s": "~~",
    "strike": "~~",
}
_CODE = frozenset({"code", "kbd", "samp", "tt"})
_LISTS = frozenset({"ul", "ol"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CELLS = frozenset({"td", "th"})
_NO_PLACE_FOR_LINKS = re.compile(r"(?:javascript|vbscript|data)\s*:", re.IGNORECASE)
_URL_ESCAPES = {ord(character): f"%{ord(character):02X}" for character in "()<>\\\"' `|"}


class Converted(NamedTuple):
    """Markdown, and what of the HTML is not in it."""

    text: str
    left_out: tuple[str, ...]


def to_markdown(body: str) -> Converted:
    """Return a body as Markdown: HTML translated, plain text escaped where it needs it."""
    if not is_html(body):
        return Converted(escape_text(body), ())
    tree, unseen = parse_html(body)
    writer = _Writer(_sentinel(body))
    text = "\n\n".join(writer.blocks(tree.children))
    return Converted(text, (*unseen, *writer.left_out))


class _Mark(NamedTuple):
    """Markdown between the texts; an emphasis is two marks with one `pair` number."""

    text: str
    kind: str = "raw"
    pair: int = 0


_Piece = str | _Mark


class _Writer:
    """Turns trees into Markdown; `sentinel` is a character that the body does not have."""

    def __init__(self, sentinel: str) -> None:
        self.sentinel = sentinel
        self.left_out: list[str] = []
        self._pairs = 0

    # ── blocks ────────────────────────────────────────────────────────────────────────────────

    def blocks(self, nodes: Sequence[Element | str]) -> list[str]:
        """Return the blocks that the nodes make, without the blank lines between them."""
        found: list[str] = []
        run: list[Element | str] = []
        for node in nodes:
            if isinstance(node, str) or (node.is_inline and not _holds_block(node)):
                run.append(node)
                continue
            found += self._paragraph(run)
            run = []
            found += self._block(node)
        return found + self._paragraph(run)

    def _paragraph(self, run: Sequence[Element | str]) -> list[str]:
        text = self._line(self._pieces(run))
        return [text] if text else []

    def _block(self, node: Element) -> list[str]:
        write = _BLOCK_WRITERS.get(node.name)
        if write:
            return write(self, node)
        if node.target and node.name != "a":
            return [*self._paragraph([Element("a", node.target)]), *self.blocks(node.children)]
        return self._paragraph([_flat(node)]) if node.target else self.blocks(node.children)

    def write_item(self, node: Element) -> list[str]:
        return self.write_list(Element("ul", children=[node]))

    def write_quote(self, node: Element) -> list[str]:
        quoted = "\n\n".join(self.blocks(node.children))
        return [_prefixed(quoted, "> ", "> ")] if quoted else []

    def write_rule(self, _: Element) -> list[str]:
        return ["* * *"]

    def write_list(self, node: Element) -> list[str]:
        number = int(node.words[:9]) if node.words.isdecimal() else 1
        items = []
        for child in node.children:
            if isinstance(child, str) and not child.strip():
                continue
            content = [child] if isinstance(child, str) or child.name != "li" else child.children
            parts = self.blocks(content)
            marker = "- " if node.name == "ul" else f"{number}. "
            number += 1
            only_lists = all(part.startswith(("- ", "1. ")) for part in parts[1:])
            text = ("\n" if only_lists else "\n\n").join(parts)
            items.append(_prefixed(text, marker, " " * len(marker)) if text else marker.rstrip())
        return ["\n".join(items)] if items else []

    def write_heading(self, node: Element) -> list[str]:
        text = self._line(self._pieces([_flat(node)])).replace("\n", " ")
        level = "###" if node.name in {"h1", "h2", "h3"} else "####"
        if text.endswith("#"):
            text = f"{text[:-1]}\\#"
        return [f"{level} {text}"] if text else []

    def write_fence(self, node: Element) -> list[str]:
        text = _words(node).strip("\n")
        fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
        return [f"{fence}\n{text}\n{fence}"] if text.strip() else []

    def write_row(self, node: Element) -> list[str]:
        cells = [
            self._line(self._pieces([_flat(child)])).replace("\n", " ")
            for child in node.children
            if isinstance(child, Element) and child.name in _CELLS
        ]
        loose = [
            child for child in node.children if isinstance(child, str) or child.name not in _CELLS
        ]
        text = " | ".join(cell for cell in cells if cell)
        return ([text] if text else []) + self.blocks(loose)

    # ── inline ────────────────────────────────────────────────────────────────────────────────

    def _pieces(self, nodes: Iterable[Element | str]) -> list[_Piece]:
        pieces: list[_Piece] = []
        for node in nodes:
            if isinstance(node, str):
                pieces.append(node)
            elif node.name == "br":
                pieces.append("\n")
            elif node.name == "img":
                pieces += self._image(node)
            elif node.name in _CODE:
                pieces += _code(_words(node))
            elif node.name in _EMPHASIS:
                pieces += self._emphasis(node)
            elif node.target:
                pieces += self._link(node)
            else:
                pieces += self._pieces(node.children)
        return pieces

    def _emphasis(self, node: Element) -> list[_Piece]:
        before, inside, after = _trimmed(self._pieces(node.children))
        text = "".join(piece for piece in inside if isinstance(piece, str))
        sign = _EMPHASIS[node.name]
        nested = any(isinstance(piece, _Mark) and piece.text == sign for piece in inside)
        if not inside or nested or "\n" in text:
            return [before, *inside, after]
        self._pairs += 1
        opening, closing = _Mark(sign, "open", self._pairs), _Mark(sign, "close", self._pairs)
        return [before, opening, *inside, closing, after]

    def _link(self, node: Element) -> list[_Piece]:
        if _NO_PLACE_FOR_LINKS.match(node.target):
            self.left_out.append(node.target)
            return self._pieces(node.children)
        target = node.target.translate(_URL_ESCAPES)
        before, inside, after = _trimmed(
            [
                piece.replace("\n", " ") if isinstance(piece, str) else piece
                for piece in self._pieces(node.children)
                if isinstance(piece, str) or piece.kind != "link"
            ],
        )
        words = "".join(piece for piece in inside if isinstance(piece, str))
        if "://" in target and (not inside or (words == target and len(inside) == 1)):
            return [before, _Mark(f"<{target}>", "link"), after]
        opening, closing = _Mark("[", "link"), _Mark(f"]({target})", "link")
        return [before, opening, *(inside or [node.target]), closing, after]

    def _image(self, node: Element) -> list[_Piece]:
        if not node.target or _NO_PLACE_FOR_LINKS.match(node.target):
            if node.target:
                self.left_out.append(node.target)
            return [node.words]
        target = node.target.translate(_URL_ESCAPES)
        return [_Mark("![", "link"), node.words, _Mark(f"]({target})", "link")]

    def _line(self, pieces: list[_Piece]) -> str:
        """Return the pieces as Markdown, escaped as one text so that each knows its neighbours."""
        pieces = _merged(_without_doubtful_emphasis(_merged(pieces)))
        joined = "".join(self.sentinel if isinstance(piece, _Mark) else piece for piece in pieces)
        joined = re.sub(r"[ \t]+", " ", joined)
        joined = re.sub(r" ?\n ?", "\n", joined)
        joined = re.sub(r"\n{3,}", "\n\n", joined).strip("\n ")
        texts = escape_text(joined).split(self.sentinel)
        marks = [piece.text for piece in pieces if isinstance(piece, _Mark)]
        written = [texts[0]]
        depth = 0
        for mark, text in zip(marks, texts[1:], strict=True):
            depth += mark in {"[", "!["}
            depth -= mark.startswith("](")
            written += [mark, _BRACKETS.sub(_escaped, text) if depth else text]
        return "".join(written)


_BLOCK_WRITERS: dict[str, Callable[[_Writer, Element], list[str]]] = {
    **dict.fromkeys(_LISTS, _Writer.write_list),
    **dict.fromkeys(_HEADINGS, _Writer.write_heading),
    "li": _Writer.write_item,
    "pre": _Writer.write_fence,
    "blockquote": _Writer.write_quote,
    "hr": _Writer.write_rule,
    "tr": _Writer.write_row,
}
_BRACKETS = re.compile(r"\\.|[\[\]]", re.DOTALL)


def _escaped(match: re.Match[str]) -> str:
    return match[0] if match[0].startswith("\\") else f"\\{match[0]}"


def _sentinel(body: str) -> str:
    """Return a private character that the body does not have, not even as an entity."""
    text = html.unescape(body)
    return next(
        character for character in map(chr, range(0xF0000, 0xFFFFD)) if character not in text
    )


def _holds_block(node: Element) -> bool:
    return any(
        isinstance(child, Element) and (not child.is_inline or _holds_block(child))
        for child in node.children
    )


def _flat(node: Element) -> Element:
    """Return the element with its blocks as lines, for where only a line can stand."""
    children: list[Element | str] = []
    for child in node.children:
        if isinstance(child, str):
            children.append(child)
        elif child.is_inline:
            children.append(_flat(child))
        else:
            children += ["\n", *_flat(child).children, "\n"]
            if child.target:
                children.append(Element("a", child.target))
    return Element(node.name if node.is_inline else "span", node.target, node.words, children)


def _words(node: Element) -> str:
    """Return the bare text below an element."""
    return "".join(
        child if isinstance(child, str) else "\n" if child.name == "br" else _words(child)
        for child in node.children
    )


def _prefixed(text: str, first: str, rest: str) -> str:
    lines = text.split("\n")
    return "\n".join(
        f"{rest if index else first}{line}".rstrip()
        if not line
        else f"{rest if index else first}{line}"
        for index, line in enumerate(lines)
    )


def _code(text: str) -> list[_Piece]:
    words = " ".join(text.split())
    if not words:
        return [text]
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", words)), default=0))
    space = " " if words.startswith("`") or words.endswith("`") else ""
    return [_Mark(f"{fence}{space}{words}{space}{fence}")]


def _merged(pieces: Iterable[_Piece]) -> list[_Piece]:
    """Join texts that stand beside each other and drop empty ones."""
    merged: list[_Piece] = []
    for piece in pieces:
        last = merged[-1] if merged else None
        if isinstance(piece, str) and isinstance(last, str):
            merged[-1] = last + piece
        elif piece != "":
            merged.append(piece)
    return merged


def _trimmed(pieces: list[_Piece]) -> tuple[str, list[_Piece], str]:
    """Return the space before, the pieces without it, and the space after."""
    inside = _merged(pieces)
    before = after = ""
    if inside and isinstance(inside[0], str):
        text = inside[0].lstrip()
        before = inside[0][: len(inside[0]) - len(text)]
        inside[0] = text
    if inside and isinstance(inside[-1], str):
        text = inside[-1].rstrip()
        after = inside[-1][len(text) :]
        inside[-1] = text
    return before, _merged(inside), after


def _without_doubtful_emphasis(pieces: list[_Piece]) -> list[_Piece]:
    """Drop emphasis that stands inside a word or touches another: readers disagree about those."""
    doubtful = set()
    for index, piece in enumerate(pieces):
        if isinstance(piece, str) or not piece.pair:
            continue
        is_open = piece.kind == "open"
        beside = index - 1 if is_open else index + 1
        neighbour = pieces[beside] if 0 <= beside < len(pieces) else " "
        if isinstance(neighbour, _Mark):
            clear = neighbour.kind in {piece.kind, "link"}
        else:
            edge = neighbour[-1] if is_open else neighbour[0]
            clear = edge.isspace() or edge in ("([{\"'" if is_open else ")]}\"'.,;:!?")
        if not clear:
            doubtful.add(piece.pair)
    return [piece for piece in pieces if isinstance(piece, str) or piece.pair not in doubtful]
