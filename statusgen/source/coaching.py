"""The coach on the files of a page repository: what it found, as problems with their places."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from statusgen.coach import Finding, judge
from statusgen.content.spots import locate_spots
from statusgen.files.source_tree import LARGEST_INCIDENT, read_file
from statusgen.problems import Location, Problem, Severity
from statusgen.source.source import Source


def coached(source: Source, now: datetime) -> list[Problem]:
    """Return what the coach says of a page's incidents."""
    by_path: dict[str, list[Finding]] = {}
    for finding in judge(source.config, source.incidents, now):
        by_path.setdefault(finding.spot.path, []).append(finding)
    zone = ZoneInfo(source.config.page.timezone)
    problems = []
    for path, findings in by_path.items():
        try:
            raw = read_file(source.root, path, largest=LARGEST_INCIDENT)
        except OSError:
            raw = b""
        places = locate_spots(path, raw, zone, [one.spot for one in findings], source.audience)
        problems += [_problem(*pair) for pair in zip(findings, places, strict=True)]
    return problems


def _problem(finding: Finding, where: Location) -> Problem:
    severity = finding.severity or Severity.ADVICE
    return Problem(finding.rule.value, finding.message, where, finding.hint, severity)
