"""A message as a post on a social network: what is wrong, and where to read on."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from statusgen.notify.forms.cutting import ELLIPSIS, graphemes, shortened
from statusgen.notify.forms.escaping import (
    Markup,
    beginning_of,
    escaped,
    line_of,
    link_of,
    text_of,
)
from statusgen.notify.message import Message

_LINK = 23  # what X and Mastodon count for any link
_LONGEST_CLUSTER = 8  # characters on the average, of what a text of any script is cut from
_LEAST = 60  # a shorter beginning of the text says less than none
_LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
"""What weighs one on X; all else weighs two (developer.x.com, "Counting characters")."""


class Network(NamedTuple):
    """How long a post may be: `weigh` says what a text counts for."""

    most: int
    weigh: Callable[[str], int]


def clusters_in(text: str) -> int:
    """Return how many grapheme clusters a text has."""
    return len(graphemes(text))


def weight_on_bluesky(text: str) -> int:
    """Return the clusters of a text, or a tenth of its bytes: it takes 300, and 3000 bytes."""
    return max(clusters_in(text), -(-len(text.encode()) // 10))


def weight_on_mastodon(text: str) -> int:
    """Return the clusters of a text, in which no link counts for less than 23."""
    return _with_links(text, clusters_in)


def weight_on_x(text: str) -> int:
    """Return what X counts for a text, or a little more where it is not clear what a link is.

    An emoji weighs two, of however many characters it is made; the sum of its parts is never less.
    """
    return _with_links(unicodedata.normalize("NFC", text), _own_weight)


def _with_links(text: str, weigh: Callable[[str], int]) -> int:
    links = (weigh(one) for one in text.split() if "." in one.strip(f".{ELLIPSIS}"))
    return weigh(text) + sum(_LINK - weight for weight in links if weight < _LINK)


def _own_weight(text: str) -> int:
    return sum(1 if any(low <= ord(one) <= high for low, high in _LIGHT) else 2 for one in text)


def social_text(message: Message, network: Network, markup: Markup = Markup.PLAIN) -> str:
    """Return a message as a post: '[Acme] Investigating: Card payments fail', text, link.

    The text is left out first, then the end of the headline is; the watermark and the link stay.
    """
    link = link_of(message.link, markup)
    headline = beginning_of(message) + line_of(f"[{message.page}] {message.headline}")
    if message.watermark:
        headline = f"{line_of(message.watermark)} · {headline}"

    def written(*lines: str) -> str:
        return "\n".join((*(escaped(one, markup) for one in lines), link))

    def fits(*lines: str) -> bool:
        return network.weigh(written(*lines)) <= network.most

    looked_at = network.most * _LONGEST_CLUSTER
    if not fits(headline):
        head = shortened(headline, fits, looked_at)
        return written(head) if head else link
    whole = "\n".join(one for one in text_of(message.plain).splitlines() if one.strip())
    text = shortened(whole, lambda one: fits(headline, one), looked_at)
    is_enough = text and (clusters_in(text) >= _LEAST or text == whole)
    return written(headline, text) if is_enough else written(headline)
