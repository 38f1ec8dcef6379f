"""What a YAML parser's complaint means to the person who typed the text, and where it began."""

from __future__ import annotations

import re
from typing import NamedTuple

import yaml

from statusgen.problems import Location, Problem
from statusgen.reading.characters import CONTROLS

PARSER_ERRORS = (yaml.YAMLError, ValueError, ArithmeticError, RecursionError, MemoryError)
"""All that PyYAML's parsers are known to raise for a text; most of it is not a YAMLError."""

_CONTROL = re.compile(f"[{CONTROLS}]")


class _Meaning(NamedTuple):
    """What to say if all of `signs` stand in the complaint; `opening`: point at its beginning."""

    signs: tuple[str, ...]
    message: str
    hint: str
    opening: bool = False


_QUOTES = "put the whole value in quotes"
_SIMPLER = "write 'key: value', and the value in quotes if it is a text"
_MEANINGS = (
    _Meaning(
        ("mapping values are not allowed",),
        "a second ': ' in one value, or a wrong indentation",
        f"{_QUOTES}, or indent the line like its neighbours",
    ),
    _Meaning(
        ("quoted scalar", "unexpected end of stream"),
        "the quotation mark is never closed",
        "close it, or leave it out",
        opening=True,
    ),
    _Meaning(
        ("quoted scalar", "document indicator"),
        "the quotation mark is never closed",
        "close it, or leave it out",
        opening=True,
    ),
    _Meaning(
        ("found unexpected ':'",),
        "a ':' inside brackets or braces",
        _QUOTES,
    ),
    _Meaning(
        ("unknown escape character",),
        "unknown escape in double quotes",
        "double the backslash, or use single quotes",
    ),
    _Meaning(
        ("escape code",),
        "this escape makes no character",
        "write the character itself",
    ),
    _Meaning(
        ("tab character",),
        "a tab where only spaces may indent",
        "indent with spaces",
    ),
    _Meaning(
        ("cannot start any token", "\t"),
        "a tab where only spaces may indent",
        "indent with spaces",
    ),
    _Meaning(
        ("cannot start any token",),
        "a value cannot begin with this character",
        _QUOTES,
    ),
    _Meaning(
        ("sequence entries are not allowed",),
        "a list cannot begin here",
        "begin it on a line of its own, with '- '",
    ),
    _Meaning(("could not find expected ':'",), "a key without a ':'", "write 'key: value'"),
    _Meaning(
        ("flow sequence",),
        "the list is not closed, or lacks a comma",
        "write it as [one, two]",
        opening=True,
    ),
    _Meaning(
        ("flow mapping",),
        "the braces are not closed, or lack a comma",
        "write it as {key: value, key: value}",
        opening=True,
    ),
    _Meaning(
        ("node content",),
        "a value is missing, or a bracket is not closed",
        "close the bracket, or write the value in quotes",
    ),
    _Meaning(("block scalar",), "text after '|' or '>'", "begin the text on the next line"),
    _Meaning(
        ("block collection",),
        "this line does not continue the list",
        "begin it with '- ', or indent it like the line above the list",
    ),
    _Meaning(
        ("block mapping",),
        "this does not continue the mapping",
        "indent the line like the keys above it, and write 'key: value'",
    ),
    _Meaning(
        ("an anchor",),
        "anchors ('&') are not read, and a value cannot begin with '&'",
        _QUOTES,
    ),
    _Meaning(
        ("an alias",),
        "aliases ('*') are not read, and a value cannot begin with '*'",
        _QUOTES,
    ),
    _Meaning(
        (" tag",),
        "tags ('!') are not read, and a value cannot begin with '!'",
        _QUOTES,
    ),
    _Meaning(("document start",), "text after the end of the YAML", "delete the '...' before it"),
    _Meaning(("directive",), "directives ('%') are not read", "delete the line"),
    _Meaning(("incompatible YAML",), "this is not YAML 1.2", "delete the line '%YAML'"),
)


def given_up_at(error: Exception) -> int | None:
    """Return at which character a parser gave up because of the depth; None for other reasons.

    libyaml has a limit of its own since PyYAML 6.0.4. It is far beyond ours, but looks a thousand
    characters ahead of what it has told.
    """
    if isinstance(error, yaml.MarkedYAMLError) and "nesting depth" in (error.problem or ""):
        return error.problem_mark.index if error.problem_mark else None
    return None


def syntax_problem(error: Exception, text: str, path: str, first_line: int) -> Problem:
    """Return the problem behind an exception of a YAML parser.

    `text` is what was parsed, and `first_line` the line of the file on which it begins.
    """
    control = _CONTROL.search(text)
    if control and not isinstance(error, yaml.MarkedYAMLError):
        before = text[: control.start()]
        line = first_line + before.count("\n")
        where = Location(path, line, len(before) - before.rfind("\n"))
        return Problem("control-character", "a control character in YAML", where, "delete it")
    if not isinstance(error, yaml.MarkedYAMLError):
        where = Location(path, first_line, 1)
        return Problem("yaml-syntax", "this is not YAML", where, _SIMPLER)
    mark = error.problem_mark
    complaint = f"{error.context or ''}; {error.problem or ''}"
    if mark and _line(text, mark.line)[mark.column : mark.column + 1] == "\t":
        complaint += "\t"
    for meaning in _MEANINGS:
        if all(sign in complaint for sign in meaning.signs):
            mark = (error.context_mark if meaning.opening else None) or mark
            message, hint = meaning.message, meaning.hint
            break
    else:
        message, hint = f"this is not YAML: {error.problem}", _SIMPLER
    where = _place(mark, text, path, first_line) if mark else Location(path)
    return Problem("yaml-syntax", message, where, hint)


def _place(mark: yaml.Mark, text: str, path: str, first_line: int) -> Location:
    """Return the place of a mark; for the end of the text the end of the last line in it."""
    if mark.line <= text.rstrip("\n").count("\n"):
        return Location(path, mark.line + first_line, mark.column + 1)
    before = text.rstrip("\n")
    line = before.count("\n")
    return Location(path, line + first_line, len(_line(before, line)) + 1)


def _line(text: str, number: int) -> str:
    lines = text.split("\n")
    return lines[number] if number < len(lines) else ""
