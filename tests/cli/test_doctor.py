from __future__ import annotations

import json
import os
import re
import socket
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from releases import ONE, TWO, lay_out
from served import Host
from statuspage_host import hosted

from statusgen.cli.main import run

SUMMARY = "/api/statusgen/v1/summary.json"
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)

Pages = Callable[[dict[str, str]], Path]
Make = Callable[..., tuple[Path, Host]]


@pytest.fixture
def make(page_repository: Pages) -> Make:
    """Make a page repository whose page is served by a host of this machine."""

    def page(
        more: str = "", *, due: datetime | None = None, clock: datetime = NOW
    ) -> tuple[Path, Host]:
        summary = {"next_change_at": due and due.isoformat()}
        host = Host({SUMMARY: json.dumps(summary).encode()}, now=clock)
        config = f"page: {{name: Acme, url: '{host.url}'}}\n{more}"
        return page_repository({"config.yml": config}), host

    return page


def doctor(root: Path, *arguments: str) -> int:
    return run(["doctor", "--root", str(root), "--now", NOW.isoformat(), *arguments])


def test_a_page_on_the_product_s_own_host_is_found(
    make: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    root, host = make("components: [{id: api, name: API, probe: {url: 'http://127.0.0.1/'}}]\n")
    assert doctor(root) == 4
    host.close()
    assert "✗ the page and component 'api': both are 127.0.0.1" in capsys.readouterr().out


def test_another_name_at_the_same_address_is_found(
    make: Make, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = socket.getaddrinfo

    def here(host: str, *arguments: object, **named: object) -> object:
        known = "127.0.0.1" if host == "api.acme.example" else host
        return real(known, *arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", here)
    root, host = make()
    assert doctor(root, "--product", "http://api.acme.example/") == 4
    host.close()
    assert "both answer at 127.0.0.1: one machine" in capsys.readouterr().out


def test_without_an_address_of_the_product_it_says_how_to_give_one(
    make: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    root, host = make()
    assert doctor(root) == 0
    host.close()
    assert "✓ no component has a probe: --product tells" in capsys.readouterr().out


def test_a_clock_that_is_off_is_found(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    root, host = make(clock=NOW + timedelta(minutes=6))
    assert doctor(root) == 4
    host.close()
    said = capsys.readouterr().out
    assert "✗ this machine's clock and the page's host's are 6 min apart [clock]" in said


@pytest.mark.parametrize(("late", "code"), [(59, 0), (61, 4)])
def test_a_page_that_should_have_been_built_anew_is_found(
    make: Make, capsys: pytest.CaptureFixture[str], late: int, code: int
) -> None:
    root, host = make(due=NOW - timedelta(minutes=late))
    assert doctor(root) == code
    host.close()
    said = capsys.readouterr().out
    assert ("should have been built anew 1 h 1 min ago" in said) == (code == 4)


def test_a_page_that_cannot_be_reached_is_found(
    page_repository: Pages, capsys: pytest.CaptureFixture[str]
) -> None:
    root = page_repository({"config.yml": "page: {name: A, url: 'https://nowhere.invalid'}\n"})
    assert doctor(root) == 4
    said = capsys.readouterr().out
    assert "https://nowhere.invalid: the name nowhere.invalid has no address" in said


def test_an_address_at_which_something_else_is_served_is_found(
    page_repository: Pages, capsys: pytest.CaptureFixture[str]
) -> None:
    host = Host({SUMMARY: b"<html>"}, now=NOW)
    root = page_repository({"config.yml": f"page: {{name: A, url: '{host.url}/'}}\n"})
    assert doctor(root) == 4
    host.close()
    assert f"✗ {host.url}{SUMMARY} is not one of statusgen's" in capsys.readouterr().out


def test_a_secret_that_is_not_set_is_found(
    make: Make, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PAGES_TOKEN", raising=False)
    root, host = make(
        "publish: [{type: git, remote: 'https://git.invalid/a.git', token_env: PAGES_TOKEN}]\n"
    )
    assert doctor(root) == 4
    host.close()
    said = capsys.readouterr().out
    assert "✗ git: the environment variable PAGES_TOKEN is not set [target]" in said


def test_a_target_says_its_release_and_its_age(
    make: Make, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    root, host = make("publish: [{type: directory, path: web}]\n")
    assert doctor(root) == 0
    assert "! directory: nothing is published yet" in capsys.readouterr().out
    early = (NOW - timedelta(hours=3)).isoformat()
    assert run(["publish", "--root", str(root), "--now", early]) == 0
    capsys.readouterr()
    assert doctor(root) == 0
    host.close()
    assert "✓ directory: release 1, 3 h old [target]" in capsys.readouterr().out


def test_a_token_that_may_do_more_than_it_must_is_found(
    make: Make, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAGES_TOKEN", "canary-token")
    monkeypatch.setenv("GIT_ALLOW_PROTOCOL", "file:http")
    with hosted() as git_host:
        git_host.serve("/api/v4/version", {"message": "401 Unauthorized"}, status=401)
        git_host.serve("/api/v4/personal_access_tokens/self", {"scopes": ["api"]})
        remote = f"{git_host.url}/acme/status.git"
        root, host = make(f"publish: [{{type: git, remote: '{remote}', token_env: PAGES_TOKEN}}]\n")
        assert doctor(root) == 4  # the target itself does not answer
        host.close()
    said = capsys.readouterr()
    assert "! git: the token (api) may do more than push" in said.out
    assert "canary-token" not in said.out + said.err


@pytest.mark.parametrize(("days", "mark"), [(10, "✓"), (55, "!")])
def test_a_schedule_that_the_host_may_have_switched_off_is_found(
    make: Make, capsys: pytest.CaptureFixture[str], days: int, mark: str
) -> None:
    root, host = make()
    (root / ".github/workflows").mkdir(parents=True)
    (root / ".github/workflows/status.yml").write_text("on: {schedule: [{cron: '7 * * * *'}]}\n")
    (root / ".github/workflows/late.yml").write_text("on:\n  schedule:\n    - cron: '7 * * * *'\n")
    at = f"{int((NOW - timedelta(days=days)).timestamp())} +0000"
    environment = {**os.environ, "GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": at}
    identity = ["-c", "user.name=a", "-c", "user.email=a@a.example"]
    for arguments in (["init", "-q"], ["add", "."], [*identity, "commit", "-qm", "x"]):
        subprocess.run(["git", "-C", root, *arguments], check=True, env=environment)
    assert doctor(root) == 0
    host.close()
    said = capsys.readouterr().out
    assert f"{mark} .github/workflows/late.yml, .github/workflows/status.yml: " in said


def test_programs_get_json(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    root, host = make()
    assert doctor(root, "--format", "json") == 0
    host.close()
    found = json.loads(capsys.readouterr().out)["findings"]
    assert {one["code"] for one in found} == {"separation", "clock", "stale"}


def commit(root: Path, message: str = "x") -> None:
    who = ("-c", "user.name=a", "-c", "user.email=a@a.example")
    for arguments in (["init", "-q"], ["add", "."], [*who, "commit", "-qm", message]):
        subprocess.run(["git", "-C", root, *arguments], check=True)


@pytest.fixture
def moved(make: Make, tmp_path: Path) -> Callable[[str, str], tuple[Path, Host, Host]]:
    """Return what makes a page whose second copy has left config.yml.

    It takes the texts of the page and of that copy; the copy's host comes last.
    """

    def page(here: str, there: str) -> tuple[Path, Host, Host]:
        copy = Host({"/manifest.json": (tmp_path / there / "manifest.json").read_bytes()})
        root, host = make(f"publish: [{{type: directory, path: web, url: '{copy.url}'}}]\n")
        commit(root)
        config = root / "config.yml"
        config.write_text(config.read_text().partition("publish:")[0])
        commit(root)
        host.files["/manifest.json"] = (tmp_path / here / "manifest.json").read_bytes()
        return root, host, copy

    lay_out(tmp_path / "one", ONE)
    lay_out(tmp_path / "two", TWO)
    return page


def test_a_copy_that_config_yml_names_no_more_is_found(
    moved: Callable[[str, str], tuple[Path, Host, Host]], capsys: pytest.CaptureFixture[str]
) -> None:
    root, host, copy = moved("two", "one")
    assert doctor(root) == 4
    said = capsys.readouterr().out
    assert re.search(rf"✗ readers still get build \w{{12}} at {copy.url}/, which", said)
    copy.close()  # it was taken down
    assert doctor(root) == 0
    host.close()
    assert "old-copy" not in capsys.readouterr().out


def test_another_name_of_the_page_is_no_old_copy(
    moved: Callable[[str, str], tuple[Path, Host, Host]], capsys: pytest.CaptureFixture[str]
) -> None:
    root, host, copy = moved("one", "one")
    assert doctor(root) == 0
    for one in (host, copy):
        one.close()
    assert "old-copy" not in capsys.readouterr().out
