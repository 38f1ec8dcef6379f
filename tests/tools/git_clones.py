"""A page repository with a real remote: a bare repository on this disk, and clones of it."""

from __future__ import annotations

import subprocess
from pathlib import Path

CONFIG = """\
page: {name: Acme, url: "https://status.acme.example"}
components:
  - {id: api, name: API}
  - {id: checkout, name: Checkout}
"""
INCIDENT = """\
---
title: Card payments fail
components:
  checkout: major_outage
---

## Investigating · 2026-11-21 10:05 UTC
next update: 10:20 UTC

Some customers see an error.
"""
PATH = "incidents/2026-11-21-card-payments-fail.md"


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def make_remote(folder: Path) -> Path:
    """Return a bare repository with one open incident."""
    remote, seed = folder / "remote.git", folder / "seed"
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(remote)], check=True)
    subprocess.run(["git", "clone", "-q", str(remote), str(seed)], check=True, capture_output=True)
    git(seed, "checkout", "-q", "-b", "main")
    files = {
        "config.yml": CONFIG,
        PATH: INCIDENT,
        ".gitignore": ".statusgen/\n",
        ".gitattributes": "incidents/**/*.md text eol=lf merge=union\n",
    }
    for path, text in files.items():
        (seed / path).parent.mkdir(exist_ok=True)
        (seed / path).write_text(text)
    git(seed, "add", "-A")
    git(seed, "commit", "-qm", "First")
    git(seed, "push", "-q", "origin", "main")
    return remote


def clone(remote: Path, name: str) -> Path:
    folder = remote.parent / name
    git(remote.parent, "clone", "-q", str(remote), str(folder))
    return folder


def in_remote(remote: Path, path: str) -> str:
    """Return a file as it was sent."""
    return git(remote, "show", f"main:{path}") + "\n"
