"""Components and groups as the API shows them: codes, order, and one JSON object each.

Statuspage repeats whole component objects inside every incident, so they are made once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import NamedTuple

from statusgen.model import Component, Config, Group, derive_code
from statusgen.site.context import Site
from statusgen.site.json_text import Json
from statusgen.site.words.times import api_times
from statusgen.timeline import History

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, eq=False)
class Directory:
    """What all objects of the API have in common.

    `rows` are components and groups in the order of the API, `by_id` finds a component's by our
    id, `rank` its place; a component past its `until` is in none of them, but has a code and a
    moment of creation. `time` writes a moment.
    """

    page: Json
    rows: tuple[Json, ...]
    by_id: Mapping[str, Json]
    rank: Mapping[str, int]
    codes: Mapping[str, str]
    created: Mapping[str, datetime]
    time: Callable[[datetime], str]

    def code_of(self, component: str) -> str:
        """Return a component's code; an id that config.yml does not have gets the one it would."""
        return self.codes.get(component) or derive_code("component", component)


@lru_cache(maxsize=2)
def directory_of(site: Site) -> Directory:
    """Return the directory of a site, made once."""
    config, history = site.config, site.history
    rows = _Rows(history)
    listed = {one.id: one for one in config.components if history.components[one.id].is_current}
    places = _places(config, listed)
    by_id = {
        id_: rows.component(listed[id_], places[id_].position) for id_ in places if id_ in listed
    }
    groups = {
        group.id: rows.group(
            group,
            places[group.id].position,
            [by_id[id_]["id"] for id_ in _children(group.id, listed.values(), places)],
        )
        for group in config.groups
    }
    return Directory(
        page=rows.page(),
        rows=tuple((by_id.get(id_) or groups[id_]) for id_ in places),
        by_id=by_id,
        rank={id_: rank for rank, id_ in enumerate(places)},
        codes={one.id: code_of(one) for one in config.components},
        created={one.id: rows.created(one.created, one.since) for one in config.components},
        time=rows.time,
    )


def page_code(config: Config) -> str:
    """Return the page's twelve characters."""
    return config.page.code or derive_code("page", config.page.url)


def code_of(one: Component | Group) -> str:
    """Return the twelve characters of a component or a group."""
    kind = "component" if isinstance(one, Component) else "group"
    return one.code or derive_code(kind, one.id)


def _children(
    group: str,
    listed: Iterable[Component],
    places: Mapping[str, _Place],
) -> list[str]:
    """Return the ids of a group's components: by position, and as in the file where it is equal."""
    ids = [one.id for one in listed if one.group == group]
    return sorted(ids, key=lambda id_: (places[id_].position, places[id_].line))


class _Place(NamedTuple):
    """Where one stands in the API's list, which is sorted by these three."""

    position: int
    order: int
    line: int


def _places(config: Config, listed: Mapping[str, Component]) -> dict[str, _Place]:
    """Return the places by id, sorted.

    Positions count within a group, and those at the top level among themselves; Statuspage mixes
    both in one list, so equal positions are common. `order` and then config.yml decide.
    """
    groups = {group.id: group for group in config.groups}
    places: dict[str, _Place] = {}

    def add(ids: Iterable[str]) -> None:
        for count, id_ in enumerate(ids, 1):
            one = listed.get(id_) or groups[id_]
            index = len(places)
            position = count if one.position is None else one.position
            places[id_] = _Place(position, index if one.order is None else one.order, index)
            if id_ in groups:
                add(child.id for child in listed.values() if child.group == id_)

    add(id_ for id_ in config.layout if id_ in listed or id_ in groups)
    return dict(sorted(places.items(), key=lambda item: item[1]))


class _Rows:
    """Makes the objects; it holds what each of them needs from the history."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.config = history.config
        self.time = api_times(history.zone)
        self.groups = {group.id: group for group in self.config.groups}
        moments = (moment for one in history.records for moment in (one.created, one.started))
        self.oldest = min((moment for moment in moments if moment <= history.now), default=_EPOCH)

    def page(self) -> Json:
        page = self.config.page
        updated = self.history.updated
        return {
            "id": page_code(self.config),
            "name": page.name,
            "url": page.url,
            "time_zone": page.timezone,
            "updated_at": self.time(max(page.updated, updated) if page.updated else updated),
        }

    def component(self, one: Component, position: int) -> Json:
        state = self.history.components[one.id]
        since = one.since or self.config.page.since
        created = self.created(one.created, one.since)
        moments = [created, *self._not_later(one.updated)]
        if not (one.updated and self._was_known(state.since)):
            moments += self._not_later(state.since)
        group = self.groups.get(one.group)
        return {
            "id": code_of(one),
            "name": one.name,
            "status": state.status,
            "created_at": self.time(created),
            "updated_at": self.time(max(moments)),
            "position": position,
            "description": one.description or None,
            "showcase": one.showcase,
            "start_date": since.isoformat() if since else None,
            "group_id": code_of(group) if group else None,
            "page_id": page_code(self.config),
            "group": False,
            "only_show_if_degraded": one.only_show_if_degraded,
        }

    def group(self, one: Group, position: int, children: list[str]) -> Json:
        created = self.created(one.created)
        return {
            "id": code_of(one),
            "name": one.name,
            "status": self.history.groups[one.id].status,
            "created_at": self.time(created),
            "updated_at": self.time(max([created, *self._not_later(one.updated)])),
            "position": position,
            "description": one.description or None,
            "showcase": one.showcase,
            "start_date": None,
            "group_id": None,
            "page_id": page_code(self.config),
            "group": True,
            "only_show_if_degraded": False,
            "components": children,
        }

    def created(self, configured: datetime | None, since: date | None = None) -> datetime:
        """Return since when one is known: as configured, else the best guess there is."""
        first = since or self.config.page.since
        if configured or not first:
            return configured or self.oldest
        return datetime.combine(first, time(), self.history.zone)

    def _was_known(self, moment: datetime | None) -> bool:
        """Tell whether an import, the last of which `page.updated` tells, knew of a moment."""
        known = self.config.page.updated
        return moment is not None and known is not None and moment <= known

    def _not_later(self, moment: datetime | None) -> list[datetime]:
        return [moment] if moment and moment <= self.history.now else []
