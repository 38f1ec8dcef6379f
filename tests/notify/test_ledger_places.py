from __future__ import annotations

import errno
import os
import subprocess
import threading
import time
from functools import partial
from pathlib import Path

import pytest
from crashing import count_changes, refusing
from git_clones import git
from notifiers import Receiver, listener, notify, notify_in
from releases import at_once
from sample_histories import OPENED

from statusgen.git.remote import GitRemote, MovedError, RemoteError
from statusgen.model import ChannelOptions
from statusgen.network.patience import Patience
from statusgen.notify.ledger.branch import BranchLedger
from statusgen.notify.ledger.folder import open_folder, read_folder
from statusgen.notify.ledger.lines import Line, Read, What, parse
from statusgen.notify.ledger.store import LedgerError

INTENT = Line(What.INTENT, 100, "mail", "e1", ("a",), "run1", 280)
DONE = Line(What.DONE, 101, "mail", "e1", ("a",), "run1")


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    path = tmp_path / "remote.git"
    subprocess.run(["git", "init", "--quiet", "--bare", path], check=True)
    return path


def branch(remote: Path | str, work: str = "work.git", patience: float = 30) -> BranchLedger:
    folder = Path(remote).parent / work
    place = GitRemote(str(remote), str(folder), os.environ)
    return BranchLedger(place, "ledger", 100, Patience(patience, pause=0.05))


# ── a folder ──────────────────────────────────────────────────────────────────────────────────


def test_what_is_claimed_and_added_is_read_again(tmp_path: Path) -> None:
    with open_folder(str(tmp_path / "new"), 1) as ledger:
        ledger.claim(lambda read: [INTENT])
        ledger.add([DONE])
    assert read_folder(str(tmp_path / "new")) == Read((INTENT, DONE))


def test_a_folder_that_is_not_there_has_no_lines_and_is_not_made_by_reading(tmp_path: Path) -> None:
    assert read_folder(str(tmp_path / "none")) == Read(())
    assert not (tmp_path / "none").exists()


def test_two_notifiers_take_turns(tmp_path: Path) -> None:
    order: list[str] = []
    inside = threading.Event()

    def first() -> None:
        with open_folder(str(tmp_path), 5):
            inside.set()
            time.sleep(0.3)
            order.append("first")

    def second() -> None:
        inside.wait()
        with open_folder(str(tmp_path), 5):
            order.append("second")

    at_once([first, second])
    assert order == ["first", "second"]


def test_who_has_to_wait_too_long_says_so(tmp_path: Path) -> None:
    with (
        open_folder(str(tmp_path), 1),
        pytest.raises(LedgerError, match="another notifier"),
        open_folder(str(tmp_path), 0.1),
    ):
        pass


def test_lines_behind_a_torn_one_are_whole(tmp_path: Path) -> None:
    with open_folder(str(tmp_path), 1) as ledger:
        ledger.claim(lambda read: [INTENT])
    file = tmp_path / "ledger"
    file.write_bytes(file.read_bytes()[:-5])
    with open_folder(str(tmp_path), 1) as ledger:
        assert ledger.read() == Read(())
        ledger.claim(lambda read: [INTENT, DONE])
        assert ledger.read().lines == (INTENT, DONE)


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EROFS, errno.EIO])
def test_a_disk_that_refuses_at_any_moment_is_told_and_leaves_whole_lines(
    tmp_path: Path, error: int
) -> None:
    def claim(folder: str) -> None:
        with open_folder(folder, 1) as ledger:
            ledger.claim(lambda read: [INTENT])

    changes = count_changes(lambda: claim(str(tmp_path / "count")))
    for number in range(changes):
        folder = str(tmp_path / str(number))
        with pytest.raises(LedgerError), refusing(number, error):
            claim(folder)
        assert set(read_folder(folder).lines) <= {INTENT}
        assert read_folder(folder).damaged == 0


def test_a_folder_in_which_nothing_may_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(LedgerError, match="Not a directory"),
        open_folder(str(tmp_path / "file/ledger"), 1),
    ):
        pass


