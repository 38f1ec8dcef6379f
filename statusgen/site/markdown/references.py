r"""Destinations and titles of links, and link definitions (`[label]: https://… "title"`)."""

from __future__ import annotations

import re
from html.entities import html5
from typing import NamedTuple, TypeAlias

_ESCAPE_OR_REFERENCE = re.compile(
    r"\\([!-/:-@\[-`{-~])|&(?:#([0-9]{1,7})|#[xX]([0-9A-Fa-f]{1,6})|([A-Za-z][A-Za-z0-9]{0,31}));",
)
_ANGLE = re.compile(r"<((?:[^<>\n\\]|\\.)*)>")
_SIMPLE = re.compile(r"[^\x00-\x20\x7f()<\\][^\x00-\x20\x7f()\\]*")
_PIECE = re.compile(r"[^\x00-\x20\x7f()\\]+|\\[()\\]?|[()]")
_MOST_PARENTHESES = 32
_TITLE = re.compile(
    r'"(?:[^"\\]|\\.)*"' r"|'(?:[^'\\]|\\.)*'" r"|\((?:[^()\\]|\\.)*\)",
    re.DOTALL,
)
_SPACES = re.compile(r"[ \t]*\n?[ \t]*")
_LABEL = re.compile(r"\[((?:[^\\\[\]]|\\.){1,999})\]", re.DOTALL)
_LINE_END = re.compile(r"[ \t]*(?:\n|$)")
_FIRST_ASCII, _C1_END, _LAST = 0x20, 0xA0, 0x10FFFF


class Target(NamedTuple):
    """Where a link leads, as written but without escapes."""

    url: str
    title: str = ""


References: TypeAlias = dict[str, Target]


def unescape(text: str) -> str:
    """Resolve backslash escapes and character references."""
    if "\\" not in text and "&" not in text:
        return text
    return _ESCAPE_OR_REFERENCE.sub(_resolve, text)


def _resolve(match: re.Match[str]) -> str:
    return match[1] or character_of(match)


def character_of(match: re.Match[str]) -> str:
    """Return what a character reference stands for; itself if it stands for nothing.

    The match's groups 2, 3 and 4 are a decimal number, a hexadecimal one and a name. A number that
    no text may hold (a control character, half a surrogate pair) gives U+FFFD.
    """
    if match[4]:
        return html5.get(f"{match[4]};", match[0])
    code = int(match[2]) if match[2] else int(match[3], 16)
    if code in {0x09, 0x0A}:
        return chr(code)
    is_text = _FIRST_ASCII <= code < 0x7F or _C1_END <= code <= _LAST  # noqa: PLR2004 (DEL)
    if not is_text or 0xD800 <= code <= 0xDFFF or code & 0xFFFE == 0xFFFE:  # noqa: PLR2004 (halves)
        return "\ufffd"
    return chr(code)


def normal_label(label: str) -> str:
    """Return the form under which a label is kept: case and amount of space do not matter."""
    return " ".join(label.split()).casefold()


def destination_at(text: str, place: int) -> tuple[str, int] | None:
    """Return the destination that begins at `place`, unescaped, and where it ends."""
    if text.startswith("<", place):
        match = _ANGLE.match(text, place)
        return (unescape(match[1]), match.end()) if match else None
    match = _SIMPLE.match(text, place)
    if match and text[match.end() : match.end() + 1] not in {"(", "\\"}:
        return unescape(match[0]), match.end()
    end, depth = place, 0
    while piece := _PIECE.match(text, end):
        if piece[0] == "(":
            depth += 1
            if depth > _MOST_PARENTHESES:
                return None
        elif piece[0] == ")":
            if not depth:
                break
            depth -= 1
        end = piece.end()
    return unescape(text[place:end]), end


def target_at(text: str, place: int) -> tuple[Target, int] | None:
    """Return the target in parentheses that begins at `place`, and where it ends."""
    place = _skip(text, place + 1)
    found = destination_at(text, place)
    if found is None:
        return None
    url, end = found
    if text.startswith(")", end):
        return Target(url, ""), end + 1
    after = _skip(text, end)
    title = ""
    if after > end:
        match = _TITLE.match(text, after)
        if match:
            title, after = unescape(match[0][1:-1]), _skip(text, match.end())
    return (Target(url, title), after + 1) if text.startswith(")", after) else None


def label_at(text: str, place: int) -> tuple[str, int] | None:
    """Return the label in brackets that begins at `place`, and where it ends."""
    match = _LABEL.match(text, place)
    return (match[1], match.end()) if match else None


def take_definitions(lines: list[str], references: References) -> list[str]:
    """Move the link definitions at the beginning of a paragraph to `references`.

    Returns the lines that are left.
    """
    text = "\n".join(lines)
    place = 0
    while text.startswith("[", place):
        end = _definition_end(text, place, references)
        if not end:
            break
        place = end
    return text[place:].split("\n") if place < len(text) else []


def _definition_end(text: str, place: int, references: References) -> int:
    """Read one definition; return where it ends, 0 if there is none."""
    found = label_at(text, place)
    if found is None or not found[0].strip() or not text.startswith(":", found[1]):
        return 0
    label = normal_label(found[0])
    start = _skip(text, found[1] + 1)
    destination = destination_at(text, start)
    if destination is None or destination[1] == start:
        return 0
    url, end = destination
    after = _skip(text, end)
    if after > end and (match := _TITLE.match(text, after)):
        line_end = _LINE_END.match(text, match.end())
        if line_end:
            references.setdefault(label, Target(url, unescape(match[0][1:-1])))
            return line_end.end()
    line_end = _LINE_END.match(text, end)
    if line_end is None:
        return 0
    references.setdefault(label, Target(url))
    return line_end.end()


def _skip(text: str, place: int) -> int:
    """Return the place after spaces with at most one line break."""
    match = _SPACES.match(text, place)
    return match.end() if match else place
