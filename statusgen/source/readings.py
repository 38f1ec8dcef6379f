"""Reads and parses incident files on all cores, and remembers what became of them.

Files are taken in chunks. A chunk whose bytes are those of an earlier build is not parsed again,
and one whose sizes and times are is not even opened; where chunks begin follows from the files'
names, so that a new file changes one of them only.
"""

from __future__ import annotations

import io
import pickle
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta, timezone
from enum import Enum
from functools import partial
from typing import Generic, NamedTuple, TypeVar

from statusgen.content import Reading
from statusgen.content.translation import Part, TranslationReading
from statusgen.files.listing import Entry
from statusgen.files.source_tree import LARGEST_INCIDENT, read_file, unreadable
from statusgen.memory.cache import Log, key_of
from statusgen.memory.contents import digest
from statusgen.memory.freshness import as_bytes, is_settled
from statusgen.model import (
    Action,
    Affected,
    Change,
    ComponentStatus,
    Impact,
    Incident,
    Kind,
    Notify,
    StandIn,
    Status,
    Update,
)
from statusgen.problems import Location, Problem, Severity

R = TypeVar("R", Reading, TranslationReading)
Parse = Callable[[str, bytes], R]
Run = Callable[[Sequence[Callable[[], tuple[bytes, bytes]]]], list[tuple[bytes, bytes]]]

_USUAL_CHUNK = 64  # files
_LARGEST_CHUNK = 256


class Read(NamedTuple, Generic[R]):
    """A file and what it says; `digest` is empty if it could not be opened."""

    path: str
    reading: R
    digest: str


class Seen(NamedTuple):
    """What was observed of files before any of them was read.

    By then it was `clock` (ns) for the file system; what changed no earlier tells nothing by its
    times, which may stay the same when it changes again.
    """

    entries: Iterable[Entry]
    clock: int


def read_all(  # noqa: PLR0913  all that reading depends on
    root: str,
    paths: Sequence[str],
    parse: Parse[R],
    memory: Log,
    run: Run,
    *,
    seen: Seen | None = None,
) -> list[Read[R]]:
    """Read files, in tasks that `run` runs; `memory` must be one for exactly this `parse`."""
    chunks = list(_chunks(paths))
    marks = _marks(chunks, seen) if seen else [b""] * len(chunks)
    packs = [_remembered(memory, mark) for mark in marks]
    own: dict[bytes, list[Read[R]]] = {}
    lacking = [index for index, pack in enumerate(packs) if pack is None]
    done = run(
        [
            partial(_read_chunk, root, chunks[index], parse, memory, mark=marks[index], own=own)
            for index in lacking
        ]
    )
    for index, pack in zip(lacking, done, strict=True):
        packs[index] = pack
    found: list[Read[R]] = []
    used = {mark for mark in marks if mark}
    for chunk, (key, packed) in zip(chunks, filter(None, packs), strict=True):
        remembered = own.get(key) or _unpacked(packed)
        found += remembered or [_read(root, path, parse) for path in chunk]
        used.add(key)
    if memory.is_bloated(len(used)):
        memory.compact(used)
    return found


def _remembered(memory: Log, mark: bytes) -> tuple[bytes, bytes] | None:
    """Return the key of the files that have a mark, and their readings, packed."""
    key = memory.get(mark) if mark else None
    packed = memory.get(key) if key else None
    return (key, packed) if key and packed is not None else None


def _chunks(paths: Sequence[str]) -> Iterator[list[str]]:
    chunk: list[str] = []
    for path in paths:
        chunk.append(path)
        mark = zlib.crc32(path.encode("utf-8", "surrogateescape"))
        if mark % _USUAL_CHUNK == 0 or len(chunk) == _LARGEST_CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _marks(chunks: Iterable[Sequence[str]], seen: Seen) -> list[bytes]:
    """Return a key of each chunk's sizes and times; none if these tell too little."""
    entries: dict[str, Entry] = {entry[0]: entry for entry in seen.entries}
    marks = []
    for chunk in chunks:
        observed = [entries.get(path) for path in chunk]
        is_known = None not in observed and is_settled(observed, seen.clock)
        marks.append(key_of(b"times", as_bytes(observed)) if is_known else b"")
    return marks


