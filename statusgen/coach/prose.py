"""What of a Markdown text is prose: code, addresses and comments blanked, positions kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_NO_PROSE = re.compile(
    r"(?ms)"
    r"^ {0,3}(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^ {0,3}(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|(?P<ticks>`+)(?!`)[^\n]*?(?<!`)(?P=ticks)(?!`)"
    r"|<!--.*?(?:-->|\Z)"
    r"|(?<=\])\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)"
    r"|\b(?:https?://|mailto:|www\.)[^\s<>)\]]+"
    r"|</?[A-Za-z][^<>\n]*>"
)
_MARKS = ("`", "~~~", "<", "](", "://", "mailto:", "www.")
_BLOCK = re.compile(r"\n[ \t]*(?=\n|[-*+>#|]|\d+[.)] )")
_END = re.compile(r"[.!?…:;]+[\"'”»)\]*_]*(?=\s)")
_NO_END = re.compile(r"(?:\b[^\W\d_]|\be\.g|\bi\.e|\bapprox|\bca|\bbzw|\bvs|\bNo)\Z")
_WORD = re.compile(r"\w+(?:['\u2019.,:/@-]\w+)*")
_NO_SENTENCE = re.compile(r"[ \t]*(?:\||#{1,6} )")


class Sentence(NamedTuple):
    """A sentence, where it begins, and its words."""

    start: int
    text: str
    words: tuple[str, ...]


def prose_of(text: str) -> str:
    """Return the text with blanks in place of what is not said in words; it keeps its length."""
    if not any(mark in text for mark in _MARKS):
        return text
    return _NO_PROSE.sub(_blanks, text)


def sentences_of(prose: str) -> Iterator[Sentence]:
    """Yield the sentences of a prose, without headings and tables; a list item is one, too."""
    starts = [0, *(match.end() for match in _BLOCK.finditer(prose))]
    for start, end in zip(starts, [*starts[1:], len(prose)], strict=True):
        if _NO_SENTENCE.match(prose, start, end):
            continue
        at = start
        for stop in _END.finditer(prose, start, end):
            if stop[0] == "." and _NO_END.search(prose, max(at, stop.start() - 8), stop.start()):
                continue
            yield from _sentence(prose, at, stop.end())
            at = stop.end()
        yield from _sentence(prose, at, end)


def _sentence(prose: str, start: int, end: int) -> Iterator[Sentence]:
    text = prose[start:end]
    stripped = text.lstrip()
    if stripped.strip():
        words = tuple(_WORD.findall(stripped))
        yield Sentence(start + len(text) - len(stripped), stripped.rstrip(), words)


def _blanks(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])
