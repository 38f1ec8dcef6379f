"""What each update of a record did to components: the facts behind `affected_components`.

An imported update (one with a `code` of its own) says itself what it affected, and only that. An
update written by hand need not repeat the front matter: its first names all that the front matter
names, and each later one also names what the record's course has changed since the one before, as
when a resolved incident lets its components go.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from statusgen.model import ComponentStatus
from statusgen.timeline.record import Record

_OPERATIONAL = ComponentStatus.OPERATIONAL


class Effect(NamedTuple):
    """One component in one update: what it was before and is after."""

    component: str
    before: ComponentStatus
    after: ComponentStatus


def effects_of(record: Record) -> list[tuple[Effect, ...]]:
    """Return the effects of each update, in the order of `record.updates` (oldest first)."""
    said: dict[str, ComponentStatus] = {}
    listed = {one.component for one in record.incident.components}
    effects = []
    for update in record.updates:
        found = [
            Effect(id_, before or said.get(id_, _OPERATIONAL), after)
            for id_, after, before in update.changes
        ]
        if not update.code:
            named = [effect.component for effect in found]
            for id_ in record.components:
                before, after = said.get(id_, _OPERATIONAL), _status_at(record, id_, update.at)
                if (after is not before or id_ in listed) and id_ not in named:
                    found.append(Effect(id_, before, after))
            listed.clear()  # the front matter is told once, with the first update
        said.update((effect.component, effect.after) for effect in found)
        effects.append(tuple(found))
    return effects


def _status_at(record: Record, component: str, moment: datetime) -> ComponentStatus:
    """Return what the record's course makes of a component at a moment."""
    for id_, status, start, end in record.spans:
        if id_ == component and start <= moment and (end is None or moment < end):
            return status
    return _OPERATIONAL
