"""The page of a component: its state, its uptime and what was reported about it."""

from __future__ import annotations

from datetime import date

from statusgen.model import Component
from statusgen.site.context import Output, Site
from statusgen.site.look.shapes import UNKNOWN
from statusgen.site.theme.templates import templates_of
from statusgen.site.views.components import component_view
from statusgen.site.views.lines import line_view, newest_first, records_of
from statusgen.site.views.reach import component_report
from statusgen.site.views.uptime import figure_views, rule_text
from statusgen.site.views.uptime_calendar import UptimeMonthView, component_months

MOST_REPORTS = 25
MONTHS = 12


def render_component(site: Site, component: Component) -> Output:
    """Return components/<id>/index.html, also of a component that is gone."""
    view = component_view(site, component, with_days=True)
    records = newest_first(records_of(site).get(component.id, ()))
    values = {
        "component": view,
        "figures": figure_views(site, component) if component.showcase else (),
        "months": _months(site, component) if component.showcase else (),
        "rule": rule_text(site.config.uptime, site.language),
        "lines": [line_view(site, one) for one in records[:MOST_REPORTS]],
        "report": component_report(site, component.id),
        "more": max(len(records) - MOST_REPORTS, 0),
    }
    path = f"{view.path}index.html"
    return path, templates_of(site).render("component.html", path, values)


def _months(site: Site, component: Component) -> tuple[UptimeMonthView, ...]:
    """Return a component's last months, without those before it was there."""
    year, month = divmod(site.today.year * 12 + site.today.month - MONTHS, 12)
    found = component_months(site, component, date(year, month + 1, 1))
    known = [one for one in found if any(run.state != UNKNOWN for run in one.runs)]
    return found[: found.index(known[-1]) + 1] if known else ()
