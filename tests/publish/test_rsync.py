from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from machines import Other
from releases import HISTORY, ONE, TWO, at_once, lay_out, order_of, seen_in
from rsync_runs import Broken, read, send, spoilt, target_to

from statusgen.model import RsyncTarget
from statusgen.network.patience import Patience
from statusgen.publish.adapters import target_of
from statusgen.publish.decision import Insistence
from statusgen.publish.going_back import roll_back
from statusgen.publish.publishing import End, Place, publish
from statusgen.publish.remote_folder import Machine, RemoteFolder


def test_the_first_publish_makes_a_release_and_shows_it(one: str, other: Other) -> None:
    outcome = send(one, other.machine)
    assert outcome.end is End.PUBLISHED, outcome.reason
    assert outcome.sent.files == len(ONE) + 2
    assert read(other) == seen_in(Path(one))
    assert (other.folder / "current").readlink().parts[0] == "releases"


def test_publishing_again_changes_nothing(one: str, other: Other) -> None:
    send(one, other.machine)
    before = (other.folder / "current").readlink()
    assert send(one, other.machine).end is End.UNCHANGED
    assert (other.folder / "current").readlink() == before
    assert len(list((other.folder / "releases").iterdir())) == 1


def test_an_update_sends_what_changed_links_the_rest_and_keeps_what_old_pages_need(
    one: str, two: str, other: Other
) -> None:
    send(one, other.machine)
    inode = (other.folder / "current/same.html").stat().st_ino
    assert send(two, other.machine).sent.files == 7  # five pages, manifest.json, release.json
    assert read(other) == {**seen_in(Path(two)), "assets/style.1.css": b"one"}
    assert (other.folder / "current/same.html").stat().st_ino == inode


def test_a_publish_and_a_rollback_take_one_connection_each(
    one: str, two: str, other: Other
) -> None:
    before = other.connections
    send(one, other.machine)
    send(two, other.machine)
    assert other.connections == before + 2
    roll_back(target_to(other.machine), 1, lambda _: "", 0)
    assert other.connections == before + 3


def test_what_a_build_changes_while_it_is_sent_is_never_shown(
    one: str, two: str, other: Other, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(one, other.machine)
    rsync = RemoteFolder._rsync

    def rsync_meanwhile(folder: RemoteFolder, *arguments: str, given: bytes = b"") -> None:
        (Path(two) / "history/index.html").write_bytes(b"half a pa")
        rsync(folder, *arguments, given=given)

    order = order_of(two)
    monkeypatch.setattr(RemoteFolder, "_rsync", rsync_meanwhile)
    outcome = publish(Place("web", lambda: target_to(other.machine)), order)
    monkeypatch.undo()
    assert outcome.end is End.FAILED
    assert outcome.reason == "history/index.html is not what the manifest says: build again"
    assert read(other) == seen_in(Path(one))


def test_what_lies_beside_the_build_is_not_sent(one: str, other: Other) -> None:
    Path(one, "notes.txt").write_text("of nobody's business")
    assert send(one, other.machine).end is End.PUBLISHED
    assert not (other.folder / "current/notes.txt").exists()


def test_files_may_be_read_by_a_server_whatever_they_were_here(one: str, other: Other) -> None:
    Path(one, "index.html").chmod(0o600)
    send(one, other.machine)
    current = (other.folder / "current").resolve()
    assert (current / "index.html").stat().st_mode & 0o777 == 0o644
    assert (current / "history").stat().st_mode & 0o777 == 0o755


def test_only_the_last_releases_are_kept(
    tmp_path: Path, other: Other, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("statusgen.publish.rsync.RELEASES", 2)
    for number in range(4):
        files = {"index.html": b"%d" % number}
        send(lay_out(tmp_path / str(number), files), other.machine)
    left = sorted(one.name[:2] for one in (other.folder / "releases").iterdir())
    assert left == ["3-", "4-"]
    assert [one.release.number for one in target_to(other.machine).past()] == [3]


def test_a_rollback_gives_back_the_bytes_of_before(one: str, two: str, other: Other) -> None:
    send(one, other.machine)
    send(two, other.machine)
    was, now_live, _ = roll_back(target_to(other.machine), 1, lambda live: live.build.commit, 0)
    assert (was.number, now_live.number) == (2, 3)
    assert read(other).items() >= seen_in(Path(one)).items()
    assert "incidents/a/index.html" not in read(other)
    assert send(two, other.machine).end is End.REFUSED
    assert send(two, other.machine, insist=Insistence(unpin=True)).end is End.PUBLISHED
    assert read(other).items() >= seen_in(Path(two)).items()


def test_a_link_to_a_lost_release_is_healed_by_the_next_publish(
    one: str, two: str, other: Other
) -> None:
    send(one, other.machine)
    send(two, other.machine)
    shutil.rmtree(other.folder / (other.folder / "current").readlink())
    assert send(two, other.machine).end is End.PUBLISHED
    assert read(other).items() >= seen_in(Path(two)).items()


def test_a_lost_link_is_healed_even_if_nothing_else_changed(one: str, other: Other) -> None:
    send(one, other.machine)
    (other.folder / "current").unlink()
    assert send(one, other.machine).end is End.PUBLISHED
    assert read(other).items() >= seen_in(Path(one)).items()
    assert send(one, other.machine).end is End.UNCHANGED


def test_a_release_whose_publisher_was_killed_before_the_switch_is_no_obstacle(
    one: str, two: str, other: Other, tmp_path: Path
) -> None:
    send(one, other.machine)
    first = (other.folder / "current").readlink()
    send(two, other.machine)
    dead = (other.folder / "current").readlink().name
    (other.folder / "current").unlink()
    (other.folder / "current").symlink_to(first)
    three = lay_out(tmp_path / "three", {**TWO, "index.html": b"three"}, HISTORY[2])
    assert send(three, other.machine).end is End.PUBLISHED
    assert read(other)["index.html"] == b"three"
    assert not (other.folder / "releases" / dead / "release.json").exists()


def test_a_folder_with_a_page_of_somebody_else_is_said_and_left(one: str, other: Other) -> None:
    (other.folder / "current").mkdir()
    outcome = send(one, other.machine)
    assert (outcome.end, outcome.tries) == (End.FAILED, 1)
    assert outcome.reason == "'current' is there and no link, so it is none of ours: move it away"
    assert [one.name for one in other.folder.iterdir()] == ["current"]


OTHER_KEY = "web.acme.example ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI" + "A" * 43


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda one: one._replace(host_key=OTHER_KEY), "Host key verification failed"),
        (lambda one: one._replace(host_key="none"), "'host_key' is no line of known_hosts"),
        (lambda one: one._replace(key="no key at all"), "Permission denied"),
        (lambda one: one._replace(place=f"{one.place}/elsewhere"), "No such file or directory"),
    ],
)
def test_what_cannot_get_better_is_told_and_not_tried_again(
    change: Callable[[Machine], Machine], reason: str, one: str, other: Other
) -> None:
    outcome = send(one, change(other.machine))
    assert (outcome.end, outcome.tries) == (End.FAILED, 1)
    assert reason in outcome.reason


