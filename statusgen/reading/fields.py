"""Definitions of keys, from which the reader, the JSON Schema and the docs all come.

A key is defined once and asked for by its definition, so its type is known to the type checker:

    TITLE = required("title", LINE, "What readers see first.")
    PIN = defaulted("pin", BOOL, "Keep it at the top.", default=False)
    FRONT_MATTER = Shape("front matter", (TITLE, PIN), lambda values: values)

    report = Report(zone)
    values = FRONT_MATTER.read(node, report)
    values[TITLE]           # str | None: None if it is missing or wrong, which `report` says
    values[PIN]             # bool
    values.is_wrong(TITLE)  # there was a problem with it

All problems are collected; a value that cannot be read is the default.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from statusgen.problems import Location, Problem, Severity
from statusgen.reading.characters import in_short, shown
from statusgen.reading.nodes import Entry, Mapping, Node, Scalar, Sequence
from statusgen.reading.suggest import did_you_mean

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

Schema = dict[str, Any]  # a JSON Schema is any JSON
"""A JSON Schema (draft-07)."""

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_MOST_KEYS = 12  # in a hint; a longer list does not help


class Report:
    """Collects the problems of one reading.

    It carries the zone of times without one, and the page's languages, the main one first, and
    collects the ids that are `mentioned`, for whoever knows which there are.
    """

    __slots__ = ("languages", "mentioned", "problems", "zone")

    def __init__(self, zone: tzinfo, languages: tuple[str, ...] = ("en",)) -> None:
        self.problems: list[Problem] = []
        self.mentioned: list[tuple[str, Location]] = []
        self.zone = zone
        self.languages = languages

    def error(self, code: str, message: str, where: Location, hint: str = "") -> None:
        self.problems.append(Problem(code, message, where, hint))

    def warn(self, code: str, message: str, where: Location, hint: str = "") -> None:
        self.problems.append(Problem(code, message, where, hint, Severity.WARNING))

    def warn_of_nothing(self, key: Scalar) -> None:
        """Report a key that has no value."""
        hint = "write one, in quotes if it begins with '#', or delete the line"
        self.warn("empty-value", f"key {shown(key.text)} has no value", key.where, hint)


class Type(Protocol[T_co]):
    """How one kind of value is read, and how people and editors are told of it."""

    @property
    def words(self) -> str:
        """What the docs and the messages call it: "one line of text"."""
        ...

    def read(self, node: Node, report: Report) -> T_co | None:
        """Return the value, or None after reporting why there is none."""
        ...

    def schema(self) -> Schema: ...


class Field(NamedTuple, Generic[T]):
    """One key of a mapping; `doc` is a sentence for the docs and for editors."""

    name: str
    kind: Type[object]
    doc: str
    default: T
    is_required: bool = False


def required(name: str, kind: Type[T], doc: str) -> Field[T | None]:
    """Define a key that must be there."""
    return Field(name, kind, doc, None, is_required=True)


def optional(name: str, kind: Type[T], doc: str) -> Field[T | None]:
    """Define a key without which the value is None."""
    return Field(name, kind, doc, None)


def defaulted(name: str, kind: Type[T], doc: str, default: T) -> Field[T]:
    """Define a key without which the value is `default`."""
    return Field(name, kind, doc, default)


class Values:
    """What one mapping says, by definition of its keys."""

    __slots__ = ("_entries", "_read", "report", "where")

    def __init__(self, report: Report, where: Location) -> None:
        self.report = report
        self.where = where
        self._entries: dict[str, Entry] = {}
        self._read: dict[str, Any] = {}

    def __getitem__(self, field: Field[T]) -> T:
        value: T = self._read.get(field.name, field.default)
        return value

    def by_name(self) -> dict[str, Any]:
        """Return the values that could be read, by the names of their keys."""
        return self._read

    def has(self, field: Field[Any]) -> bool:
        """Tell whether the key is there and its value could be read."""
        return field.name in self._read

    def is_wrong(self, field: Field[Any]) -> bool:
        """Tell whether the key has an unreadable value, or is missing though required."""
        return field.name not in self._read and (field.is_required or field.name in self._entries)

    def place(self, field: Field[Any]) -> Location:
        """Return where the value stands; without one, where the mapping does."""
        entry = self._entries.get(field.name)
        return entry.value.where if entry else self.where


class Shape(Generic[T_co]):
    """A mapping with known keys, and what is made of it.

    `words` is what messages call it. `build` may look for what no single key can tell, and report
    that to `values.report`; `extra` says the same to the schema, as far as it can be said there.
    """

    def __init__(
        self,
        words: str,
        fields: tuple[Field[Any], ...],
        build: Callable[[Values], T_co | None],
        *,
        extra: Schema | None = None,
    ) -> None:
        self.words = words
        self.fields = fields
        self._build = build
        self._extra = extra or {}
        self._by_name = {field.name: field for field in fields}
        self._required = tuple(field for field in fields if field.is_required)
        self._its_keys = _listed([field.name for field in fields])

    def read(self, node: Node, report: Report) -> T_co | None:
        if not isinstance(node, Mapping):
            hint = self._its_keys
            report.error(
                "wrong-type", f"expected {self.words}, found {found(node)}", node.where, hint
            )
            return None
        return self._build(self._values(node, report))

    def schema(self) -> Schema:
        schema: Schema = {
            "type": "object",
            "properties": {field.name: _schema_of(field) for field in self.fields},
            "additionalProperties": False,
            **self._extra,
        }
        if self._required:
            schema["required"] = [field.name for field in self._required]
        return schema

    def _values(self, node: Mapping, report: Report) -> Values:
        values = Values(report, node.where)
        for entry in node.entries:
            name = entry.key.text
            field = self._by_name.get(name)
            if field is None:
                self._refuse(entry.key, report)
            elif is_null(entry.value):
                if not field.is_required:
                    report.warn_of_nothing(entry.key)
            else:
                values._entries[name] = entry  # noqa: SLF001  Shape fills what Values shows
                value = field.kind.read(entry.value, report)
                if value is not None:
                    values._read[name] = value  # noqa: SLF001  as above
        for field in self._required:
            if field.name not in values._entries:  # noqa: SLF001  as above
                message = f"{self.words} without '{field.name}'"
                report.error("missing-key", message, node.where, field.doc)
        return values

    def _refuse(self, key: Scalar, report: Report) -> None:
        hint = did_you_mean(key.text, self._by_name) or self._its_keys
        report.error("unknown-key", f"unknown key {shown(key.text)}", key.where, hint)


class ListOf(NamedTuple, Generic[T]):
    """A list whose items are all of one type; items that cannot be read are left out."""

    item: Type[T]
    at_least: int = 0
    unique: bool = False

    @property
    def words(self) -> str:
        return f"a list, each item {self.item.words}"

    def read(self, node: Node, report: Report) -> tuple[T, ...] | None:
        if not isinstance(node, Sequence):
            hint = ""
            if isinstance(node, Scalar) and node.plain and "\n" not in node.text:
                hint = f"write [{in_short(node.text)}]"
            report.error("wrong-type", f"expected a list, found {found(node)}", node.where, hint)
            return None
        if len(node.items) < self.at_least:
            message = f"at least {self.at_least} must be listed"
            report.error("bad-value", message, node.where, f"each is {self.item.words}")
            return None
        values: list[T] = []
        for item in node.items:
            value = self.item.read(item, report)
            if self.unique and value in values:
                report.error("bad-value", f"{found(item)} stands twice", item.where, "delete one")
            elif value is not None:
                values.append(value)
        return tuple(values)

    def schema(self) -> Schema:
        schema: Schema = {"type": "array", "items": self.item.schema()}
        if self.at_least:
            schema["minItems"] = self.at_least
        if self.unique:
            schema["uniqueItems"] = True
        return schema


def is_null(node: Node) -> bool:
    """Tell whether YAML reads `node` as nothing: an empty value, `~` or `null`."""
    return isinstance(node, Scalar) and node.plain and node.text in _NULL


def found(node: Node) -> str:
    """Return what messages call `node`: "a list", "'abc'"."""
    if isinstance(node, Scalar):
        return "nothing" if is_null(node) else shown(node.text)
    return "a list" if isinstance(node, Sequence) else "a mapping"


def _listed(names: list[str]) -> str:
    more = ", …" if len(names) > _MOST_KEYS else ""
    return f"its keys are: {', '.join(names[:_MOST_KEYS])}{more}"


def _schema_of(field: Field[Any]) -> Schema:
    """Return the schema of a key's value: that of its type, or nothing at all if optional."""
    schema = field.kind.schema()
    if not field.is_required:
        schema = {"anyOf": [schema, {"type": "null"}]}
    described: Schema = {"description": field.doc, **schema}
    if isinstance(field.default, str | int | float) and field.default != "":
        described["default"] = field.default
    return described
