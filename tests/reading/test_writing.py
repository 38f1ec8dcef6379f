from __future__ import annotations

import re

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from statusgen.problems import Location
from statusgen.reading.characters import CONTROLS
from statusgen.reading.nodes import Mapping, Node, Scalar, Sequence, parse_yaml
from statusgen.reading.scalars import CoreType, core_type
from statusgen.reading.writing import Value, write_yaml, yaml_scalar


@pytest.mark.parametrize(
    "text",
    ["API", "Card payments (EU)", "2026-11-21 10:05 UTC", "https://acme.example/x"],
)
def test_a_harmless_text_goes_without_quotes(text: str) -> None:
    assert yaml_scalar(text) == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("", '""'),
        ("no", '"no"'),
        ("Yes", '"Yes"'),
        ("true", '"true"'),
        ("null", '"null"'),
        ("5", '"5"'),
        ("1e5", '"1e5"'),
        ("0x1F", '"0x1F"'),
        ("1_000", '"1_000"'),
        ("12:30", '"12:30"'),
        ("a: b", '"a: b"'),
        ("a #b", '"a #b"'),
        ("#fff", '"#fff"'),
        ("a ", '"a "'),
        (" a", '" a"'),
        ("- a", '"- a"'),
        ('say "x"', '"say \\"x\\""'),
        ("a\\b", '"a\\\\b"'),
        ("a\nb", '"a\\nb"'),
        ("a\tb", '"a\\tb"'),
        ("a\u2028b", '"a\\u2028b"'),
        ("a\ufeffb", '"a\\ufeffb"'),
    ],
)
def test_a_text_that_yaml_could_misread_goes_in_quotes(text: str, written: str) -> None:
    assert yaml_scalar(text) == written


def test_a_comma_needs_quotes_only_between_brackets() -> None:
    assert yaml_scalar("a, [b]") == "a, [b]"
    assert yaml_scalar("a, [b]", in_brackets=True) == '"a, [b]"'


TRICKY = st.sampled_from("\n\t :#,[]{}'\"\\-?&*!|>%@`=~.0123yesnoYN\u2028\ufeff")
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | TRICKY, max_size=30).filter(
    lambda text: not re.search(f"[{CONTROLS}]", text),
)


@given(TEXTS)
@settings(max_examples=500)
@example("0:?")
@example("a:")
@example("a:,")
@example("...")
@example("--- a")
def test_a_text_is_read_back_wherever_it_stands(text: str) -> None:
    block, brackets = yaml_scalar(text), yaml_scalar(text, in_brackets=True)
    for whole in (
        f"k: {block}\nl: m\n",
        f"- {block}\n- {brackets}: {brackets}\n",
        f"[{brackets}, {{{brackets}: {brackets}}}, {brackets}]\n",
        f"k: {{a: {brackets}}}\n",
    ):
        root, problems = parse_yaml(whole, "f")
        assert problems == []
        assert root is not None
        for scalar in scalars(root):
            assert scalar.text in {text, "k", "l", "m", "a"}
            assert core_type(scalar) is CoreType.TEXT
        assert any(scalar.text == text for scalar in scalars(root))


@given(TEXTS.filter(lambda text: "\u2028" not in text and "\u2029" not in text))
@settings(max_examples=200)
def test_other_yaml_readers_read_the_same_text(text: str) -> None:
    read = yaml.safe_load(f"k: {yaml_scalar(text)}\n")["k"]
    assert read == text or not isinstance(read, str | bool | int | float)  # a date in YAML 1.1


def scalars(node: Node) -> list[Scalar]:
    if isinstance(node, Scalar):
        return [node]
    if isinstance(node, Sequence):
        return [scalar for item in node.items for scalar in scalars(item)]
    return [scalar for key, value in node.entries for scalar in (key, *scalars(value))]


def test_a_mapping_is_written_in_block_style() -> None:
    value: dict[str, Value] = {
        "page": {"name": "Acme", "on": True},
        "list": [{"id": "a", "n": [1, 2.5, 3.0]}, {"id": "b"}],
        "words": ["x", "no"],
        "none": [],
        "empty": {},
    }
    assert write_yaml(value) == (
        "page:\n"
        "  name: Acme\n"
        "  on: true\n"
        "list:\n"
        "  - id: a\n"
        "    n:\n"
        "      - 1\n"
        "      - 2.5\n"
        "      - 3\n"
        "  - id: b\n"
        "words:\n"
        "  - x\n"
        '  - "no"\n'
        "none: []\n"
        "empty: {}\n"
    )


def test_a_list_in_a_list_is_a_bug_of_ours() -> None:
    with pytest.raises(TypeError, match="a list in a list"):
        write_yaml({"a": [["b"]]})


def test_a_written_mapping_is_read_back() -> None:
    root, problems = parse_yaml(write_yaml({"a": {"b": [{"c": "d: e"}]}}), "f")
    assert problems == []
    assert isinstance(root, Mapping)
    assert [scalar.text for scalar in scalars(root)] == ["a", "b", "c", "d: e"]
    assert root.where == Location("f", 1, 1)
