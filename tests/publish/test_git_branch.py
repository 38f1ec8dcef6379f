from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest
from crashing import is_killed
from folders import files_below
from git_clones import git
from releases import HISTORY, TWO, at_once, lay_out, order_of
from small_disk import MUCH, needs_mount, small_disk

from statusgen.network.patience import Patience
from statusgen.publish.decision import Insistence, Relation
from statusgen.publish.git_branch import Branch, GitBranch
from statusgen.publish.going_back import roll_back
from statusgen.publish.publishing import End, Outcome, Place, publish
from statusgen.publish.target import RELEASES

Record = Callable[[str, object], None]

TOKEN = "canary-token-5f2a"  # noqa: S105 (what must never be seen)


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    path = tmp_path / "remote.git"
    subprocess.run(["git", "init", "--quiet", "--bare", path], check=True)
    return path


def target_of(remote: Path | str, work: str = "work.git", **branch: object) -> GitBranch:
    settings = Branch(str(remote), "gh-pages")._replace(**branch)  # type: ignore[arg-type]
    folder = Path(remote if isinstance(remote, Path) else ".").parent / work
    return GitBranch("pages", settings, str(folder), os.environ)


def send(folder: str, target: GitBranch, now: int = 0, **insist: bool) -> Outcome:
    return publish(Place("pages", lambda: target), order_of(folder, now, Insistence(**insist)))


def read(remote: Path, branch: str = "gh-pages") -> dict[str, bytes]:
    paths = git(remote, "ls-tree", "-r", "--name-only", branch).splitlines()
    return {
        path: subprocess.run(
            ["git", "-C", remote, "cat-file", "blob", f"{branch}:{path}"],
            check=True,
            capture_output=True,
        ).stdout
        for path in paths
        if path != "release.json"
    }


def test_the_first_publish_makes_a_branch_of_one_commit(one: str, remote: Path) -> None:
    outcome = send(one, target_of(remote), now=1_700_000_000)
    assert outcome.end is End.PUBLISHED, outcome.reason
    assert read(remote) == {**files_below(Path(one)), ".nojekyll": b""}
    assert git(remote, "rev-list", "--count", "gh-pages") == "1"
    assert git(remote, "log", "-1", "--format=%s %ct", "gh-pages").startswith("Publish 1-1111")


def test_publishing_again_moves_nothing(one: str, remote: Path) -> None:
    send(one, target_of(remote))
    before = git(remote, "rev-parse", "gh-pages")
    assert send(one, target_of(remote)).end is End.UNCHANGED
    assert git(remote, "rev-parse", "gh-pages") == before


def test_an_update_replaces_the_commit_and_keeps_what_old_pages_need(
    one: str, two: str, remote: Path
) -> None:
    send(one, target_of(remote))
    assert send(two, target_of(remote)).sent.files == 7
    assert git(remote, "rev-list", "--count", "gh-pages") == "1"
    added = {".nojekyll": b"", "assets/style.1.css": b"one"}
    assert read(remote) == files_below(Path(two)) | added


def test_with_the_whole_history_each_release_is_a_commit(one: str, two: str, remote: Path) -> None:
    target = target_of(remote, keeps_history=True)
    send(one, target)
    send(two, target)
    assert git(remote, "rev-list", "--count", "gh-pages") == "2"


def test_a_machine_that_never_published_before_sends_only_what_changed(
    one: str, two: str, remote: Path
) -> None:
    send(one, target_of(remote))
    assert send(two, target_of(remote, "elsewhere.git")).sent.files == 7
    assert read(remote).items() >= files_below(Path(two)).items()


def objects_in(remote: Path) -> int:
    """Return how many objects a remote was sent, those twice that came twice."""
    found = dict(line.split(": ") for line in git(remote, "count-objects", "-v").splitlines())
    return int(found["count"]) + int(found["in-pack"])


@pytest.mark.parametrize("work", ["work.git", "elsewhere.git"])
def test_of_what_did_not_change_no_object_goes_over(
    tmp_path: Path, remote: Path, work: str
) -> None:
    many = {f"incidents/{number}/index.html": b"%d" % number for number in range(300)}
    changed = {**many, "incidents/7/index.html": b"changed"}
    send(lay_out(tmp_path / "one", many), target_of(remote))
    before = objects_in(remote)
    send(lay_out(tmp_path / "two", changed, HISTORY[1]), target_of(remote, work))
    # the page, manifest.json and release.json; three folders; the commit
    assert objects_in(remote) - before == 7


