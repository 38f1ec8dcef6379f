"""What the clock of a drill says, and what has become known by then.

Time goes by while the writer types, so that a first notice takes as long as it takes. Nobody waits
for what happens next: `skip_to` jumps there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from statusgen.drill.scenario import Scenario, Step


class Clock:
    """A clock that shows `start` when it is made, and goes `speed` times as fast as `seconds`."""

    def __init__(self, start: datetime, seconds: Callable[[], float], speed: float) -> None:
        self._shown = start
        self._seconds = seconds
        self._speed = speed
        self._since = seconds()

    def now(self) -> datetime:
        """Return what the clock shows, in whole seconds."""
        gone = (self._seconds() - self._since) * self._speed
        return self._shown + timedelta(seconds=int(gone))

    def skip_to(self, moment: datetime) -> None:
        """Set the clock forward; it never goes back."""
        self._shown = max(moment, self.now())
        self._since = self._seconds()


class Play:
    """The course of a drill whose alarm comes at `alarm`."""

    def __init__(self, scenario: Scenario, alarm: datetime) -> None:
        self.scenario = scenario
        self.alarm = alarm
        self._told = 0

    def news(self, now: datetime) -> Iterator[tuple[datetime, Step]]:
        """Yield the steps that have come since the last call, each with its moment."""
        while self._told < len(self.scenario.steps):
            step = self.scenario.steps[self._told]
            if self.alarm + step.after > now:
                return
            self._told += 1
            yield self.alarm + step.after, step

    @property
    def known(self) -> tuple[Step, ...]:
        """The steps that have come so far."""
        return self.scenario.steps[: self._told]

    @property
    def next_moment(self) -> datetime | None:
        """The moment of the next step; None after the last."""
        steps = self.scenario.steps[self._told :]
        return self.alarm + steps[0].after if steps else None
