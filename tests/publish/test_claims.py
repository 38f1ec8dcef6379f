"""A claim whose beats do not get through: the service is slow, or this machine's line is full."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any, cast

import pytest

from statusgen.publish.claims import NONE, Held
from statusgen.publish.target import ConflictError, TargetError

LEASE = 0.9


class Line:
    """What leads to a bucket; while it is `full` no beat gets through."""

    def __init__(self) -> None:
        self.full = False
        self.claims: list[str] = []

    def put(self, path: str, content: bytes) -> None:
        if self.full:
            raise TargetError("no answer", is_passing=True)

    def names(self, folder: str, after: str = "") -> Iterator[str]:
        return iter(self.claims)


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.fixture
def held(line: Line) -> Iterator[Held]:
    one = Held(cast("Any", line), NONE._replace(number=1), frozenset(), LEASE)
    yield one
    one.stop()


def test_a_change_waits_until_a_beat_gets_through_again(line: Line, held: Held) -> None:
    line.full = True
    time.sleep(LEASE / 3 + 0.1)
    line.full = False
    held.check()
    started = time.monotonic()
    held.check()
    assert time.monotonic() - started < LEASE / 3


def test_a_publisher_gives_up_before_another_may_follow_it(line: Line, held: Held) -> None:
    line.full = True
    started = time.monotonic()
    time.sleep(LEASE / 3)
    with pytest.raises(ConflictError):
        held.check()
    assert time.monotonic() - started < LEASE
    line.full = False
    time.sleep(LEASE / 5)
    with pytest.raises(ConflictError):
        held.check()


def test_a_claim_that_another_one_has_followed_changes_nothing(line: Line, held: Held) -> None:
    line.claims.append("_statusgen/claims/00000002.json")
    time.sleep(LEASE / 5)
    with pytest.raises(ConflictError):
        held.check()
