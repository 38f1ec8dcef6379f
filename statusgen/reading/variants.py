"""Lists of things of several kinds, each with keys of its own and a name that no other has."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from enum import StrEnum
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from statusgen.problems import Location
from statusgen.reading import nodes
from statusgen.reading.fields import (
    Field,
    ListOf,
    Report,
    Schema,
    Shape,
    Values,
    defaulted,
    found,
    required,
)
from statusgen.reading.scalars import Choice
from statusgen.reading.words import ID


class _Named(Protocol):
    @property
    def name(self) -> str: ...


T = TypeVar("T", bound=_Named)
K = TypeVar("K", bound=StrEnum)


class Placed(NamedTuple, Generic[T]):
    """One thing and where its name stands."""

    value: T
    where: Location


class Variants(Generic[K, T]):
    """A mapping whose key `type` tells which other keys it has.

    `words` is what messages call it, with its article. Every kind has the keys `type` and `name`;
    without a name it is called by its type. `hint_for` has hints for types that there are not.
    """

    def __init__(
        self, words: str, kinds: type[K], hint_for: Callable[[str], str] | None = None
    ) -> None:
        self.words = words
        noun = words.partition(" ")[2]
        self._choice: Choice[K] = Choice(*kinds, hint_for=hint_for)
        self._type = required("type", self._choice, f"What kind of {noun} it is.")
        self._name = defaulted("name", ID, "What it is called; without it, as its type.", "")
        self._shapes: dict[K, Shape[Placed[T]]] = {}

    @property
    def shapes(self) -> Mapping[K, Shape[Placed[T]]]:
        """The keys of each kind."""
        return self._shapes

    def add(
        self,
        kind: K,
        fields: tuple[Field[Any], ...],
        build: Callable[[Values, str], T | None],
        extra: Schema | None = None,
    ) -> None:
        """Define the keys of a kind, and what is made of them and of its name."""

        def placed(values: Values) -> Placed[T] | None:
            value = build(values, values[self._name] or kind.value)
            place = values.place(self._name if values.has(self._name) else self._type)
            return Placed(value, place) if value else None

        self._shapes[kind] = Shape(
            f"{self.words} of type '{kind}'",
            (self._type, self._name, *fields),
            placed,
            extra=extra,
        )

    def read(self, node: nodes.Node, report: Report) -> Placed[T] | None:
        if not isinstance(node, nodes.Mapping):
            message = f"expected {self.words}, found {found(node)}"
            report.error("wrong-type", message, node.where, f"begin with '{self._type.name}:'")
            return None
        name = self._type.name
        typed = next((value for key, value in node.entries if key.text == name), None)
        if typed is None:
            report.error("missing-key", f"{self.words} without 'type'", node.where, self._type.doc)
            return None
        kind = self._choice.read(typed, report)  # what else is wrong cannot be told without it
        return self._shapes[kind].read(node, report) if kind else None

    def schema(self) -> Schema:
        name = self._type.name
        return {
            "type": "object",
            "required": [name],
            "properties": {name: self._choice.schema()},
            "allOf": [
                {"if": {"properties": {name: {"const": kind.value}}}, "then": shape.schema()}
                for kind, shape in self._shapes.items()
            ],
        }


class NamedList(Generic[K, T]):
    """A list of such things, in which no name stands twice.

    With `place_of`, which tells where a thing is, no two may be at the same place either.
    """

    def __init__(
        self, item: Variants[K, T], place_of: Callable[[T], Hashable] | None = None
    ) -> None:
        self._item = item
        self._place_of = place_of
        self._list: ListOf[Placed[T]] = ListOf(item)
        self.words = self._list.words

    def read(self, node: nodes.Node, report: Report) -> tuple[T, ...] | None:
        placed = self._list.read(node, report)
        if placed is None:
            return None
        named: dict[str, T] = {}
        names_there: dict[Hashable, str] = {}
        for value, where in placed:
            there = self._place_of(value) if self._place_of else value.name
            if value.name in named:
                message = f"there is {self._item.words} '{value.name}' already"
                report.error("duplicate-id", message, where, "give each a 'name' of its own")
            elif there in names_there:
                message = f"'{value.name}' is at the same place as '{names_there[there]}'"
                report.error("same-place", message, where, "delete one of them: it is one copy")
            else:
                named[value.name] = value
                names_there[there] = value.name
        return tuple(named.values())

    def schema(self) -> Schema:
        return self._list.schema()
