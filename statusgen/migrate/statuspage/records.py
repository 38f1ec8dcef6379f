"""Statuspage's own nouns: what its JSON says, typed, before any of it becomes ours.

Times are aware and in UTC. Words of a closed vocabulary (statuses, impacts) stay text here: what an
unknown one means is for the conversion to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import NamedTuple

EVER = datetime(1970, 1, 2, tzinfo=UTC)
"""Stands for a moment that nothing tells; earlier ones no file can hold."""


def newest(*moments: datetime | None) -> datetime | None:
    """Return the latest of those moments that are known."""
    return max((moment for moment in moments if moment), default=None)


class SourcePage(NamedTuple):
    """The `page` of a response; `updated` is also the moment at which it was captured."""

    code: str
    name: str
    url: str
    timezone: str
    updated: datetime | None


class SourceComponent(NamedTuple):
    """A component or, with `is_group`, a group whose `children` are codes in their order."""

    code: str
    name: str
    status: str
    description: str
    is_group: bool
    group: str
    page: str
    children: tuple[str, ...]
    position: int | None
    showcase: bool
    only_show_if_degraded: bool
    start: date | None
    created: datetime | None
    updated: datetime | None


class SourceAffected(NamedTuple):
    """What an update did to a component, under the full name that it had then."""

    code: str
    name: str
    old: str
    new: str


class SourceUpdate(NamedTuple):
    """One update; `shown` is `display_at`, `where` its place in its file."""

    code: str
    status: str
    body: str
    created: datetime | None
    updated: datetime | None
    shown: datetime | None
    affected: tuple[SourceAffected, ...]
    notify: bool
    custom_tweet: str
    tweet_id: str
    where: str


class SourceIncident(NamedTuple):
    """An incident or a maintenance; `updates` as they stood, `components` what it lists.

    `address` is where it stood on the page, if that does not follow from its `code`. `file` and
    `where` tell its place; `captured` is when it looked like this.
    """

    code: str
    name: str
    status: str
    impact: str
    page: str
    created: datetime | None
    updated: datetime | None
    started: datetime | None
    monitoring: datetime | None
    resolved: datetime | None
    shortlink: str
    address: str
    starts: datetime | None
    ends: datetime | None
    updates: tuple[SourceUpdate, ...]
    components: tuple[SourceComponent, ...]
    postmortem: str
    postmortem_at: datetime | None
    is_postmortem_held_back: bool
    planned: bool
    file: str
    where: str
    captured: datetime | None

    @property
    def seen_at(self) -> datetime:
        """The moment at which it looked as it does: nothing that has happened to it is later.

        What is only planned has the moment of its planned start in `started` already.
        """
        moments = [self.captured, self.created, self.updated]
        for update in self.updates:
            moments += [update.created, update.updated, update.shown]
        if self.status != "scheduled":
            moments += [self.started, self.resolved, self.monitoring]
        return max((moment for moment in moments if moment), default=EVER)


class Seen(NamedTuple):
    """A component as it was at a moment; `listed` if that was the page's whole list."""

    component: SourceComponent
    captured: datetime | None
    listed: bool


@dataclass(frozen=True, slots=True)
class Capture:
    """All that was read, each record once, in its newest form.

    `incidents` stand by creation. `components` stand in the order of the newest whole list, with
    what only incidents mention after them. `indicator` is the page's own roll-up, if there was one.
    """

    page: SourcePage | None
    incidents: tuple[SourceIncident, ...]
    components: tuple[Seen, ...]
    indicator: str
    listed_at: datetime | None
