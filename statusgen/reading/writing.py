"""Values into YAML that reads back as the same values, here and in every other YAML reader."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from statusgen.problems import Location
from statusgen.reading.nodes import Scalar
from statusgen.reading.scalars import CoreType, core_type

Value: TypeAlias = "str | bool | int | float | Mapping[str, Value] | Sequence[Value]"

# A letter or digit, then nothing that YAML could take for a mark: ': ', ' #', a quote.
_PLAIN = re.compile(
    r"[^\W_](?:[^\s:#\\\"'`\x7f-\x9f\ufeff]|:(?=[0-9A-Za-z/])|#| (?![ #]))*(?<! )",
)
_BRACKETS = re.compile(r"[,?\[\]{}]")  # PyYAML without its C library trips over the '?'
_ODD_NUMBER = re.compile("0[xo][0-9a-fA-F]+|[0-9][0-9_]*|[0-9]+(?::[0-9]+)+")
_TRUTH_ELSEWHERE = frozenset({"y", "n", "yes", "no", "on", "off"})  # in YAML 1.1
_ESCAPED = re.compile('[\\x00-\\x1f"\\\\\\x7f-\\x9f\u2028\u2029\ufeff\\ud800-\\udfff\ufffe\uffff]')
_SHORT = {"\n": "\\n", "\t": "\\t", '"': '\\"', "\\": "\\\\"}
_NOWHERE = Location("")


def yaml_scalar(text: str, *, in_brackets: bool = False) -> str:
    """Return `text` as YAML that is text again; `in_brackets`: as an item of `[a, b]`.

    It goes without quotes where that is safe, and never takes more than one line.
    """
    is_plain = _PLAIN.fullmatch(text) and not (in_brackets and _BRACKETS.search(text))
    if is_plain and not _is_taken_for_another_type(text):
        return text
    return '"' + _ESCAPED.sub(_escape, text) + '"'


def write_yaml(value: Mapping[str, Value]) -> str:
    """Return a mapping as YAML in block style; its keys are plain words."""
    return "".join(f"{line}\n" for line in _mapping_lines(value))


def _is_taken_for_another_type(text: str) -> bool:
    return (
        core_type(Scalar(text, plain=True, where=_NOWHERE)) is not CoreType.TEXT
        or text.lower() in _TRUTH_ELSEWHERE
        or _ODD_NUMBER.fullmatch(text) is not None
    )


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    short = _SHORT.get(character)
    return short or f"\\u{ord(character):04x}"


def _mapping_lines(mapping: Mapping[str, Value]) -> Iterator[str]:
    for key, value in mapping.items():
        if isinstance(value, str | bool | int | float):
            yield f"{key}: {_single(value)}"
        elif not value:
            yield f"{key}: " + ("{}" if isinstance(value, Mapping) else "[]")
        else:
            yield f"{key}:"
            lines = _mapping_lines(value) if isinstance(value, Mapping) else _list_lines(value)
            yield from (f"  {line}" for line in lines)


def _list_lines(values: Sequence[Value]) -> Iterator[str]:
    for value in values:
        if isinstance(value, Mapping):
            mark = "- "
            for line in _mapping_lines(value):
                yield mark + line
                mark = "  "
        elif isinstance(value, str | bool | int | float):
            yield f"- {_single(value)}"
        else:
            raise TypeError("a list in a list has no form in our files")


def _single(value: str | float) -> str:
    if isinstance(value, str):
        return yaml_scalar(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value).removesuffix(".0")
