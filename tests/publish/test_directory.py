from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest
from crashing import count_changes, is_killed, refusing
from releases import HISTORY, ONE, PLAIN, TWO, at_once, lay_out, order_of, seen_in

from statusgen.files.writes import sync
from statusgen.publish.decision import Insistence
from statusgen.publish.directory import Directory
from statusgen.publish.going_back import roll_back
from statusgen.publish.publishing import End, Outcome, Place, publish
from statusgen.publish.target import RELEASES

ERRORS = [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO, errno.EMFILE]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "srv"


def send(folder: str, place: Path, now: int = 0, insist: Insistence = PLAIN) -> Outcome:
    target = Directory("web", str(place))
    return publish(Place("web", lambda: target), order_of(folder, now, insist))


def read(place: Path) -> dict[str, bytes]:
    return seen_in(place / "current")


def test_the_first_publish_makes_the_folder_and_shows_the_whole_site(one: str, place: Path) -> None:
    outcome = send(one, place)
    assert outcome.end is End.PUBLISHED
    assert outcome.sent.files == len(ONE) + 2
    assert read(place) == seen_in(Path(one))


def test_publishing_again_changes_nothing(one: str, place: Path) -> None:
    send(one, place)
    before = (place / "current").readlink()
    changes = count_changes(lambda: send(one, place))
    assert (changes, (place / "current").readlink()) == (0, before)


def test_an_update_writes_what_changed_and_links_the_rest(one: str, two: str, place: Path) -> None:
    send(one, place)
    inode = (place / "current/same.html").stat().st_ino
    outcome = send(two, place)
    assert outcome.sent.files == 7  # five pages, manifest.json, release.json
    assert (place / "current/same.html").stat().st_ino == inode


