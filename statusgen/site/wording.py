"""The words in which the pages name states, in one place so that they never disagree."""

from __future__ import annotations

from enum import StrEnum

from statusgen.model import ComponentStatus, Impact, Status

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


def listed(words: list[str], shown: int = 3) -> str:
    """Return 'A', 'A and B', 'A, B and C'; beyond `shown`: 'A, B and 3 more'."""
    if len(words) > shown:
        words = [*words[: shown - 1], f"{len(words) - shown + 1} more"]
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def counted(number: int, noun: str) -> str:
    """Return '1 incident', '3 incidents', '1,282 incidents'."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
