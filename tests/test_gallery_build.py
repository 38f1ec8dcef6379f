"""Whatever is wrong with one file, the build says so, shows it, and leaves the others alone."""

from __future__ import annotations

import json
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from folders import files_below
from gallery_cases import NOW, cases, lay_out, raw_of

from statusgen.build import Built, Order, build
from statusgen.content import parse_incident
from statusgen.problems import has_errors

CASES = [case for case in cases() if case.suffix in {".md", ".bytes"}]
RESOLVED = """\
---
title: An older incident
components: {checkout: partial_outage}
---

## Investigating · 2026-10-01 08:00 UTC

Payments fail for some.

## Resolved · 2026-10-01 09:00 UTC

They work again.
"""
PLANNED = """\
---
title: A planned maintenance
type: maintenance
starts: 2026-11-25 03:00 UTC
ends: 2026-11-25 04:00 UTC
components: [api]
created: 2026-11-18 09:00 UTC
---
"""
HEALTHY = {"incidents/older.md": RESOLVED, "incidents/planned.md": PLANNED}


def site_of(root: Path) -> tuple[Built, dict[str, bytes]]:
    """Build a page repository; return what came of it, and the files that it wrote."""
    out = root.parent / f"{root.name}-site"
    built = build(Order(str(root), str(out), NOW, leaves_note=False))
    return built, files_below(out)


def add_healthy(root: Path) -> None:
    for path, text in HEALTHY.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)


def own_files(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return the files that are about the healthy incidents only, or about none."""
    shared = (
        "assets/",
        "subscribe/",
        "404.html",
        "embed/script.js",
        "hosting/nginx.conf",
        "robots.txt",
        "_headers",
    )
    return {
        path: raw
        for path, raw in files.items()
        if path.startswith((*shared, "incidents/older/", "incidents/planned/"))
    }


@pytest.fixture(scope="module")
def without(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return the site as it is without any faulty file."""
    root = tmp_path_factory.mktemp("healthy") / "page"
    lay_out(CASES[0], root)
    (root / f"incidents/{CASES[0].stem}.md").unlink()
    add_healthy(root)
    built, files = site_of(root)
    assert not built.problems
    assert json.loads(files["api/statusgen/v1/summary.json"])["headline"]["state"] == "operational"
    return files


@pytest.mark.parametrize("case", CASES, ids=[case.stem for case in CASES])
def test_one_faulty_file_is_told_shown_and_harms_no_other(
    case: Path, tmp_path: Path, without: dict[str, bytes]
) -> None:
    root = tmp_path / "page"
    lay_out(case, root)
    add_healthy(root)
    built, files = site_of(root)
    said = case.with_suffix(".txt").read_text("utf-8")
    assert has_errors(built.problems) == (": error[" in said)
    assert own_files(files) == own_files(without)
    path = f"incidents/{case.stem}.md"
    reading = parse_incident(path, raw_of(case), ZoneInfo("Europe/Berlin"), ("api", "checkout"))
    if not reading.readable and reading.incident.audience == "public":
        headline = json.loads(files["api/statusgen/v1/summary.json"])["headline"]
        assert headline["state"] != "operational"
        assert "All systems operational" not in files["index.html"].decode()
        assert f"incidents/{reading.incident.id}/index.html" in files
