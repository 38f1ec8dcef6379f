from __future__ import annotations

from pathlib import Path

import pytest
from subscribers_command import SECRET, subscribers, token_of

Captured = pytest.CaptureFixture[str]
CANARY = "canary-9e1f@acme.example"


def test_no_command_tells_an_address_that_it_was_not_asked_for(
    root: Path, capsys: Captured, tmp_path: Path
) -> None:
    table = tmp_path / "list.csv"
    table.write_text(f"email,components\n{CANARY},{CANARY}\n{CANARY}.,\n")
    token = token_of(CANARY)
    for command in (
        ["add", CANARY],
        ["add", CANARY],
        ["add", f"{CANARY} "],
        ["add", f"<{CANARY}>"],
        ["add", "-c", CANARY, CANARY],
        ["list"],
        ["list", "--format", "json"],
        ["import", str(table)],
        ["remove", f"x{CANARY}"],
        ["remove", "--token", token],
        ["remove", "--token", CANARY],
    ):
        subscribers(root, *command)
    said = capsys.readouterr()
    for secret in ("canary-9e1f", "AGE-SECRET-KEY", SECRET, token):
        assert secret not in said.out + said.err
    for path in root.rglob("*"):
        assert path.is_dir() or b"canary-9e1f" not in path.read_bytes()


def test_a_bug_report_names_nobody(
    root: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(text: str) -> object:
        raise RuntimeError(f"cannot handle {text}")

    subscribers(root, "add", CANARY)
    monkeypatch.setattr("statusgen.notify.subscribers.age_file.parse_book", broken)
    assert subscribers(root, "add", CANARY) == 70
    said = capsys.readouterr().err
    assert "RuntimeError: cannot handle statusgen-subscribers 1" in said
    assert "canary-9e1f" not in said
