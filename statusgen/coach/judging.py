"""All rules over all incidents: `judge`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, time
from zoneinfo import ZoneInfo

from statusgen.coach import (
    clocks,
    course,
    dates,
    leaks,
    postmortems,
    style,
    telling,
    timing,
    titles,
)
from statusgen.coach.case import Case, Finding
from statusgen.coach.rules import RULES
from statusgen.model import CoachRule, Config, Incident, Strictness
from statusgen.problems import Severity
from statusgen.timeline import told_of

_FAMILIES = (
    *(dates.check, clocks.check, titles.check, telling.check, style.check),
    *(postmortems.check, course.check, leaks.check, timing.check),
)
_MOST = 30  # findings of one rule in one incident


def judge(config: Config, incidents: Iterable[Incident], now: datetime) -> list[Finding]:
    """Return what the coach says of incidents, each with the severity that it has on this page.

    Of what was over before `coach.since` nothing is said, and nothing of what stands in for an
    unreadable file. On what an import brought there is advice at most, unless it is a secret.
    """
    switched = dict(config.coach.rules)
    found = []
    for incident in incidents:
        if incident.stand_in is not None:
            continue
        case = case_of(config, incident, now)
        if not _is_history(case):
            found += [_weighed(one, case, switched) for one in _first(judged(case))]
    return [one for one in found if one.severity is not None]


def case_of(config: Config, incident: Incident, now: datetime) -> Case:
    """Return what the coach looks at for one incident."""
    zone = ZoneInfo(config.page.timezone)
    records = () if incident.draft else told_of(incident, zone, now).records
    return Case(config, incident, now, records)


def judged(case: Case) -> Iterator[Finding]:
    """Yield what every rule says of one incident, whatever the page makes of it."""
    for check in _FAMILIES:
        yield from check(case)


def _first(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield as many findings of each rule as anybody reads; the last says that it is not alone."""
    counts: Counter[CoachRule] = Counter()
    for finding in findings:
        counts[finding.rule] += 1
        if counts[finding.rule] < _MOST:
            yield finding
        elif counts[finding.rule] == _MOST:
            yield finding._replace(message=f"{finding.message}, and there is more of this")


def _weighed(finding: Finding, case: Case, switched: dict[CoachRule, Strictness]) -> Finding:
    """Return the finding with its hint and what it weighs here; None where the rule is off."""
    rule = RULES[finding.rule]
    severity: Severity | None = finding.severity or rule.severity
    strictness = switched.get(finding.rule)
    if strictness is not None:
        severity = None if strictness is Strictness.OFF else Severity(strictness.value)
    elif finding.rule is not CoachRule.SECRET and _is_imported(finding, case.incident):
        severity = Severity.ADVICE
    return finding._replace(severity=severity, hint=finding.hint or rule.better)


def _is_imported(finding: Finding, incident: Incident) -> bool:
    """Tell whether this was written elsewhere, where another system gave it its code."""
    at = finding.spot.at
    if at is None:
        return bool(incident.code)
    return any(update.code for update in incident.updates if update.at == at)


def _is_history(case: Case) -> bool:
    since = case.config.coach.since
    if since is None or not case.records:
        return False
    day = datetime.combine(since, time(), ZoneInfo(case.config.page.timezone))
    return all(not one.is_open and one.updated < day for one in case.records)
