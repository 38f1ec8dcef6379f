"""The scripts of docs/subscribers.md, as they stand there, behind the servers that they are for."""

from __future__ import annotations

import os
import re
import shlex
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from subprocess import run
from textwrap import dedent
from typing import NamedTuple

import pytest
import requests
from servers import free_port, nginx, program, running

from statusgen.config import parse_config
from statusgen.model import Subscribers
from statusgen.notify.subscribers.age_file import AgeFile, new_keys
from statusgen.notify.subscribers.book import Book, Subscriber
from statusgen.notify.subscribers.unsubscribe_links import UnsubscribeLinks

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs/subscribers.md").read_text("utf-8")
FILES = dict(
    re.findall(r"<!-- file: (\S+) -->\n```\w+\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)
)
SECRET = "a-secret-of-removal-links"  # noqa: S105 (a test's own)
ADA, BO = "ada@acme.example", "bo@acme.example"


class Host(NamedTuple):
    """A machine with the scripts of the docs."""

    file: AgeFile
    folder: Path

    @property
    def left(self) -> list[str]:
        return list(self.file.read().book.subscribers)

    def token(self, address: str) -> str:
        return UnsubscribeLinks(Subscribers(), [SECRET]).token(address)


@pytest.fixture
def host(tmp_path: Path, page_repository: Callable[[dict[str, str]], Path]) -> Host:
    keys = new_keys()
    config = (
        "page: {name: Acme, url: https://status.acme.example}\n"
        f"subscribers: {{recipients: [{keys.public}], mailbox: leave@acme.example}}\n"
    )
    page = page_repository({"config.yml": config})
    run(["git", "init", "--quiet", page], check=True)
    file = AgeFile(
        str(page), Subscribers(recipients=(keys.public,)), {"STATUSGEN_IDENTITY": keys.private}
    )
    since = datetime(2026, 11, 26, 7, 0, tzinfo=UTC)
    file.write(Book("key", {one: Subscriber(one, since) for one in (ADA, BO)}))
    secrets = tmp_path / "subscribers.env"
    values = {
        **{name: value for name, value in os.environ.items() if name.startswith("GIT_")},
        "STATUSGEN_IDENTITY": keys.private,
        "STATUSGEN_LINK_SECRET": SECRET,
        "PATH": f"{tmp_path}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
    }
    lines = (f"{name}={shlex.quote(value)}\n" for name, value in values.items())
    secrets.write_text("".join(lines))
    own = {
        "/etc/statusgen/subscribers.env": str(secrets),
        "/srv/status": str(page),
    }
    scripts = {name: FILES[name] for name in ("unsubscribe.cgi", "unsubscribe-mail")}
    scripts["statusgen"] = f'#!/bin/sh\nexec {sys.executable} -m statusgen "$@"\n'
    for name, text in scripts.items():
        for theirs, ours in own.items():
            text = text.replace(theirs, ours)  # noqa: PLW2901 (one place after the other)
        (tmp_path / name).write_text(text)
        (tmp_path / name).chmod(0o755)
    return Host(file, tmp_path)


@pytest.fixture
def link(host: Host) -> Iterator[Callable[[str], str]]:
    """Give a function from a token to its link, at a server that runs the script."""
    if not program("nginx") or not program("fcgiwrap"):
        pytest.skip("needs nginx and fcgiwrap")
    port = free_port()
    lines = FILES["unsubscribe.conf"]
    for theirs, ours in {
        "unix:/run/fcgiwrap.socket": f"127.0.0.1:{port}",
        "/srv/cgi": str(host.folder),
        "include fastcgi_params": "include /etc/nginx/fastcgi_params",
    }.items():
        assert theirs in lines
        lines = lines.replace(theirs, ours)
    wrapper = [program("fcgiwrap") or "", "-s", f"tcp:127.0.0.1:{port}"]
    with running(wrapper, port), nginx(host.folder / "nginx", lines) as shown:
        yield lambda token: f"http://127.0.0.1:{shown}/unsubscribe?token={token}"


def test_a_click_removes_its_subscriber_and_looking_at_the_link_nobody(
    host: Host, link: Callable[[str], str]
) -> None:
    address = link(host.token(ADA))
    looked = requests.get(address, timeout=30)
    assert (looked.status_code, '<form method="post">' in looked.text) == (200, True)
    assert requests.head(address, timeout=30).status_code == 200
    assert host.left == [ADA, BO]
    # RFC 8058: what the button of a mail program sends
    clicked = requests.post(address, data={"List-Unsubscribe": "One-Click"}, timeout=30)
    assert (clicked.status_code, "Done" in clicked.text) == (200, True)
    assert host.left == [BO]
    again = requests.post(address, timeout=30)
    assert (again.status_code, "Done" in again.text) == (200, True)
    logged = run(
        ["git", "log", "--format=%s"], cwd=host.folder / "page", capture_output=True, check=True
    )
    assert logged.stdout == b"subscribers: remove 1\n"


def test_no_link_but_a_whole_one_of_ours_does_anything(
    host: Host, link: Callable[[str], str]
) -> None:
    whole = host.token(ADA)
    for token in ("", whole[:-1], f"{whole}x", f"{whole}%0A", "$(touch%20x)", "--help", "';rm x"):
        assert requests.post(link(token), timeout=30).status_code == 404
    assert requests.post(link("a" * 26), timeout=30).status_code == 200  # tells nobody who is there
    assert host.left == [ADA, BO]


def test_a_removal_that_failed_is_not_told_as_done(host: Host, link: Callable[[str], str]) -> None:
    (host.folder / "page/subscribers.age").write_bytes(b"damaged")
    said = requests.post(link(host.token(ADA)), timeout=30)
    assert (said.status_code, "Done" in said.text) == (503, False)


@pytest.mark.parametrize(
    "subject",
    ["Subject: unsubscribe {}", "SUBJECT: Re: unsubscribe {} thanks".replace("SUBJECT", "subject")],
)
def test_a_mail_removes_its_subscriber(host: Host, subject: str) -> None:
    mail = f"From: Ada <{ADA}>\n{subject.format(host.token(ADA).upper())}\n\nsee above\n"
    run([host.folder / "unsubscribe-mail"], input=mail.encode(), check=True)
    assert host.left == [BO]


def test_a_token_in_the_body_of_a_mail_is_nobodys_wish(host: Host) -> None:
    quoted = f"Subject: unsubscribe {host.token(ADA)}"
    mail = f"From: x@acme.example\nSubject: hello\n\n{quoted}\n"
    run([host.folder / "unsubscribe-mail"], input=mail.encode(), check=True)
    assert host.left == [ADA, BO]


def test_the_book_in_the_docs_is_one() -> None:
    from statusgen.notify.subscribers.book import parse_book, write_book

    (text,) = re.findall(r"```text\n(statusgen-subscribers.*?)```", TEXT, re.DOTALL)
    book, faults = parse_book(text)
    assert not faults
    assert write_book(book) == text


@pytest.mark.skipif(not program("age"), reason="age is not installed")
def test_git_shows_what_changed_in_the_file(host: Host) -> None:
    page = host.folder / "page"
    lines = (host.folder / "subscribers.env").read_text().splitlines()
    values = dict(line.split("=", 1) for line in lines)
    (host.folder / "key.txt").write_text(values["STATUSGEN_IDENTITY"])
    (commands,) = re.findall(r"```sh\n(git config diff.age.*?)```", TEXT, re.DOTALL)
    run(["sh", "-c", commands.replace("$HOME", str(host.folder))], cwd=page, check=True)
    run(["git", "add", "."], cwd=page, check=True)
    run(["git", "commit", "--quiet", "--message", "First"], cwd=page, check=True)
    host.file.write(host.file.read().book.without([ADA]))
    shown = run(["git", "diff"], cwd=page, capture_output=True, text=True, check=True).stdout
    assert f"\n-{ADA} since=2026-11-26T07:00:00Z\n" in shown
    assert f"\n {BO} since=" in shown


def test_what_the_docs_write_into_config_is_understood() -> None:
    blocks = re.findall(r"^ *```yaml\n(.*?)^ *```$", TEXT, re.DOTALL | re.MULTILINE)
    assert len(blocks) == 2
    page = (
        'page: {name: Acme, url: "https://status.acme.example"}\n'
        "components: [{group: Payments, components: [{id: cards, name: Cards}]}]\n"
        "ledger: {path: ../ledger}\n"
    )
    for text in blocks:
        config, problems = parse_config(page + dedent(text))
        assert config is not None
        assert not problems


def test_git_merges_what_two_people_changed(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    page = host.folder / "page"
    lines = (host.folder / "subscribers.env").read_text().splitlines()
    for name, value in (line.split("=", 1) for line in lines if line.startswith("STATUSGEN")):
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PATH", f"{host.folder}:{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    (commands,) = re.findall(r"```sh\n(git config diff.age.*?)```", TEXT, re.DOTALL)

    def git(*arguments: str) -> None:
        run(["git", *arguments], cwd=page, check=True, capture_output=True)

    run(["sh", "-c", commands], cwd=page, check=True)
    git("add", ".")
    git("commit", "--quiet", "--message", "First")
    git("checkout", "--quiet", "-b", "other")
    book = host.file.read().book
    changed = book.subscribers[BO]._replace(components=("api",))
    host.file.write(book.with_all([changed, changed._replace(address="cy@acme.example")]))
    git("commit", "--quiet", "--all", "--message", "Theirs")
    git("checkout", "--quiet", "-")
    host.file.write(book.without([ADA]))
    git("commit", "--quiet", "--all", "--message", "Ours")
    git("merge", "--quiet", "--message", "Both", "other")
    assert host.left == [BO, "cy@acme.example"]
    assert host.file.read().book.subscribers[BO].components == ("api",)
