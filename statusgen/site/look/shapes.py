"""The shape of each state, for pictures; the stylesheet has the same as clipping paths."""

from __future__ import annotations

from statusgen.model import ComponentStatus

UNKNOWN = "unknown"
SIZE = 10
SHAPES: dict[str, str] = {
    ComponentStatus.OPERATIONAL: "M5 0a5 5 0 1 0 0 10a5 5 0 1 0 0-10z",
    ComponentStatus.UNDER_MAINTENANCE: "M5 0L10 5L5 10L0 5z",
    ComponentStatus.DEGRADED_PERFORMANCE: "M5 .5L10 9.5H0z",
    ComponentStatus.PARTIAL_OUTAGE: "M.8 .8H9.2V9.2H.8z",
    ComponentStatus.MAJOR_OUTAGE: "M2 0L5 3L8 0L10 2L7 5L10 8L8 10L5 7L2 10L0 8L3 5L0 2z",
    UNKNOWN: "M0 3.6H10V6.4H0z",
}
"""Paths of SVG in a square of 10."""
