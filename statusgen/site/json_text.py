"""JSON as every file of ours is written."""

from __future__ import annotations

from json import JSONEncoder
from typing import Any

Json = dict[str, Any]

# What we write has no cycles, and to look for them takes half the time.
_encode = JSONEncoder(
    ensure_ascii=False,
    allow_nan=False,
    check_circular=False,
    separators=(",", ":"),
).encode


def to_json(value: Json) -> bytes:
    """Return UTF-8 JSON on one line, keys in the order they have; NaN is refused."""
    return f"{_encode(value)}\n".encode()
