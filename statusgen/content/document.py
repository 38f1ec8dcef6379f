"""Where the parts of an incident file begin and end, before anybody asks what they mean.

| text | part |
|---|---|
| `---`, `title: Card payments fail`, `---` | front |
| `Sorry for this.` | summary |
| `## Investigating · 2026-11-21 10:05 UTC` | a section: its heading |
| `next update: 10:20 UTC` … | and its body |
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from statusgen.content.collector import Collector
from statusgen.content.headings import begins_with_status, carries_time
from statusgen.content.shape import MOST_HEADINGS, Shape, shape_of
from statusgen.content.texts import normal_text, text_in
from statusgen.problems import Location
from statusgen.reading.characters import shown
from statusgen.reading.conflicts import both_sides, has_markers, marker_problems

_OPENING = re.compile(r"(?:\n[ \t]*)*\n(-{3,}|[-\N{EN DASH}\N{EM DASH}]{1,3}|\+{3})[ \t]*(?=\n|\Z)")
_CLOSING = re.compile(r"\n---[ \t]*(?=\n|\Z)")
_CLOSING_TOML = re.compile(r"\n\+\+\+[ \t]*(?=\n|\Z)")
_HEADING_IN_FRONT = re.compile(r"\n##[ \t]+([^\n]*)")
_KEY = re.compile(r"(?:\n[ \t]*)*\n[A-Za-z]+[ \t]*:(?:[ \t]|\n)")

_FRONT_EXAMPLE = "begin the file with '---', 'title: …' and '---', each on a line of its own"


class Passage(NamedTuple):
    """text[start:end] of the document, without the ranges `cuts`.

    Of these `strays` are lines of changes, which count although they stand in the text.
    """

    start: int
    end: int
    cuts: tuple[tuple[int, int], ...] = ()
    strays: tuple[tuple[int, int], ...] = ()


class Section(NamedTuple):
    """An update as it stands in the file; the title is what follows the hashes."""

    title: str
    where: Location
    body: Passage


class Document(NamedTuple):
    """A file's parts as positions in `text`, which is the file's text behind one newline.

    `front` is text[front.start:front.end], the YAML, which begins on line `front_line`. With
    `leaks`, some text has a fence that it does not close. `swallowed` are the positions of newlines
    before lines of the texts that may be meant for headings.
    """

    text: str
    front: Passage | None
    front_line: int
    summary: Passage
    sections: tuple[Section, ...]
    leaks: bool
    swallowed: Sequence[int] = ()


def split(text: str, problems: Collector) -> Document:
    """Find the parts of a file's text (lines end in newlines; no byte order mark)."""
    text = _without_markers("\n" + text, problems)
    front, front_line, body = _front(text, problems)
    shape = shape_of(text, body)
    summary, sections = _sections(text, body, shape, problems)
    _report(text, shape, problems)
    return Document(
        text, front, front_line, summary, sections, bool(shape.unclosed), shape.swallowed
    )


def front_and_body(text: str, problems: Collector) -> tuple[str, int, str]:
    """Return the YAML of any file with front matter, the line it begins on, and what follows it."""
    text = _without_markers("\n" + text, problems)
    front, line, body = _front(text, problems)
    return text[front.start : front.end] if front else "", line, text[body:].lstrip("\n")


def text_of(document: Document, start: int, passage: Passage, before: str = "") -> str:
    """Return the text of a passage from `start` on, which is `passage.start` or behind it.

    `before` are lines in front of it that belong to the text.
    """
    pieces = [before]
    for first, last in passage.cuts:
        if first >= start:
            pieces.append(document.text[start:first])
            start = last
    text = text_in("".join(pieces) + document.text[start : passage.end])
    return normal_text(text) if document.leaks else text


def location(text: str, at: int, path: str) -> Location:
    """Return the place of the character text[at]; the text begins with a newline of ours."""
    return Location(path, text.count("\n", 0, at), at - text.rfind("\n", 0, at))


def _without_markers(text: str, problems: Collector) -> str:
    """Return the text with the lines of merge conflicts emptied, so that both sides are read."""
    if not has_markers(text):
        return text
    for problem in marker_problems(text, problems.path):
        problems.add(problem, spoils=True)
        if problems.is_full:
            break
    return both_sides(text)


