"""The fast path: texts without any markup, which nearly all updates are.

It makes the same bytes as the engine does, without importing it; whatever could possibly be markup
is left to the engine. The two are compared in tests over generated texts.
"""

from __future__ import annotations

import re

# What a line may not begin with: anything that starts a block, and space (it may be code).
_BLOCK_START = r"[ \t#>+\-*=:|~`_]|[0-9]{1,9}[.)](?:[ \t]|$)"
_FIRST_LINE = re.compile(rf"(?!{_BLOCK_START}).", re.MULTILINE)

# Everything that could be markup, and control characters; but for what cannot be any where it
# stands: a line's end that is no hard break and before no block, an underscore inside a word, an
# ampersand that begins no reference, a less-than sign before a space or a digit.
_MARKUP = re.compile(
    r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\\`*_~\[\]<&@|](?!"
    rf"(?<=[^ ]\n)(?!{_BLOCK_START})"
    r"|(?<=[0-9A-Za-z]_)(?=[0-9A-Za-z])|(?<=&)(?![#0-9A-Za-z])|(?<=<)(?=[ 0-9]))",
    re.MULTILINE,
)
_BETWEEN_PARAGRAPHS = re.compile(r"\n\n+")


def is_plain(text: str) -> bool:
    """Tell whether `text` is certainly nothing but paragraphs without markup."""
    return (
        _FIRST_LINE.match(text) is not None
        and _MARKUP.search(text) is None
        and "://" not in text
        and "www." not in text
        and not text.endswith(" ")
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