def _read_chunk(  # noqa: PLR0913  all that reading depends on
    root: str,
    paths: Sequence[str],
    parse: Parse[R],
    memory: Log,
    *,
    mark: bytes,
    own: dict[bytes, list[Read[R]]],
) -> tuple[bytes, bytes]:
    """Return the files' readings, packed as they are remembered under a key.

    What was parsed is also in `own`, for the process that it was parsed in.
    """
    raws = [_bytes_of(root, path) for path in paths]
    digests = ["" if isinstance(raw, OSError) else digest(raw) for raw in raws]
    names = (path.encode("utf-8", "surrogateescape") for path in paths)
    key = key_of(*names, "".join(digests).encode())
    packed = memory.get(key)
    is_new = packed is None
    if packed is None:
        own[key] = [
            _read_of(path, raw, parse, digest)
            for path, raw, digest in zip(paths, raws, digests, strict=True)
        ]
        packed = _packed(own[key])
    if all(digests):
        if is_new:
            memory.add(key, packed)
        if mark:
            memory.add(mark, key)
        memory.save()
    return key, packed


def _read(root: str, path: str, parse: Parse[R]) -> Read[R]:
    raw = _bytes_of(root, path)
    return _read_of(path, raw, parse, "" if isinstance(raw, OSError) else digest(raw))


def _bytes_of(root: str, path: str) -> bytes | OSError:
    try:
        return read_file(root, path, largest=LARGEST_INCIDENT)
    except OSError as error:
        return error


def _read_of(path: str, raw: bytes | OSError, parse: Parse[R], digest: str) -> Read[R]:
    if isinstance(raw, OSError):
        problems = (unreadable(path, raw),)
        return Read(path, parse(path, b"")._replace(problems=problems, readable=False), "")
    return Read(path, parse(path, raw), digest)


# ── packing ───────────────────────────────────────────────────────────────────────────────────

_PACKED = (
    *(Read, Reading, Incident, Update, Action, Change, Affected, StandIn),
    *(TranslationReading, Part),
    *(Kind, Status, Impact, ComponentStatus, Notify),
    *(Problem, Location, Severity),
    *(datetime, date, timedelta, timezone),
)
_BY_NAME = {(one.__module__, one.__qualname__): one for one in _PACKED}


def _as_call(value: tuple[object, ...]) -> tuple[type, tuple[object, ...]]:
    return type(value), tuple(value)


def _as_member(value: Enum) -> tuple[type, tuple[object, ...]]:
    return type(value), (value.value,)


class _Pickler(pickle.Pickler):
    """Asks no NamedTuple how it is to be packed, which takes half as long again.

    Nor an Enum: in Python 3.11.2 it asks for `getattr`, which is nothing to be unpacked.
    """

    dispatch_table = {  # noqa: RUF012  its type's
        **{one: _as_call for one in _PACKED if issubclass(one, tuple)},
        **{one: _as_member for one in _PACKED if issubclass(one, Enum)},
    }


class _Unpickler(pickle.Unpickler):
    """Makes these classes and nothing else: what is remembered lies in a folder of the page."""

    def find_class(self, module_name: str, global_name: str) -> type:
        try:
            return _BY_NAME[module_name, global_name]
        except KeyError:
            raise pickle.UnpicklingError(global_name) from None


def _packed(found: list[Read[R]]) -> bytes:
    stream = io.BytesIO()
    _Pickler(stream, pickle.HIGHEST_PROTOCOL).dump(found)
    return stream.getvalue()


def _unpacked(packed: bytes) -> list[Read[R]] | None:
    """Return readings; None if the bytes are not what `_read_chunk` made."""
    try:
        found: list[Read[R]] = _Unpickler(io.BytesIO(packed)).load()
    except Exception:  # noqa: BLE001 - damaged bytes may raise anything
        return None
    return found
