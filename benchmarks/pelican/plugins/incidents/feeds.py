"""Writes five feeds of some incidents: two of whole incidents and three of single updates.

Pelican's own feeds have an entry an article, and are Atom and RSS only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from pelican.contents import Article

from .moments import local

HOME = "https://status.acme.example"
TAG = "tag:status.acme.example,2005:"
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
INCIDENTS = 25
UPDATES_OF_ALL = 50
UPDATES_OF_ONE = 25
_LEAD = re.compile(r"(?:<p>.*?</p>\s*)+", re.DOTALL)
_BLOCKS = ("<ul>", "<ol>", "<pre>")
_BETWEEN_PARAGRAPHS = "</p>\n<p>"

Shown = Sequence[tuple[Article, int]]
"""Articles, each with the place of one of its updates."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whom feeds are of, and the update that is the newest."""

    title: str
    folder: str
    home: str
    newest: dict[str, Any]


def write_feeds(output: Path, articles: Sequence[Article], slug: str = "", name: str = "") -> None:
    """Write the feeds of a component, or of everything."""
    most = UPDATES_OF_ONE if slug else UPDATES_OF_ALL
    newest = sorted(articles, key=_last_change, reverse=True)[:most]
    # The newest updates are of the newest incidents, as each of these has one.
    updates: Shown = sorted(
        ((one, place) for one in newest for place in range(len(one.facts["updates"]))),
        key=lambda one: (one[0].facts["updates"][one[1]]["utc"], one[0].slug, -one[1]),
        reverse=True,
    )[:most]
    owner = Owner(
        title=f"Acme Status - {name}" if slug else "Acme Status",
        folder=f"/components/{slug}/" if slug else "/",
        home=f"{HOME}/components/{slug}/" if slug else HOME,
        newest=newest[0].facts["updates"][0],
    )
    incidents = newest[:INCIDENTS]
    history = [_history_entry(one) for one in incidents]
    feeds = {
        "history.atom": _atom(owner, "history", "Incident History", history),
        "history.rss": _history_rss(owner, incidents),
        "updates.atom": _atom(owner, "updates", "Updates", [_entry(*one) for one in updates]),
        "updates.rss": _updates_rss(owner, updates),
        "feed.json": _json(owner, updates),
    }
    for path, text in feeds.items():
        (output / owner.folder[1:] / path).write_text(text, encoding="utf-8")


def _last_change(article: Article) -> tuple[str, str]:
    return article.facts["updates"][0]["utc"], article.slug


def _atom(owner: Owner, feed: str, title: str, entries: Sequence[str]) -> str:
    return (
        f'{XML}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-US">'
        f"<id>{TAG}{owner.folder}{feed}</id>"
        f'<link rel="alternate" type="text/html" href="{owner.home}"/>'
        f'<link rel="self" type="application/atom+xml" href="{HOME}{owner.folder}{feed}.atom"/>'
        f"<title>{owner.title} - {title}</title><updated>{owner.newest['utc']}</updated>"
        f"<author><name>Acme</name></author>\n{''.join(entries)}</feed>\n"
    )


def _history_rss(owner: Owner, articles: Sequence[Article]) -> str:
    return (
        f'{XML}<rss version="2.0"><channel><title>{owner.title} - Incident History</title>'
        f"<link>{owner.home}</link>"
        f"<description>{owner.title}: incidents, newest first</description>"
        f"<pubDate>{_rss_date(owner.newest['at'])}</pubDate>\n"
        f"{''.join(map(_history_item, articles))}</channel></rss>\n"
    )


def _updates_rss(owner: Owner, updates: Shown) -> str:
    items = "".join(_item(*one) for one in updates)
    return (
        f'{XML}<rss xmlns:atom="http://www.w3.org/2005/Atom" version="2.0"><channel>'
        f"<title>{owner.title} - Updates</title><link>{owner.home}</link>"
        f'<atom:link href="{HOME}{owner.folder}updates.rss" rel="self"'
        ' type="application/rss+xml"/>'
        f"<description>{owner.title}: updates, newest first</description>"
        "<language>en-US</language>"
        f"<lastBuildDate>{_rss_date(owner.newest['at'])}</lastBuildDate>\n{items}</channel></rss>\n"
    )


