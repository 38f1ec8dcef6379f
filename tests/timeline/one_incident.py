"""One incident from the first update to the postmortem, and what it comes to."""

from __future__ import annotations

from datetime import datetime

from timeline.values import (
    at,
    config,
    update,
)

from statusgen.model import ComponentStatus, Incident
from statusgen.timeline import Record, derive

Spans = list[tuple[str, ComponentStatus, str, str | None]]

DAY = "2026-11-21"
NOON = at(f"{DAY} 12:00")

INVESTIGATING = update("investigating", f"{DAY} 10:00")
IDENTIFIED = update("identified", f"{DAY} 10:20")
MONITORING = update("monitoring", f"{DAY} 10:40")
RESOLVED = update("resolved", f"{DAY} 11:00")
POSTMORTEM = update("postmortem", f"{DAY} 11:30")


def record_of(told: Incident, now: datetime = NOON) -> Record:
    """Return the one record that an incident comes to."""
    (record,) = derive(config(), [told], now).records
    return record


def spans_of(told: Incident, now: datetime = NOON) -> Spans:
    """Return a record's spans by component and start, with the times of the day only."""
    return [
        (
            span.component,
            span.status,
            f"{span.start:%H:%M}",
            f"{span.end:%H:%M}" if span.end else None,
        )
        for span in sorted(record_of(told, now).spans, key=lambda one: (one.component, one.start))
    ]
