"""Notifiers that are killed, and receivers that misbehave: nothing is lost, nothing comes twice.

A receiver writes down what arrives with a write that counts as one of the steps at which a notifier
is killed, so that kills fall just before, in the middle of and just after each arrival.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from itertools import product
from pathlib import Path

import pytest
from crashing import is_killed
from notifiers import SOME, Channel, Receiver, feed_of, listener, notify, notify_in
from sample_histories import IDENTIFIED, OPENED, RESOLVED, at

from statusgen.git.remote import GitRemote
from statusgen.model import ChannelOptions, Form
from statusgen.network.patience import Patience
from statusgen.notify.delivery import key_of
from statusgen.notify.ledger.branch import BranchLedger
from statusgen.notify.ledger.folder import read_folder
from statusgen.notify.ledger.state import state_of
from statusgen.notify.listener import Listener
from statusgen.notify.outcome import Delivered
from statusgen.notify.sender import Guarantee, Post, RefusedError, UncertainError

LEAST, MOST = Guarantee.AT_LEAST_ONCE, Guarantee.AT_MOST_ONCE
FILES = {"a": OPENED, "b": OPENED.replace("10:05", "10:07")}
_KEY = 64


class Mailbox:
    """A receiver whose arrivals are a file, and which misbehaves as `faults` has it.

    Of all posts, 5 % are refused in passing, 2 % arrive and nobody is told, 2 % arrive late, 1 %
    are never answered, and 1 % are refused for good.
    """

    def __init__(self, path: Path, guarantee: Guarantee, faults: random.Random | None) -> None:
        self.guarantee = guarantee
        self._path = path
        self._faults = faults

    def preview(self, post: Post) -> str:
        return post.key

    @contextmanager
    def open(self) -> Iterator[None]:
        yield

    def send(self, post: Post) -> None:
        drawn = self._faults.random() if self._faults else 1.0
        if drawn < 0.05:
            raise RefusedError("try again", is_passing=True)
        if drawn < 0.06:
            raise RefusedError("no", is_passing=False)
        if drawn < 0.07:
            time.sleep(1.5)
            raise UncertainError("no answer")
        if drawn < 0.09:
            time.sleep(0.05)
        file = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(file, f"{post.key}\n".encode())
        os.close(file)
        if drawn > 0.98 and self._faults:
            raise UncertainError("the connection was lost")


def arrived(path: Path) -> Counter[str]:
    """Return how often each key arrived; one that was cut off did not."""
    try:
        lines = path.read_text().split("\n")
    except FileNotFoundError:
        return Counter()
    return Counter(line[-_KEY:] for line in lines if len(line) >= _KEY)


CHANNELS: tuple[Listener, ...] = (
    listener("chat", options=ChannelOptions(timeout=1), guarantee=MOST),
    listener("mail", Form.MAIL, ChannelOptions(timeout=1), recipients=SOME),
)


def boxes(folder: Path, faults: random.Random | None = None) -> list[Channel]:
    """Return the channels with their receivers, whose arrivals stand beside a folder."""

    def box(one: Listener) -> Receiver:
        path = folder.parent / f"{folder.name}-{one.name}"
        return Mailbox(path, one.guarantee, faults)  # type: ignore[return-value]

    return [(one, partial(box, one)) for one in CHANNELS]


def step(
    folder: Path, files: dict[str, str], moment: str, faults: random.Random | None = None
) -> Delivered:
    """Run a notifier once."""
    name = f"run{random.getrandbits(32):x}"
    return notify_in(folder, files, moment, *boxes(folder, faults), name=name)


def step_on_branch(work: Path, remote: Path, files: dict[str, str], moment: str) -> Delivered:
    """Run a notifier once on a machine that knows nothing but the branch."""
    name = f"run{random.getrandbits(32):x}"
    place = GitRemote(str(remote), str(work / f"{name}.git"), os.environ)
    ledger = BranchLedger(place, "ledger", 0, Patience(10, pause=0.05))
    return notify(ledger, files, moment, *boxes(work), name=name)


def keys_of(files: dict[str, str], moment: str) -> dict[str, set[str]]:
    """Return the keys that each channel should be told, if nothing is superseded."""
    events = [one for one in feed_of(files, at(moment)).events if not one.component]
    return {
        channel.name: {
            key_of(event, channel.name, recipient)
            for event in events
            for recipient in channel.recipients(event)
        }
        for channel in CHANNELS
    }


def test_killed_at_any_step_it_loses_nothing_and_repeats_only_what_can_be_told_apart(
    tmp_path: Path,
) -> None:
    """The repetition is that of plain SMTP: killed between an arrival and the ledger's line."""
    wanted = keys_of(FILES, "21 10:08")
    number, repeated, told_of = 0, 0, 0
    while True:
        folder = tmp_path / str(number)
        step(folder, {}, "20 00:00")
        was_killed = is_killed(lambda: step(folder, FILES, "21 10:08"), number)  # noqa: B023
        after = step(folder, FILES, "21 10:09")
        assert {one.channel for one in step(folder, FILES, "21 10:10").outcomes} == {
            "chat",
            "mail",
        }
        mail = arrived(tmp_path / f"{number}-mail")
        chat = arrived(tmp_path / f"{number}-chat")
        assert set(mail) == wanted["mail"]
        assert sum(mail.values()) - len(mail) <= 1
        repeated += sum(mail.values()) - len(mail)
        assert max(chat.values(), default=1) == 1
        unknown = len(after.outcomes[0].selection.unknown)
        assert len(wanted["chat"] - set(chat)) <= unknown
        told_of += unknown
        if not was_killed:
            break
        number += 1
    assert number > 20
    assert repeated
    assert told_of


