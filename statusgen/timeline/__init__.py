"""What was true when: statuses, maintenance, uptime and communication facts, at any `now`."""

from statusgen.timeline.components import ComponentState, GroupState, PageStatus
from statusgen.timeline.history import History, derive, told_of
from statusgen.timeline.record import Record, Span, Window

__all__ = [
    "ComponentState",
    "GroupState",
    "History",
    "PageStatus",
    "Record",
    "Span",
    "Window",
    "derive",
    "told_of",
]
