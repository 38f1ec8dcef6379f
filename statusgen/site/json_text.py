"""JSON as every file of ours is written."""

from __future__ import annotations

from typing import Any

import orjson

Json = dict[str, Any]


def to_json(value: Json) -> bytes:
    """Return UTF-8 JSON on one line, keys in the order they have.

    Raises:
        TypeError: A value has no JSON: a moment is refused as well, since each format has its own
            way to write it.

    """
    return orjson.dumps(value, option=_OPTIONS)


_OPTIONS = orjson.OPT_APPEND_NEWLINE | orjson.OPT_PASSTHROUGH_DATETIME
