"""The types of single values: text, numbers, days, moments and words from a list.

YAML 1.2 takes `5` for a number and `true` for a truth value. So do editors, and so do we: a reader
here refuses exactly what its schema refuses, except where a text has to be understood to be judged
(30 February).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar

from statusgen.reading.characters import shown
from statusgen.reading.fields import Report, Schema, found, is_null
from statusgen.reading.nodes import Node, Scalar
from statusgen.reading.suggest import did_you_mean
from statusgen.reading.times import GOOD_DATE, GOOD_FORM, parse_date, parse_time

E = TypeVar("E", bound=StrEnum)

_BOOLS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_MEANT = {"yes": "true", "on": "true", "1": "true", "no": "false", "off": "false", "0": "false"}
_INT = re.compile("[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_LONGEST_NUMBER = 32  # characters; a longer one is out of every range, and slow to convert
_BREAK = re.compile("[\n\r\u2028\u2029]")

_YEAR = "(?:19[7-9][0-9]|20[0-9]{2}|21[0-9]{2})"
_DATE = f"{_YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_CLOCK = r"(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,6})?)?"
_OFFSET = "(?:[Uu][Tt][Cc]|[Zz]|[+-](?:0[0-9]|1[0-4])(?::?[0-5][0-9])?)"


class CoreType(StrEnum):
    """What YAML 1.2 (core schema) takes a scalar for."""

    NULL = "nothing"
    BOOL = "true or false"
    INT = "a whole number"
    FLOAT = "a number"
    TEXT = "text"


def core_type(scalar: Scalar) -> CoreType:
    """Return what YAML 1.2 takes `scalar` for."""
    text = scalar.text
    if not scalar.plain:
        return CoreType.TEXT
    if is_null(scalar):
        return CoreType.NULL
    if text in _BOOLS:
        return CoreType.BOOL
    if _INT.fullmatch(text):
        return CoreType.INT
    if _FLOAT.fullmatch(text) or _NOT_FINITE.fullmatch(text):
        return CoreType.FLOAT
    return CoreType.TEXT


def _wrong(node: Node, words: str, report: Report, hint: str) -> None:
    report.error("wrong-type", f"expected {words}, found {found(node)}", node.where, hint)


class Text(NamedTuple):
    """A text as it stands; numbers and truth values are text too, where text is expected."""

    one_line: bool = False
    may_be_empty: bool = True

    @property
    def words(self) -> str:
        return "one line of text" if self.one_line else "text"

    def read(self, node: Node, report: Report) -> str | None:
        if not isinstance(node, Scalar) or is_null(node):
            _wrong(node, self.words, report, "put it in quotes if a text is meant")
            return None
        text = node.text
        if self.one_line and _BREAK.search(text):
            hint = "a long line may be folded with '>-'"
            report.error("bad-value", "this must be one line of text", node.where, hint)
            return None
        if not self.may_be_empty and not text.strip():
            report.error("bad-value", "this must not be empty", node.where, "write something")
            return None
        return text

    def schema(self) -> Schema:
        schema: Schema = {"type": ["string", "number", "boolean"]}
        if not self.may_be_empty:
            schema["pattern"] = "^[^\\n\\r\\u2028\\u2029]*\\S[^\\n\\r\\u2028\\u2029]*$"
        elif self.one_line:
            schema["pattern"] = "^[^\\n\\r\\u2028\\u2029]*$"
        return schema


TEXT = Text()
LINE = Text(one_line=True)
TITLE = Text(one_line=True, may_be_empty=False)


def _bool_meant(node: Node) -> str:
    typed = node.text.lower() if isinstance(node, Scalar) else ""
    if typed in _BOOLS:
        return "leave out the quotes"
    if typed in _MEANT:
        return f"write {_MEANT[typed]}"
    return did_you_mean(typed, ("true", "false")) or "write one of these words"


class Bool:
    """True or false, in YAML 1.2's spellings: `no` is a word."""

    words = "`true` or `false`"

    def read(self, node: Node, report: Report) -> bool | None:
        if isinstance(node, Scalar) and node.plain and node.text in _BOOLS:
            return _BOOLS[node.text]
        _wrong(node, "true or false", report, _bool_meant(node))
        return None

    def schema(self) -> Schema:
        return {"type": "boolean"}


