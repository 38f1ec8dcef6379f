"""Pages with much on them: for what a page may weigh, and what its first screen shows."""

from __future__ import annotations

from datetime import date, timedelta

from acme_site import NOW, site_of

from statusgen.model import (
    Affected,
    Component,
    ComponentStatus,
    Config,
    Group,
    Incident,
    Page,
    Status,
    Update,
)
from statusgen.site.context import Site

_STATUSES = (
    ComponentStatus.DEGRADED_PERFORMANCE,
    ComponentStatus.PARTIAL_OUTAGE,
    ComponentStatus.MAJOR_OUTAGE,
)
_TEXT = (
    "A payment provider rejects about a third of our requests. We are moving traffic to the second"
    " provider, and the first payments go through it. Bank transfer and vouchers work as usual."
)


def busy_site(components: int, groups: int, *, open_incidents: int = 2) -> Site:
    """Return a site with components in groups, a year of small outages, and open incidents."""
    config = Config(
        page=Page(
            name="Acme",
            url="https://status.acme.example",
            timezone="Europe/Berlin",
            support="https://acme.example/support",
            since=date(2025, 1, 1),
        ),
        components=tuple(
            Component(id=f"c{number}", name=f"Component {number}", group=f"g{number % groups}")
            for number in range(components)
        ),
        groups=tuple(Group(id=f"g{number}", name=f"Region {number}") for number in range(groups)),
        layout=tuple(f"g{number}" for number in range(groups)),
    )
    past = [_outage(number, components) for number in range(1, 120)]
    return site_of([*past, *(_open(number) for number in range(open_incidents))], config)


def _outage(number: int, components: int) -> Incident:
    start = NOW - timedelta(days=3 * number, minutes=37 * number)
    return Incident(
        id=f"past-{number}",
        title=f"Component {number % components} fails for some customers",
        components=(Affected(f"c{number % components}", _STATUSES[number % 3]),),
        updates=(
            Update(f"{number:012}", Status.INVESTIGATING, start, _TEXT),
            Update(f"{number:011}z", Status.RESOLVED, start + timedelta(minutes=50), _TEXT),
        ),
    )


def _open(number: int) -> Incident:
    start = NOW - timedelta(hours=2, minutes=number)
    statuses = (Status.INVESTIGATING, Status.IDENTIFIED, Status.IDENTIFIED)
    return Incident(
        id=f"open-{number}",
        title="Card payments fail for some of our customers in Europe",
        components=tuple(Affected(f"c{number + one}", _STATUSES[one]) for one in range(3)),
        updates=tuple(
            Update(
                f"open{number}{index:07}",
                status,
                start + timedelta(minutes=30 * index),
                _TEXT,
                next_update=start + timedelta(minutes=30 * index + 45),
            )
            for index, status in enumerate(statuses)
        ),
    )
