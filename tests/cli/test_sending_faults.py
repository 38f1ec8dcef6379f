"""Commit and push where something is in the way: what is told, and that the text is never lost."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from git_clones import CONFIG, INCIDENT, PATH, clone, git, in_remote
from sent_updates import TEXT, hook, update

Captured = pytest.CaptureFixture[str]


def is_written(page: Path) -> bool:
    return (page / PATH).read_text().endswith(f"\n{TEXT}\n")


def test_a_push_that_the_server_refuses(remote: Path, page: Path, capsys: Captured) -> None:
    hook(remote, "pre-receive", "echo 'main is protected' >&2; exit 1")
    assert update(page, "--push") == 4
    said = capsys.readouterr().err
    assert "is written and committed (" in said
    assert "but not sent: origin refused it: " in said
    assert "main is protected" in said
    assert "Next: git push origin HEAD:main" in said
    assert is_written(page)
    assert git(page, "log", "-1", "--format=%s") == "Update: Card payments fail"
    (remote / "hooks/pre-receive").unlink()
    git(page, "push", "origin", "HEAD:main")
    assert in_remote(remote, PATH).endswith(f"{TEXT}\n")


def test_a_remote_that_is_not_there(remote: Path, page: Path, capsys: Captured) -> None:
    git(page, "remote", "set-url", "origin", str(remote / "gone"))
    assert update(page, "--push") == 4
    said = capsys.readouterr().err
    assert "but not sent: origin cannot be reached: fatal: " in said
    assert "Please make sure" not in said
    assert is_written(page)


def test_a_password_in_the_remotes_address_is_not_told(page: Path, capsys: Captured) -> None:
    git(page, "remote", "set-url", "origin", "https://me:hunter2@127.0.0.1:1/page.git")
    assert update(page, "--push") == 4
    said = capsys.readouterr()
    assert "hunter2" not in said.err + said.out


def test_no_remote(page: Path, capsys: Captured) -> None:
    git(page, "remote", "remove", "origin")
    assert update(page, "--push") == 4
    said = capsys.readouterr().err
    assert "committed (" in said
    assert "not sent: the repository has no remote to send it to" in said
    assert is_written(page)


def test_no_repository(tmp_path: Path, capsys: Captured) -> None:
    root = tmp_path / "plain"
    (root / "incidents").mkdir(parents=True)
    (root / "config.yml").write_text(CONFIG)
    (root / PATH).write_text(INCIDENT)
    assert update(root, "--push") == 4
    assert "not committed: this folder is in no Git repository" in capsys.readouterr().err
    assert is_written(root)


def test_detached_head(page: Path, capsys: Captured) -> None:
    git(page, "checkout", "-q", "--detach")
    assert update(page, "--push") == 4
    assert "not committed: no branch is checked out (detached HEAD)" in capsys.readouterr().err
    assert is_written(page)


def test_no_identity(
    remote: Path, page: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.delenv(f"GIT_{role}_NAME")
        monkeypatch.delenv(f"GIT_{role}_EMAIL")
    git(page, "config", "user.useConfigOnly", "true")
    assert update(page, "--push") == 4
    said = capsys.readouterr().err
    assert "not committed: git does not know who you are" in said
    assert "git config user.name" in said
    then = said.rpartition("Then: ")[2]
    identity = 'git config user.name "Ann"; git config user.email ann@example.org'
    subprocess.run(["sh", "-ec", f"{identity}; {then}"], cwd=page, check=True)
    assert in_remote(remote, PATH).endswith(f"{TEXT}\n")
    assert is_written(page)


def test_a_hook_that_refuses_the_commit(page: Path, capsys: Captured) -> None:
    hook(page, "pre-commit", "echo 'no ticket number' >&2; exit 1")
    assert update(page, "--push") == 4
    assert "not committed: git refused the commit: no ticket number" in capsys.readouterr().err
    assert is_written(page)


def test_a_merge_under_way(page: Path, capsys: Captured) -> None:
    git(page, "checkout", "-q", "-b", "side")
    git(page, "commit", "-q", "--allow-empty", "-m", "Side")
    git(page, "checkout", "-q", "main")
    git(page, "merge", "-q", "--no-commit", "--no-ff", "side")
    assert update(page, "--commit") == 4
    assert "a merge is under way" in capsys.readouterr().err
    assert is_written(page)


def test_others_who_changed_the_same_lines(remote: Path, page: Path, capsys: Captured) -> None:
    """Somebody rewrote the file's text so that the writer's earlier commit does not fit."""
    git(page, "rm", "-q", ".gitattributes")
    git(page, "commit", "-qm", "Without union")
    git(page, "push", "-q")
    other = clone(remote, "other")
    (other / "config.yml").write_text(CONFIG.replace("Acme", "Theirs"))
    git(other, "commit", "-qam", "Theirs")
    git(other, "push", "-q")
    (page / "config.yml").write_text(CONFIG.replace("Acme", "Mine"))
    git(page, "commit", "-qam", "Mine")
    assert update(page, "--push") == 4
    assert "others have changed the same lines of config.yml" in capsys.readouterr().err
    assert is_written(page)
    assert git(page, "status", "--porcelain") == ""
    assert git(page, "log", "-1", "--format=%s") == "Update: Card payments fail"


def test_a_branch_without_an_upstream_gets_one(remote: Path, page: Path, capsys: Captured) -> None:
    git(page, "checkout", "-q", "-b", "night-shift")
    assert update(page, "--push") == 0
    assert "readers see it once it is in main." in capsys.readouterr().err
    assert git(page, "rev-parse", "--abbrev-ref", "@{upstream}") == "origin/night-shift"


def test_a_page_in_a_folder_of_its_repository(tmp_path: Path, remote: Path) -> None:
    page = clone(remote, "page")
    (page / "status").mkdir()
    git(page, "mv", "config.yml", "incidents", "status/")
    git(page, "commit", "-qm", "Moved")
    git(page, "push", "-q")
    other = clone(remote, "other")
    assert update(other / "status", "--push", text="Theirs.") == 0
    assert update(page / "status", "--push", text="Ours.", at="10:21") == 0
    assert "Theirs." in in_remote(remote, f"status/{PATH}")
    assert "Ours." in in_remote(remote, f"status/{PATH}")


def test_what_others_have_removed_meanwhile_is_told_and_nothing_is_left_half(
    remote: Path, page: Path, capsys: Captured
) -> None:
    other = clone(remote, "other")
    git(other, "rm", "-q", PATH)
    git(other, "commit", "-qm", "Gone")
    git(other, "push", "-q")
    assert update(page, "--push") == 4
    said = capsys.readouterr().err
    assert f"somebody else has removed {PATH} meanwhile" in said
    assert git(page, "status", "--porcelain") == ""
    assert is_written(page)
    next_ = said.rpartition("Next: ")[2]
    subprocess.run(["sh", "-c", next_], cwd=page, check=True, capture_output=True)
    assert in_remote(remote, PATH).endswith(f"{TEXT}\n")


def test_what_was_changed_by_hand_in_the_same_file_goes_with_it(remote: Path, page: Path) -> None:
    other = clone(remote, "other")
    assert update(other, "--push", text="Theirs.") == 0
    (page / PATH).write_text(INCIDENT.replace("title: Card", "title: All card"))
    assert update(page, "--push", at="10:21") == 0
    sent = in_remote(remote, PATH)
    assert "title: All card payments fail" in sent
    assert "Theirs." in sent
    assert TEXT in sent


def test_conflicts_of_an_earlier_merge_are_named(
    remote: Path, page: Path, capsys: Captured
) -> None:
    other = clone(remote, "other")
    assert update(other, "--push", text="Theirs.") == 0
    (page / "config.yml").write_text(CONFIG + "# one\n")
    git(page, "stash", "-q")
    (page / "config.yml").write_text(CONFIG + "# two\n")
    git(page, "commit", "-qam", "Two")
    subprocess.run(["git", "stash", "pop", "-q"], cwd=page, check=False, capture_output=True)
    assert update(page, "--push", at="10:21") == 4
    said = capsys.readouterr().err
    assert "config.yml has conflicts of an earlier merge" in said
    assert "Next: resolve them; git add config.yml; git pull --rebase --autostash" in said


def test_other_changes_that_do_not_fit_keep_nothing_from_readers(
    remote: Path, page: Path, capsys: Captured
) -> None:
    other = clone(remote, "other")
    (other / "config.yml").write_text(CONFIG + "# theirs\n")
    git(other, "commit", "-qam", "Theirs")
    git(other, "push", "-q")
    (page / "config.yml").write_text(CONFIG + "# mine\n")
    assert update(page, "--push") == 0
    assert "Next: resolve config.yml; git stash drop" in capsys.readouterr().err
    assert in_remote(remote, PATH).endswith(f"{TEXT}\n")
    assert "# mine" in (page / "config.yml").read_text()


def test_the_way_out_of_a_rebase_under_way_loses_nothing(page: Path, capsys: Captured) -> None:
    (page / PATH).write_text(INCIDENT + "\nMore.\n")
    git(page, "commit", "-qam", "More")
    git(page, "-c", "sequence.editor=sed -i s/^pick/edit/", "rebase", "-q", "-i", "HEAD~1")
    assert update(page, "--commit") == 4
    said = capsys.readouterr().err
    assert "not committed: a rebase is under way" in said
    assert "Your text is kept in " in said
    on = said.partition("finish it: ")[2].partition("\n")[0]
    then = said.partition("Then: ")[2].partition("\n")[0]
    subprocess.run(["sh", "-ec", f"{on}; {then}"], cwd=page, check=True, capture_output=True)
    assert is_written(page)
    assert git(page, "log", "-1", "--format=%s") == "Update: Card payments fail"


def test_the_way_out_of_a_detached_head_names_the_branch_there_is(
    remote: Path, page: Path, capsys: Captured
) -> None:
    assert update(page, "--push", at="10:10", text="Earlier.") == 0
    git(page, "branch", "-q", "-m", "main", "trunk")
    git(page, "remote", "set-head", "origin", "--delete")
    git(page, "checkout", "-q", "--detach", "HEAD~1")
    assert update(page, "--commit") == 4
    said = capsys.readouterr().err
    way = said.partition("Next: ")[2].partition("\n")[0]
    assert way == "git switch --merge trunk"
    subprocess.run(["sh", "-c", way], cwd=page, check=True, capture_output=True)
    assert "Earlier." in (page / PATH).read_text()
    assert TEXT in (page / PATH).read_text()


def test_a_hook_that_refuses_the_push_is_asked_once(page: Path, capsys: Captured) -> None:
    hook(page, "pre-push", "echo asked >> asked.log; echo 'not on a Friday' >&2; exit 1")
    assert update(page, "--push") == 4
    assert "not sent: git refused to send it: not on a Friday" in capsys.readouterr().err
    assert (page / "asked.log").read_text() == "asked\n"


def test_an_index_that_an_editor_has_for_a_moment_is_waited_for(page: Path) -> None:
    (page / ".git/index.lock").touch()
    waiting = subprocess.Popen(["sh", "-c", "sleep 0.5; rm .git/index.lock"], cwd=page)
    assert update(page, "--commit") == 0
    waiting.wait()


def test_a_tracked_file_in_a_folder_that_is_ignored_is_committed(page: Path) -> None:
    (page / ".git/info/exclude").write_text("incidents/\n")
    assert update(page, "--commit") == 0


def test_terminals_that_write_in_one_folder_take_turns(remote: Path, page: Path) -> None:
    command = [sys.executable, "-m", "statusgen", "update", "card", "--push", "--no-input"]
    running = [
        subprocess.Popen(
            [*command, "--now", "2026-11-21T10:20Z", "-m", f"Window {number}."],
            cwd=page,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        for number in range(3)
    ]
    said = [process.communicate()[0].decode() for process in running]
    assert [process.returncode for process in running] == [0, 0, 0], said
    sent = in_remote(remote, PATH)
    assert [f"Window {number}." in sent for number in range(3)] == [True, True, True]
    assert git(page, "status", "--porcelain") == ""


def test_what_to_do_next_works_from_where_it_is_told(
    remote: Path, page: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.chdir(page.parent)
    hook(page, "pre-commit", "exit 1")
    assert update(Path("page"), "--push") == 4
    told = capsys.readouterr().err.splitlines()
    (page / ".git/hooks/pre-commit").unlink()
    first = next(line.removeprefix("First: ") for line in told if line.startswith("First: "))
    then = next(line.removeprefix("Then: ") for line in told if line.startswith("Then: "))
    subprocess.run(["sh", "-ec", f"{first}; {then}"], check=True, capture_output=True)
    assert in_remote(remote, PATH).endswith(f"{TEXT}\n")
