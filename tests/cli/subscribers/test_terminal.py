from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from config_edits import edit_config
from subscribers_command import ADA, token_of
from terminal import Terminal, shell_environment

from statusgen.model import Subscribers
from statusgen.notify.subscribers.age_file import AgeFile, KeyPair

PROMPT = "page$ "


@pytest.fixture
def terminal(root: Path) -> Iterator[Terminal]:
    """Yield a shell in the page repository that knows no keys."""
    environment = shell_environment(root.parent / "bin", PS1=PROMPT)
    del environment["STATUSGEN_IDENTITY"], environment["STATUSGEN_LINK_SECRET"]
    with Terminal(["bash", "--norc", "-i"], root, environment) as one:
        one.until(PROMPT)
        yield one


def test_from_no_key_to_a_subscriber_who_leaves_at_a_terminal(
    root: Path, terminal: Terminal, keys: KeyPair
) -> None:
    terminal.type("statusgen subscribers key")
    terminal.until("nobody can show them again:")
    printed = terminal.until(PROMPT)
    lines = dict(line.split("=", 1) for line in printed.splitlines() if "=" in line)
    public = printed.partition("recipients: [")[2].partition("]")[0]
    edit_config(root, keys.public, public)
    for name, value in lines.items():
        terminal.type(f"export {name}={value}")
        terminal.until(PROMPT)
    terminal.type("statusgen subscribers add -c payments ada@acme.example bo@acme.example")
    terminal.until("Added 2; 2 subscribers now.")
    terminal.type("statusgen subscribers list --addresses")
    terminal.until("ada@acme.example since=")
    terminal.until(PROMPT)
    terminal.type("statusgen subscribers remove nobody@acme.example; echo ended with $?")
    terminal.until("Not there: 1.")
    terminal.until("ended with 1")
    token = token_of(ADA, lines["STATUSGEN_LINK_SECRET"].strip())
    terminal.type(f"statusgen subscribers remove --token {token}")
    terminal.until("Removed 1; 1 subscriber now.")
    terminal.type("statusgen subscribers export")
    terminal.until("bo@acme.example,payments,,,")
    settings = Subscribers(recipients=(public,))
    read = AgeFile(str(root), settings, {k: v.strip() for k, v in lines.items()}).read()
    assert list(read.book.subscribers) == ["bo@acme.example"]
