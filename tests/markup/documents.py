"""Texts for tests: documents made of blocks as authors write them, and lines that nearly are."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

WORDS = [
    *("some", "customers", "see", "errors", "API", "the", "queue", "2", "10:05", "1.10", "UTC"),
    *("v2.1", "99.9", "%", "I'm", "don't", "“quoted”", "(all)", "e.g.", "A&B", "AT&T", "x<y"),
    *("a_b", "snake_case_name", "5", "*", "-", "+", "–", "…", "Größe", "ошибка", "遅延", "é"),
    *("#12", "@ops", "C#", "~5", "10%", "$HOME", "a/b", "[sic]", "[1]", "!", "why?", ">", "|"),
    *("ok:", "a,b", "&copy;", "&amp;", "&nosuch;", "\\*", "\\_", "50*2", "_", "=", "1)"),
]
ADDRESSES = [
    *("https://acme.example", "https://acme.example/a_b/c?d=1&e=2#f", "www.acme.example/x"),
    *("http://acme.example/path_(x)", "https://acme.example.", "(https://acme.example/a)"),
    *("ops@acme.example", "a.b+c_d@mail.acme.example,", "https://acme.example/?q=a*b_c"),
]
CODES = ["`GET /v1`", "``a`b``", "`*x*`", "`<b>`", "`a_b`", "` `", "`\\`", "`&amp;`"]


def _joined(parts: SearchStrategy[list[str]]) -> SearchStrategy[str]:
    return parts.map(" ".join)


_plain_words = _joined(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6))
_simple = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(WORDS),
    st.sampled_from(CODES),
    st.sampled_from(ADDRESSES),
)


# No links in links: GitHub's renderer nests some of them, which no browser does.
_link_text = st.one_of(
    _joined(st.lists(st.sampled_from([*WORDS[:30], *CODES[:4]]), min_size=1, max_size=3)),
    st.sampled_from(["**bold**", "_x_ y", "[sic]", "a\\]b", "one\ntwo", "https://acme.example"]),
)


def _inline(children: SearchStrategy[str]) -> SearchStrategy[str]:
    some = _joined(st.lists(children, min_size=1, max_size=4))
    return st.one_of(
        some.map("*{}*".format),
        some.map("**{}**".format),
        some.map("_{}_".format),
        some.map("__{}__".format),
        some.map("~~{}~~".format),
        some.map("***{}***".format),
        _link_text.map("[{}](https://acme.example/x)".format),
        _link_text.map('[{}](/relative "A title")'.format),
        _link_text.map("![{}](https://acme.example/i.png)".format),
        _link_text.map("[{}][ref]".format),
        some.map("**{}:**".format),
        some.map('"{}"'.format),
        some.map("({}),".format),
    )


inline: SearchStrategy[str] = st.recursive(_simple, _inline, max_leaves=6)
sentence = _joined(st.lists(inline, min_size=1, max_size=6))
BREAKS = ["\n", "\n", "  \n", "\\\n", "\n  "]


@st.composite
def paragraphs(draw: st.DrawFn) -> str:
    text = draw(sentence)
    for line in draw(st.lists(sentence, max_size=2)):
        text += draw(st.sampled_from(BREAKS)) + line
    return text


def _indented(text: str, by: str) -> str:
    return "\n".join(by + line if line else line for line in text.split("\n"))


@st.composite
def lists(draw: st.DrawFn, children: SearchStrategy[str]) -> str:
    marker = draw(st.sampled_from(["- ", "* ", "+ ", "1. ", "1) ", "3. ", "-   ", "10. "]))
    extra = draw(st.sampled_from(["", "", "", "  "]))
    loose = draw(st.sampled_from(["\n", "\n", "\n\n"]))
    task = draw(st.sampled_from(["", "", "", "[ ] ", "[x] "]))
    items = []
    for first in draw(st.lists(sentence, min_size=1, max_size=3)):
        text = task + first
        if draw(st.booleans()):
            text += draw(st.sampled_from(["\n", "\n\n"])) + draw(children)
        items.append(marker + _indented(text, " " * len(marker) + extra)[len(marker + extra) :])
    return loose.join(items)


_fences = st.tuples(
    st.sampled_from(["```", "~~~", "````", "``` sh", "```json"]),
    st.lists(st.sampled_from(["GET /", "  indented", "## no heading", "- no item", "", "*x* <b>"])),
).map(lambda pair: "\n".join([pair[0], *pair[1], pair[0][:4].strip()]))

_cell = _joined(st.lists(st.sampled_from([*WORDS[:20], "`a`", "**b**", "a\\|b", ""]), max_size=2))


@st.composite
def tables(draw: st.DrawFn) -> str:
    columns = draw(st.integers(1, 3))
    row = st.lists(_cell, min_size=columns, max_size=columns)
    rule = draw(
        st.lists(st.sampled_from(["---", ":--", "--:", ":-:"]), min_size=columns, max_size=columns)
    )
    head = draw(row)
    rows = [head, rule, *draw(st.lists(row, max_size=2))]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in rows)


_leaves = st.one_of(
    paragraphs(),
    paragraphs(),
    st.tuples(st.sampled_from(["#", "##", "###", "####", "######"]), sentence).map(" ".join),
    st.tuples(sentence, st.sampled_from(["\n===", "\n---"])).map("".join),
    st.sampled_from(["---", "***", "- - -"]),
    _fences,
    tables(),
    st.lists(_plain_words, min_size=1, max_size=2).map(
        lambda lines: _indented("\n".join(lines), "    ")
    ),
    st.just("[ref]: https://acme.example/ref 'Reference'"),
)


def _blocks(children: SearchStrategy[str]) -> SearchStrategy[str]:
    return st.one_of(
        lists(children),
        lists(children),
        children.map(lambda text: "\n".join(f"> {line}".rstrip() for line in text.split("\n"))),
        children.map(lambda text: "> " + text),
    )


block: SearchStrategy[str] = st.recursive(_leaves, _blocks, max_leaves=5)


@st.composite
def documents(draw: st.DrawFn) -> str:
    text = draw(block)
    for more in draw(st.lists(block, max_size=4)):
        text += draw(st.sampled_from(["\n", "\n\n", "\n\n", "\n\n\n"])) + more
    return text
