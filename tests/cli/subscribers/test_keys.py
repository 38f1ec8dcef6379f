from __future__ import annotations

from pathlib import Path

import pytest
from config_edits import edit_config
from subscribers_command import ADA, subscribers

from statusgen.notify.subscribers.age_file import KeyPair, new_keys

Captured = pytest.CaptureFixture[str]


def test_other_keys_read_the_file_once_it_is_encrypted_for_them(
    root: Path, keys: KeyPair, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribers(root, "add", ADA)
    new = new_keys()
    edit_config(root, keys.public, new.public)
    assert subscribers(root, "key", "--renew") == 0
    assert subscribers(root, "list") == 4
    monkeypatch.setenv("STATUSGEN_IDENTITY", new.private)
    assert subscribers(root, "list") == 0


def test_keys_are_not_printed_into_logs(root: Path, capsys: Captured) -> None:
    assert subscribers(root, "key") == 2
    said = capsys.readouterr()
    assert "AGE-SECRET-KEY" not in said.out + said.err


def test_a_key_file_is_for_its_owner_only_and_opens_what_config_says(
    root: Path, tmp_path: Path, capsys: Captured
) -> None:
    out = tmp_path / "keys.env"
    assert subscribers(root, "key", "--out", str(out)) == 0
    said = capsys.readouterr().out
    assert "AGE-SECRET-KEY" not in said
    assert "recipients: [age1" in said
    assert out.stat().st_mode & 0o777 == 0o600
    values = dict(line.split("=") for line in out.read_text().splitlines())
    assert values["STATUSGEN_IDENTITY"].startswith("AGE-SECRET-KEY-1")
    assert len(values["STATUSGEN_LINK_SECRET"]) == 26
