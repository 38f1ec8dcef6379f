"""Two keys of which a mapping has exactly one."""

from __future__ import annotations

from typing import Any, NamedTuple

from statusgen.reading.fields import Field, Schema, Values


class OneOfTwo(NamedTuple):
    """Two keys that exclude each other, one of which is needed.

    `words` is what messages call the mapping, with its article.
    """

    words: str
    first: Field[Any]
    second: Field[Any]

    def check(self, values: Values) -> bool:
        """Tell whether exactly one is there; report if none is, or both are."""
        both = values.has(self.first) and values.has(self.second)
        if both:
            message = f"'{self.first.name}' and '{self.second.name}' exclude each other"
            hint = "delete the one that does not hold"
            values.report.error("bad-value", message, values.place(self.second), hint)
        elif not (values.has(self.first) or values.has(self.second)):
            if not (values.is_wrong(self.first) or values.is_wrong(self.second)):
                message = f"{self.words} without '{self.first.name}' or '{self.second.name}'"
                values.report.error("missing-key", message, values.where, self.first.doc)
            return False
        return not both

    def schema(self) -> Schema:
        """Return what says the same to a JSON Schema."""
        return {
            "oneOf": [
                {"required": [one.name], "properties": {one.name: {"not": {"type": "null"}}}}
                for one in (self.first, self.second)
            ],
        }
