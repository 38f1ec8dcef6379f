"""HTML bodies: every word and every link target is in the Markdown, and stray signs are text."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stopwatch import within

from statusgen.migrate.statuspage.html_text import to_markdown
from statusgen.migrate.statuspage.html_tree import is_html
from statusgen.site.markdown import plain_text, render


@pytest.mark.parametrize(
    ("body", "markdown"),
    [
        (
            "<ul><li><strong>10:00</strong> - Down.</li><li>Up.</li></ul>",
            "- **10:00** - Down.\n- Up.",
        ),
        ("<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>", "1. a\n   - b\n2. c"),
        ('<ol start="4"><li>a</li></ol>', "4. a"),
        ("<li>one</li>", "- one"),
        ("<p>one</p><p>two<br>three</p>", "one\n\ntwo\\\nthree"),
        ("one<br/>\ntwo<p>three", "one\n\ntwo\n\nthree"),
        ("<em>a</em> <i>b</i> <b>c</b> <del>d</del>", "_a_ _b_ **c** ~~d~~"),
        ("<b><i>x</i></b>", "**_x_**"),
        ("<b><strong>x</strong></b>", "**x**"),
        ("<strong> spaced </strong>out", "**spaced** out"),
        ("mid<b>dle</b>", "middle"),
        ("<b>a</b><i>b</i>", "ab"),
        ("<b>one<br>two</b>", "one\\\ntwo"),
        ("<code>a_b</code> and <code>`</code>", "`a_b` and `` ` ``"),
        ('<a href="https://acme.example/x">text</a>', "[text](https://acme.example/x)"),
        (
            '<a href="https://acme.example/(a b)">t[0]</a>',
            "[t\\[0\\]](https://acme.example/%28a%20b%29)",
        ),
        ('<a href="https://acme.example">https://acme.example</a>.', "<https://acme.example>."),
        ('<a href="mailto:help@acme.example">us</a>', "[us](mailto:help@acme.example)"),
        ('<a href="https://acme.example"></a>', "<https://acme.example>"),
        ("<a>no target</a> <b></b>.", "no target ."),
        ('<a href="/x"><ul><li>a</li></ul></a>', "[a](/x)"),
        (
            '<img src="https://acme.example/a.png" alt="graph">',
            "![graph](https://acme.example/a.png)",
        ),
        ('<iframe src="https://acme.example/v"></iframe>', "<https://acme.example/v>"),
        ("<h1>Title #</h1>text", "### Title \\#\n\ntext"),
        ("<h5>Small</h5>", "#### Small"),
        ("<pre>a\n  ```b</pre>", "````\na\n  ```b\n````"),
        ("<blockquote>a<br>b</blockquote>", "> a\\\n> b"),
        ("a<hr>b", "a\n\n* * *\n\nb"),
        ("<table><tr><th>a</th><td>b</td></tr><tr><td>c</td></tr></table>", "a | b\n\nc"),
        ("<u>under</u> <blink>x</blink>", "under \\<blink>x\\</blink>"),
        ("< 5 minutes <b>now</b> <host>", "< 5 minutes **now** \\<host>"),
        ("a &lt;b&gt; &amp; c&nbsp;d<br>", "a \\<b> & c\xa0d"),
        ("<p>1. no list</p>", "1\\. no list"),
        ("<b>note</b>\n- typed", "**note**\\\n\\- typed"),
        ("<p>never closed <b>bold", "never closed **bold**"),
        ("closed </b>but never opened</p>", "closed but never opened"),
        ("<P CLASS='a'>upper</P>", "upper"),
    ],
)
def test_html_becomes_markdown(body: str, markdown: str) -> None:
    assert to_markdown(body).text == markdown


@pytest.mark.parametrize(
    "body",
    ["Delay < 5 minutes", "a <- b", "git clone <address>", "1 < 2 > 0", "<3", "x<y>z", "&lt;b&gt;"],
)
def test_text_without_a_tag_of_html_is_plain(body: str) -> None:
    assert not is_html(body)
    assert plain_text(to_markdown(body).text) == body


@pytest.mark.parametrize(
    ("body", "left_out"),
    [
        ("a<script>alert(1)</script>", ("<script>alert(1)</script>",)),
        ("a<!-- secret -->", ("<!-- secret -->",)),
        ("<style>b {}</style>a", ("<style>b {}</style>",)),
        ('<a href="javascript:alert(1)">a</a>', ("javascript:alert(1)",)),
        ('a<img src="data:image/png;base64,x">', ("data:image/png;base64,x",)),
    ],
)
def test_what_nobody_could_see_or_follow_is_left_out_and_told(
    body: str,
    left_out: tuple[str, ...],
) -> None:
    assert to_markdown(body) == ("a", left_out)


_NAMES = ("b", "i", "em", "a", "p", "br", "ul", "ol", "li", "code", "pre", "h2", "div", "td", "hr")
_TAGS = st.sampled_from(_NAMES)
_TAG_OF_PIECES = re.compile(rf"</?(?:{'|'.join(_NAMES)})(?: [^<>]*)?>")
_ANY_TAG = re.compile("<[^<>]*>")
_TEXTS = st.text(alphabet=" abcé1.<>&*_`[]()#-\n\\|~:", max_size=12)
_ATTRIBUTES = st.sampled_from(["", ' href="https://acme.example/q?a=1&amp;b=2"', " class=x"])
_PIECES = st.one_of(
    _TEXTS,
    st.builds("<{}{}>".format, _TAGS, _ATTRIBUTES),
    st.builds("</{}>".format, _TAGS),
)


@given(pieces=st.lists(_PIECES, max_size=12))
@settings(max_examples=150, deadline=None)
def test_every_word_is_shown_and_every_target_linked(pieces: list[str]) -> None:
    body = "".join(pieces)
    markdown = to_markdown(body).text
    shown = render(markdown).html
    added = iter(_letters(_ANY_TAG.sub("", shown)))  # more may stand there: numbers, bare targets
    assert all(letter in added for letter in _letters(_TAG_OF_PIECES.sub("", body)))
    if is_html(body):
        targets = re.findall('<a href="([^"]*)">', body)
        assert set(map(unescape, targets)) <= set(
            map(unescape, re.findall('href="([^"]*)"', shown))
        )


def _letters(html: str) -> str:
    return "".join(re.findall(r"[^\W_]", unescape(html)))


@pytest.mark.parametrize(
    "body",
    [
        "<a href=" * 4000,
        "<!--" * 8000 + "<b>",
        "<b>" * 10000,
        "<ul><li>" * 4000,
        '<a href="' * 3500 + "<b>",
        "<" * 32000 + "<b>",
        "<p" + " a=b" * 8000 + "><b>",
        "&" * 32000 + "<b>",
    ],
    ids=lambda body: body[:9],
)
def test_no_body_takes_long(body: str) -> None:
    with within(2):
        to_markdown(body)
