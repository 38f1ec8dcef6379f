"""What became of each channel in a run."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from statusgen.notify.selection import Selection
from statusgen.timeline.events import Event


class End(StrEnum):
    """How it ended with a channel."""

    TOLD = "told"
    NOTHING = "nothing"
    BEGUN = "begun"
    RESTING = "resting"
    FAILED = "failed"


class Failure(NamedTuple):
    """An event of which so many posts did not arrive, or of which nobody knows, and why."""

    event: Event
    posts: int
    reason: str


@dataclass(slots=True)
class Outcome:
    """What became of one channel.

    `told` has events and how many posts of each arrived, `failed` what was refused for good, and
    `left` is how many posts the next run has to send. `is_news` is that the operator was not told
    of that failure before.
    """

    selection: Selection
    end: End = End.NOTHING
    told: dict[str, int] = field(default_factory=dict)
    failed: list[Failure] = field(default_factory=list)
    unknown: list[Failure] = field(default_factory=list)
    left: int = 0
    reason: str = ""
    is_news: bool = False
    seconds: float = 0.0

    @property
    def channel(self) -> str:
        return self.selection.listener.name


class Delivered(NamedTuple):
    """What became of all channels; `trouble` is why the ledger does not have all of it."""

    outcomes: tuple[Outcome, ...]
    trouble: str = ""


def add_failure(failures: list[Failure], event: Event, reason: str) -> None:
    """Count a post that had the same end as others of its event for the same reason."""
    for number, one in enumerate(failures):
        if one.event.id == event.id and one.reason == reason:
            failures[number] = one._replace(posts=one.posts + 1)
            return
    failures.append(Failure(event, 1, reason))
