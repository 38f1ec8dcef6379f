from __future__ import annotations

from codecs import BOM_UTF8

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stopwatch import within

from statusgen.problems import Severity
from statusgen.reading.characters import decode, shown


@pytest.mark.parametrize(
    "raw",
    [
        b"a\nb\n",
        b"a\r\nb\r\n",
        b"a\rb\r",
        b"a\r\nb\n",
        BOM_UTF8 + b"a\nb\n",
        BOM_UTF8 + b"a\r\nb\r\n",
    ],
)
def test_line_ends_and_a_byte_order_mark_do_not_matter(raw: bytes) -> None:
    assert decode(raw, "f") == ("a\nb\n", [])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Zürich",
        "日本語 – «прибор»",
        "👩‍💻 works",
        "می‌خواهم",
        "a\tb",
        "e\u0301",
        "\U0001f600",
        "\ufffd",
    ],
)
def test_text_of_any_language_is_taken_as_it_is(text: str) -> None:
    assert decode(text.encode(), "f") == (text, [])


@pytest.mark.parametrize(
    ("raw", "text", "place", "hint"),
    [
        (b"a\nb \xe9t\xe9\n", "a\nb \ufffdt\ufffd\n", (2, 3), "'é' in Windows-1252"),
        (b"\xfc", "\ufffd", (1, 1), "'ü' in Windows-1252"),
        (b"ok\r\n\r\nx\x81", "ok\n\nx\ufffd", (3, 2), "save the file as UTF-8"),
        (b"\xc0\xaf", "\ufffd\ufffd", (1, 1), "save the file as UTF-8"),  # an overlong '/'
        (b"\xed\xa0\x80", "\ufffd\ufffd\ufffd", (1, 1), "save the file as UTF-8"),  # U+D800
        (b"\xf4\x90\x80\x80", "\ufffd" * 4, (1, 1), "save the file as UTF-8"),  # past U+10FFFF
        ("über\n".encode() + b"\xff", "über\n\ufffd", (2, 1), "save the file as UTF-8"),
        (b"caf\xc3", "caf\ufffd", (1, 4), "save the file as UTF-8"),  # cut off
        ("héllo".encode("utf-16"), "héllo", (1, 1), "it looks like UTF-16"),
        (b"\xfe\xff\x00h\x00i", "hi", (1, 1), "it looks like UTF-16"),
    ],
)
def test_bytes_that_are_no_utf8_are_reported_once_and_shown(
    raw: bytes,
    text: str,
    place: tuple[int, int],
    hint: str,
) -> None:
    found, problems = decode(raw, "f")
    assert found == text
    assert [(one.code, one.where[1:], one.is_error) for one in problems] == [
        ("not-utf8", place, True),
    ]
    assert hint in problems[0].hint


@pytest.mark.parametrize(
    "encoding",
    [
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "latin-1",
        "cp1252",
        "cp1251",
        "koi8-r",
        "shift_jis",
        "euc-jp",
        "gb18030",
        "big5",
        "euc-kr",
        "cp437",
        "mac-roman",
        "cp037",
        "utf-7",
        "iso8859-15",
        "cp1250",
        "utf-8",
    ],
)
def test_a_file_in_any_encoding_is_told_of_or_read_right(encoding: str) -> None:
    text = "title: é¥\nüñ\n"
    raw = text.encode(encoding, errors="replace")
    found, problems = decode(raw, "f")
    assert found == text or problems or found.isascii()
    assert not _has_controls(found)


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\x00", "U+0000"),
        ("\x07", "U+0007"),
        ("\x0b", "U+000B"),
        ("\x0c", "U+000C"),
        ("\x1b", "U+001B"),
        ("\x1c", "U+001C"),
        ("\x7f", "U+007F"),
        ("\x85", "U+0085"),
        ("\x9f", "U+009F"),
        ("\ufffe", "U+FFFE"),
        ("\uffff", "U+FFFF"),
    ],
)
def test_a_control_character_is_an_error_and_gone(character: str, name: str) -> None:
    found, problems = decode(f"a\nbé{character}c".encode(), "f")
    assert found == "a\nbé\ufffdc"
    assert [(one.code, one.where[1:], one.is_error) for one in problems] == [
        ("control-character", (2, 3), True),
    ]
    assert name in problems[0].message


@pytest.mark.parametrize(
    "character",
    list("\u200b\u200e\u200f\u202a\u202e\u2060\u2066\u2069\ufeff\u061c\u2028\u2029"),
)
def test_an_invisible_character_is_a_warning_and_stays(character: str) -> None:
    found, problems = decode(f"ab\ncd{character}".encode(), "f")
    assert found == f"ab\ncd{character}"
    assert [(one.code, one.where[1:], one.severity) for one in problems] == [
        ("invisible-character", (2, 3), Severity.WARNING),
    ]


@pytest.mark.parametrize("text", ["ad\u200dmin", "\u200cadmin", "admin\u200d", "é\u200dadmin"])
def test_a_joiner_beside_ascii_hides_something(text: str) -> None:
    assert [one.code for one in decode(text.encode(), "f")[1]] == ["invisible-character"]


def test_only_the_first_of_many_are_reported_one_by_one() -> None:
    found, problems = decode(b"\x00\n" * 500_000, "f")
    assert len(found) == 1_000_000
    assert len(problems) == 21
    assert problems[-1].where.line == 21
    assert problems[-1].message.endswith("and more behind")


def _has_controls(text: str) -> bool:
    return any(one < " " and one not in "\t\n" for one in text) or any(
        "\x7f" <= one <= "\x9f" or "\ud800" <= one <= "\udfff" or one in "\ufffe\uffff"
        for one in text
    )


@given(st.binary(max_size=200))
def test_any_bytes_become_text_that_is_safe_and_valid(raw: bytes) -> None:
    text, problems = decode(raw, "f")
    text.encode()
    assert not _has_controls(text)
    assert "\r" not in text
    lines = text.split("\n")
    for problem in problems:
        assert 1 <= problem.where.line <= len(lines)
        assert 1 <= problem.where.column <= len(lines[problem.where.line - 1]) + 1


@given(st.text())
def test_text_without_controls_comes_back_as_it_was(text: str) -> None:
    found, problems = decode(text.encode(errors="replace"), "f")
    if not _has_controls(text) and not text.startswith("\ufeff"):
        assert found == text.replace("\r\n", "\n").replace("\r", "\n") or "\r" in text
        assert not any(problem.is_error for problem in problems)


@pytest.mark.parametrize(
    "unit", [b"\x00", b"\xff", b"\r", b"\xe2\x80\xae", b"a\x0b\n", b"\xc3\xa9"]
)
def test_a_megabyte_of_anything_takes_less_than_a_second(unit: bytes) -> None:
    with within(1):
        decode(unit * (1_000_000 // len(unit)), "f")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("abc", "'abc'"),
        ("a\nb  c", "'a b c'"),
        ("x" * 70, "'" + "x" * 59 + "…'"),
        ("a\x00b", "'a\ufffdb'"),
        ("https://me:hunter2@acme.example/", "'https://***@acme.example/'"),
    ],
)
def test_a_value_is_shown_short_on_one_line_and_without_its_password(
    text: str,
    expected: str,
) -> None:
    assert shown(text) == expected


def test_a_value_cannot_turn_the_line_that_tells_of_it_around() -> None:
    assert shown("Inv\u202eestigating\u2066\u200b") == "'Inv\ufffdestigating\ufffd\ufffd'"
    assert shown("👩\u200d🚒 می\u200cخواهم") == "'👩\u200d🚒 می\u200cخواهم'"
