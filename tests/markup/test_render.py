"""What differs from GitHub on purpose, and what a caller may rely on."""

from __future__ import annotations

import pytest

from statusgen.site.markdown import FORMAT, render


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        (" \n\t\n", ""),
        ("# One", "<h3>One</h3>"),
        ("### Cause", "<h3>Cause</h3>"),
        ("#### Detail", "<h4>Detail</h4>"),
        ("a\n\nb", "<p>a</p>\n<p>b</p>"),
        ("**a**\r\n\r\nb\rc", "<p><strong>a</strong></p>\n<p>b\nc</p>"),
        ("- [x] a\n- [ ] b", "<ul><li>☑ a</li><li>☐ b</li></ul>"),
        ("```sh\na < b\n```", "<pre><code>a &lt; b\n</code></pre>"),
        ("&amp;lt; `&lt;` \\&lt;", "<p>&amp;lt; <code>&amp;lt;</code> &amp;lt;</p>"),
        ("x <b>y</b>", "<p>x &lt;b&gt;y&lt;/b&gt;</p>"),
        ("<!-- gone --> **shown**", "<p>**shown**</p>"),
        ("a <!-- gone -->b", "<p>a b</p>"),
        ("[a](javascript:x)", "<p>a</p>"),
        ("**a**\x00\x07b", "<p><strong>a</strong>\ufffd\ufffdb</p>"),
        ("&#11; &#0; &#xD800; &#xFFFF; &#x110000;", "<p>\ufffd \ufffd \ufffd \ufffd \ufffd</p>"),
        (
            "|a|b|\n|--:|-|\n|1|",
            (
                '<table><thead><tr><th class="align-right">a</th><th>b</th></tr></thead>'
                '<tbody><tr><td class="align-right">1</td><td></td></tr></tbody></table>'
            ),
        ),
    ],
)
def test_a_text_becomes_this_html(text: str, html: str) -> None:
    assert render(text) == (html, ())


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("![Graph](/g.png)", '<a href="/g.png" rel="noopener nofollow">Graph</a>'),
        (
            '![](https://acme.example/g.png "T")',
            (
                '<a href="https://acme.example/g.png" title="T" rel="noopener nofollow">'
                "https://acme.example/g.png</a>"
            ),
        ),
        ("[![Graph](/g.png)](/x)", '<a href="/x" rel="noopener nofollow">Graph</a>'),
        ("![Graph](data:image/png,x)", "Graph"),
    ],
)
def test_an_image_is_a_link_so_that_the_page_makes_no_request(text: str, link: str) -> None:
    assert render(text).html == f"<p>{link}</p>"


def test_a_comment_that_never_ends_hides_the_rest_and_is_reported() -> None:
    rendered = render("shown\n\n<!-- hidden\n\nalso hidden")
    assert rendered.html == "<p>shown</p>"
    assert [(problem.line, problem.code) for problem in rendered.problems] == [
        (2, "unclosed-comment"),
    ]


def test_problems_stand_in_the_order_of_the_lines() -> None:
    rendered = render("[" * 501 + "\n\n" + "> " * 30 + "x\n\n" + "` " * 501 + " \n\n<!-- y")
    assert [problem.line for problem in rendered.problems] == [0, 2, 4, 6]


def test_a_text_does_not_depend_on_what_was_rendered_before() -> None:
    render("[ref]: https://acme.example\n\n" + "[" * 600 + "\n\n<!-- open")
    assert render("[ref] **x**") == ("<p>[ref] <strong>x</strong></p>", ())


def test_the_format_is_a_number_for_caches() -> None:
    assert FORMAT >= 1
