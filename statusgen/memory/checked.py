"""Files that are believed as a whole or not at all: a head, a digest, and what they hold."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress

_DIGEST = 32


def read_checked(path: str, head: bytes = b"") -> bytes | None:
    """Return what a file holds; None if it has another head, is damaged, or is not there."""
    try:
        with open(path, "rb") as file:
            found, digest, raw = file.read(len(head)), file.read(_DIGEST), file.read()
    except OSError:
        return None
    return raw if found == head and hashlib.sha256(raw).digest() == digest else None


def write_checked(path: str, raw: bytes, head: bytes = b"") -> None:
    """Write a file; where that cannot be done, there is none. Several processes may do so.

    `head` says what it depends on, and is of one length for all files at a path.
    """
    temporary = f"{path}.{os.getpid()}"
    with suppress(OSError):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(temporary, "wb") as file:
            file.write(head + hashlib.sha256(raw).digest() + raw)
        os.replace(temporary, path)
