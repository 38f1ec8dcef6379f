"""Half-open intervals [start, end), and which of several overlapping ones counts.

Points are whatever is ordered: seconds, or moments. Levels are small numbers; of those that
overlap, the highest counts.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise
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
    given = sorted((one for one in stretches if one[0] < one[1] and one[2]), key=_START)
    if all(before[1] < after[0] for before, after in pairwise(given)):
        return given
    edges: list[tuple[Point, int, int]] = []
    for start, end, level in given:
        edges.append((start, level, 1))
        edges.append((end, level, -1))
    edges.sort(key=_START)
    merged: list[tuple[Point, Point, int]] = []
    active = [0] * LEVELS
    level, since = 0, edges[0][0]
    for point, changed, step in edges:
        active[changed] += step
        worst = max((one for one in range(1, LEVELS) if active[one]), default=0)
        if worst == level:
            continue
        if level and since < point:
            _append(merged, since, point, level)
        level, since = worst, point
    return merged


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


def lengths(merged: Sequence[tuple[int, int, int]], start: int, end: int) -> list[int]:
    """Return how long each level holds within [start, end): a list of LEVELS lengths.

    `merged` is what `merge_worst` returns.
    """
    totals = [0] * LEVELS
    first = max(bisect_right(merged, start, key=_START) - 1, 0)
    for index in range(first, len(merged)):
        since, until, level = merged[index]
        if since >= end:
            break
        totals[level] += max(min(until, end) - max(since, start), 0)
    return totals
