"""What a report says, as frozen values: lengths of time in seconds, shares and uptimes from 0 to 1.

Report ─┬─ Figures            of the period, of the one before it, and of each month
        ├─ ComponentFigures, GroupFigures
        ├─ IncidentFigures, Silence, Recurrence
        ├─ Share              by vendor and by cause
        └─ MaintenanceFigures
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from fractions import Fraction
from typing import NamedTuple

from statusgen.model import Component, Group, Impact, UptimeRule
from statusgen.report.periods import Asked
from statusgen.timeline.days import Period
from statusgen.timeline.facts import Facts
from statusgen.timeline.record import Record
from statusgen.timeline.uptime import Uptime


class Spread(NamedTuple):
    """Some lengths of time in whole seconds; what is left of a second is cut off.

    All but `number` are None where there are none.
    """

    number: int
    mean: int | None
    median: int | None
    longest: int | None


def spread_of(lengths: Iterable[int | None]) -> Spread:
    """Return what those lengths amount to that are known."""
    known = sorted(one for one in lengths if one is not None)
    if not known:
        return Spread(0, None, None, None)
    middle = (known[(len(known) - 1) // 2] + known[len(known) // 2]) // 2
    return Spread(len(known), sum(known) // len(known), middle, known[-1])


class Promises(NamedTuple):
    """How many promised next updates came in time, came late or not at all, or are not due yet."""

    kept: int
    late: int
    pending: int

    @property
    def share(self) -> Fraction | None:
        """Those kept of those that were due; None if none was."""
        due = self.kept + self.late
        return Fraction(self.kept, due) if due else None


class Figures(NamedTuple):
    """What all of a page comes to in some days.

    `uptime` is the plain average of the components of which it is known. `lost` are seconds that
    count as down by the page's rule, summed over components. `impacts` counts the incidents that
    began in these days, the worst first. All about communication is of these incidents, over their
    whole course: `in_time` counts first notices within `first_notice_limit` of those whose delay
    is known, `postmortems` those that came in time, and all that came or are owed.
    `maintenances` are those whose window began in these days and that were not called off.
    """

    period: Period
    uptime: Fraction | None
    lost: Fraction
    impacts: tuple[tuple[Impact, int], ...]
    first_notice: Spread
    in_time: int
    gaps: Spread
    promises: Promises
    to_resolve: Spread
    postmortem: Spread
    postmortems: tuple[int, int]
    maintenances: int

    @property
    def incidents(self) -> int:
        """How many incidents began."""
        return sum(number for _, number in self.impacts)


class Budget(NamedTuple):
    """An error budget in seconds: what an objective allows, what was used, what is left of it.

    `left` is below 0 where more was used than allowed.
    """

    allowed: Fraction
    used: Fraction

    @property
    def left(self) -> Fraction:
        return self.allowed - self.used


class ComponentFigures(NamedTuple):
    """A component in the period.

    `unknown` are seconds of the period that are not counted. `is_met` and `budget` are None where
    there is no objective or no figure. `previous` is its uptime in the period before; `months`
    have it for each month of the report.
    """

    component: Component
    uptime: Uptime
    unknown: int
    is_met: bool | None
    budget: Budget | None
    previous: Fraction | None
    months: tuple[Fraction | None, ...]

    @property
    def operational(self) -> int:
        """Counted seconds in which nothing was told of it; of today also those still to come."""
        one = self.uptime
        return one.counted - one.maintenance - one.degraded - one.partial - one.major


class GroupFigures(NamedTuple):
    """A group in the period: the plain average of those of its components that have a figure.

    `objective`, in percent, is the one that all its components have, if they share one.
    """

    group: Group
    components: tuple[str, ...]
    uptime: Fraction | None
    objective: float | None
    is_met: bool | None
    previous: Fraction | None
    months: tuple[Fraction | None, ...]


class IncidentFigures(NamedTuple):
    """An incident: its communication facts, and the seconds of `Figures.lost` that it took."""

    record: Record
    facts: Facts
    ended: datetime | None
    lost: Fraction


class Silence(NamedTuple):
    """A time without an update while an incident was open; `end` None is "still so"."""

    record: Record
    start: datetime
    end: datetime | None
    seconds: int


class Recurrence(NamedTuple):
    """An incident like an `earlier` one: a component and the cause are the same.

    `seconds` are from start to start.
    """

    record: Record
    earlier: Record
    components: tuple[str, ...]
    seconds: int


class Share(NamedTuple):
    """What one vendor, or one cause, had a part in; `name` is empty for the rest.

    `incidents` are those that began in the period, `lost` the seconds of `Figures.lost` that
    came from it, and `share` their part of all; None where nothing was lost.
    """

    name: str
    incidents: int
    lost: Fraction
    share: Fraction | None
    to_resolve: Spread


class MaintenanceFigures(NamedTuple):
    """A maintenance whose window began in the period.

    `lead` is from its announcement to the start of its window, None where nobody can tell when it
    was announced. `lasted` is from when it began to its end. `overrun` is how much it went beyond
    the window's end, None where that is not known or it was called off.
    """

    record: Record
    lead: int | None
    lasted: int | None
    overrun: int | None


class Report(NamedTuple):
    """What a period amounts to, as known at `now`.

    `months` are whole calendar months, oldest first. `incidents` are those that began in the
    period, `carried` those that reach into it, both oldest first. `silences` are the longest
    first. `unreadable` counts incidents that are stood in for.
    """

    page: str
    zone: str
    now: datetime
    asked: Asked
    rule: UptimeRule
    figures: Figures
    previous: Figures
    months: tuple[Figures, ...]
    components: tuple[ComponentFigures, ...]
    groups: tuple[GroupFigures, ...]
    incidents: tuple[IncidentFigures, ...]
    carried: tuple[IncidentFigures, ...]
    silences: tuple[Silence, ...]
    recurrences: tuple[Recurrence, ...]
    vendors: tuple[Share, ...]
    causes: tuple[Share, ...]
    maintenance: tuple[MaintenanceFigures, ...]
    unreadable: int
