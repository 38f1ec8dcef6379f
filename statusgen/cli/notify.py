"""`statusgen notify`: tell people what has happened, each event once."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from statusgen import DOCS
from statusgen.cli.exits import FINE, OUTSIDE_FAILED, STOOD_IN
from statusgen.cli.options import format_option, now_option, root_option

if TYPE_CHECKING:
    from statusgen.model import Config
    from statusgen.notify.pipeline import Order
    from statusgen.problems import Problem


class Typed(TypedDict):
    """What `notify` is given."""

    root: str
    names: tuple[str, ...]
    dry_run: bool
    test: str | None
    format_: str
    now: datetime


@click.command("notify")
@root_option()
@click.option(
    "--channel",
    "names",
    multiple=True,
    metavar="NAME",
    help="Only this channel, also one that failed before; repeatable.",
)
@click.option("--dry-run", is_flag=True, help="Show every message in full, and send nothing.")
@click.option("--test", metavar="NAME", help="Send a message that says it is a test, by a channel.")
@format_option("text", "json")
@now_option()
def command(**typed: Unpack[Typed]) -> int:
    """Tell the channels of config.yml what has happened since they were told last.

    Run it after 'publish', and on a schedule. Each event is told once: the ledger knows. A channel
    begins with what happens after its first run. One that fails holds up none of the others; what
    it was not told is told at the next run. A failure is reported once, with exit code 4. What is
    wrong in config.yml is told each time, with exit code 3, and the rest of it is done.
    """
    from statusgen.cli.formats import printable
    from statusgen.cli.progress import progress
    from statusgen.notify.ledger.store import LedgerError
    from statusgen.source.source import read_config

    is_test = typed["test"] is not None
    if is_test and (typed["dry_run"] or typed["names"]):
        raise click.UsageError("--test sends one message: neither --channel nor --dry-run fits.")
    config, problems = read_config(typed["root"])
    code = _tell(problems)
    order = _order(typed, config)
    if is_test:
        return _test(order)
    doing, run = ("showing", _preview) if typed["dry_run"] else ("telling", _notify)
    try:
        with progress() as tell:
            tell(f"{doing} {', '.join(one.name for one in order.channels)}")
            said, failures = run(order, is_json=typed["format_"] == "json")
    except LedgerError as error:
        reason = error.reason.rstrip(".")
        click.echo(printable(f"Nothing was sent: the ledger: {reason}."), err=True)
        return OUTSIDE_FAILED
    except KeyboardInterrupt:
        click.echo("Interrupted: some are told, and the ledger has whom. Run it again.", err=True)
        raise
    click.echo(said)
    for line in failures:
        click.echo(line, err=True)
    return OUTSIDE_FAILED if failures else code


def _tell(problems: Iterable[Problem]) -> int:
    """Say what is wrong in config.yml, by which somebody may be told too much or nothing."""
    from statusgen.cli.formats import printable

    errors = [one for one in problems if one.is_error]
    for one in errors:
        click.echo(printable(str(one)), err=True)
    return STOOD_IN if errors else FINE


def _order(typed: Typed, config: Config) -> Order:
    from statusgen.cli.by_name import by_name
    from statusgen.notify.pipeline import Order
    from statusgen.workers import process_count

    if not config.notify:
        raise click.UsageError(
            "config.yml names no channels: 'notify' lists by which ones people are told; "
            f"{DOCS}/notify.md tells how."
        )
    names = typed["names"] if typed["test"] is None else (typed["test"],)
    return Order(
        root=typed["root"],
        config=config,
        channels=tuple(by_name("channel", config.notify, names)),
        now=typed["now"],
        environment=os.environ,
        processes=process_count(),
        forced=bool(names),
    )


def _test(order: Order) -> int:
    from statusgen.cli.formats import printable
    from statusgen.cli.progress import progress
    from statusgen.notify.pipeline import test

    (channel,) = order.channels
    with progress() as tell:
        tell(f"telling {channel.name}")
        reason = test(order, channel)
    if reason:
        click.echo(printable(f"{channel.name}: {reason}"), err=True)
        return OUTSIDE_FAILED
    click.echo(f"{channel.name}: sent. Look whether it has arrived.")
    return FINE


def _notify(order: Order, *, is_json: bool) -> tuple[str, list[str]]:
    """Tell all channels; return what to say of it, and what the operator was not told before."""
    from statusgen.cli.notify_text import as_json, as_text, failures
    from statusgen.notify.pipeline import notify

    report = notify(order)
    return (as_json if is_json else as_text)(report), list(failures(report))


def _preview(order: Order, *, is_json: bool) -> tuple[str, list[str]]:
    """Return what all channels would be told."""
    from statusgen.cli.notify_text import previews_as_json, previews_as_text
    from statusgen.notify.pipeline import preview

    previews = preview(order)
    return (previews_as_json if is_json else previews_as_text)(previews), []