def test_a_page_of_many_folders_is_not_synced_one_by_one(
    tmp_path: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []

    def sync_and_note(path: str) -> None:
        synced.append(path)
        sync(path)

    monkeypatch.setattr("statusgen.publish.directory.sync", sync_and_note)
    many = {f"incidents/{number}/index.html": b"one" for number in range(300)}
    send(lay_out(tmp_path / "many", {**ONE, **many}), place)
    send(lay_out(tmp_path / "one-changed", {**TWO, **many}), place)
    assert len(synced) == 4  # the releases and the link, each time


def test_readers_of_the_old_page_still_get_what_it_needs(one: str, two: str, place: Path) -> None:
    send(one, place)
    send(two, place)
    assert read(place) == {**seen_in(Path(two)), "assets/style.1.css": b"one"}


def test_old_files_go_a_day_and_two_releases_later(
    one: str, two: str, place: Path, tmp_path: Path
) -> None:
    send(one, place)
    for number in range(2):
        content = {**TWO, "index.html": b"%d" % number}
        send(lay_out(tmp_path / str(number), content, HISTORY[1]), place, now=number * 86_400)
    assert "assets/style.1.css" in read(place)
    send(two, place, now=2 * 86_400)
    assert read(place) == seen_in(Path(two))


def test_the_last_ten_releases_are_kept(tmp_path: Path, place: Path) -> None:
    for number in range(RELEASES + 3):
        send(lay_out(tmp_path / str(number), {"index.html": b"%d" % number}), place)
    assert len(list((place / "releases").iterdir())) == RELEASES
    assert len(Directory("web", str(place)).past()) == RELEASES - 1


def test_a_rollback_gives_back_the_bytes_of_before(one: str, two: str, place: Path) -> None:
    send(one, place)
    before = read(place)
    send(two, place)
    target = Directory("web", str(place))
    was, now_live, _ = roll_back(target, 1, lambda live: live.build.commit, 0)
    assert (was.number, now_live.number) == (2, 3)
    assert read(place).items() >= before.items()
    assert "incidents/a/index.html" not in read(place)
    assert send(two, place).end is End.REFUSED
    assert send(two, place, insist=Insistence(unpin=True)).end is End.PUBLISHED
    assert read(place).items() >= seen_in(Path(two)).items()


def test_a_link_to_a_lost_release_is_healed_by_the_next_publish(
    one: str, two: str, place: Path
) -> None:
    send(one, place)
    send(two, place)
    shutil.rmtree(place / (place / "current").readlink())
    assert send(two, place).end is End.PUBLISHED
    assert read(place).items() >= seen_in(Path(two)).items()


def without_link(place: Path) -> None:
    (place / "current").unlink()


def without_release(place: Path) -> None:
    shutil.rmtree(place / (place / "current").readlink())


def with_half_a_description(place: Path) -> None:
    described = place / "current/release.json"
    described.unlink()  # its name alone leads to it, and no other release's
    described.write_text('{"number": ')


@pytest.mark.parametrize("damage", [without_link, without_release, with_half_a_description])
def test_what_readers_do_not_get_is_sent_again_though_an_older_release_is_the_same(
    damage: Callable[[Path], None], one: str, two: str, place: Path
) -> None:
    send(one, place)
    send(two, place)
    send(one, place, insist=Insistence(force=True))
    send(two, place)
    damage(place)
    assert send(two, place).end is End.PUBLISHED
    assert read(place).items() >= seen_in(Path(two)).items()
    assert send(two, place).end is End.UNCHANGED


def test_a_lost_link_does_not_make_the_next_release_the_oldest(tmp_path: Path, place: Path) -> None:
    for number in range(RELEASES + 1):
        send(lay_out(tmp_path / str(number), {"index.html": b"%d" % number}), place)
    (place / "current").unlink()
    outcome = send(str(tmp_path / str(RELEASES)), place)
    assert outcome.release is not None
    assert outcome.release.number == RELEASES + 2
    assert read(place)["index.html"] == b"%d" % RELEASES


def test_a_folder_that_is_none_of_ours_is_said_and_left(one: str, place: Path) -> None:
    place.mkdir()
    (place / "current").write_text("something else")
    outcome = send(one, place)
    assert outcome.end is End.FAILED
    assert outcome.reason == "'current' is there and no link, so it is none of ours: move it away"
    assert (place / "current").read_text() == "something else"


def prepared(place: Path, one: str) -> None:
    shutil.rmtree(place, ignore_errors=True)
    send(one, place)


def assert_whole(place: Path, one: str, two: str) -> None:
    """What readers get is the old release or the new one, and every page with what it needs."""
    now = read(place)
    old, new = seen_in(Path(one)), seen_in(Path(two))
    assert now.items() >= old.items() or now.items() >= new.items()


class Extent(NamedTuple):
    """How many pages there are beside the others, at which changes it ends, by which errors."""

    pages: int
    every: int
    errors: int


Record = Callable[[str, object], None]

EXTENTS = [
    pytest.param(Extent(0, 7, 1), id="some"),
    pytest.param(Extent(60, 1, len(ERRORS)), marks=pytest.mark.extreme, id="all"),
]


def two_sites(folder: Path, pages: int) -> list[str]:
    """Return two builds; each has so many pages of its own beside those of the other tests."""
    return [
        lay_out(folder / word, {**files, **added(word, pages)}, commit)
        for word, files, commit in (("old", ONE, HISTORY[0]), ("new", TWO, HISTORY[1]))
    ]


def added(word: str, pages: int) -> dict[str, bytes]:
    return {
        f"components/{number}/index.html": f"{word} {number}".encode() for number in range(pages)
    }


@pytest.mark.parametrize("extent", EXTENTS)
def test_killed_at_any_change_readers_have_a_whole_release_and_the_next_publish_heals(
    tmp_path: Path, place: Path, extent: Extent, record_property: Record
) -> None:
    one, two = two_sites(tmp_path, extent.pages)
    prepared(place, one)
    total = count_changes(lambda: send(two, place))
    assert total > 30
    record_property("faults", len(range(0, total, extent.every)))
    for at in range(0, total, extent.every):
        prepared(place, one)
        assert is_killed(lambda: send(two, place), at)
        assert_whole(place, one, two)
        assert send(two, place).end in {End.PUBLISHED, End.UNCHANGED}
        assert read(place).items() >= seen_in(Path(two)).items()
        left = [one.name for one in place.iterdir() if one.name.startswith(".new")]
        left += [one.name for one in (place / "releases").iterdir() if one.name[0] == "."]
        assert left == [] or send(two, place).end is End.UNCHANGED, at


@pytest.mark.parametrize("extent", EXTENTS)
def test_refused_any_change_it_fails_with_a_word_and_the_next_publish_heals(
    tmp_path: Path, place: Path, extent: Extent, record_property: Record
) -> None:
    one, two = two_sites(tmp_path, extent.pages)
    prepared(place, one)
    total = count_changes(lambda: send(two, place))
    record_property("faults", len(range(0, total, extent.every)) * extent.errors)
    for at in range(0, total, extent.every):
        for number in range(at, at + extent.errors):
            prepared(place, one)
            error = ERRORS[number % len(ERRORS)]
            with refusing(at, error):
                outcome = send(two, place)
            if outcome.end is End.FAILED:
                assert os.strerror(error) in outcome.reason
            assert_whole(place, one, two)
            assert send(two, place).end in {End.PUBLISHED, End.UNCHANGED}
            assert read(place).items() >= seen_in(Path(two)).items()


@pytest.fixture
def builds(tmp_path: Path) -> list[str]:
    return [
        lay_out(tmp_path / f"b{number}", {**TWO, "index.html": commit.encode()}, commit)
        for number, commit in enumerate(HISTORY)
    ]


@pytest.mark.parametrize("rounds", [5, pytest.param(200, marks=pytest.mark.extreme)])
def test_of_publishers_at_the_same_time_the_newest_commit_wins(
    builds: list[str], place: Path, rounds: int
) -> None:
    for _ in range(rounds):
        shutil.rmtree(place, ignore_errors=True)
        clocks = (86_400, 0, 86_400, 0)
        works = [partial(send, one, place, now) for one, now in zip(builds, clocks, strict=True)]
        ends = [one.end for one in at_once(works)]
        assert all(end.is_good for end in ends)
        assert read(place).items() >= seen_in(Path(builds[-1])).items()


def test_two_processes_that_publish_at_once_leave_one_whole_release(
    builds: list[str], place: Path
) -> None:
    program = (
        "import sys; sys.path[:0] = ['tests/samples', 'tests/tools']\n"
        "from releases import order_of\n"
        "from statusgen.publish.directory import Directory\n"
        "from statusgen.publish.publishing import Place, publish\n"
        "target = Directory('web', sys.argv[2])\n"
        "print(publish(Place('web', lambda: target), order_of(sys.argv[1])).end.is_good)\n"
    )
    root = Path(__file__).parents[2]
    running = [
        subprocess.Popen(
            [sys.executable, "-c", program, folder, str(place)],
            cwd=root,
            stdout=subprocess.PIPE,
            text=True,
        )
        for folder in builds[:2]
    ]
    assert [one.communicate()[0] for one in running] == ["True\n", "True\n"]
    assert read(place).items() >= seen_in(Path(builds[1])).items()
