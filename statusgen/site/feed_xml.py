"""Atom and RSS: the one module that knows feedgen.

feedgen stamps the wall clock on feeds and entries, puts an entry's elements in an order of its own,
drops the attributes of an entry's link and changes the process's locale to write a date. So it
makes the elements, and they are put right here: every time is given, and children stand in the
order that a Statuspage has them, which scrapers rely on.

An entry is made once and stands in several feeds; a feed is its head with entries put in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo
from typing import NamedTuple

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from lxml import etree

from statusgen.site.times import rfc822, rfc3339

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_FEED_ORDER = ("id", "link", "title", "updated", "author")
_ENTRY_ORDER = ("id", "published", "updated", "link", "title", "content")
_CHANNEL_ORDER = ("title", "link", "description", "language", "lastBuildDate")
_STATUSPAGE_CHANNEL_ORDER = ("title", "link", "description", "pubDate")
_ITEM_ORDER = ("title", "description", "pubDate", "maintenanceEndDate", "link", "guid")


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
    made = FeedEntry()
    made.id(entry.id)
    made.title(_legal(entry.title))
    made.updated(entry.updated)
    made.link(href=entry.link, rel="alternate")
    made.content(_legal(entry.html), type="html")
    return EntryXml(
        _atom_entry(made.atom_entry(), entry),
        _rss_item(made.rss_entry(), entry, zone),
    )


def atom_feed(head: Head, entries: Iterable[EntryXml]) -> bytes:
    """Return an Atom file."""
    made = _generator(head)
    made.link(href=head.home, rel="alternate", type="text/html")
    made.link(href=head.atom, rel="self", type="application/atom+xml")
    feed = etree.fromstring(made.atom_str())
    children = _by_name(feed)
    children["updated"].text = rfc3339(head.updated)
    for link in feed.iter("{*}link"):
        _set_link(link, link.get("rel", ""), link.get("type", ""), link.get("href", ""))
    _arrange(feed, _FEED_ORDER)
    return _assemble(feed, "</feed>", (entry.atom for entry in entries))


def rss_feed(head: Head, entries: Iterable[EntryXml], zone: tzinfo) -> bytes:
    """Return an RSS file; its dates are written in the zone."""
    made = _generator(head)
    if not head.like_statuspage:
        made.link(href=head.rss, rel="self", type="application/rss+xml")
    made.link(href=head.home, rel="alternate")  # RSS takes the last link for its own
    rss = etree.fromstring(made.rss_str())
    built = _by_name(rss[0])["lastBuildDate"]
    built.text = rfc822(head.updated, zone)
    if head.like_statuspage:
        built.tag = "pubDate"
    _arrange(rss[0], _STATUSPAGE_CHANNEL_ORDER if head.like_statuspage else _CHANNEL_ORDER)
    etree.cleanup_namespaces(rss)
    return _assemble(rss, "</channel></rss>", (entry.rss for entry in entries))


def _generator(head: Head) -> FeedGenerator:
    made = FeedGenerator()
    made.id(head.id)
    made.title(_legal(head.title))
    made.description(_legal(head.description))
    made.author(name=_legal(head.author))
    made.language(head.language)
    made.updated(head.updated)
    return made


def _atom_entry(element: etree._Element, entry: Entry) -> str:
    children = _by_name(element)
    children["updated"].text = rfc3339(entry.updated)
    etree.SubElement(element, "published").text = rfc3339(entry.published)
    _set_link(children["link"], "alternate", "text/html", entry.link)
    _arrange(element, _ENTRY_ORDER)
    return etree.tostring(element, encoding="unicode")


def _rss_item(element: etree._Element, entry: Entry, zone: tzinfo) -> str:
    etree.SubElement(element, "pubDate").text = rfc822(entry.published, zone)
    if entry.ends:
        etree.SubElement(element, "maintenanceEndDate").text = rfc822(entry.ends, zone)
    if entry.like_statuspage:
        children = _by_name(element)
        children["guid"].text = entry.link
        children["guid"].attrib.clear()
        children["description"].text = f"\n{children['description'].text}\n"
    _arrange(element, _ITEM_ORDER)
    return etree.tostring(element, encoding="unicode")


def _by_name(element: etree._Element) -> dict[str, etree._Element]:
    """Return an element's children by their name without its namespace."""
    return {_name(child): child for child in element}


def _name(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2]


def _arrange(element: etree._Element, order: Sequence[str]) -> None:
    """Bring an element's children into order, and drop those that are not named in it."""
    element[:] = sorted(
        (child for child in element if _name(child) in order),
        key=lambda child: (order.index(_name(child)), child.get("rel") == "self"),
    )


def _set_link(link: etree._Element, rel: str, kind: str, href: str) -> None:
    link.attrib.clear()
    for name, value in (("rel", rel), ("type", kind), ("href", href)):
        link.set(name, value)


def _assemble(head: etree._Element, end: str, entries: Iterable[str]) -> bytes:
    """Put entries before the end tags of a feed; both are XML without need of more namespaces."""
    opening = etree.tostring(head, encoding="unicode").removesuffix(end)
    return "\n".join([_DECLARATION + opening, *entries, end + "\n"]).encode()


def _legal(text: str) -> str:
    """Replace what XML cannot hold; one such character would cost the whole feed."""
    return _NOT_XML.sub("\ufffd", text)
