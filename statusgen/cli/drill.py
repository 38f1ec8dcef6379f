"""`statusgen drill`: play an incident from end to end, in a copy and without any harm."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from contextlib import ExitStack, redirect_stdout
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from statusgen.cli.exits import FINE
from statusgen.cli.formats import printable
from statusgen.cli.options import format_option, now_option, root_option

if TYPE_CHECKING:
    from statusgen.drill.scenario import Scenario
    from statusgen.drill.score import Score
    from statusgen.model import Config

_HOST = "drill.localhost"  # leads to this machine, and says in every address what it is
_NO_ADDRESS = "http://drill.invalid"
_LISTED = "{name:18} {minutes:>4} min  {title}\n{indent}{about}"


@click.command("drill")
@root_option()
@format_option("text", "json")
@now_option()
@click.option("--component", default="", help="What is hit. Default: the first component.")
@click.option(
    "--speed",
    type=click.FloatRange(0, 1000),
    help="How fast time goes by while you type. Default: 1; with --script 0.",
)
@click.option("--script", type=click.File("r"), help="Take the answers from a file; '-' is stdin.")
@click.option("--keep", metavar="DIR", help="Make the copy in this new folder, and leave it there.")
@click.argument("scenario", default="")
def command(  # noqa: PLR0913, PLR0917 (one parameter an option)
    root: str,
    format_: str,
    now: datetime,
    component: str,
    speed: float | None,
    script: Iterable[str] | None,
    keep: str | None,
    scenario: str,
) -> int:
    """Practise an incident in a copy of the page repository; without SCENARIO list what there is.

    Nothing real is sent or changed, and every page of the copy says so. You get to know what
    happens as it happens, write as you would, and are told how well readers were served.
    Ctrl-C ends it with the score so far.
    """
    from statusgen.drill.scenarios import read_scenarios
    from statusgen.problems import in_order
    from statusgen.source.source import read_config

    config, _ = read_config(root)
    scenarios, problems = read_scenarios(root)
    for problem in in_order(problems):
        click.echo(printable(str(problem)), err=True)
    if not scenario:
        _list(scenarios, format_)
        return FINE
    chosen = _chosen(scenarios, scenario)
    hit = _hit(config, component)
    with ExitStack() as stack:
        if format_ == "json":
            stack.enter_context(redirect_stdout(sys.stderr))
        folder = keep or stack.enter_context(tempfile.TemporaryDirectory(prefix="statusgen-drill-"))
        if keep and Path(keep).exists():
            raise click.UsageError(f"{keep} is there already; the copy needs a folder of its own.")
        score = _played(stack, chosen, (root, config, hit, folder), now, script, speed)
    _tell(score, chosen, format_)
    return FINE


def _played(  # noqa: PLR0913, PLR0917 (what a drill is made of)
    stack: ExitStack,
    scenario: Scenario,
    place: tuple[str, Config, tuple[str, str], str],
    now: datetime,
    script: Iterable[str] | None,
    speed: float | None,
) -> Score:
    """Play to the end, or until the writer leaves, and return the score."""
    from statusgen.cli.drilling import Drill, Lines
    from statusgen.cli.serve import running
    from statusgen.drill.play import Clock, Play
    from statusgen.drill.stage import set_up
    from statusgen.preview.server import Preview

    root, config, hit, folder = place
    _forget_repository()
    preview = None
    address = _NO_ADDRESS
    if script is None:
        preview = Preview(str(Path(folder, "site")))
        address = stack.enter_context(running(preview, "127.0.0.1", None))
        address = address.replace("127.0.0.1", _HOST)
    stage = set_up(root, config, folder, address.rstrip("/"), os.environ)
    alarm = now.replace(second=0, microsecond=0)
    pace = speed if speed is not None else float(script is None)
    clock = Clock(alarm, time.monotonic, pace)
    drill = Drill(stage, Play(scenario, alarm), clock, hit, preview)
    drill.begin(address if preview else "")
    lines = Lines(script)
    try:
        drill.go_on(lines)
    except (KeyboardInterrupt, click.Abort):
        click.echo("\nThe drill ends here.")
    return drill.score()


def _forget_repository() -> None:
    """Take out of the environment what would lead git to a repository other than the copy's."""
    from statusgen.git.repository import without_repository

    for name in os.environ.keys() - without_repository(os.environ).keys():
        del os.environ[name]


def _chosen(scenarios: Mapping[str, Scenario], asked: str) -> Scenario:
    meant = [asked] if asked in scenarios else [one for one in scenarios if one.startswith(asked)]
    if len(meant) == 1:
        return scenarios[meant[0]]
    from statusgen.reading.suggest import did_you_mean

    hint = did_you_mean(asked, scenarios)
    near = f" {hint[0].upper()}{hint[1:]}" if hint else ""
    there_are = ", ".join(meant or scenarios)
    raise click.UsageError(f"There is no one scenario {asked!r}.{near} There are: {there_are}.")


def _hit(config: Config, asked: str) -> tuple[str, str]:
    """Return the id and the name of the component that the drill hits."""
    from statusgen.authoring.choosing import choose_component, names_of
    from statusgen.authoring.faults import Fault

    if not config.components:
        raise click.UsageError("The page has no component that could be hit.")
    found = choose_component(asked, names_of(config), "--component") if asked else ""
    if isinstance(found, Fault):
        raise click.UsageError(f"{found}.")
    name = found or config.components[0].id
    return next((one.id, one.name) for one in config.components if one.id == name)


def _list(scenarios: Mapping[str, Scenario], format_: str) -> None:
    if format_ == "json":
        listed = [
            {
                "name": one.name,
                "title": one.title,
                "about": one.about,
                "minutes": _length(one),
                "impact": one.impact,
            }
            for one in scenarios.values()
        ]
        click.echo(json.dumps(listed, indent=2, ensure_ascii=False))
        return
    for one in scenarios.values():
        said = _LISTED.format(
            name=one.name,
            minutes=_length(one),
            title=one.title,
            indent=" " * 29,
            about=one.about,
        )
        click.echo(printable(said).rstrip())
    click.echo("\nMinutes are the incident's; you skip what you would wait. 'statusgen drill NAME'")


def _length(scenario: Scenario) -> int:
    return int(scenario.steps[-1].after.total_seconds() // 60)


def _tell(score: Score, scenario: Scenario, format_: str) -> None:
    if format_ == "json":
        click.echo(json.dumps(_facts(score, scenario), indent=2, ensure_ascii=False))
        return
    click.echo(f"\n{scenario.title}: {score.points} of {score.most} points")
    for one in score.measures:
        points = f"{one.points}/{one.most}" if one.most else ""
        click.echo(printable(f"  {one.name:12} {points:>6}  {one.said}"))
    if score.findings:
        click.echo("\nWhat the coach says")
    for finding in score.findings:
        at = f"{finding.spot.at:%H:%M} UTC  " if finding.spot.at else ""
        click.echo(printable(f"  {at}{finding.rule.value}: {finding.message}"))
        if finding.hint:
            click.echo(printable(f"    {finding.hint}"))


def _facts(score: Score, scenario: Scenario) -> dict[str, Any]:
    return {
        "scenario": scenario.name,
        "points": score.points,
        "most": score.most,
        "measures": [one._asdict() for one in score.measures],
        "findings": [
            {
                "rule": one.rule,
                "message": one.message,
                "hint": one.hint,
                "severity": one.severity,
                "at": one.spot.at.isoformat() if one.spot.at else None,
            }
            for one in score.findings
        ],
    }
