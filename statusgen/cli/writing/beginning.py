"""A file that is not there yet: its name, its place, and the change that makes it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from statusgen.authoring.naming import new_id, new_path
from statusgen.cli.writing.desk import Desk
from statusgen.cli.writing.saving import Job
from statusgen.content.ids import stem_of
from statusgen.model import Incident, Kind

_VERBS = {Kind.INCIDENT: "Open", Kind.MAINTENANCE: "Schedule", Kind.NOTICE: "Notice"}


def beginning(
    desk: Desk,
    kind: Kind,
    title: str,
    day: date | None,
    make: Callable[[str, str, str], Incident],
) -> Job:
    """Return the change that makes a file from its id, its path and its text.

    `kind` names it where its title makes no id. Without a `day` it is of no day, as what comes
    again and again.
    """
    place = desk.place
    taken = {stem_of(path) for path in place.paths}
    incident_id = new_id(title, day, taken, otherwise=kind)
    path = new_path(incident_id, day, place.paths) if day else f"incidents/{incident_id}.md"
    verb = _VERBS[kind]
    return Job(path, lambda _, text: make(incident_id, path, text), f"{verb}: {title}", is_new=True)
