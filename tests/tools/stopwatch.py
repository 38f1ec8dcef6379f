"""Time limits in tests that a busy machine does not break."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

_TRACED = 15  # times as slow under a coverage tracer


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Fail if the block takes more than `seconds` of this process's own time."""
    limit = seconds * (_TRACED if sys.gettrace() else 1)
    start = time.process_time()
    yield
    taken = time.process_time() - start
    assert taken < limit, f"took {taken:.2f} s, and {limit} s are allowed"
