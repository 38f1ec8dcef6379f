"""`statusgen check`: tell every problem in the sources, for people, editors and pull requests."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from statusgen.cli.exits import FINE, PROBLEMS
from statusgen.cli.memory import without_collector
from statusgen.cli.options import audience_option, format_option, now_option, root_option
from statusgen.model import PUBLIC

if TYPE_CHECKING:
    from statusgen.problems import Problem
    from statusgen.source.source import Source

_UNSAFE = frozenset({"IC-30", "inline-secret"})
"""What no hurry excuses: it would publish a secret."""


@click.command("check")
@root_option()
@format_option("text", "json", "github", "sarif")
@audience_option()
@now_option()
@click.option(
    "--urgent",
    is_flag=True,
    help="Stop nothing but secrets: every other error is advice, for a notice that cannot wait.",
)
@click.argument("paths", nargs=-1, type=click.Path())
def command(  # noqa: PLR0913, PLR0917  click gives them by name
    root: str,
    format_: str,
    audience: str,
    now: datetime,
    urgent: bool,  # noqa: FBT001  as above
    paths: tuple[str, ...],
) -> int:
    """Tell every problem in config.yml, incidents, playbook and the page's own theme.

    The coach judges how incidents are told, too: docs/coach.md. With PATHS, only problems in these
    files and folders are told, and little else is read. The exit code is 1 if one of them is an
    error, and 0 if there are warnings and advice at most.
    """
    from statusgen.cli.formats import FORMATS
    from statusgen.problems import has_errors
    from statusgen.source.source import is_within

    for path in paths:
        if not os.path.lexists(path):
            raise click.UsageError(f"There is no file or folder {path!r}.")
    with without_collector():
        only = [_below(root, path) for path in paths]
        problems = find_problems(root, now, only=only, with_coach=True, audience=audience)
    if paths:
        problems = [one for one in problems if is_within(one.where.path, only)]
    if urgent:
        problems = [_as_advice(problem) for problem in problems]
    text = FORMATS[format_](problems)
    if text:
        click.echo(text)
    return PROBLEMS if has_errors(problems) else FINE


def find_problems(
    root: str,
    now: datetime,
    *,
    only: Sequence[str] = (),
    with_coach: bool = False,
    audience: str = PUBLIC,
) -> list[Problem]:
    """Return the problems of a page repository, in order, and what the coach says if he is asked.

    They are those that `audience` may know. With `only`, those of other paths may be missing: what
    they need not is not read.
    """
    from statusgen.build import memory_of
    from statusgen.files.names import INCIDENTS
    from statusgen.problems import in_order
    from statusgen.source.ahead import updates_ahead
    from statusgen.source.source import NoConfigError, read_source
    from statusgen.workers import process_count

    processes = process_count()
    incidents = only if only and all(one.startswith(f"{INCIDENTS}/") for one in only) else None
    try:
        source = read_source(
            root,
            now,
            processes=processes,
            memory=memory_of(root, audience),
            only=incidents,
            audience=audience,
        )
    except NoConfigError as error:
        return in_order(error.problems)
    found = [*source.problems]
    found += updates_ahead(source.incidents, root, now, ZoneInfo(source.config.page.timezone))
    found += _faults(source, processes)
    if incidents is None:
        found += _looks(source)
        found += _playbook(source, now)
    if with_coach:
        from statusgen.source.coaching import coached

        found += coached(source, now)
    return in_order(found)


def _faults(source: Source, processes: int) -> list[Problem]:
    """Return what is wrong in the Markdown of texts."""
    from statusgen.build import memory_of
    from statusgen.memory.texts import Texts
    from statusgen.source.text_faults import find_faults, locate

    texts = Texts(memory_of(source.root, source.audience))
    return locate(find_faults(texts, source.written, processes=processes), source)


def _looks(source: Source) -> list[Problem]:
    """Return what is wrong with the page's own theme, its brand and its languages."""
    from statusgen.making import find_theme
    from statusgen.source.brand import read_brand
    from statusgen.source.untranslated import untranslated

    theme, problems = find_theme(source.root)
    _, brand_problems = read_brand(source.root, source.config, theme)
    languages = untranslated(source.root, source.config.page.languages)
    return [*problems, *brand_problems, *languages]


def _playbook(source: Source, now: datetime) -> list[Problem]:
    """Return what is wrong with approved texts and drills, and which texts should be reviewed."""
    from statusgen.drill.scenarios import own_scenarios
    from statusgen.source.playbook_texts import overdue_reviews, read_playbook

    playbook, problems = read_playbook(source.root, source.config)
    _, of_drills = own_scenarios(source.root)
    return [*problems, *overdue_reviews(playbook, now, source.config), *of_drills]


def _as_advice(problem: Problem) -> Problem:
    """Return a problem that stops nothing, unless it would publish what nobody may know."""
    from statusgen.problems import Severity

    return problem if problem.code in _UNSAFE else replace(problem, severity=Severity.ADVICE)


def _below(root: str, path: str) -> str:
    """Return a path that a person typed, as seen from the root."""
    return Path(os.path.relpath(path, root)).as_posix()
