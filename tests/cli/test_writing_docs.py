"""docs/writing.md, command by command, in a real repository: its file is what comes of it."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from git_clones import PATH, clone, git, in_remote, make_remote

from statusgen.cli.main import run

TEXT = (Path(__file__).parents[2] / "docs/writing.md").read_text(encoding="utf-8")
MOMENTS = ["10:05", "10:20", "10:34", "11:02", "11:10", "11:11", "11:12"]


def shown(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)


def test_the_commands_make_the_file_that_is_shown(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    remote = make_remote(tmp_path)
    page = clone(remote, "page")
    git(page, "rm", "-q", PATH)
    git(page, "commit", "-qm", "Nothing is wrong")
    monkeypatch.chdir(page)
    commands = [line for block in shown("sh") for line in block.splitlines()]
    for command, minute in zip(commands, MOMENTS, strict=True):
        program, *arguments = shlex.split(command)
        assert program == "statusgen"
        assert run([*arguments, "--no-input", "--now", f"2026-11-21T{minute}Z"]) == 0, command
    assert [in_remote(remote, PATH)] == shown("markdown")
    assert run(["check", "--now", "2026-11-21T11:12Z"]) == 0
    written = sorted(path.name for path in (page / "incidents").iterdir())
    assert written == [
        "2026-11-21-card-payments-fail.md",
        "2026-11-21-version-1-of-the-api-ends.md",
        "2026-12-05-database-upgrade.md",
        "weekly-maintenance.md",
    ]
