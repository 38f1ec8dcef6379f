"""What is internal, as the internal site shows it: behind a sign, each line where it stands.

<!-- internal -->              > 🔒
db7 lost its disk.             > db7 lost its disk.
<!-- /internal -->

Down<!-- internal --> (db7)<!-- /internal -->.          Down🔒 (db7)🔒.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import takewhile
from typing import NamedTuple

from statusgen.content.key_lines import KEY_LINES

SIGN = "\N{LOCK}"
"""Stands before what the public does not see; a sign is the same in every language."""

UPDATE = re.compile(
    r"[^\d+\n]+[·@\-\N{EN DASH}\N{EM DASH}][ \t]*\d{4}-\d\d?-\d\d?[ \tT]+\d\d?:\d\d"
)
"""How the title of an update's heading begins, whatever language its status is in."""

_KEY_LINE = rf" {{0,3}}(?:{'|'.join(KEY_LINES)})[ \t]*:[^\n]*"
KEY_LINES_BELOW = re.compile(rf"(?:\n{_KEY_LINE})*", re.IGNORECASE)
_IS_KEY_LINE = re.compile(_KEY_LINE, re.IGNORECASE)
_END_OF_LINE = re.compile(r"[ \t]*(?=\n|\Z)")
_NEXT_IS_APART = re.compile(r"[ \t]*(?:\Z|\n[ \t]*(?:\n|\Z|#))")


class Span(NamedTuple):
    """text[start:end] is internal; what there is to read in it is text[inside:outside]."""

    start: int
    end: int
    inside: int
    outside: int


def signed(text: str, spans: list[Span], body: int, plain: Callable[[str], str]) -> str:
    """Return a file's text with the sign at what is internal in it; text[body:] is no front matter.

    `plain` takes the marks out of a text in which blocks stand inside of others.
    """
    pieces = []
    done = 0
    for span in spans:
        inner = plain(text[span.inside : span.outside])
        above = "\n" * text.count("\n", span.start, span.inside)
        below = "\n" * text.count("\n", max(span.inside, span.outside), span.end)
        line = text.rfind("\n", 0, span.start) + 1
        if span.start < body:
            pieces += [text[done : span.start], above, inner, below]
            done = span.end
        elif line >= done and _has_own_lines(text, line, span):
            indent = text[line : span.start]
            quoted = "\n".join(_quoted(inner.split("\n"), indent))
            pieces += [text[done:line], above, quoted, below]
            done = _end_of_line(text, span.end)
        else:
            apart = " " if text[span.start - 1 : span.start].strip() and not above else ""
            inner = inner.strip(" \t")
            pieces += [text[done : span.start], above, f"{apart}{SIGN} ", inner, f" {SIGN}", below]
            done = span.end
    return "".join([*pieces, text[done:]])


def _end_of_line(text: str, at: int) -> int:
    match = _END_OF_LINE.match(text, at)
    return match.end() if match else at


def _has_own_lines(text: str, line: int, span: Span) -> bool:
    """Tell whether whole lines are internal, and what follows would not be taken for a part."""
    if text[line : span.start].strip() or not _END_OF_LINE.match(text, span.end):
        return False
    last = text.rfind("\n", 0, span.outside) + 1
    closes_alone = last > span.inside and not text[last : span.outside].strip()
    return closes_alone or _NEXT_IS_APART.match(text, span.end) is not None


def _quoted(lines: list[str], indent: str) -> Iterator[str]:
    """Yield lines as a quote that begins with the sign, anew in each update."""
    is_begun, is_key = False, False
    for number, line in enumerate(lines):
        is_last = number == len(lines) - 1
        if _is_heading(line):
            is_begun, is_key = False, True
            yield line
        elif is_key and _IS_KEY_LINE.fullmatch(line):
            yield line
        elif not line.strip() and (is_last if is_begun else not _has_text(lines, number)):
            yield ""
        else:
            own = line.removeprefix(indent)
            yield f"{indent}> {own if is_begun else f'{SIGN} {own.lstrip()}'}".rstrip()
            is_begun, is_key = True, False


def _is_heading(line: str) -> bool:
    return line.startswith("## ") and UPDATE.match(line, 3) is not None


def _has_text(lines: list[str], start: int) -> bool:
    """Tell whether something stands in the lines from one on before the next update begins."""
    text = takewhile(lambda line: not _is_heading(line), lines[start:])
    return any(line.strip() for line in text)
