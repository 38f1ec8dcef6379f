"""The pages of a small site as their readers get them: elements, links and words."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from html.parser import HTMLParser

from acme_site import (
    EVERYTHING,
    UNREADABLE,
    at,
    by_path,
    site_of,
    whole_site,
)

from statusgen.model import Affected, Incident, Kind
from statusgen.site.lasting import incident_outputs, records_by_incident
from statusgen.site.pages.front_page import render_front_page
from statusgen.site.pages.history_pages import render_maintenance

WEEKLY = Incident(
    id="weekly",
    title="Weekly",
    kind=Kind.MAINTENANCE,
    summary="The disks are turned.",
    components=(Affected("api"),),
    starts=at("2026-01-07 02:00"),
    ends=at("2026-01-07 02:30"),
    repeat="FREQ=WEEKLY",
)
ALL = (*EVERYTHING, UNREADABLE, WEEKLY)
FEEDS = {"history.atom", "history.rss", "updates.atom", "updates.rss", "feed.json"}
ELSEWHERE = ("503.html", "embed/", "hosting/")
"""What is shown on other hosts, and has tests of its own."""

VOID = {"meta", "link", "img", "br", "hr", "input", "source", "path", "wbr"}

BLOCKS = {"dt", "dd", "th", "td", "li", "p", "div"}


class Page(HTMLParser):
    """What a test asks of a page: its elements, its words, and whether its tags are balanced."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words = ""
        self._open: list[str] = []
        self.feed(text)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self.words += " " if tag in BLOCKS else ""
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open[-1:] not in (["style"], ["script"]):
            self.words += data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def ids(self) -> list[str]:
        return [attributes["id"] for _, attributes in self.elements if "id" in attributes]

    @property
    def links(self) -> list[str]:
        return [one["href"] for tag in ("a", "link") for one in self.all(tag)]

    @property
    def text(self) -> str:
        return " ".join(self.words.split())


def running_scripts(found: Page) -> list[dict[str, str]]:
    """Return the scripts of a page that are not only data."""
    return [one for one in found.all("script") if one.get("type") != "application/ld+json"]


def pages_of(files: dict[str, bytes]) -> dict[str, Page]:
    """Return the pages that are made from templates for readers."""
    return {
        path: Page(content.decode())
        for path, content in files.items()
        if path.endswith(".html") and not path.startswith(ELSEWHERE)
    }


@cache
def everything() -> dict[str, bytes]:
    return whole_site(site_of(ALL))


ALL_PAGES = pages_of(everything())
PAGES = sorted(ALL_PAGES)


def page(path: str, incidents: Iterable[Incident] = ALL) -> Page:
    """Return a page of the site that these incidents make."""
    if incidents is ALL:
        return ALL_PAGES[path]
    site = site_of(incidents)
    if path.startswith("incidents/"):
        return Page(by_path(incident_outputs(site, records_by_incident(site)))[path].decode())
    render = {
        "index.html": render_front_page,
        "maintenance/index.html": render_maintenance,
    }
    return Page(by_path(render[path](site))[path].decode())
