"""Going back to an earlier release, on all targets at once.

Nothing is tried again: whether a release before the answer was lost had become the live one, only
the person who asked can tell, and one more try would go back one more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from statusgen.publish.plan import plan
from statusgen.publish.publishing import Place
from statusgen.publish.release import Release, UnreadableError
from statusgen.publish.target import ConflictError, Sent, SourceError, Target, TargetError
from statusgen.publish.together import together


class Back(NamedTuple):
    """What became of one target: the release that was live, and the one that is; or a reason."""

    target: str
    was: Release | None = None
    live: Release | None = None
    reason: str = ""


Hold = Callable[[Release], str]
"""From the release that was live, what must not follow."""


def roll_back_all(
    places: Sequence[Place],
    roll: Callable[[Target], tuple[Release, Release, Sent]],
    seconds: float,
    tell: Callable[[tuple[str, ...]], None] = lambda _: None,
) -> list[Back]:
    """Roll back all targets; `roll` does it for one, as `roll_back` does."""
    found = together({place.name: partial(_back, place, roll) for place in places}, seconds, tell)
    late = f"no answer for {seconds:.0f} seconds"
    return [found.get(place.name) or Back(place.name, reason=late) for place in places]


def roll_back(target: Target, back: int, hold: Hold, now: int) -> tuple[Release, Release, Sent]:
    """Make the release `back` before the live one the live one again, under a new number.

    Returns the release that was live, the one that is, and what was sent.

    Raises:
        TargetError: There is no such release, or the target failed.

    """
    with target.connected():
        live = target.live()
        if live is None:
            raise TargetError("nothing is published yet")
        past = target.past()
        if len(past) < back:
            most = f"it can go back {len(past)} at most" if past else "there is none to go back to"
            raise TargetError(most)
        old, held = past[back - 1], hold(live)
        stale_after = old.release.stale_after
        made = plan(old.release.build, live, now, held=held, stale_after=stale_after)
        return live, made.release, target.send(made, live, old.files)


def _back(place: Place, roll: Callable[[Target], tuple[Release, Release, Sent]]) -> Back:
    try:
        was, live, _ = roll(place.make())
    except ConflictError:
        return Back(place.name, reason="somebody has published meanwhile; try again")
    except (TargetError, SourceError, UnreadableError) as error:
        return Back(place.name, reason=str(error))
    except Exception as error:  # noqa: BLE001 - a bug in one adapter must not end the others
        return Back(place.name, reason=f"{type(error).__name__}: {error}")
    return Back(place.name, was, live)
