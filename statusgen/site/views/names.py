"""What components are called: today, and at the time of an old update."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from statusgen.model import Component, FormerName
from statusgen.site.context import Site, component_path


class Name(NamedTuple):
    """A component's names: `full` is 'Group - Name' or 'Name', as Statuspage's API has it.

    `short` is what people read: the name alone if no other component has the same, else the group's
    before it, with a dash. `group` is its group's name, or empty. `path` is the folder of the
    component's page. `former` names stand oldest first.
    """

    full: str
    short: str
    group: str
    path: str
    former: tuple[FormerName, ...]

    def at(self, moment: datetime) -> str:
        """Return the full name that was in use at a moment."""
        return self._former_at(moment) or self.full

    def short_at(self, moment: datetime) -> str:
        """Return what people read of an update that was written at a moment."""
        return self._former_at(moment) or self.short

    def _former_at(self, moment: datetime) -> str:
        return next((name.name for name in self.former if moment <= name.until), "")


@lru_cache(maxsize=2)
def names_of(site: Site) -> Mapping[str, Name]:
    """Return the names of every component by its id."""
    groups = {group.id: group.name for group in site.config.groups}
    counts = Counter(component.name for component in site.config.components)
    return {component.id: _name(component, groups, counts) for component in site.config.components}


def _name(component: Component, groups: Mapping[str, str], counts: Mapping[str, int]) -> Name:
    group = groups.get(component.group)
    is_alone = not group or counts[component.name] == 1
    return Name(
        full=f"{group} - {component.name}" if group else component.name,
        short=component.name if is_alone else f"{group} \N{EN DASH} {component.name}",
        group=group or "",
        path=component_path(component.id),
        former=tuple(sorted(component.formerly, key=lambda name: name.until)),
    )
