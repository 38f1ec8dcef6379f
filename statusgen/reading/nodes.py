"""YAML into located nodes whose scalars stay text: `NO` is Norway and `12:30` is not 750.

We read events, not YAML's own nodes: the C library produces them without recursion, so a text
nested a thousand levels deep, which kills the process when it composes nodes, is refused here at
the seventeenth. Anchors, tags and the like are reported and otherwise passed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple, Protocol, cast

import yaml
from yaml import events

from statusgen.problems import Location, Problem
from statusgen.reading.characters import CONTROLS, REPLACEMENT, shown
from statusgen.reading.simple import parse_simple
from statusgen.reading.syntax import PARSER_ERRORS, given_up_at, syntax_problem
from statusgen.reading.tree import Entry, Mapping, Node, Scalar, Sequence

__all__ = [
    "CONFIG",
    "CUT_OFF",
    "FRONT_MATTER",
    "Entry",
    "Limits",
    "Mapping",
    "Node",
    "Scalar",
    "Sequence",
    "parse_yaml",
]

# Without the C library PyYAML is slower, and otherwise the same.
_Parser = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


class _Mark(Protocol):
    line: int
    column: int


class _Event(Protocol):
    """What PyYAML's events of nodes have; those of documents and streams lack all but the mark."""

    start_mark: _Mark
    anchor: str | None
    tag: str | None
    value: str
    style: str | None
    implicit: tuple[bool, bool]


# As plain types: the type checker knows that these classes are no _Event.
_ALIAS: type[object] = events.AliasEvent
_SCALAR: type[object] = events.ScalarEvent
_MAPPING_START: type[object] = events.MappingStartEvent
_MAPPING_END: type[object] = events.MappingEndEvent
_SEQUENCE_END: type[object] = events.SequenceEndEvent
_STREAM_END: type[object] = events.StreamEndEvent


class Limits(NamedTuple):
    """How much YAML is read: characters, nodes, and levels of nesting."""

    size: int
    nodes: int
    depth: int = 16


FRONT_MATTER = Limits(size=65_536, nodes=2_000)
CONFIG = Limits(size=1_048_576, nodes=20_000)

CUT_OFF = frozenset({"yaml-syntax", "yaml-too-deep", "yaml-too-many-nodes", "control-character"})
"""The problems after which the rest of a text may be unread, so that nothing is called missing."""

_CONTROL = re.compile(f"[{CONTROLS}]")
_SIMPLE_DEPTH = 2  # what is simple nests no deeper
_ONE_WORD = "put the value in quotes if a bracket or brace begins a text"
_SHORTEN = "keep what is needed, and put long texts below the front matter"
_WRITE_OUT = "write the value out wherever it is needed"
# YAML 1.1 ends a line at these, 1.2 and everybody else do not: lines would be miscounted.
_ONE_LINE = str.maketrans({"\u2028": " ", "\u2029": " "})


def parse_yaml(
    text: str,
    path: str,
    first_line: int = 1,
    *,
    limits: Limits = FRONT_MATTER,
) -> tuple[Node | None, list[Problem]]:
    """Return the root of one YAML document, and what is wrong with it.

    `first_line` is the line of the file on which `text` begins. Where the syntax breaks or a limit
    is passed, the root holds what was complete before; it is None where there is nothing. Never
    raises.
    """
    where = Location(path, first_line, 1)
    if len(text) > limits.size:
        message = f"{len(text):,} characters of YAML, and at most {limits.size:,} are read"
        return None, [Problem("too-big", message, where, _SHORTEN)]
    # A node takes two characters at least: a text as short as that keeps every limit.
    if len(text) <= limits.nodes and limits.depth >= _SIMPLE_DEPTH:
        simple = parse_simple(text, path, first_line)
        if simple is not None:
            return simple, []
    if not text.isascii():
        text = text.translate(_ONE_LINE)
    composer = _Composer(text, path, first_line, limits)
    root = composer.document()
    if composer.given_up is not None:  # what stands before is deep enough to pass our own limit
        return parse_yaml(text[: composer.given_up], path, first_line, limits=limits)
    return root, composer.problems


