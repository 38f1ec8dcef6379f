from __future__ import annotations

from datetime import UTC

import pytest

from statusgen.problems import Severity
from statusgen.reading.fields import (
    ListOf,
    Report,
    Shape,
    Values,
    defaulted,
    is_null,
    optional,
    required,
)
from statusgen.reading.nodes import Node, parse_yaml
from statusgen.reading.scalars import BOOL, LINE, TITLE

NAME = required("name", TITLE, "What it is called.")
NOTE = optional("note", LINE, "What else there is to say.")
PIN = defaulted("pin", BOOL, "Whether it stays on top.", default=False)
TAGS = defaulted("tags", ListOf(LINE), "Words for it.", ())
SHAPE = Shape("a thing", (NAME, NOTE, PIN, TAGS), lambda values: values)
THINGS = ListOf(SHAPE, at_least=1)


def node_of(text: str) -> Node:
    node, problems = parse_yaml(text, "f")
    assert problems == []
    assert node is not None
    return node


def read(text: str) -> tuple[Values, list[tuple[str, int, int]]]:
    report = Report(UTC)
    values = SHAPE.read(node_of(text), report)
    assert values is not None
    return values, [(one.code, one.where.line, one.where.column) for one in report.problems]


def test_values_are_asked_for_by_their_definition() -> None:
    values, problems = read("name: A\npin: true\ntags: [x, 5]\n")
    assert problems == []
    assert values[NAME] == "A"
    assert values[NOTE] is None
    assert values[PIN] is True
    assert values[TAGS] == ("x", "5")
    assert values.has(PIN)
    assert not values.has(NOTE)
    assert not values.is_wrong(NOTE)


def test_all_problems_are_found_at_once_and_defaults_taken() -> None:
    values, problems = read("pin: yes\ntags: x\ncolor: red\nnote: [a]\n")
    assert problems == [
        ("wrong-type", 1, 6),
        ("wrong-type", 2, 7),
        ("unknown-key", 3, 1),
        ("wrong-type", 4, 7),
        ("missing-key", 1, 1),
    ]
    assert (values[NAME], values[NOTE], values[PIN], values[TAGS]) == (None, None, False, ())
    assert all(values.is_wrong(field) for field in (NAME, PIN, TAGS, NOTE))


def test_the_place_of_a_value_is_known_and_else_that_of_the_mapping() -> None:
    values, _ = read("name: A\nnote: b\n")
    assert values.place(NOTE) == ("f", 2, 7)
    assert values.place(PIN) == ("f", 1, 1)


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("nmae", "did you mean 'name'?"),
        ("Tags", "did you mean 'tags'?"),
        ("zzz", "its keys are: name, note, pin, tags"),
    ],
)
def test_an_unknown_key_is_an_error_with_a_suggestion(key: str, hint: str) -> None:
    report = Report(UTC)
    SHAPE.read(node_of(f"name: A\n{key}: 1\n"), report)
    problem = report.problems[0]
    assert (problem.code, problem.message) == ("unknown-key", f"unknown key '{key}'")
    assert problem.hint == hint


def test_a_long_list_of_keys_is_cut_in_a_hint() -> None:
    many = tuple(optional(f"key-{number:02}", LINE, "One of many.") for number in range(20))
    report = Report(UTC)
    Shape("a large thing", many, lambda values: values).read(node_of("zzz: 1"), report)
    assert report.problems[0].hint.endswith("key-10, key-11, …")


@pytest.mark.parametrize("nothing", ["", "~", "null", "Null", "NULL"])
def test_a_key_without_a_value_is_as_good_as_none_with_a_warning(nothing: str) -> None:
    report = Report(UTC)
    values = SHAPE.read(node_of(f"name: A\nnote: {nothing}\n"), report)
    assert values is not None
    assert values[NOTE] is None
    assert not values.is_wrong(NOTE)
    assert [(one.code, one.severity) for one in report.problems] == [
        ("empty-value", Severity.WARNING),
    ]


def test_a_required_key_without_a_value_is_missing() -> None:
    assert read("name:\n")[1] == [("missing-key", 1, 1)]


def test_nothing_in_quotes_is_a_text() -> None:
    values, problems = read("name: A\nnote: ''\n")
    assert (values[NOTE], problems) == ("", [])
    assert not is_null(node_of("'null'"))


@pytest.mark.parametrize("text", ["just text", "[a, b]", "- a"])
def test_what_is_no_mapping_is_a_wrong_type(text: str) -> None:
    report = Report(UTC)
    assert SHAPE.read(node_of(text), report) is None
    assert [one.code for one in report.problems] == ["wrong-type"]
    assert "expected a thing" in report.problems[0].message


def test_items_that_cannot_be_read_are_left_out() -> None:
    report = Report(UTC)
    things = THINGS.read(node_of("- name: A\n- B\n- {name: C}\n"), report)
    assert things is not None
    assert [thing[NAME] for thing in things] == ["A", "C"]
    assert [(one.code, one.where.line) for one in report.problems] == [("wrong-type", 2)]


def test_a_list_may_have_to_hold_something() -> None:
    report = Report(UTC)
    assert THINGS.read(node_of("[]"), report) is None
    assert [one.code for one in report.problems] == ["bad-value"]


def test_a_single_value_in_place_of_a_list_gets_its_brackets_suggested() -> None:
    report = Report(UTC)
    assert ListOf(LINE).read(node_of("urgent"), report) is None
    assert report.problems[0].hint == "write [urgent]"
