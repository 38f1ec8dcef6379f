"""A message as a text message: what is wrong and where to read on, in one segment or two.

A segment has 140 bytes: 160 characters of seven bits if all of them stand in GSM 03.38, else 70
units of UTF-16; 153 and 67 where there are several, since each says which it is.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from typing import NamedTuple

from statusgen.notify.forms.cutting import shortened
from statusgen.notify.forms.escaping import address_of, beginning_of, line_of, without_mentions
from statusgen.notify.message import Message

MOST_SEGMENTS = 2

_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_EXTENSION = frozenset("\f^{}\\[~]|€")  # these take two

_PLAINER = str.maketrans(
    dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"')
    | dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u2039\u203a\u00b4`", "'")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00b7", "-")
    | dict.fromkeys("\u00a0\u2007\u2009\u200a\u202f", " ")
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufe0f", "")
    | {"\u2026": "...", "\u2022": "*", "\u00d7": "x", "\u2192": "->"}
)
"""Quotation marks, dashes and spaces of any language that say the same in seven bits."""

_WITHOUT_MARKS = frozenset({"da", "de", "en", "es", "fi", "fr", "it", "nb", "nl", "no", "pt", "sv"})
"""Languages in which a word stays the same word without the marks that GSM 03.38 has no letter for.

In Turkish, Polish or Czech it may become another one.
"""


class Segments(NamedTuple):
    """How many segments a text takes, and whether in seven bits."""

    number: int
    is_gsm: bool


def segments_of(text: str) -> Segments:
    """Return what a text takes; a character is never split between two segments."""
    is_gsm = all(one in _GSM or one in _GSM_EXTENSION for one in text)
    single, several = (160, 153) if is_gsm else (70, 67)
    sizes = [_size(one, is_gsm=is_gsm) for one in text]
    return Segments(1 if sum(sizes) <= single else _filled(sizes, several), is_gsm)


def _size(character: str, *, is_gsm: bool) -> int:
    if is_gsm:
        return 2 if character in _GSM_EXTENSION else 1
    return len(character.encode("utf-16-le", "surrogatepass")) // 2


def _filled(sizes: Iterable[int], most: int) -> int:
    count, used = 1, 0
    for size in sizes:
        if used + size > most:
            count, used = count + 1, 0
        used += size
    return count


def sms_text(message: Message) -> str:
    """Return a message as a text message: 'Acme: Investigating: Card payments fail', link.

    All of the headline in one segment if that can be, else in two; else as much of it as two hold.
    Where the page of the incident has too long an address, the status page's own stands there.
    """
    said = f"{message.page}: {message.headline}"
    if message.watermark:
        said = f"{message.watermark} · {said}"
    said = without_mentions(_simplest(line_of(said), message.language), " ")
    said = beginning_of(message) + said
    incident = address_of(message.link).partition("#")[0]
    link = next(
        (one for one in (incident, address_of(message.page_url)) if _has_room(said, one)), incident
    )
    text = shortened(said, _fits(link), 160 * MOST_SEGMENTS, ellipsis="...")
    return f"{text} {link}" if text else link


def _fits(link: str) -> Callable[[str], bool]:
    return lambda text: segments_of(f"{text} {link}").number <= MOST_SEGMENTS


def _has_room(said: str, link: str) -> bool:
    """Tell whether beside a link there is room for so much of a text that it says something."""
    return _fits(link)(said) or _fits(link)(f"{said[:40]}...")


def _simplest(text: str, language: str) -> str:
    """Return a text in seven bits, if the same can be said in them, else as it is."""
    plainer = text.translate(_PLAINER)
    if language.partition("-")[0].partition("_")[0] in _WITHOUT_MARKS:
        plainer = "".join(one if _is_gsm(one) else _unmarked(one) for one in plainer)
    return plainer if all(map(_is_gsm, plainer)) else text


def _is_gsm(character: str) -> bool:
    return character in _GSM or character in _GSM_EXTENSION


def _unmarked(character: str) -> str:
    letters = unicodedata.normalize("NFKD", character)
    return "".join(one for one in letters if not unicodedata.combining(one))
