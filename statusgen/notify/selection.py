"""What each channel is to be told now, from what has happened and what the ledger says.

A channel begins with its first run: what happened before is never told. An event that is too old
when the channel could first be told of it is skipped. Of several updates of one incident only the
newest is told, because the others no longer hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import NamedTuple

from statusgen.model import KINDS_OF, PUBLIC, EventKind
from statusgen.notify.corrections import EventFeed, codes_of, is_again, recognise
from statusgen.notify.ledger.lines import Line, Sighting, What
from statusgen.notify.ledger.state import PostStatus, State, Telling
from statusgen.notify.listener import Listener, Recipient, Run
from statusgen.notify.scope import scope_of
from statusgen.notify.sender import Guarantee
from statusgen.timeline.days import seconds_of
from statusgen.timeline.events import Event

LOOK_BACK = timedelta(days=14)
"""Older events are not looked for, since none of them would be told."""

_FRESH = timedelta(days=1)
_PATIENCE = timedelta(days=3)
"""How long an event waits for a channel that does not work."""

_HOUR = 3600
_GRACE = 180  # seconds that a notifier has beyond its channels' time to say what it sent
_FAILURES = 3
_CLOSING = frozenset(
    {EventKind.RESOLVED, EventKind.COMPLETED, EventKind.CANCELLED, EventKind.POSTMORTEM}
)


class Delivery(NamedTuple):
    """An event and those who are told of it now."""

    event: Event
    recipients: tuple[Recipient, ...]


@dataclass(slots=True)
class Selection:
    """What a channel is told now, and what it is not.

    deliveries  what is sent now
    begins      how many events are never told, because the channel begins now
    old         events that are not told any more
    superseded  events that are not told because a newer one is
    waiting     events for a later run: the hour is full, or the channel rests or lacks something
    unknown     events of which nobody knows whether they arrived, and which are not sent again
    held        events that another notifier may be sending

    A channel that failed again and again rests until `rests_until`, in seconds since 1970.
    `is_down` says that its last run failed, `has_begun_before` that it begins though the ledger has
    told of it: lines are lost.
    """

    listener: Listener
    deliveries: list[Delivery] = field(default_factory=list)
    begins: int | None = None
    has_begun_before: bool = False
    old: list[Event] = field(default_factory=list)
    superseded: list[Event] = field(default_factory=list)
    waiting: list[Event] = field(default_factory=list)
    unknown: list[Event] = field(default_factory=list)
    held: list[Event] = field(default_factory=list)
    rests_until: int | None = None
    is_down: bool = False


class Selected(NamedTuple):
    """What all channels are told, and what has to stand in the ledger before."""

    selections: tuple[Selection, ...]
    lines: tuple[Line, ...]


def select(
    listeners: Iterable[Listener],
    feeds: Mapping[str, EventFeed],
    state: State,
    run: Run,
) -> Selected:
    """Return what each channel is to be told; `feeds` are by audience."""
    lines: list[Line] = []
    known: dict[str, tuple[Event, ...]] = {}
    selections = []
    for listener in listeners:
        audience = listener.options.audience
        if audience not in known:
            found = recognise(feeds[audience], state, run.now)
            known[audience] = found.events
            lines += found.lines
        selector = _Selector(listener, known[audience], state, run)
        selections.append(selector.choose())
        lines += selector.lines
    return Selected(tuple(selections), tuple(lines))


def example(listener: Listener, feed: EventFeed) -> Event | None:
    """Return the newest event that a channel would hear of, if it had been there."""
    selector = _Selector(listener, feed.events, State(), Run(0, "", exclusive=True))
    return next((one for one in reversed(feed.events) if selector.hears(one)), None)


class _Selector:
    """Decides for one channel."""

    def __init__(self, listener: Listener, events: Sequence[Event], state: State, run: Run) -> None:
        self.lines: list[Line] = []
        self._listener = listener
        self._events = events
        self._run = run
        self._state = state
        self._tellings = state.told(listener.name)
        self._selection = Selection(listener)
        told = (id_ for id_, one in self._tellings.items() if one.was_told)
        self._told = [
            seen
            for id_ in told
            if (seen := state.sightings.get((listener.options.audience, id_))) is not None
        ]
        self._told_records = {one.record for one in self._told}

    def choose(self) -> Selection:
        selection, run = self._selection, self._run
        begun = self._state.begun.get(self._listener.name)
        if begun is None:
            known = tuple(one.id for one in self._events)
            self._note(What.BEGUN, known=known)
            selection.begins = len(known)
            selection.has_begun_before = bool(self._tellings)
            return selection
        # What seems to come from later is from a clock that was wrong.
        downs = [
            at for at in self._state.downs.get(self._listener.name, []) if at < run.now + _HOUR
        ]
        selection.is_down = bool(downs)
        if len(downs) >= _FAILURES and downs[-1] > run.now - _HOUR and not run.forced:
            selection.rests_until = downs[-1] + _HOUR
        left = [one for one in self._events if one.id not in begun and self._is_left(one)]
        newest = self._newest(left)
        allowed = self._listener.options.hourly - self._told_lately()
        for event in left:
            if event.id not in newest:
                self._supersede(event)
            elif self._listener.trouble:
                self._wait(event)
            elif (recipients := self._recipients(event)) is not None:
                allowed -= not self._has_begun(event)
                if selection.rests_until or allowed < 0:
                    self._wait(event)
                else:
                    self._intend(event, recipients)
        return selection

    def _is_left(self, event: Event) -> bool:
        """Tell whether the channel has still to be told of an event, apart from all others."""
        telling = self._tellings.get(event.id)
        if telling is not None and telling.is_over:
            return False
        if not self.hears(event):
            return False
        is_new = telling is None or (telling.due is None and not telling.has_begun)
        is_lasting = event.kind is EventKind.POSTMORTEM or is_again(event)
        limit = LOOK_BACK if is_lasting else _FRESH
        age = timedelta(seconds=self._run.now - seconds_of(event.at))
        if age > (limit if is_new else max(limit, _PATIENCE)):
            self._selection.old.append(event)
            self._skip(event, "old")
            return False
        return True

    def _has_begun(self, event: Event) -> bool:
        """Tell whether the recipients of an event are settled."""
        telling = self._tellings.get(event.id)
        return telling is not None and telling.has_begun

    def hears(self, event: Event) -> bool:
        """Tell whether the channel is to hear of an event at all."""
        options, record = self._listener.options, event.record
        if record.incident.audience not in (PUBLIC, options.audience):
            return False
        if event.kind not in (options.kinds or KINDS_OF[self._listener.form]):
            return False
        if event.kind is not EventKind.COMPONENT and self._has_told(event):
            return True  # who was told that it began is told that it is over
        return scope_of(event, self._listener.config).matches(options.components, options.impact)

    def _has_told(self, event: Event) -> bool:
        return not self._told_records.isdisjoint(codes_of(event.record))

    def _newest(self, left: Sequence[Event]) -> set[str]:
        """Return the ids of the newest event of each record, and of each component of it."""
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
            seconds_of(event.at),
            event.id in self._tellings,
        )

        def overtakes(seen: Sighting) -> bool:
            is_newer = seen.record in codes and seen.time > at and not seen.component
            return is_newer and (has_waited or seen.kind in _CLOSING)

        return any(map(overtakes, self._told))

    def _told_lately(self) -> int:
        moments = (one.at for one in self._tellings.values() if one.at is not None)
        return sum(1 for at in moments if abs(at - self._run.now) < _HOUR)

    def _recipients(self, event: Event) -> tuple[Recipient, ...] | None:
        """Return who is told of an event now; None if it is nobody."""
        telling = self._tellings.get(event.id)
        wanted = tuple(self._listener.recipients(event))
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
        status = {
            mark: post.status(self._run.now, exclusive=self._run.exclusive)
            for mark, post in telling.posts.items()
        }
        if PostStatus.HELD in status.values():
            self._selection.held.append(event)
        lost = {mark for mark, one in status.items() if one is PostStatus.LOST}
        free = {mark for mark, one in status.items() if one is PostStatus.FREE}
        if self._listener.guarantee is Guarantee.AT_LEAST_ONCE:
            return free | lost
        if self._run.exclusive:  # where turns are taken, each post is announced before it leaves
            stayed = {mark for mark in lost if not telling.posts[mark].has_left}
            lost, free = lost - stayed, free | stayed
        if lost:
            self._selection.unknown.append(event)
            self._note(What.UNKNOWN, event, tuple(sorted(lost)), why="the notifier was ended")
        return free

    def _intend(self, event: Event, recipients: tuple[Recipient, ...]) -> None:
        now = self._run.now
        marks = tuple(one.mark for one in recipients)
        until = now + int(self._listener.options.timeout) + _GRACE
        self._note(What.INTENT, event, marks, run=self._run.id, until=until)
        self._selection.deliveries.append(Delivery(event, recipients))

    def _wait(self, event: Event) -> None:
        self._selection.waiting.append(event)
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
        self._selection.superseded.append(event)

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
        line = Line(what, self._run.now, self._listener.name, id_, to)
        self.lines.append(line._replace(**more))  # type: ignore[arg-type]
