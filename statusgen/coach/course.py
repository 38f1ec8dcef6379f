"""Whether the course of an incident can be: order of times and statuses, impact and components."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from statusgen.coach.case import Case, Finding
from statusgen.model import CLOSING, CoachRule, ComponentStatus, Impact, Status
from statusgen.reading.times import write_time

_SERIOUS = frozenset({ComponentStatus.PARTIAL_OUTAGE, ComponentStatus.MAJOR_OUTAGE})


def check(case: Case) -> Iterator[Finding]:
    """Judge the course of an incident."""
    if case.is_incident:
        yield from _order(case)
        yield from _regress(case)
        yield from _severity(case)


def _order(case: Case) -> Iterator[Finding]:
    incident = case.incident
    first = incident.updates[0] if incident.updates else None
    for key, moment in (("started", incident.started), ("detected", incident.detected)):
        if first is not None and moment is not None and first.at < moment:
            message = f"the first update, {write_time(first.at)}, is before '{key}'"
            yield Finding(CoachRule.TIME_ORDER, message, case.spot_of_key(key))
    if incident.started and incident.detected and incident.detected < incident.started:
        message = "'detected' is before 'started'"
        yield Finding(CoachRule.TIME_ORDER, message, case.spot_of_key("detected"))
    resolved = [one.at for one in incident.updates if one.status is Status.RESOLVED]
    if incident.ended and resolved and incident.ended > resolved[-1]:
        message = f"'ended' is after the update that says resolved, {write_time(resolved[-1])}"
        yield Finding(CoachRule.TIME_ORDER, message, case.spot_of_key("ended"))


def _regress(case: Case) -> Iterator[Finding]:
    """Ask for a word where what was over is open again."""
    texts = {one.update.id: one for one in case.own if one.update is not None}
    for before, update in pairwise(case.incident.updates):
        if before.status not in CLOSING or update.status in CLOSING:
            continue
        passage = texts.get(update.id)
        if passage is None or passage.words is None or passage.says(passage.words.reopened):
            continue
        message = f"it was {before.status.label.lower()}, and is open again without a word of it"
        yield Finding(CoachRule.STATUS_REGRESS, message, case.spot_of_update(update))


def _severity(case: Case) -> Iterator[Finding]:
    incident = case.incident
    statuses = {one.status for one in incident.components if one.status}
    statuses |= {change.status for update in incident.updates for change in update.changes}
    spot = case.spot_of_key("impact")
    if incident.impact is Impact.CRITICAL and statuses and not statuses & _SERIOUS:
        message = "the impact is critical, and no component is worse than degraded"
        yield Finding(CoachRule.SEVERITY_MISMATCH, message, spot)
    is_mild = incident.impact in (Impact.NONE, Impact.MINOR)
    if is_mild and ComponentStatus.MAJOR_OUTAGE in statuses:
        message = f"the impact is {incident.impact}, and a component has a major outage"
        yield Finding(CoachRule.SEVERITY_MISMATCH, message, spot)
    for record in case.records:
        if record.is_open and not record.components and case.config.components:
            message = "it is open and names no component, so all of them look operational"
            spot = case.spot_of_key("components")
            yield Finding(CoachRule.SEVERITY_MISMATCH, message, spot)
