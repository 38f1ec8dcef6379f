from __future__ import annotations

from pathlib import Path

import pytest
from subscribers_command import ADA, AT, kept, subscribers, token_of

Captured = pytest.CaptureFixture[str]


def test_who_is_added_is_kept_with_what_she_chose(root: Path, capsys: Captured) -> None:
    chosen = ("-c", "API", "-c", "payments", "--impact", "major", "--language", "de")
    assert subscribers(root, "add", *AT, *chosen, "Ada@ACME.example", "bo@acme.example") == 0
    since = "since=2026-11-26T07:00:00Z"
    assert kept(root) == [
        f"Ada@acme.example {since} components=api,payments impact=major language=de",
        f"bo@acme.example {since} components=api,payments impact=major language=de",
    ]
    assert capsys.readouterr().out == "Added 2; 2 subscribers now.\n"


def test_added_again_only_what_is_given_changes(root: Path, capsys: Captured) -> None:
    subscribers(root, "add", *AT, "-c", "api", "--language", "de", ADA)
    subscribers(root, "add", "--now", "2026-11-27T07:00:00Z", "-c", "checkout", ADA)
    assert kept(root) == [f"{ADA} since=2026-11-27T07:00:00Z components=checkout language=de"]
    before = (root / "subscribers.age").read_bytes()
    capsys.readouterr()
    assert subscribers(root, "add", ADA) == 0
    assert capsys.readouterr().out == "Added 0, 1 as before; 1 subscriber now.\n"
    assert (root / "subscribers.age").read_bytes() == before


def test_who_has_not_confirmed_does_so_by_being_added_again(root: Path) -> None:
    subscribers(root, "add", *AT, "--unconfirmed", "-c", "api", ADA)
    assert kept(root) == [f"{ADA} since=2026-11-26T07:00:00Z components=api unconfirmed"]
    subscribers(root, "add", *AT, ADA)
    assert kept(root) == [f"{ADA} since=2026-11-26T07:00:00Z components=api"]


def test_a_form_filled_in_by_somebody_else_stops_nobodys_mail(root: Path) -> None:
    subscribers(root, "add", *AT, ADA)
    subscribers(root, "add", "--unconfirmed", "-c", "api", ADA)
    assert kept(root) == [f"{ADA} since=2026-11-26T07:00:00Z"]


def test_addresses_come_from_stdin(
    root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "in").write_text("ada@acme.example\n\n bo@acme.example\n")
    with (tmp_path / "in").open() as stream:
        monkeypatch.setattr("sys.stdin", stream)
        subscribers(root, "add", "-")
    assert len(kept(root)) == 2


def test_wrong_addresses_are_told_all_at_once_and_nothing_is_added(
    root: Path, capsys: Captured
) -> None:
    assert subscribers(root, "add", "ada", ADA, "bo@acme") == 2
    said = capsys.readouterr().err
    assert "Address 1: an address has an '@'." in said
    assert "Address 3: its domain ends too early" in said
    assert not (root / "subscribers.age").exists()


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("-c", "apo", "there is no component 'apo'; did you mean 'api'?"),
        ("--language", "fr", "the page has no 'fr'; it has en, de."),
        ("--impact", "huge", "'huge' is not one of"),
    ],
)
def test_a_choice_that_there_is_not_is_wrong_usage(
    root: Path, capsys: Captured, option: str, value: str, said: str
) -> None:
    assert subscribers(root, "add", option, value, ADA) == 2
    assert said in capsys.readouterr().err


def test_an_address_is_removed_however_it_is_written(root: Path, capsys: Captured) -> None:
    subscribers(root, "add", ADA, "bo@acme.example")
    capsys.readouterr()
    assert subscribers(root, "remove", "ADA@Acme.Example") == 0
    assert capsys.readouterr().out == "Removed 1; 1 subscriber now.\n"


def test_removing_who_is_not_there_is_said(root: Path, capsys: Captured) -> None:
    subscribers(root, "add", ADA)
    assert subscribers(root, "remove", ADA, "bo@acme.example") == 1
    assert "Not there: 1" in capsys.readouterr().err
    assert kept(root) == []


def test_a_removal_link_removes_its_subscriber_once(root: Path, capsys: Captured) -> None:
    subscribers(root, "add", ADA, "bo@acme.example")
    token = token_of(ADA)
    assert subscribers(root, "remove", "--token", token) == 0
    assert [line.split()[0] for line in kept(root)] == ["bo@acme.example"]
    assert subscribers(root, "remove", "--token", token) == 0
    assert "Nobody has that token, or nobody any more." in capsys.readouterr().err


def test_a_forged_link_removes_nobody(root: Path) -> None:
    subscribers(root, "add", ADA)
    for token in ("a" * 26, token_of(ADA, "x" * 20), ADA):
        assert subscribers(root, "remove", "--token", token) == 0
    assert len(kept(root)) == 1


def test_without_a_secret_links_are_not_checked(
    root: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("STATUSGEN_LINK_SECRET")
    assert subscribers(root, "remove", "--token", "a" * 26) == 4
    assert "STATUSGEN_LINK_SECRET is not set" in capsys.readouterr().err
