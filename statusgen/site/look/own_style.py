"""What a stylesheet of the operator's own must not do: ask for anything else.

The pages' Content-Security-Policy would not let it, and readers' browsers ask no other host.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})[ \t\n]?|([^\n0-9a-fA-F]))")
_LOADING = re.compile(
    r"""(@import)\b|\b(?:url|src|image|image-set|cross-fade)\(\s*["']?\s*([^"')\n]*)""",
    re.IGNORECASE,
)
_OTHER_HOST = re.compile(r"(?!data:)(?:[a-z][a-z0-9+.-]*:|//|\\\\)", re.IGNORECASE)
_LONGEST_SHOWN = 60


class Fault(NamedTuple):
    """What is wrong on a line."""

    line: int
    message: str
    hint: str


def style_faults(css: str) -> Iterator[Fault]:
    """Yield what would make a browser ask for another file."""
    text = _COMMENT.sub(lambda found: "\n" * found[0].count("\n") or " ", css)
    text = _ESCAPE.sub(_unescaped, text)
    for found in _LOADING.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        address = (found[2] or "").strip()
        if found[1]:
            yield Fault(line, "'@import' asks for another file", "copy its rules into this file")
        elif _OTHER_HOST.match(address):
            message = f"'{address[:_LONGEST_SHOWN]}' is on another host"
            yield Fault(line, message, "readers' browsers ask no host but the page's own")
        elif not address.startswith("#"):
            message = f"'{address[:_LONGEST_SHOWN]}' is not published with the page"
            yield Fault(line, message, "draw it with CSS, or give it as 'logo' or 'favicon'")


def _unescaped(found: re.Match[str]) -> str:
    if not found[1]:
        return found[2]
    code = int(found[1], 16)
    return chr(code) if 0 < code < 0xD800 or 0xE000 <= code <= 0x10FFFF else "\ufffd"  # noqa: PLR2004 (Unicode)
