"""Subscribers are told by the command, at a real mail server; and nothing else names them."""

from __future__ import annotations

import email
import os
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.policy import default
from pathlib import Path

import pytest
from config_edits import edit_config
from listmonk_host import TOKEN, USER, listmonk
from mail_servers import Inbox, mail_server
from notify_command import notify, write
from sample_histories import IDENTIFIED, MAINTENANCE, OPENED, RESOLVED

from statusgen.cli.main import run
from statusgen.model import Impact, Subscribers
from statusgen.notify.senders.mail import MailSender
from statusgen.notify.subscribers.age_file import AgeFile, KeyPair, new_keys
from statusgen.notify.subscribers.book import Book, Subscriber, write_book

CONFIG = """\
page: {{name: Acme, url: "https://status.acme.example", languages: [en, de]}}
components:
  - {{id: api, name: API}}
  - group: Payments
    components: [{{id: checkout, name: Checkout}}]
subscribers:
  recipients: [{public}]
  unsubscribe: https://acme.example/leave?token={{token}}
  mailbox: leave@acme.example
ledger: {{path: ../ledger}}
notify:
  - {{type: mail, server: 127.0.0.1, port: {port}, security: none, from: status@acme.example,
     subscribers: true, timeout: {timeout}}}
"""
SINCE = datetime(2026, 11, 1, tzinfo=UTC)
SECRET = "canary-of-the-link-secret"  # noqa: S105 (what must never be seen)

Pages = Callable[[dict[str, str]], Path]
Captured = pytest.CaptureFixture[str]


def person(
    name: str,
    *components: str,
    impact: Impact = Impact.NONE,
    language: str = "",
    confirmed: bool = True,
) -> Subscriber:
    address = f"canary-{name}@acme.example"
    return Subscriber(address, SINCE, components, impact, language, confirmed=confirmed)


PEOPLE = (
    person("all"),
    person("german", language="de"),
    person("checkout", "checkout"),
    person("group", "payments"),
    person("api", "api"),
    person("severe", impact=Impact.CRITICAL),
    person("pending", confirmed=False),
)
HEAR_OF_CHECKOUT = ["all", "checkout", "german", "group", "severe"]


@pytest.fixture(scope="module")
def keys() -> KeyPair:
    return new_keys()


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    with mail_server() as one:
        yield one


