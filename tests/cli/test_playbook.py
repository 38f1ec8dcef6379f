"""`playbook`, and the texts that `init` and `check` know of."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from statusgen.cli.main import run

Pages = Callable[[Mapping[str, str]], Path]
Captured = pytest.CaptureFixture[str]

AT = ["--now", "2026-11-21T12:00Z"]
STILL = "---\ntitle: '{components}'\nreview: 2026-11-20\n---\n\nWe go on.\n"
VENDOR = """\
---
title: "{components}: outage"
use: A provider is down
status: identified
review: 2027-03-01
---

Trouble at {vendor}.
"""
GERMAN = "---\ntitle: Ausfall\nreview: 2027-02-01\n---\n\nStörung bei {vendor}.\n"
BOOK = {
    "playbook/still-working.md": STILL,
    "playbook/vendor-down.md": VENDOR,
    "playbook/vendor-down.de.md": GERMAN,
}


def output(root: Path, capsys: Captured, *arguments: str) -> str:
    assert run(["playbook", "--root", str(root), *AT, *arguments]) == 0
    return capsys.readouterr().out


def test_the_list_has_languages_the_first_review_and_what_is_past_it(
    page_repository: Pages, capsys: Captured
) -> None:
    assert output(page_repository(BOOK), capsys) == (
        "Incident\n"
        "  vendor-down    en de  2027-02-01  A provider is down\n"
        "  still-working  en     2026-11-20! {components}\n"
        "\n"
        "! should have been read again by that day\n"
    )


def test_one_text_is_shown_in_the_language_that_is_asked_for(
    page_repository: Pages, capsys: Captured
) -> None:
    assert output(page_repository(BOOK), capsys, "vendor", "--language", "de") == (
        "playbook/vendor-down.de.md (incident, identified; to be read again by 2027-02-01)\n"
        "A provider is down\n\nAusfall\n\nStörung bei {vendor}.\n"
    )


def test_programs_get_every_fact_of_each_text(page_repository: Pages, capsys: Captured) -> None:
    listed = json.loads(output(page_repository(BOOK), capsys, "--format", "json"))
    assert [(one["name"], one["language"], one["is_overdue"]) for one in listed] == [
        ("still-working", "en", True),
        ("vendor-down", "en", False),
        ("vendor-down", "de", False),
    ]
    assert listed[1]["placeholders"] == ["components", "vendor"]


def test_an_unknown_name_lists_what_there_is(page_repository: Pages, capsys: Captured) -> None:
    assert run(["playbook", "--root", str(page_repository(BOOK)), "vendro"]) == 2
    assert "There are: still-working, vendor-down." in capsys.readouterr().err


def test_what_is_wrong_with_one_text_hides_no_other(
    page_repository: Pages, capsys: Captured
) -> None:
    root = page_repository({**BOOK, "playbook/bad.md": "---\ntitle: [\n---\n"})
    assert run(["playbook", "--root", str(root), *AT]) == 0
    captured = capsys.readouterr()
    assert "vendor-down" in captured.out
    assert ": error[yaml-syntax]" in captured.err


def test_a_page_without_a_playbook_says_where_texts_come_from(
    page_repository: Pages, capsys: Captured
) -> None:
    root = page_repository({})
    assert "--add en" in output(root, capsys)
    assert output(root, capsys, "--add", "en").startswith("Wrote ")
    assert "vendor-down" in output(root, capsys)
    assert run(["check", "--root", str(root), *AT]) == 0


def test_texts_that_are_there_stay_as_they_are(page_repository: Pages, capsys: Captured) -> None:
    root = page_repository(BOOK)
    for language in ("en", "de"):
        output(root, capsys, "--add", language)
    assert (root / "playbook/vendor-down.md").read_text("utf-8") == VENDOR
    assert (root / "playbook/vendor-down.de.md").read_text("utf-8") == GERMAN
    assert (root / "playbook/security.de.md").is_file()
    assert output(root, capsys, "--add", "de") == "Nothing to add.\n"


def test_a_language_that_no_texts_come_in_is_told(page_repository: Pages, capsys: Captured) -> None:
    assert run(["playbook", "--root", str(page_repository({})), "--add", "fr"]) == 2
    assert "They come in: de, en, ru." in capsys.readouterr().err


def test_a_new_page_has_texts_in_its_languages(tmp_path: Path, capsys: Captured) -> None:
    root = tmp_path / "status"
    assert run(["init", str(root), "--language", "de", "--language", "en", *AT]) == 0
    assert "Anbieter" in (root / "playbook/vendor-down.md").read_text("utf-8")
    assert "provider" in (root / "playbook/vendor-down.en.md").read_text("utf-8")
    assert run(["check", "--root", str(root), *AT]) == 0


def test_check_warns_of_texts_to_be_read_again_from_the_day_after(
    page_repository: Pages, capsys: Captured
) -> None:
    root = page_repository(BOOK)
    for at, said in (("2026-11-20T22:59Z", False), ("2026-11-20T23:01Z", True)):  # Berlin
        assert run(["check", "--root", str(root), "--now", at]) == 0
        assert ("warning[review-due]" in capsys.readouterr().out) is said
