"""A report on one screen of a terminal: 80 columns and 24 lines."""

from __future__ import annotations

from collections.abc import Sequence

from statusgen.model import IMPACT_RANK
from statusgen.report.columns import aligned, cut
from statusgen.report.tables import measures
from statusgen.report.values import ComponentFigures, IncidentFigures, Report
from statusgen.report.words import (
    NOTHING,
    budget_left,
    duration,
    percent_or_unknown,
    period_text,
)
from statusgen.site.context import Site
from statusgen.site.views.names import names_of
from statusgen.site.words.wording import impact_label

COLUMNS = 80
LINES = 23
"""The last line of a terminal is the prompt."""

_FEWEST = 3
"""So many components, and as many incidents, have room in any case."""

_WIDEST_NAME = 34


def as_text(site: Site, report: Report) -> str:
    """Return the summary; of components and incidents the worst, as far as there is room."""
    _ = site.language.gettext
    rows = [
        (one.name, one.now, one.before, one.change)
        for one in measures(site, report.figures, report.previous)
    ]
    head = ("", _("This period"), _("Before"), _("Change"))
    lines = [_title(site, report), "", *aligned([head, *rows], COLUMNS)]
    every = (*report.carried, *report.incidents)
    room = LINES - len(lines) - 4 - min(len(every), _FEWEST)
    components = sorted(report.components, key=_worst_first)[: max(room, _FEWEST)]
    lines += _part(site, _("Components"), _component_rows(site, components), report.components)
    incidents = sorted(every, key=_worst_incident_first)
    room = max(LINES - len(lines) - 2, 1)
    if incidents:
        lines += _part(site, _("Incidents"), _incident_rows(site, incidents[:room]), incidents)
    return "\n".join(cut(line, COLUMNS) for line in lines)


def _title(site: Site, report: Report) -> str:
    return f"{site.config.page.name}: {period_text(report.asked.period, site.language)}"


def _part(site: Site, title: str, rows: list[Sequence[str]], every: Sequence[object]) -> list[str]:
    more = len(every) - len(rows)
    if more > 0:
        hidden = site.language.counted("%(count)s more", "%(count)s more", more)
        title = f"{title} ({hidden})"
    return ["", title, *(f"  {line}" for line in aligned(rows, _WIDEST_NAME))]


def _worst_first(one: ComponentFigures) -> tuple[bool, bool, float]:
    fraction = one.uptime.fraction
    return (one.is_met is not False, fraction is None, float(fraction or 0))


def _component_rows(site: Site, components: Sequence[ComponentFigures]) -> list[Sequence[str]]:
    language = site.language
    _, names = language.gettext, names_of(site)
    rows: list[Sequence[str]] = []
    for one in components:
        objective, budget = one.component.uptime.objective, ""
        if one.budget is not None:
            budget = _("budget left: %(left)s") % {"left": budget_left(one.budget, language)}
        rows.append(
            (
                names[one.component.id].short,
                percent_or_unknown(one.uptime.fraction, language),
                "" if objective is None else language.formats.percent_text(objective),
                "" if one.is_met is None else _("met") if one.is_met else _("missed"),
                budget,
            )
        )
    return rows


def _worst_incident_first(one: IncidentFigures) -> tuple[int, float, str]:
    return (-IMPACT_RANK[one.record.impact], -float(one.lost), one.record.id)


def _incident_rows(site: Site, incidents: Sequence[IncidentFigures]) -> list[Sequence[str]]:
    language = site.language
    rows: list[Sequence[str]] = []
    for one in incidents:
        record = one.record
        lasted = (
            language.gettext("open") if record.is_open else duration(one.facts.to_resolve, language)
        )
        day = language.formats.short_day_text(record.started.astimezone(site.zone).date())
        rows.append((record.title, day, impact_label(record, language) or NOTHING, lasted))
    return rows
