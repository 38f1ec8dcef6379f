"""Channels, senders and runs of a notifier that tests can bend, with real ledgers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sample_histories import at, config_of, history_of

from statusgen.model import PUBLIC, ChannelOptions, Form
from statusgen.network.patience import Patience
from statusgen.notify.corrections import EventFeed
from statusgen.notify.delivery import Job, deliver
from statusgen.notify.ledger.folder import open_folder
from statusgen.notify.ledger.lines import Line, Read, What
from statusgen.notify.ledger.state import state_of
from statusgen.notify.ledger.store import Ledger
from statusgen.notify.listener import Listener, Recipient, Run
from statusgen.notify.message import Message
from statusgen.notify.outcome import Delivered
from statusgen.notify.selection import LOOK_BACK, Selected, Selection, select
from statusgen.notify.sender import Guarantee, Post
from statusgen.timeline.days import seconds_of
from statusgen.timeline.events import Event, events_of

QUICK = Patience(pause=0.01, longest=0.02)
ONE = (Recipient(),)
SOME = tuple(Recipient(one, f"{one}@acme.example") for one in "abc")


_ALL = ChannelOptions()


def listener(  # noqa: PLR0913 (what a test wants to be otherwise)
    name: str = "chat",
    form: Form = Form.CHAT,
    options: ChannelOptions = _ALL,
    *,
    recipients: Sequence[Recipient] = ONE,
    guarantee: Guarantee = Guarantee.AT_LEAST_ONCE,
    trouble: str = "",
) -> Listener:
    def of(event: Event) -> Sequence[Recipient]:
        return recipients

    return Listener(name, form, options, guarantee, of, config_of(), trouble)


def feed_of(files: Mapping[str, str], now: datetime, audience: str = PUBLIC) -> EventFeed:
    history = history_of(files, now, audience)
    return EventFeed(audience, history, events_of(history, now - LOOK_BACK))


def message_of(event: Event, language: str) -> Message:
    return Message(event, language, is_rtl=False, **dict.fromkeys(_TEXTS, ""), facts=())  # type: ignore[arg-type]


_TEXTS = ("page", "page_url", "title", "state", "headline", "text", "html", "plain", "link")


class Notebook:
    """A ledger that is only a list of lines, for what is chosen; each run has a name of its own."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.runs = 0

    def choose(
        self,
        files: Mapping[str, str],
        now: str | datetime,
        *listeners: Listener,
        exclusive: bool = True,
        audience: str = PUBLIC,
    ) -> Selected:
        """Choose and claim; nothing is sent."""
        moment = at(now) if isinstance(now, str) else now
        self.runs += 1
        run = Run(seconds_of(moment), f"run{self.runs}", exclusive)
        feeds = {
            one: feed_of(files, moment, one)
            for one in {audience, *(one.options.audience for one in listeners)}
        }
        selected = select(listeners or (listener(),), feeds, state_of(self.lines), run)
        self.lines += selected.lines
        return selected

    def tell(
        self, files: Mapping[str, str], now: str | datetime, *listeners: Listener
    ) -> list[tuple[str, str]]:
        """Choose, and take all of it as told; return kind and time of what it was."""
        return told(self.choose_and_send(files, now, *listeners))

    def choose_and_send(
        self, files: Mapping[str, str], now: str | datetime, *listeners: Listener
    ) -> Selection:
        """Choose, and take all of it as told."""
        selected = self.choose(files, now, *listeners)
        intents = [line for line in selected.lines if line.what is What.INTENT]
        self.lines += [line._replace(what=What.DONE, until=0) for line in intents]
        return selected.selections[0]


def told(selection: Selection) -> list[tuple[str, str]]:
    return [(one.event.kind.value, f"{one.event.at:%d %H:%M}") for one in selection.deliveries]


class Receiver:
    """A sender that does to each post what `answer` says; what arrived is in `got`, by keys.

    `answer` gets the number of the post (from 0) and the post; it may raise or wait.
    """

    def __init__(
        self,
        answer: Callable[[int, Post], None] = lambda number, post: None,
        guarantee: Guarantee = Guarantee.AT_LEAST_ONCE,
    ) -> None:
        self.guarantee = guarantee
        self.got: list[str] = []
        self.asked: list[float] = []
        self.opened = 0
        self._answer = answer

    def preview(self, post: Post) -> str:
        return f"{post.message.event.kind} to {post.recipient}"

    @contextmanager
    def open(self) -> Iterator[None]:
        self.opened += 1
        self.let_in()
        yield

    def let_in(self) -> None:
        """Let the notifier in; others may not."""

    def send(self, post: Post) -> None:
        number = len(self.asked)
        self.asked.append(time.monotonic())
        self._answer(number, post)
        self.got.append(post.key)


Channel = tuple[Listener, Callable[[], Receiver]]


def notify(
    ledger: Ledger,
    files: Mapping[str, str],
    now: str | datetime,
    *channels: Channel,
    name: str = "run",
    patience: Patience = QUICK,
) -> Delivered:
    """Do what a notifier does, for these channels."""
    moment = at(now) if isinstance(now, str) else now
    run = Run(seconds_of(moment), name, ledger.exclusive)
    audiences = {one.options.audience for one, _ in channels}
    feeds = {one: feed_of(files, moment, one) for one in audiences}
    selections: list[Selection] = []

    def decide(read: Read) -> Sequence[Line]:
        listeners = [one for one, _ in channels]
        selected = select(listeners, feeds, state_of(read.lines), run)
        selections[:] = selected.selections
        return selected.lines

    ledger.claim(decide)
    works = [
        Job(selection, make, message_of)
        for selection, (_, make) in zip(selections, channels, strict=True)
    ]
    told = deliver(works, ledger, run, patience)
    ledger.compact()
    return told


def notify_in(
    folder: Path,
    files: Mapping[str, str],
    now: str | datetime,
    *channels: Channel,
    name: str = "run",
) -> Delivered:
    """Do what a notifier does, with the ledger of a folder."""
    with open_folder(str(folder), 30) as ledger:
        return notify(ledger, files, now, *channels, name=name)
