"""The pictures that chats show beside a link: of the page, and of what is open or new.

They are drawn as SVG here; what makes PNG of it, if anything does, is given. The face has Latin,
Greek and Cyrillic letters. A text with others is left out rather than drawn as boxes, and where
that is the title, the page's address stands in its place, with the state's shape and the time. The
card of a calm page says nothing of its state, because chats keep pictures for weeks.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache
from html import escape
from typing import NamedTuple
from urllib.parse import urlsplit

from statusgen.model import STATUS_OF, ComponentStatus, Kind
from statusgen.site.context import Output, Site, anchor_of, incident_path
from statusgen.site.embeds.badges import LOOKS
from statusgen.site.look.glyphs import text_width
from statusgen.site.look.shapes import UNKNOWN
from statusgen.site.look.tokens import colour_tokens
from statusgen.site.theme.assets import token_style
from statusgen.site.views.headline import headline
from statusgen.site.words.wording import label, state_of
from statusgen.timeline.record import Record

NEWEST = 5
"""So many reports have a card although they are over; drawing one takes as long as 100 pages."""

FACE = "Noto Serif"
COVERED = re.compile(
    r"[ -~\u00a0-\u017f\u0218-\u021b\u0384-\u0386\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce"
    r"\u0400-\u045f\u0490\u0491\u2010-\u2015\u2018-\u201e\u2022\u2026\u2032\u2033\u20ac\u2116\u2122]*",
)

_WIDTH, _HEIGHT, _EDGE = 1200, 630, 80
_ROOM = _WIDTH - 2 * _EDGE
_LARGE, _MIDDLE, _SMALL = 64, 36, 30
_MOST_LINES = 4


class CardView(NamedTuple):
    """A card as a page's head names it: its absolute address, and what it says."""

    url: str
    alt: str


class _Card(NamedTuple):
    title: str
    state: str
    word: str
    moment: str
    about: str = ""


def render_cards(site: Site) -> Iterator[Output]:
    """Yield the card of the front page, if there can be one."""
    card = _page_card(site)
    if site.draw and card:
        yield "card.png", site.draw(card_svg(site, card))


def record_card(site: Site, record: Record) -> Iterator[Output]:
    """Yield the card of a report, if it has one."""
    card = _record_card(site, record)
    if site.draw and card:
        yield f"{incident_path(record)}card.png", site.draw(card_svg(site, card))


def page_card_view(site: Site) -> CardView | None:
    """Return the card of the front page, if there can be one."""
    return _view(site, "", _page_card(site))


def record_card_view(site: Site, record: Record) -> CardView | None:
    """Return the card of a report, if it has one."""
    return _view(site, incident_path(record), _record_card(site, record))


def has_card(site: Site, record: Record) -> bool:
    """Tell whether a report is among those that have a card, if its letters allow it."""
    return bool(site.draw) and record.incident.id in _with_card(site)


def _view(site: Site, folder: str, card: _Card | None) -> CardView | None:
    """Return a card's address, which changes with what it shows: chats keep what they have."""
    if site.draw is None or card is None:
        return None
    version = hashlib.sha256(card_svg(site, card).encode()).hexdigest()[:8]
    return CardView(f"{site.url}{folder}card.png?{version}", card.title)


@lru_cache(maxsize=2)
def _with_card(site: Site) -> frozenset[str]:
    history = site.history
    records = (*history.open_incidents, *history.running, *history.records[:NEWEST])
    return frozenset(record.incident.id for record in records if not anchor_of(record))


@lru_cache(maxsize=2)
def _page_card(site: Site) -> _Card | None:
    state = headline(site)
    name = site.language.gettext("%(name)s status") % {"name": site.config.page.name}
    if state.state == ComponentStatus.OPERATIONAL:
        card = _Card(name, "", "", "", site.config.page.description)
    else:
        card = _Card(state.text, state.state, state.word, _moment(site.history.updated))
    return _drawable(site, card)


