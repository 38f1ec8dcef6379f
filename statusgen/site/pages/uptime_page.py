"""The page that compares the uptime of all components."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from statusgen.model import Component, Group
from statusgen.site.context import Output, Site, component_path
from statusgen.site.theme.templates import templates_of
from statusgen.site.views.names import names_of
from statusgen.site.views.uptime import common_source, rule_text, source_text, uptime_view
from statusgen.site.views.uptime_calendar import page_years
from statusgen.site.words.formats import Formats
from statusgen.site.words.language import Language
from statusgen.timeline.uptime import Uptime, average, days, percent, uptime

MONTHS = 12
YEARS = 2


class RowView(NamedTuple):
    """A component's, or a group's, uptime over several periods; `link` is empty for a group.

    `is_child` tells that it is in the group whose row stands above. `cells` are percentages, or
    'unknown', in words.
    """

    name: str
    link: str
    is_child: bool
    cells: tuple[str, ...]
    source: str


class TableView(NamedTuple):
    """The uptime of all groups and components over the periods of its columns."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[RowView, ...]


class _Period(NamedTuple):
    """Whole days, both included, and what they are called."""

    title: str
    first: date
    last: date


def render_uptime(site: Site) -> Iterator[Output]:
    """Yield uptime/index.html."""
    today = site.today
    _, formats = site.language.gettext, site.language.formats
    tables = {
        _("Last days"): _last_days(today, site.language),
        _("Months"): _months(today, formats),
        _("Years"): _years(today, formats),
    }
    shown = [one for one in site.config.components if one.showcase]
    since = date(today.year - 1, 1, 1)
    values = {
        "last": today,
        "years": page_years([days(site.history, one.id, since, today) for one in shown]),
        "lines": [
            (names_of(site)[one.id], uptime_view(site, one, with_days=False)) for one in shown
        ],
        "rule": rule_text(site.config.uptime, site.language),
        "source": common_source(site),
        "tables": _tables(site, tables),
    }
    path = "uptime/index.html"
    yield path, templates_of(site).render("uptime.html", path, values)


def _last_days(today: date, language: Language) -> list[_Period]:
    return [
        _Period(
            language.counted("%(count)s day", "%(count)s days", length),
            today - timedelta(days=length - 1),
            today,
        )
        for length in (7, 30, 90, 365)
    ]


def _months(today: date, formats: Formats) -> list[_Period]:
    """Return this month so far and the months before it."""
    periods = []
    last = today
    for _ in range(MONTHS):
        first = last.replace(day=1)
        periods.append(_Period(formats.short_month_text(first), first, last))
        last = first - timedelta(days=1)
    return periods


def _years(today: date, formats: Formats) -> list[_Period]:
    """Return this year so far and the years before it."""
    return [
        _Period(formats.localized(str(year)), date(year, 1, 1), min(date(year, 12, 31), today))
        for year in range(today.year, today.year - YEARS, -1)
    ]


def _tables(site: Site, wanted: Mapping[str, Sequence[_Period]]) -> list[TableView]:
    """Return a table for each list of periods, by its title."""
    every = [period for periods in wanted.values() for period in periods]
    uptimes = {
        one.id: dict(zip(every, _uptimes(site, one, every), strict=True))
        for one in site.config.components
        if one.showcase
    }
    return [
        TableView(
            title,
            tuple(period.title for period in periods),
            _rows(site, {id_: [row[one] for one in periods] for id_, row in uptimes.items()}),
        )
        for title, periods in wanted.items()
    ]


def _rows(site: Site, uptimes: Mapping[str, Sequence[Uptime]]) -> tuple[RowView, ...]:
    """Return a row for each component that has uptimes, and before its children for each group."""
    config = site.config
    components = {one.id: one for one in config.components}
    groups = {one.id: one for one in config.groups}
    rows = []
    for id_ in config.layout:
        children = [one.id for one in config.components if one.group == id_ and one.id in uptimes]
        if children:
            rows.append(
                _group_row(site.language, groups[id_], [uptimes[child] for child in children])
            )
        rows += [
            _component_row(site, components[one], uptimes[one])
            for one in ([id_] if id_ in uptimes else children)
        ]
    return tuple(rows)


def _uptimes(site: Site, component: Component, periods: Sequence[_Period]) -> list[Uptime]:
    """Return a component's uptime over each period, from one look at all their days."""
    first = min(period.first for period in periods)
    found = days(site.history, component.id, first, site.today)
    return [
        uptime(
            found[(period.first - first).days : (period.last - first).days + 1],
            site.config.uptime,
        )
        for period in periods
    ]


def _component_row(site: Site, component: Component, uptimes: Sequence[Uptime]) -> RowView:
    link = f"{component_path(component.id)}index.html"
    cells = tuple(_cell(site.language, one.fraction) for one in uptimes)
    source = source_text(component, site.language)
    return RowView(component.name, link, bool(component.group), cells, source)


def _group_row(
    language: Language,
    group: Group,
    children: Sequence[Sequence[Uptime]],
) -> RowView:
    cells = tuple(_cell(language, average(column)) for column in zip(*children, strict=True))
    return RowView(
        name=group.name,
        link="",
        is_child=False,
        cells=cells,
        source=language.gettext("average of its components"),
    )


def _cell(language: Language, fraction: Fraction | None) -> str:
    if fraction is None:
        return language.gettext("unknown")
    return language.formats.percent_text(percent(fraction))
