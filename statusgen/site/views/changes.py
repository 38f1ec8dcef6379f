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
            course = _course_at(record, update.at)
            for id_ in record.components:
                before, after = said.get(id_, _OPERATIONAL), course.get(id_, _OPERATIONAL)
                if (after is not before or id_ in listed) and id_ not in named:
                    found.append(Effect(id_, before, after))
            listed.clear()  # the front matter is told once, with the first update
        said.update((effect.component, effect.after) for effect in found)
        effects.append(tuple(found))
    return effects


def _course_at(record: Record, moment: datetime) -> dict[str, ComponentStatus]:
    """Return what the record's course makes of components at a moment, if not operational."""
    return {
        id_: status
        for id_, status, start, end in record.spans
        if start <= moment and (end is None or moment < end)
    }
