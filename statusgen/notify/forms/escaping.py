"""What people wrote, so that no service takes it for anything but text.

Services differ in what they understand and in whether a character can be escaped at all, so a text
is made harmless for one kind of markup at a time. Nobody is ever called by it: there is no mention
left that a service would know.
"""

from __future__ import annotations

import re
from enum import StrEnum
from html import escape

from statusgen.notify.message import Message
from statusgen.reading.characters import CONTROLS, REPLACEMENT


class Markup(StrEnum):
    """What a service does with a text.

    `PLAIN`: shows it as it is. `MARKDOWN`: understands Markdown, and a backslash before a
    character. `CARD`: the same, but an address is no link there by itself, and lines end only where
    paragraphs do. `HTML`: understands a few elements. `PAGE`: shows it as a browser does.
    `UNKNOWN`: something that cannot be escaped, so that other characters which look alike stand for
    those that could mean anything.
    """

    PLAIN = "plain"
    MARKDOWN = "markdown"
    CARD = "card"
    HTML = "html"
    PAGE = "page"
    UNKNOWN = "unknown"


GAP = "\N{ZERO WIDTH SPACE}"
"""What stands inside of what must not mean anything."""

_TURNS = "\u202a-\u202e\u2066-\u2069"  # directions that reach beyond the text itself
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_CONTROL = re.compile(f"[{CONTROLS}]")
_TURN = re.compile(f"[{_TURNS}\ufeff]")
_ENDS = re.compile(r"\n+")
_GAPS = re.compile(r"\n{3,}")

# A name after @ that is not part of an address; and those that call everyone, wherever they stand.
_MENTION = re.compile(r"(?<![\w.+-])([@\uff20])(?=[\w*!&])")
_ALL = re.compile(r"@(?=(?:everyone|here|channel|all|room|stream|topic|team)\b)", re.IGNORECASE)
_COMMAND = re.compile(r"<(?=[!?@#:/a-zA-Z])")

_ENTITY = re.compile(r"&(?=#?\w+;)")
_INDENT = re.compile(r"(?m)^[ \t]+")
_BLOCK = re.compile(r"(?m)^(?=\N{NO-BREAK SPACE}*(?:[#>=+*-]|\d+[.)]))")
_SPECIAL = re.compile(r"[\\`*~\[\]|]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_ESCAPED = r"\\\g<0>"
_LOOK_ALIKE = {
    "\\": "\N{REVERSE SOLIDUS OPERATOR}",
    "`": "\N{MODIFIER LETTER GRAVE ACCENT}",
    "*": "\N{ASTERISK OPERATOR}",
    "~": "\N{TILDE OPERATOR}",
    "[": "\N{FULLWIDTH LEFT SQUARE BRACKET}",
    "]": "\N{FULLWIDTH RIGHT SQUARE BRACKET}",
    "|": "\N{DIVIDES}",
    "_": "\N{MODIFIER LETTER LOW MACRON}",
}
_BRACKETS = str.maketrans(
    {
        "<": "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}",
        ">": "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}",
    }
)
_IN_ADDRESS = re.compile(r"[^A-Za-z0-9/:?#&=%+,;~._-]")


def line_of(text: str) -> str:
    """Return a text on one line, without what could turn or break that line."""
    return " ".join(text_of(text).split())


def text_of(text: str) -> str:
    """Return a text in lines and paragraphs, without what could turn or break others."""
    text = _BREAKS.sub("\n", text)
    text = _CONTROL.sub(REPLACEMENT, _TURN.sub("", text))
    return _GAPS.sub("\n\n", text.replace("\t", " ")).strip()


def beginning_of(message: Message) -> str:
    """Return what lines begin with that a name in Latin letters must not turn the other way."""
    return "\N{RIGHT-TO-LEFT MARK}" if message.is_rtl else ""


def without_mentions(text: str, gap: str = GAP) -> str:
    """Return a text that calls nobody; addresses of mail stay as they are."""
    text = _ALL.sub(f"@{gap}", _MENTION.sub(rf"\1{gap}", text))
    return _COMMAND.sub(f"<{gap}", text)


def escaped(text: str, markup: Markup) -> str:
    """Return a text of `line_of` or `text_of` that is nothing but text in a kind of markup."""
    text = without_mentions(text)
    match markup:
        case Markup.PLAIN:
            return text
        case Markup.HTML:
            return escape(text, quote=False)
        case Markup.PAGE:
            return escape(text, quote=False).replace("\n", "<br>\n")
        case Markup.MARKDOWN:
            return _SPECIAL.sub(_ESCAPED, _without_blocks(text))
        case Markup.CARD:
            return _ENDS.sub("\n\n", _SPECIAL.sub(_ESCAPED, _without_blocks(text)))
        case Markup.UNKNOWN:
            text = _without_blocks(text).translate(_BRACKETS)
            return _SPECIAL.sub(lambda found: _LOOK_ALIKE[found[0]], text)


def address_of(link: str) -> str:
    """Return an address of ours with all characters encoded that any markup could take for its."""
    return _IN_ADDRESS.sub(lambda found: _encoded(found[0]), link)


def link_of(link: str, markup: Markup) -> str:
    """Return an address as a kind of markup shows it as a link."""
    address = address_of(link)
    match markup:
        case Markup.HTML:
            return escape(address, quote=False)
        case Markup.PAGE:
            address = escape(address)
            return f'<a href="{address}">{address}</a>'
        case Markup.CARD:
            return f"[{_SPECIAL.sub(_ESCAPED, address)}]({address})"
        case Markup.PLAIN | Markup.MARKDOWN | Markup.UNKNOWN:
            return address


def _without_blocks(text: str) -> str:
    text = _INDENT.sub(lambda found: "\N{NO-BREAK SPACE}" * len(found[0]), text)
    return _ENTITY.sub(f"&{GAP}", _BLOCK.sub(GAP, text))


def _encoded(character: str) -> str:
    if not character.isascii():
        return character  # a host's name may have it
    return f"%{ord(character):02X}"
