"""A report as one page that needs no other file, for a screen and for paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from markupsafe import Markup

from statusgen.report.charts import bar, budget_bar, marks, missed_mark, uptime_chart
from statusgen.report.table import Table
from statusgen.report.tables import Measure, in_layout, measures, tables
from statusgen.report.values import ComponentFigures, Report
from statusgen.report.words import percent_or_unknown, period_text
from statusgen.site.context import Site
from statusgen.site.hosting.unavailable import inline
from statusgen.site.theme.assets import theme_file
from statusgen.site.theme.frame import page_view
from statusgen.site.theme.templates import templates_of
from statusgen.site.views.names import names_of
from statusgen.site.views.uptime import RunView, is_imperfect, rule_text, runs_of, state_of_day
from statusgen.timeline.days import Period
from statusgen.timeline.history import History
from statusgen.timeline.uptime import days

TEMPLATE = "report.html"
STYLE = "report.css"

LONGEST_LINE = 400
"""A line has so many days at most; a longer period is told by its months."""

_KEYS = 4
_OBJECTIVE, _USED = 3, 4
_NUMBER, _LOST = 3, 5
_SHARE = 3
Graphics = dict[tuple[str, int, int], Markup]
"""What is drawn in a table's cells, by its key, the number of the row and that of the column."""


class LineView(NamedTuple):
    """A component's days: `length` of them, their `runs`, and its uptime in words.

    `objective` is in percent, or None; `imperfect` is the number of days with a failure.
    """

    name: str
    length: int
    runs: tuple[RunView, ...]
    percent: str
    objective: float | None
    is_met: bool
    imperfect: int


def as_html(site: Site, report: Report) -> bytes:
    """Return the page."""
    listed = list(tables(site, report))
    style = inline(f"{page_view(site).inline_style}\n{theme_file(site.theme, STYLE)}")
    found = list(measures(site, report.figures, report.previous))
    values = {
        "style": style.text,
        "style_hash": style.hash,
        "period": period_text(report.asked.period, site.language),
        "previous": period_text(report.asked.previous, site.language),
        "first": report.asked.period.first,
        "last": report.asked.period.last,
        "now": report.now,
        "keys": found[:_KEYS],
        "lines": list(lines(site, report)),
        "chart": uptime_chart(report.months, site.language),
        "tables": listed,
        "graphics": graphics(site, report, listed),
        "rule": rule_text(report.rule, site.language),
        "unreadable": report.unreadable,
    }
    return templates_of(site).render(TEMPLATE, TEMPLATE, values)


def lines(site: Site, report: Report) -> Iterator[LineView]:
    """Yield the days of each component, if there are not too many."""
    period, names = report.asked.period, names_of(site)
    if (period.last - period.first).days >= LONGEST_LINE:
        return
    for one in report.components:
        states = _states(site.history, one.component.id, period)
        yield LineView(
            name=names[one.component.id].short,
            length=len(states),
            runs=runs_of(states),
            percent=percent_or_unknown(one.uptime.fraction, site.language),
            objective=one.component.uptime.objective,
            is_met=one.is_met is not False,
            imperfect=sum(map(is_imperfect, states)),
        )


def _states(history: History, component: str, period: Period) -> list[str]:
    return [state_of_day(day) for day in days(history, component, period.first, period.last)]


def graphics(site: Site, report: Report, listed: Iterable[Table]) -> Graphics:
    """Return what is drawn in the cells of tables."""
    keys = {one.key for one in listed}
    found: Graphics = {}
    if "components" in keys:
        for row, one in enumerate(in_layout(site, report)):
            if isinstance(one, ComponentFigures) and one.budget is not None:
                found["components", row, _USED] = budget_bar(one.budget)
            if one.is_met is False:
                found["components", row, _OBJECTIVE] = missed_mark()
    most = max((one.lost for one in report.months), default=None)
    for row, month in enumerate(report.months):
        found["months", row, _NUMBER] = marks(month.impacts)
        if most:
            found["months", row, _LOST] = bar(month.lost, most)
    for key, shares in (("vendors", report.vendors), ("causes", report.causes)):
        if key in keys:
            for row, share in enumerate(shares):
                found[key, row, _SHARE] = bar(share.lost, report.figures.lost)
    return found


__all__ = ["LineView", "Measure", "as_html"]
