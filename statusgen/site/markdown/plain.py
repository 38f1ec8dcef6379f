"""The fast path: texts without any markup, which nearly all updates are.

It makes the same bytes as the engine does, without importing it; whatever could possibly be markup
is left to the engine. The two are compared in tests over generated texts.
"""

from __future__ import annotations

import re

# What a line may not begin with: anything that starts a block, and space (it may be code).
_LINE_START = r"(?![ \t#>+\-*=:|~`_]|[0-9]{1,9}[.)](?:[ \t]|$))"

# What a line is made of: everything that could be inline markup is left out, but for marks that
# cannot be one where they stand: an underscore inside a word, an ampersand that begins no
# reference, a less-than sign before a space or a digit. No character is in both, so a line can be
# read in one way only. (Possessive groups would say so, but Python 3.11.2 gets them wrong.)
_LETTERS = r"[^\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\n\\`*_~\[\]<&@|]*"
_MARK = r"(?:(?<=[0-9A-Za-z])_(?=[0-9A-Za-z])|&(?![#0-9A-Za-z])|<(?=[ 0-9]))"
_LINE = rf"{_LINE_START}(?=.){_LETTERS}(?:{_MARK}{_LETTERS})*(?<! )"

_PLAIN = re.compile(rf"(?:{_LINE}(?:\n+|$))+", re.MULTILINE)
_LINK = re.compile(r"://|www\.")
_BETWEEN_PARAGRAPHS = re.compile(r"\n\n+")


def is_plain(text: str) -> bool:
    """Tell whether `text` is certainly nothing but paragraphs without markup."""
    return (
        _PLAIN.fullmatch(text) is not None
        and _LINK.search(text) is None
        and not text.isspace()  # Python-Markdown sees nothing in spaces of any kind
    )


def render_plain(text: str) -> str:
    """Return the HTML of a text for which `is_plain` holds."""
    text = text.rstrip("\n")
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    if "\xa0" in text:
        text = text.replace("\xa0", "&nbsp;")
    if "\n\n" in text:
        text = _BETWEEN_PARAGRAPHS.sub("</p>\n<p>", text)
    return f"<p>{text}</p>"
