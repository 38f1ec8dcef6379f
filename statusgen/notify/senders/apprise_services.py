"""How the services that Apprise knows take texts: measured with Apprise 2.3, by what it sends.

A body without a format goes out exactly as it is given, and the services differ in what they make
of it. With the format 'text' Apprise escapes it for Slack, and lets kinds of mail have it as text.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from statusgen.notify.forms.escaping import Markup
from statusgen.notify.forms.social import (
    Network,
    clusters_in,
    weight_on_bluesky,
    weight_on_mastodon,
    weight_on_x,
)


class TextRules(NamedTuple):
    """How a service takes a text.

    `format` is what Apprise is told of it: '' for nothing. `has_title` says that a title is shown
    as it is. `most` is how long a body may be where Apprise does not know it, by `size`.
    """

    markup: Markup
    format: str = ""
    has_title: bool = False
    most: int = 32768
    size: Callable[[str], int] = len


def size_in_json(text: str) -> int:
    """Return how many bytes a text takes in JSON, where no letter beyond ASCII stands as it is."""
    return len(json.dumps(text)) - len('""')


_UNKNOWN = TextRules(Markup.UNKNOWN)
_PLAIN = TextRules(Markup.PLAIN)
_AS_IT_IS = TextRules(Markup.PLAIN, has_title=True)
_MARKDOWN = TextRules(Markup.MARKDOWN)
_CARD = TextRules(Markup.CARD)
_ESCAPED_BY_APPRISE = TextRules(Markup.PLAIN, format="text")
_MAIL = TextRules(Markup.PLAIN, format="text", has_title=True)
_PAGE = TextRules(Markup.PAGE, has_title=True)

_RULES: dict[str, TextRules] = {
    **dict.fromkeys(("form", "gotify", "json", "mqtt", "xml"), _AS_IT_IS),
    **dict.fromkeys(("line", "pover", "rsyslog", "signal", "syslog", "threema"), _AS_IT_IS),
    **dict.fromkeys(("discord", "guilded", "mmost"), _MARKDOWN),
    **dict.fromkeys(("webex", "workflows", "wxteams"), _CARD),
    **dict.fromkeys(("bluesky", "mastodon", "matrix", "x"), _PLAIN),
    # Anything longer than 4096 bytes becomes a file there.
    "ntfy": TextRules(Markup.PLAIN, has_title=True, most=3800, size=size_in_json),
    "slack": _ESCAPED_BY_APPRISE,
    "tgram": TextRules(Markup.HTML),
}
_NETWORKS: dict[str, Network] = {
    "bluesky": Network(300, weight_on_bluesky),
    "mastodon": Network(500, weight_on_mastodon),
    "x": Network(280, weight_on_x),
}
_OTHER = 280


def text_rules_of(
    schemas: AbstractSet[str], formats: AbstractSet[str], mode: str = ""
) -> TextRules:
    """Return how the service of these schemas takes texts; an unknown one gets no markup at all.

    `formats` are those that Apprise says it takes: HTML, or that or text, is a kind of mail.
    `mode` is what is behind a Matrix address, if that is not Matrix itself.
    """
    if "html" in formats and "markdown" not in formats:
        return _MAIL if "text" in formats else _PAGE
    if "matrix" in schemas and mode not in {"", "off"}:
        return _UNKNOWN
    return next((_RULES[one] for one in sorted(schemas) if one in _RULES), _UNKNOWN)


def network_of(schemas: AbstractSet[str], most: int) -> Network:
    """Return what a post may be on the network of these schemas; `most` is what Apprise knows."""
    known = (_NETWORKS[one] for one in sorted(schemas) if one in _NETWORKS)
    return next(known, Network(min(most, _OTHER), clusters_in))
