"""`statusgen check`: tell every problem in the sources, for people, editors and pull requests."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from statusgen.cli.exits import FINE, PROBLEMS
from statusgen.cli.memory import without_collector
from statusgen.cli.options import format_option, now_option, root_option

if TYPE_CHECKING:
    from statusgen.problems import Problem


@click.command("check")
@root_option()
@format_option("text", "json", "github", "sarif")
@now_option()
@click.argument("paths", nargs=-1, type=click.Path())
def command(root: str, format_: str, now: datetime, paths: tuple[str, ...]) -> int:
    """Tell every problem in config.yml, incidents, playbook and the page's own theme.

    With PATHS, only problems in these files and folders are told. The exit code is 1 if one of
    them is an error, and 0 if there are warnings at most.
    """
    from statusgen.cli.formats import FORMATS
    from statusgen.problems import has_errors

    for path in paths:
        if not os.path.lexists(path):
            raise click.UsageError(f"There is no file or folder {path!r}.")
    with without_collector():
        problems = find_problems(root, now)
    if paths:
        problems = _within(problems, [_below(root, path) for path in paths])
    text = FORMATS[format_](problems)
    if text:
        click.echo(text)
    return PROBLEMS if has_errors(problems) else FINE


def find_problems(root: str, now: datetime) -> list[Problem]:
    """Return every problem of a page repository, in order."""
    from statusgen.ahead import updates_ahead
    from statusgen.brand import read_brand
    from statusgen.build import memory_of
    from statusgen.making import find_theme
    from statusgen.playbook_texts import overdue_reviews, read_playbook
    from statusgen.problems import in_order
    from statusgen.source import NoConfigError, read_source
    from statusgen.texts import Texts, find_faults, locate
    from statusgen.untranslated import untranslated
    from statusgen.workers import process_count

    processes = process_count()
    memory = memory_of(root)
    try:
        source = read_source(root, now, processes=processes, memory=memory)
    except NoConfigError as error:
        return in_order(error.problems)
    faults = find_faults(Texts(memory), source.written, processes=processes)
    theme, theme_problems = find_theme(root)
    _, brand_problems = read_brand(root, source.config, theme)
    ahead = updates_ahead(source.incidents, root, now, ZoneInfo(source.config.page.timezone))
    playbook, playbook_problems = read_playbook(root, source.config)
    playbook_problems += overdue_reviews(playbook, now, source.config)
    languages = untranslated(root, source.config.page.languages)
    found = [*source.problems, *theme_problems, *brand_problems, *playbook_problems]
    found += [*languages, *ahead]
    return in_order([*found, *locate(faults, source.written, root)])


def _below(root: str, path: str) -> str:
    """Return a path that a person typed, as seen from the root."""
    return Path(os.path.relpath(path, root)).as_posix()


def _within(problems: Iterable[Problem], paths: Sequence[str]) -> list[Problem]:
    """Return the problems in the paths or below them; '.' is everything."""
    return [
        problem
        for problem in problems
        if any(path == "." or f"{problem.where.path}/".startswith(f"{path}/") for path in paths)
    ]
