"""Compares what files contain where their times tell nothing, as in a fresh clone."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from statusgen.files.listing import Entry
from statusgen.files.names import INCIDENTS
from statusgen.files.source_tree import is_incident, read_file
from statusgen.memory import bytecode, freshness
from statusgen.memory.cache import key_of
from statusgen.memory.freshness import PROGRAM, PROGRAM_ROOT, Note
from statusgen.site.hosting.manifest import MANIFEST

_LARGEST = 16 << 20
_DIGESTED = "program"
_TICK = 2 * 10**9
"""In ns: after that much time no change leaves a file's times as they are."""


class Inputs(NamedTuple):
    """What was observed before anything was read.

    `last` is the last build's note with what that build observed. By then it was `clock` (ns) for
    the file system; None if it tells no time, or no note will be left.
    """

    last: tuple[Note, bytes] | None
    clock: int | None
    entries: list[Entry | None]


def observe(root: str) -> Inputs:
    """Withdraw the last build's note and observe the inputs, before a build that leaves one."""
    last = freshness.read_note(root)
    return Inputs(last, freshness.begin(root), freshness.observe_inputs(root))


def is_unchanged(root: str, out: str, now: float, inputs: Inputs) -> Note | None:
    """Return the last build's note if all inputs and outputs contain what they did then.

    Afterwards the note on disk knows their present times.
    """
    if inputs.last is None or not freshness.holds(inputs.last[0], root, out, now):
        return None
    note, observed = inputs.last
    entries = inputs.entries + freshness.observe_assets(root, note["assets"])
    is_same = observed == freshness.comparable(entries, out) or (
        sizes_of(entries) == note["sizes"]  # a change that shows in these spares reading all
        and digest_all(root, entries) == note["contents"]
        and _is_intact(out, note["manifest"])
    )
    if not is_same:
        return None
    leave_note(root, note, entries, out=out, clock=inputs.clock)
    return note


def leave_note(
    root: str,
    note: Note,
    entries: list[Entry | None],
    *,
    out: str,
    clock: int | None,
) -> None:
    """Write the note of a complete output, unless `clock` says that none can be kept.

    `entries` are the inputs as they were before anything was read.
    """
    if clock is None:
        return
    is_settled = freshness.is_settled(entries, clock)
    observed = freshness.comparable(entries, out) if is_settled else b""
    freshness.write_note(root, note, observed)


def digest_all(
    root: str,
    entries: Iterable[Entry | None],
    known: Mapping[str, str] | None = None,
) -> str:
    """Return one digest over all inputs; `known` are the digests of what is read already."""
    known = known or {}
    own = [entry for entry in _inputs_in(entries) if not entry[0].startswith(PROGRAM)]
    return _digest_of_lines(
        (
            f"{program_mark().decode()}\n",
            *(f"{known.get(entry[0]) or _digest_of(root, entry[0])} {entry[0]}\n" for entry in own),
        )
    )


def sizes_of(entries: Iterable[Entry | None]) -> str:
    """Return one digest over the sizes of all inputs."""
    return _digest_of_lines(f"{entry[2]} {entry[0]}\n" for entry in _inputs_in(entries))


def _inputs_in(entries: Iterable[Entry | None]) -> Iterator[Entry]:
    """Yield what an output is made from: below `incidents/` only files of incidents."""
    for entry in entries:
        if entry and (is_incident(entry[0]) or not entry[0].startswith(f"{INCIDENTS}/")):
            yield entry


def _digest_of_lines(lines: Iterable[str]) -> str:
    """Return one digest over lines, which stand in the order in which folders are listed."""
    return digest("".join(lines).encode("utf-8", "surrogateescape"))


@cache
def program_mark() -> bytes:
    """Return what tells this program and its libraries from others that may make other things."""
    entries: list[Entry | None] = [*freshness.observe_program()]
    return f"{freshness.made_with()} {_digest_of_program(entries)}".encode()


def _digest_of_program(entries: list[Entry | None]) -> str:
    """Return one digest over the program's files, which are read only when their times are new."""
    head = key_of(freshness.as_bytes(entries))
    known = bytecode.load(_DIGESTED, head)
    if known is not None:
        return known.decode("ascii")
    found = _digest_of_lines(
        f"{_digest_of(PROGRAM_ROOT, entry[0].removeprefix(PROGRAM))} {entry[0]}\n"
        for entry in entries
        if entry
    )
    if freshness.is_settled(entries, time.time_ns() - _TICK):
        bytecode.save(_DIGESTED, head, found.encode("ascii"))
    return found


def digest(raw: bytes) -> str:
    """Return a short digest of a file's bytes."""
    return hashlib.blake2b(raw, digest_size=16).hexdigest()


def _digest_of(root: str, path: str) -> str:
    try:
        return digest(read_file(root, path, largest=_LARGEST))
    except OSError:
        return "-"


def _is_intact(out: str, manifest: str) -> bool:
    """Tell whether an output is the one with that manifest (its SHA-256), byte for byte."""
    try:
        raw = read_file(out, MANIFEST, largest=_LARGEST)
        return _sha256(raw) == manifest and all(
            _sha256(read_file(out, path, largest=_LARGEST)) == expected
            for path, expected in json.loads(raw)["files"].items()
        )
    except OSError:
        return False


def _sha256(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()
