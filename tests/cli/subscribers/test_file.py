from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from subscribers_command import ADA, kept, subscribers

from statusgen.notify.subscribers.age_file import KeyPair, new_keys

Captured = pytest.CaptureFixture[str]


def test_the_file_alone_is_committed(root: Path, capsys: Captured) -> None:
    git = ["git", "-C", str(root)]
    subprocess.run([*git, "init", "--quiet"], check=True)
    (root / "notes.txt").write_text("mine")
    assert subscribers(root, "add", "--commit", ADA) == 0
    shown = subprocess.run(
        [*git, "show", "--format=%s", "--name-only"], capture_output=True, text=True, check=True
    )
    assert shown.stdout.split("\n\n") == ["subscribers: add 1", "subscribers.age\n"]


def test_a_commit_that_fails_leaves_the_file_and_says_so(root: Path, capsys: Captured) -> None:
    assert subscribers(root, "add", "--commit", ADA) == 4
    assert "subscribers.age is written, but not committed" in capsys.readouterr().err
    assert len(kept(root)) == 1


def test_the_wrong_key_and_a_damaged_file_have_sentences_of_their_own(
    root: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribers(root, "add", ADA)
    capsys.readouterr()
    monkeypatch.setenv("STATUSGEN_IDENTITY", new_keys().private)
    assert subscribers(root, "list") == 4
    assert capsys.readouterr().err == (
        "Error: subscribers.age is not encrypted for the key in STATUSGEN_IDENTITY.\n"
    )
    (root / "subscribers.age").write_bytes(b"age-encryption.org/v1\n")
    assert subscribers(root, "list") == 1
    assert "is damaged" in capsys.readouterr().err


def test_a_line_that_cannot_be_read_is_not_lost_by_a_change(
    root: Path, keys: KeyPair, capsys: Captured
) -> None:
    pyrage = pytest.importorskip("pyrage")
    text = f"statusgen-subscribers 1 key=k\n{ADA} since=2026-11-26T07:00:00Z impct=major\n"
    raw = pyrage.encrypt(text.encode(), [pyrage.x25519.Recipient.from_str(keys.public)])
    (root / "subscribers.age").write_bytes(raw)
    assert subscribers(root, "add", "bo@acme.example") == 1
    said = capsys.readouterr().err
    assert "subscribers.age:2: a word that is none of since" in said
    assert ADA not in said
    assert (root / "subscribers.age").read_bytes() == raw


def test_without_subscribers_in_config_it_says_how_to_begin(
    page_repository: Callable[[dict[str, str]], Path], capsys: Captured
) -> None:
    assert subscribers(page_repository({}), "list") == 2
    assert "'statusgen subscribers key' prints what to write" in capsys.readouterr().err
