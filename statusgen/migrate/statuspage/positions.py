"""The API's order of components, kept where config.yml's own order does not give it.

Siblings count from 1, each level for itself, and Statuspage mixes all levels in one list. Equal
positions are therefore common; with us they stand in the order of the file, with Statuspage in any.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from statusgen.migrate.statuspage.records import Capture
from statusgen.model import Affected, Component, ComponentStatus, Config, Group, Incident


class _Row(NamedTuple):
    """A group or component that the API lists, and its number among its siblings."""

    one: Component | Group
    number: int

    @property
    def position(self) -> int:
        return self.number if self.one.position is None else self.one.position


def with_positions(config: Config, capture: Capture) -> Config:
    """Return the configuration with `position` and `order` where the source's are not our own."""
    listed = [seen.component for seen in capture.components]
    wanted = {one.code: one.position for one in listed}
    positions = {
        row.one.id: position
        for row in _rows(config)
        if (position := wanted.get(row.one.code)) is not None and position != row.number
    }
    placed = config._replace(
        groups=tuple(
            one._replace(position=positions.get(one.id, one.position)) for one in config.groups
        ),
        components=tuple(
            one._replace(position=positions.get(one.id, one.position)) for one in config.components
        ),
    )
    rank = {
        seen.component.code: index
        for index, seen in enumerate(capture.components)
        if seen.listed and seen.component.position is not None
    }
    orders = _orders(placed, rank)
    return placed._replace(
        groups=tuple(one._replace(order=orders.get(one.id, one.order)) for one in placed.groups),
        components=tuple(
            one._replace(order=orders.get(one.id, one.order)) for one in placed.components
        ),
    )


def api_ranks(config: Config) -> dict[str, int]:
    """Return the place of each component in the API's list, by its id."""
    keyed = [
        (row.position, line if row.one.order is None else row.one.order, line, row.one.id)
        for line, row in enumerate(_rows(config))
    ]
    return {id_: rank for rank, (*_, id_) in enumerate(sorted(keyed))}


def in_order_of(wanted: Sequence[str], incident: Incident, ranks: Mapping[str, int]) -> Incident:
    """Return the incident with all its components in front matter, if their order needs that.

    `wanted` are the ids of its components in the order of the source. By itself the API lists them
    by rank, as Statuspage does by now; front matter that lists them all has an order of its own.
    """
    current = [id_ for id_ in wanted if id_ in ranks]
    if current == sorted(current, key=ranks.__getitem__):
        return incident
    statuses = {one.component: one.status for one in incident.components}
    named = (change.component for update in incident.updates for change in update.changes)
    return incident._replace(
        components=tuple(
            Affected(id_, statuses.get(id_, ComponentStatus.OPERATIONAL))
            for id_ in dict.fromkeys((*current, *statuses, *named))
        ),
    )


def _rows(config: Config) -> Iterator[_Row]:
    """Yield what the API lists in the order of the file: each group before its children."""
    groups = {group.id: group for group in config.groups}
    current = {one.id: one for one in config.components if one.until is None}
    top = [id_ for id_ in config.layout if id_ in groups or id_ in current]
    for number, id_ in enumerate(top, 1):
        yield _Row(groups.get(id_) or current[id_], number)
        children = (one for one in current.values() if id_ in groups and one.group == id_)
        for child_number, child in enumerate(children, 1):
            yield _Row(child, child_number)


def _orders(config: Config, rank: Mapping[str, int]) -> dict[str, int]:
    """Return an order for all of the same position whose order in the file is not the source's."""
    ties: dict[int, list[Component | Group]] = defaultdict(list)
    for row in _rows(config):
        if row.one.code in rank:
            ties[row.position].append(row.one)
    orders = {}
    for tie in ties.values():
        by_source = sorted(tie, key=lambda one: rank[one.code])
        if by_source != tie:
            orders.update({one.id: number for number, one in enumerate(by_source, 1)})
    return orders
