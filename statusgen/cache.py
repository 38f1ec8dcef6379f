"""Remembers the HTML of texts between builds, in a file that may be lost or damaged at any time.

The file is a log. Builds append what they had to render, in whole entries with a checksum each; an
entry that does not check out does not exist:

    statusgen-markdown 1 <whatever the HTML depends on>
    key (16) · length (4) · checksum (4) · HTML        ┐
    key (16) · length (4) · checksum (4) · HTML        ┘ any number of entries

Once most of a large file is HTML of texts that are gone, the file is written anew.
"""

from __future__ import annotations

import hashlib
import os
import struct
import zlib
from collections.abc import Iterable
from contextlib import suppress
from typing import NamedTuple

_ENTRY = struct.Struct("<16sII")
_NAME = "markdown"
_FORMAT = 1
_BUFFER = 1 << 20
_WORTH_COMPACTING = 1 << 20
_KEPT_IN_MEMORY = 2000


class _Place(NamedTuple):
    start: int
    length: int
    checksum: int


class Memo:
    """HTML by the text it was made of.

    `version` names what else the HTML depends on. Without a `folder` nothing is kept on disk.
    Processes that were forked from one another may all add to it.
    """

    def __init__(self, folder: str | None, version: str) -> None:
        self._path = os.path.join(folder, _NAME) if folder else ""
        self._head = f"statusgen-markdown {_FORMAT} {version}\n".encode()
        self._places: dict[bytes, _Place] = {}
        self._file = -1
        self._size = 0
        if self._path:
            with suppress(OSError):
                self._open()
        self._added: dict[bytes, bytes] = {}
        self._unsaved: list[bytes] = []

    def get(self, text: str) -> str | None:
        """Return the HTML of a text, or None if it is not known."""
        key = _key(text)
        added = self._added.get(key)
        if added is not None:
            return added.decode()
        place = self._places.get(key)
        html = None if place is None else self._read(key, place)
        return None if html is None else html.decode("utf-8", "replace")

    def add(self, text: str, html: str) -> None:
        """Keep the HTML of a text."""
        key = _key(text)
        raw = html.encode()
        self._added[key] = raw
        self._unsaved.append(_entry(key, raw))

    def save(self) -> None:
        """Append what was added to the file; where that cannot be done, nothing is kept."""
        if self._path and self._unsaved:
            with suppress(OSError), open(self._path, "ab", buffering=0) as file:
                file.write(b"".join(self._unsaved))
        self._unsaved.clear()
        if len(self._added) > _KEPT_IN_MEMORY:
            self._added.clear()

    def compact(self, texts: Iterable[str]) -> None:
        """Write a large file anew with these texts only, if most of it is of other texts."""
        if self._size < _WORTH_COMPACTING:
            return
        wanted = list(texts)
        if len(self._places) < 2 * len(wanted):
            return
        keys = {_key(text) for text in wanted}
        kept = {key: place for key, place in self._places.items() if key in keys}
        contents = ((key, self._read(key, place)) for key, place in kept.items())
        entries = [_entry(key, html) for key, html in contents if html is not None]
        self._replace(b"".join([self._head, *entries]))

    def _open(self) -> None:
        """Open the file and find its entries; begin a new one where it is missing or outdated."""
        os.makedirs(os.path.dirname(self._path), exist_ok=True)
        with suppress(FileNotFoundError), open(self._path, "rb", buffering=_BUFFER) as file:
            if file.readline(len(self._head)) == self._head:
                self._file = os.dup(file.fileno())
                self._size = os.fstat(self._file).st_size
                end = len(self._head)
                while len(head := file.read(_ENTRY.size)) == _ENTRY.size:
                    key, length, checksum = _ENTRY.unpack(head)
                    start, end = end + _ENTRY.size, end + _ENTRY.size + length
                    if end > self._size:  # a killed build's last entry, or a damaged length
                        os.truncate(self._path, start - _ENTRY.size)
                        return
                    self._places[key] = _Place(start, length, checksum)
                    file.seek(length, os.SEEK_CUR)
                if head:
                    os.truncate(self._path, end)
                return
        self._replace(self._head)

    def _read(self, key: bytes, place: _Place) -> bytes | None:
        try:
            html = os.pread(self._file, place.length, place.start)
        except OSError:
            return None
        return html if _checksum(key, html) == place.checksum else None

    def _replace(self, content: bytes) -> None:
        with suppress(OSError):
            with open(f"{self._path}.tmp", "wb") as file:
                file.write(content)
            os.replace(f"{self._path}.tmp", self._path)


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _entry(key: bytes, html: bytes) -> bytes:
    return _ENTRY.pack(key, len(html), _checksum(key, html)) + html


def _checksum(key: bytes, html: bytes) -> int:
    return zlib.crc32(html, zlib.crc32(key))
