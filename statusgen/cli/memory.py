"""Spares a command that lives for seconds what keeps a server alive for months."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collector() -> Iterator[None]:
    """Do not search for cycles of garbage: what a build makes lives until it ends.

    Afterwards the search leaves out what is there. Otherwise the interpreter would look at each of
    a million values once more before it ends.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
