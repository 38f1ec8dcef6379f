from __future__ import annotations

import pytest

from statusgen.reading.nodes import FRONT_MATTER, parse_yaml

BROKEN = [
    ("a: b: c\n", 1, 5, "a second ': ' in one value", "in quotes"),
    ("title: Down: all of it\n", 1, 12, "a second ': ' in one value", "in quotes"),
    ("a: b\n c: d\n", 2, 3, "a wrong indentation", "like its neighbours"),
    ("a: 'x\nb: c\n", 1, 4, "the quotation mark is never closed", "close it"),
    ('a: b\nc: "x\n', 2, 4, "the quotation mark is never closed", "close it"),
    ("a: '\n---\n", 1, 4, "the quotation mark is never closed", "close it"),
    ('a: "\\q"\n', 1, 5, "unknown escape", "double the backslash"),
    ('a: "\\ud800"\n', 1, 7, "this escape makes no character", "write the character itself"),
    ("a:\n\tb: c\n", 2, 1, "a tab where only spaces may indent", "indent with spaces"),
    ("a: @b\n", 1, 4, "cannot begin with this character", "in quotes"),
    ("a: `b`\n", 1, 4, "cannot begin with this character", "in quotes"),
    ("a: %b\n", 1, 4, "cannot begin with this character", "in quotes"),
    ("a: - b\n", 1, 4, "a list cannot begin here", "on a line of its own"),
    ("a: b\nc\n", 2, 2, "a key without a ':'", "write 'key: value'"),
    ("a: [b, c\nd: e\n", 1, 4, "the list is not closed", "[one, two]"),
    ("a: {b: c\nd: e\n", 1, 4, "the braces are not closed", "{key: value, key: value}"),
    ("a: ]\n", 1, 4, "a bracket is not closed", "in quotes"),
    ("a: [0:?]\n", 1, 6, "a ':' inside brackets", "in quotes"),
    ("a: |x\n", 1, 5, "text after '|' or '>'", "on the next line"),
    ("- a\nb: c\n", 2, 1, "does not continue the list", "begin it with '- '"),
    ("a: 'b' c\n", 1, 8, "does not continue the mapping", "like the keys above it"),
    ("a: & b\n", 1, 5, "anchors ('&') are not read", "in quotes"),
    ("a: *\n", 1, 5, "aliases ('*') are not read", "in quotes"),
    ("a: **bold**\n", 1, 5, "aliases ('*') are not read", "in quotes"),
    ("a: !<x\n", 1, 7, "tags ('!') are not read", "in quotes"),
    ("a: b\n...\nc: d\n", 3, 1, "text after the end of the YAML", "delete the '...'"),
    ("%FOO\n---\na: b\n", 1, 5, "directives ('%') are not read", "delete the line"),
    ("%YAML 3.0\n---\na: b\n", 1, 1, "this is not YAML 1.2", "delete the line"),
]


@pytest.mark.parametrize(("text", "line", "column", "message", "hint"), BROKEN)
def test_broken_syntax_is_told_in_our_words_where_it_began(
    text: str,
    line: int,
    column: int,
    message: str,
    hint: str,
) -> None:
    problem = parse_yaml(text, "f", 10)[1][-1]
    assert problem.code == "yaml-syntax"
    assert problem.where == ("f", line + 9, column)
    assert message in problem.message
    assert hint in problem.hint


@pytest.mark.parametrize("levels", [100, 900, 60_000])
def test_brackets_without_end_are_one_problem_whatever_the_parser_says(levels: int) -> None:
    _, problems = parse_yaml(f"é: {'[' * levels}\n", "config.yml")
    (problem,) = problems
    assert problem.code == "yaml-too-deep"
    assert problem.where.column == 3 + FRONT_MATTER.depth
