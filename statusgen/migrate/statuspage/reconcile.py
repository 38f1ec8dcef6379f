"""Brings what was imported before together with what the source says now.

What stands in the file stays, since a person may have put it there. Taken over is what the source
has added, and an update that it has corrected since, as the update's own `updated_at` tells. Every
difference that remains is reported; whoever wants the source's version deletes the file.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from statusgen.migrate.statuspage.records import EVER
from statusgen.model import Incident, Update, derive_code

_OF_INCIDENT = (
    "title",
    "kind",
    "impact",
    "components",
    "started",
    "starts",
    "ends",
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
    """What the file should say; the parts in which it keeps its own, and those it has to give up.

    A part is named as a person finds it: 'title', 'update abc123abc123: text'.
    """

    incident: Incident
    kept: tuple[str, ...]
    replaced: tuple[str, ...]


def reconcile(there: Incident, source: Incident) -> Reconciled:
    """Return the file's incident with what is new at the source.

    Both stem from one record: `there` from the file, `source` from an import of today.
    """
    kept = _differences(there, source, _OF_INCIDENT)
    replaced: list[str] = []
    mine = {update.id: update for update in there.updates}
    updates = []
    for update in source.updates:
        own = mine.pop(update.id, None)
        if own is None or _changed_at(update) > _changed_at(own):
            updates.append(update if own is None else _corrected(own, update, replaced))
            continue
        updates.append(own)
        kept += [f"update {own.id}: {key}" for key in _differences(own, update, _OF_UPDATE)]
    is_newer = _stamp(source) >= _stamp(there)
    needless: Collection[str] = _stand_ins(there, source) if is_newer else ()
    left = [update for update in mine.values() if update.id not in needless]
    kept += [f"update {one.id}, deleted there," for one in left if one.code and is_newer]
    updates += left
    updates.sort(key=lambda update: update.at)
    incident = there._replace(
        updates=tuple(updates),
        aliases=tuple(dict.fromkeys((*there.aliases, *source.aliases))),
        updated=source.updated if _stamp(source) > _stamp(there) else there.updated,
    )
    return Reconciled(incident, tuple(kept), tuple(replaced))


def _stand_ins(there: Incident, source: Incident) -> Collection[str]:
    """Return the ids of updates that an import made, where the source has one of its own by now."""
    ids = {derive_code(source.code, word) for word in ("status", "overrun", "postmortem")}
    texts = {update.text for update in source.updates} | {""}
    return {update.id for update in there.updates if update.id in ids and update.text in texts}


def _differences(
    there: Incident | Update,
    source: Incident | Update,
    keys: tuple[str, ...],
) -> list[str]:
    return [key for key in keys if getattr(there, key) != getattr(source, key)]


def _corrected(there: Update, source: Update, replaced: list[str]) -> Update:
    """Return the update as the source has it now, with what only we have of it."""
    replaced += [f"update {source.id}: {key}" for key in _differences(there, source, _OF_UPDATE)]
    return source._replace(
        next_update=there.next_update,
        eta=there.eta,
        impact=there.impact,
        author=there.author,
    )


def _changed_at(update: Update) -> datetime:
    return update.updated or update.created or update.at


def _stamp(incident: Incident) -> datetime:
    moments = [_changed_at(update) for update in incident.updates]
    moments += [moment for moment in (incident.updated, incident.created) if moment]
    return max(moments, default=EVER)
