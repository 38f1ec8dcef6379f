from __future__ import annotations

import errno
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from crashing import refusing
from notifiers import QUICK, SOME, Receiver, feed_of, listener, message_of, notify, notify_in
from sample_histories import IDENTIFIED, OPENED, RESOLVED, at

from statusgen.model import ChannelOptions, Form
from statusgen.notify.delivery import Job, deliver
from statusgen.notify.ledger.folder import open_folder
from statusgen.notify.ledger.state import state_of
from statusgen.notify.ledger.store import Decide, LedgerError
from statusgen.notify.listener import Run
from statusgen.notify.outcome import End
from statusgen.notify.selection import select
from statusgen.notify.sender import Guarantee, Post, RefusedError, Sender, UncertainError

OPEN = {"a": OPENED}
ONCE = Guarantee.AT_MOST_ONCE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a ledger whose channels began before anything happened."""
    folder = tmp_path / "ledger"
    notify_in(
        folder, {}, "20 00:00", *((listener(name), Receiver) for name in ("chat", "sms", "mail"))
    )
    return folder


def raising(*errors: Exception | None) -> Callable[[int, Post], None]:
    """Return what answers the posts with these, in their order, and then takes all."""

    def answer(number: int, post: Post) -> None:
        error = errors[number] if number < len(errors) else None
        if error is not None:
            raise error

    return answer


class Shut(Receiver):
    """Lets nobody in."""

    def let_in(self) -> None:
        raise RefusedError("wrong password", is_passing=False)


BUSY = RefusedError("busy", is_passing=True)
NEVER = RefusedError("no such room", is_passing=False)
LOST = UncertainError("the connection was lost")


def options(timeout: float = 5) -> ChannelOptions:
    return ChannelOptions(timeout=timeout)


def test_what_is_told_arrives_and_is_not_told_again(folder: Path) -> None:
    chat = Receiver()
    told = notify_in(folder, OPEN, "21 10:06", (listener(), lambda: chat))
    assert [one.end for one in told.outcomes] == [End.TOLD]
    again = notify_in(folder, OPEN, "21 10:07", (listener(), lambda: chat))
    assert [one.end for one in again.outcomes] == [End.NOTHING]
    assert len(chat.got) == 1
    assert chat.opened == 1


def test_what_is_refused_in_passing_is_tried_again(folder: Path) -> None:
    chat = Receiver(raising(BUSY, BUSY))
    (outcome,) = notify_in(folder, OPEN, "21 10:06", (listener(), lambda: chat)).outcomes
    assert outcome.end is End.TOLD
    assert len(chat.asked) == 3


def test_one_recipient_that_is_refused_keeps_none_from_the_others(folder: Path) -> None:
    def answer(number: int, post: Post) -> None:
        if post.recipient.startswith("a@"):
            raise BUSY

    mail = Receiver(answer)
    own = listener("mail", Form.MAIL, options(1), recipients=SOME)
    (outcome,) = notify_in(folder, OPEN, "21 10:06", (own, lambda: mail)).outcomes
    assert len(mail.got) == 2
    assert (outcome.end, outcome.left, outcome.reason) == (End.FAILED, 1, "busy")


def test_what_is_refused_for_good_is_told_to_the_operator_once(folder: Path) -> None:
    chat = Receiver(raising(NEVER))
    (first,) = notify_in(folder, OPEN, "21 10:06", (listener(), lambda: chat)).outcomes
    assert (first.end, first.is_news) == (End.FAILED, True)
    assert [(one.posts, one.reason) for one in first.failed] == [(1, "no such room")]
    (then,) = notify_in(folder, OPEN, "21 10:07", (listener(), lambda: chat)).outcomes
    assert (then.end, then.is_news) == (End.NOTHING, False)
    assert len(chat.asked) == 1


def test_where_nobody_can_tell_it_is_sent_again_with_the_same_key_if_the_receiver_knows_it(
    folder: Path,
) -> None:
    keys = []

    def answer(number: int, post: Post) -> None:
        keys.append(post.key)
        raising(LOST)(number, post)

    mail = Receiver(answer)
    (outcome,) = notify_in(folder, OPEN, "21 10:06", (listener(), lambda: mail)).outcomes
    assert outcome.end is End.TOLD
    assert len(keys) == 2
    assert len(set(keys)) == 1


def test_where_nobody_can_tell_it_is_not_sent_again_if_the_receiver_does_not_know_it(
    folder: Path,
) -> None:
    own = listener("sms", guarantee=ONCE)
    sms = Receiver(raising(LOST), ONCE)
    (first,) = notify_in(folder, OPEN, "21 10:06", (own, lambda: sms)).outcomes
    assert [one.reason for one in first.unknown] == ["the connection was lost"]
    assert first.is_news
    (then,) = notify_in(folder, OPEN, "21 10:07", (own, lambda: sms)).outcomes
    assert (then.end, then.is_news) == (End.NOTHING, False)
    assert len(sms.asked) == 1


def test_a_missing_secret_is_this_channels_failure_and_is_told_later(folder: Path) -> None:
    def make() -> Receiver:
        raise RefusedError("the environment variable SLACK is not set", is_passing=False)

    chat, mail = Receiver(), Receiver()
    first = notify_in(
        folder, OPEN, "21 10:06", (listener(), make), (listener("mail"), lambda: mail)
    ).outcomes
    assert [(one.end, one.is_news) for one in first] == [(End.FAILED, True), (End.TOLD, False)]
    assert first[0].reason == "the environment variable SLACK is not set"
    (second,) = notify_in(folder, OPEN, "21 10:07", (listener(), make)).outcomes
    assert (second.end, second.is_news) == (End.FAILED, False)
    (third,) = notify_in(folder, OPEN, "21 10:08", (listener(), lambda: chat)).outcomes
    assert third.end is End.TOLD
    assert len(chat.got) == len(mail.got) == 1


def test_a_channel_that_fails_again_after_it_worked_is_news_again(folder: Path) -> None:
    files, news = {"a": OPENED}, []
    for number, chat in enumerate((Shut(), Shut(), Receiver(), Shut())):
        channel = (listener(), lambda: chat)  # noqa: B023 (it is called before the next turn)
        (outcome,) = notify_in(folder, files, f"21 10:{6 + number:02}", channel).outcomes
        news.append(outcome.is_news)
        if chat.got:
            files["b"] = OPENED
    assert news == [True, False, False, True]


def test_a_channel_that_failed_three_times_is_left_in_peace_for_an_hour(folder: Path) -> None:
    asked = []
    for minute in (6, 7, 8, 9, 59):
        chat = Shut()
        notify_in(folder, OPEN, f"21 10:{minute:02}", (listener(), lambda: chat))  # noqa: B023
        asked.append(chat.opened)
    assert asked == [1, 1, 1, 0, 0]
    works = Receiver()
    (outcome,) = notify_in(folder, OPEN, "21 11:09", (listener(), lambda: works)).outcomes
    assert outcome.end is End.TOLD


@pytest.mark.parametrize("guarantee", list(Guarantee))
def test_a_bug_in_a_sender_ends_no_other_and_is_no_reason_to_send_twice(
    folder: Path, guarantee: Guarantee
) -> None:
    def answer(number: int, post: Post) -> None:
        raise ZeroDivisionError

    own = listener(guarantee=guarantee)
    broken, mail = Receiver(answer, guarantee), Receiver()
    works = (own, lambda: broken), (listener("mail"), lambda: mail)
    first = notify_in(folder, OPEN, "21 10:06", *works).outcomes
    assert [one.end for one in first] == [End.FAILED, End.TOLD]
    notify_in(folder, OPEN, "21 10:07", *works)
    assert len(broken.asked) == (2 if guarantee is Guarantee.AT_LEAST_ONCE else 1)


class Hanging(Receiver):
    """Never answers; lets its test go on when that is over."""

    def __init__(self, guarantee: Guarantee) -> None:
        self.over = threading.Event()
        super().__init__(lambda number, post: self._hang(), guarantee)

    def _hang(self) -> None:
        self.over.wait(30)


@pytest.mark.parametrize("guarantee", list(Guarantee))
def test_a_dead_and_a_hanging_channel_hold_up_the_others_less_than_a_second(
    folder: Path, guarantee: Guarantee
) -> None:
    hanging = Hanging(guarantee)

    def dead() -> Receiver:
        raise RefusedError("no route to host", is_passing=True)

    mail = Receiver()
    started = time.monotonic()
    outcomes = notify_in(
        folder,
        OPEN,
        "21 10:06",
        (listener("sms", options=options(1.5), guarantee=guarantee), lambda: hanging),
        (listener(options=options(1.5)), dead),
        (listener("mail"), lambda: mail),
    ).outcomes
    took = time.monotonic() - started
    hanging.over.set()
    assert mail.asked[0] - started < 1.5
    assert took < 1.5 + 1.4  # one after the other they would take 3
    assert [one.end for one in outcomes] == [End.FAILED, End.FAILED, End.TOLD]
    if guarantee is ONCE:
        assert [one.reason for one in outcomes[0].unknown] == ["no answer for 2 seconds"]
    else:
        assert (outcomes[0].left, outcomes[0].reason) == (1, "no answer for 2 seconds")


def test_what_a_hanging_channel_says_after_its_time_is_not_heard(folder: Path) -> None:
    late = Hanging(ONCE)
    own = listener("sms", options=options(0.7), guarantee=ONCE)
    (outcome,) = notify_in(folder, OPEN, "21 10:06", (own, lambda: late)).outcomes
    assert len(outcome.unknown) == 1
    before = (folder / "ledger").read_bytes()
    late.over.set()
    time.sleep(0.2)
    assert (folder / "ledger").read_bytes() == before
    notify_in(folder, OPEN, "21 10:07", (own, lambda: late))
    assert len(late.asked) == 1


def test_who_has_not_been_reached_in_time_is_reached_by_the_next_run(folder: Path) -> None:
    slow = Receiver(lambda number, post: time.sleep(0.15))
    own = listener("mail", Form.MAIL, options(0.2), recipients=SOME)
    (first,) = notify_in(folder, OPEN, "21 10:06", (own, lambda: slow)).outcomes
    assert first.left
    assert not first.is_news
    patient = listener("mail", Form.MAIL, options(5), recipients=SOME)
    notify_in(folder, OPEN, "21 10:07", (patient, lambda: slow))
    assert len(slow.got) == len(set(slow.got)) == 3


def test_secrets_are_hidden_in_what_a_bug_says(folder: Path) -> None:
    def answer(number: int, post: Post) -> None:
        raise OSError("canary-token-77aa was refused")

    def make() -> Sender:
        return Receiver(answer)

    def hide(text: str) -> str:
        return text.replace("canary-token-77aa", "***")

    with open_folder(str(folder), 5) as ledger:
        run = Run(int(at("21 10:06").timestamp()), "run", exclusive=True)
        state = state_of(ledger.read().lines)
        feeds = {"public": feed_of(OPEN, at("21 10:06"))}
        selected = select([listener()], feeds, state, run)
        work = Job(selected.selections[0], make, message_of, hide)
        (outcome,) = deliver([work], ledger, run, QUICK).outcomes
    assert outcome.reason == "OSError: *** was refused"
    assert b"canary" not in (folder / "ledger").read_bytes()


# ── the ledger fails ──────────────────────────────────────────────────────────────────────────


def test_with_a_ledger_that_cannot_be_written_nothing_is_sent(folder: Path) -> None:
    chat = Receiver()
    with (
        open_folder(str(folder), 5) as ledger,
        pytest.raises(LedgerError) as error,
        refusing(0, errno.ENOSPC),
    ):
        notify(ledger, OPEN, "21 10:06", (listener(), lambda: chat))
    assert "No space left" in error.value.reason
    assert chat.asked == []


def test_a_disk_that_fills_up_meanwhile_stops_sending_and_is_told(folder: Path) -> None:
    """The first post has arrived and is not written down; no other is sent."""
    own = listener("mail", Form.MAIL, recipients=SOME)
    mail = Receiver()
    with open_folder(str(folder), 5) as ledger:
        add, calls = ledger.add, []

        def full(lines: object) -> None:
            calls.append(lines)
            if len(calls) > 1:
                raise LedgerError("No space left on device")
            add(lines)  # type: ignore[arg-type]

        ledger.add = full  # type: ignore[method-assign]
        told = notify(
            ledger, {"a": OPENED + IDENTIFIED + RESOLVED}, "21 11:03", (own, lambda: mail)
        )
    assert len(mail.asked) == 1
    assert told.trouble == "No space left on device"


def test_a_ledger_that_cannot_be_pushed_at_the_end_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = Receiver()
    with open_folder(str(folder), 5) as ledger:
        claim = ledger.claim

        def claimed(decide: Decide) -> None:
            claim(decide)
            monkeypatch.setattr(ledger, "flush", broken)

        def broken() -> None:
            raise LedgerError("the remote hung up")

        monkeypatch.setattr(ledger, "claim", claimed)
        told = notify(ledger, OPEN, "21 10:06", (listener(), lambda: chat))
    assert [one.end for one in told.outcomes] == [End.TOLD]
    assert told.trouble == "the remote hung up"


def test_posts_that_are_refused_for_the_same_reason_are_counted_together(folder: Path) -> None:
    mail = Receiver(raising(NEVER, NEVER))
    own = listener("mail", Form.MAIL, recipients=SOME)
    (outcome,) = notify_in(folder, OPEN, "21 10:06", (own, lambda: mail)).outcomes
    assert [(one.posts, one.reason) for one in outcome.failed] == [(2, "no such room")]
    assert sum(outcome.told.values()) == 1


def test_a_connection_that_is_refused_for_good_is_not_tried_again(folder: Path) -> None:
    shut, chat = Shut(), Receiver()
    (outcome,) = notify_in(folder, OPEN, "21 10:06", (listener(), lambda: shut)).outcomes
    assert (shut.opened, outcome.left, outcome.reason) == (1, 1, "wrong password")
    notify_in(folder, OPEN, "21 10:07", (listener(), lambda: chat))
    assert len(chat.got) == 1
