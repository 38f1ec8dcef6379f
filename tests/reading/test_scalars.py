from __future__ import annotations

from datetime import UTC, date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

import pytest

from statusgen.problems import Location
from statusgen.reading.fields import Report, Type
from statusgen.reading.nodes import Scalar, parse_yaml
from statusgen.reading.scalars import (
    BOOL,
    DATE,
    LINE,
    TEXT,
    TIME,
    TITLE,
    Choice,
    CoreType,
    Int,
    Number,
    Time,
    core_type,
)


class Colour(StrEnum):
    RED = "red"
    DARK_BLUE = "dark_blue"


COLOUR = Choice(*Colour)
PERCENT = Number(0, 100)
COUNT = Int(1, 50)


def read(kind: Type[object], text: str) -> tuple[object, list[str], str]:
    """Return the value, the codes of problems, and the first hint."""
    node, faults = parse_yaml(text, "f")
    assert faults == []
    assert node is not None
    report = Report(ZoneInfo("Europe/Berlin"))
    value = kind.read(node, report)
    hint = report.problems[0].hint if report.problems else ""
    return value, [problem.code for problem in report.problems], hint


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (TEXT, "abc", "abc"),
        (TEXT, "2024", "2024"),
        (TEXT, "1.50", "1.50"),
        (TEXT, "true", "true"),
        (TEXT, "no", "no"),
        (TEXT, "12:30", "12:30"),
        (TEXT, "''", ""),
        (TEXT, "|\n  a\n  b\n", "a\nb\n"),
        (LINE, "'null'", "null"),
        (LINE, ">-\n  a\n  b\n", "a b"),
        (LINE, "''", ""),
        (TITLE, "0", "0"),
        (BOOL, "true", True),
        (BOOL, "False", False),
        (BOOL, "TRUE", True),
        (PERCENT, "99.9", 99.9),
        (PERCENT, "100", 100.0),
        (PERCENT, "+1e1", 10.0),
        (PERCENT, ".5", 0.5),
        (PERCENT, "-0", 0.0),
        (COUNT, "50", 50),
        (COUNT, "007", 7),
        (COUNT, "5.0", 5),
        (DATE, "2026-11-21", date(2026, 11, 21)),
        (DATE, "'2026-11-21'", date(2026, 11, 21)),
        (TIME, "2026-11-21 10:05 UTC", datetime(2026, 11, 21, 10, 5, tzinfo=UTC)),
        (Time(date_only=True), "2026-11-21", datetime(2026, 11, 20, 23, tzinfo=UTC)),
        (COLOUR, "red", Colour.RED),
        (COLOUR, "'dark_blue'", Colour.DARK_BLUE),
    ],
)
def test_a_good_value_is_read(kind: Type[object], text: str, value: object) -> None:
    found, codes, _ = read(kind, text)
    assert (found, codes) == (value, [])
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("kind", "text", "code", "hint"),
    [
        (TEXT, "[a]", "wrong-type", "put it in quotes"),
        (TEXT, "{a: b}", "wrong-type", "put it in quotes"),
        (TEXT, "~", "wrong-type", "put it in quotes"),
        (LINE, "|\n  a\n  b\n", "bad-value", "'>-'"),
        (LINE, '"a\\nb"', "bad-value", "'>-'"),
        (LINE, '"a\\Lb"', "bad-value", "'>-'"),
        (TITLE, "''", "bad-value", "write something"),
        (TITLE, "' \t'", "bad-value", "write something"),
        (BOOL, "yes", "wrong-type", "write true"),
        (BOOL, "Off", "wrong-type", "write false"),
        (BOOL, "0", "wrong-type", "write false"),
        (BOOL, "'true'", "wrong-type", ""),
        (BOOL, "perhaps", "wrong-type", ""),
        (BOOL, "[true]", "wrong-type", ""),
        (PERCENT, "101", "bad-value", ""),
        (PERCENT, "-0.1", "bad-value", ""),
        (PERCENT, ".nan", "bad-value", ""),
        (PERCENT, ".inf", "bad-value", ""),
        (PERCENT, "1e400", "bad-value", ""),
        (PERCENT, "9" * 5000, "bad-value", ""),
        (PERCENT, "'99.9'", "wrong-type", "leave out the quotes"),
        (PERCENT, "99,9", "wrong-type", ""),
        (PERCENT, "1_0", "wrong-type", ""),
        (PERCENT, "99.9%", "wrong-type", ""),
        (PERCENT, "true", "wrong-type", ""),
        (PERCENT, "[1]", "wrong-type", ""),
        (COUNT, "0", "bad-value", ""),
        (COUNT, "51", "bad-value", ""),
        (COUNT, "5.5", "wrong-type", ""),
        (COUNT, "five", "wrong-type", ""),
        (COUNT, "9" * 5000, "bad-value", ""),
        (DATE, "2023-02-30", "bad-time", "2026-11-21"),
        (DATE, "2023", "bad-time", "2026-11-21"),
        (DATE, "[2023-02-03]", "wrong-type", ""),
        (TIME, "25:61:00", "bad-time", "2026-11-21 10:05 UTC"),
        (TIME, "2026-11-21", "bad-time", "2026-11-21 10:05 UTC"),
        (TIME, "2025-03-30 02:30", "time-does-not-exist", "2025-03-30 03:30"),
        (TIME, "{a: b}", "wrong-type", ""),
        (COLOUR, "rad", "bad-value", "did you mean 'red'?"),
        (COLOUR, "Red", "bad-value", "did you mean 'red'?"),
        (COLOUR, "dark blue", "bad-value", "did you mean 'dark_blue'?"),
        (COLOUR, "12345", "bad-value", "one of red, dark_blue"),
        (COLOUR, "[red]", "wrong-type", ""),
    ],
)
def test_a_bad_value_is_none_with_one_problem(
    kind: Type[object],
    text: str,
    code: str,
    hint: str,
) -> None:
    value, codes, found_hint = read(kind, text)
    assert (value, codes) == (None, [code])
    assert hint in found_hint


def test_a_time_without_a_zone_is_the_pages_with_a_warning() -> None:
    value, codes, _ = read(TIME, "2026-11-21 10:05")
    assert (value, codes) == (datetime(2026, 11, 21, 9, 5, tzinfo=UTC), ["naive-time"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", CoreType.NULL),
        ("~", CoreType.NULL),
        ("null", CoreType.NULL),
        ("true", CoreType.BOOL),
        ("False", CoreType.BOOL),
        ("0", CoreType.INT),
        ("-12", CoreType.INT),
        ("+007", CoreType.INT),
        ("1.", CoreType.FLOAT),
        (".5", CoreType.FLOAT),
        ("1e3", CoreType.FLOAT),
        ("-.inf", CoreType.FLOAT),
        (".NaN", CoreType.FLOAT),
        ("no", CoreType.TEXT),
        ("yes", CoreType.TEXT),
        ("12:30", CoreType.TEXT),
        ("1_000", CoreType.TEXT),
        ("2024-01-01", CoreType.TEXT),
        ("0b11", CoreType.TEXT),
        ("nan", CoreType.TEXT),
        ("²", CoreType.TEXT),
        ("٣", CoreType.TEXT),
        (".", CoreType.TEXT),
        ("e3", CoreType.TEXT),
    ],
)
def test_a_plain_scalar_has_the_type_of_yaml_1_2_and_a_quoted_one_is_text(
    text: str,
    expected: CoreType,
) -> None:
    where = Location("f")
    assert core_type(Scalar(text, plain=True, where=where)) is expected
    assert core_type(Scalar(text, plain=False, where=where)) is CoreType.TEXT
