"""`statusgen subscribers`: the addresses of who gets mail, in a file that only its keys open.

No address is ever printed but by `list --addresses` and `export`: what is printed ends up in logs.
"""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from statusgen.cli.exits import FINE, OUTSIDE_FAILED, PROBLEMS
from statusgen.cli.formats import printable
from statusgen.cli.options import Decorator, Moment, clock, format_option, root_option
from statusgen.cli.subscriber_file import (
    Place,
    RefusedError,
    change_book,
    find_place,
    read_book,
    tell_lines,
    write_book_of,
    write_private,
)
from statusgen.cli.subscriber_text import counts_as_text, counts_of, people_in
from statusgen.cli.subscriber_typed import Typed, added, addresses_typed, fields_typed

if TYPE_CHECKING:
    from statusgen.notify.subscribers.book import Book, Subscriber

_LARGEST_TABLE = 64 << 20


def _commit_option() -> Decorator:
    return click.option("--commit", is_flag=True, help="Commit the file, and nothing else.")


def _now_option() -> Decorator:
    return click.option("--now", default=clock, type=Moment(), hidden=True)


@click.group("subscribers")
def command() -> None:
    """Keep the addresses of who gets mail, in a file encrypted with age."""


@command.command("add", short_help="Add addresses, or change what they chose.")
@root_option()
@click.option(
    *("-c", "--component", "components"),
    metavar="NAME",
    multiple=True,
    help="A component or group to be told of; may be given again. Default: everything.",
)
@click.option(
    "--impact",
    type=click.Choice(("none", "minor", "major", "critical")),
    help="Tell only of incidents as bad as this. Default: of all.",
)
@click.option("--language", metavar="CODE", help="The language. Default: the page's main one.")
@click.option("--unconfirmed", is_flag=True, help="Send nothing there before it is added again.")
@_commit_option()
@_now_option()
@click.argument("addresses", nargs=-1, required=True)
def add(**typed: Unpack[Typed]) -> int:
    """Add ADDRESSES, whose owners have asked for it; '-' reads them from stdin, one a line.

    Of an address that is there already, what is given here is changed.
    """
    place = find_place(typed["root"])
    addresses = addresses_typed(typed["addresses"])
    fields = fields_typed(typed, place.config)
    before: dict[str, Subscriber] = {}
    after: dict[str, Subscriber] = {}

    def change(book: Book) -> Book:
        for address in addresses:
            one = added(book, address, fields, typed)
            after[one.identity] = one
        before.update({key: book.subscribers[key] for key in after if key in book.subscribers})
        return book.with_all(one for key, one in after.items() if before.get(key) != one)

    subject = f"subscribers: add {len(addresses):,}"
    code, book = change_book(place, change, subject, commit=typed["commit"])
    same = sum(before.get(key) == one for key, one in after.items())
    changed = len(before) - same
    said = [f"Added {len(after) - len(before):,}"]
    said += [f"changed {changed:,}"] if changed else []
    said += [f"{same:,} as before"] if same else []
    click.echo(f"{', '.join(said)}; {people_in(book)}.")
    return code


@command.command("remove", short_help="Remove addresses, or whose link it is.")
@root_option()
@click.option("--token", metavar="TOKEN", help="Whose removal link has this token.")
@_commit_option()
@click.argument("addresses", nargs=-1)
def remove(root: str, token: str | None, addresses: tuple[str, ...], *, commit: bool) -> int:
    """Remove ADDRESSES ('-' reads them from stdin), or the one that a removal link is of.

    The exit code is 1 if one of the addresses is not there. A link may be followed twice.
    """
    from statusgen.notify.subscribers.addresses import same_for

    if bool(token) == bool(addresses):
        raise click.UsageError("Name either addresses or a --token.")
    place = find_place(root)
    wanted = {same_for(one) for one in addresses_typed(addresses)} if addresses else set()
    gone: set[str] = set()

    def change(book: Book) -> Book:
        gone.update(_of_token(place, book, token) if token else wanted & book.subscribers.keys())
        return book.without(gone)

    subject = f"subscribers: remove {max(len(wanted), 1):,}"
    code, book = change_book(place, change, subject, commit=commit)
    missing = len(wanted - gone)
    click.echo(f"Removed {len(gone):,}; {people_in(book)}.")
    if token and not gone:
        click.echo("Nobody has that token, or nobody any more.", err=True)
    if missing:
        click.echo(f"Not there: {missing:,}.", err=True)
    return code or (PROBLEMS if missing else FINE)


@command.command("import", short_help="Add those of a CSV file.")
@root_option()
@click.option("--dry-run", is_flag=True, help="Only tell what would be added.")
@_commit_option()
@_now_option()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
def import_(root: str, file: str, now: datetime, *, dry_run: bool, commit: bool) -> int:
    """Add the subscribers of a CSV FILE, as Statuspage and 'export' write it; '-' is stdin.

    With anything wrong in it nothing is added. Who is there already stays as they are.
    """
    from statusgen.notify.subscribers.csv_file import read_table

    place = find_place(root)
    with click.open_file(file, "rb") as stream:
        raw: bytes = stream.read(_LARGEST_TABLE + 1)
    if len(raw) > _LARGEST_TABLE:
        said = f"{file} is larger than {_LARGEST_TABLE >> 20} MB. Nothing was added."
        raise RefusedError(said, PROBLEMS)
    table = read_table(raw, place.config, now)
    if table.faults:
        tell_lines(file, table.faults)
        raise RefusedError("Nothing was added.", PROBLEMS)
    new: list[Subscriber] = []

    def change(book: Book) -> Book:
        new.extend(one for one in table.subscribers if one.identity not in book.subscribers)
        return book if dry_run else book.with_all(new)

    subject = f"subscribers: import {len(table.subscribers):,}"
    code, book = change_book(place, change, subject, commit=commit)
    click.echo(
        f"{'Would add' if dry_run else 'Added'} {len(new):,}. "
        f"There already: {len(table.subscribers) - len(new):,}. {people_in(book).capitalize()}."
    )
    for number, what in (
        (table.repeated, "lines that say the same again"),
        (table.elsewhere, "subscribers by other ways than mail"),
        (table.returned, "addresses whose mail had come back"),
    ):
        if number:
            click.echo(f"Left out: {number:,} {what}.")
    if table.ignored:
        click.echo(printable(f"Columns that were left aside: {', '.join(table.ignored)}."))
    return code


