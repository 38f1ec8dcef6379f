"""What a command is doing, for a person who watches a terminal; nothing anywhere else."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_CLEAR = "\r\x1b[K"


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Give a function that shows what is being done, until the next thing or the end."""
    if not sys.stderr.isatty() or os.environ.get("CI"):
        yield lambda _: None
        return

    shown = [""]

    def tell(stage: str) -> None:
        if stage == shown[0]:
            return
        shown[0] = stage
        room = shutil.get_terminal_size().columns - len(" …") - 1  # a second line would stay
        sys.stderr.write(f"{_CLEAR}{stage[:room]} …")
        sys.stderr.flush()

    try:
        yield tell
    finally:
        sys.stderr.write(_CLEAR)
        sys.stderr.flush()
