"""Incidents and maintenances as the API shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from statusgen.messages import N_
from statusgen.model import Impact, Kind, Notify, Status, Update, derive_code
from statusgen.site.api.components import Directory
from statusgen.site.context import Site, record_url
from statusgen.site.json_text import Json
from statusgen.site.markdown import plain_text
from statusgen.site.views.changes import Effect, effects_of
from statusgen.site.views.names import Name, names_of
from statusgen.timeline.record import Record, Window

UNREADABLE = N_(
    "The file of this report cannot be read at the moment. "
    "Its impact is not known, so it counts as open."
)
"""The body of the one update of an incident of which nothing could be read."""

_MOST_DIGITS = 19


def record_json(site: Site, directory: Directory, record: Record) -> Json:
    """Return a record in Statuspage's shape and order of keys, without `reminder_intervals`."""
    time, page_id = directory.time, directory.page["id"]
    updates = updates_of(record)
    words = [_word(record.kind, update.status) for update in updates]
    resolved_at = _resolved_at(record, updates, words)
    names = names_of(site)
    effects = effects_of(record) or [()]
    rows = [directory.by_id[id_] for id_ in _listed(directory, record)]
    json: Json = {
        "id": record.code,
        "name": record.title,
        "status": words[-1],
        "created_at": time(record.created),
        "updated_at": time(record.updated),
        "monitoring_at": time(record.monitoring_at) if record.monitoring_at else None,
        "resolved_at": time(resolved_at) if resolved_at else None,
        "impact": _impact(record),
        "shortlink": record_url(site, record),
        "started_at": time(record.started),
        "page_id": page_id,
        "incident_updates": [
            _update_json(directory, record, update, word, _affected(directory, names, update, done))
            for update, word, done in zip(updates, words, effects, strict=True)
        ][::-1],
        "components": rows,
    }
    if record.kind is Kind.MAINTENANCE:
        window = record.window or Window(record.started, record.started)
        json["scheduled_for"] = time(window.start)
        json["scheduled_until"] = time(window.end)
    return json


def updates_of(record: Record, unreadable: str = UNREADABLE) -> tuple[Update, ...]:
    """Return the record's updates, oldest first; one of our own making where it has none.

    Clients of the API and of the history feed rely on there being one. `unreadable` is what it says
    of a file that cannot be read.
    """
    if record.updates:
        return record.updates
    incident = record.incident
    text = incident.summary or (unreadable if incident.stand_in else "")
    at = record.resolved_at or record.created
    return (Update(derive_code(record.id, "update"), record.status, at, text),)


def _word(kind: Kind, status: Status) -> Status:
    """Return the status in Statuspage's words, which know no cancelled maintenance."""
    if status is Status.CANCELLED or (kind is Kind.MAINTENANCE and status is Status.POSTMORTEM):
        return Status.COMPLETED
    return status


def _impact(record: Record) -> Impact:
    """Return the impact in Statuspage's words: maintenance has its own, and nothing else has it."""
    if record.kind is Kind.MAINTENANCE:
        return Impact.MAINTENANCE
    return Impact.NONE if record.impact is Impact.MAINTENANCE else record.impact


def _listed(directory: Directory, record: Record) -> list[str]:
    """Return the components that a record has in the API.

    They stand in the API's own order, unless the front matter lists all of them: then in its order.
    """
    ids = [id_ for id_ in record.components if id_ in directory.by_id]
    if len(ids) > 1 and len(record.incident.components) < len(record.components):
        ids.sort(key=directory.rank.__getitem__)
    return ids


def _resolved_at(record: Record, updates: Sequence[Update], words: list[Status]) -> datetime | None:
    """Return the time of an update that says resolved or completed, as clients compare them.

    It is the record's own, but for maintenance that ended with its postmortem.
    """
    closing = (Status.RESOLVED, Status.COMPLETED)
    told = [update.at for update, word in zip(updates, words, strict=True) if word in closing]
    return record.resolved_at if record.resolved_at in told else next(iter(told), None)


def _update_json(
    directory: Directory,
    record: Record,
    update: Update,
    word: Status,
    affected: list[Json] | None,
) -> Json:
    time = directory.time
    at = time(update.at)
    created = time(update.created) if update.created else at
    return {
        "id": update.id,
        "status": word,
        "body": plain_text(update.text),
        "incident_id": record.code,
        "created_at": created,
        "updated_at": time(update.updated) if update.updated else created,
        "display_at": at,
        "affected_components": affected,
        "deliver_notifications": update.notify is not Notify.NO,
        "custom_tweet": update.custom_tweet or None,
        "tweet_id": _tweet_id(update.tweet_id),
    }


def _tweet_id(text: str) -> int | str | None:
    """Return the number that clients expect, as far as 64 bits hold it."""
    is_number = text.isdecimal() and len(text) <= _MOST_DIGITS
    return int(text) if is_number else text or None


def _affected(
    directory: Directory,
    names: Mapping[str, Name],
    update: Update,
    effects: tuple[Effect, ...],
) -> list[Json] | None:
    moment = update.created or update.at
    return [
        {
            "code": directory.code_of(one.component),
            "name": names[one.component].at(moment) if one.component in names else one.component,
            "old_status": one.before,
            "new_status": one.after,
        }
        for one in effects
    ] or None
