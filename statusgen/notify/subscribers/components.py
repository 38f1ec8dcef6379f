"""What somebody may choose to hear of: components and groups, by any of their names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from statusgen.model import Config
from statusgen.reading.suggest import did_you_mean

_ALL = frozenset({"", "all", "*"})
_SHOWN = 40


def ids_by_name(config: Config) -> dict[str, str]:
    """Return the ids of components and groups by their ids, codes and names, in lower case.

    A component is also found by 'Group - Name'. Where two have the same name, an id counts most.
    """
    groups = {one.id: one.name for one in config.groups}
    found: dict[str, str] = {}
    for group in config.groups:
        found |= dict.fromkeys(_folded(group.name, group.code), group.id)
    for one in config.components:
        full = f"{groups[one.group]} - {one.name}" if one.group in groups else ""
        found |= dict.fromkeys(_folded(one.name, one.code, full), one.id)
    ids = [*(one.id for one in config.groups), *(one.id for one in config.components)]
    return {**found, **dict(zip(ids, ids, strict=True))}


def parse_components(text: str, places: Mapping[str, str]) -> tuple[tuple[str, ...], list[str]]:
    """Return the ids that a text names with commas, semicolons or bars between; what is wrong.

    Nothing and 'all' are no choice: everything.
    """
    if text.strip().casefold() in _ALL:
        return (), []
    is_one = text.strip().casefold() in places  # a name may have a comma in it
    names = [text] if is_one else re.split("[,;|]", text)
    found, wrong = set(), []
    for name in (one.strip() for one in names):
        id_ = places.get(name.casefold())
        if id_ is not None:
            found.add(id_)
        elif name:
            hint = "" if "@" in name else did_you_mean(name, places)
            wrong.append(f"there is no component {quoted(name)}{f'; {hint}' if hint else ''}")
    return tuple(sorted(found)), wrong


def quoted(text: str) -> str:
    """Return a text to be shown, unless it may be somebody's address."""
    return "of that name" if "@" in text else f"'{text[:_SHOWN]}'"


def _folded(*names: str) -> Iterator[str]:
    return (name.casefold() for name in names if name)
