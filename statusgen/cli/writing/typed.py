"""What a person typed, pasted or left in a file, as text that a page can hold."""

from __future__ import annotations

import re

from statusgen.reading.characters import CONTROLS, encoding_of

_NO_TEXT = re.compile(f"[{CONTROLS}]")


def typed_text(typed: str | bytes) -> str:
    """Return a text without the control characters that come along with a paste.

    A terminal or shell whose locale does not know UTF-8 gives its bytes one by one. What is not
    UTF-8 is taken for Western European.
    """
    raw = typed if isinstance(typed, bytes) else typed.encode("utf-8", "surrogateescape")
    try:
        text = raw.decode(encoding_of(raw))
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    return _NO_TEXT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
