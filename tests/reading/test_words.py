from __future__ import annotations

import re
from datetime import UTC
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stopwatch import within

from statusgen.problems import Location
from statusgen.reading.fields import Report, Type
from statusgen.reading.nodes import Scalar, parse_yaml
from statusgen.reading.words import (
    CODE,
    COLOUR,
    DURATION,
    ID,
    ID_PATTERN,
    LANGUAGE,
    LINK,
    PAGE_URL,
    PATH,
    URL,
    ZONE,
    Word,
    slug,
)


def read(kind: Type[object], text: str) -> tuple[object, list[str], str]:
    """Return the value, the codes of problems, and the first hint."""
    node, faults = parse_yaml(text, "f")
    assert faults == []
    assert node is not None
    report = Report(UTC)
    value = kind.read(node, report)
    hint = report.problems[0].hint if report.problems else ""
    return value, [problem.code for problem in report.problems], hint


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (ID, "api"),
        (ID, "2026-11-21-api"),
        (ID, "42"),
        (ID, "console"),
        (ID, "a" * 128),
        (CODE, "4nq0xk2m9b1z"),
        (CODE, "123456789012"),
        (URL, "https://acme.example"),
        (URL, "http://acme.example:8080/health?deep=1#x"),
        (URL, "https://[2001:db8::1]:8443/"),
        (URL, "https://bücher.example/ü"),
        (URL, "http://127.0.0.1:65535/"),
        (URL, "https://acme.example/%7Bx%7D/(y),z;w=1"),
        (PAGE_URL, "https://acme.example/status/"),
        (LINK, "mailto:help@acme.example"),
        (LINK, "https://acme.example/help?x=1"),
        (ZONE, "UTC"),
        (ZONE, "Europe/Berlin"),
        (ZONE, "America/Argentina/Buenos_Aires"),
        (ZONE, "Etc/GMT+3"),
        (LANGUAGE, "en"),
        (LANGUAGE, "no"),
        (LANGUAGE, "pt-BR"),
        (LANGUAGE, "zh-Hant-TW"),
        (PATH, "brand/logo.svg"),
        (PATH, "logo_dark-2.png"),
    ],
)
def test_a_good_word_is_read_as_it_is(kind: Type[object], text: str) -> None:
    assert read(kind, text) == (text, [], "")


@pytest.mark.parametrize("text", ["#fff", "#0B5fff"])
def test_a_colour_is_read_in_quotes(text: str) -> None:
    assert read(COLOUR, f"'{text}'") == (text, [], "")


