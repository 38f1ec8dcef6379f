"""Names over time and ids for ever: what a component was called when, and what we call it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from statusgen.migrate.statuspage.records import Capture
from statusgen.model import FormerName
from statusgen.reading.words import LONGEST_ID, slug


@dataclass(frozen=True, slots=True)
class Mentions:
    """What the updates called a component, oldest first, and when one last named it."""

    names: tuple[tuple[datetime, str], ...]
    last: datetime

    @property
    def newest_name(self) -> str:
        return self.names[-1][1]


def mentions_of(capture: Capture) -> dict[str, Mentions]:
    """Return what the updates say of each component, by its code."""
    names: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
    last: dict[str, datetime] = {}
    for incident in capture.incidents:
        for update in incident.updates:
            created = update.created or update.shown
            if created is None:
                continue
            shown = update.shown or created
            for affected in update.affected:
                if affected.code and affected.name:
                    names[affected.code].append((created, affected.name))
                    before = last.get(affected.code, created)
                    last[affected.code] = max(before, created, shown)
    return {code: Mentions(tuple(sorted(found)), last[code]) for code, found in names.items()}


def former_names(mentions: Mentions, name: str) -> tuple[FormerName, ...]:
    """Return the full names that were in use before `name`, each with its last mention."""
    runs: list[FormerName] = []
    for moment, called in mentions.names:
        if runs and runs[-1].name == called:
            runs[-1] = FormerName(called, moment)
        else:
            runs.append(FormerName(called, moment))
    if runs and runs[-1].name == name:
        runs.pop()
    return tuple(runs)


def new_id(name: str, group: str, code: str, taken: Collection[str]) -> str:
    """Return an id that is not taken: from the name, with the group's before it, or with the code.

    A name that says nothing in an id's characters is stood for by the code.
    """
    own = slug(name)
    code_slug = slug(code) or "component"
    with_group = slug(f"{slug(group)} {own}") if slug(group) else ""
    with_code = slug(f"{own[: LONGEST_ID - len(code_slug) - 1]} {code_slug}")
    choices = [own, with_group, with_code] if own else []
    for choice in (*choices, code_slug):
        if choice and choice not in taken:
            return choice
    return next(one for n in range(2, 1 << 20) if (one := f"{code_slug}-{n}") not in taken)
