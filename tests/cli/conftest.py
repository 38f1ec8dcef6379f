"""A clone of a page repository with its remote, and terminals to write in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from git_clones import clone, make_remote
from terminal import PROMPT, Start, Terminal, shell_environment


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    return make_remote(tmp_path)


@pytest.fixture
def page(remote: Path) -> Path:
    return clone(remote, "page")


@pytest.fixture
def start() -> Iterator[Start]:
    """Return a function that starts a program in a terminal."""
    running: list[Terminal] = []

    def begin(folder: Path, *command: str, **more: str) -> Terminal:
        environment = shell_environment(folder.parent / "bin", PS1=PROMPT, **more)
        running.append(Terminal(command, folder, environment))
        return running[-1]

    yield begin
    for one in running:
        one.__exit__(None, None, None)