@command.command("export", short_help="Print all of them as CSV.")
@root_option()
@click.option("--out", metavar="FILE", help="Write it to a file that only you can read.")
def export(root: str, out: str | None) -> int:
    """Print all subscribers as CSV, in which no cell is a formula."""
    from statusgen.notify.subscribers.csv_file import write_table

    book = read_book(find_place(root))
    table = write_table([one for _, one in sorted(book.subscribers.items())])
    if out:
        write_private(out, table)
    else:
        click.echo(table, nl=False)
    return FINE


@command.command("list", short_help="Count them by what they chose.")
@root_option()
@click.option("--addresses", is_flag=True, help="Print the addresses.")
@format_option("text", "json")
def list_(root: str, format_: str, *, addresses: bool) -> int:
    """Tell how many subscribers there are, and what they chose."""
    import json

    place = find_place(root)
    book = read_book(place)
    counts = counts_of(book.subscribers.values())
    everyone = [one for _, one in sorted(book.subscribers.items())]
    if format_ == "json":
        more = {"addresses": [one.address for one in everyone]} if addresses else {}
        click.echo(json.dumps({**counts, **more}, indent=2, ensure_ascii=False))
    elif addresses:
        from statusgen.notify.subscribers.book import line_of

        for one in everyone:
            click.echo(line_of(one))
    else:
        config = place.config
        known = {*(one.id for one in config.components), *(one.id for one in config.groups)}
        for line in counts_as_text(counts, known):
            click.echo(printable(line))
    return FINE


@command.command("key", short_help="Make keys, or encrypt for other ones.")
@root_option()
@click.option("--out", metavar="FILE", help="Write the private key to a file only you can read.")
@click.option("--renew", is_flag=True, help="Encrypt the file for the keys in config.yml now.")
@_commit_option()
def key(root: str, out: str | None, *, renew: bool, commit: bool) -> int:
    """Make the keys that the file needs: a pair of age's, and one for removal links.

    They are shown once and kept nowhere. With --renew the file is encrypted anew instead, after
    'recipients' in config.yml has changed.
    """
    if renew:
        place = find_place(root)
        subject = "subscribers: encrypt for other keys"
        code, book = change_book(place, lambda book: book, subject, commit=commit, always=True)
        keys = len(place.settings.recipients)
        click.echo(f"{place.file.path} is encrypted for {keys} keys; {people_in(book)}.")
        return code
    from statusgen.notify.subscribers.age_file import UnreadableError, new_keys, new_secret

    if not out and not sys.stdout.isatty():
        raise click.UsageError("A key that is printed here ends up in a log: give --out FILE.")
    try:
        pair = new_keys()
    except UnreadableError as error:
        raise RefusedError(f"{error.reason}.", OUTSIDE_FAILED) from None
    private = f"STATUSGEN_IDENTITY={pair.private}\nSTATUSGEN_LINK_SECRET={new_secret()}\n"
    if out:
        write_private(out, private.encode())
        click.echo(f"Wrote {out}")
    else:
        click.echo("Keep these two where your other secrets are; nobody can show them again:\n")
        click.echo(private)
    click.echo(f"Into config.yml:\n\nsubscribers:\n  recipients: [{pair.public}]")
    return FINE


@command.command("merge", short_help="Merge two versions of the file, for Git.")
@root_option()
@click.argument("base", type=click.Path(exists=True, dir_okay=False))
@click.argument("ours", type=click.Path(exists=True, dir_okay=False))
@click.argument("theirs", type=click.Path(exists=True, dir_okay=False))
def merge(root: str, base: str, ours: str, theirs: str) -> int:
    """Write into OURS what two versions of the file have made of BASE, as Git asks a merge driver.

    Who was removed in one of them stays removed; of two choices the later one counts.
    """
    from statusgen.notify.subscribers.book import Book, merged

    place = find_place(root)
    our, their = (read_book(place.at(path)) for path in (ours, theirs))
    before = read_book(place.at(base)) if Path(base).stat().st_size else Book(our.key, {})
    write_book_of(place.at(ours), merged(before, our, their))
    return FINE


def _of_token(place: Place, book: Book, token: str) -> set[str]:
    from statusgen.notify.subscribers.unsubscribe_links import WeakSecretError, unsubscribe_links_of

    try:
        found = unsubscribe_links_of(place.settings, os.environ).find(token, book.subscribers)
    except WeakSecretError as error:
        raise RefusedError(f"{error}.", OUTSIDE_FAILED) from None
    return {found} if found else set()
