"""All channels at once: each has its own thread, its own time limit and its own retries.

    for each channel, in parallel
        make      the sender: a secret that is not there is this channel's failure alone
        open      a connection, where there is one
        send      each post; those refused in passing again, with pauses, while there is time

What became of a post stands in the ledger before the next one is sent. A channel that fails or
hangs holds up none of the others.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import NamedTuple

from statusgen.network.patience import Patience
from statusgen.notify.ledger.lines import Line, What
from statusgen.notify.ledger.store import Ledger, LedgerError
from statusgen.notify.listener import Recipient, Run
from statusgen.notify.message import Message
from statusgen.notify.outcome import Delivered, End, Outcome, add_failure
from statusgen.notify.selection import Selection
from statusgen.notify.sender import Guarantee, Post, RefusedError, Sender, UncertainError
from statusgen.timeline.events import Event

Compose = Callable[[Event, str], Message]

_STREAK = 3
"""After so many refusals in a row, a new connection is made."""

_LAST_WORD = 0.3  # seconds that a channel has beyond its time to say what became of its last post
_FLUSH = 1.0


class Job(NamedTuple):
    """What one channel has to send. Its sender is yet to be made, since it may lack a secret.

    `compose` makes the message of an event in a language, `hide` takes what is secret out of a
    reason.
    """

    selection: Selection
    make: Callable[[], Sender]
    compose: Compose
    hide: Callable[[str], str] = str


def key_of(event: Event, channel: str, recipient: Recipient) -> str:
    """Return 64 hex digits, the same whenever the same is told to the same by the same channel."""
    parts = f"{event.id}\n{channel}\n{recipient.mark}"
    return hashlib.sha256(parts.encode()).hexdigest()


def deliver(jobs: Sequence[Job], ledger: Ledger, run: Run, patience: Patience) -> Delivered:
    """Tell by all channels what was chosen and claimed; return how each ended, in their order.

    `patience` gives the pauses between tries; each channel's own timeout says how long it tries.
    """
    workers = [_Worker(one, ledger, run, patience) for one in jobs]
    for worker in workers:
        worker.start()
    try:
        while busy := [one for one in workers if one.is_busy]:
            busy[0].wait(_FLUSH)
            with suppress(LedgerError):  # the last one tells
                ledger.flush()
    except KeyboardInterrupt:
        with suppress(LedgerError):
            ledger.flush()
        raise
    outcomes = tuple(one.finish() for one in workers)
    trouble = next((one.trouble for one in workers if one.trouble), "")
    try:
        ledger.flush()
    except LedgerError as error:
        trouble = trouble or error.reason
    return Delivered(outcomes, trouble)


class _Pending(NamedTuple):
    event: Event
    recipient: Recipient

    @property
    def id(self) -> tuple[str, str]:
        """The event and the recipient, which no other post of the channel has both of."""
        return self.event.id, self.recipient.mark


class _Worker:
    """One channel at work, in a thread that does not keep the process alive if it hangs."""

    def __init__(self, job: Job, ledger: Ledger, run: Run, patience: Patience) -> None:
        self._job = job
        self._listener = job.selection.listener
        self._ledger = ledger
        self._run = run
        self._patience = patience
        self._outcome = Outcome(job.selection)
        self._left = {
            (delivery.event.id, one.mark): _Pending(delivery.event, one)
            for delivery in job.selection.deliveries
            for one in delivery.recipients
        }
        self._in_flight: _Pending | None = None
        self._reason = self._listener.trouble
        self.trouble = ""
        self._writing = threading.Lock()
        self._is_over = False
        self._started = time.monotonic()
        self._until = self._started + self._listener.options.timeout
        name = f"tell {self._listener.name}"
        self._thread = threading.Thread(target=self._tell, name=name, daemon=True)

    def start(self) -> None:
        """Begin, if there is anything to tell."""
        if self._left:
            self._thread.start()

    @property
    def is_busy(self) -> bool:
        """Tell whether it is still at work, and has time left."""
        return self._thread.is_alive() and time.monotonic() < self._until + _LAST_WORD

    def wait(self, seconds: float) -> None:
        """Wait for the end of its work or of its time, or so many seconds."""
        self._thread.join(max(0.0, min(seconds, self._until + _LAST_WORD - time.monotonic())))

    def finish(self) -> Outcome:
        """End it, whatever it is at; write down what is left and return what became of it."""
        outcome, selection = self._outcome, self._job.selection
        with self._writing:
            self._is_over = True
            outcome.seconds = time.monotonic() - self._started if selection.deliveries else 0.0
            if self._thread.is_alive():
                self._reason = f"no answer for {self._listener.options.timeout:.0f} seconds"
            try:
                in_flight = self._in_flight
                is_once = self._listener.guarantee is Guarantee.AT_MOST_ONCE
                if in_flight and in_flight.id in self._left and is_once:
                    self._end(in_flight, What.UNKNOWN, self._reason)
                outcome.left = len(self._left)
                outcome.reason = self._reason if self._left or self._listener.trouble else ""
                self._ledger.add([*self._unsent_lines(), *self._breaker_lines()])
            except LedgerError as error:
                self.trouble = error.reason
        outcome.end = self._end_of(outcome)
        is_first = bool(outcome.reason) and not selection.is_down
        outcome.is_news = is_first or bool(outcome.failed or outcome.unknown or selection.unknown)
        return outcome

    def _end_of(self, outcome: Outcome) -> End:
        selection = self._job.selection
        if outcome.reason or outcome.failed or outcome.unknown or selection.unknown:
            return End.FAILED
        if selection.begins is not None:
            return End.BEGUN
        if selection.rests_until and selection.waiting:
            return End.RESTING
        return End.TOLD if outcome.told else End.NOTHING

    def _unsent_lines(self) -> Iterable[Line]:
        """Return what says that others, or the next run, may send what is left."""
        marks: dict[str, list[str]] = {}
        for pending in self._left.values():
            marks.setdefault(pending.event.id, []).append(pending.recipient.mark)
        return [self._line(What.BACK, event, tuple(to)) for event, to in marks.items()]

    def _breaker_lines(self) -> Iterable[Line]:
        """Return what the circuit breaker needs: that the channel fails, or that it works again."""
        selection = self._job.selection
        if self._outcome.reason:
            is_known = bool(self._listener.trouble) and selection.is_down
            return [] if is_known else [self._line(What.DOWN, why=self._reason)]
        is_idle = not (selection.deliveries or selection.waiting)
        if selection.is_down and (self._outcome.told or is_idle):
            return [self._line(What.UP)]
        return []

    # ── in its own thread ─────────────────────────────────────────────────────────────────────

    def _tell(self) -> None:
        try:
            self._rounds(self._job.make())
        except RefusedError as error:
            self._reason = self._job.hide(error.reason)
        except LedgerError as error:
            self.trouble = error.reason
        except Exception as error:  # noqa: BLE001 - a bug in one channel must not end the others
            self._reason = self._job.hide(f"{type(error).__name__}: {error}")

    def _rounds(self, sender: Sender) -> None:
        """Send what is left, again and again, while that may help and there is time."""
        for pause in self._patience.pauses():
            try:
                with sender.open():
                    self._round(sender)
            except RefusedError as error:
                self._reason = self._job.hide(error.reason)
                if not error.is_passing:
                    return
            if not self._left or time.monotonic() + pause > self._until:
                return
            time.sleep(pause)

    def _round(self, sender: Sender) -> None:
        """Send each post that is left once."""
        streak = 0
        for pending in tuple(self._left.values()):
            if time.monotonic() > self._until or streak == _STREAK:
                return
            message = self._job.compose(pending.event, pending.recipient.language)
            key = key_of(pending.event, self._listener.name, pending.recipient)
            if not self._begin(pending):
                return
            is_ended = self._send(sender, pending, Post(key, pending.recipient.address, message))
            streak = 0 if is_ended else streak + 1
            self._settle(pending, is_ended=is_ended)

    def _begin(self, pending: _Pending) -> bool:
        """Note that a post is on its way; tell whether it may be.

        Where it must not be sent twice, and that costs no push, it is written down.
        """
        with self._writing:
            if self._is_over:
                return False
            if self._listener.guarantee is Guarantee.AT_MOST_ONCE and self._ledger.exclusive:
                mark = pending.recipient.mark
                self._ledger.add([self._line(What.AWAY, pending.event.id, (mark,))])
                self._ledger.flush()
            self._in_flight = pending
            return True

    def _settle(self, pending: _Pending, *, is_ended: bool) -> None:
        with self._writing:
            if not self._is_over:
                self._in_flight = None
                if not is_ended:
                    self._left[pending.id] = self._left.pop(pending.id)  # the others come first

    def _send(self, sender: Sender, pending: _Pending, post: Post) -> bool:
        """Send a post; tell whether its end is known."""
        try:
            sender.send(post)
        except RefusedError as error:
            if error.is_passing:
                self._reason = self._job.hide(error.reason)
                return False
            self._write(pending, What.FAILED, self._job.hide(error.reason))
        except UncertainError as error:
            if self._listener.guarantee is Guarantee.AT_LEAST_ONCE:
                self._reason = self._job.hide(error.reason)
                return False
            self._write(pending, What.UNKNOWN, self._job.hide(error.reason))
        else:
            self._write(pending, What.DONE)
        return True

    def _write(self, pending: _Pending, what: What, reason: str = "") -> None:
        """Write down what became of a post, unless its time was over."""
        with self._writing:
            if not self._is_over:
                self._end(pending, what, reason)

    def _end(self, pending: _Pending, what: What, reason: str = "") -> None:
        event, outcome = pending.event, self._outcome
        del self._left[pending.id]
        if what is What.DONE:
            outcome.told[event.id] = outcome.told.get(event.id, 0) + 1
        else:
            failures = outcome.failed if what is What.FAILED else outcome.unknown
            add_failure(failures, event, reason)
        self._ledger.add([self._line(what, event.id, (pending.recipient.mark,), why=reason)])

    def _line(self, what: What, event: str = "", to: tuple[str, ...] = (), why: str = "") -> Line:
        at = self._run.now + int(time.monotonic() - self._started)
        return Line(what, at, self._listener.name, event, to, self._run.id, why=why)
