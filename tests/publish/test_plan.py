from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statusgen.publish.plan import KEPT_SECONDS, in_order, plan
from statusgen.publish.release import Build, Release

DAY = KEPT_SECONDS


def build_of(files: dict[str, str], digest: str = "d" * 64) -> Build:
    return Build(digest, "", files)


def after(files: list[dict[str, str]], step: int = 60) -> Release:
    """Return the release that publishing one after the other leads to."""
    release: Release | None = None
    for number, one in enumerate(files):
        release = plan(build_of(one), release, number * step).release
    assert release is not None
    return release


def test_what_a_page_needs_is_sent_before_it_and_the_manifest_at_the_end() -> None:
    paths = ["manifest.json", "index.html", "api/v2/status.json", "zh-Hant/index.html", "feed.json"]
    paths += ["history/index.html", "assets/style.1.css", "zh-Hant/history/index.html"]
    assert in_order(paths) == [
        "assets/style.1.css",
        "zh-Hant/history/index.html",
        "history/index.html",
        "zh-Hant/index.html",
        "index.html",
        "api/v2/status.json",
        "feed.json",
        "manifest.json",
    ]


def test_a_first_release_sends_everything_under_the_number_1() -> None:
    made = plan(build_of({"a": "1", "b": "2"}), None, 0)
    assert (made.release.number, made.send, made.stale) == (1, ("a", "b"), ())


def test_only_what_changed_is_sent() -> None:
    live = after([{"a": "1", "b": "1", "gone": "1"}])
    assert plan(build_of({"a": "1", "b": "2"}), live, 60).send == ("b",)


def test_new_files_go_first_because_pages_that_were_there_will_lead_to_them() -> None:
    live = after([{"index.html": "1", "history/index.html": "1", "manifest.json": "1"}])
    new = {"incidents/a/index.html": "1", "incidents/a/feed.json": "1"}
    changed = {"index.html": "2", "history/index.html": "2", "manifest.json": "2"}
    assert plan(build_of({**new, **changed}), live, 60).send == (
        "incidents/a/index.html",
        "incidents/a/feed.json",
        "history/index.html",
        "index.html",
        "manifest.json",
    )


def test_everything_is_sent_when_the_target_is_not_believed() -> None:
    live = after([{"a": "1"}])
    assert plan(build_of({"a": "1"}), live, 60, whole=True).send == ("a",)


def test_an_old_file_stays_for_a_day_and_for_two_releases() -> None:
    two, three = {"a": "2"}, {"a": "3"}
    live = after([{"a": "1", "old": "1"}, two, three], step=DAY)
    assert plan(build_of(two), live, 3 * DAY).stale == ("old",)
    assert plan(build_of(two), live, 2 * DAY - 1).stale == ()
    early = after([{"a": "1", "old": "1"}, two], step=DAY)
    assert plan(build_of(three), early, 30 * DAY).stale == ()


@pytest.mark.parametrize("how", [{"held": "*"}, {"whole": True}])
def test_what_is_taken_back_goes_at_once_but_for_parts_of_pages(how: dict[str, Any]) -> None:
    files = {"a": "1", "wrong/index.html": "1", "assets/b.css": "1"}
    live = after([{"a": "1", "earlier": "1"}, files])
    made = plan(build_of({"a": "1"}), live, 120, **how)
    assert made.stale == ("earlier", "wrong/index.html")
    assert set(made.release.kept) == {"assets/b.css"}


def test_a_file_that_comes_back_is_no_old_one() -> None:
    live = after([{"a": "1"}, {"b": "1"}])
    assert set(live.kept) == {"a"}
    made = plan(build_of({"a": "1", "b": "1"}), live, 120)
    assert made.send == ()
    assert made.release.kept == {}


def test_a_clock_a_day_ahead_ends_nothing_that_went_just_now() -> None:
    live = after([{"a": "1"}, {"b": "1"}], step=1)
    assert plan(build_of({"b": "2"}), live, 2 * DAY).stale == ()


files = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(["0" * 64, "1" * 64]))


@given(st.lists(st.tuples(files, st.integers(0, 2 * DAY)), min_size=1, max_size=8))
def test_a_target_always_has_what_its_release_tells(
    steps: list[tuple[dict[str, str], int]],
) -> None:
    there: dict[str, str] = {}
    release = None
    now = 0
    for number, (content, step) in enumerate(steps, 1):
        now += step
        made = plan(build_of(content), release, now)
        there.update({path: content[path] for path in made.send})
        for path in made.stale:
            del there[path]
        release = made.release
        assert release.number == number
        assert there == release.paths
        assert there.items() >= content.items()
