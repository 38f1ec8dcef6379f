"""What a person is told, and is not told, when the world outside does not play along."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from statusgen.cli.progress import progress

Pages = Callable[..., Path]
Captured = pytest.CaptureFixture[str]


def test_a_reader_who_leaves_early_is_no_bug() -> None:
    """As in `statusgen schema config | head -1`."""
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "statusgen", "schema", "config"]
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (4, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a full disk at hand")
def test_a_full_disk_behind_the_output_is_told() -> None:
    command = [sys.executable, "-m", "statusgen", "schema", "config"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (4, b"statusgen: No space left on device\n")


def test_progress_is_for_terminals(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with progress() as tell:
        tell("reading")
    assert capsys.readouterr().err == "\r\x1b[Kreading …\r\x1b[K"


def test_progress_never_fills_more_than_a_line(
    monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "40")
    with progress() as tell:
        tell("x" * 100)
    assert len(capsys.readouterr().err.split("\r\x1b[K")[1]) < 40


def test_in_ci_there_is_no_progress(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("CI", "true")
    with progress() as tell:
        tell("reading")
    assert capsys.readouterr().err == ""


def test_without_a_terminal_there_is_no_progress(capsys: Captured) -> None:
    with progress() as tell:
        tell("reading")
    assert capsys.readouterr().err == ""


def test_a_taken_port_is_told(page_repository: Pages) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        arguments = ["serve", "--root", str(page_repository({})), "--port", port]
        command = [sys.executable, "-m", "statusgen", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
    assert done.returncode == 4
    assert "Address already in use" in done.stderr
