"""A file that is not there yet: its title, its name, its place, and the change that makes it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from statusgen.authoring.faults import Fault
from statusgen.authoring.naming import new_id, new_path
from statusgen.authoring.opening import Opening, Plan
from statusgen.cli.writing.desk import Desk
from statusgen.cli.writing.saving import Job
from statusgen.content.ids import stem_of
from statusgen.model import Incident, Kind

_VERBS = {Kind.INCIDENT: "Open", Kind.MAINTENANCE: "Schedule", Kind.NOTICE: "Notice"}

Known = TypeVar("Known", Opening, Plan)
New = Callable[[str, str, Known], Incident]
"""Makes what is new from its id, its path and what is known of it."""


def titled(desk: Desk, known: Known, make: New[Known]) -> Known:
    """Return it with a title, the playbook's where none was given; remember if there is none."""
    if not known.title:
        known = known._replace(title=desk.title_from(make("", "", known)))
    if not known.title and not desk.is_from_playbook:  # of a text there has been told already
        desk.faults.append(Fault("TITLE", "a title is missing", 'write it in quotes: "…"'))
    return known


def beginning(desk: Desk, kind: Kind, known: Known, day: date | None, make: New[Known]) -> Job:
    """Return the change that makes a file from what is known, and its text.

    `kind` names it where its title makes no id. Without a `day` it is of no day, as what comes
    again and again.
    """
    paths = desk.place.paths
    taken = {stem_of(path) for path in paths}
    incident_id = new_id(known.title, day, taken, otherwise=kind)
    path = new_path(incident_id, day, paths)

    def change(_: str, text: str) -> Incident:
        return make(incident_id, path, known._replace(text=text))

    return Job(path, change, f"{_VERBS[kind]}: {known.title}", is_new=True)
