from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest
from releases import HISTORY, ONE, TWO, lay_out, order_of

from statusgen.network.patience import Patience
from statusgen.publish.directory import Directory
from statusgen.publish.plan import Plan
from statusgen.publish.publishing import End, Place, has_quorum, preview_all, publish, publish_all
from statusgen.publish.release import Release
from statusgen.publish.target import ConflictError, Files, Past, Sent, Target, TargetError

PATIENCE = Patience(seconds=1.0, pause=0.01)


class Trying:
    """A target that fails so many times, in a way that passes or not."""

    name = "trying"

    def __init__(self, failures: int, error: Exception) -> None:
        self.failures = failures
        self.error = error
        self.asked = 0

    def connected(self) -> AbstractContextManager[None]:
        return nullcontext()

    def live(self) -> Release | None:
        self.asked += 1
        if self.asked <= self.failures:
            raise self.error
        return None

    def send(self, plan: Plan, live: Release | None, files: Files) -> Sent:
        return Sent(len(plan.send), 0)

    def past(self) -> Sequence[Past]:
        return ()


class Hanging(Trying):
    """A target that never answers."""

    def live(self) -> Release | None:
        time.sleep(30)
        return None


@pytest.fixture
def site(tmp_path: Path) -> str:
    return lay_out(tmp_path / "one", ONE)


def place_of(target: Target) -> Place:
    return Place(target.name, lambda: target)


def web(tmp_path: Path, name: str = "web") -> Place:
    target = Directory(name, str(tmp_path / name))
    return Place(name, lambda: target)


@pytest.mark.parametrize("error", [TargetError("reset", is_passing=True), ConflictError()])
def test_what_may_pass_is_tried_again(site: str, error: Exception) -> None:
    outcome = publish(place_of(Trying(3, error)), order_of(site))
    assert (outcome.end, outcome.tries) == (End.PUBLISHED, 4)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (TargetError("access denied"), "access denied"),
        (KeyError("a bug"), "KeyError: 'a bug'"),
    ],
)
def test_what_cannot_pass_is_not_tried_again(site: str, error: Exception, reason: str) -> None:
    outcome = publish(place_of(Trying(3, error)), order_of(site))
    assert (outcome.end, outcome.tries, outcome.reason) == (End.FAILED, 1, reason)


def test_trying_ends_in_time_with_the_last_reason(site: str) -> None:
    target = Trying(10_000, TargetError("connection reset", is_passing=True))
    started = time.monotonic()
    outcome = publish(place_of(target), order_of(site, patience=PATIENCE))
    assert time.monotonic() - started < 5
    assert outcome.tries > 2
    assert outcome.reason == "connection reset"


def test_a_target_that_cannot_be_made_is_its_own_failure(site: str, tmp_path: Path) -> None:
    def make() -> Target:
        raise TargetError("the environment variable TOKEN is not set")

    broken, good = publish_all([Place("broken", make), web(tmp_path)], order_of(site))
    assert (broken.end, good.end) == (End.FAILED, End.PUBLISHED)
    assert broken.reason == "the environment variable TOKEN is not set"


def test_a_target_that_hangs_holds_up_none_of_the_others(site: str, tmp_path: Path) -> None:
    hanging = place_of(Hanging(0, ConflictError()))
    order = order_of(site, patience=PATIENCE)
    outcomes = publish_all([hanging, web(tmp_path, "a"), web(tmp_path, "b")], order)
    assert [one.end for one in outcomes] == [End.FAILED, End.PUBLISHED, End.PUBLISHED]
    assert outcomes[0].reason == "not done after 1 seconds: --timeout gives it more"
    assert max(one.seconds for one in outcomes[1:]) < 1


def test_a_quorum_says_how_many_are_enough(site: str, tmp_path: Path) -> None:
    broken = place_of(Trying(9, TargetError("no")))
    outcomes = publish_all([broken, web(tmp_path)], order_of(site))
    assert not has_quorum(outcomes, None)
    assert has_quorum(outcomes, 1)
    assert not has_quorum(outcomes, 2)
    assert has_quorum(outcomes[1:], 2)


def test_a_newer_build_that_is_there_counts_as_good(site: str, tmp_path: Path) -> None:
    newer = lay_out(tmp_path / "two", TWO, HISTORY[1])
    publish(web(tmp_path), order_of(newer))
    outcome = publish(web(tmp_path), order_of(site))
    assert outcome.end is End.SUPERSEDED
    assert has_quorum([outcome], None)


def test_a_site_that_changed_under_the_publisher_is_published_nowhere(
    site: str, tmp_path: Path
) -> None:
    order = order_of(site)
    Path(site, "index.html").write_bytes(b"half")
    outcome = publish(web(tmp_path), order)
    assert outcome.end is End.FAILED
    assert "index.html is not what the manifest says" in outcome.reason
    assert not (tmp_path / "web/current").exists()


def test_a_preview_tells_what_would_be_sent_and_sends_nothing(site: str, tmp_path: Path) -> None:
    (outcome,) = preview_all([web(tmp_path)], order_of(site))
    assert outcome.end is End.PLANNED
    assert outcome.sent.files == len(ONE) + 2
    assert not (tmp_path / "web").exists()