@pytest.fixture
def root(
    page_repository: Pages, inbox: Inbox, keys: KeyPair, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """Return a page that has begun to tell its subscribers."""
    monkeypatch.setenv("STATUSGEN_IDENTITY", keys.private)
    monkeypatch.setenv("STATUSGEN_LINK_SECRET", SECRET)
    text = CONFIG.format(public=keys.public, port=inbox.port, timeout="10s")
    made = page_repository({"config.yml": text})
    keep(made, keys, *PEOPLE)
    notify(made, "20 00:00")
    return made


def keep(root: Path, keys: KeyPair, *people: Subscriber) -> None:
    file = AgeFile(str(root), Subscribers(recipients=(keys.public,)), os.environ)
    file.write(Book("key", {one.identity: one for one in people}))


def got(inbox: Inbox) -> list[str]:
    """Return who has got a mail since this was asked last, by their names."""
    found = [one.recipients[0][len("canary-") :].partition("@")[0] for one in inbox.mails]
    inbox.mails.clear()
    return sorted(found)


def test_exactly_those_whom_it_concerns_are_told_of_each_event_once(
    root: Path, inbox: Inbox, capsys: Captured
) -> None:
    write(root, MAINTENANCE, "b")
    assert notify(root, "20 09:01") == 0
    assert got(inbox) == ["all", "api", "german", "severe"]
    text = ""
    for part, time in ((OPENED, "21 10:06"), (IDENTIFIED, "21 10:21"), (RESOLVED, "21 11:03")):
        text += part
        write(root, text)
        capsys.readouterr()
        assert notify(root, time) == 0
        assert capsys.readouterr().out.startswith("mail  told     1 event in 5 messages in ")
        assert got(inbox) == HEAR_OF_CHECKOUT
        assert notify(root, time) == 0
        assert got(inbox) == []


def test_each_is_told_in_her_language(root: Path, inbox: Inbox) -> None:
    write(root, OPENED)
    notify(root, "21 10:06")
    spoken = {
        one.recipients[0]: email.message_from_bytes(one.raw)["Content-Language"]
        for one in inbox.mails
    }
    assert spoken.pop("canary-german@acme.example") == "de"
    assert set(spoken.values()) == {"en"}


def test_addresses_beyond_ascii_are_reached(root: Path, inbox: Inbox) -> None:
    for address in ("用户@acme.example", "ada@bücher.example"):
        assert run(["subscribers", "add", "--root", str(root), "-c", "api", address]) == 0
    write(root, MAINTENANCE, "b")
    assert notify(root, "20 09:01") == 0
    reached = {one.recipients[0] for one in inbox.mails}
    assert {"用户@acme.example", "ada@xn--bcher-kva.example"} <= reached


def test_the_links_of_a_mail_remove_whom_it_was_sent_to(root: Path, inbox: Inbox) -> None:
    write(root, OPENED)
    notify(root, "21 10:06")
    mails = {one.recipients[0]: one.raw for one in inbox.mails}
    inbox.mails.clear()
    mail = email.message_from_bytes(mails["canary-group@acme.example"], policy=default)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link, box = re.findall("<(.*?)>", mail["List-Unsubscribe"])
    token = link.partition("token=")[2]
    assert box == f"mailto:leave@acme.example?subject=unsubscribe%20{token}"
    assert run(["subscribers", "remove", "--root", str(root), "--token", token]) == 0
    write(root, OPENED + IDENTIFIED)
    notify(root, "21 10:21")
    assert got(inbox) == [one for one in HEAR_OF_CHECKOUT if one != "group"]


def test_who_comes_later_is_told_of_what_happens_then(
    root: Path, inbox: Inbox, keys: KeyPair
) -> None:
    write(root, OPENED)
    notify(root, "21 10:06")
    got(inbox)
    keep(root, keys, *PEOPLE, person("new"))
    notify(root, "21 10:10")
    assert got(inbox) == []
    write(root, OPENED + IDENTIFIED)
    notify(root, "21 10:21")
    assert got(inbox) == sorted([*HEAR_OF_CHECKOUT, "new"])


def test_a_changed_secret_of_links_tells_nobody_twice(
    root: Path, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(root, OPENED)
    notify(root, "21 10:06")
    got(inbox)
    monkeypatch.setenv("STATUSGEN_LINK_SECRET", f"a-new-secret-of-links {SECRET}")
    notify(root, "21 10:10")
    assert got(inbox) == []


def test_a_line_that_cannot_be_read_is_told_and_the_others_get_their_mail(
    root: Path, inbox: Inbox, keys: KeyPair, capsys: Captured
) -> None:
    pyrage = pytest.importorskip("pyrage")
    text = write_book(Book("key", {one.identity: one for one in PEOPLE}))
    raw = pyrage.encrypt(
        f"{text}canary-lost@acme.example since=soon\n".encode(),
        [pyrage.x25519.Recipient.from_str(keys.public)],
    )
    (root / "subscribers.age").write_bytes(raw)
    write(root, OPENED)
    capsys.readouterr()
    assert notify(root, "21 10:06") == 0
    said = capsys.readouterr().out
    assert "Lines of the file of subscribers that cannot be read: 9.\n" in said
    assert "canary" not in said
    assert got(inbox) == HEAR_OF_CHECKOUT


@pytest.mark.parametrize(
    ("secret", "reason"),
    [
        ("STATUSGEN_IDENTITY=", "STATUSGEN_IDENTITY is not set"),
        ("STATUSGEN_IDENTITY=AGE-SECRET-KEY-1CANARY", "holds no private key of age"),
        ("STATUSGEN_LINK_SECRET=", "STATUSGEN_LINK_SECRET is not set"),
    ],
)
def test_without_its_secrets_nothing_is_sent_or_lost(
    root: Path, inbox: Inbox, capsys: Captured, secret: str, reason: str
) -> None:
    write(root, OPENED)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv(*secret.split("=", 1))
        capsys.readouterr()
        assert notify(root, "21 10:06") == 4
    said = capsys.readouterr()
    assert reason in said.err
    assert "CANARY" not in said.err + said.out
    assert got(inbox) == []
    assert notify(root, "21 10:07") == 0
    assert got(inbox) == HEAR_OF_CHECKOUT


def test_no_log_ledger_page_or_report_names_a_subscriber(
    root: Path, inbox: Inbox, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox.answers = {
        "canary-all@acme.example": "550 5.1.1 <canary-all@acme.example>: no such user",
        "canary-german@acme.example": "451 4.7.1 canary-german@acme.example is greylisted",
    }
    edit_config(root, "timeout: 10s", "timeout: 1s")
    write(root, OPENED)
    notify(root, "21 10:06", "--dry-run")
    notify(root, "21 10:06", "--dry-run", "--format", "json")
    notify(root, "21 10:06")
    notify(root, "21 10:07", "--format", "json")

    def broken(self: MailSender, post: object) -> None:
        raise RuntimeError(f"cannot send {post}")

    write(root, OPENED + IDENTIFIED)
    with monkeypatch.context() as patched:
        patched.setattr(MailSender, "send", broken)
        notify(root, "21 10:21")
    assert run(["build", "--root", str(root), "--out", str(root / "site")]) == 0
    said = capsys.readouterr()
    assert "no such user" in said.out + said.err
    for text in (said.out, said.err):
        assert "canary" not in text
    for path in root.parent.rglob("*"):
        assert path.is_dir() or b"canary" not in path.read_bytes(), path


def test_a_list_server_is_told_by_the_command(
    page_repository: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIST_USER", USER)
    monkeypatch.setenv("LIST_TOKEN", TOKEN)
    with listmonk() as host:
        channel = "type: listmonk, user_env: LIST_USER, token_env: LIST_TOKEN, lists: [3]"
        text = CONFIG.format(public=f"age1{'q' * 58}", port=1, timeout="1s").partition("subscr")[0]
        text += f"ledger: {{path: ../ledger}}\nnotify: [{{{channel}, url: '{host.url}'}}]\n"
        root = page_repository({"config.yml": text})
        assert notify(root, "20 00:00") == 0
        write(root, OPENED)
        assert notify(root, "21 10:06") == 0
        write(root, OPENED + IDENTIFIED)
        host.faults = [None, "lost"]
        assert notify(root, "21 10:21") == 0
        assert notify(root, "21 10:22") == 0
        subjects = [one["subject"] for one in host.sent]
        assert subjects == [
            f"[Acme] {one}: Card payments fail" for one in ("Investigating", "Identified")
        ]
