"""From the page repository to what every channel was told, or would be.

AudiencePage  what has happened, for each audience
ledger        who was told what
select        what each channel is told now, claimed in the ledger before anything is sent
deliver       all channels at once
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from statusgen.model import Channel, Config, ListmonkChannel, MailChannel
from statusgen.network.patience import Patience
from statusgen.notify.adapters import Adapters
from statusgen.notify.audience_page import AudiencePage
from statusgen.notify.delivery import Job, deliver, key_of
from statusgen.notify.ledger.access import LedgerAccess
from statusgen.notify.ledger.lines import Line, Read
from statusgen.notify.ledger.state import state_of
from statusgen.notify.ledger.store import Ledger, LedgerError
from statusgen.notify.listener import Listener, Run
from statusgen.notify.outcome import Outcome
from statusgen.notify.selection import Selection, example, select
from statusgen.notify.sender import Post, RefusedError, UncertainError
from statusgen.timeline.days import seconds_of
from statusgen.timeline.events import Event, next_event

_SOON = timedelta(minutes=5)
_SPARE = 60.0  # seconds beyond the longest time of a channel that another notifier may take


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be told by which channels, as of `now`, of the page repository at `root`.

    Secrets are looked up in `environment`; `watermark` stands in every message. If a folder for
    `files` is named, all messages are written there, and nothing is sent. If it is `forced`,
    channels that failed again and again are tried as well.
    """

    root: str
    config: Config
    channels: tuple[Channel, ...]
    now: datetime
    environment: Mapping[str, str]
    processes: int = 1
    watermark: str = ""
    files: str = ""
    patience: Patience = field(default_factory=Patience)
    forced: bool = False


class Report(NamedTuple):
    """What became of it: `next_run` is when to run again at the latest.

    `trouble` is why the ledger does not have all that was sent, `damaged` how many lines of it are.
    `unreadable` are the lines of the file of subscribers that could not be read.
    """

    outcomes: tuple[Outcome, ...]
    next_run: datetime | None
    trouble: str = ""
    damaged: int = 0
    unreadable: tuple[int, ...] = ()


class Preview(NamedTuple):
    """What a channel would be told of an event in a language: `text` is all of it.

    It goes to so many `recipients`; as an `example` to nobody. If it cannot be made, `reason` says
    why.
    """

    event: Event
    language: str
    recipients: int
    text: str = ""
    reason: str = ""
    example: bool = False


def notify(order: Order) -> Report:
    """Tell all channels what they have still to be told.

    Raises:
        LedgerError: The ledger cannot be read or written; nothing was sent.

    """
    pages = _pages(order)
    adapters = Adapters(order.root, order.config, order.environment, order.files)
    listeners = [adapters.listener_of(one) for one in order.channels]
    longest = max(one.options.timeout for one in order.channels)
    with _ledger_of(order).open(longest + _SPARE) as ledger:
        run = Run(seconds_of(order.now), secrets.token_hex(6), ledger.exclusive, order.forced)
        claim = _Claim(listeners, pages, run)
        ledger.claim(claim.decide)
        jobs = [
            Job(
                selection,
                partial(adapters.sender_of, channel),
                pages[channel.options.audience].compose,
                adapters.hide_of(channel),
            )
            for channel, selection in zip(order.channels, claim.selections, strict=True)
        ]
        told = deliver(jobs, ledger, run, order.patience)
        trouble = told.trouble or _compacted(ledger)
    next_run = _next_run(order, pages, told.outcomes)
    return Report(told.outcomes, next_run, trouble, claim.damaged, adapters.unreadable)


def preview(order: Order) -> dict[str, list[Preview]]:
    """Return what each channel would be told; nothing is sent, and nothing written down.

    A channel that has not begun has the newest event that it would hear of as an example.

    Raises:
        LedgerError: The ledger cannot be read.

    """
    pages = _pages(order)
    adapters = Adapters(order.root, order.config, order.environment, order.files)
    listeners = [adapters.listener_of(one) for one in order.channels]
    run = Run(seconds_of(order.now), "preview", exclusive=True, forced=True)
    claim = _Claim(listeners, pages, run)
    claim.decide(_ledger_of(order).read())
    return {
        channel.name: list(_previews(channel, selection, adapters, pages[channel.options.audience]))
        for channel, selection in zip(order.channels, claim.selections, strict=True)
    }


