"""What rendered Markdown may hold: known tags, known attributes, addresses that run nothing."""

from __future__ import annotations

import re

from markup.dom import elements, parse

TAGS = {"p", "br", "hr", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "li", "pre", "code"}
TAGS |= {"em", "strong", "del", "a", "table", "thead", "tbody", "tr", "th", "td"}

ATTRIBUTES = {"a": {"href", "title", "rel"}, "ol": {"start"}, "td": {"class"}, "th": {"class"}}

CLASS = re.compile(r"align-(?:left|center|right)")


def assert_harmless(html: str) -> None:
    for element in elements(parse(html)):
        assert element.tag in TAGS
        assert set(element.attributes) <= ATTRIBUTES.get(element.tag, set())
        if element.tag == "a":
            assert element.attributes["rel"] == "noopener nofollow"
            assert_allowed(element.attributes.get("href", ""))
        if "class" in element.attributes:
            assert CLASS.fullmatch(element.attributes["class"])


def assert_allowed(href: str) -> None:
    # As browsers read addresses: white space and control characters at the ends do not count,
    # tabs and line breaks nowhere, and a backslash is a slash.
    read = re.sub(r"[\t\r\n]", "", href.strip("".join(map(chr, range(33))))).replace("\\", "/")
    assert not read.startswith("//")
    scheme = re.match(r"([a-zA-Z][a-zA-Z0-9+.\-]*):(.*)", read)
    if scheme and scheme[1].lower() != "mailto":
        assert scheme[1].lower() in {"http", "https"}
        assert re.match(r"//[A-Za-z0-9.\-_]+(?::[0-9]*)?(?:[/?#]|$)", scheme[2])
