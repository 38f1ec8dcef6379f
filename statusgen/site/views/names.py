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
    """A component's names: `full` is 'Group - Name' or 'Name', `former` stand oldest first.

    `short` is the name alone, if no other component has the same. `group` is its group's name, or
    empty. `path` is the folder of the component's page.
    """

    full: str
    short: str
    group: str
    path: str
    former: tuple[FormerName, ...]

    def at(self, moment: datetime) -> str:
        """Return the full name that was in use at a moment."""
        for name in self.former:
            if moment <= name.until:
                return name.name
        return self.full


@lru_cache(maxsize=2)
def names_of(site: Site) -> Mapping[str, Name]:
    """Return the names of every component by its id."""
    groups = {group.id: group.name for group in site.config.groups}
    counts = Counter(component.name for component in site.config.components)
    return {component.id: _name(component, groups, counts) for component in site.config.components}


def _name(component: Component, groups: Mapping[str, str], counts: Mapping[str, int]) -> Name:
    group = groups.get(component.group)
    full = f"{group} - {component.name}" if group else component.name
    return Name(
        full=full,
        short=component.name if counts[component.name] == 1 else full,
        group=group or "",
        path=component_path(component.id),
        former=tuple(sorted(component.formerly, key=lambda name: name.until)),
    )
