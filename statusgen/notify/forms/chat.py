"""A message as chats show it: state and title, facts, some of the text, the link."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from statusgen.notify.forms.cutting import shortened
from statusgen.notify.forms.escaping import (
    Markup,
    beginning_of,
    escaped,
    line_of,
    link_of,
    text_of,
)
from statusgen.notify.message import Message

LONGEST_TEXT = 1000
LONGEST_LINE = 300
"""Characters of the text, and of any one line beside it; the page has the rest."""

_ENDS = {Markup.CARD: "\n\n", Markup.PAGE: "<br>\n"}
_GAPS = {Markup.PAGE: "<br>\n<br>\n"}
_LEAST = 40  # a shorter beginning of a text says nothing


class ChatText(NamedTuple):
    """`title` is empty where a service shows all in one."""

    title: str
    body: str


class Space(NamedTuple):
    """How much a service takes: a body of `most` by `size`, a title of `title` characters."""

    most: int
    title: int = 0
    size: Callable[[str], int] = len


def chat_text(message: Message, markup: Markup, space: Space) -> ChatText:
    """Return a message as a chat shows it, where it may fill a space.

    What does not fit is left out in this order: the text, the facts, the headline's end. The
    watermark and the link stay.
    """
    link = link_of(message.link, markup)
    watermark = escaped(line_of(message.watermark), markup)
    headline = beginning_of(message) + line_of(f"[{message.page}] {message.headline}")
    end, gap = _ENDS.get(markup, "\n"), _GAPS.get(markup, "\n\n")
    lines = [watermark] if watermark else []
    room = space.most - space.size(gap.join((*lines, link, "")))
    if not space.title:
        around = space.size(_bold("", markup) + gap)
        head = _cut(headline, markup, space, min(room - around, LONGEST_LINE))
        lines += [_bold(head, markup)] if head else []
        room -= space.size(head) + around
    for fact in message.facts:
        line = message.phrases.pair % {"state": fact.label, "what": fact.value}
        line = _cut(line_of(line), markup, space, LONGEST_LINE)
        needed = space.size(line + end)
        if needed <= room:
            lines.append(line)
            room -= needed
    text = text_of(message.plain)
    is_enough = room >= min(_LEAST, len(text))
    text = _cut(text, markup, space, min(room, LONGEST_TEXT)) if is_enough else ""
    body = gap.join(one for one in (end.join(lines), text, link) if one)
    if not space.title:
        return ChatText("", body)
    shown = f"{line_of(message.watermark)} · {headline}" if watermark else headline
    return ChatText(_cut(shown, markup, space._replace(size=len), space.title), body)


def _cut(text: str, markup: Markup, space: Space, most: int) -> str:
    """Return a text in a kind of markup, or so much of it that its size is not above `most`."""

    def fits(beginning: str) -> bool:
        return space.size(escaped(beginning, markup)) <= most

    return escaped(shortened(text, fits, most), markup)


def _bold(line: str, markup: Markup) -> str:
    match markup:
        case Markup.MARKDOWN | Markup.CARD:
            return f"**{line}**"
        case Markup.HTML | Markup.PAGE:
            return f"<b>{line}</b>"
        case Markup.PLAIN | Markup.UNKNOWN:
            return line
