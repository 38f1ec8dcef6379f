"""`statusgen subscribers` on a page, and what its file has then."""

from __future__ import annotations

import os
from pathlib import Path

from statusgen.cli.main import run
from statusgen.model import Subscribers
from statusgen.notify.subscribers.age_file import AgeFile
from statusgen.notify.subscribers.book import write_book
from statusgen.notify.subscribers.unsubscribe_links import UnsubscribeLinks

SECRET = "canary-of-the-link-secret"  # noqa: S105 (what must never be seen)
ADA = "ada@acme.example"
AT = ("--now", "2026-11-26T07:00:00Z")


def subscribers(root: Path, command: str, *arguments: str) -> int:
    """Run a command; return its exit code."""
    return run(["subscribers", command, "--root", str(root), *arguments])


def kept(root: Path) -> list[str]:
    """Return the lines of the file."""
    settings = Subscribers(recipients=())
    book = AgeFile(str(root), settings, os.environ).read().book
    return write_book(book).splitlines()[1:]


def token_of(address: str, secret: str = SECRET) -> str:
    """Return what a removal link of this address carries."""
    return UnsubscribeLinks(Subscribers(), [secret]).token(address)