def test_what_a_host_put_beside_the_site_stays(
    one: str, two: str, remote: Path, tmp_path: Path
) -> None:
    send(one, target_of(remote))
    subprocess.run(["git", "clone", "-q", "-b", "gh-pages", remote, tmp_path / "c"], check=True)
    (tmp_path / "c/CNAME").write_text("status.acme.example\n")
    for arguments in (["add", "."], ["commit", "-qm", "Create CNAME"], ["push", "-q"]):
        identity = ["-c", "user.name=a", "-c", "user.email=a@a.example"]
        subprocess.run(["git", "-C", tmp_path / "c", *identity, *arguments], check=True)
    send(two, target_of(remote))
    assert read(remote)["CNAME"] == b"status.acme.example\n"


def test_a_rollback_gives_back_the_bytes_of_before(one: str, two: str, remote: Path) -> None:
    send(one, target_of(remote))
    send(two, target_of(remote))
    target = target_of(remote, "elsewhere.git")
    was, now_live, _ = roll_back(target, 1, lambda live: live.build.commit, 0)
    assert (was.number, now_live.number) == (2, 3)
    assert read(remote).items() >= files_below(Path(one)).items()
    assert "incidents/a/index.html" not in read(remote)
    assert send(two, target_of(remote)).end is End.REFUSED


def test_only_the_last_ten_releases_are_kept(tmp_path: Path, remote: Path) -> None:
    target = target_of(remote)
    for number in range(RELEASES + 2):
        send(lay_out(tmp_path / str(number), {"index.html": b"%d" % number}), target)
    refs = git(remote, "for-each-ref", "--format=%(refname)", "refs/statusgen").splitlines()
    assert len(refs) == RELEASES
    assert len(target.past()) == RELEASES - 1


def test_two_pages_on_branches_of_one_remote_never_go_back_to_each_other(
    one: str, two: str, remote: Path, tmp_path: Path
) -> None:
    mine, theirs = target_of(remote), target_of(remote, "theirs.git", branch="theirs")
    send(one, mine)
    send(two, mine)
    for name in ("three", "four"):
        send(lay_out(tmp_path / name, {"index.html": name.encode()}), theirs)
    roll_back(mine, 1, lambda live: live.build.commit, 0)
    assert read(remote).items() >= files_below(Path(one)).items()


def test_a_branch_that_was_deleted_comes_back_whole_under_the_next_number(
    one: str, two: str, remote: Path
) -> None:
    send(one, target_of(remote))
    send(two, target_of(remote))
    git(remote, "update-ref", "-d", "refs/heads/gh-pages")
    outcome = send(two, target_of(remote))
    assert outcome.release is not None
    assert (outcome.end, outcome.release.number) == (End.PUBLISHED, 3)
    assert read(remote) == {**files_below(Path(two)), ".nojekyll": b""}
    roll_back(target_of(remote), 2, lambda live: live.build.commit, 0)
    assert read(remote).items() >= files_below(Path(one)).items()


def test_a_branch_that_is_no_site_of_ours_is_said_and_left(
    one: str, remote: Path, tmp_path: Path
) -> None:
    subprocess.run(["git", "clone", "-q", remote, tmp_path / "c"], check=True, capture_output=True)
    (tmp_path / "c/README").write_text("hello")
    for arguments in (
        ["checkout", "-qb", "gh-pages"],
        ["add", "."],
        ["commit", "-qm", "x"],
        ["push", "-q", "origin", "gh-pages"],
    ):
        identity = ["-c", "user.name=a", "-c", "user.email=a@a.example"]
        subprocess.run(["git", "-C", tmp_path / "c", *identity, *arguments], check=True)
    outcome = send(one, target_of(remote))
    assert outcome.end is End.FAILED
    assert outcome.reason == (
        "branch gh-pages has something else in it, which is not overwritten (there is no"
        " release.json in it): name another branch, or delete this one there"
    )
    assert read(remote) == {"README": b"hello"}


def test_a_hook_that_refuses_is_told_and_not_tried_again(one: str, remote: Path) -> None:
    hook = remote / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\necho 'this branch is protected' >&2\nexit 1\n")
    hook.chmod(0o755)
    outcome = send(one, target_of(remote))
    assert outcome.end is End.FAILED
    assert outcome.tries == 1
    assert "protected" in outcome.reason


def test_a_remote_that_is_not_there_is_told(one: str, tmp_path: Path) -> None:
    outcome = send(one, target_of(tmp_path / "nowhere.git"))
    assert outcome.end is End.FAILED
    assert "does not appear to be a git repository" in outcome.reason


