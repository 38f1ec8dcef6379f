"""What each update of a record did to components: the facts behind `affected_components`.

An imported update (one with a `code` of its own) says itself what it affected, and only that. An
update written by hand need not repeat the front matter: its first names all that the front matter
names, and each later one also names what the record's course has changed since the one before, as
when a resolved incident lets its components go.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from statusgen.model import ComponentStatus, Update
from statusgen.timeline.record import Record, Span

_OPERATIONAL = ComponentStatus.OPERATIONAL


class Effect(NamedTuple):
    """One component in one update: what it was before and is after."""

    component: str
    before: ComponentStatus
    after: ComponentStatus


def effects_of(record: Record) -> list[tuple[Effect, ...]]:
    """Return the effects of each update, in the order of `record.updates` (oldest first)."""
    said: dict[str, ComponentStatus] = {}
    effects = []
    for index, update in enumerate(record.updates):
        changes: dict[str, tuple[ComponentStatus, ComponentStatus | None]] = {
            change.component: (change.status, change.before) for change in update.changes
        }
        if not update.code:
            for component, status in _implied(record, update, said, is_first=index == 0):
                changes.setdefault(component, (status, None))
        effects.append(
            tuple(
                Effect(component, before or said.get(component, _OPERATIONAL), after)
                for component, (after, before) in changes.items()
            ),
        )
        said.update((component, after) for component, (after, _) in changes.items())
    return effects


def _implied(
    record: Record,
    update: Update,
    said: dict[str, ComponentStatus],
    *,
    is_first: bool,
) -> Iterator[tuple[str, ComponentStatus]]:
    """Yield what the record's spans say at the update, where no update has said it yet."""
    listed = {one.component for one in record.incident.components} if is_first else ()
    for component in record.components:
        status = _status_at(record.spans, component, update.at)
        if component in listed or status != said.get(component, _OPERATIONAL):
            yield component, status


def _status_at(spans: tuple[Span, ...], component: str, moment: datetime) -> ComponentStatus:
    for span in spans:
        has_begun = span.component == component and span.start <= moment
        if has_begun and (span.end is None or moment < span.end):
            return span.status
    return _OPERATIONAL
