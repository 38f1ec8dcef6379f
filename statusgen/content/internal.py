"""Internal blocks: what stands in an incident's file and is not for the public.

    <!-- internal -->db7 lost its disk.<!-- /internal -->     in a line, over lines, over updates
    <!-- internal: ask Ann before you restart it -->          a note

They are taken out of a file's text before anything else looks at it, so that no later stage can
tell of them. Lines stay where they are. Wherever it is in doubt what a mark means, more is hidden:
marks count in code, in quotes and inside of other comments, and miswritten ones count too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from enum import Enum, auto
from typing import NamedTuple

from statusgen.content.collector import Collector
from statusgen.content.document import location
from statusgen.content.shape import shape_of
from statusgen.content.signing import KEY_LINES_BELOW, UPDATE, Span, signed
from statusgen.model import INTERNAL
from statusgen.problems import Location, Problem, Severity
from statusgen.reading.characters import REPLACEMENT

_TAG = re.compile(r"<(?:!--(?P<comment>(?s:.*?))(?P<end>-->|\Z)|(?P<tag>[^<>\n]{1,60})>)")
_OPEN = re.compile(r"\s*internal\s*", re.IGNORECASE)
_CLOSE = re.compile(r"\s*/\s*internal\s*", re.IGNORECASE)
_NOTE = re.compile(r"\s*internal\b[\s:\-\N{EN DASH}\N{EM DASH}]*", re.IGNORECASE)
_WORD = "internal"
_LONGEST_MARK = 40  # characters of a comment that may be a miswritten mark
_NEAR = 0.8  # `interal`, `intenal` and `internals` are nearer than that, `external` is not
_CLOSING_WORDS = ("end", "close")

_FRONT = re.compile(r"\s*---[ \t]*\n(?:.*\n)*?---[ \t]*(?=\n|\Z)")
_NOWHERE = Location("")
_NOT_NEWLINES = re.compile(r"[^\n]+")


class _Kind(Enum):
    OPEN = auto()
    CLOSE = auto()
    NOTE = auto()


class _Mark(NamedTuple):
    """A mark at text[start:end]; a note's own text begins at `inside` and ends before `outside`."""

    kind: _Kind
    start: int
    end: int
    inside: int
    outside: int
    is_exact: bool = True


class _Fault(NamedTuple):
    """What is wrong with a mark, and where that begins."""

    problem: Problem
    at: int
    spoils: bool = False


def text_for(audience: str, text: str, problems: Collector) -> str:
    """Return what a file's text says to an audience; each line keeps its number.

    For the public an internal block is gone, on the internal site it carries a sign.
    """
    spans, faults = _find(text)
    if faults:
        _report(text, faults, problems)
    if REPLACEMENT in text and _is_unclear(text):
        return _blank(text)
    if not spans:
        return text
    if audience == INTERNAL:
        return signed(text, spans, _body_of(text), _plain)
    text = _without(text, spans)
    while spans := _find(text)[0]:  # what is left may meet to form another mark
        text = _without(text, spans)
    return text


def has_marks(text: str) -> bool:
    """Tell whether anything in a text is internal."""
    return next(_marks(text), None) is not None


# ── finding ───────────────────────────────────────────────────────────────────────────────────


def _marks(text: str) -> Iterator[_Mark]:
    if "<" not in text:
        return
    for match in _TAG.finditer(text):
        if match["tag"] is None:
            mark = _comment_mark(match)
        else:
            mark = _miswritten(match["tag"], match.start(), match.end(), cutoff=1.0)
        if mark:
            yield mark


def _comment_mark(match: re.Match[str]) -> _Mark | None:
    """Return the mark that a comment is, or that stands in one that somebody forgot to close."""
    content, start, end = match["comment"], match.start(), match.end()
    note = _NOTE.match(content)
    if note is None and (inner := content.rfind("<!--")) >= 0:
        start += len("<!--") + inner
        content = content[inner + len("<!--") :]
        note = _NOTE.match(content)
    if _CLOSE.fullmatch(content):
        return _Mark(_Kind.CLOSE, start, end, end, start)
    if note is None:
        return _miswritten(content, start, end, cutoff=_NEAR)
    if _OPEN.fullmatch(content) or not match["end"]:
        inside = end if match["end"] else start + len("<!--") + note.end()
        return _Mark(_Kind.OPEN, start, inside, inside, inside)
    outside = end - len("-->")
    return _Mark(_Kind.NOTE, start, end, start + len("<!--") + note.end(), outside)


def _miswritten(content: str, start: int, end: int, *, cutoff: float) -> _Mark | None:
    if len(content) > _LONGEST_MARK:
        return None
    plain = unicodedata.normalize("NFKC", content).casefold()
    word = re.sub(r"[^a-z]", "", plain)
    closes = "/" in plain
    for closing in _CLOSING_WORDS:
        if word.startswith(closing) or word.endswith(closing):
            word, closes = word.removeprefix(closing).removesuffix(closing), True
    if abs(len(word) - len(_WORD)) > 2 or _likeness(word) < cutoff:  # noqa: PLR2004  letters
        return None
    return _Mark(_Kind.CLOSE if closes else _Kind.OPEN, start, end, end, start, is_exact=False)


def _likeness(word: str) -> float:
    return SequenceMatcher(None, word, _WORD, autojunk=False).ratio()


