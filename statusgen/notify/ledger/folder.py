"""A ledger in a folder of this machine.

    <folder>/ledger    the lines
    <folder>/lock      held by the notifier that is at work; the next one waits for its turn

A line that was added outlives the end of the process, and after a `flush` a power cut.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

from statusgen.files.writes import sync, write_whole
from statusgen.notify.ledger.compaction import compact
from statusgen.notify.ledger.lines import Line, Read, parse, render
from statusgen.notify.ledger.store import Decide, LedgerError

_FILE = "ledger"
_LOCK = "lock"
_LOOK_AGAIN = 0.05


class FolderLedger:
    """The lines of a folder whose lock is held."""

    exclusive = True

    def __init__(self, folder: str) -> None:
        self._path = f"{folder}/{_FILE}"
        self._folder = folder
        self._turn = threading.Lock()
        self._is_flushed = True

    def read(self) -> Read:
        return read_folder(self._folder)

    def claim(self, decide: Decide) -> None:
        lines = decide(self.read())
        self.add(lines)
        self.flush()

    def add(self, lines: Iterable[Line]) -> None:
        content = render(lines)
        if content:
            with self._turn, _explained():
                _append(self._path, content)
                self._is_flushed = False

    def flush(self) -> None:
        with self._turn, _explained():
            if not self._is_flushed:
                sync(self._path)
                sync(self._folder)
                self._is_flushed = True

    def compact(self) -> None:
        with self._turn:
            compacted = compact(read_folder(self._folder))
            if compacted.is_shorter:
                with _explained():
                    write_whole(self._folder, _FILE, render(compacted.lines))
                    sync(self._folder)


@contextmanager
def open_folder(folder: str, wait: float) -> Iterator[FolderLedger]:
    """Give the ledger of a folder, as soon as no other notifier has it; wait so many seconds.

    Raises:
        LedgerError: Another one still has it, or it cannot be written to.

    """
    with _explained():
        os.makedirs(folder, exist_ok=True)
        lock = os.open(f"{folder}/{_LOCK}", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        _take(lock, wait)
        yield FolderLedger(folder)
    finally:
        os.close(lock)


def read_folder(folder: str) -> Read:
    """Return the lines of a folder, whoever is at work there; none if there is no ledger yet.

    Raises:
        LedgerError: It cannot be read.

    """
    with _explained():
        try:
            with open(f"{folder}/{_FILE}", "rb") as file:
                return parse(file.read())
        except FileNotFoundError:
            return Read(())


def _take(lock: int, wait: float) -> None:
    until = time.monotonic() + wait
    while True:
        with suppress(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        if time.monotonic() > until:
            raise LedgerError(f"another notifier has been at work for {wait:.0f} seconds")
        time.sleep(_LOOK_AGAIN)


def _append(path: str, content: bytes) -> None:
    """Add whole lines, behind a line's end; where the disk is full, none of them."""
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o644)
    try:
        size = os.fstat(file).st_size
        if size and os.pread(file, 1, size - 1) != b"\n":  # what a killed notifier left
            content = b"\n" + content
        left = memoryview(content)
        try:
            while left:
                left = left[os.write(file, left) :]
        except OSError:
            with suppress(OSError):
                os.ftruncate(file, size)
            raise
    finally:
        os.close(file)


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        what = f"{error.strerror}: {error.filename}" if error.filename else str(error)
        raise LedgerError(what) from error
