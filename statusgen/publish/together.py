"""Does some work for all targets at once: one that fails or hangs holds up none of the others."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeVar

T = TypeVar("T")

_LOOK = 0.2
"""How many seconds pass between two looks at who is still at work."""


def together(
    works: Mapping[str, Callable[[], T]],
    seconds: float,
    tell: Callable[[tuple[str, ...]], None] = lambda _: None,
) -> dict[str, T]:
    """Return what each work gave, by its name, without those that took longer than `seconds`.

    Meanwhile `tell` is given the names of those that are not done.
    """
    found: dict[str, T] = {}

    def done(name: str, work: Callable[[], T]) -> None:
        found[name] = work()

    threads = {
        # a thread that hangs does not keep the process alive
        name: threading.Thread(target=partial(done, name, work), name=name, daemon=True)
        for name, work in works.items()
    }
    for thread in threads.values():
        thread.start()
    end = time.monotonic() + seconds
    while waiting := tuple(name for name, one in threads.items() if one.is_alive()):
        left = end - time.monotonic()
        if left <= 0:
            break
        tell(waiting)
        threads[waiting[0]].join(min(left, _LOOK))
    return dict(found)