def _json(owner: Owner, updates: Shown) -> str:
    value = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"{owner.title} - Updates",
        "home_page_url": owner.home,
        "feed_url": f"{HOME}{owner.folder}feed.json",
        "language": "en-US",
        "authors": [{"name": "Acme", "url": HOME}],
        "items": [_json_item(*one) for one in updates],
    }
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@cache
def _history_entry(article: Article) -> str:
    facts = article.facts
    updated = facts["updates"][0]["utc"]
    return (
        f"<entry><id>{TAG}Incident/{facts['code']}</id><published>{updated}</published>"
        f"<updated>{updated}</updated>"
        f'<link rel="alternate" type="text/html" href="{_address(article)}"/>'
        f"<title>{escape(article.title)}</title>"
        f'<content type="html">{_history_text(article)}</content></entry>\n'
    )


@cache
def _history_item(article: Article) -> str:
    facts, address = article.facts, _address(article)
    ends = ""
    if facts["kind"] == "maintenance":
        ends = f"<maintenanceEndDate>{_rss_date(facts['resolved'])}</maintenanceEndDate>"
    return (
        f"<item><title>{escape(article.title)}</title><description>\n"
        f"{_history_text(article)}\n</description>"
        f"<pubDate>{_rss_date(facts['updates'][0]['at'])}</pubDate>{ends}"
        f"<link>{address}</link><guid>{address}</guid></item>\n"
    )


@cache
def _entry(article: Article, place: int) -> str:
    update = article.facts["updates"][place]
    return (
        f"<entry><id>{TAG}Update/{update['id']}</id><published>{update['utc']}</published>"
        f"<updated>{update['utc']}</updated>"
        f'<link rel="alternate" type="text/html" href="{_address(article)}#update-{update["id"]}"/>'
        f"<title>{update['label']}: {escape(article.title)}</title>"
        f'<content type="html">{escape(_text(article, place))}</content></entry>\n'
    )


@cache
def _item(article: Article, place: int) -> str:
    update = article.facts["updates"][place]
    return (
        f"<item><title>{update['label']}: {escape(article.title)}</title>"
        f"<description>{escape(_text(article, place))}</description>"
        f"<pubDate>{_rss_date(update['at'])}</pubDate>"
        f"<link>{_address(article)}#update-{update['id']}</link>"
        f'<guid isPermaLink="false">{TAG}Update/{update["id"]}</guid></item>\n'
    )


@cache
def _json_item(article: Article, place: int) -> dict[str, str]:
    update = article.facts["updates"][place]
    return {
        "id": f"{TAG}Update/{update['id']}",
        "url": f"{_address(article)}#update-{update['id']}",
        "title": f"{update['label']}: {article.title}",
        "content_html": _text(article, place),
        "date_published": update["utc"],
    }


@cache
def _history_text(article: Article) -> str:
    """Return all updates of an incident in one text, escaped."""
    return escape("".join(map(_in_history, article.facts["updates"])))


def _in_history(update: dict[str, Any]) -> str:
    lead, rest = update["text"], ""
    if any(block in lead for block in _BLOCKS) and (found := _LEAD.match(lead)):
        lead, rest = found[0].strip(), lead[found.end() :]
    then = local(update["at"])
    return (
        f"<p><small>{then:%b} <var data-var='date'>{then.day}</var>, "
        f"<var data-var='time'>{then:%H:%M}</var> {then:%Z}</small><br>"
        f"<strong>{update['label']}</strong> - "
        f"{lead.removeprefix('<p>').replace(_BETWEEN_PARAGRAPHS, '<br /><br />')}{rest}"
    )


@cache
def _text(article: Article, place: int) -> str:
    """Return the text of an update; that of the first one tells what is affected."""
    facts = article.facts
    text: str = facts["updates"][place]["text"]
    if place < len(facts["updates"]) - 1:
        return text
    names = "".join(f"<li>{one['full']}</li>" for one in facts["affected"])
    return f"{text}<ul>{names}</ul>"


@cache
def _rss_date(at: str) -> str:
    return f"{local(at):%a, %d %b %Y %H:%M:%S %z}"


def _address(article: Article) -> str:
    return f"{HOME}/incidents/{article.slug}/"
