"""No text keeps a build waiting: all that is known to be slow elsewhere is quick here."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stopwatch import within

from statusgen.site.markdown import escape_text, is_plain, plain_text, render
from statusgen.site.markdown.guard import DEEPEST, MOST_BRACKETS

SIZE = 32_768
SECONDS = 1.0

MARKS = [
    *("[", "![", "`", "` ", "[a](", "<![CDATA[", "[]", "[a][", "](", "*", "**", "_", "~", "~~"),
    *("*a ", "**a ", "*a_ ", "a**b*c ", "<", "<!--", "x <!--", "<a ", '<a b="', "&", "&a", "&amp;"),
    *("\\", "\\[", ">", "> ", "- ", "1. ", "* ", "#", "# ", "|", "|-", "|-|\n", "\n", " ", "\t"),
    *("http://", "https://a.b/", "www.", "www.a", "@", "a@", "a@b", "a@b.", "a@b.c", "a@b.c,"),
    *(")", "http://a.b)", "(", "[a](b)", "[a](<", '[a](b "', "[a](b '", "[a](b (", "[a](\\b"),
    *("[r]: ", "[r]: /u\n", "[r]", "[[r]", "```\n", "```a\n", "a`", "a`b``", "!", "a\n", "a  \n"),
    *(
        "a\\\n",
        "- a\n",
        "- a\n\n",
        "  - ",
        "> a\n",
        ">\n",
        "===\n",
        "a\n===\n",
        "a|b\n-|-\n",
        "|a\n",
    ),
    *("<a:", "<a@", "&#", "é", "“*", "*“", "'", '[a]: b "', "1) a\n", "    a\n", "\t- ", "mailto:"),
    *("<!-- a --> ", "~a~~", "_a__", "*[", "[`", "a*b", "a_b", "<b>", "<a b=c ", "://", "a.", ". "),
    *("- - ", "> - ", "1. > ", "www.a.b.[r]“*", "&awww.aa\n> ", "_a [r]", "*a_ <!--", "![a<!--"),
    *("www.aé“.b_", "www.a.é.b ", "http://éa.b<"),
]
FAMILIES = {mark: (mark * SIZE)[:SIZE] for mark in MARKS}
FAMILIES |= {
    f"{mark} in lines": ((mark * 400)[:400] + "\n") * (SIZE // 400)
    for mark in MARKS
    if "\n" not in mark
}
FAMILIES |= {
    "brackets closed": "[" * (SIZE // 2) + "]" * (SIZE // 2),
    "links closed": "[" * (SIZE // 5) + "](a)" * (SIZE // 5),
    "ticks of all lengths": " ".join("`" * length for length in range(250)),
    "lists in lists": "\n".join(" " * (2 * depth) + "- a" for depth in range(175)),
    "one long word": "a" * SIZE,
    "wide table": "|a" * 3_000 + "|\n" + "|-" * 3_000 + "|\n" + "|\n" * 10_000,
    "long table": "|a" * 50 + "|\n" + "|-" * 50 + "|\n" + "|\n" * 16_000,
}


def assert_quick(text: str) -> None:
    for function in (render, is_plain, plain_text, escape_text):
        with within(SECONDS):
            function(text)


@pytest.mark.parametrize("name", FAMILIES)
def test_a_pathological_text_is_quick(name: str) -> None:
    assert_quick(FAMILIES[name])


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(MARKS), min_size=2, max_size=4).map("".join))
def test_marks_repeated_are_quick(mark: str) -> None:
    assert_quick((mark * SIZE)[:SIZE])


@pytest.mark.extreme
@settings(max_examples=2_000, deadline=None)
@given(st.lists(st.sampled_from(MARKS), min_size=1, max_size=6).map("".join), st.integers(1, SIZE))
def test_no_slow_text_is_found_by_searching(mark: str, line: int) -> None:
    text = (mark * SIZE)[:SIZE]
    assert_quick("\n".join(text[at : at + line] for at in range(0, SIZE, line))[:SIZE])


def test_the_cost_of_a_megabyte_grows_with_its_size_only() -> None:
    text = "**Some** text with a [link](https://acme.example) and `code`.\n\n- one\n- two\n\n"
    with within(20 * SECONDS):
        render(text * (1_000_000 // len(text)))


@pytest.mark.parametrize(
    ("block", "excess"),
    [
        ("[" * (MOST_BRACKETS + 1), "brackets"),
        ("[a](b) " * (MOST_BRACKETS + 1), "brackets"),
        ("` " * 501, "backticks"),
        ("*a " * 1_001, "marks of emphasis"),
    ],
)
def test_a_block_with_too_much_markup_is_plain_text_and_reported(block: str, excess: str) -> None:
    rendered = render(f"**Before**\n\n{block}\n\n**After**")
    assert rendered.html.startswith("<p><strong>Before</strong></p>\n<p>")
    assert rendered.html.endswith("</p>\n<p><strong>After</strong></p>")
    assert block.strip() in rendered.html
    [problem] = rendered.problems
    assert (problem.line, problem.code) == (2, "text-too-complex")
    assert excess in problem.message


def test_as_much_as_the_bound_is_fine() -> None:
    rendered = render("[a](b) " * MOST_BRACKETS)
    assert rendered.html.count("<a ") == MOST_BRACKETS
    assert not rendered.problems


def test_code_may_hold_any_number_of_marks() -> None:
    rendered = render("```\n" + "[" * 2_000 + "`" * 2_000 + "\n```")
    assert rendered.problems == ()


def test_escaped_marks_do_not_count() -> None:
    assert render("\\[" * 2_000).problems == ()


def test_a_table_with_too_many_cells_is_plain_text_and_reported() -> None:
    rendered = render("text\n\n" + "|a" * 100 + "|\n" + "|-" * 100 + "|\n" + "|b|\n" * 100)
    assert "<table>" not in rendered.html
    assert [problem.line for problem in rendered.problems] == [2]


@pytest.mark.parametrize("marker", ["> ", "- ", "1. "])
def test_markers_too_deep_are_text_and_reported(marker: str) -> None:
    rendered = render("text\n\n" + marker * 1_000 + "end")
    assert rendered.html.count("<blockquote>") + rendered.html.count("<li>") == DEEPEST
    assert "end" in rendered.html
    [problem] = rendered.problems
    assert problem.line == 2
    assert str(DEEPEST) in problem.message


def test_markers_as_deep_as_the_bound_are_fine() -> None:
    assert render("- " * DEEPEST + "end").problems == ()
