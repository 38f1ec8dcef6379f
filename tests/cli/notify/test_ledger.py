from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from time import sleep

import pytest
from config_edits import edit_config
from hook_host import Answer, Receiver
from notify_command import notify, told, write
from sample_histories import OPENED

Captured = pytest.CaptureFixture[str]


def put_ledger_on_branch(root: Path) -> Path:
    """Move the ledger to a new remote; return that."""
    remote = root.parent / "remote.git"
    subprocess.run(["git", "init", "--quiet", "--bare", remote], check=True)
    edit_config(root, "path: ../ledger", "remote: ../remote.git")
    return remote


def test_a_ledger_on_a_branch_remembers_as_well(
    root: Path, hook: Receiver, capsys: Captured
) -> None:
    put_ledger_on_branch(root)
    notify(root, "20 00:00")
    write(root, OPENED)
    notify(root, "21 10:06")
    notify(root, "21 10:07")
    assert told(hook) == ["investigating"]


def test_a_ledger_that_cannot_be_written_is_told_and_nothing_is_sent(
    root: Path, hook: Receiver, capsys: Captured
) -> None:
    (root.parent / "ledger").write_text("a file")
    write(root, OPENED)
    assert notify(root, "21 10:06") == 4
    assert capsys.readouterr().err.startswith("Nothing was sent: the ledger: ")
    assert hook.requests == []


def test_without_the_token_of_the_ledger_nothing_is_sent(
    root: Path, hook: Receiver, capsys: Captured
) -> None:
    place = "remote: 'https://git.acme.example/a.git', token_env: LEDGER_TOKEN"
    edit_config(root, "path: ../ledger", place)
    write(root, OPENED)
    for arguments in ((), ("--dry-run",)):
        assert notify(root, "21 10:06", *arguments) == 4
        said = capsys.readouterr().err
        assert said == (
            "Nothing was sent: the ledger: the environment variable LEDGER_TOKEN is not set.\n"
        )
    assert hook.requests == []


def test_a_channel_that_begins_by_a_damaged_ledger_is_no_silent_success(
    root: Path, capsys: Captured
) -> None:
    notify(root, "20 00:00")
    ledger = root.parent / "ledger/ledger"
    ledger.write_bytes(ledger.read_bytes().replace(b"begun", b"bEgun"))
    write(root, OPENED)
    capsys.readouterr()
    assert notify(root, "21 10:06") == 4
    assert "the ledger has lost lines: hook may have begun anew" in capsys.readouterr().err
    assert notify(root, "21 10:07") == 0


def test_a_ledger_that_was_deleted_while_a_run_wrote_it_is_no_silent_success(
    root: Path, capsys: Captured
) -> None:
    notify(root, "20 00:00")
    write(root, OPENED)
    notify(root, "21 10:06")
    ledger = root.parent / "ledger/ledger"
    lines = ledger.read_bytes().splitlines(keepends=True)
    ledger.write_bytes(b"".join(line for line in lines if b"begun" not in line))
    capsys.readouterr()
    assert notify(root, "21 10:07") == 4
    assert "the ledger has lost lines: hook may have begun anew" in capsys.readouterr().err


def test_who_is_told_before_an_interruption_is_not_told_again(root: Path, hook: Receiver) -> None:
    put_ledger_on_branch(root)
    notify(root, "20 00:00")
    write(root, OPENED)
    write(root, OPENED, "b")
    hook.answers += [Answer(), Answer(after=30)]
    command = [sys.executable, "-m", "statusgen", "notify", "--root", str(root)]
    with subprocess.Popen(
        [*command, "--now", "2026-11-21T10:06Z"], stderr=subprocess.PIPE, text=True
    ) as process:
        while len(hook.requests) < 2 and process.poll() is None:
            sleep(0.02)
        process.send_signal(signal.SIGINT)
        said = process.communicate()[1]
    assert (process.returncode, said.startswith("Interrupted: some are told")) == (130, True)
    assert notify(root, "21 10:20") == 0
    keys = [one.headers["idempotency-key"] for one in hook.requests]
    assert keys[1] == keys[2] != keys[0]
    assert len(keys) == 3


def test_what_a_remote_says_moves_nothing_in_a_terminal(root: Path, capsys: Captured) -> None:
    hook = put_ledger_on_branch(root) / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\nprintf '\\033[2J no\\n' >&2; exit 1\n")
    hook.chmod(0o755)
    assert notify(root, "20 00:00") == 4
    said = capsys.readouterr().err
    assert said.startswith("Nothing was sent: the ledger: ")
    assert "\x1b" not in said