class _Composer:
    """Builds nodes from the parser's events; after a failure there are no more events."""

    __slots__ = (
        "_failed",
        "_get_event",
        "_limits",
        "_line",
        "_nodes",
        "_path",
        "_text",
        "given_up",
        "problems",
    )

    def __init__(self, text: str, path: str, first_line: int, limits: Limits) -> None:
        self.problems: list[Problem] = []
        self._get_event = self._open
        self._text = text
        self._path = path
        self._line = first_line
        self._limits = limits
        self._nodes = 0
        self._failed = False
        self.given_up: int | None = None

    def document(self) -> Node | None:
        self._next()  # the stream starts
        self._next()  # the document starts, or the stream ends, after which nothing comes
        event = self._next()
        root = None if event is None else self._node(event, 1)
        self._next()  # the document ends
        event = self._next()
        if event is not None and event.__class__ is not _STREAM_END:
            self._fail(
                "yaml-syntax",
                "a second document begins, and only one is read",
                self._where(event),
                "delete the '---' before it",
            )
        return root

    def _next(self) -> _Event | None:
        if self._failed:
            return None
        try:
            return self._get_event()
        except PARSER_ERRORS as error:
            self._failed = True
            self.given_up = given_up_at(error)
            self.problems.append(syntax_problem(error, self._text, self._path, self._line))
            return None

    def _open(self) -> _Event:
        """Return the first event; it is `_next` that knows what to do if there is none."""
        parser = _Parser(self._text)
        self._get_event = cast("Callable[[], _Event]", parser.get_event)
        return self._get_event()

    def _fail(self, code: str, message: str, where: Location, hint: str) -> None:
        self._failed = True
        self.problems.append(Problem(code, message, where, hint))

    def _where(self, event: _Event) -> Location:
        mark = event.start_mark
        return Location(self._path, mark.line + self._line, mark.column + 1)

    def _node(self, event: _Event, depth: int) -> Node:
        self._nodes += 1
        if self._nodes > self._limits.nodes:
            message = f"more than {self._limits.nodes:,} values and keys"
            self._fail("yaml-too-many-nodes", message, self._where(event), _SHORTEN)
        kind = event.__class__
        if kind is _SCALAR:
            return self._scalar(event)
        where = self._where(event)
        if kind is _ALIAS:
            self._refuse_alias(where)
            return Scalar("", plain=True, where=where)
        if event.anchor is not None or event.tag is not None:
            self._refuse_decoration(event, where)
        if depth > self._limits.depth:
            message = f"nested more than {self._limits.depth} levels deep"
            self._fail("yaml-too-deep", message, where, "close the brackets before, or indent less")
        if kind is _MAPPING_START:
            return self._mapping(where, depth)
        return self._sequence(where, depth)

    def _sequence(self, where: Location, depth: int) -> Sequence:
        items = []
        while (event := self._next()) is not None and event.__class__ is not _SEQUENCE_END:
            items.append(self._node(event, depth + 1))
        return Sequence(tuple(items), where)

    def _mapping(self, where: Location, depth: int) -> Mapping:
        entries: dict[str, Entry] = {}
        while (event := self._next()) is not None and event.__class__ is not _MAPPING_END:
            key = self._node(event, depth + 1)
            event = self._next()
            if event is None:
                break  # the value could not be read, and what it is nobody knows
            value = self._node(event, depth + 1)
            if not isinstance(key, Scalar):
                message = "a key must be a word, not a list or a mapping"
                self.problems.append(Problem("yaml-syntax", message, key.where, _ONE_WORD))
            elif key.text == "<<" and key.plain:
                message = "merge keys ('<<') are not read"
                self.problems.append(Problem("yaml-anchor", message, key.where, _WRITE_OUT))
            elif key.text in entries:
                message = f"key {shown(key.text)} stands twice"
                first = entries[key.text].key.where.line
                hint = f"the first is in line {first}; keep one of them"
                self.problems.append(Problem("duplicate-key", message, key.where, hint))
            else:
                entries[key.text] = Entry(key, value)
        return Mapping(tuple(entries.values()), where)

    def _scalar(self, event: _Event) -> Scalar:
        mark = event.start_mark
        where = Location(self._path, mark.line + self._line, mark.column + 1)
        if event.anchor is not None or event.tag is not None:
            self._refuse_decoration(event, where)
        text: str = event.value
        if event.style == '"' and _CONTROL.search(text):
            message = "an escape in this text makes a control character"
            self.problems.append(Problem("control-character", message, where, "delete it"))
            text = _CONTROL.sub(REPLACEMENT, text)
        return Scalar(text, event.implicit[0] and not event.style, where)

    def _refuse_alias(self, where: Location) -> None:
        message = "an alias ('*') stands for a value elsewhere, which is not read"
        hint = f"{_WRITE_OUT}, or put a text that begins with '*' in quotes"
        self.problems.append(Problem("yaml-anchor", message, where, hint))

    def _refuse_decoration(self, event: _Event, where: Location) -> None:
        if event.anchor is not None:
            message = "an anchor ('&') gives a name to a value, which is not read"
            hint = f"{_WRITE_OUT}, or put a text that begins with '&' in quotes"
            self.problems.append(Problem("yaml-anchor", message, where, hint))
        if event.tag is not None:
            message = "a tag ('!') gives a type to a value, which is not read"
            hint = "delete the tag, or put a text that begins with '!' in quotes"
            self.problems.append(Problem("yaml-tag", message, where, hint))
