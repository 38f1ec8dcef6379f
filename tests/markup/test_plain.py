"""The fast path makes the same bytes as the engine, and does not load it."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from markup.documents import WORDS, documents

from statusgen.site.markdown import is_plain, render
from statusgen.site.markdown.plain import render_plain
from statusgen.site.markdown.render import render_fully

NEARLY = [
    *(
        "a",
        "word",
        "Größe",
        "ошибка",
        "遅延",
        "🙂",
        "é",
        "a_b",
        "_",
        "__",
        "a_",
        "_a",
        "é_é",
        "1_0",
    ),
    *("1.", "2)", "1.10", "12.", "1234567890.", "1", "-", "–", "+", "=", "==", "#", "#1", "*", "~"),
    *("~~", ">", "<", "< 5", "<5", "<a", "&", "& ", "&a", "&#1;", "A&B", "AT&T;", "&amp;", "&copy"),
    *("https://a.b", "www.a.b", "a@b.c", "@", "://", "www", "|", "|-|", ":", ":-", ":--", "---"),
    *("\\", "`", "!", "[", "]", "(", ")", '"', "'", "$", "{{", "%", "^", ";", "?", ",", "."),
    *(
        "\n",
        "\n\n",
        "\n\n\n",
        " \n",
        "  \n",
        "\n ",
        "\n    ",
        " ",
        "  ",
        "    ",
        "\t",
        "\r\n",
        "\r",
    ),
    *("\xa0", "\u2028", "\x85", "\x0b", "\x00", "\x7f", "\u200b", "\u202e", "\ufeff", "\ufffe"),
]


def nearly_plain() -> SearchStrategy[str]:
    spaced = st.lists(st.sampled_from(NEARLY + WORDS), max_size=8).map(" ".join)
    tight = st.lists(st.sampled_from(NEARLY), max_size=10).map("".join)
    return st.one_of(spaced, tight, st.text(max_size=30), documents())


def assert_same(text: str) -> None:
    if is_plain(text):
        assert render_fully(text) == (render_plain(text), ())


@settings(max_examples=200, deadline=None)
@given(nearly_plain())
def test_a_plain_text_gives_the_same_bytes_by_both_ways(text: str) -> None:
    assert_same(text)


@pytest.mark.extreme
@settings(max_examples=3_000, deadline=None)
@given(nearly_plain())
def test_many_plain_texts_give_the_same_bytes_by_both_ways(text: str) -> None:
    assert_same(text)


@pytest.mark.parametrize("word", NEARLY)
@pytest.mark.parametrize(
    "place", ["{}", "{} a", "a {}", "a{}b", "a {} b", "a\n{}", "a\n{} b", "{}{}"]
)
def test_each_mark_in_each_place_gives_the_same_bytes(word: str, place: str) -> None:
    assert_same(place.replace("{}", word))


@pytest.mark.parametrize(
    "text",
    [
        "We are investigating elevated error rates.",
        "Error rate: 4.5 % at 10:05 UTC (v1.2.3), up from 0.1 %; see below!",
        "Größe 5 < 6 > 4 & so on: the job_queue_size is 1_000.",
        "First line\nsecond line\n\nSecond paragraph\n",
        "“Quoted” – with dashes — and … 'quotes' \"too\" #12 $5 50% +1 C#",
        "\xa0x\xa0",
        "It's 1.5 times slower. 2 of 3 regions",
    ],
)
def test_an_ordinary_text_takes_the_fast_path(text: str) -> None:
    assert is_plain(text)
    assert_same(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "\xa0"),
        *(" a", "- a", "1. a", "1.", "# a", "#", "> a", "a\n---", "a\n===", "a\n:-"),
        *("*a*", "a * b", "_a_", "~~a~~", "`a`", "a\\", "[a]", "&amp;", "<b>", "a|b", "a  \nb"),
        *("https://a.b", "www.a.b", "a@b.c", "a\tb", "a\rb", "a\x00b", "a\ud800b", "```", "    a"),
    ],
)
def test_what_could_be_markup_is_left_to_the_engine(text: str) -> None:
    assert not is_plain(text)


def test_neither_the_package_nor_a_plain_text_loads_the_engine() -> None:
    program = (
        "import sys\n"
        "from statusgen.site.markdown import escape_text, plain_text, render\n"
        "assert render('It works again.').html == '<p>It works again.</p>'\n"
        "assert plain_text(escape_text('*a*')) == '*a*'\n"
        "assert not {'markdown', 'nh3', 'xml.etree.ElementTree'} & set(sys.modules)\n"
        "render('**again**')\n"
        "assert {'markdown', 'nh3'} <= set(sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_engine_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from statusgen.site.markdown import engine

    render("**a**")

    def made_again(_: object) -> None:
        pytest.fail("the engine was made again")

    monkeypatch.setattr(engine._GithubMarkdown, "__init__", made_again)
    assert render("**b**").html == "<p><strong>b</strong></p>"