@pytest.mark.parametrize(
    ("kind", "text", "code", "hint"),
    [
        (ID, "API Gateway", "bad-id", "did you mean 'api-gateway'?"),
        (ID, "api_gateway", "bad-id", "did you mean 'api-gateway'?"),
        (ID, "../etc/passwd", "bad-id", "did you mean 'etc-passwd'?"),
        (ID, "a.", "bad-id", "did you mean 'a'?"),
        (ID, "'-a'", "bad-id", "did you mean 'a'?"),
        (ID, "con", "bad-id", "write 1 to 128"),
        (ID, "lpt1", "bad-id", "write 1 to 128"),
        (ID, "日本", "bad-id", "write 1 to 128"),
        (ID, "a" * 129, "bad-id", "did you mean"),
        (ID, '"api\\n"', "bad-id", "did you mean 'api'?"),
        (ID, "''", "bad-id", "write 1 to 128"),
        (ID, "1.5", "wrong-type", "write 1 to 128"),
        (ID, "1e5", "wrong-type", "that is a number in YAML: put it in quotes"),
        (ID, "true", "wrong-type", "that is true or false in YAML: put it in quotes"),
        (ID, "[api]", "wrong-type", ""),
        (CODE, "ABC", "bad-id", "a code is made of"),
        (CODE, "a/b", "bad-id", "a code is made of"),
        (CODE, "a" * 65, "bad-id", "a code is made of"),
        (URL, "acme.example/x", "bad-url", "did you mean https://acme.example/x?"),
        (URL, "//acme.example", "bad-url", "in full"),
        (URL, "javascript:alert(1)", "bad-url", "in full"),
        (URL, "file:///etc/passwd", "bad-url", "in full"),
        (URL, "https://", "bad-url", "in full"),
        (URL, "https:///x", "bad-url", "in full"),
        (URL, "https://acme.example/a b", "bad-url", "in full"),
        (URL, '"https://acme.example/\\nX-Header: 1"', "bad-url", "in full"),
        (URL, "https://me@acme.example/", "bad-url", "in full"),
        (URL, "https://acme.example:65536/", "bad-url", "in full"),
        (URL, "https://acme.example:x/", "bad-url", "in full"),
        (URL, "https://[::g]/", "bad-url", "in full"),
        (URL, "https://[1:2]/", "bad-url", "in full"),
        (URL, "https://ａcme.example／x", "bad-url", "in full"),
        (URL, "5", "wrong-type", "in full"),
        (PAGE_URL, "https://acme.example/?x", "bad-url", "without '?'"),
        (PAGE_URL, "https://acme.example/#x", "bad-url", "without '?'"),
        (PAGE_URL, "ftp://acme.example/", "bad-url", "in full"),
        (LINK, "mailto:help", "bad-url", "mailto:"),
        (LINK, "tel:+123", "bad-url", "mailto:"),
        (LINK, "help@acme.example", "bad-url", "mailto:"),
        (ZONE, "Berlin", "bad-zone", "did you mean 'Europe/Berlin'?"),
        (ZONE, "europe/berlin", "bad-zone", "did you mean 'Europe/Berlin'?"),
        (ZONE, "Europe/Berlim", "bad-zone", "did you mean 'Europe/Berlin'?"),
        (ZONE, "new york", "bad-zone", "did you mean 'America/New_York'?"),
        (ZONE, "America", "bad-zone", ""),
        (ZONE, "localtime", "bad-zone", "IANA"),
        (ZONE, "posix/UTC", "bad-zone", ""),
        (ZONE, "../../etc/passwd", "bad-zone", "IANA"),
        (ZONE, "/etc/localtime", "bad-zone", "IANA"),
        (ZONE, "+01:00", "bad-zone", "IANA"),
        (ZONE, "1", "wrong-type", "IANA"),
        (LANGUAGE, "English", "bad-value", "en, de or pt-BR"),
        (LANGUAGE, "../de", "bad-value", "en, de or pt-BR"),
        (COLOUR, "red", "bad-value", "in quotes"),
        (COLOUR, "'#ff'", "bad-value", "in quotes"),
        (COLOUR, "'#fff; x'", "bad-value", "in quotes"),
        (PATH, "/etc/passwd", "bad-value", "brand/logo.svg"),
        (PATH, "../logo.svg", "bad-value", "brand/logo.svg"),
        (PATH, "brand/../../x", "bad-value", "brand/logo.svg"),
        (PATH, "brand//x", "bad-value", "brand/logo.svg"),
        (PATH, "brand\\x", "bad-value", "brand/logo.svg"),
        (PATH, ".git/config", "bad-value", "brand/logo.svg"),
        (PATH, "https://x.example/logo.svg", "bad-value", "brand/logo.svg"),
    ],
)
def test_a_bad_word_is_none_with_one_problem(
    kind: Type[object],
    text: str,
    code: str,
    hint: str,
) -> None:
    value, codes, found_hint = read(kind, text)
    assert (value, codes) == (None, [code])
    assert hint in found_hint


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("5s", 5.0), ("500ms", 0.5), ("2m", 120.0), ("1.5s", 1.5), ("7", 7.0), ("0.25", 0.25)],
)
def test_a_duration_is_in_seconds(text: str, seconds: float) -> None:
    assert read(DURATION, text) == (seconds, [], "")


@pytest.mark.parametrize(
    "text", ["5 s", "fast", "0s", "-1", "0", "3601", ".nan", "'5'", "1h", "[5]"]
)
def test_what_is_no_duration_is_an_error(text: str) -> None:
    value, codes, _ = read(DURATION, text)
    assert (value, codes) == (None, ["bad-value"])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("API", "api"),
        ("Card payments (EU)", "card-payments-eu"),
        ("Zürich: Bücher & Co.", "zurich-bucher-co"),
        ("日本", ""),
        ("CON", ""),
        ("--", ""),
        ("x" * 200, "x" * 128),
        ("a" * 127 + " b", "a" * 127),
    ],
)
def test_a_name_suggests_an_id(name: str, expected: str) -> None:
    assert slug(name) == expected


@given(st.text())
def test_a_suggested_id_is_an_id(name: str) -> None:
    an_id = slug(name)
    assert an_id == "" or re.fullmatch(ID_PATTERN, an_id)
    assert not an_id or slug(an_id) == an_id


@given(st.text(st.characters(codec="utf-8"), max_size=40).map("https://acme.example/".__add__))
def test_an_address_that_is_accepted_can_be_taken_apart_and_holds_no_blank(text: str) -> None:
    node = Scalar(text, plain=False, where=Location("f"))
    if URL.read(node, Report(UTC)):
        assert urlsplit(text).hostname == "acme.example"
        assert not set(text) & set(" \t\n\"'<>`") - {"'"}


@pytest.mark.parametrize("kind", [ID, CODE, URL, PAGE_URL, LINK, ZONE, LANGUAGE, COLOUR, PATH])
@pytest.mark.parametrize("unit", ["a", "a/", "a.", "-", "https://", "a-", ":", "@", " ", "é"])
def test_no_word_takes_long(kind: Word, unit: str) -> None:
    for prefix in ("", "https://", "mailto:"):
        text = (prefix + unit * 65_000)[:65_000]
        with within(0.5):
            kind.read(Scalar(text, plain=False, where=Location("f")), Report(UTC))
