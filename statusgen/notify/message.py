"""What is told of an event in one language, before it takes the form of a channel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from statusgen.timeline.events import Event


class Fact(NamedTuple):
    """One line beside the text, such as 'Next update' and '10:20 UTC (11:20 CET)'."""

    name: str
    label: str
    value: str


class Phrases(NamedTuple):
    """What forms say around a message, in its language; `pair` joins a label and its value."""

    follow: str = "Follow it on the status page"
    reason: str = "You get this because you subscribed to it."
    unsubscribe: str = "Unsubscribe"
    pair: str = "%(state)s: %(what)s"


ENGLISH_PHRASES = Phrases()


@dataclass(frozen=True, slots=True)
class Message:
    """An event in words.

    `headline` is one line without markup: the state, and the title ('Investigating: Card payments
    fail'). `text` is what was written, in Markdown; `html` is the same as safe HTML and `plain` the
    same without any markup. `link` is the address of the incident in this language, to the update.
    `watermark` says that all of it is an exercise; it stands in every form, before everything else.
    Titles, names and texts are as their authors wrote them: making them harmless is for each form.
    `payload` is the same for machines, as Statuspage's webhooks have it: JSON.
    """

    event: Event
    language: str
    is_rtl: bool
    page: str
    page_url: str
    title: str
    state: str
    headline: str
    text: str
    html: str
    plain: str
    facts: tuple[Fact, ...]
    link: str
    watermark: str = ""
    phrases: Phrases = ENGLISH_PHRASES
    payload: bytes = b""
