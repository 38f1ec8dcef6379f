"""`statusgen resolve`: tell readers that it is over."""

from __future__ import annotations

from typing import Unpack

import click

from statusgen.authoring.appending import (
    News,
    is_over,
    time_for,
    with_news,
)
from statusgen.authoring.faults import Fault
from statusgen.authoring.moments import earlier, minute_of
from statusgen.cli.exits import FINE
from statusgen.cli.formats import printable
from statusgen.cli.memory import without_collector
from statusgen.cli.writing.completing import complete_incident
from statusgen.cli.writing.desk import (
    Desk,
    Question,
)
from statusgen.cli.writing.editing import Sheet
from statusgen.cli.writing.finding import find_incident, readable
from statusgen.cli.writing.options import (
    Shared,
    Verb,
    shared_options,
    text_option,
)
from statusgen.cli.writing.saving import Job, Kept, fail
from statusgen.content.ids import stem_of
from statusgen.model import CLOSING, Incident, Kind, Status
from statusgen.reading.times import write_time

NOTES = (
    "Say that it works again, from when to when it did not, for whom,",
    "and whether anything was lost or must be done again.",
)


class Typed(Shared):
    """What `resolve` is given."""

    incident: str | None
    ended: str | None


@click.command("resolve", cls=Verb)
@click.argument("incident", metavar="[ID]", required=False, shell_complete=complete_incident)
@text_option("--ended", metavar="TIME", help="When it was really over.")
@shared_options()
def command(**typed: Unpack[Typed]) -> int:
    """Tell readers that it is over; without ID it is the open incident.

    All its components are operational again. A maintenance is completed, a notice taken down.
    """
    with without_collector():
        desk = Desk(typed)
        text = desk.text()
        found = find_incident(desk.place, typed["incident"], desk.now, asks=desk.asks)
        if isinstance(found, Fault):
            return fail(desk.place, [*desk.faults, found], Kept(text), "resolve")
        path, incident = found
        if is_over(incident, desk.now):
            click.echo(printable(f"{incident.title!r} {_over(incident)} already."))
            click.echo("Nothing is changed.")
            return FINE
        return _resolved(desk, typed, path, incident, text)


def _resolved(desk: Desk, typed: Typed, path: str, incident: Incident, text: str) -> int:
    ended, zone = typed["ended"], desk.place.zone
    end = desk.take(earlier(ended, minute_of(desk.now), zone, "--ended")) if ended else None
    usual = Status.COMPLETED if incident.kind is Kind.MAINTENANCE else Status.RESOLVED
    status = desk.status_from(incident.kind) or usual
    begun = incident.started or (incident.updates[0].at if incident.updates else None)
    if end and begun and end < begun:
        hint = f"it began {write_time(begun)}"
        desk.faults.append(Fault("--ended", f"{write_time(end)} is before it began", hint))

    if incident.kind is Kind.NOTICE and text:
        hint = "'statusgen update' adds one"
        desk.faults.append(Fault("--message", "a notice is taken down without a text", hint))

    def make(old: str, written: str) -> Incident | Fault:
        current = readable(desk.place, path, old)
        if isinstance(current, Fault):
            return current
        if current.kind is Kind.NOTICE:
            return current._replace(ends=minute_of(desk.now))
        if is_over(current, desk.now):
            return Fault("", f"{current.title!r} {_over(current)} already")
        at = time_for(current, desk.now)
        if isinstance(at, Fault):
            return at
        return with_news(current, at, News(written, status, ended=end))

    return desk.finish(
        Job(path, make, f"Resolve: {incident.title}"),
        text,
        Question("What works again, and from when to when did it not?"),
        Sheet(stem_of(path), notes=NOTES),
        text_needed=incident.kind is not Kind.NOTICE,
    )


def _over(incident: Incident) -> str:
    """Return 'is resolved since 2026-11-21 11:02 UTC', the predicate of its title."""
    newest = incident.updates[-1] if incident.updates else None
    if incident.kind is Kind.NOTICE or newest is None or newest.status not in CLOSING:
        word = "taken down" if incident.kind is Kind.NOTICE else Status.COMPLETED
        at = incident.ends
    else:
        word, at = newest.status.label.lower(), newest.at
        if newest.status is Status.POSTMORTEM:
            word = Status.RESOLVED
    return f"is {word} since {write_time(at)}" if at else f"is {word}"
