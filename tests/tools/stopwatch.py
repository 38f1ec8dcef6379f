"""Time limits in tests that a busy or a slow machine does not break."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

_TRACED = 15  # times as slow under a coverage tracer
_YARDSTICK = 0.013  # seconds that `_work` takes where the limits were set


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Fail if the block takes more than `seconds` of this thread's own time.

    Where the time is over, the machine is measured: one that is half as fast has twice as long.
    """
    start = time.thread_time()
    yield
    taken = time.thread_time() - start
    if taken < seconds:
        return
    limit = seconds * max(1, _slowness()) * (_TRACED if sys.gettrace() else 1)
    assert taken < limit, f"took {taken:.2f} s, and {limit:.2f} s are allowed"


def _slowness() -> float:
    return sorted(_work() for _ in range(5))[2] / _YARDSTICK


def _work() -> float:
    start = time.thread_time()
    words: dict[str, int] = {}
    for number in range(40_000):
        word = f"word {number % 5_000}"
        words[word] = words.get(word, 0) + len(word)
    return time.thread_time() - start
