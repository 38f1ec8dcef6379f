"""Uptime of components and groups in a period, beside what it should be and what it was before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from statusgen.model import Component, Group
from statusgen.report.values import Budget, ComponentFigures, GroupFigures
from statusgen.timeline.days import Period
from statusgen.timeline.history import History
from statusgen.timeline.uptime import Day, Uptime, average, days, is_met, lost, uptime


class Uptimes:
    """The days of all components, counted once, and what they come to in parts of them."""

    def __init__(self, history: History, within: Period) -> None:
        self._rule = history.config.uptime
        self._first = within.first
        self._days = {
            one.id: days(history, one.id, within.first, within.last)
            for one in history.config.components
        }

    def of(self, component: str, period: Period) -> Uptime:
        """Return what a component's days come to."""
        return uptime(self.days(component, period), self._rule)

    def days(self, component: str, period: Period) -> Sequence[Day]:
        """Return a component's days in a period."""
        begin, end = (period.first - self._first).days, (period.last - self._first).days + 1
        return self._days[component][begin:end]

    def whole(self, period: Period) -> tuple[Fraction | None, Fraction]:
        """Return the average uptime of all components in a period, and the seconds lost in all."""
        every = [self.of(one, period) for one in self._days]
        return average(every), sum(map(lost, every), Fraction())


def component_figures(
    uptimes: Uptimes,
    component: Component,
    period: Period,
    previous: Period,
    months: Iterable[Period],
) -> ComponentFigures:
    """Return a component in a period."""
    found = uptimes.of(component.id, period)
    objective = component.uptime.objective
    return ComponentFigures(
        component=component,
        uptime=found,
        unknown=sum(day.seconds for day in uptimes.days(component.id, period)) - found.counted,
        is_met=is_met(found.fraction, objective),
        budget=_budget(found, objective),
        previous=uptimes.of(component.id, previous).fraction,
        months=tuple(uptimes.of(component.id, month).fraction for month in months),
    )


def group_figures(group: Group, children: Sequence[ComponentFigures]) -> GroupFigures:
    """Return a group in a period, from its components."""
    fraction = _average(one.uptime.fraction for one in children)
    objectives = {one.component.uptime.objective for one in children}
    objective = objectives.pop() if len(objectives) == 1 else None
    return GroupFigures(
        group=group,
        components=tuple(one.component.id for one in children),
        uptime=fraction,
        objective=objective,
        is_met=is_met(fraction, objective),
        previous=_average(one.previous for one in children),
        months=tuple(map(_average, zip(*(one.months for one in children), strict=True))),
    )


def is_there(component: Component, period: Period) -> bool:
    """Tell whether a component had begun by a period's end, and not ended before it."""
    since, until = component.since or date.min, component.until or date.max
    return since <= period.last and until >= period.first


def by_group(
    components: Iterable[ComponentFigures], groups: Iterable[Group]
) -> Mapping[Group, Sequence[ComponentFigures]]:
    """Return the components of each group that has any."""
    found: dict[Group, list[ComponentFigures]] = {}
    listed = list(components)
    for group in groups:
        children = [one for one in listed if one.component.group == group.id]
        if children:
            found[group] = children
    return found


def _average(fractions: Iterable[Fraction | None]) -> Fraction | None:
    known = [one for one in fractions if one is not None]
    return sum(known, Fraction()) / len(known) if known else None


def _budget(found: Uptime, objective: float | None) -> Budget | None:
    if found.fraction is None or objective is None:
        return None
    allowed = found.counted * (100 - Fraction(str(objective))) / 100
    return Budget(allowed, lost(found))
