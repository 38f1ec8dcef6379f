"""Which feeds there are: five for the page, and the same five for each component.

`history.*` has an entry an incident, as a hosted Statuspage; `updates.*` and `feed.json` have one
an update, which never changes. All are bounded, and an entry is made once however many feeds it
stands in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from heapq import nlargest
from typing import NamedTuple

from statusgen.model import Component, Kind
from statusgen.site.api.components import directory_of
from statusgen.site.context import Output, Site, component_path, component_url
from statusgen.site.feeds.entries import history_entry, history_moment, tag_uri, update_entry
from statusgen.site.feeds.xml import Entry, EntryXml, Head, atom_feed, entry_xml, rss_feed
from statusgen.site.json_text import Json, to_json
from statusgen.site.views.lines import all_about
from statusgen.site.views.names import names_of
from statusgen.site.words.times import rfc3339
from statusgen.timeline.record import Record

MOST_INCIDENTS = 25
"""Entries of a history feed, as a Statuspage has it."""

MOST_UPDATES = 50
MOST_COMPONENT_UPDATES = 25


class Owner(NamedTuple):
    """Whose feeds they are.

    `path` is their folder, `home` the address of the page that they are about, `most` the number
    of updates they hold, `updated` the earliest moment that they may say they last changed.
    """

    path: str
    home: str
    title: str
    most: int
    updated: datetime


class Made(NamedTuple):
    """An entry, and how the XML formats write it."""

    entry: Entry
    xml: EntryXml


def render_feeds(site: Site) -> Iterator[Output]:
    """Yield the feeds of the page."""
    history, page = site.history, site.config.page
    home = site.home if site.folder else page.url
    owner = Owner("", home, _title(site), MOST_UPDATES, history.updated)
    yield from _writer_of(site).feeds(owner, (*history.records, *history.notices))


def render_component_feeds(site: Site, component: Component) -> Iterator[Output]:
    """Yield the feeds of a component."""
    owner = Owner(
        path=component_path(component.id),
        home=component_url(site, component),
        title=f"{_title(site)} - {names_of(site)[component.id].full}",
        most=MOST_COMPONENT_UPDATES,
        updated=directory_of(site).created[component.id],
    )
    yield from _writer_of(site).feeds(owner, all_about(site, component.id))


def _title(site: Site) -> str:
    return site.language.gettext("%(name)s Status") % {"name": site.config.page.name}


class _Writer:
    """Writes the feeds of one owner after the other, and keeps each entry for the next."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._zone = site.zone
        self._made: dict[tuple[str, int | None], Made] = {}
        # Translators: the title of a feed
        self._history = site.language.gettext("Incident History")
        self._updates = site.language.gettext("Updates")

    def feeds(self, owner: Owner, records: Sequence[Record]) -> Iterator[Output]:
        """Yield an owner's feeds of some records."""
        past = in_order_of_history(records)
        told = in_order_of_updates(records, self._site.history.now)
        history = [self._entry(record) for record in past[:MOST_INCIDENTS]]
        updates = [self._entry(*one) for one in newest_updates(told, owner.most)]
        yield from self._xml(owner, "history", history)
        yield from self._xml(owner, "updates", updates)
        yield self._json(owner, updates)

    def _entry(self, record: Record, index: int | None = None) -> Made:
        """Return the entry of a record, or of one of its updates."""
        key = (record.id, index)
        if key not in self._made:
            site = self._site
            entry = (
                history_entry(site, record) if index is None else update_entry(site, record, index)
            )
            self._made[key] = Made(entry, entry_xml(entry, self._zone))
        return self._made[key]

    def _xml(self, owner: Owner, name: str, entries: list[Made]) -> Iterator[Output]:
        path = f"{owner.path}{name}"
        is_history = name == "history"
        head = Head(
            id=tag_uri(self._site, f"/{self._site.folder}{path}"),
            title=f"{owner.title} - {self._history if is_history else self._updates}",
            description=self._about(owner, is_history=is_history),
            home=owner.home,
            atom=f"{self._site.home}{path}.atom",
            rss=f"{self._site.home}{path}.rss",
            author=self._site.config.page.name,
            language=self._language,
            updated=self._updated(owner, entries),
            like_statuspage=is_history,
        )
        xml = [one.xml for one in entries]
        yield f"{path}.atom", atom_feed(head, xml)
        yield f"{path}.rss", rss_feed(head, xml, self._zone)

    def _about(self, owner: Owner, *, is_history: bool) -> str:
        _ = self._site.language.gettext
        text = (
            _("%(name)s: incidents, newest first")
            if is_history
            else _("%(name)s: updates, newest first")
        )
        return text % {"name": owner.title}

    def _json(self, owner: Owner, entries: list[Made]) -> Output:
        path = f"{owner.path}feed.json"
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": f"{owner.title} - {self._updates}",
            "home_page_url": owner.home,
            "feed_url": f"{self._site.home}{path}",
            "language": self._language,
            "authors": [{"name": self._site.config.page.name, "url": self._site.config.page.url}],
            "items": [_item(one.entry) for one in entries],
        }
        return path, to_json(feed)

    def _updated(self, owner: Owner, entries: list[Made]) -> datetime:
        """Return when a feed changed last; an announcement's own time may be still to come."""
        moments = (one.entry.updated for one in entries)
        past = (moment for moment in moments if moment <= self._site.history.now)
        return max(past, default=owner.updated) if owner.path else owner.updated

    @property
    def _language(self) -> str:
        code = self._site.language.code
        return "en-US" if code == "en" else code


def in_order_of_history(records: Iterable[Record]) -> list[Record]:
    """Return the records of history feeds, newest first; notices are not in them."""
    past = [one for one in records if one.kind is not Kind.NOTICE]
    return sorted(past, key=lambda one: (history_moment(one), one.id), reverse=True)


@lru_cache(maxsize=2)
def _writer_of(site: Site) -> _Writer:
    return _Writer(site)


def in_order_of_updates(records: Iterable[Record], now: datetime) -> list[Record]:
    """Return the records of which updates are told, by the newest update, newest first.

    What is told in advance is withheld until its time, but for an incident: it has begun, whatever
    its file says.
    """
    told = [
        one
        for one in records
        if one.updates and (one.updates[0].at <= now or one.kind is Kind.INCIDENT)
    ]
    return sorted(told, key=lambda one: (one.updates[-1].at, one.id), reverse=True)


def newest_updates(told: Sequence[Record], most: int) -> list[tuple[Record, int]]:
    """Return the newest updates, newest first, each as its record and its place in `updates`.

    As many updates as wanted are always found in as many records, taken by their newest update:
    `told` has them in that order.
    """
    updates = [(one, index) for one in told[:most] for index in range(len(one.updates))]
    return nlargest(
        most,
        updates,
        key=lambda found: (found[0].updates[found[1]].at, found[0].id, found[1]),
    )


def _item(entry: Entry) -> Json:
    item = {
        "id": entry.id,
        "url": entry.link,
        "title": entry.title,
        "content_html": entry.html,
        "date_published": rfc3339(entry.published),
    }
    if entry.updated != entry.published:
        item["date_modified"] = rfc3339(entry.updated)
    return item
