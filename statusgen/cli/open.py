"""`statusgen open`: the first notice of an incident."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Unpack

import click

from statusgen.authoring.choosing import choose
from statusgen.authoring.faults import Fault
from statusgen.authoring.moments import earlier, later, minute_of
from statusgen.authoring.opening import Opening, new_incident
from statusgen.authoring.promises import default_text
from statusgen.cli.exits import FINE
from statusgen.cli.formats import printable
from statusgen.cli.memory import without_collector
from statusgen.cli.writing.asking import ask, ask_line, confirm
from statusgen.cli.writing.beginning import beginning, titled
from statusgen.cli.writing.desk import Desk, Question, ask_components, title_of
from statusgen.cli.writing.editing import Sheet
from statusgen.cli.writing.finding import open_under
from statusgen.cli.writing.options import (
    Shared,
    Verb,
    component_option,
    shared_options,
    text_option,
)
from statusgen.cli.writing.saving import Kept, fail
from statusgen.content.ids import stem_of
from statusgen.model import CLOSING, STATUSES, Affected, Impact, Kind, Status

if TYPE_CHECKING:
    from statusgen.model import Incident

NO_PROMISE = "none"
NOTES = (
    "Say what readers notice, what still works, and what you are doing. No cause yet.",
    "The time of the next update is added by itself.",
)


class Typed(Shared):
    """What `open` is given."""

    title: str | None
    components: tuple[str, ...]
    impact: str | None
    status: str | None
    next_update: str | None
    started: str | None
    another: bool


@click.command("open", cls=Verb)
@click.argument("title", required=False)
@component_option()
@text_option("--impact", help="minor, major or critical.")
@text_option("--status", help="investigating (default), identified …")
@text_option("--next-update", metavar="TIME", help="15m, 14:30; default by impact; 'none'.")
@text_option("--started", metavar="TIME", help="When it really began.")
@click.option("--another", is_flag=True, help="Also if one of this title is open.")
@shared_options()
def command(**typed: Unpack[Typed]) -> int:
    """Open an incident: tell readers that something is wrong. Asks what is missing."""
    with without_collector():
        desk = Desk(typed)
        opening = _opening(desk, typed)
        text = desk.text()
        asks = desk.asks and not desk.faults
        if asks and not opening.title and not desk.approved:
            opening = opening._replace(title=title_of(ask_line("What is wrong, in one line")))
        if opening.title and _is_open_already(desk, opening.title, another=typed["another"]):
            return _left(desk, text)
        named = titled(desk, _asked(desk, opening) if asks else opening, new_incident)
        if named.title != opening.title and _is_open_already(
            desk, named.title, another=typed["another"]
        ):
            return _left(desk, text)
        opening = named
        _need(desk, opening)

        def make(incident_id: str, path: str, told: Opening) -> Incident:
            return new_incident(incident_id, path, told._replace(upstream=desk.vendor))

        job = beginning(desk, Kind.INCIDENT, opening, opening.at.date(), make)
        names = _names(desk, opening.components)
        question = Question("What do readers notice?", default_text(names))
        return desk.finish(job, text, question, Sheet(stem_of(job.path), notes=NOTES))


def _opening(desk: Desk, typed: Typed) -> Opening:
    """Return what was given, as far as it can be read."""
    at = minute_of(desk.now)
    components = desk.affected(typed["components"])
    approved = desk.approved.text if desk.approved else None
    impact, status = typed["impact"], typed["status"]
    promise, started = typed["next_update"], typed["started"]
    statuses = STATUSES[Kind.INCIDENT][:-1]
    chosen = desk.take(choose(Status, status, "--status", statuses)) if status else None
    return Opening(
        title=title_of(typed["title"]),
        at=at,
        text="",
        components=components,
        impact=desk.take(read_impact(impact)) if impact else approved and approved.impact,
        status=chosen or (approved and approved.status) or Status.INVESTIGATING,
        next_update=desk.take(read_promise(promise, at, desk)) if promise else None,
        cadence=desk.place.cadence,
        promises=promise != NO_PROMISE and chosen not in CLOSING,
        started=desk.take(earlier(started, at, desk.place.zone, "--started")) if started else None,
    )


def read_impact(text: str) -> Impact | Fault:
    """Return an impact that an incident can have."""
    among = [impact for impact in Impact if impact is not Impact.MAINTENANCE]
    return choose(Impact, text, "--impact", among)


def read_promise(text: str, at: datetime, desk: Desk) -> datetime | Fault | None:
    """Return when readers hear again; None if nothing is promised."""
    return None if text == NO_PROMISE else later(text, at, desk.place.zone, "--next-update")


def _asked(desk: Desk, opening: Opening) -> Opening:
    """Ask a person for what is missing, but for the title and the text."""
    components = opening.components or ask_components(desk)
    impact = opening.impact
    if impact is None and not any(one.status for one in components):

        def read(answer: str) -> Impact | list[Fault]:
            found = read_impact(answer)
            return [found] if isinstance(found, Fault) else found

        impact = ask("How bad (minor, major, critical)", read, "minor")
    return opening._replace(components=components, impact=impact)


def _is_open_already(desk: Desk, title: str, *, another: bool) -> bool:
    """Tell whether a person leaves it at the incident that is open under this title.

    A script is refused.
    """
    found = None if another else open_under(desk.place, title, desk.now)
    if found is None:
        return False
    incident_id = stem_of(found.path)
    message = f"{incident_id} is open under this title already"
    hint = f"'statusgen update {incident_id}' adds to it"
    if desk.asks and not desk.faults:
        click.echo(printable(f"{message}; {hint}."))
        return confirm("Open another one?", "ny") == "n"
    desk.faults.append(Fault("TITLE", message, f"{hint}, --another opens another one"))
    return False


def _left(desk: Desk, text: str) -> int:
    fail(desk.place, [], Kept(text), "open")
    click.echo("Nothing is changed.")
    return FINE


def _need(desk: Desk, opening: Opening) -> None:
    """Remember that nothing is affected."""
    is_rated = opening.impact or any(one.status for one in opening.components)
    is_told = any(fault.given in {"--component", "--impact"} for fault in desk.faults)
    if not (opening.components or is_rated or is_told):
        hint = "or --impact, if it is none of them"
        desk.faults.append(Fault("--component", "what is affected is missing", hint))


def _names(desk: Desk, components: Sequence[Affected]) -> str:
    """Return the names of what is affected: 'Checkout and API'."""
    config = desk.place.config
    names = {one.id: one.name for one in config.components} if config else {}
    said = [names.get(one.component, one.component) for one in components]
    return " and ".join([", ".join(said[:-1]), said[-1]]) if len(said) > 1 else "".join(said)