@pytest.mark.parametrize(
    "numbers", [range(0, 60, 9), pytest.param(range(100), marks=pytest.mark.extreme)]
)
def test_killed_at_any_step_on_a_branch_it_loses_nothing(tmp_path: Path, numbers: range) -> None:
    """The next notifier waits until the time of the dead one is over."""
    wanted = keys_of(FILES, "21 10:08")
    remote = tmp_path / "begun.git"
    subprocess.run(["git", "init", "--quiet", "--bare", remote], check=True)
    step_on_branch(tmp_path / "begun", remote, {}, "20 00:00")
    for number in numbers:
        own, work = tmp_path / f"{number}.git", tmp_path / str(number)
        shutil.copytree(remote, own)
        was_killed = is_killed(
            lambda: step_on_branch(work, own, FILES, "21 10:08"),  # noqa: B023
            number,
            programs=True,
        )
        step_on_branch(work, own, FILES, "21 10:09")
        after = step_on_branch(work, own, FILES, "21 10:20")
        mail, chat = arrived(tmp_path / f"{number}-mail"), arrived(tmp_path / f"{number}-chat")
        assert set(mail) == wanted["mail"]
        assert max(chat.values(), default=1) == 1
        assert len(wanted["chat"] - set(chat)) <= len(after.outcomes[0].selection.unknown)
        if not was_killed:
            assert mail.total() == len(wanted["mail"])
            break


VERSIONS = (
    {"a": OPENED},
    {"a": OPENED + IDENTIFIED},
    {"a": OPENED + IDENTIFIED, "b": OPENED.replace("10:05", "10:30")},
    {"a": OPENED + IDENTIFIED + RESOLVED, "b": OPENED.replace("10:05", "10:30")},
)
MOMENTS = ("21 10:06", "21 10:21", "21 10:31", "21 11:03")


def check_schedule(folder: Path, seed: int) -> Counter[str]:
    """Run notifiers over a history, killed and refused at random; return what was seen."""
    draw = random.Random(seed)
    counts: Counter[str] = Counter()
    reported: list[Delivered] = []
    step(folder, {}, "20 00:00")
    for files, moment in zip(VERSIONS, MOMENTS, strict=True):
        for _ in range(draw.randint(1, 2)):
            faults = random.Random(draw.getrandbits(32))
            if draw.random() < 0.6:
                at_step = draw.randrange(40)
                counts["kills"] += is_killed(
                    lambda: step(folder, files, moment, faults),  # noqa: B023
                    at_step,
                )
            else:
                reported.append(step(folder, files, moment, faults))
    for later in range(1, 4):  # the breaker lets it try once in an hour
        end = f"{at('21 11:03') + timedelta(hours=2 * later):%d %H:%M}"
        reported.append(step(folder, VERSIONS[-1], end))
    counts += ends_of(folder, seed)
    return counts


def ends_of(folder: Path, seed: int) -> Counter[str]:
    """Return how often each end was reached; none is left open, and none is a false one."""
    counts: Counter[str] = Counter()
    state = state_of(read_folder(str(folder)).lines)
    events = feed_of(VERSIONS[-1], at(MOMENTS[-1])).events
    for event, channel in product((one for one in events if not one.component), CHANNELS):
        where = (seed, event.kind.value, channel.name)
        telling = state.tellings[event.id, channel.name]
        got = arrived(folder.parent / f"{folder.name}-{channel.name}")
        times = [got[key_of(event, channel.name, one)] for one in channel.recipients(event)]
        assert telling.is_over, where
        assert telling.was_told <= any(times), where
        counts[f"{channel.name} repeated"] += sum(max(0, one - 1) for one in times)
        if telling.was_told:
            counts[f"{channel.name} told"] += sum(1 for one in times if one)
        else:
            counts[f"{channel.name} {telling.skipped or 'reported'}"] += 1
    return counts


@pytest.mark.parametrize("seeds", [range(8), pytest.param(range(1000), marks=pytest.mark.extreme)])
def test_in_any_schedule_of_kills_and_faults_nothing_is_lost(tmp_path: Path, seeds: range) -> None:
    """Each event ends as told, as superseded by a newer one, or as a failure that was reported."""
    counts: Counter[str] = Counter()
    for seed in seeds:
        counts += check_schedule(tmp_path / str(seed), seed)
    print(dict(counts))  # noqa: T201 (figures of the long form)
    assert counts["chat repeated"] == 0
    assert counts["chat old"] == counts["mail old"] == 0
    assert counts["mail told"] > 5 * len(seeds)
