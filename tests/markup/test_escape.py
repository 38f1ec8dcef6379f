"""Plain text survives the way into Markdown and out of it, as source and on the page."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from markup.documents import WORDS, documents
from markup.dom import elements, parse, words

from statusgen.site.markdown import escape_text, plain_text, render

PIECES = [
    *("- ", "* ", "+ ", "1. ", "2) ", "> ", "    ", "  ", " ", "\n", "\n", "\n\n", "```", "~~~"),
    *("# ", "###", "---", "-- -", "***", "===", "a", "b c", "*", "**", "_", "__", "~~", "~", "`"),
    *("``", "[", "]", "(", ")", "[a](b)", "![i](u)", "\\", "\\\n", "  \n", "|", "|-|", "\n|-|-|\n"),
    *("https://x.y/z", "http://x_y", "www.a.bc", "a@b.cd", "[r]: /u\n", "[r]", ".", ",", "!"),
    *("- [x] ", "&amp;", "&lt", "é", "“", "\t", "<https://a.b>", "x_y", "1", '"t"', "<u>", ":"),
    *("&#32;", "<!--", "-->", "&copy;", ";", "Q&A", "5 * 3", "<5@a.bc>", "\xa0", "{{x}}", "\u2028"),
]
TEXT = st.text(
    st.characters(exclude_categories=["Cc", "Cs"]) | st.sampled_from("\t\n"), max_size=40
)


def texts() -> SearchStrategy[str]:
    pieces = st.lists(st.sampled_from(PIECES + WORDS), max_size=12).map("".join)
    return st.one_of(pieces, TEXT, documents())


def lines_shown(text: str) -> list[str]:
    """Return a text's lines as a browser shows them: without idle space and empty lines."""
    lines = (re.sub(r"[ \t]+", " ", line).strip(" ") for line in text.split("\n"))
    return [line for line in lines if line]


def assert_survives(text: str) -> None:
    escaped = escape_text(text)
    assert plain_text(escaped) == text
    rendered = render(escaped)
    assert not rendered.problems
    root = parse(rendered.html)
    assert {element.tag for element in elements(root)} <= {"p", "br", "a"}
    if text.strip():
        assert lines_shown(words(root)) == lines_shown(text)


@settings(max_examples=200, deadline=None)
@given(texts())
def test_a_text_survives_the_way_into_markdown_and_out_of_it(text: str) -> None:
    assert_survives(text)


@pytest.mark.extreme
@settings(max_examples=3_000, deadline=None)
@given(texts())
def test_many_texts_survive_the_way_into_markdown_and_out_of_it(text: str) -> None:
    assert_survives(text)


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("Nothing to escape: 5 * 3, a_b, ~5 min, [sic], C#, 99.9 %.", None),
        ("Also (https://acme.example/a_b) is kept", None),
        ("one\ntwo", "one\\\ntwo"),
        ("one\n\ntwo", "one\n\ntwo"),
        ("https://acme.example\ntwo", "https://acme.example \\\ntwo"),
        ("- one", "\\- one"),
        ("1. one", "1\\. one"),
        ("# one", "\\# one"),
        ("*one* _two_ `three`", "\\*one\\* \\_two\\_ \\`three\\`"),
        ("[a](b)", "\\[a](b)"),
        ("<b> &amp; a\\b \\*", "\\<b> \\&amp; a\\b \\\\\\*"),
        ("    one", "&#32;   one"),
        ("a\n---", "a\\\n\\---"),
        ("a|b\n-|-", "a|b\\\n\\-|-"),
    ],
)
def test_only_what_needs_it_is_escaped(text: str, markdown: str | None) -> None:
    assert escape_text(text) == (markdown if markdown is not None else text)
    assert_survives(text)


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("**bold** and [a](b)", "**bold** and [a](b)"),
        ("a\\*b \\\\ \\a", "a*b \\ \\a"),
        ("one\\\ntwo", "one\ntwo"),
        ("&lt;b&gt; &amp;amp; &nosuch; &#42;", "<b> &amp; &nosuch; *"),
        ("`a\\*b` \\*", "`a\\*b` *"),
        ("``a ` \\* b`` \\*", "``a ` \\* b`` *"),
        ("` \\*", "` *"),
        ("```\na\\*b &lt;\n```\n\\*", "```\na\\*b &lt;\n```\n*"),
        ("- a\n\n      \\*code\n\n\\*", "- a\n\n      \\*code\n\n*"),
        ("> \\* a", "> * a"),
        ("# \\* a", "# * a"),
        ("| a \\| b |\n|---|\n| \\* |", "| a | b |\n|---|\n| * |"),
        ("a <!-- hidden --> b", "a  b"),
        ("<!-- hidden -->\n\na", "a"),
        ("a\n\n<!-- hidden\nmore -->\n\nb", "a\n\n\nb"),
        ("a\n\n<!-- never closed\nb", "a"),
        ("`<!-- code -->` \\*", "`<!-- code -->` *"),
        ("https://acme.example/\\* \\*", "https://acme.example/\\* *"),
    ],
)
def test_the_plain_text_of_markdown_has_no_guards_and_no_comments(markdown: str, text: str) -> None:
    assert plain_text(markdown) == text
