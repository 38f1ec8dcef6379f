"""A ledger's lines, which are only ever added.

    5f3a09c1 {"at":1795255500,"channel":"chat","event":"k3…","run":"9f…","what":"intent"}

Each line has a checksum; one that does not check out, torn by a kill or damaged, does not exist.
Recipients stand in them as marks, never as addresses.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from enum import StrEnum
from typing import Any, NamedTuple


class What(StrEnum):
    """What a line says.

    SEEN       an event was found, and how it looked       GONE     it is no longer there
    BEGUN      a channel began: what it must not be told
    DUE        an event is to be told                      SKIPPED  it is not, and why
    INTENT     from now on it may be on its way            BACK     it surely is not
    AWAY       one that must not be sent twice leaves now
    DONE       it has arrived                              FAILED   it was refused for good
    UNKNOWN    nobody can tell whether it arrived
    COMPACTED  all of an event and a channel is over
    DOWN       a channel could not be reached              UP       it could again
    """

    SEEN = "seen"
    GONE = "gone"
    BEGUN = "begun"
    DUE = "due"
    SKIPPED = "skipped"
    INTENT = "intent"
    AWAY = "away"
    BACK = "back"
    DONE = "done"
    FAILED = "failed"
    UNKNOWN = "unknown"
    COMPACTED = "compacted"
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
