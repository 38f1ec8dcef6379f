"""What components, groups and the page are at the moment, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime
from typing import NamedTuple

from statusgen.model import SEVERITY, Component, ComponentStatus, Group, Page
from statusgen.timeline.days import Period
from statusgen.timeline.intervals import merge_worst
from statusgen.timeline.overrides import Claims
from statusgen.timeline.record import Record, Span

_OPERATIONAL = ComponentStatus.OPERATIONAL
_BY_SEVERITY = tuple(ComponentStatus)
_PROBES = "probes"
_FOREVER = datetime.max.replace(tzinfo=UTC)


class ComponentState(NamedTuple):
    """What a component is now.

    `since` is when it became so, None if it was never anything else. `because` are the records that
    make it so, newest first; none if it is operational or was set by hand. `is_current` is False
    past the component's `until`: it belongs to no group's and not to the page's status.
    """

    component: Component
    status: ComponentStatus
    since: datetime | None
    because: tuple[Record, ...]
    is_current: bool = True


class GroupState(NamedTuple):
    """What a group is now: its worst child's status.

    `children` are the ids of its current components. `worst` is the id of the first with the worst
    status, and empty while all are operational.
    """

    group: Group
    status: ComponentStatus
    worst: str
    children: tuple[str, ...]


class PageStatus(NamedTuple):
    """The page's status in Statuspage's words: the API's `indicator` and `description`."""

    indicator: str
    description: str


def counted_period(page: Page, component: Component) -> Period | None:
    """Return the days that count for a component's uptime, or None where nothing is known.

    That is from its own `since`, or the page's, to its `until`. Of a component whose source is
    probes nothing is known, as nothing has been measured.
    """
    if component.uptime.source == _PROBES:
        return None
    return Period(component.since or page.since or date.min, component.until or date.max)


def merged(component: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return a component's spans, oldest first and without overlaps: the worst counts."""
    stretches = merge_worst(
        [
            (start, _FOREVER if end is None else end, SEVERITY[status])
            for _, status, start, end in spans
        ]
    )
    return tuple(
        [
            Span(component, _BY_SEVERITY[level], start, None if end == _FOREVER else end)
            for start, end, level in stretches
        ]
    )


def component_state(component: Component, claims: Claims, today: date) -> ComponentState:
    """Return what a component is now: the worst of what goes on."""
    is_current = component.until is None or today <= component.until
    going_on = claims.going_on.get(component.id)
    spans = claims.spans.get(component.id, ())
    if not going_on:
        since = max([span.end for span in spans if span.end is not None], default=None)
        return ComponentState(component, _OPERATIONAL, since, (), is_current)
    status = max((claim.span.status for claim in going_on), key=SEVERITY.__getitem__)
    because = {
        record.id: record
        for span, record in going_on
        if record is not None and span.status is status
    }
    since = merged(component.id, spans)[-1].start
    return ComponentState(component, status, since, tuple(because.values()), is_current)


def group_state(group: Group, states: Iterable[ComponentState]) -> GroupState:
    """Return what a group is now; `states` are all components', in the order of the file."""
    children = [one for one in states if one.component.group == group.id and one.is_current]
    worst = max(children, key=lambda one: SEVERITY[one.status], default=None)
    ids = tuple(one.component.id for one in children)
    if worst is None or worst.status is _OPERATIONAL:
        return GroupState(group, _OPERATIONAL, "", ids)
    return GroupState(group, worst.status, worst.component.id, ids)


_PAGE_STATUS = {
    # worst status of all components: where only some have it, where all have it
    ComponentStatus.OPERATIONAL: (
        PageStatus("none", "All Systems Operational"),
        PageStatus("none", "All Systems Operational"),
    ),
    ComponentStatus.UNDER_MAINTENANCE: (
        PageStatus("maintenance", "Service Under Maintenance"),
        PageStatus("maintenance", "Service Under Maintenance"),
    ),
    ComponentStatus.DEGRADED_PERFORMANCE: (
        PageStatus("minor", "Partially Degraded Service"),
        PageStatus("minor", "Degraded System Service"),
    ),
    ComponentStatus.PARTIAL_OUTAGE: (
        PageStatus("minor", "Minor Service Outage"),
        PageStatus("major", "Partial System Outage"),
    ),
    ComponentStatus.MAJOR_OUTAGE: (
        PageStatus("major", "Partial System Outage"),
        PageStatus("critical", "Major System Outage"),
    ),
}


def page_status(statuses: Collection[ComponentStatus]) -> PageStatus:
    """Return the page's status by Statuspage's table, from the statuses of its components."""
    worst = max(statuses, key=SEVERITY.__getitem__, default=_OPERATIONAL)
    some, every = _PAGE_STATUS[worst]
    return every if all(status is worst for status in statuses) else some
