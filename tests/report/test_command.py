"""`statusgen report`: what a person types."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from statusgen.cli.main import run

Pages = Callable[..., Path]
Captured = pytest.CaptureFixture[str]

AT = ["--now", "2026-11-21T12:00Z"]
INCIDENT = """\
---
title: Card payments fail
components: {checkout: major_outage}
---

## Investigating · 2026-10-05 10:00 UTC

Text.

## Resolved · 2026-10-05 11:00 UTC

Text.
"""
INTERNAL = INCIDENT.replace("title: Card payments fail", "title: Canary\naudience: internal")


@pytest.fixture
def root(page_repository: Pages) -> Path:
    return page_repository({"incidents/cards.md": INCIDENT, "incidents/staff.md": INTERNAL})


def test_without_a_period_it_is_the_last_full_month(root: Path, capsys: Captured) -> None:
    assert run(["report", "--root", str(root), *AT]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Acme: October 2026\n")
    assert "Checkout" in out


def test_a_period_that_is_none_is_wrong_usage(root: Path, capsys: Captured) -> None:
    assert run(["report", "--root", str(root), *AT, "--period", "october"]) == 2
    assert "write it like 2026-10" in capsys.readouterr().err


def test_a_language_that_the_page_does_not_have_is_wrong_usage(
    root: Path, capsys: Captured
) -> None:
    assert run(["report", "--root", str(root), *AT, "--language", "fr"]) == 2
    assert "the page has no language 'fr'; it has en" in capsys.readouterr().err


def test_the_same_report_is_the_same_bytes(root: Path, tmp_path: Path) -> None:
    for form in ("text", "markdown", "html", "csv", "json"):
        files = [tmp_path / f"{name}.{form}" for name in ("one", "two")]
        for file in files:
            arguments = ["--format", form, "--out", str(file)]
            assert run(["report", "--root", str(root), *AT, *arguments]) == 0
        assert files[0].read_bytes() == files[1].read_bytes() != b""


def test_only_the_internal_report_knows_what_is_internal(root: Path, capsys: Captured) -> None:
    for audience, number in (("public", 1), ("internal", 2)):
        for form in ("text", "markdown", "html", "csv", "json"):
            arguments = ["--format", form, "--audience", audience, "--table", "incidents"]
            assert run(["report", "--root", str(root), *AT, *arguments]) == 0
            out = capsys.readouterr().out
            assert ("Canary" in out) == (audience == "internal")
            if form == "json":
                assert json.loads(out)["figures"]["incidents"] == number


def test_a_file_that_cannot_be_written_is_told(root: Path, capsys: Captured) -> None:
    out = str(root / "not" / "there.html")
    assert run(["report", "--root", str(root), *AT, "--format", "html", "--out", out]) == 4
    assert "there.html" in capsys.readouterr().err