def test(order: Order, channel: Channel) -> str:
    """Send a message that says it is a test by one channel; return why it did not arrive, or ''.

    Subscribers do not get it, and the ledger does not know of it.
    """
    if isinstance(channel, ListmonkChannel) or (
        isinstance(channel, MailChannel) and not channel.to
    ):
        return "a test never goes to subscribers, and it has no others"
    page = AudiencePage(order.root, order.now, channel.options.audience, watermark=order.watermark)
    event, message = page.test_event(channel.name)
    adapters = Adapters(order.root, order.config, order.environment, order.files)
    try:
        sender = adapters.sender_of(channel)
        with sender.open():
            for recipient in adapters.own_recipients(channel, event):
                key = key_of(event, f"{channel.name} {secrets.token_hex(6)}", recipient)
                sender.send(Post(key, recipient.address, message(recipient.language)))
    except (RefusedError, UncertainError) as error:
        return error.reason
    return ""


class _Claim:
    """Decides what is told, as often as the ledger asks; `selections` are the last ones."""

    def __init__(
        self, listeners: Sequence[Listener], pages: Mapping[str, AudiencePage], run: Run
    ) -> None:
        self.selections: tuple[Selection, ...] = ()
        self.damaged = 0
        self._listeners = listeners
        self._feeds = {audience: one.feed for audience, one in pages.items()}
        self._run = run

    def decide(self, read: Read) -> Sequence[Line]:
        selected = select(self._listeners, self._feeds, state_of(read.lines), self._run)
        self.selections = selected.selections
        self.damaged = read.damaged
        return selected.lines


def _pages(order: Order) -> dict[str, AudiencePage]:
    audiences = sorted({one.options.audience for one in order.channels})
    return {
        one: AudiencePage(
            order.root,
            order.now,
            one,
            processes=order.processes,
            watermark=order.watermark,
        )
        for one in audiences
    }


def _ledger_of(order: Order) -> LedgerAccess:
    if order.config.ledger is None:
        raise LedgerError("config.yml has no 'ledger'")
    return LedgerAccess(order.config.ledger, order.root, order.environment, seconds_of(order.now))


def _compacted(ledger: Ledger) -> str:
    """Make the ledger shorter; return why that failed, or nothing."""
    try:
        ledger.compact()
    except LedgerError as error:
        return error.reason
    return ""


def _next_run(
    order: Order, pages: Mapping[str, AudiencePage], outcomes: Sequence[Outcome]
) -> datetime | None:
    moments = [next_event(one.feed.history) for one in pages.values()]
    if any(one.left or one.selection.waiting or one.selection.held for one in outcomes):
        moments.append(order.now + _SOON)
    return min((one for one in moments if one is not None), default=None)


def _previews(
    channel: Channel, selection: Selection, adapters: Adapters, page: AudiencePage
) -> Iterator[Preview]:
    """Yield a preview of each event and language."""
    deliveries = [(delivery.event, delivery.recipients, False) for delivery in selection.deliveries]
    deliveries += [(event, (), False) for event in selection.waiting]
    if selection.begins is not None:
        newest = example(selection.listener, page.feed)
        deliveries += [(newest, (), True)] if newest else []
    for event, recipients, is_example in deliveries:
        one_each = {one.language: one for one in recipients}
        own = one_each or {one.language: one for one in adapters.own_recipients(channel, event)}
        for language, recipient in own.items():
            count = sum(1 for one in recipients if one.language == language)
            shown = Preview(event, language, count, example=is_example)
            try:
                sender = adapters.sender_of(channel)
                message = page.compose(event, language)
                post = Post(key_of(event, channel.name, recipient), recipient.address, message)
                yield shown._replace(text=sender.preview(post))
            except RefusedError as error:
                yield shown._replace(reason=error.reason)
