"""Page repositories that are built, and real Git around them."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from statusgen.build import Built, Order, build

Build = Callable[..., Built]
Git = Callable[..., str]


@pytest.fixture
def build_site(now: datetime) -> Build:
    """Return a function that builds `root` into `root/site`, in this process unless told."""

    def run(
        root: Path, *, at: datetime = now, out: Path | None = None, processes: int = 1
    ) -> Built:
        return build(Order(str(root), str(out or root / "site"), at, processes=processes))

    return run


@pytest.fixture
def git() -> Git:
    """Return a function that runs git in a folder and returns what it prints."""

    def run(folder: Path, *arguments: str) -> str:
        command = ["git", "-c", "init.defaultBranch=main", *arguments]
        return subprocess.run(
            command, cwd=folder, check=True, capture_output=True, text=True
        ).stdout

    return run


@pytest.fixture
def commit(git: Git) -> Callable[[Path, str], str]:
    """Return a function that commits all of a folder and returns the commit."""

    def run(root: Path, message: str = "change") -> str:
        if not (root / ".git").exists():
            git(root, "init", "-q")
        git(root, "add", "-A")
        git(root, "commit", "-q", "-m", message)
        return git(root, "rev-parse", "HEAD").strip()

    return run
