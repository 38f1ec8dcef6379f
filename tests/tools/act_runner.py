"""Runs whole GitHub workflows by `act`, on this machine; what is GitHub's own are small actions.

Python is that of the tests, Pages a folder: an artifact goes into `pages.tar`, and a deployment
unpacks that where a server shows it. A script that fetches the repository from its host gets
it from the remote on this disk. What `gh` is asked for is noted in `gh.log`.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from servers import program

PUBLISH, CHECK = (f".github/workflows/{name}.yml" for name in ("publish", "check"))
BIN = Path(sys.executable).parent

_CHECKOUT = (
    'git init -q . && git fetch -q "$TEST_REMOTE" "+refs/heads/*:refs/remotes/origin/*" && '
    'git checkout -qf --detach "$(git rev-parse -q --verify "$REF" || echo origin/main)"'
)
_ACTIONS = {
    "actions/checkout": _CHECKOUT,
    "actions/setup-python": 'echo "$TEST_BIN" >> "$GITHUB_PATH"',
    "actions/cache": 'echo "cached: $GITHUB_WORKSPACE"',
    "actions/upload-artifact": 'echo "kept"',
    "actions/upload-pages-artifact": 'tar -cf "$TEST_PAGES.tar" -C "$PLACE" .',
    "actions/deploy-pages": 'tar -xf "$TEST_PAGES.tar" -C "$TEST_PAGES"',
}
_ACTION = """\
name: Stands for one of GitHub's
description: Does the same on this machine
inputs:
  path: {{default: ""}}
  ref: {{default: ""}}
outputs:
  page_url: {{value: ""}}
runs:
  using: composite
  steps:
    - shell: bash
      env: {{PLACE: "${{{{ inputs.path }}}}", REF: "${{{{ inputs.ref }}}}"}}
      run: |
        {script}
"""


def run_workflow(
    clone: Path, event: str, pages: Path, path: str = PUBLISH, /, **secrets: str
) -> subprocess.CompletedProcess[str]:
    """Run one workflow of a clone for an event; deployments to Pages land in `pages`."""
    workflow = clone / path
    texts = [workflow, *clone.glob(".github/actions/*/action.yml")]
    used = {
        one
        for path in texts
        for one in re.findall(r"uses: (actions/[\w-]+@[0-9a-f]{40})", path.read_text("utf-8"))
    }
    stubs = pages.parent / "stubs"
    command = [program("act") or "act", event, "-W", str(workflow), "--action-offline-mode"]
    command += ["--no-cache-server"]
    for label in ("ubuntu-latest", "docker"):
        command += ["-P", f"{label}=-self-hosted"]
    for one in sorted(used):
        action, _, _ = one.partition("@")
        if action in _ACTIONS:
            folder = stubs / action
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "action.yml").write_text(_ACTION.format(script=_ACTIONS[action]))
            command += ["--local-repository", f"{one}={folder}"]
    remote = str(clone.parent / "remote.git")
    given = {
        "TEST_BIN": str(BIN),
        "TEST_REMOTE": remote,
        "TEST_PAGES": str(pages),
        "PYTHONPATH": str(BIN.parents[1]),
    }
    given |= {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{remote}.insteadOf",
        "GIT_CONFIG_VALUE_0": f"https://github.com/{remote}.git",
    }
    command += [part for key, value in given.items() for part in ("--env", f"{key}={value}")]
    command += [part for key in secrets for part in ("-s", key)]
    programs = pages.parent / "programs"
    programs.mkdir(exist_ok=True)
    (programs / "gh").write_text(f'#!/bin/sh\necho "$@" >> {pages.parent}/gh.log\n')
    (programs / "gh").chmod(0o755)
    return subprocess.run(
        command,
        cwd=clone,
        check=False,
        capture_output=True,
        text=True,
        env={**_environment(pages.parent), **secrets},
        stdin=subprocess.DEVNULL,
    )


def _environment(home: Path) -> Mapping[str, str]:
    """Return what act itself needs, whose notes go into a folder of the test."""
    import os

    return {
        "PATH": f"{home / 'programs'}:{BIN}:{os.environ['PATH']}",
        "HOME": str(home),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_CONFIG_HOME": str(home / "settings"),
        "ACT_DISABLE_VERSION_CHECK": "1",
    }
