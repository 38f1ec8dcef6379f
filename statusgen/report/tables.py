"""A report as tables in the words of a site: what Markdown and the page print alike.

Each is made from the `Report` and the site whose language it speaks; a table without rows is left
out by whoever prints it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from statusgen.model import ComponentStatus
from statusgen.report.record_tables import (
    causes_table,
    incidents_table,
    maintenance_table,
    recurrences_table,
    silences_table,
    vendors_table,
)
from statusgen.report.table import Row, Table
from statusgen.report.values import ComponentFigures, Figures, GroupFigures, Report
from statusgen.report.words import (
    NOTHING,
    budget_left,
    change_in_length,
    change_in_number,
    change_in_points,
    duration,
    part_of,
    percent_or_unknown,
    promises_text,
)
from statusgen.site.context import Site
from statusgen.site.views.names import names_of
from statusgen.site.words.wording import label

MOST_MONTHS = 6
"""So many months stand in one row; more of them are in the JSON."""


def tables(site: Site, report: Report) -> Iterator[Table]:
    """Yield all tables that have rows, in the order of a reader's questions."""
    every = (
        summary_table(site, report),
        components_table(site, report),
        statuses_table(site, report),
        months_table(site, report),
        components_by_month_table(site, report),
        incidents_table(site, report),
        silences_table(site, report),
        recurrences_table(site, report),
        vendors_table(site, report),
        causes_table(site, report),
        maintenance_table(site, report),
    )
    return (one for one in every if one.rows)


class Measure(NamedTuple):
    """A figure of the period, of the one before, and what has changed."""

    name: str
    now: str
    before: str
    change: str


def measures(site: Site, now: Figures, before: Figures) -> Iterator[Measure]:
    """Yield the figures of all of a page."""
    language = site.language
    _, number = language.gettext, language.formats.number_text
    yield Measure(
        _("Uptime, average of all components"),
        percent_or_unknown(now.uptime, language),
        percent_or_unknown(before.uptime, language),
        change_in_points(now.uptime, before.uptime, language),
    )
    yield Measure(
        _("Incidents"),
        number(now.incidents),
        number(before.incidents),
        change_in_number(now.incidents, before.incidents, language),
    )
    lengths = {
        _("Time lost, all components together"): (now.lost, before.lost),
        _("Time to the first notice, median"): (
            now.first_notice.median,
            before.first_notice.median,
        ),
        _("Time to resolve, median"): (now.to_resolve.median, before.to_resolve.median),
        _("Time to resolve, mean"): (now.to_resolve.mean, before.to_resolve.mean),
        _("Longest time without an update"): (now.gaps.longest, before.gaps.longest),
    }
    for name, (length, length_before) in lengths.items():
        yield Measure(
            name,
            duration(length, language),
            duration(length_before, language),
            change_in_length(length, length_before, language),
        )
    parts = {
        _("First notices in time"): [
            part_of(one.in_time, one.first_notice.number, language) for one in (now, before)
        ],
        _("Promised updates in time"): [
            promises_text(one.promises, language) for one in (now, before)
        ],
        _("Postmortems in time"): [part_of(*one.postmortems, language) for one in (now, before)],
    }
    for name, (text, text_before) in parts.items():
        yield Measure(name, text, text_before, "")


def summary_table(site: Site, report: Report) -> Table:
    """Return the figures of all of the page beside those of the period before."""
    _ = site.language.gettext
    return Table(
        key="summary",
        title=_("In short"),
        about="",
        columns=(_("Figure"), _("This period"), _("The period before"), _("Change")),
        rows=tuple(
            Row((one.name, one.now, one.before, one.change))
            for one in measures(site, report.figures, report.previous)
        ),
    )


def components_table(site: Site, report: Report) -> Table:
    """Return the uptime of groups and components beside their objectives and error budgets."""
    _ = site.language.gettext
    return Table(
        key="components",
        title=_("Uptime and objectives"),
        about=_(
            "The error budget is the time that may be lost before the objective is missed."
            " A group is the average of its components."
        ),
        columns=(
            _("Component"),
            _("Uptime"),
            _("The period before"),
            _("Objective"),
            _("Budget used"),
            _("Budget left"),
        ),
        rows=tuple(
            _group_row(site, one) if isinstance(one, GroupFigures) else _component_row(site, one)
            for one in in_layout(site, report)
        ),
    )


def in_layout(site: Site, report: Report) -> Iterator[ComponentFigures | GroupFigures]:
    """Yield groups and components in the order of the page, a group before its components."""
    components = {one.component.id: one for one in report.components}
    groups = {one.group.id: one for one in report.groups}
    for id_ in site.config.layout:
        if id_ in groups:
            yield groups[id_]
            yield from (components[child] for child in groups[id_].components)
        elif id_ in components:
            yield components[id_]


