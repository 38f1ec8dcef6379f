"""No file, whatever its bytes, makes the reader raise, hang or name a place that is not there."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stopwatch import within

from statusgen.config import parse_config
from statusgen.config.write import write_config
from statusgen.reading.characters import decode
from statusgen.reading.nodes import parse_yaml

SEED = (Path(__file__).parents[2] / "docs" / "config.md").read_bytes().split(b"```")[1][5:]
PIECES = [b"[", b"{", b"]", b"}", b"&a ", b"*a", b"!!x ", b"<<: ", b"'", b'"', b"\\", b"|\n", b"\t"]
PIECES += [
    b": ",
    b"- ",
    b"? ",
    b"#",
    b"\x00",
    b"\xff",
    b"\r",
    b"\xe2\x80\xa8",
    b"\n---\n",
    b"%",
    b"~",
]


def read_whole(raw: bytes) -> None:
    with within(1):
        text, problems = decode(raw, "config.yml")
        parse_yaml(text, "config.yml", 7)
        config, more = parse_config(text)
        if config is not None and not [one for one in more if one.is_error]:
            assert parse_config(write_config(config))[0] == config
    lines = text.count("\n") + 1
    for problem in [*problems, *more]:
        assert str(problem).encode()
        assert problem.where.path == "config.yml"
        assert 1 <= problem.where.line <= lines + 1
        assert problem.where.column >= 1


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """Return a good file with a few pieces put in, cut out or repeated."""
    raw = bytearray(SEED)
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(raw)))
        match draw(st.integers(0, 3)):
            case 0:
                raw[at:at] = draw(st.sampled_from(PIECES))
            case 1:
                del raw[at : at + draw(st.integers(1, 30))]
            case 2:
                raw[at:at] = draw(st.binary(min_size=1, max_size=4))
            case _:
                raw[at:at] = draw(st.sampled_from(PIECES)) * draw(st.integers(1, 300))
    return bytes(raw)


@given(st.binary(max_size=300))
@settings(max_examples=200)
def test_any_bytes(raw: bytes) -> None:
    read_whole(raw)


@given(st.text(max_size=300))
@settings(max_examples=200)
def test_any_text(text: str) -> None:
    parse_yaml(text, "f")
    parse_config(text)
    read_whole(text.encode(errors="replace"))


@given(damaged())
@settings(max_examples=300)
def test_any_damage_to_a_good_file(raw: bytes) -> None:
    read_whole(raw)


@pytest.mark.parametrize(
    "unit",
    [
        *[b"[", b"{a: ", b"- ", b"? ", b"a:\n", b"&a ", b"!", b"'", b'"', b"#", b" ", b"\t", b"\n"],
        *[b"k: v\n", b"- a\n", b"{},", b"\x00", b"\xff", b"\r", b"\xe2\x80\xae", b"https://a.b/"],
        *[b"components: [{id: a}]\n", b"- {id: a, name: b}\n", b"a.", b"1", b":", b"%"],
    ],
)
@pytest.mark.parametrize("prefix", [b"", b"components:\n", b"page: {name: "])
def test_a_megabyte_of_anything(prefix: bytes, unit: bytes) -> None:
    for size in (65_536, 1_000_000):
        with within(1):
            text, _ = decode(prefix + unit * (size // len(unit)), "config.yml")
            parse_config(text)


@pytest.mark.extreme
@given(st.binary(max_size=2000) | damaged())
@settings(max_examples=20_000)
def test_any_bytes_many_times(raw: bytes) -> None:
    read_whole(raw)
