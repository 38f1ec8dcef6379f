"""Uptime as people read it: a bar of days, an honest figure, and the days that were not perfect."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby, islice
from typing import NamedTuple

from statusgen.model import Component, ComponentStatus, UptimeRule
from statusgen.site.context import Site
from statusgen.site.look.shapes import UNKNOWN
from statusgen.site.views.lines import MOST_MENTIONED, RecordLink, mentioned, records_of
from statusgen.site.words.language import N_, Language
from statusgen.site.words.wording import inline_label, listed
from statusgen.timeline.days import moment_of, seconds_of, start_of
from statusgen.timeline.record import Record
from statusgen.timeline.uptime import Day, days, is_met, percent, uptime

BAR_DAYS = 90
PERIODS = (7, 30, BAR_DAYS, 365)

_WELL, _MAINTENANCE, _DEGRADED, _PARTIAL, _MAJOR = (one.value for one in ComponentStatus)
_HEIGHTS = {UNKNOWN: 0, _WELL: 1, _MAINTENANCE: 3, _DEGRADED: 5, _PARTIAL: 8, _MAJOR: 12}
# Translators: where a figure comes from, as in "from our reports"
_SOURCES = {"incidents": N_("our reports"), "probes": N_("our probes")}


class FigureView(NamedTuple):
    """An uptime with what it means.

    `percent` is cut off after two decimals, and empty where nothing is known. `period` names the
    days in words; `first` and `last` are the first and the last of them. `counted` says of how many
    of them something is known, unless that is all or none. `rule` names what counts as down,
    `source` where the knowledge comes from. `objective` is in percent, or None; `is_met` tells
    whether the uptime reaches it.
    """

    percent: str
    period: str
    first: date
    last: date
    counted: str
    rule: str
    source: str
    objective: float | None
    is_met: bool


class RunView(NamedTuple):
    """Equal days next to each other in a line of days: `start` counts from its first day, 0.

    `state` is a component status, or 'unknown'. `height` is 0 (unknown) to 12 and grows with the
    severity, so that the line can be read without its colours. `path` is its part of the line, as
    SVG draws it in a picture that is 12 high.
    """

    start: int
    length: int
    state: str
    height: int
    path: str


class DayView(NamedTuple):
    """A day that was not perfect.

    `state` is its worst component status, or 'unknown'; `lasted` says how long each status did, in
    words, the worst first; `records` says why.
    """

    date: date
    state: str
    lasted: tuple[tuple[ComponentStatus, str], ...]
    records: tuple[RecordLink, ...]


class UptimeView(NamedTuple):
    """A component's last days: the line, the figure, and the days that were not perfect.

    `length` is the number of days, of which `imperfect` knew more than operation and planned
    maintenance; `days` stand newest first.
    """

    length: int
    runs: tuple[RunView, ...]
    figure: FigureView
    imperfect: int
    days: tuple[DayView, ...]


def uptime_view(site: Site, component: Component, *, with_days: bool) -> UptimeView:
    """Return a component's last 90 days; its `days` only where they are asked for."""
    last = site.today
    found = days(site.history, component.id, last - timedelta(days=BAR_DAYS - 1), last)
    states = list(map(state_of_day, found))
    return UptimeView(
        length=len(found),
        runs=runs_of(states),
        figure=figure_view(site, component, found, last_days_text(site.language, BAR_DAYS)),
        imperfect=sum(map(is_imperfect, states)),
        days=_day_views(site, component, found) if with_days else (),
    )


def figure_views(site: Site, component: Component) -> tuple[FigureView, ...]:
    """Return a component's uptime over the usual periods."""
    last = site.today
    found = days(site.history, component.id, last - timedelta(days=max(PERIODS) - 1), last)
    return tuple(
        figure_view(site, component, found[-length:], last_days_text(site.language, length))
        for length in PERIODS
    )


def figure_view(site: Site, component: Component, found: Sequence[Day], period: str) -> FigureView:
    """Return the uptime over some days."""
    rule = site.config.uptime
    ratio = uptime(found, rule).fraction
    objective = component.uptime.objective
    known = sum(day.counted > 0 for day in found)
    return FigureView(
        percent=percent(ratio) if ratio is not None else "",
        period=period,
        first=found[0].date,
        last=found[-1].date,
        counted=_counted_text(site.language, known) if 0 < known < len(found) else "",
        rule=rule.name,
        source=source_text(component, site.language),
        objective=objective,
        is_met=bool(is_met(ratio, objective)),
    )


def _counted_text(language: Language, known: int) -> str:
    return language.counted("%(count)s day counted", "%(count)s days counted", known)


