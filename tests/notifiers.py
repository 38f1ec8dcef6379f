"""Channels, senders and runs of a notifier that tests can bend, with real ledgers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from told_history import at, config_of, history_of

from statusgen.model import PUBLIC, Form, Hearing
from statusgen.notify.keeping import Ledger
from statusgen.notify.ledger import Line, Read, What, state_of
from statusgen.notify.ledger_folder import open_folder
from statusgen.notify.message import Message
from statusgen.notify.moving import World, seconds
from statusgen.notify.selection import LOOK_BACK, Choice, Ear, Recipient, Selection, Turn, select
from statusgen.notify.sender import Guarantee, Post
from statusgen.notify.telling import Told, Work, tell_all
from statusgen.patience import Patience
from statusgen.timeline.events import Event, events_of

QUICK = Patience(pause=0.01, longest=0.02)
ONE = (Recipient(),)
SOME = tuple(Recipient(one, f"{one}@acme.example") for one in "abc")


_ALL = Hearing()


def ear(  # noqa: PLR0913 (what a test wants to be otherwise)
    name: str = "chat",
    form: Form = Form.CHAT,
    hearing: Hearing = _ALL,
    *,
    recipients: Sequence[Recipient] = ONE,
    guarantee: Guarantee = Guarantee.AT_LEAST_ONCE,
    trouble: str = "",
) -> Ear:
    def of(event: Event) -> Sequence[Recipient]:
        return recipients

    return Ear(name, form, hearing, guarantee, of, config_of(), trouble)


def world_of(files: Mapping[str, str], now: datetime, audience: str = PUBLIC) -> World:
    history = history_of(files, now, audience)
    return World(audience, history, events_of(history, now - LOOK_BACK))


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
        *ears: Ear,
        alone: bool = True,
        audience: str = PUBLIC,
    ) -> Selection:
        """Choose and claim; nothing is sent."""
        moment = at(now) if isinstance(now, str) else now
        self.runs += 1
        turn = Turn(seconds(moment), f"run{self.runs}", alone)
        worlds = {
            one: world_of(files, moment, one)
            for one in {audience, *(one.hearing.audience for one in ears)}
        }
        selection = select(ears or (ear(),), worlds, state_of(self.lines), turn)
        self.lines += selection.lines
        return selection

    def tell(
        self, files: Mapping[str, str], now: str | datetime, *ears: Ear
    ) -> list[tuple[str, str]]:
        """Choose, and take all of it as told; return kind and time of what it was."""
        return told(self.choose_and_send(files, now, *ears))

    def choose_and_send(self, files: Mapping[str, str], now: str | datetime, *ears: Ear) -> Choice:
        """Choose, and take all of it as told."""
        selection = self.choose(files, now, *ears)
        intents = [line for line in selection.lines if line.what is What.INTENT]
        self.lines += [line._replace(what=What.DONE, until=0) for line in intents]
        return selection.choices[0]


def told(choice: Choice) -> list[tuple[str, str]]:
    return [(one.event.kind.value, f"{one.event.at:%d %H:%M}") for one in choice.shares]


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


Channel = tuple[Ear, Callable[[], Receiver]]


def run(
    ledger: Ledger,
    files: Mapping[str, str],
    now: str | datetime,
    *channels: Channel,
    name: str = "run",
    patience: Patience = QUICK,
) -> Told:
    """Do what a notifier does, for these channels."""
    moment = at(now) if isinstance(now, str) else now
    turn = Turn(seconds(moment), name, ledger.alone)
    audiences = {one.hearing.audience for one, _ in channels}
    worlds = {one: world_of(files, moment, one) for one in audiences}
    choices: list[Choice] = []

    def decide(read: Read) -> Sequence[Line]:
        ears = [one for one, _ in channels]
        selection = select(ears, worlds, state_of(read.lines), turn)
        choices[:] = selection.choices
        return selection.lines

    ledger.claim(decide)
    works = [
        Work(choice, make, message_of) for choice, (_, make) in zip(choices, channels, strict=True)
    ]
    told = tell_all(works, ledger, turn, patience)
    ledger.fold()
    return told


def run_in(
    folder: Path,
    files: Mapping[str, str],
    now: str | datetime,
    *channels: Channel,
    name: str = "run",
) -> Told:
    """Do what a notifier does, with the ledger of a folder."""
    with open_folder(str(folder), 30) as ledger:
        return run(ledger, files, now, *channels, name=name)
