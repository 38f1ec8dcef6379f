"""`statusgen status`: the page in the terminal."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import click

from statusgen import __version__
from statusgen.build import memory_of
from statusgen.cli.exits import FINE
from statusgen.cli.formats import printable
from statusgen.cli.options import audience_option, format_option, now_option, root_option
from statusgen.content.audience import signed_for
from statusgen.memory.texts import Texts
from statusgen.model import Component, ComponentStatus
from statusgen.site.api.v1 import summary_json
from statusgen.site.context import Site, Theme
from statusgen.site.views.headline import headline
from statusgen.site.words.wording import WORDS
from statusgen.source.source import read_source
from statusgen.timeline import ComponentState, Record, derive
from statusgen.workers import process_count

_SYMBOLS: dict[str, str] = {
    ComponentStatus.OPERATIONAL: "✓",
    ComponentStatus.UNDER_MAINTENANCE: "◷",
    ComponentStatus.DEGRADED_PERFORMANCE: "▾",
    ComponentStatus.PARTIAL_OUTAGE: "◐",
    ComponentStatus.MAJOR_OUTAGE: "✗",
}
"""A shape for each state, so that none depends on a colour; anything else is a question."""


@click.command("status")
@root_option()
@format_option("text", "json")
@audience_option()
@now_option()
def command(root: str, format_: str, audience: str, now: datetime) -> int:
    """Show the page in the terminal: what is up, what is not, and what is ahead.

    The exit code is 0 whatever the state is.
    """
    memory = memory_of(root, audience)
    source = read_source(root, now, processes=process_count(), memory=memory, audience=audience)
    config, incidents = signed_for(audience, source.config, source.incidents)
    site = Site(
        history=derive(config, incidents, now, audience=audience),
        theme=Theme({}),
        markdown=Texts(memory),
        version=__version__,
        audience=audience,
    )
    if format_ == "json":
        click.echo(json.dumps(summary_json(site), indent=2))
    else:
        click.echo(printable("\n".join(lines_of(site))))
    return FINE


def lines_of(site: Site) -> Iterator[str]:
    """Yield the page as text: headline, components by group, what is open, what is ahead."""
    state = headline(site)
    said = f"{state.word}: {state.text}" if state.lead else state.text
    yield f"{_SYMBOLS.get(state.state, '?')} {site.config.page.name}: {said}"
    yield from state.also
    yield ""
    yield from _components(site)
    history = site.history
    zone = site.zone
    yield from _section("Open incidents", (_open(one, zone) for one in history.open_incidents))
    yield from _section("Maintenance in progress", (_open(one, zone) for one in history.running))
    yield from _section("Scheduled maintenance", (_ahead(one, zone) for one in history.upcoming))
    current = [[one.title] for one in history.notices if one.is_open]
    yield from _section("Notices", current)


def _components(site: Site) -> Iterator[str]:
    """Yield a line for each component that is still there, below the names of their groups."""
    states = site.history.components
    groups = {group.id: group for group in site.config.groups}
    shown = [one for one in site.config.components if states[one.id].is_current]
    indent = {one.id: "  " if one.group else "" for one in shown}
    width = max((len(indent[one.id] + one.name) for one in shown), default=0)
    for place in site.config.layout:
        if place in groups:
            yield groups[place].name
        for one in _at_place(shown, place):
            name = f"{indent[one.id]}{one.name}".ljust(width)
            yield f"{name}  {_state(states[one.id], site.zone)}"


def _at_place(components: Iterable[Component], place: str) -> Iterator[Component]:
    return (one for one in components if place in (one.id, one.group))


def _state(state: ComponentState, zone: ZoneInfo) -> str:
    words = f"{_SYMBOLS[state.status]} {WORDS[state.status]}"
    is_up = state.status is ComponentStatus.OPERATIONAL
    return words if is_up or state.since is None else f"{words} since {_time(state.since, zone)}"


def _section(title: str, entries: Iterable[list[str]]) -> Iterator[str]:
    for number, (first, *more) in enumerate(entries):
        if number == 0:
            yield ""
            yield title
        yield f"  {first}"
        yield from (f"    {line}" for line in more)


def _open(record: Record, zone: ZoneInfo) -> list[str]:
    """Return the lines of something that is going on."""
    said = [f"{record.status.label}, since {_time(record.started, zone)}"]
    if record.next_update:
        said.append(f"next update {_time(record.next_update, zone)}")
    if record.eta:
        said.append(f"expected to end {_time(record.eta, zone)}")
    if record.window:
        said.append(f"until {_time(record.window.end, zone)}")
    lines = [record.title, ", ".join(said)]
    if record.incident.stand_in:
        lines.append(f"{record.incident.path} cannot be read; 'statusgen check' tells why")
    return lines


def _ahead(record: Record, zone: ZoneInfo) -> list[str]:
    window = record.window
    times = f"{_time(window.start, zone)} to {_time(window.end, zone)}" if window else ""
    return [record.title, times]


def _time(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M %Z}"