def _group_row(site: Site, one: GroupFigures) -> Row:
    cells = (
        one.group.name,
        percent_or_unknown(one.uptime, site.language),
        percent_or_unknown(one.previous, site.language),
        _objective(site, one.objective, is_met=one.is_met),
        "",
        "",
    )
    return Row(cells, is_group=True)


def _component_row(site: Site, one: ComponentFigures) -> Row:
    language, budget = site.language, one.budget
    used = left = NOTHING
    if budget is not None:
        used = language.gettext("%(part)s of %(whole)s") % {
            "part": duration(budget.used, language),
            "whole": duration(budget.allowed // 1, language),
        }
        left = budget_left(budget, language)
    return Row(
        (
            one.component.name,
            percent_or_unknown(one.uptime.fraction, language),
            percent_or_unknown(one.previous, language),
            _objective(site, one.component.uptime.objective, is_met=one.is_met),
            used,
            left,
        ),
        is_child=bool(one.component.group),
    )


def _objective(site: Site, objective: float | None, *, is_met: bool | None) -> str:
    """Return '99.9 % · met'."""
    if objective is None:
        return NOTHING
    _, figure = site.language.gettext, site.language.formats.percent_text(objective)
    if is_met is None:
        return figure
    word = _("met") if is_met else _("missed")
    return f"{figure} · {word}"


STATUSES = (
    ComponentStatus.DEGRADED_PERFORMANCE,
    ComponentStatus.PARTIAL_OUTAGE,
    ComponentStatus.MAJOR_OUTAGE,
    ComponentStatus.UNDER_MAINTENANCE,
)


def seconds_of_statuses(one: ComponentFigures) -> tuple[int, int, int, int]:
    """Return the seconds of each of `STATUSES`."""
    found = one.uptime
    return found.degraded, found.partial, found.major, found.maintenance


def statuses_table(site: Site, report: Report) -> Table:
    """Return how long components were in each status, those that were in any."""
    language = site.language
    _, names = language.gettext, names_of(site)
    return Table(
        key="statuses",
        title=_("Time in each state"),
        about=_("Components that are not listed were operational all the time."),
        columns=(_("Component"), *(label(one, language) for one in STATUSES), _("Unknown")),
        rows=tuple(
            Row(
                (
                    names[one.component.id].short,
                    *(
                        duration(seconds or None, language)
                        for seconds in (*seconds_of_statuses(one), one.unknown)
                    ),
                )
            )
            for one in report.components
            if any(seconds_of_statuses(one)) or one.unknown
        ),
    )


def months_table(site: Site, report: Report) -> Table:
    """Return months one below the other, each with what has changed since the one before."""
    language = site.language
    _, number = language.gettext, language.formats.number_text
    before = (None, *report.months)
    return Table(
        key="months",
        title=_("Month by month"),
        about="",
        columns=(
            _("Month"),
            _("Uptime"),
            _("Change"),
            _("Incidents"),
            _("Change"),
            _("Time lost"),
            _("Time to the first notice, median"),
            _("Time to resolve, median"),
            _("Promised updates in time"),
        ),
        rows=tuple(
            Row(
                (
                    language.formats.month_text(one.period.first),
                    percent_or_unknown(one.uptime, language),
                    change_in_points(one.uptime, last.uptime, language) if last else NOTHING,
                    number(one.incidents),
                    change_in_number(one.incidents, last.incidents, language) if last else NOTHING,
                    duration(one.lost, language),
                    duration(one.first_notice.median, language),
                    duration(one.to_resolve.median, language),
                    promises_text(one.promises, language),
                )
            )
            for last, one in zip(before, report.months, strict=False)
        ),
    )


def components_by_month_table(site: Site, report: Report) -> Table:
    """Return the uptime of groups and components in the newest months, side by side."""
    language = site.language
    shown = report.months[-MOST_MONTHS:]
    return Table(
        key="components-by-month",
        title=language.gettext("Components, month by month"),
        about="",
        columns=(
            language.gettext("Component"),
            *(language.formats.short_month_text(one.period.first) for one in shown),
        ),
        rows=tuple(_months_row(site, one, len(shown)) for one in in_layout(site, report))
        if shown
        else (),
    )


def _months_row(site: Site, one: ComponentFigures | GroupFigures, number: int) -> Row:
    is_group = isinstance(one, GroupFigures)
    name = one.group.name if isinstance(one, GroupFigures) else one.component.name
    cells = (percent_or_unknown(month, site.language) for month in one.months[-number:])
    is_child = isinstance(one, ComponentFigures) and bool(one.component.group)
    return Row((name, *cells), is_group=is_group, is_child=is_child)
