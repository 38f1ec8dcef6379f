"""Emphasis, strong emphasis and strikethrough: CommonMark's algorithm over runs of marks."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_ASCII_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_LONGEST_STRIKE = 2


class Run:
    """A run of equal marks, which may open elements, close some, or stay text.

    `closes` and `opens` are the tags that end before and start after what is left of it; `order`
    is its place among the runs that are paired with it.
    """

    __slots__ = ("can_close", "can_open", "closes", "count", "length", "mark", "opens", "order")

    def __init__(self, text: str, start: int, end: int) -> None:
        self.mark = text[start]
        self.count = self.length = end - start
        self.closes: list[str] = []
        self.opens: list[str] = []
        self.can_open, self.can_close = _flanking(self.mark, *_neighbours(text, start, end))
        if self.mark == "~" and self.length > _LONGEST_STRIKE:
            self.can_open = self.can_close = False
        self.order = 0

    def matches(self, closer: Run) -> bool:
        """Tell whether this run may open what `closer` closes."""
        if self.mark != closer.mark:
            return False
        if not (closer.can_open or self.can_close):
            return True
        return closer.length % 3 == 0 or (self.length + closer.length) % 3 != 0


def _neighbours(text: str, start: int, end: int) -> tuple[str, str]:
    """Return the characters around a run; marks of strikethrough do not count beside emphasis."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if text[start] != "~" and "~" in before + after:
        while start and text[start - 1] == "~":
            start -= 1
        while text.startswith("~", end):
            end += 1
        before, after = text[start - 1 : start], text[end : end + 1]
    return before or "\n", after or "\n"


@lru_cache(maxsize=256)
def _flanking(mark: str, before: str, after: str) -> tuple[bool, bool]:
    """Tell whether a run of a mark between two characters may open elements, and close some."""
    before_space, after_space = before.isspace(), after.isspace()
    before_mark, after_mark = _is_punctuation(before), _is_punctuation(after)
    left = not after_space and (not after_mark or before_space or before_mark)
    right = not before_space and (not before_mark or after_space or after_mark)
    if mark == "_":
        return left and (not right or before_mark), right and (not left or after_mark)
    return left, right


def _is_punctuation(character: str) -> bool:
    if character.isascii():
        return character in _ASCII_PUNCTUATION
    return unicodedata.category(character)[0] == "P"


def pair(runs: list[Run]) -> None:
    """Decide which of the runs, in the order of the text, open and close elements."""
    # For each kind of closer, the first run that may still be its opener: those before have been
    # looked at in vain, which keeps the search from being quadratic.
    bottoms: dict[tuple[str, int], int] = {}
    openers: list[Run] = []  # the runs before the current one that may still open
    for order, run in enumerate(runs):
        run.order = order
        if run.can_close:
            _close(run, openers, bottoms)
        if run.count and run.can_open:
            openers.append(run)


def _close(closer: Run, openers: list[Run], bottoms: dict[tuple[str, int], int]) -> None:
    kind = (closer.mark, closer.length % 3)
    while closer.count:
        place = _opener_of(closer, openers, bottoms.get(kind, 0))
        if place < 0:
            bottoms[kind] = closer.order
            return
        opener = openers[place]
        del openers[place + 1 :]
        width = 2 if opener.count > 1 and closer.count > 1 else 1
        if opener.mark == "~":
            openers.pop()
            closer.can_open = False
            if opener.count == closer.count:
                _wrap(opener, closer, "del", width)
            return
        _wrap(opener, closer, "strong" if width > 1 else "em", width)
        if not opener.count:
            openers.pop()


def _opener_of(closer: Run, openers: list[Run], bottom: int) -> int:
    for place in range(len(openers) - 1, -1, -1):
        opener = openers[place]
        if opener.order < bottom:
            return -1
        if opener.matches(closer):
            return place
    return -1


def _wrap(opener: Run, closer: Run, tag: str, width: int) -> None:
    opener.count -= width
    closer.count -= width
    opener.opens.insert(0, tag)
    closer.closes.append(tag)
