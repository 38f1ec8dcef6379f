from __future__ import annotations

from pathlib import Path

import pytest
from subscribers_command import ADA, AT, kept, subscribers

Captured = pytest.CaptureFixture[str]


def test_a_table_is_imported_beside_who_is_there(
    root: Path, capsys: Captured, tmp_path: Path
) -> None:
    subscribers(root, "add", *AT, "-c", "api", ADA)
    table = tmp_path / "list.csv"
    table.write_text("type,email,town\nemail,ada@acme.example,x\nemail,bo@acme.example,y\nsms,,z\n")
    capsys.readouterr()
    assert subscribers(root, "import", "--dry-run", str(table)) == 0
    assert "Would add 1. There already: 1. 1 subscriber now.\n" in capsys.readouterr().out
    assert subscribers(root, "import", *AT, str(table)) == 0
    assert capsys.readouterr().out == (
        "Added 1. There already: 1. 2 subscribers now.\n"
        "Left out: 1 subscribers by other ways than mail.\n"
        "Columns that were left aside: town.\n"
    )
    assert kept(root)[0] == f"{ADA} since=2026-11-26T07:00:00Z components=api"


def test_of_a_faulty_table_nothing_is_imported(
    root: Path, capsys: Captured, tmp_path: Path
) -> None:
    table = tmp_path / "list.csv"
    table.write_text("email,components\nada@acme.example,\nbo@acme,\ncy@acme.example,apo\n")
    assert subscribers(root, "import", str(table)) == 1
    said = capsys.readouterr().err
    assert f"{table}:3: no mail address" in said
    assert f"{table}:4: there is no component 'apo'" in said
    assert "Nothing was added." in said
    assert not (root / "subscribers.age").exists()


def test_what_is_wrong_in_a_large_table_does_not_flood_a_log(
    root: Path, capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "list.csv"
    table.write_text("email\n" + "nobody\n" * 1200)
    assert subscribers(root, "import", str(table)) == 1
    said = capsys.readouterr().err
    assert said.count("no mail address") == 1000
    assert "And 200 more.\n" in said
    monkeypatch.setattr("statusgen.cli.subscribers._LARGEST_TABLE", 1 << 20)
    table.write_text("email\n" + "ada@acme.example\n" * 100_000)
    assert subscribers(root, "import", str(table)) == 1
    assert "larger than 1 MB. Nothing was added." in capsys.readouterr().err


def test_what_is_exported_can_be_imported_elsewhere(
    root: Path, tmp_path: Path, capsys: Captured
) -> None:
    subscribers(root, "add", *AT, "-c", "api", ADA, "=1@acme.example")
    before = kept(root)
    table = tmp_path / "out.csv"
    assert subscribers(root, "export", "--out", str(table)) == 0
    assert table.stat().st_mode & 0o777 == 0o600
    (root / "subscribers.age").unlink()
    assert subscribers(root, "import", str(table)) == 0
    assert kept(root) == before
    assert subscribers(root, "export", "--out", str(table)) == 2  # it is there already
