"""New files: an incident, a maintenance or a notice, from what was typed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from statusgen.authoring.promises import promise_for
from statusgen.content.course import worst_implied
from statusgen.content.texts import normal_text
from statusgen.model import (
    STATUS_OF,
    Affected,
    Cadence,
    Impact,
    Incident,
    Kind,
    Status,
    Update,
)


class Opening(NamedTuple):
    """What is known of a new incident.

    Without `next_update` its impact and the page's `cadence` say when that is due.
    """

    title: str
    at: datetime
    text: str
    components: Sequence[Affected] = ()
    impact: Impact | None = None
    status: Status = Status.INVESTIGATING
    next_update: datetime | None = None
    promises: bool = True
    started: datetime | None = None
    upstream: str = ""
    cadence: Cadence = Cadence()


class Plan(NamedTuple):
    """What is known of a maintenance or a notice ahead."""

    title: str
    at: datetime
    text: str
    components: Sequence[Affected] = ()
    starts: datetime | None = None
    ends: datetime | None = None
    repeat: str = ""
    pin: bool = False


def new_incident(incident_id: str, path: str, opening: Opening) -> Incident:
    """Return the incident that a first notice makes."""
    components, impact = _settled(opening.components, opening.impact)
    started = opening.started if opening.started != opening.at else None
    incident = Incident(
        incident_id,
        opening.title,
        path=path,
        impact=impact,
        components=components,
        started=started,
        upstream=opening.upstream,
    )
    promised = opening.next_update
    if promised is None and opening.promises:
        promised = opening.at + promise_for(incident, opening.cadence, opening.at)
    text = normal_text(opening.text)
    first = Update("", opening.status, opening.at, text, next_update=promised)
    return incident._replace(updates=(first,))


def new_maintenance(incident_id: str, path: str, plan: Plan) -> Incident:
    """Return a maintenance; one that comes again has its text once for all times, as summary."""
    incident = Incident(
        incident_id,
        plan.title,
        kind=Kind.MAINTENANCE,
        path=path,
        components=tuple(plan.components),
        starts=plan.starts,
        ends=plan.ends,
        repeat=plan.repeat,
    )
    text = normal_text(plan.text)
    if plan.repeat:
        return incident._replace(summary=text, created=plan.at)
    return incident._replace(updates=(Update("", Status.SCHEDULED, plan.at, text),))


def new_notice(incident_id: str, path: str, plan: Plan) -> Incident:
    """Return a notice: a piece of news that is no incident."""
    return Incident(
        incident_id,
        plan.title,
        kind=Kind.NOTICE,
        path=path,
        components=tuple(plan.components),
        starts=plan.starts,
        ends=plan.ends,
        pin=plan.pin,
        updates=(Update("", Status.NOTICE, plan.at, normal_text(plan.text)),),
    )


def _settled(
    components: Sequence[Affected],
    impact: Impact | None,
) -> tuple[tuple[Affected, ...], Impact | None]:
    """Return the components and the impact as they are best written.

    If any has a status all get one: a map with a hole in it reads badly. An impact that follows
    from the statuses is left out.
    """
    if not any(one.status for one in components):
        return tuple(components), impact
    fitting = STATUS_OF[impact or Impact.MINOR]
    settled = tuple(one if one.status else one._replace(status=fitting) for one in components)
    implied = worst_implied(one.status or fitting for one in settled)
    return settled, None if impact is implied else impact
