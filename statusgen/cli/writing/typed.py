"""What a person typed, pasted or left in a file, as text that a page can hold."""

from __future__ import annotations

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE

from statusgen.reading.characters import CONTROLS

UTF_16 = {BOM_UTF16_LE, BOM_UTF16_BE}
"""What PowerShell and Notepad write, begins so."""

_NO_TEXT = re.compile(f"[{CONTROLS}]")


def typed_text(typed: str | bytes) -> str:
    """Return a text without the control characters that come along with a paste.

    A terminal or shell whose locale does not know UTF-8 gives its bytes one by one. What is not
    UTF-8 is taken for Western European.
    """
    raw = typed if isinstance(typed, bytes) else typed.encode("utf-8", "surrogateescape")
    try:
        text = raw.decode("utf-16" if raw[:2] in UTF_16 else "utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    return _NO_TEXT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
