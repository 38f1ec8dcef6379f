"""Brings what was imported before together with what the source says now.

What a person changed in the file stays. Only what the source itself has changed since, as its own
`updated_at` tells, and what it has added, is taken over. Every difference that remains is reported.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from statusgen.model import Incident, Update

_FROM_SOURCE = (
    "title",
    "kind",
    "impact",
    "components",
    "started",
    "starts",
    "ends",
    "code",
    "created",
)
_OF_UPDATE = (
    "status",
    "at",
    "text",
    "changes",
    "notify",
    "created",
    "tweet_id",
    "custom_tweet",
)


class Reconciled(NamedTuple):
    """What the file should say, and in which parts it and the source differ."""

    incident: Incident
    kept: tuple[str, ...]


def reconcile(there: Incident, source: Incident) -> Reconciled:
    """Return the file's incident with what is new at the source.

    Both stem from one record: `there` from the file, `source` from an import of today.
    """
    kept: list[str] = []
    mine = {update.id: update for update in there.updates}
    updates = [
        _update(mine[update.id], update, kept) if update.id in mine else update
        for update in source.updates
    ]
    theirs = {update.id for update in source.updates}
    updates += [update for update in there.updates if update.id not in theirs]
    updates.sort(key=lambda update: update.at)
    is_newer = _stamp(source) > _stamp(there)
    values = {key: getattr(source if is_newer else there, key) for key in _FROM_SOURCE}
    kept += [
        key for key in _FROM_SOURCE if getattr(there, key) != getattr(source, key) and not is_newer
    ]
    aliases = dict.fromkeys((*there.aliases, *source.aliases))
    incident = there._replace(
        **values,
        updates=tuple(updates),
        aliases=tuple(aliases),
        updated=source.updated if is_newer else there.updated,
    )
    return Reconciled(incident, tuple(kept))


def _update(there: Update, source: Update, kept: list[str]) -> Update:
    different = [key for key in _OF_UPDATE if getattr(there, key) != getattr(source, key)]
    if not different and there.updated == source.updated:
        return there
    if _changed_at(source) > _changed_at(there):
        return there._replace(
            **{key: getattr(source, key) for key in (*_OF_UPDATE, "updated")},
        )
    kept.extend(f"update {source.id}: {key}" for key in different)
    return there


def _changed_at(update: Update) -> datetime:
    return update.updated or update.created or update.at


def _stamp(incident: Incident) -> datetime:
    moments = [_changed_at(update) for update in incident.updates]
    moments += [moment for moment in (incident.updated, incident.created) if moment]
    return max(moments)
