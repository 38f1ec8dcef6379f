"""The marks of internal blocks: which comments and tags are some, written well or nearly."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple

_TAG = re.compile(r"<(?:!--(?P<comment>(?s:.*?))(?P<end>-->|\Z)|(?P<tag>[^<>\n]{1,60})>)")
_OPEN = re.compile(r"\s*internal\s*", re.IGNORECASE)
_CLOSE = re.compile(r"\s*/\s*internal\s*", re.IGNORECASE)
_NOTE = re.compile(r"\s*internal\b[\s:\-\N{EN DASH}\N{EM DASH}]*", re.IGNORECASE)
_WORD = "internal"
_LETTERS = frozenset(_WORD)
_LONGEST_MARK = 40  # characters of a comment that may be a miswritten mark
_NEAR = 0.8  # `interal`, `intenal` and `internals` are nearer than that, `external` is not
_CLOSING_WORDS = ("end", "close")


class MarkKind(Enum):
    """What a mark does; a note is a block of its own."""

    OPEN = auto()
    CLOSE = auto()
    NOTE = auto()


class Mark(NamedTuple):
    """A mark at text[start:end]; a note's own text begins at `inside` and ends before `outside`."""

    kind: MarkKind
    start: int
    end: int
    inside: int
    outside: int
    is_exact: bool = True


def marks_in(text: str) -> Iterator[Mark]:
    """Yield all marks in a text, in order."""
    if "<" not in text:
        return
    for match in _TAG.finditer(text):
        if match["tag"] is None:
            mark = _comment_mark(match)
        else:
            mark = _miswritten(match["tag"], match.start(), match.end(), cutoff=1.0)
        if mark:
            yield mark


def _comment_mark(match: re.Match[str]) -> Mark | None:
    """Return the mark that a comment is, or that stands in one that somebody forgot to close."""
    content, start, end = match["comment"], match.start(), match.end()
    note = _NOTE.match(content)
    if note is None and (inner := content.rfind("<!--")) >= 0:
        start += len("<!--") + inner
        content = content[inner + len("<!--") :]
        note = _NOTE.match(content)
    if _CLOSE.fullmatch(content):
        return Mark(MarkKind.CLOSE, start, end, end, start)
    if note is None:
        return _miswritten(content, start, end, cutoff=_NEAR)
    if _OPEN.fullmatch(content) or not match["end"]:
        inside = end if match["end"] else start + len("<!--") + note.end()
        return Mark(MarkKind.OPEN, start, inside, inside, inside)
    outside = end - len("-->")
    return Mark(MarkKind.NOTE, start, end, start + len("<!--") + note.end(), outside)


def _miswritten(content: str, start: int, end: int, *, cutoff: float) -> Mark | None:
    if len(content) > _LONGEST_MARK:
        return None
    plain = unicodedata.normalize("NFKC", content).casefold()
    word = re.sub(r"[^a-z]", "", plain)
    closes = "/" in plain
    for closing in _CLOSING_WORDS:
        if word.startswith(closing) or word.endswith(closing):
            word, closes = word.removeprefix(closing).removesuffix(closing), True
    if not _is_like_internal(word, cutoff):
        return None
    return Mark(MarkKind.CLOSE if closes else MarkKind.OPEN, start, end, end, start, is_exact=False)


@lru_cache(maxsize=1024)
def _is_like_internal(word: str, cutoff: float) -> bool:
    if len(_LETTERS.intersection(word)) < len(_LETTERS) - 2:
        return False
    from difflib import SequenceMatcher  # noqa: PLC0415 (3 ms that few files pay for)

    matcher = SequenceMatcher(None, word, _WORD, autojunk=False)
    return matcher.real_quick_ratio() >= cutoff <= matcher.quick_ratio() and (
        matcher.ratio() >= cutoff
    )