def test_a_machine_that_is_not_there_is_tried_again_and_told(one: str, other: Other) -> None:
    nowhere = other.machine._replace(port=1)
    outcome = send(one, nowhere, patience=Patience(seconds=2, pause=0.01))
    assert outcome.tries > 1
    assert "Connection refused" in outcome.reason


def test_without_a_host_key_the_persons_own_known_hosts_decides(one: str, other: Other) -> None:
    outcome = send(one, other.machine._replace(host_key=""))
    assert outcome.end is End.FAILED
    assert "Host key verification failed" in outcome.reason


@pytest.fixture
def short() -> Iterator[Path]:
    """A folder whose path is short enough for a socket in it, whatever is above the tests' own."""
    with TemporaryDirectory() as folder:
        yield Path(folder)


def test_the_private_key_comes_from_a_variable_and_is_gone_afterwards(
    one: str, other: Other, short: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(short))
    machine = other.machine
    settings = RsyncTarget("web", machine.place, machine.port, "DEPLOY_KEY", machine.host_key)
    environment = {**os.environ, "DEPLOY_KEY": machine.key}
    target = target_of(settings, ".", environment)
    assert publish(Place("web", lambda: target), order_of(one)).end is End.PUBLISHED
    assert list(short.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "memfd_create"), reason="keys are in files on this system")
def test_a_publisher_that_is_killed_leaves_no_file_with_the_private_key(
    one: str, other: Other, tmp_path: Path, short: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(short))
    code, _ = spoilt(one, other.machine, tmp_path, Broken("killed", 1))
    assert code == -9
    secret = other.machine.key.splitlines()[2]
    left = [path for path in short.rglob("*") if path.is_file()]
    assert left
    assert not any(secret in path.read_text() for path in left)


def test_the_key_may_run_nothing_but_rsync(other: Other, tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.touch(0o600)
    key.write_text(other.machine.key)
    host = other.machine.place.partition(":")[0]
    trusting = ("-oStrictHostKeyChecking=no", "-oUserKnownHostsFile=/dev/null")
    done = subprocess.run(
        ["ssh", f"-p{other.machine.port}", "-i", key, *trusting, host, "id"],
        capture_output=True,
        check=False,
    )
    assert done.returncode != 0
    assert b"uid=" not in done.stdout


@pytest.mark.parametrize("rounds", [1, pytest.param(50, marks=pytest.mark.extreme)])
def test_of_publishers_at_the_same_time_the_newest_commit_wins(
    tmp_path: Path, other: Other, rounds: int
) -> None:
    builds = [
        lay_out(tmp_path / f"b{number}", {**TWO, "index.html": commit.encode()}, commit)
        for number, commit in enumerate(HISTORY[:3])
    ]
    for number in range(rounds):
        place = other.folder / str(number)
        place.mkdir()
        machine = other.machine._replace(place=f"{other.machine.place}/{number}")
        patience = Patience(seconds=60, pause=0.1)
        ends = at_once(partial(send, one, machine, patience=patience) for one in builds)
        assert [one.reason for one in ends if not one.end.is_good] == []
        assert seen_in(place / "current").items() >= seen_in(Path(builds[-1])).items()
