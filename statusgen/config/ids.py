"""Ids are addresses: no two components or groups may share one, nor a code of the API."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, count

from statusgen.config.components import PlacedComponent, PlacedGroup
from statusgen.model import Group
from statusgen.problems import Location
from statusgen.reading.fields import Report


class UniqueIds:
    """Tells the first bearer of an id from those that come later, which it reports.

    An id that a group only gets from its name gives way to one that is written, wherever that
    stands: incidents name components by what is written.
    """

    def __init__(self, items: Iterable[PlacedComponent | PlacedGroup], report: Report) -> None:
        self._report = report
        self._written = frozenset(_written_ids(items))
        self._ids: dict[str, Location] = {}
        self._codes: dict[str, str] = {}

    def is_new(self, an_id: str, code: str, where: Location) -> bool:
        """Tell whether nobody has the id so far; from now on somebody has."""
        first = self._ids.setdefault(an_id, where)
        if first is not where:
            message = f"the id '{an_id}' stands twice"
            hint = f"the first is in line {first.line}; give this one another"
            self._report.error("duplicate-id", message, where, hint)
            return False
        if code and self._codes.setdefault(code, an_id) != an_id:
            message = f"the code '{code}' is also that of '{self._codes[code]}'"
            hint = "a code belongs to one component or group: delete one"
            self._report.error("duplicate-id", message, where, hint)
        return True

    def of_group(self, placed: PlacedGroup) -> Group:
        """Return the group with an id that nobody else has."""
        group = placed.group
        if not placed.has_own_id and (group.id in self._written or group.id in self._ids):
            other = self._free(group.id)
            message = f"the group's name makes the id '{group.id}', which another has"
            self._report.error("duplicate-id", message, placed.where, f"add 'id: {other}'")
            group = group._replace(id=other)
        if not self.is_new(group.id, group.code, placed.where):
            group = group._replace(id=self._free(group.id))
            self._ids[group.id] = placed.where
        return group

    def _free(self, taken: str) -> str:
        stem = f"{taken[:110]}-group"
        candidates = chain([stem], (f"{stem}-{number}" for number in count(2)))
        return next(one for one in candidates if not (one in self._written or one in self._ids))


def _written_ids(items: Iterable[PlacedComponent | PlacedGroup]) -> Iterator[str]:
    for item in items:
        if isinstance(item, PlacedComponent):
            yield item.component.id
        else:
            yield from (child.component.id for child in item.components)
            if item.has_own_id:
                yield item.group.id
