from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from stopwatch import within

from statusgen.problems import Location
from statusgen.reading.nodes import FRONT_MATTER, Node, _Composer, parse_yaml
from statusgen.reading.simple import parse_simple
from statusgen.reading.tree import Mapping, Scalar, Sequence

TYPICAL = """\
title: Card payments don't work for "some" customers (EU), 5 % of all
type: incident
started: 2026-11-21 09:58 UTC

components:
  checkout: major_outage
  api: "degraded_performance"
tags: [payments, third-party]
aliases:
    - /incidents/1
    - https://old.acme.example/x#y
note: "Zürich: all # of it"
pin: true
"""


def parsed(text: str) -> tuple[Node | None, bool]:
    """Return what the parser reads, and whether it finds fault with it."""
    composer = _Composer(text, "f", 3, FRONT_MATTER)
    return composer.document(), bool(composer.problems)


def test_a_typical_front_matter_is_simple_and_read_as_the_parser_reads_it() -> None:
    simple = parse_simple(TYPICAL, "f", 3)
    assert simple is not None
    assert (simple, False) == parsed(TYPICAL)
    assert len(simple.entries) == 8


def test_places_are_those_in_the_file() -> None:
    simple = parse_simple("a: b\nc:\n  - d\n", "f", 3)
    items = (Scalar("d", plain=True, where=Location("f", 5, 5)),)
    assert simple is not None
    assert simple.where == Location("f", 3, 1)
    assert simple.entries[0].value == Scalar("b", plain=True, where=Location("f", 3, 4))
    assert simple.entries[1].value == Sequence(items, Location("f", 5, 3))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "a\n",
        "- a\n",
        "a:\n",
        "a: b\na: c\n",
        "a: b: c\n",
        "a: b #c\n",
        "a: 'b'\n",
        'a: "b\\n"\n',
        'a: "b\n',
        "a: [b\n",
        "a: [b,c]\n",
        "a: {b: c}\n",
        "a: &b c\n",
        "a: *b\n",
        "a: !b c\n",
        "a: |\n  b\n",
        "a: b \n",
        "a: b\n  c\n",
        "a: b\n  c: d\n",
        "a:\n  b:\n    c: d\n",
        "a:\n  b: c\n   d: e\n",
        "a:\n  b: c\n  - d\n",
        "a:\n  - b\n  c: d\n",
        "a:\n  b: c\n  b: d\n",
        "a:\n- b\n",
        "a:\n  - b: c\n",
        "a:\tb\n",
        "a: b\x00c\n",
        "a: b\x85c\n",
        "a: b\u2028c\n",
        "a: \ufeffb\n",
        "# a\nb: c\n",
        "---\na: b\n",
        "a: b\n...\n",
        "<<: a\n",
        f"{'a' * 101}: b\n",
    ],
)
def test_everything_else_is_left_to_the_parser(text: str) -> None:
    assert parse_simple(text, "f", 1) is None


WORDS = st.sampled_from(["a", "b", "c1", "title", "x-y", "no", "12", "A_b", "-", "é", "<<", "a b"])
INSIDE = st.text(
    st.sampled_from("ab01é日😀 :#,[]{}'\"\\-?&*!|>%@`=~./_()\t\xa0\x85\u2028\ufeff\x00\x7f"),
    max_size=10,
)
VALUES = st.one_of(
    st.just(""),
    INSIDE,
    INSIDE.map(lambda text: f"x{text}"),
    INSIDE.map(lambda text: f'"{text}"'),
    st.lists(WORDS, max_size=3).map(lambda words: "[" + ", ".join(words) + "]"),
)
LINES = st.one_of(
    st.builds(lambda key, value: f"{key}: {value}", WORDS, VALUES),
    st.builds(lambda key: f"{key}:", WORDS),
    st.builds(lambda n, key, value: f"{' ' * n}{key}: {value}", st.integers(1, 3), WORDS, VALUES),
    st.builds(lambda n, value: f"{' ' * n}- {value}", st.integers(0, 3), VALUES),
    VALUES,
)
TEXTS = st.lists(LINES, max_size=6).map("\n".join)
NEAR = st.lists(
    st.builds(lambda key, value: f"{key}: {value}", st.integers(0, 9).map("k{}".format), VALUES)
    | st.builds(lambda key, value: f"{key}:\n  z: {value}", st.integers(10, 19), VALUES)
    | st.builds(lambda key, value: f"{key}:\n - {value}", st.integers(20, 29), VALUES),
    min_size=1,
    max_size=4,
).map("\n".join)


def reads_as_the_parser_does(text: str) -> None:
    simple = parse_simple(text, "f", 3)
    if simple is not None:
        assert (simple, False) == parsed(text)


@given(TEXTS | NEAR)
@settings(max_examples=1500)
@example("a: 10:05\n")
@example("a: b:/c\n")
@example("a: b#c\n")
@example("a: x'\n")
@example("a:\n  b: c\n\n\n  d: e\n\n")
@example("a: ²\n")
def test_what_is_simple_is_what_the_parser_reads(text: str) -> None:
    reads_as_the_parser_does(text)


@pytest.mark.extreme
@given(TEXTS | NEAR)
@settings(max_examples=20_000)
def test_what_is_simple_is_what_the_parser_reads_many_times(text: str) -> None:
    reads_as_the_parser_does(text)


@given(NEAR)
@settings(max_examples=200)
def test_the_way_that_was_taken_does_not_show(text: str) -> None:
    root, problems = parse_yaml(text, "f", 3)
    unlimited, faulty = parsed(text.replace("\u2028", " "))
    assert (root, bool(problems)) == (unlimited, faulty)


@pytest.mark.parametrize("unit", ["a", "a: b\n", "a ", "[a, ", '"', ": ", "a:", " ", "- a\n", "a#"])
def test_no_text_takes_long(unit: str) -> None:
    for prefix in ("", "a: ", 'a: "', "a: [b, ", "a:\n"):
        text = prefix + unit * (60_000 // len(unit))
        with within(0.5):
            parse_simple(text, "f", 1)


def test_the_root_is_a_mapping_and_nothing_else() -> None:
    assert isinstance(parse_simple("a: b", "f", 1), Mapping)
