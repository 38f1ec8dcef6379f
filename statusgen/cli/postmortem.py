"""`statusgen postmortem`: tell readers what happened, and what you change."""

from __future__ import annotations

from typing import Unpack

import click

from statusgen.authoring.appending import News, is_over, time_for, with_news
from statusgen.authoring.faults import Fault
from statusgen.authoring.postmortems import NOTES, draft_of
from statusgen.cli.memory import without_collector
from statusgen.cli.options import clock
from statusgen.cli.writing.desk import (
    Desk,
)
from statusgen.cli.writing.editing import Sheet
from statusgen.cli.writing.finding import find_incident, readable
from statusgen.cli.writing.options import (
    Shared,
    Verb,
    shared_options,
)
from statusgen.cli.writing.saving import Job, Kept, fail
from statusgen.content.ids import stem_of
from statusgen.model import Incident, Kind, Status


class Typed(Shared):
    """What `postmortem` is given."""

    incident: str


@click.command("postmortem", cls=Verb)
@click.argument("incident", metavar="ID")
@shared_options()
def command(**typed: Unpack[Typed]) -> int:
    """Tell readers what happened and what you change, once it is over.

    Your editor opens with the sections of a postmortem, and in them what the file knows.
    """
    with without_collector():
        desk = Desk(typed)
        text = desk.text()
        found = find_incident(desk.place, typed["incident"], desk.now, asks=desk.asks)
        if isinstance(found, Fault):
            return fail(desk.place, [*desk.faults, found], Kept(text), "postmortem")
        path, incident = found
        desk.faults += _unfit(incident, desk)

        def make(old: str, written: str) -> Incident | Fault:
            current = readable(desk.place, path, old)
            if isinstance(current, Fault):
                return current
            at = time_for(current, typed["now"] or clock())  # hours may have gone by
            if isinstance(at, Fault):
                return at
            return with_news(current, at, News(written, Status.POSTMORTEM))

        config = desk.place.config
        names = {one.id: one.name for one in config.components} if config else {}
        sheet = Sheet(
            f"{stem_of(path)}-postmortem", draft_of(incident, names), NOTES, must_change=True
        )
        job = Job(path, make, f"Postmortem: {incident.title}")
        return desk.finish(job, text, None, sheet)


def _unfit(incident: Incident, desk: Desk) -> list[Fault]:
    """Return why there can be no postmortem now."""
    if incident.kind is Kind.NOTICE:
        return [Fault("", f"{incident.title!r} is a notice", "only what went wrong has one")]
    if not is_over(incident, desk.now):
        return [Fault("", f"{incident.title!r} is not over yet", "'statusgen resolve' comes first")]
    if any(update.status is Status.POSTMORTEM for update in incident.updates):
        hint = "correct it in the file"
        return [Fault("", f"{incident.title!r} has its postmortem already", hint)]
    return []
