"""The encrypted file of subscribers as commands see it: read, changed as a whole, committed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

import click

from statusgen import DOCS
from statusgen.cli.exits import FINE, OUTSIDE_FAILED, PROBLEMS
from statusgen.cli.formats import printable

if TYPE_CHECKING:
    from statusgen.model import Config, Subscribers
    from statusgen.notify.subscribers.age_file import AgeFile
    from statusgen.notify.subscribers.book import Book, LineFault

_MOST_TOLD = 1000


class RefusedError(click.ClickException):
    """Something cannot be done: a sentence, and the exit code."""

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(printable(message))
        self.exit_code = exit_code  # type: ignore[misc]  # click reads it from the instance


class Place(NamedTuple):
    """A page repository with subscribers: what config.yml says of them, and their file."""

    root: str
    config: Config
    settings: Subscribers
    file: AgeFile

    def at(self, path: str) -> Place:
        """Return the same with the file of another path."""
        from statusgen.notify.subscribers.age_file import AgeFile

        folder, name = os.path.split(path)
        settings = self.settings._replace(path=name)
        return self._replace(file=AgeFile(folder or ".", settings, os.environ))


def find_place(root: str) -> Place:
    """Return the page repository at `root`; without subscribers in config.yml it is wrong usage."""
    from statusgen.notify.subscribers.age_file import AgeFile
    from statusgen.source.source import read_config

    config, problems = read_config(root)
    if config.subscribers is None:
        for problem in filter(attrgetter("is_error"), problems):
            click.echo(printable(str(problem)), err=True)
        raise click.UsageError(
            "config.yml has no 'subscribers': 'statusgen subscribers key' prints what to write;"
            f" {DOCS}/subscribers.md tells how."
        )
    return Place(root, config, config.subscribers, AgeFile(root, config.subscribers, os.environ))


def read_book(place: Place) -> Book:
    """Return the subscribers; a line that cannot be read stops everything, lest it be lost."""
    from statusgen.notify.subscribers.age_file import UnreadableError

    try:
        read = place.file.read()
    except UnreadableError as error:
        code = PROBLEMS if error.is_damaged else OUTSIDE_FAILED
        raise RefusedError(f"{error.reason}.", code) from None
    if read.faults:
        tell_lines(place.file.path, read.faults)
        hint = "Decrypt it with age, mend these lines, and encrypt it again."
        raise RefusedError(f"Nothing was changed. {hint}", PROBLEMS)
    return read.book


def write_book_of(place: Place, book: Book) -> None:
    """Replace the file."""
    from statusgen.notify.subscribers.age_file import UnreadableError

    try:
        place.file.write(book)
    except UnreadableError as error:
        raise RefusedError(f"{error.reason}.", OUTSIDE_FAILED) from None


def change_book(
    place: Place,
    change: Callable[[Book], Book],
    subject: str,
    *,
    commit: bool,
    always: bool = False,
) -> tuple[int, Book]:
    """Change the file as a whole while nobody else does; return the exit code and what it holds."""
    with place.file.held():
        before = read_book(place)
        after = change(before)
        is_changed = always or dict(after.subscribers) != dict(before.subscribers)
        if is_changed:
            write_book_of(place, after)
        code = _committed(place, subject) if commit and is_changed else FINE
    return code, after


def _committed(place: Place, subject: str) -> int:
    from statusgen.cli.writing.saving import tell_not_sent
    from statusgen.git.committing import GitError, Repository

    try:
        Repository(place.root, os.environ).commit(place.file.path, subject)
    except GitError as error:
        state = f"{place.file.path} is written, but not committed"
        return tell_not_sent(place.root, state, error)
    return FINE


def tell_lines(path: str, faults: Iterable[LineFault]) -> None:
    """Say what is wrong, and where."""
    every = list(faults)
    for fault in every[:_MOST_TOLD]:
        click.echo(printable(f"{path}:{fault.line}: {fault.reason}"), err=True)
    if len(every) > _MOST_TOLD:
        click.echo(f"And {len(every) - _MOST_TOLD:,} more.", err=True)


def write_private(path: str, content: bytes) -> None:
    """Write a new file that nobody else on this machine can read."""
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise click.UsageError(f"{path} exists; give another --out.") from None
    with os.fdopen(file, "wb") as stream:
        stream.write(content)
