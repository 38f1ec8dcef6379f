"""`statusgen update`: tell readers how an incident goes on."""

from __future__ import annotations

from datetime import datetime
from typing import Unpack

import click

from statusgen.authoring.appending import (
    News,
    newest_status,
    time_for,
    with_news,
)
from statusgen.authoring.choosing import choose, choose_affected
from statusgen.authoring.faults import Fault
from statusgen.authoring.moments import A_DAY, later
from statusgen.authoring.promises import promise_for, still_text
from statusgen.cli.memory import without_collector
from statusgen.cli.open import read_impact, read_promise
from statusgen.cli.writing.asking import ask
from statusgen.cli.writing.completing import complete_incident
from statusgen.cli.writing.desk import (
    Desk,
    Question,
)
from statusgen.cli.writing.editing import Sheet
from statusgen.cli.writing.finding import Found, find_incident, readable
from statusgen.cli.writing.options import (
    Shared,
    Verb,
    component_option,
    shared_options,
    text_option,
)
from statusgen.cli.writing.saving import Job, Kept, fail
from statusgen.content.ids import stem_of
from statusgen.model import CLOSING, STATUSES, Change, ComponentStatus, Incident, Kind, Status

NOTES = (
    "Say what has changed for readers since the last update, and what you do next.",
    "If nothing has, leave this empty and take --still.",
)


class Typed(Shared):
    """What `update` is given."""

    incident: str | None
    components: tuple[str, ...]
    status: str | None
    impact: str | None
    next_update: str | None
    eta: str | None
    still: bool


@click.command("update", cls=Verb)
@click.argument("incident", metavar="[ID]", required=False, shell_complete=complete_incident)
@click.option("--still", is_flag=True, help="Still working on it: no news, a new promise.")
@text_option("--status", help="identified, monitoring …; default: as it was.")
@component_option()
@text_option("--impact", help="minor, major or critical from now on.")
@text_option("--next-update", metavar="TIME", help="30m, 14:30; default by impact; 'none'.")
@text_option("--eta", metavar="TIME", help="When it will be over, if you know.")
@shared_options()
def command(**typed: Unpack[Typed]) -> int:
    """Tell readers how an incident goes on: ID or its beginning, or the open one."""
    with without_collector():
        desk = Desk(typed)
        text = desk.text()
        found = find_incident(desk.place, typed["incident"], desk.now, asks=desk.asks)
        if isinstance(found, Fault):
            return fail(desk.place, [*desk.faults, found], Kept(text), "update")
        reading = _Reading(desk, typed, found)
        is_told = text or typed["still"] or typed["status"] or desk.approved
        if desk.asks and not is_told and not desk.faults:
            reading.ask_status()
        job = Job(found.path, reading.make, f"Update: {found.incident.title}")
        still = still_text(found.incident, reading.status, desk.place.language)
        return desk.finish(
            job,
            text,
            Question("What is new?", still),
            Sheet(stem_of(found.path), notes=NOTES),
            text_needed=not typed["still"],
        )


class _Reading:
    """What was given, as far as it can be read without the file; then the update of the file."""

    def __init__(self, desk: Desk, typed: Typed, found: Found) -> None:
        self._desk = desk
        self._typed = typed
        self._path = found.path
        self._kind = found.incident.kind
        self._before = newest_status(found.incident, desk.now)
        self._changes = changes_of(desk, typed["components"])
        status, impact = typed["status"], typed["impact"]
        own = desk.status_from(self._kind)
        self._status = desk.take(choose_status(status, self._kind)) if status else own
        self._impact = desk.take(read_impact(impact)) if impact else None
        if self._status is None and found.incident.repeat:
            hint = f"one of {', '.join(STATUSES[self._kind])}"
            desk.faults.append(Fault("--status", "a maintenance that repeats needs it", hint))

    @property
    def status(self) -> Status:
        status: Status = self._status or self._before
        return status

    def ask_status(self) -> None:
        """Ask what the status is now."""

        def read(answer: str) -> Status | list[Fault]:
            found = choose_status(answer, self._kind)
            return [found] if isinstance(found, Fault) else found

        self._status = ask("Status now", read, str(self._before))

    def make(self, old: str, text: str) -> Incident | Fault:
        """Return the incident with the update."""
        incident = readable(self._desk.place, self._path, old)
        if isinstance(incident, Fault):
            return incident
        at = time_for(incident, self._desk.now)
        if isinstance(at, Fault):
            return at
        status = self._status or newest_status(incident, at)
        if self._status is None and status in CLOSING:
            return self._over(incident, status)
        if self._typed["still"]:
            sentence = still_text(incident, status, self._desk.place.language)
            text = f"{sentence}\n\n{text}".strip()
        news = News(text, status, self._changes, impact=self._impact)
        promise = self._promise(with_news(incident, at, news), status, at)
        eta = self._eta(at)
        if isinstance(promise, Fault):
            return promise
        if isinstance(eta, Fault):
            return eta
        return with_news(incident, at, news._replace(next_update=promise, eta=eta))

    def _over(self, incident: Incident, status: Status) -> Fault:
        hint = "--status opens it again, and 'statusgen postmortem' adds to it"
        return Fault("", f"{incident.title!r} is {status.label.lower()}", hint)

    def _promise(
        self,
        incident: Incident,
        status: Status,
        at: datetime,
    ) -> datetime | Fault | None:
        """Return when readers hear again: as was said, or by the impact while it is open."""
        typed = self._typed["next_update"]
        if typed:
            return read_promise(typed, at, self._desk)
        is_open = self._kind is Kind.INCIDENT and status not in CLOSING
        return at + promise_for(incident, self._desk.place.cadence, at) if is_open else None

    def _eta(self, at: datetime) -> datetime | Fault | None:
        typed = self._typed["eta"]
        return later(typed, at, self._desk.place.zone, "--eta", A_DAY) if typed else None


def choose_status(text: str, kind: Kind) -> Status | Fault:
    """Return a status that an update of this kind of file may have; a postmortem is none."""
    among = [one for one in STATUSES[kind] if one is not Status.POSTMORTEM]
    return choose(Status, text, "--status", among)


def changes_of(desk: Desk, texts: tuple[str, ...]) -> list[Change]:
    """Return what becomes of components; each needs a status here."""
    affected, faults = choose_affected(texts, desk.place.names, "--component")
    desk.faults += faults
    for one in affected:
        if one.status is None:
            hint = f"write {one.component}={ComponentStatus.PARTIAL_OUTAGE}"
            what = f"what becomes of {one.component} is missing"
            desk.faults.append(Fault("--component", what, hint))
    return [Change(one.component, one.status) for one in affected if one.status]
