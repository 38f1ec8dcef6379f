"""Located YAML values; scalars stay text.

Node = Scalar | Sequence ◂─ Node | Mapping ◂─ Entry ── Scalar (key), Node (value)
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from statusgen.problems import Location


class Scalar(NamedTuple):
    """One value as it is typed; `plain` is False if it stands in quotes or in a block."""

    text: str
    plain: bool
    where: Location


class Sequence(NamedTuple):
    """A list."""

    items: tuple[Node, ...]
    where: Location


class Entry(NamedTuple):
    """A key with its value."""

    key: Scalar
    value: Node


class Mapping(NamedTuple):
    """Keys with values, in the order of the text; no key stands twice."""

    entries: tuple[Entry, ...]
    where: Location


Node: TypeAlias = Scalar | Sequence | Mapping
