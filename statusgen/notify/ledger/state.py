"""What a ledger's lines come to, in whatever order they stand.

So two ledgers are merged as the union of their lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from statusgen.notify.ledger.lines import ENDS, Line, Sighting, What, render

_LONGEST_HOLD = 24 * 3600
"""Seconds; who seems to hold something for longer had a clock that was wrong."""


class PostStatus(StrEnum):
    """How it stands with a post."""

    FREE = "free"
    HELD = "held"
    LOST = "lost"
    OVER = "over"


@dataclass(slots=True)
class PostState:
    """One event, one channel, one recipient: who meant to send it, and what became of it."""

    until: dict[str, int] = field(default_factory=dict)
    given_back: set[str] = field(default_factory=set)
    away: set[str] = field(default_factory=set)
    end: What | None = None

    @property
    def has_left(self) -> bool:
        """Tell whether a notifier was about to send it, and never said what came of it."""
        return bool(self.away - self.given_back)

    def status(self, now: int, *, exclusive: bool) -> PostStatus:
        """Tell whether it may be sent now.

        HELD: another notifier may be sending it. LOST: one was, and never said what came of it. If
        this one is `exclusive`, no other is at work.
        """
        if self.end is not None:
            return PostStatus.OVER
        silent = [until for run, until in self.until.items() if run not in self.given_back]
        if not silent:
            return PostStatus.FREE
        is_held = now < max(silent) < now + _LONGEST_HOLD
        return PostStatus.HELD if is_held and not exclusive else PostStatus.LOST


@dataclass(slots=True)
class Telling:
    """One event and one channel: `posts` are by the marks of recipients.

    `at` is when the first post was meant to be sent. Of what was compacted only `arrived` is known:
    whether it arrived anywhere.
    """

    due: int | None = None
    at: int | None = None
    posts: dict[str, PostState] = field(default_factory=dict)
    skipped: str | None = None
    compacted: bool = False
    arrived: bool = False

    @property
    def is_over(self) -> bool:
        """Tell whether there is nothing left to do."""
        ended = bool(self.posts) and all(one.end is not None for one in self.posts.values())
        return self.compacted or self.skipped is not None or ended

    @property
    def has_begun(self) -> bool:
        """Tell whether its recipients are settled."""
        return bool(self.posts)

    @property
    def was_told(self) -> bool:
        """Tell whether it arrived anywhere, as far as that is known."""
        return self.arrived or any(one.end is What.DONE for one in self.posts.values())


@dataclass(slots=True)
class State:
    """What all lines come to.

    `begun` has what each channel must not be told, `sightings` and `gone` are by audience and
    event, as is `looked`: when it was last found to be there or gone. `tellings` are by event and
    channel, `downs` are the moments since when a channel that failed has not worked.
    """

    begun: dict[str, frozenset[str]] = field(default_factory=dict)
    sightings: dict[tuple[str, str], Sighting] = field(default_factory=dict)
    gone: set[tuple[str, str]] = field(default_factory=set)
    looked: dict[tuple[str, str], int] = field(default_factory=dict)
    tellings: dict[tuple[str, str], Telling] = field(default_factory=dict)
    downs: dict[str, list[int]] = field(default_factory=dict)

    def told(self, channel: str) -> Mapping[str, Telling]:
        """Return what a channel was told of, by event."""
        return {event: one for (event, name), one in self.tellings.items() if name == channel}


def state_of(lines: Iterable[Line]) -> State:
    """Return what lines come to, in whatever order they stand."""
    state = State()
    begun: dict[str, Line] = {}
    seen: dict[tuple[str, str], Line] = {}
    there: dict[tuple[str, str], int] = {}
    gone: dict[tuple[str, str], int] = {}
    ups: dict[str, int] = {}
    for line in lines:
        match line.what:
            case What.BEGUN:
                begun[line.channel] = min(begun.get(line.channel, line), line, key=_first)
            case What.SEEN if line.seen is not None:
                key = (line.seen.audience, line.event)
                seen[key] = min(seen.get(key, line), line, key=_first)
                there[key] = max(there.get(key, 0), line.at)
            case What.GONE:
                key = (line.why, line.event)
                gone[key] = max(gone.get(key, 0), line.at)
            case What.UP:
                ups[line.channel] = max(ups.get(line.channel, 0), line.at)
            case What.DOWN:
                state.downs.setdefault(line.channel, []).append(line.at)
            case _:
                _count(state.tellings.setdefault((line.event, line.channel), Telling()), line)
    state.begun = {channel: frozenset(line.known) for channel, line in begun.items()}
    state.sightings = {key: line.seen for key, line in seen.items() if line.seen is not None}
    state.gone = {key for key, at in gone.items() if at >= there.get(key, 0)}
    state.looked = {key: max(there.get(key, 0), gone.get(key, 0)) for key in (*there, *gone)}
    for channel, moments in state.downs.items():
        moments[:] = sorted(one for one in moments if one > ups.get(channel, 0))
    return state


def _first(line: Line) -> tuple[int, bytes]:
    return line.at, render([line])


def _count(telling: Telling, line: Line) -> None:
    if line.what is What.DUE:
        telling.due = line.at if telling.due is None else min(telling.due, line.at)
    elif line.what is What.SKIPPED and not line.to:
        telling.skipped = min(line.why, telling.skipped or line.why)
    else:
        telling.at = line.at if telling.at is None else min(telling.at, line.at)
    if line.what is What.COMPACTED:
        telling.compacted = True
        telling.arrived |= not line.why
    for mark in line.to:
        post = telling.posts.setdefault(mark, PostState())
        if line.what is What.INTENT:
            post.until[line.run] = max(post.until.get(line.run, 0), line.until)
        elif line.what is What.AWAY:
            post.away.add(line.run)
        elif line.what is What.BACK:
            post.given_back.add(line.run)
        elif line.what in ENDS:
            post.end = min(post.end or line.what, line.what, key=ENDS.index)