def test_folding_keeps_what_is_not_over_and_is_atomic(tmp_path: Path) -> None:
    pending = Line(What.INTENT, 100, "mail", "e2", ("a",), "run1", 280)
    many = [Line(What.DONE, 101, "mail", "e1", (f"r{number}",), "run1") for number in range(200)]
    with open_folder(str(tmp_path), 1) as ledger:
        ledger.claim(lambda read: [pending, *many])
        ledger.compact()
        assert ledger.read().lines == (pending, Line(What.COMPACTED, 101, "mail", "e1"))


# ── a branch ──────────────────────────────────────────────────────────────────────────────────


def test_a_branch_is_made_by_the_first_claim_and_has_no_history(remote: Path) -> None:
    branch(remote).claim(lambda read: [INTENT])
    ledger = branch(remote, "other.git")
    assert ledger.read() == Read((INTENT,))
    ledger.add([DONE])
    ledger.flush()
    assert branch(remote, "third.git").read().lines == (INTENT, DONE)
    assert git(remote, "rev-list", "--count", "ledger") == "1"


def test_a_claim_without_lines_pushes_nothing(remote: Path) -> None:
    branch(remote).claim(lambda read: [])
    assert git(remote, "for-each-ref") == ""


def test_who_comes_second_decides_with_the_lines_of_the_first(remote: Path) -> None:
    asked: list[tuple[Line, ...]] = []
    other = Line(What.INTENT, 100, "mail", "e1", ("b",), "run2", 280)

    def decide(read: Read) -> list[Line]:
        asked.append(read.lines)
        if len(asked) == 1:
            branch(remote, "quicker.git").claim(lambda read: [INTENT])
        return [] if INTENT in read.lines else [other]

    branch(remote).claim(decide)
    assert asked == [(), (INTENT,)]
    assert branch(remote).read().lines == (INTENT,)


def test_lines_that_two_add_at_once_are_all_there(remote: Path) -> None:
    branch(remote).claim(lambda read: [INTENT])
    lines = [DONE._replace(to=(name,)) for name in "abc"]

    def add(line: Line, number: int) -> None:
        ledger = branch(remote, f"w{number}.git")
        ledger.add([line])
        ledger.flush()

    at_once(partial(add, line, number) for number, line in enumerate(lines))
    assert set(branch(remote).read().lines) == {INTENT, *lines}


def test_a_push_that_arrived_though_it_seemed_to_fail_is_not_made_twice(
    remote: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    move = GitRemote.move
    asked: list[Read] = []

    def once(self: GitRemote, ref: str, before: str, commit: str) -> None:
        move(self, ref, before, commit)
        if len(asked) == 1:
            raise RemoteError("the remote end hung up", is_passing=True)

    def decide(read: Read) -> list[Line]:
        asked.append(read)
        return [INTENT]

    monkeypatch.setattr(GitRemote, "move", once)
    branch(remote).claim(decide)
    assert len(asked) == 1
    assert branch(remote).read().lines == (INTENT,)


def test_a_remote_that_is_not_there_is_told_and_nothing_is_sent(tmp_path: Path) -> None:
    chat = Receiver()
    with pytest.raises(LedgerError, match="does not appear to be a git repository"):
        notify(
            branch(tmp_path / "nowhere.git"), {"a": OPENED}, "21 10:06", (listener(), lambda: chat)
        )
    assert chat.asked == []


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (RemoteError("the remote end hung up", is_passing=True), "the remote end hung up"),
        (MovedError(), "others keep writing to it"),
    ],
)
def test_what_does_not_pass_in_time_is_told(
    remote: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, reason: str
) -> None:
    def move(self: GitRemote, ref: str, before: str, commit: str) -> None:
        raise error

    monkeypatch.setattr(GitRemote, "move", move)
    with pytest.raises(LedgerError) as found:
        branch(remote, patience=0.1).claim(lambda read: [INTENT])
    assert found.value.reason == reason


