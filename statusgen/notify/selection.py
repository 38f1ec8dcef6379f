"""What each channel is to be told now, from what has happened and what the ledger says.

A channel that runs for the first time begins there: what has happened before is never told. An
event that is old when a channel first could be told of it is not. Where several texts of one
incident wait, only the newest goes out, because the others are no longer so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import NamedTuple

from statusgen.model import KINDS_OF, PUBLIC, Config, EventKind, Form, Hearing
from statusgen.notify.concern import concern_of
from statusgen.notify.ledger import Line, Sighting, Standing, State, Telling, What
from statusgen.notify.moving import World, codes_of, is_again, recognise, seconds
from statusgen.notify.sender import Guarantee
from statusgen.timeline.events import Event

LOOK_BACK = timedelta(days=14)
"""What is older is no event any more, since nothing of it would be told."""

_FRESH = timedelta(days=1)
_PATIENCE = timedelta(days=3)
"""So long an event waits for a channel that does not work."""

_HOUR = 3600
_GRACE = 180  # seconds that a notifier has beyond its channels' time to say what it sent
_FAILURES = 3
_CLOSING = frozenset(
    {
        EventKind.RESOLVED.value,
        EventKind.COMPLETED.value,
        EventKind.CANCELLED.value,
        EventKind.POSTMORTEM.value,
    }
)


class Recipient(NamedTuple):
    """Who is told: `mark` stands in the ledger, `address` is where to, `language` what is read.

    A channel with one recipient only has neither mark nor address.
    """

    mark: str = ""
    address: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Ear:
    """A channel as far as it matters what it hears of.

    `recipients` are those of an event; `trouble` is what it lacks here, without which it is not
    even asked.
    """

    name: str
    form: Form
    hearing: Hearing
    guarantee: Guarantee
    recipients: Callable[[Event], Iterable[Recipient]]
    config: Config
    trouble: str = ""


class Turn(NamedTuple):
    """One run of a notifier: when, its name, and whether no other is at work meanwhile.

    If it `insists`, channels that failed again and again are asked as well.
    """

    now: int
    run: str
    alone: bool
    insists: bool = False


class Share(NamedTuple):
    """An event and those who are told of it now."""

    event: Event
    recipients: tuple[Recipient, ...]


@dataclass(slots=True)
class Choice:
    """What a channel is told now, and what it is not.

    `begins` is how many events it is not told of because it begins now. Of `old`, `superseded` and
    `waiting` events (for the hour to be over, or the channel to be asked again when it `rests` no
    more, in seconds since 1970), and
    those whose end is `unknown`, none is told; those that are `held` are told by another notifier.
    `is_down` says that it failed before.
    """

    ear: Ear
    shares: list[Share] = field(default_factory=list)
    begins: int | None = None
    old: list[Event] = field(default_factory=list)
    superseded: list[Event] = field(default_factory=list)
    waiting: list[Event] = field(default_factory=list)
    unknown: list[Event] = field(default_factory=list)
    held: list[Event] = field(default_factory=list)
    rests: int | None = None
    is_down: bool = False


class Selection(NamedTuple):
    """What all channels are told, and what has to stand in the ledger before."""

    choices: tuple[Choice, ...]
    lines: tuple[Line, ...]


def select(ears: Iterable[Ear], worlds: Mapping[str, World], state: State, turn: Turn) -> Selection:
    """Return what each channel is to be told; `worlds` are by audience."""
    lines: list[Line] = []
    known: dict[str, tuple[Event, ...]] = {}
    choices = []
    for ear in ears:
        audience = ear.hearing.audience
        if audience not in known:
            found = recognise(worlds[audience], state, turn.now)
            known[audience] = found.events
            lines += found.lines
        chooser = _Chooser(ear, known[audience], state, turn)
        choices.append(chooser.choose())
        lines += chooser.lines
    return Selection(tuple(choices), tuple(lines))


def example(ear: Ear, world: World) -> Event | None:
    """Return the newest event that a channel would hear of, if it had been there."""
    chooser = _Chooser(ear, world.events, State(), Turn(0, "", alone=True))
    return next((one for one in reversed(world.events) if chooser.hears(one)), None)


class _Chooser:
    """Decides for one channel."""

    def __init__(self, ear: Ear, events: Sequence[Event], state: State, turn: Turn) -> None:
        self.lines: list[Line] = []
        self._ear = ear
        self._events = events
        self._turn = turn
        self._state = state
        self._tellings = state.told(ear.name)
        self._choice = Choice(ear)
        told = (id_ for id_, one in self._tellings.items() if one.was_told)
        self._told = [
            seen
            for id_ in told
            if (seen := state.sightings.get((ear.hearing.audience, id_))) is not None
        ]
        self._told_records = {one.record for one in self._told}

    def choose(self) -> Choice:
        choice, turn = self._choice, self._turn
        begun = self._state.begun.get(self._ear.name)
        if begun is None:
            known = tuple(one.id for one in self._events)
            self._note(What.BEGUN, known=known)
            choice.begins = len(known)
            return choice
        downs = self._state.downs.get(self._ear.name, [])
        choice.is_down = bool(downs)
        if len(downs) >= _FAILURES and downs[-1] > turn.now - _HOUR and not turn.insists:
            choice.rests = downs[-1] + _HOUR
        left = [one for one in self._events if one.id not in begun and self._is_left(one)]
        newest = self._newest(left)
        allowed = self._ear.hearing.hourly - self._told_lately()
        for event in left:
            if event.id not in newest:
                self._supersede(event)
            elif self._ear.trouble:
                self._wait(event)
            elif (recipients := self._recipients(event)) is not None:
                allowed -= not self._has_begun(event)
                if choice.rests or allowed < 0:
                    self._wait(event)
                else:
                    self._intend(event, recipients)
        return choice

    def _is_left(self, event: Event) -> bool:
        """Tell whether the channel has still to be told of an event, as far as that one goes."""
        telling = self._tellings.get(event.id)
        if telling is not None and telling.is_over:
            return False
        if not self.hears(event):
            return False
        is_new = telling is None or (telling.due is None and not telling.has_begun)
        is_lasting = event.kind is EventKind.POSTMORTEM or is_again(event)
        limit = LOOK_BACK if is_lasting else _FRESH
        age = timedelta(seconds=self._turn.now - seconds(event.at))
        if age > (limit if is_new else max(limit, _PATIENCE)):
            self._choice.old.append(event)
            self._skip(event, "old")
            return False
        return True

    def _has_begun(self, event: Event) -> bool:
        """Tell whether it is fixed already who is told of an event."""
        telling = self._tellings.get(event.id)
        return telling is not None and telling.has_begun

    def hears(self, event: Event) -> bool:
        """Tell whether the channel is to hear of an event at all."""
        hearing, record = self._ear.hearing, event.record
        if record.incident.audience not in (PUBLIC, hearing.audience):
            return False
        if event.kind not in (hearing.kinds or KINDS_OF[self._ear.form]):
            return False
        if event.kind is not EventKind.COMPONENT and self._has_told(event):
            return True  # who was told that it began is told that it is over
        return concern_of(event, self._ear.config).is_within(hearing.components, hearing.impact)

    def _has_told(self, event: Event) -> bool:
        return not self._told_records.isdisjoint(codes_of(event.record))

    def _newest(self, left: Sequence[Event]) -> set[str]:
        """Return the events that are told if only one of each record, or component, is."""
        newest: dict[tuple[str, str], Event] = {}
        for event in left:
            if not self._is_overtaken(event):
                newest[event.record.id, event.component] = event
        return {one.id for one in newest.values()}

    def _is_overtaken(self, event: Event) -> bool:
        """Tell whether the channel knows better already: it is over, or, of what waited, newer."""
        if event.component or is_again(event):
            return False
        codes, at, has_waited = (
            codes_of(event.record),
            seconds(event.at),
            event.id in self._tellings,
        )

        def overtakes(seen: Sighting) -> bool:
            is_newer = seen.record in codes and seen.time > at and not seen.component
            return is_newer and (has_waited or seen.kind in _CLOSING)

        return any(map(overtakes, self._told))

    def _told_lately(self) -> int:
        since = self._turn.now - _HOUR
        return sum(1 for one in self._tellings.values() if one.at is not None and one.at > since)

    def _recipients(self, event: Event) -> tuple[Recipient, ...] | None:
        """Return who is told of an event now; None if it is nobody."""
        telling = self._tellings.get(event.id)
        wanted = tuple(self._ear.recipients(event))
        if telling is None or not telling.has_begun:
            if not wanted:
                self._skip(event, "nobody")
            return wanted or None
        free = self._free(event, telling)
        found = tuple(one for one in wanted if one.mark in free)
        left = free - {one.mark for one in found}
        if left:
            self._skip(event, "left", tuple(sorted(left)))
        return found or None

    def _free(self, event: Event, telling: Telling) -> set[str]:
        """Return who may be told now of those who were to be told before."""
        standing = {
            mark: post.standing(self._turn.now, alone=self._turn.alone)
            for mark, post in telling.posts.items()
        }
        if Standing.HELD in standing.values():
            self._choice.held.append(event)
        lost = {mark for mark, one in standing.items() if one is Standing.LOST}
        free = {mark for mark, one in standing.items() if one is Standing.FREE}
        if self._ear.guarantee is Guarantee.AT_LEAST_ONCE:
            return free | lost
        if lost:
            self._choice.unknown.append(event)
            self._note(What.UNKNOWN, event, tuple(sorted(lost)), why="the notifier was ended")
        return free

    def _intend(self, event: Event, recipients: tuple[Recipient, ...]) -> None:
        now = self._turn.now
        marks = tuple(one.mark for one in recipients)
        until = now + int(self._ear.hearing.timeout) + _GRACE
        self._note(What.INTENT, event, marks, run=self._turn.run, until=until)
        self._choice.shares.append(Share(event, recipients))

    def _wait(self, event: Event) -> None:
        self._choice.waiting.append(event)
        telling = self._tellings.get(event.id)
        if telling is None or (telling.due is None and not telling.has_begun):
            self._note(What.DUE, event)

    def _supersede(self, event: Event) -> None:
        if not self._has_begun(event):
            self._skip(event, "superseded")
        elif free := self._free(event, self._tellings[event.id]):
            self._skip(event, "superseded", tuple(sorted(free)))
        else:
            return
        self._choice.superseded.append(event)

    def _skip(self, event: Event, why: str, to: tuple[str, ...] = ()) -> None:
        self._note(What.SKIPPED, event, to, why=why)

    def _note(
        self,
        what: What,
        event: Event | None = None,
        to: tuple[str, ...] = (),
        **more: object,
    ) -> None:
        id_ = event.id if event else ""
        line = Line(what, self._turn.now, self._ear.name, id_, to)
        self.lines.append(line._replace(**more))  # type: ignore[arg-type]
