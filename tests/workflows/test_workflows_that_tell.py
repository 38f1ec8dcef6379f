"""How the workflows of the three hosts tell people, run as a runner runs their shell."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from chat_receiver import Answer, Receiver

from statusgen.cli.main import run

BIN = Path(sys.executable).parent
CONFIG = """\
page: {{name: Acme, url: "https://status.acme.example"}}
components: [{{id: api, name: API}}]
notify: [{{type: webhook, url: "http://{host}/", kinds: [opened], allow_private: true}}]
ledger: {{path: ../ledger}}
"""
INCIDENT = """\
---
title: Slow
components: {api: major_outage}
---

## Investigating · 2026-11-21 10:05 UTC

We look into it.
"""


class Step(NamedTuple):
    """What a host runs to tell people, and which exit codes it takes for a warning."""

    script: str
    warnings: tuple[int, ...] = ()


def step_of(host: str, page: Path) -> Step:
    """Return the step that `init` brings for a host."""

    def read(path: str) -> dict[str, Any]:
        content: dict[str, Any] = yaml.safe_load((page / path).read_text("utf-8"))
        return content

    if host == "gitlab":
        job = read(".gitlab-ci.yml")["notify"]
        lines = [*job["before_script"], *job["script"]]
        return Step("\n".join(lines), (job["allow_failure"]["exit_codes"],))
    if host == "github":
        steps = read(".github/actions/statusgen/action.yml")["runs"]["steps"]
    else:
        steps = read(".forgejo/workflows/publish.yml")["jobs"]["publish"]["steps"]
    (script,) = [one["run"] for one in steps if one.get("name") == "Notify"]
    return Step(script)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    found = Receiver()
    yield found
    found.close()


@pytest.fixture(params=["github", "gitlab", "forgejo"])
def host(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def page(tmp_path: Path, receiver: Receiver, host: str) -> Path:
    """Return a page that readers find, whose channel was told of all that is older."""
    made = tmp_path / "page"
    assert run(["init", str(made), "--ci", host]) == 0
    (made / "config.yml").write_text(CONFIG.format(host=receiver.host))
    (made / "site").mkdir()
    begin = ["notify", "--root", str(made), "--now", "2026-11-21T10:00Z"]
    assert run(begin) == 0
    (made / "incidents/slow.md").write_text(INCIDENT)
    return made


def tell(page: Path, step: Step) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-eo", "pipefail", "-c", step.script],
        cwd=page,
        env={"PATH": f"{BIN}:/usr/bin:/bin", "ROOT": ".", "SOURCE_DATE_EPOCH": "1795262400"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_what_is_wrong_in_config_yml_warns_and_people_are_told(
    page: Path, host: str, receiver: Receiver
) -> None:
    with (page / "config.yml").open("a") as config:
        config.write("colour: red\n")
    step = step_of(host, page)
    done = tell(page, step)
    assert done.returncode in (0, *step.warnings), done.stderr
    assert "unknown key 'colour'" in done.stderr
    assert b"We look into it." in receiver.requests[0].body


def test_a_channel_that_fails_makes_the_run_red(page: Path, host: str, receiver: Receiver) -> None:
    receiver.answer = lambda _: Answer(status=400)
    step = step_of(host, page)
    done = tell(page, step)
    assert done.returncode not in (0, *step.warnings), done.stdout


def test_gitlab_tells_nobody_of_a_page_that_no_job_has_published(tmp_path: Path) -> None:
    page = tmp_path / "page"
    assert run(["init", str(page), "--ci", "gitlab"]) == 0
    with (page / "config.yml").open("a") as config:
        config.write("notify: [{type: apprise, url_env: NOT_SET}]\nledger: {path: ../ledger}\n")
    step = step_of("gitlab", page)
    assert tell(page, step).returncode == 0
    (page / "site").mkdir()
    assert tell(page, step).returncode != 0


def test_what_tells_people_brings_what_any_channel_needs(page: Path, host: str) -> None:
    folder = {"github": ".github", "gitlab": ".", "forgejo": ".forgejo"}[host]
    texts = [path.read_text() for path in (page / folder).rglob("*.yml")]
    assert re.search(r'"statusgen\[notify,subscribers\]==[\d.]+', "".join(texts))
