"""JSON Schema and documentation of a mapping, both from the definitions that its reader uses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from statusgen.reading.fields import Field, ListOf, Schema, Shape, Type
from statusgen.reading.languages import InLanguages, Texts
from statusgen.reading.words import Word, write_interval

DRAFT = "http://json-schema.org/draft-07/schema#"
"""The draft that editors understand best."""


def schema_document(shape: Shape[object], *, title: str, doc: str) -> Schema:
    """Return a JSON Schema for a whole file, or for its front matter."""
    return {"$schema": DRAFT, "title": title, "description": doc, **shape.schema()}


def document(shape: Shape[object]) -> str:
    """Return a Markdown table of the keys of `shape`: name, value, default, meaning."""
    return "".join(f"{line}\n" for line in _table(shape.fields))


def _table(fields: tuple[Field[Any], ...]) -> Iterator[str]:
    yield "| key | value | without it | meaning |"
    yield "|---|---|---|---|"
    for field in fields:
        default = "**required**" if field.is_required else _default(field.default)
        cells = (f"`{field.name}`", _described(field.kind), default, field.doc)
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _described(kind: Type[object]) -> str:
    if isinstance(kind, ListOf):
        return f"a list, each item {_described(kind.item)}"
    if isinstance(kind, InLanguages):
        return f"{_described(kind.kind)}, or a map of it by language"
    if isinstance(kind, Word) and kind.example:
        return f"{kind.words} such as `{kind.example}`"
    return kind.words


def _default(value: object) -> str:
    if isinstance(value, timedelta):
        value = write_interval(value)
    match value:
        case None | "" | () | Texts(main=""):
            return ""
        case bool():
            return f"`{str(value).lower()}`"
        case tuple() if type(value) is tuple:  # a noun is one too
            return "`[" + ", ".join(str(item) for item in value) + "]`"
        case str():
            return f"`{value}`"
        case int() | float():
            return f"`{value:g}`"
        case _:
            return "as below"
