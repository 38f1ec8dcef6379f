from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statusgen.site.look.colour import (
    Rgb,
    contrast,
    lowest_contrast,
    nearest_readable,
    parse_colour,
)

COLOURS = st.builds(Rgb, *[st.integers(0, 255)] * 3)
WHITE, BLACK = Rgb(255, 255, 255), Rgb(0, 0, 0)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),  # the usual example of what just fails
        ("#767676", "#ffffff", 4.54),  # and of what just passes
        ("#0000ff", "#ffffff", 8.59),
        ("#ff0000", "#ffffff", 4.00),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(parse_colour(one), parse_colour(other)) == pytest.approx(ratio, abs=0.005)


def test_a_short_form_is_the_same_colour() -> None:
    assert parse_colour("#0aF") == parse_colour("#00aaff")


def test_a_colour_is_written_as_it_is_read() -> None:
    assert str(parse_colour("#0B5fff")) == "#0b5fff"


def test_a_colour_that_can_be_read_stays_as_it_is() -> None:
    assert nearest_readable(parse_colour("#0b6e4f"), (WHITE,), 4.5) == parse_colour("#0b6e4f")


@given(COLOURS, st.sampled_from([(WHITE,), (BLACK,), (WHITE, Rgb(244, 241, 236))]))
def test_the_nearest_colour_can_be_read(colour: Rgb, grounds: tuple[Rgb, ...]) -> None:
    assert lowest_contrast(nearest_readable(colour, grounds, 4.5), grounds) >= 4.5


@given(COLOURS)
def test_the_nearest_colour_is_no_darker_than_it_must_be(colour: Rgb) -> None:
    found = nearest_readable(colour, (WHITE,), 4.5)
    if found != colour:
        assert contrast(found, WHITE) < 4.65


@pytest.mark.parametrize(("colour", "most"), [("#ffcc00", "red"), ("#7fffd4", "green")])
def test_the_nearest_colour_keeps_its_hue(colour: str, most: str) -> None:
    found = nearest_readable(parse_colour(colour), (WHITE,), 4.5)
    assert max(found._asdict().items(), key=lambda item: item[1])[0] == most


def test_between_black_and_white_the_best_there_is_is_taken() -> None:
    found = nearest_readable(WHITE, (WHITE, BLACK), 7)
    assert lowest_contrast(found, (WHITE, BLACK)) < 7
