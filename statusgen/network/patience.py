"""How long to try again what the world outside refuses in passing."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to go on: `seconds` in all, with pauses that double from `pause` on."""

    seconds: float = 120
    pause: float = 0.5
    longest: float = 15

    def pauses(self) -> Iterator[float]:
        """Yield how long to wait after each try: twice as long each time, and never in step."""
        pause = self.pause
        while True:
            yield pause * random.uniform(0.5, 1.5)  # noqa: S311 - jitter
            pause = min(pause * 2, self.longest)
