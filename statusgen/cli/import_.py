"""`statusgen import`: another system's history becomes incident files of this page."""

from __future__ import annotations

import time
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from statusgen.cli.exits import FINE, OUTSIDE_FAILED, PROBLEMS

if TYPE_CHECKING:
    from statusgen.migrate.statuspage.fields import Remarks
    from statusgen.migrate.statuspage.importing import Plan
    from statusgen.migrate.statuspage.records import Capture
    from statusgen.problems import Problem

_SHOWN_OF_A_KIND = 20


@click.group("import")
def command() -> None:
    """Bring another system's history along."""


@command.command("statuspage")
@click.option(
    "--root",
    default=".",
    metavar="DIR",
    type=click.Path(file_okay=False),
    help="The page repository, which is made if it is not there. Default: the current folder.",
)
@click.option("--dry-run", is_flag=True, help="Only tell what would be written.")
@click.option(
    "--allow-private",
    is_flag=True,
    help="Also read from addresses that do not belong to the public Internet.",
)
@click.argument("source")
def statuspage(root: str, source: str, *, dry_run: bool, allow_private: bool) -> int:
    """Import from Statuspage: a folder or file of its JSON, or the address of a page.

    Read are single incidents, incidents.json, summary.json, components.json,
    scheduled-maintenances.json and lists of incidents. From a live page all incidents are read,
    also those past the 50 that its API lists.

    Doing it again changes nothing, and adds what is new. What you have edited stays as it is. The
    exit code is 1 if something was not understood; everything else is imported all the same.
    """
    from statusgen.cli.formats import printable
    from statusgen.migrate.statuspage.fields import Remarks
    from statusgen.migrate.statuspage.guard import FetchError
    from statusgen.migrate.statuspage.importing import plan_import
    from statusgen.migrate.tree import read_tree, write_files
    from statusgen.problems import has_errors
    from statusgen.source.source import NoConfigError

    remarks = Remarks()
    try:
        tree = read_tree(root)
        capture = _capture(source, remarks, allow_private=allow_private)
    except NoConfigError as error:
        _tell(error.problems)
        click.echo("Nothing was written: config.yml has to be mended first.", err=True)
        return PROBLEMS
    except FetchError as error:
        hint = f"\n  hint: {error.hint}" if error.hint else ""
        click.echo(printable(f"Nothing was written: {error}{hint}"), err=True)
        return OUTSIDE_FAILED
    plan = plan_import(capture, tree, remarks)
    if not dry_run:
        write_files(root, plan.files)
    _report(plan, dry_run=dry_run)
    return PROBLEMS if has_errors(plan.problems) else FINE


def _capture(source: str, remarks: Remarks, *, allow_private: bool) -> Capture:
    from statusgen.cli.progress import progress
    from statusgen.migrate.statuspage.guard import Fetcher
    from statusgen.migrate.statuspage.live import read_live
    from statusgen.migrate.statuspage.merge import merge
    from statusgen.migrate.statuspage.source import read_path

    if "://" in source:
        with progress() as tell:

            def wait(seconds: float) -> None:
                tell(f"trying again in {seconds:.0f} s")
                time.sleep(seconds)

            with Fetcher(source, allow_private=allow_private, pause=wait) as fetcher:
                responses = read_live(fetcher, remarks, tell)
    else:
        path = Path(source)
        if not path.exists():
            hint = "the address of a page begins with https://"
            raise click.BadParameter(f"there is no file or folder '{source}'; {hint}")
        responses = read_path(path, remarks)
        if not responses:
            raise click.BadParameter(f"there is no JSON file in '{source}'")
    return merge(responses, remarks)


def _report(plan: Plan, *, dry_run: bool) -> None:
    """Tell what was read, what was written, and each thing that was not understood."""
    counts = plan.counts
    _tell(plan.problems)
    click.echo(
        f"Read: {counts.incidents:,} incidents with {counts.updates:,} updates, "
        f"{counts.components:,} components.",
    )
    not_understood = sum(problem.is_error for problem in plan.problems)
    click.echo(
        f"{'Would write' if dry_run else 'Written'}: {counts.written:,} files. "
        f"Unchanged: {counts.unchanged:,}. Kept as edited: {counts.kept:,}. "
        f"Not understood: {not_understood:,}. "
        f"Taken over in another form: {len(plan.problems) - not_understood:,}.",
    )


def _tell(problems: tuple[Problem, ...]) -> None:
    """Print the problems by kind; of a kind that fills the screen only the first ones."""
    from statusgen.cli.formats import printable

    for code, alike in groupby(sorted(problems, key=attrgetter("code")), key=attrgetter("code")):
        found = list(alike)
        for problem in found[:_SHOWN_OF_A_KIND]:
            click.echo(printable(str(problem)), err=True)
        if len(found) > _SHOWN_OF_A_KIND:
            more = len(found) - _SHOWN_OF_A_KIND
            click.echo(f"... and {more:,} more of {code}", err=True)
