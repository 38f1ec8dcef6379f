"""Merging is compared with counting second by second."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from statusgen.timeline.intervals import LEVELS, merge_worst

Stretch = tuple[int, int, int]

stretches = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(0, LEVELS - 1)),
    max_size=12,
)


def by_second(given_: list[Stretch]) -> list[int]:
    """Return the worst level of each second: slow, and plainly right."""
    seconds = [0] * 60
    for start, end, level in given_:
        for second in range(start, end):
            seconds[second] = max(seconds[second], level)
    return seconds


@settings(deadline=None)
@given(stretches)
def test_merging_is_the_worst_of_each_second(given_: list[Stretch]) -> None:
    assert by_second(merge_worst(given_)) == by_second(given_)


@settings(deadline=None)
@given(stretches)
def test_a_merge_is_sorted_and_as_short_as_can_be(given_: list[Stretch]) -> None:
    merged = merge_worst(given_)
    assert all(start < end and level for start, end, level in merged)
    for before, after in pairwise(merged):
        assert before[1] <= after[0]
        assert before[1] < after[0] or before[2] != after[2]


@settings(deadline=None)
@given(stretches, st.randoms(use_true_random=False))
def test_a_merge_does_not_depend_on_order(given_: list[Stretch], random: Random) -> None:
    shuffled = random.sample(given_, len(given_))
    assert merge_worst(shuffled) == merge_worst(given_)


@settings(deadline=None)
@given(stretches, st.integers(0, 60))
def test_parts_add_up_to_the_whole(given_: list[Stretch], cut: int) -> None:
    early = [(start, min(end, cut), level) for start, end, level in given_]
    late = [(max(start, cut), end, level) for start, end, level in given_]
    assert merge_worst([*merge_worst(early), *merge_worst(late)]) == merge_worst(given_)


@pytest.mark.parametrize(
    ("given_", "merged"),
    [
        ([], []),
        ([(5, 5, 3), (7, 6, 3), (1, 9, 0)], []),
        ([(1, 2, 3), (2, 3, 3)], [(1, 3, 3)]),
        ([(1, 2, 3), (3, 4, 3)], [(1, 2, 3), (3, 4, 3)]),
        ([(1, 9, 2), (3, 5, 4)], [(1, 3, 2), (3, 5, 4), (5, 9, 2)]),
        ([(1, 9, 4), (3, 5, 2)], [(1, 9, 4)]),
        ([(1, 5, 2), (3, 9, 3)], [(1, 3, 2), (3, 9, 3)]),
    ],
)
def test_examples(given_: list[Stretch], merged: list[Stretch]) -> None:
    assert merge_worst(given_) == merged


def test_moments_merge_like_numbers() -> None:
    first = datetime(2026, 11, 21, tzinfo=UTC)
    hours = [first + timedelta(hours=number) for number in range(4)]
    assert merge_worst([(hours[1], hours[3], 4), (hours[0], hours[2], 2)]) == [
        (hours[0], hours[1], 2),
        (hours[1], hours[3], 4),
    ]