BOOL = Bool()


class Number(NamedTuple):
    """A number within bounds, both included."""

    least: float
    most: float

    @property
    def words(self) -> str:
        return f"a number from {self.least:g} to {self.most:g}"

    def read(self, node: Node, report: Report) -> float | None:
        is_number = isinstance(node, Scalar) and core_type(node) in {CoreType.INT, CoreType.FLOAT}
        if not isinstance(node, Scalar) or not is_number:
            quoted = isinstance(node, Scalar) and _FLOAT.fullmatch(node.text)
            _wrong(node, self.words, report, "leave out the quotes" if quoted else "write digits")
            return None
        finite = len(node.text) <= _LONGEST_NUMBER and not _NOT_FINITE.fullmatch(node.text)
        number = float(node.text) if finite else float("nan")
        if not self.least <= number <= self.most:
            message = f"expected {self.words}, found {shown(node.text)}"
            report.error("bad-value", message, node.where, "write a number within these bounds")
            return None
        return number

    def schema(self) -> Schema:
        return {"type": "number", "minimum": self.least, "maximum": self.most}


class Int(NamedTuple):
    """A whole number within bounds, both included."""

    least: int
    most: int

    @property
    def words(self) -> str:
        return f"a whole number from {self.least} to {self.most}"

    def read(self, node: Node, report: Report) -> int | None:
        number = Number(self.least, self.most).read(node, report)
        if number is not None and not number.is_integer():
            message = f"expected {self.words}, found {found(node)}"
            report.error("wrong-type", message, node.where, "leave out the fraction")
            return None
        return None if number is None else int(number)

    def schema(self) -> Schema:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


class Date:
    """A day."""

    words = "a date such as `2026-11-21`"

    def read(self, node: Node, report: Report) -> date | None:
        if not isinstance(node, Scalar):
            _wrong(node, "a date", report, GOOD_DATE)
            return None
        day, reason, hint = parse_date(node.text)
        if day is None:
            report.error("bad-time", reason, node.where, hint)
        return day

    def schema(self) -> Schema:
        return {"type": "string", "format": "date", "pattern": f"^{_DATE}$"}


DATE = Date()


class Time(NamedTuple):
    """A moment; where `date_only` allows a date alone, it is the beginning of that day."""

    date_only: bool = False

    @property
    def words(self) -> str:
        return "a time such as `2026-11-21 10:05 UTC`" + (" or a date" if self.date_only else "")

    def read(self, node: Node, report: Report) -> datetime | None:
        if not isinstance(node, Scalar):
            _wrong(node, "a time", report, GOOD_FORM)
            return None
        result = parse_time(node.text, report.zone, date_only=self.date_only)
        report.problems += result.problems(node.where)
        return result.at

    def schema(self) -> Schema:
        clock = f"(?:[Tt]| +){_CLOCK}(?: *{_OFFSET})?"
        if self.date_only:
            clock = f"(?:{clock})?"
        return {"type": "string", "pattern": f"^ *{_DATE}{clock} *$"}


TIME = Time()


class Choice(Generic[E]):
    """One word of a list; `hint_for` may have a better hint for what was written instead."""

    def __init__(self, *members: E, hint_for: Callable[[str], str] | None = None) -> None:
        self._members = {member.value: member for member in members}
        self._hint_for = hint_for

    @property
    def words(self) -> str:
        return "one of " + ", ".join(f"`{word}`" for word in self._members)

    def read(self, node: Node, report: Report) -> E | None:
        if not isinstance(node, Scalar):
            _wrong(node, self.words.replace("`", ""), report, "write one word")
            return None
        member = self._members.get(node.text)
        if member is None:
            better = self._hint_for(node.text) if self._hint_for else ""
            usual = did_you_mean(node.text, self._members) or self.words.replace("`", "")
            hint = better or usual
            report.error("bad-value", f"{shown(node.text)} is not known here", node.where, hint)
        return member

    def schema(self) -> Schema:
        return {"enum": list(self._members)}
