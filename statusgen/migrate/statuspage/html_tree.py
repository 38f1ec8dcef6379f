"""Reads HTML in an update's text as a tree, of which `html_text` makes Markdown.

Statuspage keeps what its authors typed: mostly plain text, sometimes with tags in it. Only real
HTML elements are tags here; any other `<` is a character of the text, as in "< 5 minutes" or
"git clone <address>".
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_INLINE_NAMES = """
    a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark q s samp
    small span strike strong sub sup time tt u var wbr
"""
_BLOCK_NAMES = """
    address article aside blockquote body br caption center dd details div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 head header hr html iframe li main nav ol p pre section
    summary table tbody td tfoot th thead title tr ul video audio source embed
"""
_INLINE = frozenset(_INLINE_NAMES.split())
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_UNSEEN = frozenset({"script", "style"})
_ELEMENTS = _INLINE | _BLOCKS | _UNSEEN
_VOID = frozenset({"br", "hr", "img", "wbr", "source", "embed"})
_CLOSED_BY = {
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "tr": frozenset({"tr", "td", "th"}),
    "td": frozenset({"td", "th"}),
    "th": frozenset({"td", "th"}),
}
_MAY_STAND_ALONE = frozenset(
    {*_VOID, *_CLOSED_BY, "a", "b", "div", "em", "i", "ol", "p", "span", "strong", "u", "ul"},
)
"""Others without attributes and without an end tag are placeholders: "git clone <address>"."""
_MAX_DEPTH = 40

_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]{0,15})"
    r"(?P<attributes>(?:\s{1,8}[^\s\"'<>/=]{1,80}(?:\s{0,4}=\s{0,4}"
    r"(?:\"[^\"<>]{0,4000}\"|'[^'<>]{0,4000}'|[^\s\"'=<>`]{1,4000}))?){0,40})\s{0,8}/?>"
    r"|<!--",
)
_END_TAG = re.compile(r"</([a-zA-Z][a-zA-Z0-9]{0,15})\s{0,8}>")
_ATTRIBUTE = re.compile(
    r"([^\s\"'<>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?",
)


@dataclass(slots=True)
class Element:
    """An element of the tree; `children` are texts, with entities resolved, and elements.

    `target` is where it leads, `words` an image's text or the number that a list begins with.
    """

    name: str
    target: str = ""
    words: str = ""
    children: list[Element | str] = field(default_factory=list)

    @property
    def is_inline(self) -> bool:
        return self.name in _INLINE or self.name == "br"


def is_html(body: str) -> bool:
    """Tell whether a body holds a tag, an end tag or a comment of HTML."""
    return any(True for _ in _tags(body))


def parse_html(body: str) -> tuple[Element, list[str]]:
    """Return the tree, and what readers of the old page never saw: comments, scripts, styles."""
    root = Element("body")
    stack = [root]
    unseen: list[str] = []
    position = 0
    for match in _tags(body):
        if match.start() < position:
            continue
        _add_text(stack[-1], html.unescape(body[position : match.start()]))
        position = match.end()
        name = (match["name"] or "").lower()
        if not name:
            position = body.index("-->", position) + 3
            unseen.append(body[match.start() : position])
        elif name in _UNSEEN:
            position = _skip(body, name, match, unseen)
        elif match["close"]:
            _close(stack, name)
        else:
            _open(stack, name, match["attributes"])
    _add_text(stack[-1], html.unescape(body[position:]))
    return root, unseen


def _tags(body: str) -> Iterator[re.Match[str]]:
    """Yield the tags of HTML elements, and the beginnings of comments that end."""
    ended = {match[1].lower() for match in _END_TAG.finditer(body)}
    last_comment_end = body.rfind("-->")
    for match in _TAG.finditer(body):
        name = (match["name"] or "").lower()
        is_element = name in _ELEMENTS and (
            name in _MAY_STAND_ALONE or name in ended or match["attributes"]
        )
        if is_element or (not name and match.end() <= last_comment_end):
            yield match


def _skip(body: str, name: str, match: re.Match[str], unseen: list[str]) -> int:
    """Return where a script or style ends; one that never ends, or only ends, is just its tag."""
    end = (
        None
        if match["close"]
        else re.compile(f"</{name}\\s*>", re.IGNORECASE).search(body, match.end())
    )
    stop = end.end() if end else match.end()
    unseen.append(body[match.start() : stop])
    return stop


def _add_text(parent: Element, text: str) -> None:
    if not text:
        return
    if parent.children and isinstance(parent.children[-1], str):
        parent.children[-1] += text
    else:
        parent.children.append(text)


def _open(stack: list[Element], name: str, attributes: str) -> None:
    closes = _CLOSED_BY.get(name, frozenset())
    if closes:
        _close_open(stack, closes)
    if name in _BLOCKS and name != "br":
        _close_open(stack, frozenset({"p"}))
    values = {
        found[1].lower(): html.unescape(found[2] or found[3] or found[4] or "")
        for found in _ATTRIBUTE.finditer(attributes)
    }
    target = values.get("href") or values.get("src") or ""
    words = values.get("alt", "") or values.get("start", "")
    element = Element(name, " ".join(target.split()), " ".join(words.split()))
    stack[-1].children.append(element)
    if name not in _VOID and len(stack) < _MAX_DEPTH:
        stack.append(element)


def _close_open(stack: list[Element], names: frozenset[str]) -> None:
    """End the nearest open element of these names, unless a list or a table stands between."""
    for index in range(len(stack) - 1, 0, -1):
        name = stack[index].name
        if name in names:
            del stack[index:]
            return
        if name in {"ul", "ol", "table", "dl", "blockquote"}:
            return


def _close(stack: list[Element], name: str) -> None:
    for index in range(len(stack) - 1, 0, -1):
        if stack[index].name == name:
            del stack[index:]
            return