def test_what_ssh_says_is_told_rather_than_that_git_could_not_read(
    one: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_ALLOW_PROTOCOL", "ssh")
    target = target_of("ssh://git@127.0.0.1:1/site.git", str(tmp_path / "w.git"))
    order = order_of(one, patience=Patience(seconds=0.1))
    outcome = publish(Place("pages", lambda: target), order)
    assert outcome.reason == "ssh: connect to host 127.0.0.1 port 1: Connection refused"


def test_the_token_stands_in_no_argument_and_no_message(
    one: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = tmp_path / "calls"
    (tmp_path / "bin").mkdir()
    fake = tmp_path / "bin/git"
    fake.write_text(
        f'#!/bin/sh\nprintf "%s\\n" "$@" >> {calls}\n'
        f'echo "fatal: unable to access: {TOKEN}" >&2\nexit 128\n'
    )
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    target = target_of("https://git.acme.example/site.git", token=TOKEN)
    outcome = publish(Place("pages", lambda: target), order_of(one))
    assert outcome.end is End.FAILED
    assert TOKEN not in repr(outcome)
    assert TOKEN not in calls.read_text()


def assert_whole_and_heals(folder: str, folders: Sequence[str], remote: Path) -> None:
    shown = read(remote).items()
    assert any(shown >= files_below(Path(one)).items() for one in folders)
    assert send_anyway(folder, target_of(remote)).end.is_good
    assert read(remote).items() >= files_below(Path(folder)).items()


def send_anyway(folder: str, target: GitBranch, seconds: float = 30) -> Outcome:
    """Publish a build as one that is newer than any other."""
    order = order_of(folder, relate=lambda *_: Relation.NEWER, patience=Patience(seconds, 0.1))
    return publish(Place("pages", lambda: target), order)


@pytest.mark.parametrize("every", [5, pytest.param(1, marks=pytest.mark.extreme)])
def test_killed_before_anything_that_it_runs_the_branch_is_whole_and_the_next_publish_heals(
    one: str, two: str, remote: Path, every: int, record_property: Record
) -> None:
    folders, work = [two, one], remote.parent / "work.git"
    send_anyway(one, target_of(remote))
    for faults, at in enumerate(range(0, 100, every)):
        folder = folders[faults % 2]
        shutil.rmtree(work)
        if not is_killed(partial(send_anyway, folder, target_of(remote)), at, programs=True):
            break
        assert_whole_and_heals(folder, folders, remote)
    record_property("faults", faults)
    assert faults > 10 // every


@needs_mount
@pytest.mark.parametrize("every", [5, pytest.param(1, marks=pytest.mark.extreme)])
def test_on_a_disk_that_gets_full_at_any_file_the_branch_is_whole_and_space_heals(
    one: str, two: str, tmp_path: Path, every: int, record_property: Record
) -> None:
    folders = [two, one]
    (tmp_path / "disk").mkdir()
    with small_disk(tmp_path / "disk") as has_room_for:
        remote = tmp_path / "disk/remote.git"
        subprocess.run(["git", "init", "--quiet", "--bare", remote], check=True)
        send_anyway(one, target_of(remote, "../work.git"))
        for faults, room in enumerate(range(0, 100, every)):
            folder = folders[faults % 2]
            has_room_for(room)
            outcome = send_anyway(folder, target_of(remote, "../work.git"), seconds=0.1)
            has_room_for(MUCH)
            if outcome.end is End.PUBLISHED:
                break
            assert outcome.end is End.FAILED
            assert_whole_and_heals(folder, folders, remote)
    record_property("faults", faults)
    assert faults > 5 // every


@pytest.mark.parametrize("rounds", [2, pytest.param(50, marks=pytest.mark.extreme)])
def test_of_publishers_at_the_same_time_the_newest_commit_wins(
    tmp_path: Path, remote: Path, rounds: int
) -> None:
    builds = [
        lay_out(tmp_path / f"b{number}", {**TWO, "index.html": commit.encode()}, commit)
        for number, commit in enumerate(HISTORY[:3])
    ]
    for number in range(rounds):
        branch = f"pages-{number}"
        ends = at_once(
            partial(send, folder, target_of(remote, f"w{at}.git", branch=branch))
            for at, folder in enumerate(builds)
        )
        assert [one.reason for one in ends if not one.end.is_good] == []
        assert read(remote, branch).items() >= files_below(Path(builds[-1])).items()


@pytest.mark.parametrize("publishes", [12, pytest.param(100, marks=pytest.mark.extreme)])
def test_publishing_over_and_over_does_not_grow_the_remote(
    tmp_path: Path, remote: Path, publishes: int
) -> None:
    """A host packs what it has; what no reference leads to goes then."""
    site = {f"incidents/{number}/index.html": os.urandom(3000) for number in range(100)}

    def size() -> int:
        git(remote, "gc", "--quiet", "--prune=now")
        return sum(one.stat().st_size for one in remote.rglob("objects/**/*") if one.is_file())

    first = 0
    for number in range(publishes):
        content = {**site, "incidents/0/index.html": os.urandom(3000)}
        send(lay_out(tmp_path / "site", content), target_of(remote), now=number)
        first = first or size()
    assert size() < 2 * first
