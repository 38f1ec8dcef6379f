"""The way of docs/notify.md from nothing to a first message, gone with local receivers."""

from __future__ import annotations

import re
import shlex
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
import yaml
from acme_site import ROOT
from chat_receiver import Receiver, bring_here
from mail_servers import PASSWORD, USER, certificates, mail_server

from statusgen.cli.main import run

TEXT = (ROOT / "docs" / "notify.md").read_text("utf-8")
FIRST = TEXT.partition("## The first message\n")[2].partition("\n## ")[0]
COMMAND = re.compile(r"^statusgen ([^#\n]*)", re.MULTILINE)
CONFIG = """\
page: {name: Acme, url: https://status.acme.example}
components: [{id: checkout, name: Checkout}]
"""


def block(language: str, number: int = 0) -> str:
    found = list(re.finditer(rf"```{language}\n(.*?)^```", FIRST, re.DOTALL | re.MULTILINE))
    return found[number][1]


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_the_commands_that_are_shown_bring_a_message_to_slack_and_a_mail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page"
    page.mkdir()
    known = certificates(tmp_path)
    slack = Receiver()
    bring_here(monkeypatch, slack)
    monkeypatch.setenv("SSL_CERT_FILE", str(known.authority))
    monkeypatch.setenv("SMTP_USER", USER)
    monkeypatch.setenv("SMTP_PASSWORD", PASSWORD)
    address = re.search(r"^export SLACK_URL=(\S+)", FIRST, re.MULTILINE)
    assert address
    monkeypatch.setenv("SLACK_URL", address[1])
    monkeypatch.chdir(page)
    with mail_server(known.server, asks=True) as inbox:
        channels = block("yaml").replace(
            "server: smtp.acme.example", f"server: localhost\n    port: {inbox.port}"
        )
        (page / "config.yml").write_text(CONFIG + channels)
        assert run(["check"]) == 0
        codes = [run(shlex.split(line)) for line in COMMAND.findall(FIRST)]
    assert set(codes) == {0}
    subjects = [message_from_bytes(mail.raw, policy=default)["Subject"] for mail in inbox.mails]
    assert subjects == ["[Acme] Notice: Test of 'mail'", "[Acme] Investigating: Card payments fail"]
    assert len(slack.requests) == 2
    assert b"Card payments fail" in slack.requests[1].body
    shown = re.sub(r"\d\.\d s", "N s", block("text"))
    assert shown in re.sub(r"\d\.\d s", "N s", capsys.readouterr().out)
    slack.close()


def test_the_other_ledger_that_is_shown_is_one() -> None:
    assert set(yaml.safe_load(block("yaml", 1))["ledger"]) == {"remote", "token_env"}
