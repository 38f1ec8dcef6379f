"""Whether a build may follow what a target has. Newer wins by history, never by a clock."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

from statusgen.publish.release import Build, Release

ALL = "*"
"""What is held when nothing at all may be published."""


class Relation(StrEnum):
    """How our commit stands to another one in Git's history."""

    SAME = "same"
    NEWER = "newer"
    OLDER = "older"
    APART = "apart"


Relate = Callable[[str, str], Relation]
"""From our commit and another one; APART also says that the other is not known here."""


class Verdict(StrEnum):
    """What is to be done with a target."""

    PUBLISH = "publish"
    UNCHANGED = "unchanged"
    SUPERSEDED = "superseded"
    REFUSED = "refused"


class Decision(NamedTuple):
    """A verdict and, where a person may wonder, the reason and what to do."""

    verdict: Verdict
    reason: str = ""


class Insistence(NamedTuple):
    """What the person insists on: `urgent` publishes over unknown commits, `force` over newer ones.

    `unpin` ends what a rollback holds.
    """

    urgent: bool = False
    force: bool = False
    unpin: bool = False


def decide(build: Build, live: Release | None, relate: Relate, insist: Insistence) -> Decision:
    """Return whether a build is to follow the release that a target has."""
    if live is None:
        return Decision(Verdict.PUBLISH)
    held = "" if insist.unpin else _held(build, live, relate)
    if held:
        return Decision(Verdict.REFUSED, held)
    is_there = live.build.digest == build.digest and live.served and not live.held
    if is_there and not insist.force:
        return Decision(Verdict.UNCHANGED)
    return Decision(Verdict.PUBLISH) if insist.force else _by_history(build, live, relate, insist)


def _by_history(build: Build, live: Release, relate: Relate, insist: Insistence) -> Decision:
    ours, theirs = build.commit, live.build.commit
    relation = relate(ours, theirs) if ours and theirs else Relation.NEWER
    if relation is Relation.OLDER:
        return Decision(Verdict.SUPERSEDED, f"a newer build is there, of commit {theirs[:12]}")
    if relation is Relation.APART and live.served and not insist.urgent:
        return Decision(
            Verdict.REFUSED,
            f"what is there comes from commit {theirs[:12]}, which is not in this history: "
            "'git pull' brings it (in CI: fetch the whole history); --force replaces it",
        )
    return Decision(Verdict.PUBLISH)


def _held(build: Build, live: Release, relate: Relate) -> str:
    """Return why a rollback keeps this build away; '' if it does not."""
    if not live.held:
        return ""
    if live.held == ALL:
        return "it is pinned: 'statusgen publish --unpin' ends that"
    if build.commit and relate(build.commit, live.held) is Relation.NEWER:
        return ""
    return (
        f"commit {live.held[:12]} was rolled back: a newer commit goes out by itself, "
        "'statusgen publish --unpin' publishes this one again"
    )
