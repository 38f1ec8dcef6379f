"""What is remembered between builds, in files that may be lost or damaged at any time.

A file is a log. Builds append what they had to make, in whole entries with a checksum each; an
entry that does not check out does not exist:

    statusgen-log 1 <whatever the values depend on>
    key (16) · length (4) · checksum (4) · value       ┐
    key (16) · length (4) · checksum (4) · value       ┘ any number of entries

Keys are digests of all that a value was made of, so no entry is ever out of date, only unused. Once
most of a large file is unused, it is written anew.
"""

from __future__ import annotations

import hashlib
import os
import struct
import zlib
from collections.abc import Collection, Iterable
from contextlib import suppress
from io import BytesIO
from typing import BinaryIO, NamedTuple
from weakref import finalize

_ENTRY = struct.Struct("<16sII")
_FORMAT = 1
_BUFFER = 1 << 20
_WORTH_COMPACTING = 1 << 20
_KEPT_IN_MEMORY = 2000


class _Place(NamedTuple):
    start: int
    length: int
    checksum: int


class Log:
    """Values by their keys, in the file `name` of a folder.

    `version` names what else the values depend on. Without a folder nothing is kept. Processes that
    were forked from one another may all add to it, and find what the others have saved.
    """

    def __init__(self, folder: str | None, name: str, version: str) -> None:
        self._path = os.path.join(folder, name) if folder else ""
        self._head = f"statusgen-log {_FORMAT} {version}\n".encode()
        self._places: dict[bytes, _Place] = {}
        self._file = -1
        self._size = 0
        self._end = 0  # of the entries that have their places
        self._unsaved: list[bytes] = []
        if self._path:
            with suppress(OSError):
                self._open()

    def is_kept(self) -> bool:
        """Tell whether there is a next build for which values are kept."""
        return bool(self._path)

    def get(self, key: bytes) -> bytes | None:
        """Return a value that an earlier build has saved, or another process of this one."""
        place = self._places.get(key)
        if place is None and self._find_new():
            place = self._places.get(key)
        return None if place is None else self._read(key, place)

    def add(self, key: bytes, value: bytes) -> None:
        """Keep a value for the next build."""
        if self._path:
            self._unsaved.append(_entry(key, value))

    def save(self) -> None:
        """Append what was added to the file; where that cannot be done, nothing is kept."""
        if self._unsaved:
            with suppress(OSError), open(self._path, "ab", buffering=0) as file:
                file.write(b"".join(self._unsaved))
        self._unsaved.clear()

    @property
    def is_large(self) -> bool:
        """Whether the file can be worth writing anew at all."""
        return self._size > _WORTH_COMPACTING

    def is_bloated(self, used: int) -> bool:
        """Tell whether it is worth while to write the file anew with so many entries."""
        return self.is_large and len(self._places) > 2 * used

    def compact(self, used: Collection[bytes]) -> None:
        """Write the file anew with the entries of these keys only."""
        kept = ((key, self._read(key, place)) for key, place in self._places.items() if key in used)
        entries = [_entry(key, value) for key, value in kept if value is not None]
        self._replace(b"".join([self._head, *entries]))

    def _open(self) -> None:
        """Open the file and find its entries; begin a new one where it is missing or outdated."""
        with suppress(FileNotFoundError), open(self._path, "rb", buffering=_BUFFER) as file:
            if file.readline(len(self._head)) == self._head:
                self._hold(file)
                self._find(file, self._size)
                if self._end < self._size:  # a killed build's last entry, or a damaged length
                    os.truncate(self._path, self._end)
                return
        self._replace(self._head)
        with open(self._path, "rb") as file:
            self._hold(file)

    def _hold(self, file: BinaryIO) -> None:
        self._file = os.dup(file.fileno())
        finalize(self, os.close, self._file).atexit = False
        self._size = os.fstat(self._file).st_size
        self._end = len(self._head)

    def _find(self, file: BinaryIO, size: int) -> None:
        """Note where the whole entries are that stand in `file`, behind those that are known."""
        while len(head := file.read(_ENTRY.size)) == _ENTRY.size:
            key, length, checksum = _ENTRY.unpack(head)
            start = self._end + _ENTRY.size
            if start + length > size:
                return
            self._places[key] = _Place(start, length, checksum)
            self._end = start + length
            file.seek(length, os.SEEK_CUR)

    def _find_new(self) -> bool:
        """Find what was saved since the last time; tell whether there was anything."""
        if self._file < 0:
            return False
        before = self._end
        with suppress(OSError):
            size = os.fstat(self._file).st_size
            if size > before:
                self._find(BytesIO(os.pread(self._file, size - before, before)), size)
        return self._end > before

    def _read(self, key: bytes, place: _Place) -> bytes | None:
        try:
            value = os.pread(self._file, place.length, place.start)
        except OSError:
            return None
        return value if _checksum(key, value) == place.checksum else None

    def _replace(self, content: bytes) -> None:
        with suppress(OSError):
            with open(f"{self._path}.tmp", "wb") as file:
                file.write(content)
            os.replace(f"{self._path}.tmp", self._path)


class Memo:
    """HTML by the text it was made of."""

    def __init__(self, folder: str | None, version: str) -> None:
        self._log = Log(folder, "markdown", version)
        self._added: dict[str, str] = {}

    def get(self, text: str) -> str | None:
        """Return the HTML of a text, or None if it is not known."""
        added = self._added.get(text)
        if added is not None or not self._log.is_kept():
            return added
        html = self._log.get(_key_of_text(text))
        return None if html is None else html.decode("utf-8", "replace")

    def add(self, text: str, html: str) -> None:
        """Keep the HTML of a text, for this build and the next."""
        self._added[text] = html
        if self._log.is_kept():
            self._log.add(_key_of_text(text), html.encode())

    def save(self) -> None:
        """Write down what was added; forget it where that would take too much memory."""
        self._log.save()
        if len(self._added) > _KEPT_IN_MEMORY:
            self._added.clear()

    def compact(self, texts: Iterable[str]) -> None:
        """Forget other texts than these, if most of what is remembered is of other texts."""
        if not self._log.is_large:
            return
        used = list(texts)
        if self._log.is_bloated(len(used)):
            self._log.compact({_key_of_text(text) for text in used})


def key_of(*parts: bytes) -> bytes:
    """Return the key of what is made from these parts."""
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        if len(parts) > 1:
            digest.update(len(part).to_bytes(8, "little"))
        digest.update(part)
    return digest.digest()


def _key_of_text(text: str) -> bytes:
    return key_of(text.encode("utf-8", "surrogatepass"))


def _entry(key: bytes, value: bytes) -> bytes:
    return _ENTRY.pack(key, len(value), _checksum(key, value)) + value


def _checksum(key: bytes, value: bytes) -> int:
    return zlib.crc32(value, zlib.crc32(key))