def _front(text: str, problems: Collector) -> tuple[Passage | None, int, int]:
    """Return where the YAML stands, its first line, and where the newline before the body is."""
    opening = _OPENING.match(text)
    if opening is None:
        return _front_without_opening(text, problems)
    where = location(text, opening.start(1), problems.path)
    start = opening.end()
    if opening[1] == "+++":
        hint = "write it in YAML, between lines of three hyphens"
        problems.spoil("no-front-matter", "this front matter is TOML", where, hint)
        toml = _CLOSING_TOML.search(text, start)
        return None, 1, toml.end() if toml else start
    if opening[1] != "---":
        message = f"the front matter begins with {shown(opening[1])}"
        problems.spoil("no-front-matter", message, where, "write three hyphens: ---")
    closing = _CLOSING.search(text, start)
    end = closing.start() if closing else _first_blank_line(text, start)
    heading = _update_heading(text, start, end)
    if closing is None or heading:
        end, body = (heading, heading) if heading else (end, end)
        message = "the front matter is not closed"
        line = location(text, end + 1, problems.path).line
        problems.spoil("unclosed-front-matter", message, where, f"write '---' before line {line}")
    else:
        body = closing.end()
    return Passage(start + 1, end + 1), where.line + 1, body


def _front_without_opening(text: str, problems: Collector) -> tuple[Passage | None, int, int]:
    where = Location(problems.path, 1, 1)
    closing = _CLOSING.search(text)
    if closing and _KEY.match(text) and not _update_heading(text, 0, closing.start()):
        message, hint = "the line '---' before the front matter is missing", "write it as line 1"
        problems.spoil("no-front-matter", message, where, hint)
        return Passage(1, closing.start() + 1), 1, closing.end()
    message = "there is no front matter" if text.strip() else "the file is empty"
    problems.spoil("no-front-matter", message, where, _FRONT_EXAMPLE)
    return None, 1, 0


def _first_blank_line(text: str, start: int) -> int:
    blank = text.find("\n\n", start)
    return len(text) if blank < 0 else blank


def _update_heading(text: str, start: int, end: int) -> int:
    """Return where in the front matter an update begins, or 0: to YAML it is only a comment."""
    if text.find("\n##", start, end) < 0:
        return 0
    for match in _HEADING_IN_FRONT.finditer(text, start, end):
        if carries_time(match[1]) and begins_with_status(match[1]):
            return match.start()
    return 0


def _sections(
    text: str,
    body: int,
    shape: Shape,
    problems: Collector,
) -> tuple[Passage, tuple[Section, ...]]:
    """Return the summary and the sections."""
    headings = shape.headings
    ends = [*(heading.at for heading in headings), len(text)]
    sections = []
    line, counted = 0, 0
    for heading, end in zip(headings, ends[1:], strict=True):
        line += text.count("\n", counted, heading.at + 1)
        counted = heading.at + 1
        where = Location(problems.path, line, heading.title_at - heading.at)
        if not heading.is_exact:
            message = "this looks like an update, and its heading is not of level 2"
            hint = "begin the line with '## ', or with a backslash if it is text"
            problems.spoil("heading-level", message, where._replace(column=1), hint)
        start = heading.title_at + len(heading.title)
        sections.append(Section(heading.title, where, _passage(start, end, shape, shape.strays)))
    if len(headings) > MOST_HEADINGS:
        where = sections.pop().where
        message = f"more than {MOST_HEADINGS:,} updates"
        problems.spoil("too-many-updates", message, where, "continue in another file")
    return _passage(body, ends[0], shape, []), tuple(sections)


def _passage(start: int, end: int, shape: Shape, strays: list[tuple[int, int]]) -> Passage:
    if not shape.cuts and not strays:
        return Passage(start, end)
    cuts = shape.cuts[bisect_left(shape.cuts, start) : bisect_left(shape.cuts, end)]
    lines = tuple(strays[bisect_left(strays, (start, 0)) : bisect_left(strays, (end, 0))])
    return Passage(start, end, tuple(sorted([(cut, cut + 1) for cut in cuts] + [*lines])), lines)


def _report(text: str, shape: Shape, problems: Collector) -> None:
    for at in shape.unclosed:
        is_comment = text[at + 1 : at + 8].lstrip(" ").startswith("<!--")
        mark = "comment" if is_comment else "code fence"
        problems.error(
            "unclosed-comment" if is_comment else "unclosed-fence",
            f"this {mark} is never closed, so the updates after it would be text",
            location(text, at + 1, problems.path),
            "close it with '-->'" if is_comment else "close it with a line of the same characters",
        )
    for at in shape.quoted:
        if problems.is_full:
            break
        problems.warning(
            "quoted-update",
            "this looks like an update, but stands in a code fence or a comment and is text",
            location(text, at + 1, problems.path),
            "close the fence before it, if it is an update",
        )
    for at in shape.underlined:
        if problems.is_full:
            break
        problems.spoil(
            "heading-level",
            "the line above is underlined, which makes a heading, and looks like an update",
            location(text, at, problems.path),
            "begin that line with '## ' and delete this one",
        )
