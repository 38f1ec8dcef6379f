"""Half-open intervals [start, end), and which of several overlapping ones counts.

Points are whatever is ordered: seconds, or moments. Levels are small numbers; of those that
overlap, the highest counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from operator import itemgetter
from typing import TypeVar

Point = TypeVar("Point", int, datetime)

LEVELS = 5
"""Levels are 0 to 4; level 0 is "nothing" and never comes out of a merge."""

_START = itemgetter(0)


def merge_worst(stretches: Iterable[tuple[Point, Point, int]]) -> list[tuple[Point, Point, int]]:
    """Return what (start, end, level) stretches, in any order, amount to.

    The result is sorted, without overlaps, and without two neighbours of one level; stretches
    without length, and those of level 0, count for nothing.
    """
    merged: list[tuple[Point, Point, int]] = []
    cluster: list[tuple[Point, Point, int]] = []
    until: Point | None = None
    for one in sorted(stretches, key=_START):
        start, end, level = one
        if not level or start >= end:
            continue
        if until is not None and start > until:
            _merge_cluster(merged, cluster)
            cluster = []
            until = None
        cluster.append(one)
        until = end if until is None or end > until else until
    _merge_cluster(merged, cluster)
    return merged


def _merge_cluster(
    merged: list[tuple[Point, Point, int]],
    cluster: list[tuple[Point, Point, int]],
) -> None:
    """Add stretches that touch each other; most are alone."""
    if len(cluster) < 2:  # noqa: PLR2004 (alone, or none)
        merged += cluster
        return
    edges: list[tuple[Point, int, int]] = []
    for start, end, level in cluster:
        edges.append((start, level, 1))
        edges.append((end, level, -1))
    edges.sort(key=_START)
    active = [0] * LEVELS
    level, since = 0, edges[0][0]
    for point, changed, step in edges:
        active[changed] += step
        worst = max(one for one in range(LEVELS) if active[one] or not one)
        if worst != level:
            if level and since < point:
                _append(merged, since, point, level)
            level, since = worst, point


def _append(
    merged: list[tuple[Point, Point, int]],
    start: Point,
    end: Point,
    level: int,
) -> None:
    """Add a stretch, as one with the last where it only goes on.

    At one point an end may be met before the start that follows it, and in between nothing holds.
    """
    if merged and merged[-1][1] == start and merged[-1][2] == level:
        merged[-1] = (merged[-1][0], end, level)
    else:
        merged.append((start, end, level))
