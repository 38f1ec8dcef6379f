from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from terminal import Terminal

from statusgen.cli.main import run
from statusgen.model import Subscribers
from statusgen.notify.subscribers.age_file import AgeFile, KeyPair, new_keys
from statusgen.notify.subscribers.book import write_book
from statusgen.notify.subscribers.unsubscribe_links import UnsubscribeLinks

CONFIG = """\
page: {name: Acme, url: https://status.acme.example, languages: [en, de]}
components:
  - {id: api, name: API}
  - group: Payments
    components: [{id: checkout, name: Checkout}]
subscribers:
  recipients: [PUBLIC]
  unsubscribe: https://acme.example/leave?token={token}
"""
SECRET = "canary-of-the-link-secret"  # noqa: S105 (what must never be seen)
CANARY = "canary-9e1f@acme.example"

Pages = Callable[[dict[str, str]], Path]
Captured = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def keys() -> KeyPair:
    return new_keys()


@pytest.fixture
def root(page_repository: Pages, keys: KeyPair, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STATUSGEN_IDENTITY", keys.private)
    monkeypatch.setenv("STATUSGEN_LINK_SECRET", SECRET)
    return page_repository({"config.yml": CONFIG.replace("PUBLIC", keys.public)})


def subscribers(root: Path, command: str, *arguments: str) -> int:
    return run(["subscribers", command, "--root", str(root), *arguments])


def kept(root: Path) -> list[str]:
    """Return the lines of the file."""
    settings = Subscribers(recipients=())
    book = AgeFile(str(root), settings, os.environ).read().book
    return write_book(book).splitlines()[1:]


ADA = "ada@acme.example"
AT = ("--now", "2026-11-26T07:00:00Z")


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
    token = UnsubscribeLinks(Subscribers(), [SECRET]).token(ADA)
    assert subscribers(root, "remove", "--token", token) == 0
    assert [line.split()[0] for line in kept(root)] == ["bo@acme.example"]
    assert subscribers(root, "remove", "--token", token) == 0
    assert "Nobody has that token, or nobody any more." in capsys.readouterr().err


def test_a_forged_link_removes_nobody(root: Path) -> None:
    subscribers(root, "add", ADA)
    for token in ("a" * 26, UnsubscribeLinks(Subscribers(), ["x" * 20]).token(ADA), ADA):
        assert subscribers(root, "remove", "--token", token) == 0
    assert len(kept(root)) == 1


def test_without_a_secret_links_are_not_checked(
    root: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("STATUSGEN_LINK_SECRET")
    assert subscribers(root, "remove", "--token", "a" * 26) == 4
    assert "STATUSGEN_LINK_SECRET is not set" in capsys.readouterr().err


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
    config = root / "config.yml"
    config.write_text(config.read_text().replace("id: checkout", "id: pay"))
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


def test_the_file_alone_is_committed(root: Path, capsys: Captured) -> None:
    git = ["git", "-C", str(root)]
    subprocess.run([*git, "init", "--quiet"], check=True)
    (root / "notes.txt").write_text("mine")
    assert subscribers(root, "add", "--commit", ADA) == 0
    shown = subprocess.run(
        [*git, "show", "--format=%s", "--name-only"], capture_output=True, text=True, check=True
    )
    assert shown.stdout.split("\n\n") == ["subscribers: add 1", "subscribers.age\n"]


def test_a_commit_that_fails_leaves_the_file_and_says_so(root: Path, capsys: Captured) -> None:
    assert subscribers(root, "add", "--commit", ADA) == 4
    assert "subscribers.age is written, but not committed" in capsys.readouterr().err
    assert len(kept(root)) == 1


def test_the_wrong_key_and_a_damaged_file_have_sentences_of_their_own(
    root: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribers(root, "add", ADA)
    capsys.readouterr()
    monkeypatch.setenv("STATUSGEN_IDENTITY", new_keys().private)
    assert subscribers(root, "list") == 4
    assert capsys.readouterr().err == (
        "Error: subscribers.age is not encrypted for the key in STATUSGEN_IDENTITY.\n"
    )
    (root / "subscribers.age").write_bytes(b"age-encryption.org/v1\n")
    assert subscribers(root, "list") == 1
    assert "is damaged" in capsys.readouterr().err


def test_a_line_that_cannot_be_read_is_not_lost_by_a_change(
    root: Path, keys: KeyPair, capsys: Captured
) -> None:
    pyrage = pytest.importorskip("pyrage")
    text = f"statusgen-subscribers 1 key=k\n{ADA} since=2026-11-26T07:00:00Z impct=major\n"
    raw = pyrage.encrypt(text.encode(), [pyrage.x25519.Recipient.from_str(keys.public)])
    (root / "subscribers.age").write_bytes(raw)
    assert subscribers(root, "add", "bo@acme.example") == 1
    said = capsys.readouterr().err
    assert "subscribers.age:2: a word that is none of since" in said
    assert ADA not in said
    assert (root / "subscribers.age").read_bytes() == raw


def test_without_subscribers_in_config_it_says_how_to_begin(
    page_repository: Pages, capsys: Captured
) -> None:
    assert subscribers(page_repository({}), "list") == 2
    assert "'statusgen subscribers key' prints what to write" in capsys.readouterr().err


def test_other_keys_read_the_file_once_it_is_encrypted_for_them(
    root: Path, keys: KeyPair, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribers(root, "add", ADA)
    new = new_keys()
    config = root / "config.yml"
    config.write_text(config.read_text().replace(keys.public, new.public))
    assert subscribers(root, "key", "--renew") == 0
    assert subscribers(root, "list") == 4
    monkeypatch.setenv("STATUSGEN_IDENTITY", new.private)
    assert subscribers(root, "list") == 0


def test_keys_are_not_printed_into_logs(root: Path, capsys: Captured) -> None:
    assert subscribers(root, "key") == 2
    said = capsys.readouterr()
    assert "AGE-SECRET-KEY" not in said.out + said.err


def test_a_key_file_is_for_its_owner_only_and_opens_what_config_says(
    root: Path, tmp_path: Path, capsys: Captured
) -> None:
    out = tmp_path / "keys.env"
    assert subscribers(root, "key", "--out", str(out)) == 0
    said = capsys.readouterr().out
    assert "AGE-SECRET-KEY" not in said
    assert "recipients: [age1" in said
    assert out.stat().st_mode & 0o777 == 0o600
    values = dict(line.split("=") for line in out.read_text().splitlines())
    assert values["STATUSGEN_IDENTITY"].startswith("AGE-SECRET-KEY-1")
    assert len(values["STATUSGEN_LINK_SECRET"]) == 26


# ── nobody's address gets out ─────────────────────────────────────────────────────────────────


def test_no_command_tells_an_address_that_it_was_not_asked_for(
    root: Path, capsys: Captured, tmp_path: Path
) -> None:
    table = tmp_path / "list.csv"
    table.write_text(f"email,components\n{CANARY},{CANARY}\n{CANARY}.,\n")
    token = UnsubscribeLinks(Subscribers(), [SECRET]).token(CANARY)
    for command in (
        ["add", CANARY],
        ["add", CANARY],
        ["add", f"{CANARY} "],
        ["add", f"<{CANARY}>"],
        ["add", "-c", CANARY, CANARY],
        ["list"],
        ["list", "--format", "json"],
        ["import", str(table)],
        ["remove", f"x{CANARY}"],
        ["remove", "--token", token],
        ["remove", "--token", CANARY],
    ):
        subscribers(root, *command)
    said = capsys.readouterr()
    for secret in ("canary-9e1f", "AGE-SECRET-KEY", SECRET, token):
        assert secret not in said.out + said.err
    for path in root.rglob("*"):
        assert path.is_dir() or b"canary-9e1f" not in path.read_bytes()


def test_a_bug_report_names_nobody(
    root: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(text: str) -> object:
        raise RuntimeError(f"cannot handle {text}")

    subscribers(root, "add", CANARY)
    monkeypatch.setattr("statusgen.notify.subscribers.age_file.parse_book", broken)
    assert subscribers(root, "add", CANARY) == 70
    said = capsys.readouterr().err
    assert "RuntimeError: cannot handle statusgen-subscribers 1" in said
    assert "canary-9e1f" not in said


# ── at a real terminal ────────────────────────────────────────────────────────────────────────


@pytest.fixture
def terminal(root: Path) -> Iterator[Terminal]:
    """Yield a shell in the page repository."""
    program = root.parent / "bin/statusgen"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m statusgen "$@"\n')
    program.chmod(0o755)
    environment = {
        **os.environ,
        "PATH": f"{program.parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "TERM": "xterm",
        "PS1": "page$ ",
    }
    del environment["STATUSGEN_IDENTITY"], environment["STATUSGEN_LINK_SECRET"]
    with Terminal(["bash", "--norc", "-i"], root, environment) as one:
        one.until("page$ ")
        yield one


def test_from_no_key_to_a_subscriber_who_leaves_at_a_terminal(
    root: Path, terminal: Terminal, keys: KeyPair
) -> None:
    terminal.type("statusgen subscribers key")
    terminal.until("nobody can show them again:")
    printed = terminal.until("page$ ")
    lines = dict(line.split("=", 1) for line in printed.splitlines() if "=" in line)
    public = printed.partition("recipients: [")[2].partition("]")[0]
    config = root / "config.yml"
    config.write_text(config.read_text().replace(keys.public, public))
    for name, value in lines.items():
        terminal.type(f"export {name}={value}")
        terminal.until("page$ ")
    terminal.type("statusgen subscribers add -c payments ada@acme.example bo@acme.example")
    terminal.until("Added 2; 2 subscribers now.")
    terminal.type("statusgen subscribers list --addresses")
    terminal.until("ada@acme.example since=")
    terminal.until("page$ ")
    terminal.type("statusgen subscribers remove nobody@acme.example; echo ended with $?")
    terminal.until("Not there: 1.")
    terminal.until("ended with 1")
    token = UnsubscribeLinks(Subscribers(), [lines["STATUSGEN_LINK_SECRET"].strip()]).token(ADA)
    terminal.type(f"statusgen subscribers remove --token {token}")
    terminal.until("Removed 1; 1 subscriber now.")
    terminal.type("statusgen subscribers export")
    terminal.until("bo@acme.example,payments,,,")
    settings = Subscribers(recipients=(public,))
    read = AgeFile(str(root), settings, {k: v.strip() for k, v in lines.items()}).read()
    assert list(read.book.subscribers) == ["bo@acme.example"]
