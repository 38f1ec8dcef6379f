"""Whoever stops, at a question or while it is sent: what is told, and what is kept."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from git_clones import PATH, git
from terminal import Start

from statusgen.files.locks import locked


@pytest.mark.parametrize("key", [b"n\r", b"\x03", b"\x04"])
def test_whoever_stops_at_the_preview_keeps_the_text(page: Path, start: Start, key: bytes) -> None:
    terminal = start(page, "statusgen", "update", "--status", "identified")
    terminal.until("What is new?")
    terminal.type("A good text.")
    terminal.until("[Y/n/e]: ")
    terminal.press(key)
    terminal.until("Your text is kept in .statusgen/drafts/")
    terminal.exit_code()
    (draft,) = (page / ".statusgen/drafts").iterdir()
    assert draft.read_text() == "A good text.\n"
    assert git(page, "status", "--porcelain") == ""


@pytest.mark.parametrize("key", [b"\x03", b"\x04"])
def test_whoever_stops_at_a_question_is_told_that_nothing_is_changed(
    page: Path, start: Start, key: bytes
) -> None:
    terminal = start(page, "statusgen", "open")
    terminal.until("What is wrong, in one line: ")
    terminal.press(key)
    assert terminal.exit_code() == 130
    assert terminal.seen.endswith("in one line: \nStopped; nothing is changed.\n")


def test_whoever_stops_before_the_commit_is_told_how_to_make_it(page: Path, start: Start) -> None:
    terminal = start(page, "statusgen", "update", "-m", "News.")
    terminal.until("[Y/n/e]: ")
    terminal.type("")
    terminal.until("Commit and push it? [Y/n]: ")
    terminal.press(b"\x03")
    assert terminal.exit_code() == 130
    assert f"Stopped: {PATH} is written, but not committed." in terminal.seen
    way = terminal.seen.partition("Next: ")[2]
    subprocess.run(["sh", "-ec", way], cwd=page, check=True, capture_output=True)
    assert git(page, "status", "--porcelain") == ""


def test_a_push_that_is_stopped_leaves_a_commit_and_says_how_to_send_it(
    page: Path, start: Start, tmp_path: Path
) -> None:
    ssh = tmp_path / "ssh"
    ssh.write_text("#!/bin/sh\ntouch started; exec sleep 60\n")
    ssh.chmod(0o755)
    git(page, "remote", "set-url", "origin", "ssh://git@127.0.0.1/page.git")
    environment = {"GIT_SSH_COMMAND": str(ssh), "GIT_ALLOW_PROTOCOL": "file:ssh"}
    terminal = start(page, "statusgen", "update", "-m", "News.", "--push", **environment)
    terminal.until("[Y/n/e]: ")
    terminal.type("")
    terminal.until("Wrote")
    for _ in range(200):
        if (page / "started").exists():
            break
        time.sleep(0.05)
    os.write(terminal._file, b"\x03")
    assert terminal.exit_code() == 130
    assert "not sent: it was stopped.\nNext: git push origin HEAD:main\n" in terminal.seen
    assert git(page, "log", "-1", "--format=%s") == "Update: Card payments fail"


def test_an_editor_that_deletes_its_file_does_not_take_the_text_along(
    page: Path, start: Start, tmp_path: Path
) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nrm "$1"\n')
    editor.chmod(0o755)
    terminal = start(page, "statusgen", "update", "-m", "News.", EDITOR=str(editor), VISUAL="")
    terminal.until("[Y/n/e]: ")
    terminal.type("e")
    assert terminal.exit_code() == 2
    assert "what there was before is in .statusgen/drafts/" in terminal.seen
    (draft,) = (page / ".statusgen/drafts").iterdir()
    assert draft.read_text() == "News.\n"


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_stream_that_is_closed_is_no_bug(page: Path, closed: str) -> None:
    command = f"{sys.executable} -m statusgen update -m News. --message-file '' {closed}"
    done = subprocess.run(["sh", "-c", command], cwd=page, capture_output=True, check=False)
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False)
    assert (page / PATH).read_text().endswith("News.\n")


def test_whoever_does_not_wait_for_another_terminal_keeps_the_text(
    page: Path, start: Start
) -> None:
    with locked(str(page)):
        terminal = start(page, "statusgen", "update", "-m", "News.")
        terminal.until("[Y/n/e]: ")
        terminal.type("")
        terminal.until("Waiting for another statusgen that writes here")
        terminal.press(b"\x03")
        assert terminal.exit_code() == 130
    assert "Your text is kept in .statusgen/drafts/" in terminal.seen
    assert terminal.seen.endswith("Stopped; nothing is changed.\n")
    assert git(page, "status", "--porcelain") == ""


def test_whoever_does_not_wait_to_commit_is_told_how_to_do_it(page: Path, start: Start) -> None:
    terminal = start(page, "statusgen", "update", "-m", "News.")
    terminal.until("[Y/n/e]: ")
    terminal.type("")
    terminal.until("Commit and push it?")
    with locked(str(page)):
        terminal.type("y")
        terminal.until("Waiting for another statusgen that writes here")
        terminal.press(b"\x03")
        assert terminal.exit_code() == 130
    assert "is written, but not committed.\nNext: git add" in terminal.seen
