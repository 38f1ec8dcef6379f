"""A page is imported, checked and built: its API says what the source said.

The pages of our own run always; real ones run where they lie beside the repository.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner
from statuspage_round_trip import ALLOWED, ALLOWED_IN_ONE_INCIDENT, not_allowed

from statusgen.cli.main import commands

Json = dict[str, Any]
REAL = Path(__file__).parents[2].parent / "shared" / "accept" / "data"


class Ran(NamedTuple):
    """The end of a command, and what it printed."""

    code: int
    output: str


def run(*arguments: str | Path) -> Ran:
    result = CliRunner().invoke(commands, [str(one) for one in arguments], standalone_mode=False)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Ran(result.return_value or 0, result.output)


def real(name: str) -> Path:
    folder = REAL / name
    if not folder.is_dir():
        pytest.skip(f"{name} does not lie beside the repository")
    return folder


def files_below(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".statusgen" not in path.parts
    }


def imported(source: Path, root: Path) -> Ran:
    """Import twice: the second time nothing may change."""
    first = run("import", "statuspage", source, "--root", root)
    before = files_below(root)
    second = run("import", "statuspage", source, "--root", root)
    assert "Written: 0 files" in second.output
    assert files_below(root) == before
    return first


def built(root: Path, out: Path, now: str) -> Path:
    checked = run("check", "--root", root, "--now", now)
    assert checked.code == 0, checked.output
    assert run("build", "--root", root, "--out", out, "--now", now).code == 0
    return out / "api" / "v2"


def read(path: Path) -> Json:
    value: Json = json.loads(path.read_text(encoding="utf-8"))
    return value


def test_thirteen_years_of_a_real_page_come_through(tmp_path: Path) -> None:
    source = real("github-incidents-2010-2023") / "incidents"
    ran = imported(source, tmp_path / "page")
    assert ran.code == 0
    assert "Read: 1,282 incidents with 2,801 updates" in ran.output
    assert "Not understood: 0." in ran.output
    assert len(list((tmp_path / "page" / "incidents").rglob("*.md"))) == 1282
    api = built(tmp_path / "page", tmp_path / "site", "2023-10-06T03:00Z")
    found = [
        (path.name, difference)
        for path in sorted(source.iterdir())
        for difference in not_allowed(
            read(path),
            read(api / "incidents" / path.name),
            ALLOWED_IN_ONE_INCIDENT,
        )
    ]
    assert found == []


@pytest.mark.parametrize(
    ("name", "now"),
    [
        ("twilio-2020", "2020-06-16T21:00:29.031Z"),
        ("cloudamqp-2020", "2020-07-16T21:10:37.516Z"),
    ],
)
def test_a_real_summary_is_reproduced(name: str, now: str, tmp_path: Path) -> None:
    source = real(name)
    ran = imported(source / "summary.json", tmp_path / "page")
    assert ran.code == 0, ran.output
    api = built(tmp_path / "page", tmp_path / "site", now)
    assert not_allowed(read(source / "summary.json"), read(api / "summary.json"), ALLOWED) == []
