"""`statusgen build`: write the site."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from statusgen.cli.early import DEFAULT_OUT, counts_text, next_change_text, unchanged_line
from statusgen.cli.exits import FINE, STOOD_IN
from statusgen.cli.memory import without_collector
from statusgen.cli.options import audience_option, now_option, root_option
from statusgen.model import PUBLIC

if TYPE_CHECKING:
    from statusgen.memory.contents import Inputs


@click.command("build")
@root_option()
@click.option(
    "--out",
    metavar="DIR",
    help="Where the site is written. Default: 'site' in the page repository, 'site-NAME' for an"
    " audience.",
)
@audience_option()
@now_option()
def command(root: str, out: str | None, audience: str, now: datetime) -> int:
    """Write the site.

    Only files whose bytes changed are written, each of them at once, so that a reader never meets
    half a file. A file that cannot be read is stood in for by its newest readable version in Git;
    the exit code is 3 then. Nothing is done if nothing has changed.
    """
    from statusgen.memory.contents import is_unchanged, observe

    is_public = audience == PUBLIC
    out = out or str(Path(root, DEFAULT_OUT if is_public else f"{DEFAULT_OUT}-{audience}"))
    inputs = observe(root) if is_public else None
    note = inputs and is_unchanged(root, out, now.timestamp(), inputs)
    if note:
        click.echo(unchanged_line(note))
        return FINE
    return _build(root, out, audience, now, inputs)


def _build(root: str, out: str, audience: str, now: datetime, inputs: Inputs | None) -> int:
    from statusgen.build import Order, build
    from statusgen.cli.formats import as_text
    from statusgen.cli.progress import progress
    from statusgen.problems import has_errors
    from statusgen.workers import process_count

    with without_collector(), progress() as tell:
        order = Order(root, out, now, process_count(), audience=audience, inputs=inputs, tell=tell)
        built = build(order)
    if built.problems:
        click.echo(as_text(built.problems), err=True)
    unchanged = built.files - built.written
    counts = counts_text(built.incidents, built.files)
    done = f"{built.written:,} written, {unchanged:,} unchanged, {built.deleted:,} deleted"
    next_change = built.next_change.timestamp() if built.next_change else float("inf")
    click.echo(f"{counts}: {done}{next_change_text(next_change)}")
    return STOOD_IN if has_errors(built.problems) else FINE
