from __future__ import annotations

import pytest
from stopwatch import within

from statusgen.reading.suggest import did_you_mean

WORDS = ("title", "impact", "components", "started", "partial_outage", "degraded_performance")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("impct", "impact"),
        ("Impact", "impact"),
        ("titel", "title"),
        ("component", "components"),
        ("partial outage", "partial_outage"),
        ("partial-outage", "partial_outage"),
        ("degraded", "degraded_performance"),
        ("STARTED", "started"),
    ],
)
def test_a_near_word_is_suggested(typed: str, meant: str) -> None:
    assert did_you_mean(typed, WORDS) == f"did you mean '{meant}'?"


@pytest.mark.parametrize("typed", ["", "x", "zebra", "de", "x" * 1000, "\ufffd"])
def test_nothing_is_suggested_where_nothing_is_near(typed: str) -> None:
    assert did_you_mean(typed, WORDS) == ""


def test_a_beginning_that_fits_two_words_suggests_neither() -> None:
    assert did_you_mean("card", ("card-payments-eu", "card-payments-us")) == ""


def test_no_words_no_suggestion() -> None:
    assert did_you_mean("impact", ()) == ""


def test_a_thousand_wrong_words_take_less_than_a_second() -> None:
    with within(1):
        for number in range(1000):
            did_you_mean(f"componente{number:026}", WORDS)
