"""Safe HTML without any markup: paragraphs, lists, code and tables as plain text has them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html.parser import HTMLParser

_SPACE = re.compile(r"[ \t\n\r\f]+")
_BLOCKS = frozenset(
    {"p", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "pre", "table", "hr", "div"}
)
_RULE = "* * *"
_Attributes = Mapping[str, str | None]


def plain_of(html: str) -> str:
    """Return the text of safe HTML, as `site.markdown` makes it.

    The address of a link stands behind its words where it says more than they do.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    """Collects lines; `_margins` is what each line of the blocks around begins with."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._line: list[str] = []
        self._margins: list[str] = []
        self._counts: list[int | None] = []
        self._mark = ""
        self._link = ""
        self._words: list[str] = []
        self._is_code = False
        self._has_gap = True
        self._is_first_cell = True

    def text(self) -> str:
        self._end_line()
        return "\n".join(self._lines).strip("\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self._begin_block(tag)
        begin = _BEGINS.get(tag)
        if begin:
            begin(self, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._end_line()
            self._has_gap = False
        end = _ENDS.get(tag)
        if end:
            end(self)

    def handle_data(self, data: str) -> None:
        if self._is_code:
            first, *others = data.split("\n")
            self._line.append(first)
            for line in others:
                self._end_line(is_kept=True)
                self._line.append(line)
            return
        text = _SPACE.sub(" ", data)
        if not self._line:
            text = text.lstrip(" ")
        if text:
            self._line.append(text)
            self._words.append(text)

    def _begin_block(self, tag: str) -> None:
        self._end_line()
        is_nested_list = tag in {"ul", "ol"} and self._counts
        if not self._has_gap and not self._mark and not is_nested_list:
            self._lines.append("".join(self._margins).rstrip())
        self._has_gap = True

    def begin_quote(self, _: _Attributes) -> None:
        self._margins.append("> ")

    def end_margin(self) -> None:
        self._margins.pop()
        self._is_code = False

    def begin_code(self, _: _Attributes) -> None:
        self._margins.append("    ")
        self._is_code = True

    def begin_bullets(self, _: _Attributes) -> None:
        self._counts.append(None)

    def begin_numbers(self, attributes: _Attributes) -> None:
        start = attributes.get("start") or ""
        self._counts.append(int(start) if start.isdecimal() else 1)

    def end_list(self) -> None:
        self._counts.pop()

    def begin_item(self, _: _Attributes) -> None:
        self._end_line()
        count = self._counts[-1] if self._counts else None
        self._mark = "- " if count is None else f"{count}. "
        if count is not None:
            self._counts[-1] = count + 1
        self._margins.append(" " * len(self._mark))

    def end_item(self) -> None:
        self._end_line()
        self._margins.pop()
        self._mark = ""
        self._has_gap = True  # an item's last paragraph needs no gap before the next item

    def break_line(self, _: _Attributes) -> None:
        self._end_line(is_kept=True)

    def draw_rule(self, _: _Attributes) -> None:
        self._line.append(_RULE)
        self._end_line()

    def begin_row(self, _: _Attributes) -> None:
        self._end_line()
        self._is_first_cell = True

    def end_row(self) -> None:
        self._end_line()

    def begin_cell(self, _: _Attributes) -> None:
        if not self._is_first_cell:
            self._line.append(" | ")
        self._is_first_cell = False

    def begin_link(self, attributes: _Attributes) -> None:
        self._link = attributes.get("href") or ""
        self._words = []

    def end_link(self) -> None:
        address = self._link.removeprefix("mailto:")
        if address and "".join(self._words).strip() not in {address, address.partition("://")[2]}:
            self._line.append(f" ({address})")
        self._link = ""

    def _end_line(self, *, is_kept: bool = False) -> None:
        text = "".join(self._line).rstrip()
        self._line = []
        if text or is_kept:
            margin = "".join(self._margins)
            if self._mark:
                margin = margin[: len(margin) - len(self._mark)] + self._mark
                self._mark = ""
            self._lines.append((margin + text).rstrip())
            self._has_gap = False


_BEGINS: dict[str, Callable[[_Reader, _Attributes], None]] = {
    "blockquote": _Reader.begin_quote,
    "pre": _Reader.begin_code,
    "ul": _Reader.begin_bullets,
    "ol": _Reader.begin_numbers,
    "li": _Reader.begin_item,
    "br": _Reader.break_line,
    "hr": _Reader.draw_rule,
    "tr": _Reader.begin_row,
    "td": _Reader.begin_cell,
    "th": _Reader.begin_cell,
    "a": _Reader.begin_link,
}
_ENDS: dict[str, Callable[[_Reader], None]] = {
    "blockquote": _Reader.end_margin,
    "pre": _Reader.end_margin,
    "ul": _Reader.end_list,
    "ol": _Reader.end_list,
    "li": _Reader.end_item,
    "tr": _Reader.end_row,
    "a": _Reader.end_link,
}
