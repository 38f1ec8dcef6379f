"""Who may write in a folder: one process of this machine at a time."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

if sys.platform != "win32":
    import fcntl


@contextmanager
def locked(folder: str, *, waits: bool = True) -> Iterator[None]:
    """Keep others who ask for the same from a folder; the system ends it with the last process.

    Windows has no such locks.

    Raises:
        BlockingIOError: Somebody has it, and we are not to wait.
        OSError: It cannot be opened, or its file system knows no locks.

    """
    if sys.platform == "win32":
        yield
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(number, fcntl.LOCK_EX | (0 if waits else fcntl.LOCK_NB))
        yield
    finally:
        os.close(number)
