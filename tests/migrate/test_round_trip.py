"""A page is imported, checked and built: its API says what the source said.

The pages of our own run always; real ones run where they lie beside the repository.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from statuspage_page import incidents, maintenances, whole_page
from statuspage_round_trip import ALLOWED, ALLOWED_IN_ONE_INCIDENT, not_allowed
from statuspage_runs import Ran, files_in, run
from statuspage_source import write_json

Json = dict[str, Any]
REAL = Path(__file__).parents[2].parent / "shared" / "accept" / "data"


def real(name: str) -> Path:
    folder = REAL / name
    if not folder.is_dir():
        pytest.skip(f"{name} does not lie beside the repository")
    return folder


def imported(source: Path, root: Path) -> Ran:
    """Import twice: the second time nothing may change."""
    first = run("import", "statuspage", source, "--root", root)
    before = files_in(root)
    second = run("import", "statuspage", source, "--root", root)
    assert "Written: 0 files" in second.output
    assert files_in(root) == before
    return first


def built(root: Path, out: Path, now: str) -> Path:
    checked = run("check", "--root", root, "--now", now)
    assert checked.code == 0, checked.output
    assert run("build", "--root", root, "--out", out, "--now", now).code == 0
    return out / "api" / "v2"


def read(path: Path) -> Json:
    value: Json = json.loads(path.read_text(encoding="utf-8"))
    return value


@pytest.fixture(scope="module")
def own_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Import and build the page of our own once; return the folder of its API."""
    folder = tmp_path_factory.mktemp("own")
    ran = imported(write_json(folder / "source", whole_page()), folder / "page")
    assert ran.code == 0, ran.output
    return built(folder / "page", folder / "site", "2026-11-21T12:00Z")


@pytest.mark.parametrize("name", ["summary", "components"])
def test_our_own_page_is_reproduced(name: str, own_page: Path) -> None:
    source = whole_page()[f"{name}.json"]
    assert not_allowed(source, read(own_page / f"{name}.json"), ALLOWED) == []


@pytest.mark.parametrize(
    "source",
    [*incidents(), *maintenances()],
    ids=lambda source: str(source["id"]).strip("i0"),
)
def test_each_record_of_our_own_page_is_reproduced(source: Json, own_page: Path) -> None:
    ours = read(own_page / "incidents" / f"{source['id']}.json")["incident"]
    assert not_allowed({"incident": source}, {"incident": ours}, ALLOWED_IN_ONE_INCIDENT) == []


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
