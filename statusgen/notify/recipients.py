"""Who gets an event by mail: the addresses of a channel, and the subscribers whom it concerns."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from statusgen.model import Config, MailChannel
from statusgen.notify.concern import concern_of
from statusgen.notify.subscribers.addresses import same_for
from statusgen.notify.subscribers.book import Book, Subscriber
from statusgen.timeline.events import Event

_DIGITS = 32


class Recipient(NamedTuple):
    """An address, and the language of what is sent there.

    `id` stands for it in the ledger and in keys: it stays the same, and of a subscriber nobody gets
    the address back from it. Only a subscriber `may_leave` by a link; a list has its own ways.
    """

    address: str
    id: str
    language: str
    may_leave: bool


def recipients_of(
    channel: MailChannel, event: Event, config: Config, book: Book | None, seen: datetime
) -> Iterator[Recipient]:
    """Yield who gets an event, each address once: those of the channel, then subscribers.

    A subscriber gets what concerns her components and impact, in her language; by a channel with a
    language only who reads that one. Who subscribed after the event was first `seen` by the channel
    is not told of it any more. Whether the channel itself hears of the event is not asked here.
    """
    languages = config.page.languages
    listed = {same_for(address): address for address in channel.to}
    for identity, address in listed.items():
        made = hashlib.sha256(identity.encode()).hexdigest()
        yield Recipient(
            address, made[:_DIGITS], channel.hearing.language or languages[0], may_leave=False
        )
    if not channel.subscribers or book is None:
        return
    concern = concern_of(event, config)
    for identity, one in book.subscribers.items():
        language = _language_of(one, languages)
        if (
            one.confirmed
            and one.since <= seen
            and identity not in listed
            and channel.hearing.language in {"", language}
            and concern.is_within(one.components, one.impact)
        ):
            yield Recipient(one.address, book.id_of(one.address), language, may_leave=True)


def _language_of(one: Subscriber, languages: tuple[str, ...]) -> str:
    """Return the language of a subscriber; a page that has lost it speaks its main one."""
    return one.language if one.language in languages else languages[0]
