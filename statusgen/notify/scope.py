"""What an event is about, and whether that is what a channel or a subscriber wants to hear of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from statusgen.model import IMPACT_RANK, Config, Impact, Kind
from statusgen.timeline.events import Event


class Scope(NamedTuple):
    """The components that an event is about, with their groups; none: the page as a whole.

    `impact` is that of an incident; a maintenance and a notice have none to be filtered by.
    """

    places: frozenset[str]
    impact: Impact | None

    def matches(self, places: Iterable[str], least: Impact) -> bool:
        """Tell whether it concerns some of these components or groups (none: all of them).

        What is about the page as a whole matches every choice.
        """
        wanted = frozenset(places)
        if wanted and self.places and wanted.isdisjoint(self.places):
            return False
        return self.impact is None or IMPACT_RANK[self.impact] >= IMPACT_RANK[least]


def scope_of(event: Event, config: Config) -> Scope:
    """Return what an event is about.

    Every update of an incident is about all that the incident has concerned so far, and as bad as
    it has been at its worst: whoever heard of it also hears how it ends. A change of a component is
    about that one.
    """
    record = event.record
    concerned = (event.component,) if event.component else record.components
    groups = {one.id: one.group for one in config.components}
    places = {*concerned, *(groups.get(one, "") for one in concerned)} - {""}
    impact = None
    if record.kind is Kind.INCIDENT:
        said = (one.impact for one in record.updates if one.impact is not None)
        impact = max((record.impact, *said), key=IMPACT_RANK.__getitem__)
    return Scope(frozenset(places), impact)
