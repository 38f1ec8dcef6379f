"""What stands inside a paragraph, heading or cell, as elements.

Images become links to them: a page makes no request to other hosts.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from statusgen.site.markdown.autolinks import mail_links
from statusgen.site.markdown.emphasis import Run
from statusgen.site.markdown.pieces import Code, Link, Piece
from statusgen.site.markdown.references import References
from statusgen.site.markdown.scanner import MARK, Scanner
from statusgen.site.markdown.urls import safe_url


def add_inline(parent: Element, text: str, references: References) -> None:
    """Add what a paragraph, heading or cell says to `parent`, which must be empty."""
    if MARK.search(text) is None and "@" not in text and "://" not in text and "www." not in text:
        parent.text = text
        return
    writer = _Writer(parent)
    writer.write(Scanner(text, references).pieces())
    writer.flush()


class _Writer:
    """Puts text and elements into a parent, and into what is open inside it."""

    def __init__(self, parent: Element, *, in_link: bool = False) -> None:
        self._open = [parent]
        self._last: Element | None = None  # the last child of the innermost open element
        self._words: list[str] = []
        self._in_link = in_link

    def write(self, pieces: list[Piece]) -> None:
        words = self._words
        for piece in pieces:
            if isinstance(piece, str):
                words.append(piece)
            elif isinstance(piece, Run):
                for _ in piece.closes:
                    self._end()
                if piece.count:
                    words.append(piece.mark * piece.count)
                for tag in piece.opens:
                    self._open.append(self._element(tag))
                    self._last = None
            elif isinstance(piece, Link):
                self._write_link(piece)
            elif isinstance(piece, Code):
                self._element("code").text = markup_text(piece.text)
            else:
                self._element("br")

    def flush(self) -> None:
        """Write the words collected so far; only whole words show which are e-mail addresses."""
        words = self._words
        if not words:
            return
        text = "".join(words)
        words.clear()
        if "@" in text and not self._in_link:
            place = 0
            for mail in mail_links(text):
                self._write_text(text[place : mail.start])
                self._last = SubElement(self._open[-1], "a", href=markup_text(mail.url))
                self._last.text = mail.text
                place = mail.end
            text = text[place:]
        self._write_text(text)

    def _write_link(self, link: Link) -> None:
        url = "" if self._in_link else safe_url(link.url)
        if not url:
            self.write(link.pieces)
            return
        element = self._element("a")
        element.set("href", markup_text(url))
        if link.title:
            element.set("title", markup_text(link.title))
        inside = _Writer(element, in_link=True)
        inside.write(link.pieces)
        inside.flush()

    def _write_text(self, text: str) -> None:
        if not text:
            return
        if self._last is None:
            self._open[-1].text = markup_text(text)
        else:
            self._last.tail = markup_text(text)

    def _element(self, tag: str) -> Element:
        self.flush()
        self._last = SubElement(self._open[-1], tag)
        return self._last

    def _end(self) -> None:
        self.flush()
        self._last = self._open.pop()


def markup_text(text: str) -> str:
    """Return the text as the serializer wants it, which takes `&lt;` for markup."""
    return text.replace("&", "&amp;") if "&" in text else text
