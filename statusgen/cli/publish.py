"""`statusgen publish`: build the page, and bring it to all targets."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from statusgen.cli.early import DEFAULT_OUT
from statusgen.cli.exits import FINE, OUTSIDE_FAILED
from statusgen.cli.options import format_option, now_option, root_option

if TYPE_CHECKING:
    from statusgen.publish.publishing import Order


class Typed(TypedDict):
    """What `publish` is given."""

    root: str
    targets: tuple[str, ...]
    site: str | None
    urgent: bool
    force: bool
    unpin: bool
    timeout: int
    dry_run: bool
    format_: str
    now: datetime


@click.command("publish")
@root_option()
@click.argument("targets", nargs=-1)
@click.option(
    "--site",
    metavar="DIR",
    help="A site that is built already. Default: it is built now, as 'build' does.",
)
@click.option("--urgent", is_flag=True, help="Publish over a commit that is not known here.")
@click.option("--force", is_flag=True, help="Send everything anew, over newer builds as well.")
@click.option("--unpin", is_flag=True, help="Publish what a rollback keeps away.")
@click.option(
    "--timeout",
    default=120,
    type=click.IntRange(1, 3600),
    metavar="SECONDS",
    help="How long to try each target. Default: 120.",
)
@click.option("--dry-run", is_flag=True, help="Tell what would be sent, and send nothing.")
@format_option("text", "json")
@now_option()
def command(**typed: Unpack[Typed]) -> int:
    """Build the page and publish it to TARGETS, all that config.yml names by default.

    All targets are tried at once. One that fails is told and holds up none of the others; the exit
    code is 4 if fewer than the quorum have this build in the end. An older build never replaces a
    newer one.
    """
    from statusgen.cli.outcomes import as_json, as_text
    from statusgen.cli.progress import progress
    from statusgen.cli.targets import chosen_places
    from statusgen.publish.publishing import has_quorum, preview_all, publish_all
    from statusgen.source.source import read_config

    config, _ = read_config(typed["root"])
    places = chosen_places(config, typed["targets"], typed["root"])
    code = FINE if typed["site"] else _build(typed["root"], typed["now"])
    order = _order(typed, config.page.stale_after)
    try:
        with progress() as tell:
            outcomes = (preview_all if typed["dry_run"] else publish_all)(places, order, tell)
    except KeyboardInterrupt:
        click.echo(
            "Interrupted: some targets may have it. Publish again; no page is half.", err=True
        )
        raise
    write = as_json if typed["format_"] == "json" else as_text
    click.echo(write(order.build, outcomes, config.quorum))
    return code if has_quorum(outcomes, config.quorum) else OUTSIDE_FAILED


def _build(root: str, now: datetime) -> int:
    """Build the site where `build` does, and say what it says; return its exit code."""
    from statusgen.cli.build import command as build

    code: int = build.main(
        ["--root", root, "--now", now.isoformat()], "statusgen build", standalone_mode=False
    )
    return code


def _order(typed: Typed, grace: int) -> Order:
    """Return what is to be published; `grace` is in minutes."""
    from statusgen.cli.targets import relation
    from statusgen.network.patience import Patience
    from statusgen.publish.age import SUMMARY, stale_moment
    from statusgen.publish.decision import Insistence
    from statusgen.publish.folder import Folder, read_build
    from statusgen.publish.publishing import Order

    folder = typed["site"] or str(Path(typed["root"], DEFAULT_OUT))
    build = read_build(folder)
    files = Folder(folder, build.files)
    stale = stale_moment(files.read(SUMMARY), timedelta(minutes=grace))
    return Order(
        build=build,
        files=files,
        now=int(typed["now"].timestamp()),
        relate=partial(relation, typed["root"]),
        insist=Insistence(urgent=typed["urgent"], force=typed["force"], unpin=typed["unpin"]),
        patience=Patience(seconds=typed["timeout"]),
        stale_after=int(stale.timestamp()) if stale else None,
    )
