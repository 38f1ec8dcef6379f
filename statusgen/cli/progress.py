"""What a command is doing, for a person who watches a terminal; nothing anywhere else."""

from __future__ import annotations

import os
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

    def tell(stage: str) -> None:
        sys.stderr.write(f"{_CLEAR}{stage} …")
        sys.stderr.flush()

    try:
        yield tell
    finally:
        sys.stderr.write(_CLEAR)
        sys.stderr.flush()