def test_a_flush_that_fails_keeps_its_lines_for_the_next(
    remote: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = branch(remote, patience=0.1)
    ledger.add([DONE])
    with monkeypatch.context() as broken:
        broken.setattr(GitRemote, "commit_of", lambda self, ref: (_ for _ in ()).throw(MovedError))
        with pytest.raises(LedgerError):
            ledger.flush()
        with pytest.raises(LedgerError, match="others keep writing"):
            ledger.read()
    ledger.flush()
    ledger.flush()
    assert ledger.read().lines == (DONE,)


def test_what_others_put_beside_the_ledger_stays(remote: Path, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", remote, clone], check=True, capture_output=True)
    (clone / "checks").write_text("up\n")
    for arguments in (
        ["checkout", "-qb", "ledger"],
        ["add", "."],
        ["commit", "-qm", "x"],
        ["push", "-q", "origin", "ledger"],
    ):
        subprocess.run(["git", "-C", clone, *arguments], check=True)
    branch(remote).claim(lambda read: [INTENT])
    assert git(remote, "show", "ledger:checks") == "up"
    assert parse(git(remote, "show", "ledger:ledger").encode()).lines == (INTENT,)


# ── two notifiers at once ─────────────────────────────────────────────────────────────────────


FILES = {f"i{number}": OPENED for number in range(5)}


@pytest.mark.parametrize("rounds", [3, pytest.param(50, marks=pytest.mark.extreme)])
def test_notifiers_at_once_on_a_folder_add_no_message(tmp_path: Path, rounds: int) -> None:
    for number in range(rounds):
        chat = Receiver(lambda number, post: time.sleep(0.01))
        folder = tmp_path / str(number)
        notify_in(folder, {}, "20 00:00", (listener(), Receiver))

        def notifier(name: str, folder: Path = folder, chat: Receiver = chat) -> None:
            notify_in(folder, FILES, "21 10:06", (listener(), lambda: chat), name=name)

        at_once(partial(notifier, name) for name in ("one", "two", "three"))
        assert len(chat.got) == len(set(chat.got)) == len(FILES)


@pytest.mark.parametrize("rounds", [1, pytest.param(20, marks=pytest.mark.extreme)])
def test_notifiers_at_once_on_a_branch_add_no_message(
    tmp_path: Path, remote: Path, rounds: int
) -> None:
    many = listener(options=ChannelOptions(hourly=1000))
    notify(branch(remote), {}, "20 00:00", (many, Receiver))
    for number in range(rounds):
        chat = Receiver(lambda number, post: time.sleep(0.01))
        said = f"Customers of round {number} see"  # or it would be the round before, renamed
        files = {
            f"r{number}-{id_}": text.replace("Some customers see", said)
            for id_, text in FILES.items()
        }

        def notifier(name: str, files: dict[str, str] = files, chat: Receiver = chat) -> None:
            notify(
                branch(remote, f"{name}.git"),
                files,
                "21 10:06",
                (many, lambda: chat),
                name=name,
            )

        at_once(partial(notifier, f"{name}{number}") for name in ("one", "two"))
        assert len(chat.got) == len(set(chat.got)) == len(FILES)


def test_in_a_hook_of_git_the_repository_that_it_is_of_stays_as_it_is(
    remote: Path, tmp_path: Path
) -> None:
    page = tmp_path / "page"
    subprocess.run(["git", "init", "--quiet", page], check=True)
    before = (page / ".git/config").read_bytes()
    hook = {"GIT_DIR": str(page / ".git"), "GIT_QUARANTINE_PATH": str(page / ".git/objects")}
    place = GitRemote(str(remote), str(tmp_path / "work.git"), {**os.environ, **hook})
    ledger = BranchLedger(place, "ledger", 100)
    ledger.claim(lambda read: [INTENT])
    assert ledger.read().lines == (INTENT,)
    assert (page / ".git/config").read_bytes() == before


@pytest.mark.parametrize("address", ["ext::sh -c true", "nope::x", "ssh://-oProxyCommand=true/x"])
def test_an_address_that_git_refuses_is_not_tried_for_a_minute(
    tmp_path: Path, address: str
) -> None:
    place = GitRemote(address, str(tmp_path / "work.git"), os.environ)
    with pytest.raises(RemoteError) as refused:
        place.commit_of("refs/heads/ledger")
    assert not refused.value.is_passing