def _find(text: str) -> tuple[list[Span], list[_Fault]]:
    """Return what is internal, in order and without overlaps, and what is wrong with the marks."""
    marks = list(_marks(text))
    if not marks:
        return [], []
    faults = [
        _Fault(
            Problem(
                "bad-internal-mark",
                "this looks like a mark of an internal block, and is taken for one",
                _NOWHERE,
                "write '<!-- internal -->' before the block and '<!-- /internal -->' behind it",
                Severity.WARNING,
            ),
            mark.start,
        )
        for mark in marks
        if not mark.is_exact
    ]
    body = _body_of(text)
    if marks[0].start < body:
        problem = Problem(
            "internal-front-matter",
            "an internal block in the front matter, which has keys and no text",
            _NOWHERE,
            "move it below; 'audience: internal' keeps the whole file from the public",
        )
        faults.append(_Fault(problem, marks[0].start, spoils=True))
    layout = _Layout(text, body)
    spans: list[Span] = []
    rest = marks
    while rest:
        done, unclosed = _paired(rest, layout, spans, faults)
        if not unclosed:
            break
        end = layout.end_of_block(done)
        spans.append(Span(done.start, end, done.inside, end))
        rest = [mark for mark in marks if mark.start >= end]
    return spans, faults


def _paired(
    marks: list[_Mark], layout: _Layout, spans: list[Span], faults: list[_Fault]
) -> tuple[_Mark, bool]:
    """Add what the marks enclose to `spans`; return the first that is never closed, if one is."""
    found: list[Span] = []
    open_marks: list[_Mark] = []
    strays: list[_Fault] = []
    for mark in marks:
        if mark.kind is _Kind.OPEN:
            open_marks.append(mark)
        elif mark.kind is _Kind.NOTE:
            if not open_marks:
                found.append(Span(*mark[1:5]))
        elif open_marks:
            first = open_marks.pop()
            if not open_marks:
                found.append(Span(first.start, mark.end, first.inside, mark.start))
        else:
            done = found[-1].end if found else spans[-1].end if spans else 0
            start = max(done, layout.begin_of_text(mark.start))
            found.append(Span(start, mark.end, start, mark.start))
            strays.append(_Fault(_not_opened(), mark.start))
    if not open_marks:
        spans += found
        faults += strays
        return marks[0], False
    unclosed = open_marks[0]
    spans += [span for span in found if span.end <= unclosed.start]
    faults += [fault for fault in strays if fault.at < unclosed.start]
    problem = Problem(
        "unclosed-internal",
        "this internal block is never closed, so what follows is kept from the public",
        _NOWHERE,
        "write '<!-- /internal -->' behind the last word of it",
    )
    faults.append(_Fault(problem, unclosed.start))
    return unclosed, True


def _not_opened() -> Problem:
    return Problem(
        "internal-not-opened",
        "no internal block begins before this end of one, so all of the update before it is kept"
        " from the public",
        _NOWHERE,
        "write '<!-- internal -->' where it begins, or delete this",
    )


class _Layout:
    """Where the updates of a file begin; looked for only where marks do not match."""

    def __init__(self, text: str, body: int) -> None:
        self._text = text
        self._body = body
        self._found: list[tuple[int, int]] | None = None

    def end_of_block(self, mark: _Mark) -> int:
        """Return where a block ends at the latest that nobody closes.

        That is the end of its update; if it begins right above a heading, that of the file, because
        it was to hide whole updates.
        """
        at = mark.inside
        if at <= self._body and mark.start < self._body:
            return self._body
        following = next((line for line, _ in self._headings() if line >= at), None)
        if following is None or not self._text[at:following].strip():
            return len(self._text)
        return following

    def begin_of_text(self, at: int) -> int:
        """Return where the text begins in whose middle `at` is: behind heading and key lines."""
        if at < self._body:
            return 0
        before = [end for _, end in self._headings() if end <= at]
        if not before:
            return self._body
        keys = KEY_LINES_BELOW.match(self._text, before[-1])
        return min(at, keys.end() if keys else before[-1])

    def _headings(self) -> list[tuple[int, int]]:
        """Return begin and end of the lines that are surely headings of updates."""
        if self._found is None:
            shape = shape_of("\n" + self._text)
            self._found = [
                (heading.at, heading.title_at + len(heading.title) - 1)
                for heading in shape.headings
                if heading.is_exact and UPDATE.match(heading.title)
            ]
        return self._found


def _is_unclear(text: str) -> bool:
    """Tell whether there are marks between whose letters stands what is no text."""
    clear = text.replace(REPLACEMENT, "")
    return sum(1 for _ in _marks(clear)) > sum(1 for _ in _marks(text))


def _report(text: str, faults: list[_Fault], problems: Collector) -> None:
    for fault in faults:
        where = location("\n" + text, fault.at + 1, problems.path)
        problems.add(replace(fault.problem, where=where), spoils=fault.spoils)


# ── hiding ────────────────────────────────────────────────────────────────────────────────────


def _body_of(text: str) -> int:
    front = _FRONT.match(text)
    return front.end() if front else 0


def _plain(text: str) -> str:
    """Return a text without the marks in it."""
    spans = [Span(mark.start, mark.end, mark.inside, mark.outside) for mark in _marks(text)]
    pieces = []
    done = 0
    for span in spans:
        pieces += [text[done : span.start], text[span.inside : max(span.inside, span.outside)]]
        done = span.end
    return "".join([*pieces, text[done:]])


def _blank(text: str) -> str:
    return _NOT_NEWLINES.sub("", text)


def _without(text: str, spans: list[Span]) -> str:
    pieces = []
    done = 0
    for span in spans:
        pieces += [text[done : span.start], _blank(text[span.start : span.end])]
        done = span.end
    return "".join([*pieces, text[done:]])