def _record_card(site: Site, record: Record) -> _Card | None:
    if not has_card(site, record):
        return None
    state = state_of(record)
    if state != UNKNOWN and record.kind is not Kind.NOTICE:
        state = STATUS_OF[record.impact] if record.is_open else ComponentStatus.OPERATIONAL
    word = label(record.status, site.language)
    return _drawable(site, _Card(record.title, state, word, _moment(record.updated)))


def _drawable(site: Site, card: _Card) -> _Card | None:
    """Return a card if this is the main language and the face can write the page's address."""
    return card if not site.folder and COVERED.fullmatch(_host(site)) else None


def _host(site: Site) -> str:
    return urlsplit(site.url).netloc


def _written(text: str) -> str:
    """Return a text if the face has all its letters, else nothing."""
    return text if COVERED.fullmatch(text) else ""


def _moment(moment: object) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def card_svg(site: Site, card: _Card) -> str:
    """Return a card as SVG of 1200 x 630."""
    (tokens, _), bottom = colour_tokens(token_style(site)), _HEIGHT - _EDGE
    colour, shape = LOOKS.get(card.state, ("", ""))
    name = site.language.gettext("%(name)s status") % {"name": site.config.page.name}
    title = _written(card.title)
    lines = wrapped(title or _host(site), _LARGE)
    foot = " \N{MIDDLE DOT} ".join(filter(None, (_written(card.word), card.moment)))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{_HEIGHT}">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="{escape(tokens["ground"])}"/>',
        f'<rect width="{_WIDTH}" height="14" fill="{colour or escape(tokens["accent"])}"/>',
        f'<g font-family="{FACE}" font-weight="700">',
        _text(_cut(_written(name), _SMALL), _EDGE, 120, _SMALL, tokens["muted"])
        if card.state
        else "",
        *(
            _text(line, _EDGE, 230 + 82 * number, _LARGE, tokens["text"])
            for number, line in enumerate(lines)
        ),
    ]
    for number, line in enumerate(wrapped(_written(card.about), _MIDDLE)[:3]):
        y = 230 + 82 * len(lines) + 52 * number
        parts.append(_text(line, _EDGE, y, _MIDDLE, tokens["muted"]))
    if shape:
        parts.append(
            f'<path transform="translate({_EDGE} {bottom - 23}) scale(2.4)" fill="{colour}" '
            f'd="{shape}"/>',
        )
    parts += [
        _text(foot, _EDGE + 40, bottom, _SMALL, colour) if foot else "",
        _text(_host(site), _WIDTH - _EDGE, bottom, _SMALL, tokens["muted"], anchor="end")
        if title
        else "",
        "</g></svg>",
    ]
    return "".join(parts)


def _text(text: str, x: int, y: int, size: int, colour: str, anchor: str = "start") -> str:  # noqa: PLR0913, PLR0917 (what SVG needs for a text)
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" fill="{escape(colour)}" '
        f'text-anchor="{anchor}">{escape(text)}</text>'
    )


def wrapped(text: str, size: int) -> list[str]:
    """Return a text in lines that fit a card; what is too much ends in an ellipsis."""
    lines = [""]
    for word in text.split():
        joined = f"{lines[-1]} {word}".strip()
        if _width(joined, size) <= _ROOM or not lines[-1]:
            lines[-1] = joined
        else:
            lines.append(word)
    cut = [_cut(line, size) for line in lines[:_MOST_LINES]]
    if len(lines) > _MOST_LINES:
        cut[-1] = _cut(f"{cut[-1]} {lines[_MOST_LINES]}", size)
    return cut


def _cut(line: str, size: int) -> str:
    if _width(line, size) <= _ROOM:
        return line
    while line and _width(f"{line}\N{HORIZONTAL ELLIPSIS}", size) > _ROOM:
        line = line[:-1]
    return f"{line.rstrip()}\N{HORIZONTAL ELLIPSIS}"


def _width(text: str, size: int) -> float:
    """Return about how wide a text is: the face is hardly wider than the one that is measured."""
    return text_width(text) * size / 11 * 1.04
