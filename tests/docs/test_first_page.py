"""docs/first-page.md, command by command, up to where GitHub itself begins."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from statusgen.config import parse_config

REPOSITORY = Path(__file__).parents[2]
TEXT = (REPOSITORY / "docs/first-page.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(sh|yaml)\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)
ELSEWHERE = ("pip install", "statusgen serve")  # is installed; does not end
WHO = {
    f"GIT_{role}_{what}": text
    for role in ("AUTHOR", "COMMITTER")
    for what, text in (("NAME", "A Newcomer"), ("EMAIL", "newcomer@acme.example"))
}


def test_its_commands_lead_to_a_page_that_github_can_publish(tmp_path: Path) -> None:
    remote = tmp_path / "remote.git"
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", remote], check=True)
    environment = {
        **os.environ,
        **WHO,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(REPOSITORY),
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{remote}.insteadOf",
        "GIT_CONFIG_VALUE_0": "https://github.com/acme/status.git",
    }
    shell = [code for language, code in BLOCKS if language == "sh"]
    begin, incident, send, *_ = shell
    lines = [line for line in begin.splitlines() if not line.startswith(ELSEWHERE)]
    script = "\n".join([*lines, incident, "rm incidents/*.md", send])
    done = subprocess.run(
        ["bash", "-euc", script],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    command = ["git", "ls-tree", "-r", "--name-only", "main"]
    sent = subprocess.run(command, cwd=remote, check=True, capture_output=True, text=True).stdout
    assert {"config.yml", ".github/workflows/publish.yml"} <= set(sent.splitlines())


def test_its_components_fit_a_page() -> None:
    (components,) = [code for language, code in BLOCKS if language == "yaml"]
    page = "page: {name: Acme, url: https://status.acme.example, since: 2026-11-21}\n"
    config, problems = parse_config(page + components)
    assert config is not None
    assert not problems
