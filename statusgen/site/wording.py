"""The words in which the pages name states, in one place so that they never disagree."""

from __future__ import annotations

from enum import StrEnum

from statusgen.model import ComponentStatus, Impact, Kind, Status
from statusgen.timeline.record import Record

_WORDS: dict[StrEnum, str] = {
    ComponentStatus.OPERATIONAL: "Operational",
    ComponentStatus.UNDER_MAINTENANCE: "Under maintenance",
    ComponentStatus.DEGRADED_PERFORMANCE: "Degraded performance",
    ComponentStatus.PARTIAL_OUTAGE: "Partial outage",
    ComponentStatus.MAJOR_OUTAGE: "Major outage",
    Impact.NONE: "No impact",
    Impact.MAINTENANCE: "Maintenance",
    Impact.MINOR: "Minor impact",
    Impact.MAJOR: "Major impact",
    Impact.CRITICAL: "Critical impact",
}


def label(state: StrEnum) -> str:
    """Return a component's status, an impact or an update's status in words."""
    return state.label if isinstance(state, Status) else _WORDS[state]


def state_of(record: Record) -> str:
    """Return the word that stands for a record's shape and colour.

    An impact; 'notice' for a notice; 'unknown' for an incident of which nothing could be read.
    """
    if _is_unknown(record):
        return "unknown"
    return "notice" if record.kind is Kind.NOTICE else record.impact.value


def impact_label(record: Record) -> str:
    """Return how bad it is in words; '' for a notice, which is nothing bad."""
    if _is_unknown(record):
        return "Unknown impact"
    return "" if record.kind is Kind.NOTICE else label(record.impact)


def _is_unknown(record: Record) -> bool:
    stand_in = record.incident.stand_in
    return stand_in is not None and not stand_in.commit and record.impact is Impact.NONE


def listed(words: list[str], shown: int = 3) -> str:
    """Return 'A', 'A and B', 'A, B and C'; beyond `shown`: 'A, B and 3 more'."""
    if len(words) > shown:
        words = [*words[: shown - 1], f"{len(words) - shown + 1} more"]
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def counted(number: int, noun: str) -> str:
    """Return '1 incident', '3 incidents', '1,282 incidents'."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
