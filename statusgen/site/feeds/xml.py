"""Atom and RSS: the one module that knows feedgen.

feedgen stamps the wall clock on feeds and entries, puts an entry's elements in an order of its own,
drops the attributes of an entry's link, changes the process's locale to write a date, and takes
some hundred microseconds for each entry. So it makes a pattern of each kind of feed and of entry,
once: its elements are put in the order that a Statuspage has them, which scrapers rely on, and a
mark stands wherever a text will. A feed is then a head with entries put in, and an entry is made
once and stands in several feeds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from html import escape
from string import Template
from typing import TYPE_CHECKING, NamedTuple

from statusgen.site.words.times import rfc822, rfc3339

if TYPE_CHECKING:
    from feedgen.entry import FeedEntry
    from lxml.etree import _Element

# What XML has no room for. To name what it has takes a set of all characters, and 8 ms to compile.
_NOT_XML = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]|[\\ud800-\\udfff\\ufffe\\uffff]")
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_FEED_ORDER = ("id", "link", "title", "updated", "author")
_ENTRY_ORDER = ("id", "published", "updated", "link", "title", "content")
_CHANNEL_ORDER = ("title", "link", "description", "language", "lastBuildDate")
_STATUSPAGE_CHANNEL_ORDER = ("title", "link", "description", "pubDate")
_ITEM_ORDER = ("title", "description", "pubDate", "maintenanceEndDate", "link", "guid")
_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)
"""Keeps feedgen from the clock; no pattern has it, because a mark takes its place."""


class Entry(NamedTuple):
    """One item of a feed, in every format.

    `id` is a tag: URI, `link` absolute, `html` safe and with absolute links only. `like_statuspage`
    makes an RSS item as Statuspage's history has it: the link as guid. `ends` is a maintenance's
    planned end there.
    """

    id: str
    title: str
    link: str
    published: datetime
    updated: datetime
    html: str
    like_statuspage: bool = False
    ends: datetime | None = None


class EntryXml(NamedTuple):
    """An entry as both XML formats write it."""

    atom: str
    rss: str


class Head(NamedTuple):
    """What a feed says of itself.

    `id` is a tag: URI, `home` the page it belongs to, `atom` and `rss` are the addresses of the two
    files. With `like_statuspage` the RSS form has neither a link to itself nor a build date.
    """

    id: str
    title: str
    description: str
    home: str
    atom: str
    rss: str
    author: str
    language: str
    updated: datetime
    like_statuspage: bool = False


def entry_xml(entry: Entry, zone: tzinfo) -> EntryXml:
    """Return an entry in both formats; dates of RSS are written in the zone."""
    texts = {
        "id": _text(entry.id),
        "title": _text(entry.title),
        "link": _text(entry.link),
        "html": _text(entry.html),
    }
    dates = {
        "published": rfc3339(entry.published),
        "updated": rfc3339(entry.updated),
    }
    rss_dates = {
        "published": rfc822(entry.published, zone),
        "ends": rfc822(entry.ends, zone) if entry.ends else "",
    }
    item = _rss_item(like_statuspage=entry.like_statuspage, ends=entry.ends is not None)
    return EntryXml(
        atom=_atom_entry().substitute(texts | dates),
        rss=item.substitute(texts | rss_dates),
    )


def atom_feed(head: Head, entries: Iterable[EntryXml]) -> bytes:
    """Return an Atom file."""
    opening = _atom_head().substitute(_texts(head) | {"updated": rfc3339(head.updated)})
    return "\n".join([opening, *(entry.atom for entry in entries), "</feed>\n"]).encode()


def rss_feed(head: Head, entries: Iterable[EntryXml], zone: tzinfo) -> bytes:
    """Return an RSS file; its dates are written in the zone."""
    pattern = _rss_head(like_statuspage=head.like_statuspage)
    opening = pattern.substitute(_texts(head) | {"updated": rfc822(head.updated, zone)})
    items = (entry.rss for entry in entries)
    return "\n".join([opening, *items, "</channel></rss>\n"]).encode()


def _texts(head: Head) -> dict[str, str]:
    return {name: _text(value) for name, value in head._asdict().items() if isinstance(value, str)}


def _text(text: str) -> str:
    """Return a text as it stands in XML, also between quotes.

    What XML cannot hold is replaced: one such character would cost the whole feed.
    """
    return escape(_NOT_XML.sub("\ufffd", text))


# ── patterns ──────────────────────────────────────────────────────────────────────────────────


@lru_cache(maxsize=1)
def _atom_head() -> Template:
    from feedgen.feed import FeedGenerator  # noqa: PLC0415 (50 ms that only feeds pay for)

    made = FeedGenerator()
    made.id("$id")
    made.title("$title")
    made.author(name="$author")
    made.language("$language")
    made.updated(_ANY_TIME)
    made.link(href="$home", rel="alternate", type="text/html")
    made.link(href="$atom", rel="self", type="application/atom+xml")
    feed = _parse(made.atom_str())
    _by_name(feed)["updated"].text = "$updated"
    for link in feed.iter("{*}link"):
        _set_link(link, link.get("rel", ""), link.get("type", ""), link.get("href", ""))
    _arrange(feed, _FEED_ORDER)
    return Template(_DECLARATION + _written(feed).removesuffix("</feed>"))


@lru_cache(maxsize=2)
def _rss_head(*, like_statuspage: bool) -> Template:
    from feedgen.feed import FeedGenerator  # noqa: PLC0415 (as above)
    from lxml.etree import cleanup_namespaces  # noqa: PLC0415 (as above)

    made = FeedGenerator()
    made.title("$title")
    made.description("$description")
    made.language("$language")
    made.lastBuildDate(_ANY_TIME)
    if not like_statuspage:
        made.link(href="$rss", rel="self", type="application/rss+xml")
    made.link(href="$home", rel="alternate")  # RSS takes the last link for its own
    rss = _parse(made.rss_str())
    built = _by_name(rss[0])["lastBuildDate"]
    built.text = "$updated"
    if like_statuspage:
        built.tag = "pubDate"
    _arrange(rss[0], _STATUSPAGE_CHANNEL_ORDER if like_statuspage else _CHANNEL_ORDER)
    cleanup_namespaces(rss)
    return Template(_DECLARATION + _written(rss).removesuffix("</channel></rss>"))


@lru_cache(maxsize=1)
def _atom_entry() -> Template:
    element: _Element = _entry().atom_entry()
    children = _by_name(element)
    children["updated"].text = "$updated"
    _set_link(children["link"], "alternate", "text/html", "$link")
    _add(element, "published", "$published")
    _arrange(element, _ENTRY_ORDER)
    return Template(_written(element))


@lru_cache(maxsize=4)
def _rss_item(*, like_statuspage: bool, ends: bool) -> Template:
    element: _Element = _entry().rss_entry()
    _add(element, "pubDate", "$published")
    if ends:
        _add(element, "maintenanceEndDate", "$ends")
    if like_statuspage:
        children = _by_name(element)
        children["guid"].text = "$link"
        children["guid"].attrib.clear()
        children["description"].text = "\n$html\n"
    _arrange(element, _ITEM_ORDER)
    return Template(_written(element))


def _entry() -> FeedEntry:
    from feedgen.entry import FeedEntry  # noqa: PLC0415 (as above)

    made = FeedEntry()
    made.id("$id")
    made.title("$title")
    made.updated(_ANY_TIME)
    made.link(href="$link", rel="alternate")
    made.content("$html", type="html")
    return made


# ── XML ───────────────────────────────────────────────────────────────────────────────────────


def _parse(xml: bytes) -> _Element:
    from lxml.etree import fromstring  # noqa: PLC0415 (as above)

    return fromstring(xml)


def _written(element: _Element) -> str:
    from lxml.etree import tostring  # noqa: PLC0415 (as above)

    return tostring(element, encoding="unicode")


def _add(element: _Element, name: str, text: str) -> None:
    child = element.makeelement(name)
    child.text = text
    element.append(child)


def _by_name(element: _Element) -> dict[str, _Element]:
    """Return an element's children by their name without its namespace."""
    return {_name(child): child for child in element}


def _name(element: _Element) -> str:
    return element.tag.rpartition("}")[2]


def _arrange(element: _Element, order: Sequence[str]) -> None:
    """Bring an element's children into order, and drop those that are not named in it."""
    element[:] = sorted(
        (child for child in element if _name(child) in order),
        key=lambda child: (order.index(_name(child)), child.get("rel") == "self"),
    )


def _set_link(link: _Element, rel: str, kind: str, href: str) -> None:
    link.attrib.clear()
    for name, value in (("rel", rel), ("type", kind), ("href", href)):
        link.set(name, value)
