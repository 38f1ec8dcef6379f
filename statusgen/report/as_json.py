"""A report for programs; docs/reports.md tells every key."""

from __future__ import annotations

from fractions import Fraction

from statusgen.report.periods import Asked
from statusgen.report.values import (
    Budget,
    ComponentFigures,
    Figures,
    GroupFigures,
    IncidentFigures,
    MaintenanceFigures,
    Recurrence,
    Report,
    Share,
    Silence,
    Spread,
)
from statusgen.site.json_text import Json
from statusgen.site.words.times import rfc3339
from statusgen.timeline.days import Period
from statusgen.timeline.facts import Kept
from statusgen.timeline.record import Record
from statusgen.timeline.uptime import percent


def as_json(report: Report) -> Json:
    """Return an object; shares are from 0 to 1, lengths of time in seconds, moments in UTC."""
    rule = report.rule
    return {
        "page": report.page,
        "as_of": rfc3339(report.now),
        "period": _asked(report.asked, report.zone),
        "rule": {
            "name": rule.name,
            "weights": {"degraded": rule.degraded, "partial": rule.partial, "major": rule.major},
        },
        "unreadable": report.unreadable,
        "figures": _figures(report.figures),
        "previous": _figures(report.previous),
        "months": [_figures(one) for one in report.months],
        "components": [_component(one) for one in report.components],
        "groups": [_group(one) for one in report.groups],
        "incidents": [_incident(one) for one in report.incidents],
        "carried": [_incident(one) for one in report.carried],
        "silences": [_silence(one) for one in report.silences],
        "recurrences": [_recurrence(one) for one in report.recurrences],
        "vendors": [_share(one) for one in report.vendors],
        "causes": [_share(one) for one in report.causes],
        "maintenance": [_maintenance(one) for one in report.maintenance],
    }


def _asked(asked: Asked, zone: str) -> Json:
    return {**_days(asked.period), "timezone": zone, "previous": _days(asked.previous)}


def _days(period: Period) -> Json:
    return {"first": period.first.isoformat(), "last": period.last.isoformat()}


def _figures(one: Figures) -> Json:
    written, due = one.postmortems
    return {
        **_days(one.period),
        **_uptime(one.uptime),
        "lost_seconds": _number(one.lost),
        "incidents": one.incidents,
        "incidents_by_impact": {str(impact): number for impact, number in one.impacts},
        "first_notice_seconds": {**_spread(one.first_notice), "in_time": one.in_time},
        "gap_seconds": _spread(one.gaps),
        "promises": {
            "kept": one.promises.kept,
            "late": one.promises.late,
            "pending": one.promises.pending,
            "share": _number(one.promises.share),
        },
        "to_resolve_seconds": _spread(one.to_resolve),
        "postmortem_seconds": {**_spread(one.postmortem), "in_time": written, "due": due},
        "maintenances": one.maintenances,
    }


def _component(one: ComponentFigures) -> Json:
    return {
        "id": one.component.id,
        "name": one.component.name,
        "group": one.component.group or None,
        "source": one.component.uptime.source,
        **_uptime(one.uptime.fraction),
        "objective": one.component.uptime.objective,
        "is_met": one.is_met,
        "budget": one.budget and _budget(one.budget),
        "seconds": {
            "counted": one.uptime.counted,
            "unknown": one.unknown,
            "operational": one.operational,
            "under_maintenance": one.uptime.maintenance,
            "degraded_performance": one.uptime.degraded,
            "partial_outage": one.uptime.partial,
            "major_outage": one.uptime.major,
        },
        "previous": _uptime(one.previous),
        "months": [_uptime(month) for month in one.months],
    }


def _group(one: GroupFigures) -> Json:
    return {
        "id": one.group.id,
        "name": one.group.name,
        "components": list(one.components),
        **_uptime(one.uptime),
        "objective": one.objective,
        "is_met": one.is_met,
        "previous": _uptime(one.previous),
        "months": [_uptime(month) for month in one.months],
    }


def _incident(one: IncidentFigures) -> Json:
    record, facts = one.record, one.facts
    kept = [promise.kept for promise in facts.promises]
    return {
        **_record(record),
        "impact": str(record.impact),
        "status": str(record.status),
        "components": list(record.components),
        "cause": record.incident.cause or None,
        "upstream": record.incident.upstream or None,
        "started_at": rfc3339(record.started),
        "ended_at": one.ended and rfc3339(one.ended),
        "lost_seconds": _number(one.lost),
        "updates": len(record.updates),
        "first_notice_seconds": facts.first_notice,
        "longest_gap_seconds": max(facts.gaps, default=None),
        "promises": {str(state): kept.count(state) for state in Kept},
        "to_resolve_seconds": facts.to_resolve,
        "postmortem_seconds": facts.postmortem,
    }


def _silence(one: Silence) -> Json:
    return {
        **_record(one.record),
        "from": rfc3339(one.start),
        "until": one.end and rfc3339(one.end),
        "seconds": one.seconds,
    }


def _recurrence(one: Recurrence) -> Json:
    return {
        **_record(one.record),
        "earlier": _record(one.earlier),
        "components": list(one.components),
        "cause": one.record.incident.cause,
        "seconds": one.seconds,
    }


def _share(one: Share) -> Json:
    return {
        "name": one.name or None,
        "incidents": one.incidents,
        "lost_seconds": _number(one.lost),
        "share": _number(one.share),
        "to_resolve_seconds": _spread(one.to_resolve),
    }


def _maintenance(one: MaintenanceFigures) -> Json:
    window = one.record.window
    return {
        **_record(one.record),
        "status": str(one.record.status),
        "components": list(one.record.components),
        "starts_at": window and rfc3339(window.start),
        "ends_at": window and rfc3339(window.end),
        "lead_seconds": one.lead,
        "lasted_seconds": one.lasted,
        "overrun_seconds": one.overrun,
    }


def _record(record: Record) -> Json:
    return {"id": record.id, "title": record.title}


def _uptime(fraction: Fraction | None) -> Json:
    return {
        "uptime": _number(fraction),
        "percent": None if fraction is None else percent(fraction),
    }


def _budget(one: Budget) -> Json:
    return {
        "allowed_seconds": _number(one.allowed),
        "used_seconds": _number(one.used),
        "left_seconds": _number(one.left),
    }


def _spread(one: Spread) -> Json:
    return {
        "known": one.number,
        "mean": one.mean,
        "median": one.median,
        "longest": one.longest,
    }


def _number(fraction: Fraction | None) -> float | int | None:
    """Return the nearest number that JSON has; whole ones without a point."""
    if fraction is None:
        return None
    return int(fraction) if fraction.denominator == 1 else float(fraction)