def rule_text(rule: UptimeRule, language: Language) -> str:
    """Return what counts as down, as a sentence."""
    weights = [
        (ComponentStatus.MAJOR_OUTAGE, rule.major),
        (ComponentStatus.PARTIAL_OUTAGE, rule.partial),
        (ComponentStatus.DEGRADED_PERFORMANCE, rule.degraded),
    ]
    counted = [
        # Translators: a part of a rule, as in "30 % of partial outage"
        language.gettext("%(percent)s of %(status)s")
        % {
            "percent": language.formats.percent_text(str(weight)),
            "status": inline_label(status, language),
        }
        for status, weight in weights
        if weight
    ]
    if not counted:
        return language.gettext("The rule is %(rule)s: nothing counts as down.") % {
            "rule": rule.name,
        }
    return language.gettext("The rule is %(rule)s, which counts %(counted)s as down.") % {
        "rule": rule.name,
        "counted": listed(counted, language),
    }


def last_days_text(language: Language, number: int) -> str:
    """Return 'last 90 days'."""
    return language.counted("last %(count)s day", "last %(count)s days", number)


def source_text(component: Component, language: Language) -> str:
    """Return where the knowledge of a component's state comes from."""
    return language.gettext(_SOURCES[component.uptime.source])


def common_source(site: Site) -> str:
    """Return where the knowledge of all components' states comes from; '' if it differs."""
    sources = {source_text(one, site.language) for one in site.config.components if one.showcase}
    return sources.pop() if len(sources) == 1 else ""


def runs_of(states: Iterable[str]) -> tuple[RunView, ...]:
    """Return the states of days that follow each other as runs of equal ones."""
    runs = []
    start = 0
    for state, same in groupby(states):
        length = len(list(same))
        height = _HEIGHTS[state]
        path = f"12v-{height}h{length}v{height}z" if height else f"11.5h{length}"
        runs.append(RunView(start, length, state, height, f"M{start} {path}"))
        start += length
    return tuple(runs)


def state_of_day(day: Day) -> str:
    """Return a day's worst status; maintenance is worth a mark, though it counts as up."""
    _, _, counted, maintenance, degraded, partial, major = day
    if major or partial or degraded or maintenance:
        return _MAJOR if major else _PARTIAL if partial else _DEGRADED if degraded else _MAINTENANCE
    return _WELL if counted else UNKNOWN


def worst_state(states: Iterable[str]) -> str:
    """Return the worst state of one day over several components."""
    return max(states, key=_HEIGHTS.__getitem__, default=UNKNOWN)


def is_imperfect(state: str) -> bool:
    """Tell whether a day of this state had a failure."""
    return _HEIGHTS[state] > _HEIGHTS[_MAINTENANCE]


def _by_severity(day: Day) -> tuple[tuple[int, ComponentStatus], ...]:
    return (
        (day.major, ComponentStatus.MAJOR_OUTAGE),
        (day.partial, ComponentStatus.PARTIAL_OUTAGE),
        (day.degraded, ComponentStatus.DEGRADED_PERFORMANCE),
        (day.maintenance, ComponentStatus.UNDER_MAINTENANCE),
    )


def _day_views(site: Site, component: Component, found: Sequence[Day]) -> tuple[DayView, ...]:
    """Return what was not perfect, but for days on which the component was not there."""
    first = next((day.date for day in found if day.counted), date.max)
    last = component.until or date.max
    marked = [
        (day, state)
        for day in found
        if first <= day.date <= last and (state := state_of_day(day)) != _WELL
    ]
    if not marked:
        return ()
    lasted = site.language.formats.duration_text
    stretches = _stretches(site, component.id, start_of(found[0].date, site.zone))
    return tuple(
        DayView(
            day.date,
            state,
            tuple((one, lasted(seconds)) for seconds, one in _by_severity(day) if seconds),
            _records_on(site, stretches, start_of(day.date, site.zone), day.seconds),
        )
        for day, state in reversed(marked)
    )


def _stretches(site: Site, component: str, since: int) -> list[tuple[int, int, Record]]:
    """Return the times in which records did something to a component, the newest record first.

    Times are seconds since 1970; stretches that end before `since` are left out.
    """
    now, first = site.history.now, moment_of(since)
    return [
        (seconds_of(span.start), seconds_of(span.end or now) + 1, record)
        for record in records_of(site).get(component, ())
        for span in record.spans
        if span.component == component and (span.end or now) >= first
    ]


def _records_on(
    site: Site,
    stretches: Sequence[tuple[int, int, Record]],
    start: int,
    seconds: int,
) -> tuple[RecordLink, ...]:
    """Return the newest records that had a hand in a component's state on a day."""
    found = {
        record.id: record
        for since, until, record in stretches
        if since < start + seconds and until > start
    }
    newest = islice(found.values(), MOST_MENTIONED)
    return tuple(mentioned(site, record) for record in newest)
