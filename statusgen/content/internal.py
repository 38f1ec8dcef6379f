"""Internal blocks: what stands in an incident's file and is not for the public.

    <!-- internal -->db7 lost its disk.<!-- /internal -->     in a line, over lines, over updates
    <!-- internal: ask Ann before you restart it -->          a note

They are taken out of a file's text before anything else looks at it, so that no later stage can
tell of them. Lines stay where they are. Wherever it is in doubt what a mark means, more is hidden:
marks count in code, in quotes and inside of other comments, and miswritten ones count too.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from typing import NamedTuple

from statusgen.content.collector import Collector
from statusgen.content.document import location
from statusgen.content.marks import Mark, MarkKind, marks_in
from statusgen.content.shape import shape_of
from statusgen.content.signing import KEY_LINES_BELOW, UPDATE, Span, signed
from statusgen.model import INTERNAL
from statusgen.problems import Location, Problem, Severity
from statusgen.reading.characters import REPLACEMENT

_MOST_UNCLOSED = 20  # blocks; the last of so many hides the rest of the file

_FRONT = re.compile(r"\s*---[ \t]*\n(?:.*\n)*?---[ \t]*(?=\n|\Z)")
_NOWHERE = Location("")
_NOT_NEWLINES = re.compile(r"[^\n]+")


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


# ── finding ───────────────────────────────────────────────────────────────────────────────────


def _find(text: str) -> tuple[list[Span], list[_Fault]]:
    """Return what is internal, in order and without overlaps, and what is wrong with the marks."""
    marks = list(marks_in(text))
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
    for number in range(_MOST_UNCLOSED):
        done, unclosed = _paired(rest, layout, spans, faults)
        if not unclosed:
            break
        end = layout.end_of_block(done) if number < _MOST_UNCLOSED - 1 else len(text)
        spans.append(Span(done.start, end, done.inside, end))
        rest = [mark for mark in rest if mark.start >= end]
        if not rest:
            break
    return spans, faults


def _paired(
    marks: list[Mark], layout: _Layout, spans: list[Span], faults: list[_Fault]
) -> tuple[Mark, bool]:
    """Add what the marks enclose to `spans`; return the first that is never closed, if one is."""
    found: list[Span] = []
    open_marks: list[Mark] = []
    strays: list[_Fault] = []
    for mark in marks:
        if mark.kind is MarkKind.OPEN:
            open_marks.append(mark)
        elif mark.kind is MarkKind.NOTE:
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

    def end_of_block(self, mark: Mark) -> int:
        """Return where a block ends at the latest that nobody closes.

        That is the end of its update; if it begins right above a heading, that of the file, because
        it was to hide whole updates.
        """
        at = mark.inside
        if at <= self._body and mark.start < self._body:
            return self._body
        headings = self._headings()
        number = bisect_left(headings, (at,))
        if number == len(headings) or not self._text[at : headings[number][0]].strip():
            return len(self._text)
        return headings[number][0]

    def begin_of_text(self, at: int) -> int:
        """Return where the text begins in whose middle `at` is: behind heading and key lines."""
        if at < self._body:
            return 0
        headings = self._headings()
        number = bisect_left(headings, (at,))
        if not number:
            return self._body
        _, end = headings[number - 1]
        keys = KEY_LINES_BELOW.match(self._text, end)
        return min(at, keys.end() if keys else end)

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
    return sum(1 for _ in marks_in(clear)) > sum(1 for _ in marks_in(text))


def _report(text: str, faults: list[_Fault], problems: Collector) -> None:
    for fault in faults:
        if problems.is_full:  # to find lines takes time
            somewhere = replace(fault.problem, where=Location(problems.path))
            problems.add(somewhere, spoils=fault.spoils)
            continue
        where = location("\n" + text, fault.at + 1, problems.path)
        problems.add(replace(fault.problem, where=where), spoils=fault.spoils)


# ── hiding ────────────────────────────────────────────────────────────────────────────────────


def _body_of(text: str) -> int:
    front = _FRONT.match(text)
    return front.end() if front else 0


def _plain(text: str) -> str:
    """Return a text without the marks in it; the newlines in them stay."""
    pieces = []
    done = 0
    for mark in marks_in(text):
        end = max(mark.inside, mark.outside)
        pieces += [
            text[done : mark.start],
            _blank(text[mark.start : mark.inside]),
            text[mark.inside : end],
            _blank(text[end : mark.end]),
        ]
        done = mark.end
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
