"""Who was told what: lines that are only ever added, and what they come to.

    5f3a09c1 {"at":1795255500,"channel":"chat","event":"k3…","run":"9f…","what":"intent"}

Each line has a checksum; one that does not check out, torn by a kill or damaged, does not exist.
What the lines come to does not depend on their order, so that two ledgers are merged as the union
of their lines. Recipients stand in them as marks, never as addresses.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple


class What(StrEnum):
    """What a line says.

    SEEN      an event was found, and how it looked        GONE     it is no longer there
    BEGUN     a channel began: what it must not be told
    DUE       an event is to be told                       SKIPPED  it is not, and why
    INTENT    from now on it may be on its way             BACK     it surely is not
    DONE      it has arrived                               FAILED   it was refused for good
    UNKNOWN   nobody can tell whether it arrived
    FOLDED    all of an event and a channel is over
    DOWN      a channel could not be reached               UP       it could again
    """

    SEEN = "seen"
    GONE = "gone"
    BEGUN = "begun"
    DUE = "due"
    SKIPPED = "skipped"
    INTENT = "intent"
    BACK = "back"
    DONE = "done"
    FAILED = "failed"
    UNKNOWN = "unknown"
    FOLDED = "folded"
    DOWN = "down"
    UP = "up"


ENDS = (What.DONE, What.FAILED, What.UNKNOWN, What.SKIPPED)
"""What a post can come to; where two notifiers saw it differently, the first of these holds."""


class Sighting(NamedTuple):
    """How an event looked to an audience when it was first found.

    `record` is a digest of the record's id, and `was` the event that this one is a correction of.
    """

    audience: str
    record: str
    update: str
    kind: str
    status: str
    component: str
    fingerprint: str
    time: int
    is_again: bool = False
    was: str = ""


class Line(NamedTuple):
    """One line; `at` and `until` are in seconds since 1970, `to` are marks of recipients.

    `run` is the notifier that wrote it, which has until `until` to say what became of it. `known`
    are the events that a channel was not told of because they are older than it.
    """

    what: What
    at: int
    channel: str = ""
    event: str = ""
    to: tuple[str, ...] = ()
    run: str = ""
    until: int = 0
    why: str = ""
    known: tuple[str, ...] = ()
    seen: Sighting | None = None


class Read(NamedTuple):
    """The lines of a ledger.

    `damaged` is how many are damaged, of which one that is torn at the end is none; `foreign` how
    many a later version wrote.
    """

    lines: tuple[Line, ...]
    damaged: int = 0
    foreign: int = 0


# ── lines ─────────────────────────────────────────────────────────────────────────────────────

_DEFAULTS = Line._field_defaults


def render(lines: Iterable[Line]) -> bytes:
    """Return lines as they stand in a file."""
    return b"".join(map(_rendered, lines))


def parse(content: bytes) -> Read:
    """Return the lines of a file, each once."""
    every = content.split(b"\n")
    sound = [_line(raw) for raw in every if _is_sound(raw)]
    found = dict.fromkeys(line for line in sound if line is not None)
    damaged = sum(1 for raw in every[:-1] if raw and not _is_sound(raw))
    return Read(tuple(found), damaged, foreign=sound.count(None))


def merge(*contents: bytes) -> bytes:
    """Return a file with all sound lines of several, each once."""
    lines = (raw for content in contents for raw in content.split(b"\n") if _is_sound(raw))
    return b"".join(raw + b"\n" for raw in dict.fromkeys(lines))


def _rendered(line: Line) -> bytes:
    content = {
        name: value for name, value in line._asdict().items() if value != _DEFAULTS.get(name, None)
    }
    if line.seen is not None:
        content["seen"] = list(line.seen)
    text = json.dumps(content, sort_keys=True, separators=(",", ":")).encode()
    return b"%08x %s\n" % (zlib.crc32(text), text)


def _is_sound(raw: bytes) -> bool:
    return raw[8:9] == b" " and raw[:8] == b"%08x" % zlib.crc32(raw[9:])


def _line(raw: bytes) -> Line | None:
    """Return a sound line; None if a later version wrote it, with what is not known here."""
    try:
        content: dict[str, Any] = json.loads(raw[9:])
        seen = content.pop("seen", None)
        content |= {name: tuple(content[name]) for name in ("to", "known") if name in content}
        content["what"] = What(content["what"])
        line = Line(**content, seen=Sighting(*seen) if seen else None)
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError):
        return None
    return line if _is_whole(line) else None


def _is_whole(line: Line) -> bool:
    """Tell whether all of a line is of the types that it should be."""
    texts: list[object] = [line.channel, line.event, line.run, line.why, *line.to, *line.known]
    numbers: list[object] = [line.at, line.until]
    if line.seen is not None:
        numbers.append(line.seen.time)
        texts += [line.seen.was, *line.seen[: Sighting._fields.index("time")]]
    return all(type(one) is str for one in texts) and all(type(one) is int for one in numbers)


# ── what they come to ─────────────────────────────────────────────────────────────────────────


class Standing(StrEnum):
    """How it stands with a post."""

    FREE = "free"
    HELD = "held"
    LOST = "lost"
    OVER = "over"


@dataclass(slots=True)
class Posting:
    """One event, one channel, one recipient: who meant to send it, and what became of it."""

    until: dict[str, int] = field(default_factory=dict)
    given_back: set[str] = field(default_factory=set)
    end: What | None = None

    def standing(self, now: int, *, exclusive: bool) -> Standing:
        """Tell whether it may be sent now.

        HELD is that another notifier may be at it, LOST that one was and never said what came of
        it. If this one is `exclusive`, no other is at work.
        """
        if self.end is not None:
            return Standing.OVER
        silent = [until for run, until in self.until.items() if run not in self.given_back]
        if not silent:
            return Standing.FREE
        return Standing.LOST if exclusive or max(silent) <= now else Standing.HELD


@dataclass(slots=True)
class Telling:
    """One event and one channel: `posts` are by the marks of recipients.

    `at` is when the first post was meant to be sent. Of what was folded only `arrived` is known:
    whether it arrived anywhere.
    """

    due: int | None = None
    at: int | None = None
    posts: dict[str, Posting] = field(default_factory=dict)
    skipped: str | None = None
    folded: bool = False
    arrived: bool = False

    @property
    def is_over(self) -> bool:
        """Tell whether there is nothing left to do."""
        ended = bool(self.posts) and all(one.end is not None for one in self.posts.values())
        return self.folded or self.skipped is not None or ended

    @property
    def has_begun(self) -> bool:
        """Tell whether it is fixed who is told."""
        return bool(self.posts)

    @property
    def was_told(self) -> bool:
        """Tell whether it arrived anywhere, as far as that is known."""
        return self.arrived or any(one.end is What.DONE for one in self.posts.values())


@dataclass(slots=True)
class State:
    """What all lines come to.

    `begun` has what each channel must not be told, `sightings` and `gone` are by audience and
    event, `tellings` by event and channel, `downs` are the moments since when a channel that failed
    has not worked.
    """

    begun: dict[str, frozenset[str]] = field(default_factory=dict)
    sightings: dict[tuple[str, str], Sighting] = field(default_factory=dict)
    gone: set[tuple[str, str]] = field(default_factory=set)
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
    ups: dict[str, int] = {}
    for line in lines:
        match line.what:
            case What.BEGUN:
                begun[line.channel] = min(begun.get(line.channel, line), line, key=_first)
            case What.SEEN if line.seen is not None:
                key = (line.seen.audience, line.event)
                seen[key] = min(seen.get(key, line), line, key=_first)
            case What.GONE:
                state.gone.add((line.why, line.event))
            case What.UP:
                ups[line.channel] = max(ups.get(line.channel, 0), line.at)
            case What.DOWN:
                state.downs.setdefault(line.channel, []).append(line.at)
            case _:
                _count(state.tellings.setdefault((line.event, line.channel), Telling()), line)
    state.begun = {channel: frozenset(line.known) for channel, line in begun.items()}
    state.sightings = {key: line.seen for key, line in seen.items() if line.seen is not None}
    for channel, moments in state.downs.items():
        moments[:] = sorted(one for one in moments if one > ups.get(channel, 0))
    return state


def _first(line: Line) -> tuple[int, bytes]:
    return line.at, _rendered(line)


def _count(telling: Telling, line: Line) -> None:
    if line.what is What.DUE:
        telling.due = line.at if telling.due is None else min(telling.due, line.at)
    elif line.what is What.SKIPPED and not line.to:
        telling.skipped = min(line.why, telling.skipped or line.why)
    else:
        telling.at = line.at if telling.at is None else min(telling.at, line.at)
    if line.what is What.FOLDED:
        telling.folded = True
        telling.arrived |= not line.why
    for mark in line.to:
        post = telling.posts.setdefault(mark, Posting())
        if line.what is What.INTENT:
            post.until[line.run] = max(post.until.get(line.run, 0), line.until)
        elif line.what is What.BACK:
            post.given_back.add(line.run)
        elif line.what in ENDS:
            post.end = min(post.end or line.what, line.what, key=ENDS.index)
