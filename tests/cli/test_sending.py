"""Commit and push: one file, on top of what others have sent; and the text is never lost."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from git_clones import CONFIG, INCIDENT, PATH, clone, git, in_remote
from sent_updates import TEXT, update

from statusgen.cli.main import run

Captured = pytest.CaptureFixture[str]


def test_a_push_sends_the_one_file(remote: Path, page: Path, capsys: Captured) -> None:
    assert update(page, "--push", "--status", "identified") == 0
    assert capsys.readouterr().out.endswith("Committed and pushed to origin/main\n")
    assert in_remote(remote, PATH).endswith(f"\n{TEXT}\n")
    assert git(remote, "log", "-1", "--format=%s") == "Update: Card payments fail"


def test_what_else_is_changed_or_staged_stays_as_it_is(remote: Path, page: Path) -> None:
    (page / "config.yml").write_text(CONFIG + "# half a thought\n")
    (page / "staged.txt").write_text("staged")
    (page / "untracked.txt").write_text("untracked")
    git(page, "add", "staged.txt")
    before = git(page, "status", "--porcelain")
    assert update(page, "--push") == 0
    assert git(page, "status", "--porcelain") == before
    assert git(remote, "show", "--format=", "--name-only", "main") == PATH


def test_commit_alone_sends_nothing(remote: Path, page: Path, capsys: Captured) -> None:
    assert update(page, "--commit") == 0
    assert "Committed " in capsys.readouterr().out
    assert git(page, "log", "--oneline", "origin/main..").count("\n") == 0
    assert in_remote(remote, PATH) == INCIDENT


def test_it_goes_on_top_of_what_others_have_sent(remote: Path, page: Path) -> None:
    other = clone(remote, "other")
    (other / "config.yml").write_text(CONFIG + "# other\n")
    git(other, "commit", "-qam", "Other")
    git(other, "push", "-q")
    (page / "untidy.txt").write_text("mine")
    git(page, "add", "untidy.txt")
    assert update(page, "--push") == 0
    subjects = git(remote, "log", "--format=%s", "main").splitlines()
    assert subjects == ["Update: Card payments fail", "Other", "First"]
    assert (page / "untidy.txt").read_text() == "mine"


@pytest.mark.parametrize("union", [True, False])
def test_two_who_write_at_the_same_time_both_get_through(
    remote: Path,
    page: Path,
    union: bool,  # noqa: FBT001 - a case
) -> None:
    if not union:
        git(page, "rm", "-q", ".gitattributes")
        git(page, "commit", "-qm", "Without union")
        git(page, "push", "-q")
    other = clone(remote, "other")
    assert update(other, "--push", "--still", text="") == 0
    assert update(page, "--push", "--still", text="", at="10:21") == 0
    assert in_remote(remote, PATH) == INCIDENT + (
        "\n## Investigating · 2026-11-21 10:20 UTC\nnext update: 10:35 UTC\n"
        "\nWe are still looking for the cause.\n"
        "\n## Investigating · 2026-11-21 10:21 UTC\nnext update: 10:36 UTC\n"
        "\nWe have not found the cause yet, and the search goes on.\n"
    )
    assert run(["check", "--root", str(page), "--now", "2026-11-21T10:21Z"]) == 0


def test_two_who_write_in_the_same_minute_both_get_through(remote: Path, page: Path) -> None:
    other = clone(remote, "other")
    assert update(other, "--push", text="Theirs.") == 0
    assert update(page, "--push", text="Ours.") == 0
    text = in_remote(remote, PATH)
    theirs, ours = text.index("Theirs."), text.index("Ours.")
    assert text.index("10:20 UTC\nnext") < theirs < text.index("10:21 UTC\nnext") < ours


def test_what_somebody_has_resolved_meanwhile_does_not_go_on(
    remote: Path,
    page: Path,
    capsys: Captured,
) -> None:
    other = clone(remote, "other")
    arguments = ["--now", "2026-11-21T10:19Z", "--no-input", "--push"]
    assert run(["resolve", "card", "--root", str(other), "-m", "Over.", *arguments]) == 0
    assert update(page, "--push") == 4
    said = capsys.readouterr().err
    assert "does not fit what others have sent: 'Card payments fail' is resolved" in said
    assert (page / PATH).read_text().endswith(f"\n{TEXT}\n")
    assert "Over." not in (page / PATH).read_text()


def test_many_who_write_at_the_same_time_all_get_through(remote: Path) -> None:
    names = [f"writer-{number}" for number in range(3)]
    clones = [clone(remote, name) for name in names]
    command = [sys.executable, "-m", "statusgen", "update", "card", "--push", "--no-input"]
    running = [
        subprocess.Popen(
            [*command, "--now", f"2026-11-21T10:2{number}Z", "-m", f"Writer {number}."],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        for number, folder in enumerate(clones)
    ]
    said = [process.communicate()[0].decode() for process in running]
    assert [process.returncode for process in running] == [0, 0, 0], said
    text = in_remote(remote, PATH)
    assert [f"Writer {number}." in text for number in range(3)] == [True, True, True]


def test_somebody_who_opened_the_same_at_the_same_time_is_told(
    remote: Path,
    page: Path,
    capsys: Captured,
) -> None:
    other = clone(remote, "other")
    arguments = ["API is down", "-c", "api=major", "--push", "--no-input"]
    now = ["--now", "2026-11-21T10:20Z"]
    assert run(["open", *arguments, *now, "--root", str(other), "-m", "First."]) == 0
    assert run(["open", *arguments, *now, "--root", str(page), "-m", "Second."]) == 4
    assert "somebody else has opened incidents/2026-11-21-api-is-down.md" in capsys.readouterr().err
    assert "Second." in (page / "incidents/2026-11-21-api-is-down.md").read_text()
    assert "First." in in_remote(remote, "incidents/2026-11-21-api-is-down.md")
