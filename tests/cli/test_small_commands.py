"""`init`, `status` and `schema`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from statusgen.cli.main import run

Pages = Callable[..., Path]
Captured = pytest.CaptureFixture[str]

AT = ["--now", "2026-11-21T12:00Z"]
OPEN = """\
---
title: Card payments fail
components:
  checkout: major_outage
---

## Identified · 2026-11-21 10:05 UTC
next update: 12:30 UTC
eta: 13:00 UTC
"""
MAINTENANCE = """\
---
title: Database upgrade
type: maintenance
starts: 2026-11-21 {start} UTC
ends: 2026-11-21 {end} UTC
components: [api]
---
"""
NOTICE = "---\ntitle: API v1 ends\ntype: notice\n---\n\n## Notice · 2026-11-01 09:00 UTC\n"


# ── init ──────────────────────────────────────────────────────────────────────────────────────


def test_a_new_page_checks_and_builds(tmp_path: Path, capsys: Captured) -> None:
    root = tmp_path / "status"
    assert run(["init", str(root), *AT]) == 0
    assert f"cd {root}" in capsys.readouterr().out
    assert run(["check", "--root", str(root), *AT]) == 0
    assert run(["build", "--root", str(root), *AT]) == 0
    files = sorted(path.relative_to(root).as_posix() for path in root.iterdir())
    assert files == [
        ".gitattributes",
        ".github",
        ".gitignore",
        ".pre-commit-config.yaml",
        ".statusgen",
        ".vscode",
        "config.yml",
        "incidents",
        "playbook",
        "schemas",
        "site",
    ]


def test_a_new_page_counts_from_today_and_is_named_as_asked(tmp_path: Path) -> None:
    run(["init", str(tmp_path), "--name", "A: b", "--timezone", "Asia/Tokyo", *AT])
    config = (tmp_path / "config.yml").read_text()
    assert "since: 2026-11-21" in config
    assert "timezone: Asia/Tokyo" in config
    assert run(["check", "--root", str(tmp_path), *AT]) == 0


def test_the_incident_that_init_shows_is_a_good_one(tmp_path: Path, capsys: Captured) -> None:
    run(["init", str(tmp_path), *AT])
    _, _, after = capsys.readouterr().out.partition(", such as ")
    path, _, shown = after.partition(":\n\n")
    (tmp_path / path).write_text("".join(f"{line[4:]}\n" for line in shown.splitlines()))
    assert run(["check", "--root", str(tmp_path), *AT]) == 0
    assert capsys.readouterr().out == "No problems.\n"


@pytest.mark.parametrize("existing", ["config.yml", "incidents/a.md"])
def test_nothing_is_written_over(tmp_path: Path, existing: str, capsys: Captured) -> None:
    (tmp_path / existing).parent.mkdir(exist_ok=True)
    (tmp_path / existing).write_text("mine")
    assert run(["init", str(tmp_path)]) == 2
    assert "exists" in capsys.readouterr().err
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [tmp_path / existing]


def test_files_of_git_that_are_there_are_kept(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / ".gitignore").write_text("mine")
    assert run(["init", str(tmp_path)]) == 0
    assert (tmp_path / ".gitignore").read_text() == "mine"
    assert "Kept your .gitignore; it should have these lines:\n/site/" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("option", "value"),
    [("--timezone", "Berlin"), ("--url", "status.acme.example"), ("--url", "javascript:alert(1)")],
)
def test_a_page_that_would_not_check_is_not_made(tmp_path: Path, option: str, value: str) -> None:
    assert run(["init", str(tmp_path / "new"), option, value]) == 2
    assert not (tmp_path / "new").exists()


# ── status ────────────────────────────────────────────────────────────────────────────────────


def status(root: Path, capsys: Captured, *arguments: str) -> str:
    assert run(["status", "--root", str(root), *AT, *arguments]) == 0
    return capsys.readouterr().out


def test_a_quiet_page_is_headline_and_components(page_repository: Pages, capsys: Captured) -> None:
    assert status(page_repository({}), capsys) == (
        "✓ Acme: All systems operational\n"
        "\n"
        "API         ✓ Operational\n"
        "Payments\n"
        "  Checkout  ✓ Operational\n"
    )


def test_what_is_open_running_and_ahead_is_told_in_the_pages_zone(
    page_repository: Pages,
    capsys: Captured,
) -> None:
    files = {
        "incidents/open.md": OPEN,
        "incidents/now.md": MAINTENANCE.format(start="11:00", end="14:00"),
        "incidents/later.md": MAINTENANCE.format(start="20:00", end="21:00"),
        "incidents/notice.md": NOTICE,
    }
    assert status(page_repository(files), capsys) == (
        "✗ Acme: Major outage: Card payments fail\n"
        "\n"
        "API         ◷ Under maintenance since 2026-11-21 12:00 CET\n"
        "Payments\n"
        "  Checkout  ✗ Major outage since 2026-11-21 11:05 CET\n"
        "\n"
        "Open incidents\n"
        "  Card payments fail\n"
        "    Identified, since 2026-11-21 11:05 CET, next update 2026-11-21 13:30 CET,"
        " expected to end 2026-11-21 14:00 CET\n"
        "\n"
        "Maintenance in progress\n"
        "  Database upgrade\n"
        "    In progress, since 2026-11-21 12:00 CET, until 2026-11-21 15:00 CET\n"
        "\n"
        "Scheduled maintenance\n"
        "  Database upgrade\n"
        "    2026-11-21 21:00 CET to 2026-11-21 22:00 CET\n"
        "\n"
        "Notices\n"
        "  API v1 ends\n"
    )


def test_what_cannot_be_read_is_told(page_repository: Pages, capsys: Captured) -> None:
    text = status(page_repository({"incidents/a.md": "?"}), capsys)
    assert text.startswith("? Acme: ")
    assert "incidents/a.md cannot be read; 'statusgen check' tells why" in text


def test_programs_get_what_the_site_has(page_repository: Pages, capsys: Captured) -> None:
    root = page_repository({"incidents/open.md": OPEN})
    told = json.loads(status(root, capsys, "--format", "json"))
    run(["build", "--root", str(root), *AT])
    assert told == json.loads((root / "site/api/statusgen/v1/summary.json").read_text())


def test_without_config_there_is_no_status(page_repository: Pages, capsys: Captured) -> None:
    assert run(["status", "--root", str(page_repository({"config.yml": "?"}))]) == 1


# ── schema ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("what", "key"), [("config", "page"), ("incident", "title")])
def test_a_schema_is_printed(what: str, key: str, capsys: Captured) -> None:
    assert run(["schema", what]) == 0
    schema = json.loads(capsys.readouterr().out)
    assert key in schema["properties"]
