from __future__ import annotations

import json
from pathlib import Path

import pytest
from config_edits import edit_config
from subscribers_command import ADA, AT, subscribers

Captured = pytest.CaptureFixture[str]


def test_a_list_counts_and_names_nobody(root: Path, capsys: Captured) -> None:
    subscribers(root, "add", "-c", "api", ADA)
    subscribers(root, "add", "-c", "payments", "-c", "api", "--language", "de", "bo@acme.example")
    subscribers(root, "add", "--unconfirmed", "cy@acme.example")
    capsys.readouterr()
    assert subscribers(root, "list") == 0
    said = capsys.readouterr().out
    assert said.startswith("3 subscribers, 1 of them unconfirmed\n  everything: 1\n")
    assert "  api: 2\n  payments: 1\n" in said
    assert "@" not in said


def test_a_list_tells_what_the_page_has_no_more(root: Path, capsys: Captured) -> None:
    subscribers(root, "add", "-c", "checkout", ADA)
    edit_config(root, "id: checkout", "id: pay")
    capsys.readouterr()
    assert subscribers(root, "list") == 0
    assert "  checkout: 1 (the page has no such component)\n" in capsys.readouterr().out


def test_addresses_are_listed_when_asked_for(root: Path, capsys: Captured) -> None:
    subscribers(root, "add", *AT, "-c", "api", ADA)
    capsys.readouterr()
    subscribers(root, "list", "--addresses")
    assert capsys.readouterr().out == f"{ADA} since=2026-11-26T07:00:00Z components=api\n"
    subscribers(root, "list", "--addresses", "--format", "json")
    said = json.loads(capsys.readouterr().out)
    assert (said["subscribers"], said["addresses"]) == (1, [ADA])
