"""HTML as nested tuples, to compare two renderings by what a browser makes of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TypeAlias

VOID = {"br", "hr", "img", "input"}
BLOCKS = {"p", "h3", "h4", "h5", "h6", "hr", "blockquote", "ul", "ol", "li", "pre", "div"}
BLOCKS |= {"table", "thead", "tbody", "tr", "th", "td"}
ALLOWED_URL = re.compile(
    r"(?:https?://[A-Za-z0-9.\-_]+(?::[0-9]*)?(?:[/?#]|$)|mailto:|(?![a-z][a-z0-9+.\-]*:|//))",
    re.IGNORECASE,
)

Dom: TypeAlias = "str | tuple[str, tuple[tuple[str, str], ...], tuple[Dom, ...]]"


@dataclass
class Node:
    """An element while it is read."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Node("root")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Node(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def parse(html: str) -> Node:
    """Return the tree of a fragment; fails if its tags are not balanced."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    assert len(parser.open) == 1, f"not closed: {parser.open[-1].tag}"
    return parser.open[0]


def elements(node: Node) -> list[Node]:
    """Return all elements below a node."""
    found = []
    for child in node.children:
        if isinstance(child, Node):
            found += [child, *elements(child)]
    return found


def words(node: Node) -> str:
    """Return the text of a tree as a reader sees it: line breaks as newlines."""
    parts = []
    for child in node.children:
        if isinstance(child, str):
            parts.append(child)
        elif child.tag == "br":
            parts.append("\n")
        else:
            parts.append(words(child))
    return "".join(parts) + ("\n\n" if node.tag in BLOCKS else "")


def ours(html: str) -> tuple[Dom, ...]:
    """Return what matters of our own rendering."""
    root = parse(html)
    _flatten_strong(root)
    return _normal(root.children)


def github(html: str) -> tuple[Dom, ...]:
    """Return what our rendering of the same text has to be.

    What is meant to differ is changed to our way: headings below the page's, images as links,
    checkboxes as characters, no forbidden addresses, an alignment as a class.
    """
    html = re.sub(r"<!-- raw HTML omitted -->", "", html)
    root = parse(html)
    _adapt(root, in_link=False)
    _flatten_strong(root)
    return _normal(root.children)


def _adapt(node: Node, *, in_link: bool) -> None:
    children: list[Node | str] = []
    for child in node.children:
        if isinstance(child, str):
            children.append(child)
            continue
        _adapt(child, in_link=in_link or child.tag == "a")
        children += _adapted(child, in_link=in_link)
    boxes = [at for at, child in enumerate(children) if child in ("☑", "☐")]
    for at in reversed(boxes):
        following = children[at + 2] if at + 2 < len(children) else ""
        is_alone = not str(children[at + 1]).strip() if at + 1 < len(children) else False
        if is_alone and isinstance(following, Node) and following.tag in {"p", "h3"}:
            following.children[:0] = [children[at], " "]
            del children[at : at + 2]
    node.children = children


def _adapted(child: Node, *, in_link: bool) -> list[Node | str]:
    if child.tag in {"h1", "h2"}:
        child.tag = "h3"
    elif child.tag == "input":
        return ["☑" if "checked" in child.attributes else "☐"]
    elif child.tag == "pre":
        child.attributes.clear()
    elif child.tag == "img":
        url = child.attributes["src"]
        inside: list[Node | str] = [child.attributes["alt"] or url]
        child = Node("a", {"href": url, "title": child.attributes.get("title", "")}, inside)
        if in_link:
            return inside
    if "align" in child.attributes:
        child.attributes["class"] = f"align-{child.attributes.pop('align')}"
    if child.tag == "a":
        href = child.attributes.get("href", "")
        if not href or not ALLOWED_URL.match(href):
            return child.children
    return [child]


def _flatten_strong(node: Node) -> None:
    """Leave out `strong` directly in `strong`, as GitHub's renderer does."""
    children: list[Node | str] = []
    for child in node.children:
        if isinstance(child, Node):
            _flatten_strong(child)
            if child.tag == node.tag == "strong":
                children += child.children
                continue
        children.append(child)
    node.children = children


def _normal(children: list[Node | str], *, in_pre: bool = False) -> tuple[Dom, ...]:
    made: list[Dom] = []
    for child in children:
        if isinstance(child, str):
            before = made.pop() if made and isinstance(made[-1], str) else ""
            made.append(f"{before}{child}")
            continue
        attributes = tuple(
            sorted(
                (name, value) for name, value in child.attributes.items() if value and name != "rel"
            )
        )
        inside = _normal(child.children, in_pre=in_pre or child.tag == "pre")
        made.append((child.tag, attributes, inside))
    return tuple(made) if in_pre else tuple(_without_idle_space(made))


def _without_idle_space(made: list[Dom]) -> list[Dom]:
    """Collapse white space, and drop what stands at the edge of a block or of a line."""
    kept: list[Dom] = []
    for at, child in enumerate(made):
        if not isinstance(child, str):
            kept.append(child)
            continue
        text = re.sub(r"[ \t\n]+", " ", child)
        if at == 0 or _breaks(made[at - 1]):
            text = text.lstrip(" ")
        if at + 1 == len(made) or _breaks(made[at + 1]):
            text = text.rstrip(" ")
        if text:
            kept.append(text)
    return kept


def _breaks(dom: Dom) -> bool:
    return not isinstance(dom, str) and (dom[0] in BLOCKS or dom[0] == "br")
