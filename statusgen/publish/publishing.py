"""Publishing to all targets at once: each has its own time, its own tries, its own end.

    for each target, in parallel
        live      what readers get there now
        decide    newer wins; what was rolled back stays away
        plan      what changes, in which order
        send      with new tries while it may help, and from the start if somebody was quicker

A target that fails or hangs holds up none of the others.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from typing import NamedTuple

from statusgen.network.patience import Patience
from statusgen.publish.decision import Insistence, Relate, Verdict, decide
from statusgen.publish.plan import Plan, plan
from statusgen.publish.release import Build, Release, UnreadableError
from statusgen.publish.target import (
    ConflictError,
    Files,
    Past,
    Sent,
    SourceError,
    Target,
    TargetError,
)
from statusgen.publish.together import together


class End(StrEnum):
    """How publishing to one target ended."""

    PUBLISHED = "published"
    PLANNED = "planned"
    UNCHANGED = "unchanged"
    SUPERSEDED = "superseded"
    REFUSED = "refused"
    FAILED = "failed"

    @property
    def is_good(self) -> bool:
        """Tell whether readers of the target have this build or a newer one, or would have it."""
        return self in {End.PUBLISHED, End.PLANNED, End.UNCHANGED, End.SUPERSEDED}


Tell = Callable[[str], None]
"""Shows a person what is being done."""


def _quietly(_: str) -> None:
    """Show nothing."""


class Place(NamedTuple):
    """A target that is yet to be made: it may lack a secret, which is its own failure."""

    name: str
    make: Callable[[], Target]


class Outcome(NamedTuple):
    """What became of one target: `release` is what it has now, as far as that is known."""

    target: str
    end: End
    seconds: float
    release: Release | None = None
    sent: Sent = Sent(0, 0)
    tries: int = 1
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """What to publish: a build, where its bytes are, and what is insisted on.

    `now` and `stale_after` are in seconds since 1970, for the records alone. `relate` compares
    commits.
    """

    build: Build
    files: Files
    now: int
    relate: Relate
    insist: Insistence
    patience: Patience = field(default_factory=Patience)
    stale_after: int | None = None


def publish_all(places: Sequence[Place], order: Order, tell: Tell = _quietly) -> list[Outcome]:
    """Publish to all targets; return how each ended, in their order."""
    reasons: dict[str, str] = {}
    works = {place.name: partial(publish, place, order, reasons) for place in places}
    seconds = order.patience.seconds

    def told(names: tuple[str, ...]) -> None:
        said = [f"{name} ({reasons[name]})" if reasons.get(name) else name for name in names]
        tell(f"publishing to {', '.join(said)}")

    found = together(works, seconds + 1, told)
    late = Outcome(
        "",
        End.FAILED,
        seconds,
        reason=f"not done after {seconds:.0f} seconds: --timeout gives it more",
    )
    return [found.get(place.name) or late._replace(target=place.name) for place in places]


def has_quorum(outcomes: Iterable[Outcome], quorum: int | None) -> bool:
    """Tell whether enough targets have the build; without a number, all must have it."""
    ends = [one.end.is_good for one in outcomes]
    return sum(ends) >= (len(ends) if quorum is None else min(quorum, len(ends)))


def publish(place: Place, order: Order, reasons: dict[str, str] | None = None) -> Outcome:
    """Publish to one target, with new tries while they may help and time is left.

    Why the last try failed is noted in `reasons`, for whoever waits.
    """
    reasons = {} if reasons is None else reasons
    started = time.monotonic()
    tries, reason = 0, ""

    def ended(end: End, release: Release | None, sent: Sent, reason: str) -> Outcome:
        return Outcome(place.name, end, time.monotonic() - started, release, sent, tries, reason)

    for pause in order.patience.pauses():
        tries += 1
        try:
            return ended(*_attempt(place.make(), order))
        except ConflictError:
            reason = "others keep publishing to it"
        except SourceError as error:
            return ended(End.FAILED, None, Sent(0, 0), f"{error}: build again")
        except UnreadableError as error:
            return ended(End.FAILED, None, Sent(0, 0), str(error))
        except TargetError as error:
            reason = error.reason
            if not error.is_passing:
                break
        except Exception as error:  # noqa: BLE001 - a bug in one adapter must not end the others
            reason = f"{type(error).__name__}: {error}"
            break
        if time.monotonic() - started + pause > order.patience.seconds:
            break
        reasons[place.name] = reason
        time.sleep(pause)
    return ended(End.FAILED, None, Sent(0, 0), reason)


def preview_all(places: Sequence[Place], order: Order, tell: Tell = _quietly) -> list[Outcome]:
    """Return what `publish_all` would do, of which nothing is done."""
    seen = [Place(one.name, partial(_Seen, one.make)) for one in places]
    return [
        one._replace(end=End.PLANNED) if one.end is End.PUBLISHED else one
        for one in publish_all(seen, order, tell)
    ]


class _Seen:
    """A target that is asked, but sent nothing."""

    def __init__(self, make: Callable[[], Target]) -> None:
        self._target = make()
        self.name = self._target.name

    def connected(self) -> AbstractContextManager[None]:
        return self._target.connected()

    def live(self) -> Release | None:
        return self._target.live()

    def past(self) -> Sequence[Past]:
        return self._target.past()

    @staticmethod
    def send(plan: Plan, live: Release | None, files: Files) -> Sent:
        del live
        return Sent(len(plan.send) + 1, sum(len(files.read(path)) for path in plan.send))


def _attempt(target: Target, order: Order) -> tuple[End, Release | None, Sent, str]:
    with target.connected():
        live = target.live()
        decision = decide(order.build, live, order.relate, order.insist)
        if decision.verdict is not Verdict.PUBLISH:
            return End(decision.verdict.value), live, Sent(0, 0), decision.reason
        made = plan(
            order.build, live, order.now, whole=order.insist.force, stale_after=order.stale_after
        )
        sent = target.send(made, live, order.files)
    return End.PUBLISHED, made.release, sent, ""
