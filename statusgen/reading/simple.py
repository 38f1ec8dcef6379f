"""The YAML of which nearly every front matter is made, read three times as fast as by a parser.

That is: `key: value` on each line with a harmless value, or below the key, indented, such lines
again or a list of such values. Everything else, and all that is wrong, is left to the parser. A
property test holds that where this reads something, the parser reads the same.
"""

from __future__ import annotations

import re

from statusgen.problems import Location
from statusgen.reading.characters import CONTROLS
from statusgen.reading.tree import Entry, Mapping, Scalar, Sequence

_NEVER = f"{CONTROLS}\\t\\n\\ufeff\u2028\u2029"
# Possessive (++, *+): whatever the text, no character is looked at twice.
_PLAIN = f"(?:[^\\W_]|[/(])(?:[^\\s:#{_NEVER}]++|:(?=[0-9A-Za-z/])|(?<=\\S)#| (?![ #]))*+(?<! )"
_QUOTED = f'"[^"\\\\{_NEVER}]*+"'
_WORD = "[0-9A-Za-z][0-9A-Za-z_-]{0,99}+"
_WORDS = f"{_WORD}(?:, {_WORD})*+"
_LINE = re.compile(
    f"( *+)(?:({_WORD}):(?: (?:({_PLAIN})|({_QUOTED})|\\[({_WORDS})\\]))?|- ({_PLAIN}))",
)


def parse_simple(text: str, path: str, first_line: int) -> Mapping | None:
    """Return the mapping that `text` is, or None if a parser has to look at it."""
    entries: dict[str, Entry] = {}
    below: _Below | None = None
    for number, line in enumerate(text.split("\n"), first_line):
        match = _LINE.fullmatch(line)
        if match is None:
            if line:
                return None
            continue
        indent, name, plain, quoted, words, _ = match.groups()
        if indent:
            if below is None or not below.take(match, number):
                return None
            continue
        if below is not None and not below.ends(entries):
            return None
        if name is None or name in entries:  # a list at the left, or a duplicate
            return None
        below = None
        key = Scalar(name, True, Location(path, number, 1))  # noqa: FBT003  a keyword costs time
        value = _value(plain, quoted, words, Location(path, number, len(name) + 3))
        if value is None:
            below = _Below(key)
        else:
            entries[name] = Entry(key, value)
    if below is not None and not below.ends(entries):
        return None
    first = next(iter(entries.values()), None)
    return first and Mapping(tuple(entries.values()), first.key.where)


class _Below:
    """What stands indented below a key: lines `key: value`, or lines `- value`."""

    __slots__ = ("_entries", "_indent", "_items", "_key")

    def __init__(self, key: Scalar) -> None:
        self._key = key
        self._indent = ""
        self._entries: dict[str, Entry] = {}
        self._items: list[Scalar] = []

    def take(self, match: re.Match[str], number: int) -> bool:
        """Add a line, or tell that it does not belong here as simply as that."""
        indent, name, plain, quoted, words, item = match.groups()
        if indent != self._indent:
            if self._indent:
                return False
            self._indent = indent
        path, column = self._key.where.path, len(indent) + 1
        if item is not None:
            self._items.append(Scalar(item, True, Location(path, number, column + 2)))  # noqa: FBT003  as above
            return not self._entries
        value = _value(plain, quoted, words, Location(path, number, column + len(name) + 2))
        if value is None or words or name in self._entries:
            return False
        key = Scalar(name, True, Location(path, number, column))  # noqa: FBT003  as above
        self._entries[name] = Entry(key, value)
        return not self._items

    def ends(self, entries: dict[str, Entry]) -> bool:
        """Add the whole to `entries`, or tell that there was nothing."""
        value: Mapping | Sequence
        if self._items:
            path, line, column = self._items[0].where
            value = Sequence(tuple(self._items), Location(path, line, column - 2))
        elif self._entries:
            first = next(iter(self._entries.values()))
            value = Mapping(tuple(self._entries.values()), first.key.where)
        else:
            return False
        entries[self._key.text] = Entry(self._key, value)
        return True


def _value(
    plain: str | None, quoted: str | None, words: str | None, where: Location
) -> Scalar | Sequence | None:
    """Return what stands behind the colon, if anything does."""
    if plain is not None:
        return Scalar(plain, True, where)  # noqa: FBT003  as above
    if quoted is not None:
        return Scalar(quoted[1:-1], False, where)  # noqa: FBT003  as above
    if words is None:
        return None
    items = []
    column = where.column + 1
    for word in words.split(", "):
        items.append(Scalar(word, True, Location(where.path, where.line, column)))  # noqa: FBT003  as above
        column += len(word) + 2
    return Sequence(tuple(items), where)
