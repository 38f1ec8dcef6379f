"""What components are called: today, and at the time of an old update."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from statusgen.model import Component, FormerName
from statusgen.site.context import Site, component_path


class Name(NamedTuple):
    """A component's names: `full` is 'Group - Name' or 'Name', `former` stand oldest first.

    `path` is the folder of the component's page.
    """

    full: str
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
    return {component.id: _name(component, groups) for component in site.config.components}


def _name(component: Component, groups: Mapping[str, str]) -> Name:
    group = groups.get(component.group)
    return Name(
        full=f"{group} - {component.name}" if group else component.name,
        path=component_path(component.id),
        former=tuple(sorted(component.formerly, key=lambda name: name.until)),
    )
