from __future__ import annotations

import pytest
from releases import HISTORY, PLAIN, relation

from statusgen.publish.decision import ALL, Decision, Insistence, Verdict, decide
from statusgen.publish.release import Build, Release

URGENT, FORCE, UNPIN = (Insistence(**{name: True}) for name in ("urgent", "force", "unpin"))


def build_of(commit: str, digest: str = "a") -> Build:
    return Build(digest * 64, commit, {})


def live_of(commit: str, digest: str = "b", held: str = "") -> Release:
    return Release(7, build_of(commit, digest), 0, {}, held)


def decided(build: Build, live: Release | None, insist: Insistence = PLAIN) -> Decision:
    return decide(build, live, relation, insist)


def test_an_empty_target_takes_any_build() -> None:
    assert decided(build_of(""), None).verdict is Verdict.PUBLISH


def test_the_same_build_is_not_sent_again() -> None:
    assert decided(build_of(HISTORY[1]), live_of(HISTORY[0], "a")).verdict is Verdict.UNCHANGED


def test_a_force_sends_the_same_build_again() -> None:
    live = live_of(HISTORY[0], "a")
    assert decided(build_of(HISTORY[0]), live, FORCE).verdict is Verdict.PUBLISH


@pytest.mark.parametrize("ours", [1, 2])
def test_the_same_commit_and_a_newer_one_follow(ours: int) -> None:
    assert decided(build_of(HISTORY[ours]), live_of(HISTORY[1])).verdict is Verdict.PUBLISH


def test_an_older_commit_never_replaces_a_newer_one() -> None:
    decision = decided(build_of(HISTORY[0]), live_of(HISTORY[1]))
    assert decision == Decision(
        Verdict.SUPERSEDED, "a newer build is there, of commit 222222222222"
    )
    assert decided(build_of(HISTORY[0]), live_of(HISTORY[1]), URGENT) == decision
    assert decided(build_of(HISTORY[0]), live_of(HISTORY[1]), FORCE).verdict is Verdict.PUBLISH


def test_a_commit_that_is_not_known_here_is_not_overwritten_unless_it_is_urgent() -> None:
    live = live_of("f" * 40)
    decision = decided(build_of(HISTORY[0]), live)
    assert decision.verdict is Verdict.REFUSED
    assert "ffffffffffff" in decision.reason
    assert "git pull" in decision.reason
    assert decided(build_of(HISTORY[0]), live, URGENT).verdict is Verdict.PUBLISH


@pytest.mark.parametrize(("ours", "theirs"), [("", HISTORY[1]), (HISTORY[1], ""), ("", "")])
def test_outside_git_the_later_one_wins(ours: str, theirs: str) -> None:
    assert decided(build_of(ours), live_of(theirs)).verdict is Verdict.PUBLISH


def test_what_was_rolled_back_stays_away_until_there_is_something_newer() -> None:
    live = live_of(HISTORY[0], "b", held=HISTORY[1])
    assert decided(build_of(HISTORY[1]), live).verdict is Verdict.REFUSED
    assert decided(build_of(HISTORY[0]), live).verdict is Verdict.REFUSED
    assert decided(build_of(HISTORY[2]), live).verdict is Verdict.PUBLISH
    assert decided(build_of(HISTORY[1]), live, UNPIN).verdict is Verdict.PUBLISH


def test_what_readers_do_not_get_gives_way_to_the_same_build_and_to_another_history() -> None:
    for theirs in (HISTORY[0], "f" * 40):
        live = live_of(theirs, "a")._replace(served=False)
        assert decided(build_of(HISTORY[0]), live).verdict is Verdict.PUBLISH


def test_a_pinned_release_stays_whatever_comes() -> None:
    live = live_of(HISTORY[0], "b", held=ALL)
    assert decided(build_of(HISTORY[3]), live).verdict is Verdict.REFUSED
    assert decided(build_of(HISTORY[3]), live, FORCE).verdict is Verdict.REFUSED
    assert decided(build_of(HISTORY[3]), live, UNPIN).verdict is Verdict.PUBLISH


def test_the_end_of_a_pin_is_published_even_if_nothing_else_changed() -> None:
    live = live_of(HISTORY[0], "a", held=ALL)
    assert decided(build_of(HISTORY[0]), live, UNPIN).verdict is Verdict.PUBLISH
