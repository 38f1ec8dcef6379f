from __future__ import annotations

from collections.abc import Iterator

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from stopwatch import within

from statusgen.problems import Location
from statusgen.reading import nodes
from statusgen.reading.nodes import (
    CONFIG,
    Entry,
    Limits,
    Mapping,
    Node,
    Scalar,
    Sequence,
    parse_yaml,
)


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run the test with the C parser, and again with the one in Python that stands in for it."""
    name = str(request.param)
    monkeypatch.setattr(nodes, "_Parser", getattr(yaml, name))
    monkeypatch.setattr(nodes, "parse_simple", lambda *_: None)
    return name


def read(text: str) -> object:
    """Return what a text without problems says, as lists and dicts of texts."""
    root, problems = parse_yaml(text, "f")
    assert problems == []
    return None if root is None else plain(root)


def plain(node: Node) -> object:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {entry.key.text: plain(entry.value) for entry in node.entries}


def codes(text: str) -> list[tuple[str, int, int]]:
    _, problems = parse_yaml(text, "f")
    return [(one.code, one.where.line, one.where.column) for one in problems]


def at(line: int, column: int) -> Location:
    return Location("f", line, column)


@pytest.mark.usefixtures("parser")
def test_a_mapping_is_read_with_the_lines_of_the_file() -> None:
    root, problems = parse_yaml("title: 'Übel: x'\nlist:\n  - a\n  - {b: 1}\n", "f", 12)
    assert problems == []
    title = Entry(
        Scalar("title", plain=True, where=at(12, 1)),
        Scalar("Übel: x", plain=False, where=at(12, 8)),
    )
    inner = Entry(
        Scalar("b", plain=True, where=at(15, 6)), Scalar("1", plain=True, where=at(15, 9))
    )
    listed = Entry(
        Scalar("list", plain=True, where=at(13, 1)),
        Sequence(
            (Scalar("a", plain=True, where=at(14, 5)), Mapping((inner,), at(15, 5))),
            at(14, 3),
        ),
    )
    assert root == Mapping((title, listed), at(12, 1))


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    "text",
    ["no", "12:30", "1:30:00", "0123", "2024-05-15 17:50", ".nan", "1e3", "~", "=", "0x1F", "yes"],
)
def test_a_plain_value_stays_the_text_that_was_typed(text: str) -> None:
    root, problems = parse_yaml(f"a: {text}", "f")
    assert problems == []
    assert isinstance(root, Mapping)
    assert root.entries[0].value == Scalar(text, plain=True, where=at(1, 4))


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    "text",
    ["2023-02-30", "25:61:00", "0000-01-01", "2024-01-01 00:00:00+99:99", "9" * 5000],
)
def test_values_on_which_a_yaml_library_dies_are_text(text: str) -> None:
    assert read(f"a: {text}") == {"a": text}


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "value"),
    [("'no'", "no"), ('"no"', "no"), ("|\n  no\n", "no\n"), (">-\n  a\n  b\n", "a b"), ('""', "")],
)
def test_a_value_in_quotes_or_in_a_block_is_not_plain(text: str, value: str) -> None:
    root, problems = parse_yaml(f"a: {text}", "f")
    assert problems == []
    assert isinstance(root, Mapping)
    assert root.entries[0].value == Scalar(value, plain=False, where=at(1, 4))


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("text", ["", "\n\n", "# a comment\n", "   "])
def test_nothing_is_none_without_a_problem(text: str) -> None:
    assert parse_yaml(text, "f") == (None, [])


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: &x b\n", [("yaml-anchor", 1, 4)]),
        ("a: &x [b]\nc: *x\n", [("yaml-anchor", 1, 4), ("yaml-anchor", 2, 4)]),
        ("a: *x\n", [("yaml-anchor", 1, 4)]),
        ("<<: {a: b}\n", [("yaml-anchor", 1, 1)]),
        ("a: !!str 1\n", [("yaml-tag", 1, 4)]),
        ("a: !!python/object/apply:os.system [ls]\n", [("yaml-tag", 1, 4)]),
        ("a: ! b\n", [("yaml-tag", 1, 4)]),
        ("!x {a: b}\n", [("yaml-tag", 1, 1)]),
        ("a: 1\nb: 2\na: 3\n", [("duplicate-key", 3, 1)]),
        ("a: 1\n'a': 2\na: 3\n", [("duplicate-key", 2, 1), ("duplicate-key", 3, 1)]),
        ("x:\n  - {a: 1, a: 2}\n", [("duplicate-key", 2, 12)]),
        ("? [a]\n: b\n", [("yaml-syntax", 1, 3)]),
        ("a: b\n---\nc: d\n", [("yaml-syntax", 2, 1)]),
    ],
)
def test_what_is_not_our_yaml_is_reported_where_it_stands(
    text: str,
    expected: list[tuple[str, int, int]],
) -> None:
    assert codes(text) == expected


@pytest.mark.usefixtures("parser")
def test_what_stands_beside_refused_yaml_is_read_all_the_same() -> None:
    root, _ = parse_yaml("a: &x b\nc: !!int 5\nd: *x\n<<: {e: f}\ng: 1\ng: 2\n", "f")
    assert root is not None
    assert plain(root) == {"a": "b", "c": "5", "d": "", "g": "1"}


def test_a_quoted_merge_sign_is_a_key_like_any_other() -> None:
    assert read("'<<': a") == {"<<": "a"}


@pytest.mark.usefixtures("parser")
def test_all_complete_parts_before_broken_syntax_are_kept() -> None:
    root, problems = parse_yaml("title: It is down\nlist: [a, b\nend: x: y\n", "f")
    assert root is not None
    assert plain(root) == {"title": "It is down", "list": ["a", "b end"]} or plain(root) == {
        "title": "It is down",
        "list": ["a"],
    }
    assert [one.code for one in problems] == ["yaml-syntax"]


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "[{a: ", "? - "])
def test_sixteen_levels_are_read_and_a_seventeenth_is_an_error(opening: str) -> None:
    levels = opening.count("[") + opening.count("{") + opening.count("-") + opening.count("?")
    text = opening * (16 // levels)
    assert "yaml-too-deep" not in [code for code, _, _ in codes(text)]
    assert codes(opening * (16 // levels + 1))[-1][0] == "yaml-too-deep"


BOMBS = {
    "30 kB of unclosed brackets": "[" * 30_000,
    "64 kB of unclosed brackets": "[" * 65_536,
    "unclosed braces": "{" * 65_536,
    "balanced brackets": "[" * 32_768 + "]" * 32_768,
    "brackets behind a key": "a: " + "[" * 60_000,
    "brackets line by line": "[\n" * 32_768,
    "mappings in sequences": "- " * 32_768,
    "keys of keys": "? " * 32_768,
    "braces and brackets": "[{a: " * 13_000,
    "indentation": "".join(" " * depth + "a:\n" for depth in range(350)),
    "an alias bomb": "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(2_500)),
    "anchors": "&a " * 21_000,
    "quotation marks": '"' * 65_536,
    "single quotation marks": "'" * 65_535,
    "question marks": "?\n" * 32_768,
    "colons": "a:\n" * 21_000,
    "commas": "[" + "a," * 32_000,
    "documents": "---\n" * 16_384,
    "comments": "#" * 65_536,
    "spaces": " " * 65_536,
    "tabs": "a:" + "\t" * 65_000,
    "a block of empty lines": "a: |\n" + "\n" * 65_000,
    "a folded block": "a: >\n" + " x\n\n" * 16_000,
    "escapes": '"' + "\\x41" * 16_000 + '"',
    "keys": "".join(f"k{number}: v\n" for number in range(5_000)),
    "items": "- a\n" * 16_384,
    "percent signs": "%" * 65_536,
    "a long plain text": "a b " * 16_384,
}


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("text", BOMBS.values(), ids=list(BOMBS))
def test_no_text_takes_long_or_kills_the_process(text: str) -> None:
    with within(1):
        root, problems = parse_yaml(text, "f")
    assert len(problems) <= 2_000
    assert root is None or sum(1 for _ in every_node(root)) <= 2_001


def test_the_limits_are_reported_where_they_are_passed() -> None:
    small = Limits(size=40, nodes=5, depth=2)
    too_big = parse_yaml("a: " + "b" * 40, "f", limits=small)[1]
    too_many = parse_yaml("- a\n- b\n- c\n- d\n- e\n", "f", 3, limits=small)[1]
    too_deep = parse_yaml("a:\n  - b: c\n", "f", limits=small)[1]
    assert [(one.code, one.where) for one in too_big] == [("too-big", at(1, 1))]
    assert [(one.code, one.where) for one in too_many] == [("yaml-too-many-nodes", at(7, 3))]
    assert [(one.code, one.where) for one in too_deep] == [("yaml-too-deep", at(2, 5))]


def test_a_config_may_be_larger_than_front_matter() -> None:
    text = "".join(f"k{number}: v\n" for number in range(5_000))
    assert parse_yaml(text, "f", limits=CONFIG)[1] == []


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: b\nc: d\x0be\n", [("control-character", 2, 5)]),
        ("a: \x00\n", [("control-character", 1, 4)]),
        ("ü: b\nc: \ud800\n", [("control-character", 2, 4)]),
        ('a: "x\\x0b"\n', [("control-character", 1, 4)]),
        ('a: "x\\x85"\n', [("control-character", 1, 4)]),
    ],
)
def test_control_characters_are_refused_typed_or_escaped(
    text: str,
    expected: list[tuple[str, int, int]],
) -> None:
    assert codes(text) == expected


def test_an_escape_cannot_smuggle_a_control_character_past_the_reader() -> None:
    root, _ = parse_yaml('a: "x\\x0by\\x1f\\u0085z"', "f")
    assert root is not None
    assert plain(root) == {"a": "x\ufffdy\ufffd\ufffdz"}


@pytest.mark.usefixtures("parser")
def test_an_escape_past_the_last_character_is_an_error() -> None:
    assert [code for code, _, _ in codes('a: "\\UFFFFFFFF"')] == ["yaml-syntax"]


def test_a_surrogate_escape_is_an_error() -> None:
    assert [code for code, _, _ in codes('a: "\\ud800"')] == ["yaml-syntax"]


def test_a_unicode_line_separator_ends_no_line() -> None:
    root, problems = parse_yaml("a: b\u2028c\u2029d\ne: &x f\n", "f")
    assert root is not None
    assert plain(root) == {"a": "b c d", "e": "f"}
    assert [one.where for one in problems] == [at(2, 4)]


def every_node(node: Node) -> Iterator[Node]:
    yield node
    if isinstance(node, Sequence):
        for item in node.items:
            yield from every_node(item)
    elif isinstance(node, Mapping):
        for entry in node.entries:
            yield entry.key
            yield from every_node(entry.value)


YAML_TEXT = st.text(
    st.sampled_from(" \n\t:-?[]{},#&*!|>'\"%@`\\abé01~<=.\u2028\ufeff\x0b\r"),
    max_size=60,
)


def oracle(text: str) -> yaml.Node | None:
    """Return what PyYAML itself composes; these short texts cannot nest deep enough to kill it."""
    node = yaml.compose(text, Loader=yaml.CSafeLoader)
    assert node is None or isinstance(node, yaml.Node)
    return node


@given(YAML_TEXT)
@settings(max_examples=1500)
def test_any_text_is_read_as_pyyaml_composes_it_or_refused(text: str) -> None:
    root, problems = parse_yaml(text, "f", limits=Limits(size=1000, nodes=2000, depth=100))
    try:
        composed = oracle(text.replace("\u2028", " "))
    except (yaml.YAMLError, ValueError):
        assert problems
        return
    if not problems:
        assert same(root, composed)


def same(ours: Node | None, theirs: yaml.Node | None) -> bool:
    if ours is None or theirs is None:
        return ours is None and theirs is None
    mark = theirs.start_mark
    if ours.where != at(mark.line + 1, mark.column + 1):
        return False
    if isinstance(ours, Scalar):
        return isinstance(theirs, yaml.ScalarNode) and ours.text == theirs.value
    if isinstance(ours, Sequence):
        return len(ours.items) == len(theirs.value) and all(
            same(one, other) for one, other in zip(ours.items, theirs.value, strict=True)
        )
    pairs = zip(ours.entries, theirs.value, strict=True)
    return all(same(one.key, key) and same(one.value, value) for one, (key, value) in pairs)


@given(st.text(max_size=300))
@settings(max_examples=500)
def test_no_text_raises(text: str) -> None:
    parse_yaml(text, "f")


VALUES = st.recursive(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=6), inner
        )
    ),
    max_leaves=15,
)


@given(VALUES)
@settings(max_examples=100)
def test_what_another_writer_wrote_is_read_back(value: object) -> None:
    text = yaml.safe_dump(value, allow_unicode=False, width=1000)
    root, problems = parse_yaml(text, "f")
    assert problems == []
    assert root is not None
    assert plain(root) == value
