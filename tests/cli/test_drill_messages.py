"""`drill`: what channels would tell becomes files, and reaches nobody."""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from statusgen.cli.main import run

Pages = Callable[[Mapping[str, str]], Path]
Captured = pytest.CaptureFixture[str]

KEY = "age1" + "q" * 58
CONFIG = f"""\
page: {{name: Acme, url: https://status.acme.example, timezone: Europe/Berlin}}
components: [{{id: api, name: API}}, {{id: web, name: Web}}]
ledger: {{remote: "https://git.acme.example/told.git", token_env: LEDGER_TOKEN}}
subscribers: {{recipients: [{KEY}]}}
notify:
  - {{type: mail, server: smtp.acme.example, from: status@acme.example, subscribers: true,
     user_env: MAIL_USER, password_env: MAIL_PASSWORD, to: [customers@acme.example]}}
  - {{type: webhook, url_env: HOOK, secrets_env: [HOOK_KEY]}}
  - {{type: apprise, name: chat, url_env: SLACK}}
  - {{type: apprise, name: sms, form: sms, url_env: SMS}}
  - {{type: apprise, name: web-chat, components: [web], url_env: SLACK}}
  - {{type: listmonk, url: "https://lists.acme.example", user_env: U, token_env: T, lists: [1]}}
"""
SCENARIO = """\
title: Mail stands still
over: 30m
impact: minor
steps:
  - {who: Alarm, says: "{component}: mails wait."}
  - {after: 30m, who: Ola, says: All are sent.}
"""
ANSWERS = """\
open "Confirmation mails are late" -c api=degraded -m "Confirmation mails come late." --no-input
wait
resolve -m "Mails were late from 10:00 to 10:30 UTC. All are sent." --no-input
"""


@pytest.fixture
def messages(
    page_repository: Pages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Mapping[str, str]:
    """Play the drill, and return what it has written, by the names of the files."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a drill asks no host")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    kept = play(page_repository, tmp_path)
    return {path.name: path.read_text("utf-8") for path in (kept / "messages").iterdir()}


def play(page_repository: Pages, tmp_path: Path) -> Path:
    """Play the drill, and return its folder."""
    root = page_repository({"config.yml": CONFIG, "drills/mail.yml": SCENARIO})
    (tmp_path / "answers.txt").write_text(ANSWERS)
    kept = tmp_path / "kept"
    drilled = ["drill", "mail", "--root", str(root), "--script", str(tmp_path / "answers.txt")]
    assert run([*drilled, "--keep", str(kept), "--now", "2026-11-21 10:00 UTC"]) == 0
    return kept


def test_every_channel_that_hears_of_it_writes_each_event_once(
    messages: Mapping[str, str],
) -> None:
    texts = {name[4:] for name in messages if "component" not in name}
    assert texts == {
        f"{channel}-{kind}.txt"
        for channel in ("mail", "webhook", "chat", "sms", "listmonk")
        for kind in ("opened", "resolved")
    }


def test_every_message_says_that_it_is_a_drill(messages: Mapping[str, str]) -> None:
    assert [name for name, text in messages.items() if "DRILL" not in text] == []


def test_nobody_is_named_in_any_of_them(messages: Mapping[str, str]) -> None:
    assert "customers@acme.example" not in "".join(messages.values())
    assert "acme.example/told" not in "".join(messages.values())


def test_the_writer_is_told_who_tells_and_where_to_read_it(
    page_repository: Pages, tmp_path: Path, capsys: Captured
) -> None:
    play(page_repository, tmp_path)
    told = [line for line in capsys.readouterr().out.splitlines() if "Told by" in line]
    assert len(told) == 2
    assert told[0].startswith("10:00  Told by mail, webhook, chat, sms, listmonk; ")
    assert told[0].endswith("/messages")
