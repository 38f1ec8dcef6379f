"""Who gets an event by mail: the addresses of a channel, and the subscribers whom it concerns."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from statusgen.model import Config, MailChannel
from statusgen.notify.listener import Recipient
from statusgen.notify.scope import scope_of
from statusgen.notify.subscribers.addresses import same_for
from statusgen.notify.subscribers.book import Book, Subscriber
from statusgen.timeline.events import Event

_DIGITS = 16


def recipients_of(
    channel: MailChannel, event: Event, config: Config, book: Book | None
) -> Iterator[Recipient]:
    """Yield who gets an event, each address once: those of the channel, then subscribers.

    Of a subscriber nobody gets the address back from the mark.

    A subscriber gets what concerns her components and impact, in her language; by a channel with a
    language only who reads that one. Of who chose nothing that the page still has, nobody can tell
    what that is called now: she gets everything. Whether the channel hears of it is not asked.
    """
    languages = config.page.languages
    spoken = channel.options.language or languages[0]
    listed = {same_for(address): address for address in channel.to}
    for identity, address in listed.items():
        mark = hashlib.sha256(identity.encode()).hexdigest()[:_DIGITS]  # it is in config.yml
        yield Recipient(mark, address, spoken)
    if not channel.subscribers or book is None:
        return
    concern = scope_of(event, config)
    known = {*(one.id for one in config.components), *(one.id for one in config.groups)}
    for identity, one in book.subscribers.items():
        language = _language_of(one, languages)
        if (
            one.confirmed
            and identity not in listed
            and channel.options.language in {"", language}
            and concern.matches(known.intersection(one.components), one.impact)
        ):
            yield Recipient(book.mark_of(one.address), one.address, language)


def _language_of(one: Subscriber, languages: tuple[str, ...]) -> str:
    """Return the language of a subscriber; a page that has lost it speaks its main one."""
    return one.language if one.language in languages else languages[0]
