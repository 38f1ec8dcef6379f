"""A page for each component, and the page that compares their uptime."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from statusgen.model import Component
from statusgen.site.component_views import component_view
from statusgen.site.context import Output, Site
from statusgen.site.lines import line_view, records_of
from statusgen.site.moments import short_month_text
from statusgen.site.names import names_of
from statusgen.site.theme import templates_of
from statusgen.site.uptime_views import figure_views, rule_text, source_text
from statusgen.timeline.uptime import Day, days, percent, uptime

MOST_REPORTS = 25
MONTHS = 12
YEARS = 2


def render_components(site: Site) -> Iterator[Output]:
    """Yield components/<id>/index.html for each component, those that are gone included."""
    templates = templates_of(site)
    for component in site.config.components:
        view = component_view(site, component, with_days=True)
        records = records_of(site).get(component.id, ())
        values = {
            "component": view,
            "figures": figure_views(site, component) if component.showcase else (),
            "rule": rule_text(site.config.uptime),
            "lines": [line_view(site, one) for one in records[:MOST_REPORTS]],
            "more": max(len(records) - MOST_REPORTS, 0),
        }
        path = f"{view.path}index.html"
        yield path, templates.render("component.html", path, values)


class RowView(NamedTuple):
    """A component's, or a group's, uptime over several periods; `link` is empty for a group.

    `cells` are percentages, or 'unknown'.
    """

    name: str
    link: str
    cells: tuple[str, ...]
    source: str


class TableView(NamedTuple):
    """Uptime of all components: the newest period first."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[RowView, ...]


class Period(NamedTuple):
    """Whole days, both included, and what they are called."""

    title: str
    first: date
    last: date


def render_uptime(site: Site) -> Iterator[Output]:
    """Yield uptime/index.html."""
    tables = [
        ("Last days", _last_days(site.today)),
        ("Months", _months(site.today)),
        ("Years", _years(site.today)),
    ]
    values = {
        "last": site.today,
        "rule": rule_text(site.config.uptime),
        "tables": _tables(site, tables),
    }
    path = "uptime/index.html"
    yield path, templates_of(site).render("uptime.html", path, values)


def _last_days(today: date) -> list[Period]:
    return [
        Period(f"{length} days", today - timedelta(days=length - 1), today)
        for length in (7, 30, 90, 365)
    ]


def _months(today: date) -> list[Period]:
    """Return this month so far and the months before it."""
    periods = []
    last = today
    for _ in range(MONTHS):
        first = last.replace(day=1)
        periods.append(Period(short_month_text(first), first, last))
        last = first - timedelta(days=1)
    return periods


def _years(today: date) -> list[Period]:
    """Return this year so far and the years before it."""
    return [
        Period(str(year), date(year, 1, 1), min(date(year, 12, 31), today))
        for year in range(today.year, today.year - YEARS, -1)
    ]


def _tables(site: Site, wanted: Sequence[tuple[str, list[Period]]]) -> list[TableView]:
    """Return a table for each list of periods, and in it a row for each group and component."""
    shown = [one for one in site.config.components if one.showcase]
    rows: list[list[RowView]] = [[] for _ in wanted]
    for component in shown:
        cells = _cells(site, component, [periods for _, periods in wanted])
        for row, texts in zip(rows, cells, strict=True):
            name = names_of(site)[component.id]
            link = f"{name.path}index.html"
            row.append(RowView(name.full, link, texts, source_text(component)))
    return [
        TableView(title, tuple(period.title for period in periods), tuple(row))
        for (title, periods), row in zip(wanted, rows, strict=True)
    ]


def _cells(
    site: Site,
    component: Component,
    tables: Sequence[list[Period]],
) -> list[tuple[str, ...]]:
    """Return a component's percentages for each list of periods."""
    first = min(period.first for periods in tables for period in periods)
    found = days(site.history, component.id, first, site.today)
    return [tuple(_cell(site, found, first, period) for period in periods) for periods in tables]


def _cell(site: Site, found: Sequence[Day], first: date, period: Period) -> str:
    start, end = (period.first - first).days, (period.last - first).days + 1
    ratio = uptime(found[start:end], site.config.uptime).fraction
    return "unknown" if ratio is None else f"{percent(ratio)}\N{NO-BREAK SPACE}%"
