from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from functools import cache
from html import escape
from html.parser import HTMLParser
from posixpath import dirname, normpath

import pytest
from acme_site import (
    CONFIG,
    EVERYTHING,
    NOTICE,
    NOW,
    OPEN,
    RESOLVED,
    RUNNING,
    UNREADABLE,
    UPCOMING,
    at,
    by_path,
    site_of,
    update,
)

from statusgen.model import Affected, Brand, Incident, Kind, StandIn, Status
from statusgen.site.component_pages import render_components
from statusgen.site.context import Site
from statusgen.site.frame import render_assets
from statusgen.site.front_page import render_front_page
from statusgen.site.history_pages import render_maintenance
from statusgen.site.incident_pages import FULL_OCCURRENCES, render_moved
from statusgen.site.parts import incident_outputs, records_by_incident, shared_parts

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

VOID = {"meta", "link", "img", "br", "hr", "input", "source", "path"}

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


def files_of(site: Site) -> dict[str, bytes]:
    """Return every file of a site by its path."""
    outputs = [output for part in shared_parts(site) for output in part()]
    return by_path([*outputs, *incident_outputs(site, records_by_incident(site))])


def pages_of(files: dict[str, bytes]) -> dict[str, Page]:
    """Return the pages that are made from templates for readers."""
    return {
        path: Page(content.decode())
        for path, content in files.items()
        if path.endswith(".html") and not path.startswith(ELSEWHERE)
    }


@cache
def everything() -> dict[str, bytes]:
    return files_of(site_of(ALL))


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


# ── every page ────────────────────────────────────────────────────────────────────────────────


def test_all_pages_of_the_design_are_there() -> None:
    assert {
        "index.html",
        "history/index.html",
        "history/2026-11/index.html",
        "components/api/index.html",
        "components/fax/index.html",
        "uptime/index.html",
        "maintenance/index.html",
        "subscribe/index.html",
        *(f"incidents/{one.id}/index.html" for one in ALL),
        "404.html",
    } <= set(PAGES)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_the_bones_that_readers_rely_on(path: str) -> None:
    found = page(path)
    assert found.all("html") == [{"lang": "en", "dir": "ltr"}]
    assert [len(found.all(tag)) for tag in ("title", "h1", "main", "header", "footer")] == [1] * 5
    assert found.links.count("#main") == 1
    assert len(found.ids) == len(set(found.ids))
    assert [len(found.all(tag)) for tag in ("iframe", "form")] == [0] * 2
    alone = path == "404.html"
    assert [one["src"].rpartition("/")[0] for one in running_scripts(found)] == (
        [] if alone else [f"{'../' * path.count('/')}assets"]
    )
    assert all("style" not in attributes for _, attributes in found.elements)
    assert all(one["datetime"] for one in found.all("time"))


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_a_strict_policy(path: str) -> None:
    (policy,) = (
        one["content"]
        for one in page(path).all("meta")
        if one.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert "*" not in policy


@pytest.mark.parametrize("path", PAGES)
def test_a_page_announces_the_feeds(path: str) -> None:
    announced = {
        one["href"].rpartition("/")[2]
        for one in page(path).all("link")
        if one["rel"] == "alternate"
    }
    assert announced == FEEDS


@pytest.mark.parametrize("path", sorted(set(PAGES) - {"404.html"}))
def test_links_within_the_site_are_relative_and_name_files_that_exist(path: str) -> None:
    files = everything()
    for link in page(path).links:
        target, _, fragment = link.partition("#")
        if target.startswith(("https://", "webcal:")) or target.endswith(
            "log.html"
        ):  # an author's own
            continue
        file = normpath(f"{dirname(path)}/{target}").lstrip("/") if target else path
        assert file in files, link
        if fragment:
            assert fragment in ALL_PAGES[file].ids, link


@pytest.mark.parametrize("path", sorted(set(PAGES) - {"404.html"}))
def test_the_canonical_address_is_absolute(path: str) -> None:
    (canonical,) = (one for one in page(path).all("link") if one["rel"] == "canonical")
    assert canonical["href"] == f"https://status.acme.example/{path.removesuffix('index.html')}"


def test_the_page_for_what_is_not_there_needs_no_other_file() -> None:
    found = page("404.html")
    assert all(link == "#main" or link.startswith("https://") for link in found.links)
    assert {one["rel"] for one in found.all("link")} == {"alternate"}
    text = everything()["404.html"].decode()
    style = text.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in text


# ── texts ─────────────────────────────────────────────────────────────────────────────────────


EVIL = "<script>alert(1)</script>{{ 7*7 }}{% include 'x' %}\"'"


@cache
def evil_files() -> dict[str, bytes]:
    """Return a site of which every text is an attempt."""
    incidents = [
        one._replace(
            title=EVIL,
            summary=EVIL,
            aliases=(EVIL,),
            stand_in=one.stand_in and StandIn(raw=EVIL),
            updates=tuple(update._replace(author=EVIL, text=EVIL) for update in one.updates),
        )
        for one in ALL
    ]
    config = replace(
        CONFIG,
        page=replace(CONFIG.page, name=EVIL, description=EVIL, support=EVIL),
        components=tuple(replace(one, name=EVIL, description=EVIL) for one in CONFIG.components),
        groups=tuple(replace(one, name=EVIL, description=EVIL) for one in CONFIG.groups),
    )
    return files_of(site_of(incidents, config))


@pytest.mark.parametrize("path", PAGES)
def test_text_is_never_markup_or_a_template(path: str) -> None:
    found = Page(evil_files()[path].decode())
    assert all("src" in one for one in running_scripts(found))
    assert EVIL in found.words


def test_a_colour_that_is_none_stays_out_of_the_stylesheet() -> None:
    for accent, is_there in (("#0b6e4f", True), ("teal", False), ("red}body{display:none", False)):
        site = site_of([], replace(CONFIG, brand=Brand(accent=accent)))
        (style,) = (text for path, text in render_assets(site) if path.endswith(".css"))
        assert (accent.encode() in style) is is_there


# ── the front page ────────────────────────────────────────────────────────────────────────────


def test_the_front_page_begins_with_the_state() -> None:
    found = page("index.html", [OPEN])
    assert found.text.startswith("Partial outage \N{EN DASH} Acme status")
    assert "Partial outage Card payments fail for <some> customers & shops Since" in found.text


def test_the_headline_of_the_front_page_is_the_worst_incidents_title() -> None:
    (title,) = (record.title for record in site_of([OPEN]).history.open_incidents)
    assert f">{escape(title)}</a></h1>" in files_of(site_of([OPEN]))["index.html"].decode()


def test_notices_are_for_times_in_which_nothing_is_wrong_unless_they_are_pinned() -> None:
    assert NOTICE.title in page("index.html", [NOTICE]).text
    assert NOTICE.title not in page("index.html", [NOTICE, OPEN]).text
    assert NOTICE.title in page("index.html", [NOTICE._replace(pin=True), OPEN]).text


def test_the_time_without_incidents_is_told_only_while_nothing_is_wrong() -> None:
    said = "No incident for 203 days; the last one was The till was closed"
    assert said in page("index.html", [RESOLVED]).text
    assert "No incident for" not in page("index.html", [RESOLVED, OPEN]).text
    assert "No incident for" not in page("index.html", []).text


def test_a_next_update_that_has_not_come_is_said_to_be_late() -> None:
    promise = OPEN.updates[-1]._replace(next_update=NOW - timedelta(minutes=5))
    late = OPEN._replace(updates=(*OPEN.updates[:-1], promise))
    for path in ("index.html", f"incidents/{OPEN.id}/index.html"):
        assert "It is late." in page(path, [late]).text


def test_an_unreadable_report_is_shown_with_its_raw_text_and_an_unknown_impact() -> None:
    for path in ("index.html", f"incidents/{UNREADABLE.id}/index.html"):
        found = page(path, [UNREADABLE])
        assert "cannot be read at the moment. Its impact is not known" in found.text
        assert "Unknown impact" in found.text
        assert "--- title: [" in found.text
        assert "No impact" not in found.text
    assert "All systems operational" not in page("index.html", [UNREADABLE]).text


def test_an_older_version_that_stands_in_is_shown_even_if_it_is_over() -> None:
    incident = RESOLVED._replace(stand_in=StandIn(commit="0123456789abcdef"))
    found = page("index.html", [incident])
    assert "One report could not be read: The till was closed" in found.text
    assert "It stays open." in found.text
    text = page(f"incidents/{RESOLVED.id}/index.html", [incident]).text
    assert "This is the version of commit 0123456789ab" in text


def test_links_of_a_text_lead_to_the_same_place_from_the_front_page() -> None:
    assert f"incidents/{OPEN.id}/log.html" in page("index.html", [OPEN]).links
    assert "log.html" in page(f"incidents/{OPEN.id}/index.html", [OPEN]).links


def test_a_group_names_the_component_that_is_down() -> None:
    assert "Payments Partial outage: Checkout" in page("index.html", [OPEN]).text


def test_a_notice_and_running_maintenance_stand_on_the_front_page() -> None:
    found = page("index.html", [NOTICE, RUNNING])
    assert "Notice API v1 ends in spring" in found.text
    assert "Maintenance · In progress Refunds are maintained" in found.text


def test_components_that_are_gone_or_hidden_while_well_are_not_listed() -> None:
    api, *others = CONFIG.components
    config = replace(CONFIG, components=(replace(api, only_show_if_degraded=True), *others))
    for incidents, listed in (([], False), ([OPEN], True)):
        ((_, content),) = render_front_page(site_of(incidents, config))
        found = Page(content.decode())
        assert ("components/api/index.html" in found.links) is listed
        assert "components/fax/index.html" not in found.links


def many(count: int, *, is_open: bool) -> list[Incident]:
    """Return incidents of the last days."""
    last = Status.MONITORING if is_open else Status.RESOLVED
    return [
        Incident(
            id=f"incident-{number:04}",
            title=f"Incident {number}",
            components=(Affected("api"),),
            updates=(
                update(f"incident-{number:04}", Status.INVESTIGATING, f"{when:%Y-%m-%d %H:%M}"),
                update(
                    f"incident-{number:04}", last, f"{when + timedelta(minutes=5):%Y-%m-%d %H:%M}"
                ),
            ),
        )
        for number in range(count)
        for when in (NOW - timedelta(hours=1, minutes=number),)
    ]


@pytest.mark.parametrize("is_open", [False, True])
def test_front_and_component_pages_are_bounded(is_open: bool) -> None:  # noqa: FBT001 (both)
    sizes = []
    for count in (100, 400):
        site = site_of(many(count, is_open=is_open))
        files = by_path([*render_front_page(site), *render_components(site)])
        sizes.append([len(files[path]) for path in sorted(files)])
    assert all(abs(few - more) < 100 for few, more in zip(*sizes, strict=True))


def test_what_is_left_out_of_the_front_page_is_counted_and_linked() -> None:
    assert "88 more, and the whole history" in page("index.html", many(100, is_open=False)).text
    assert "80 more in the history" in page("index.html", many(100, is_open=True)).text


def test_long_incidents_show_their_newest_updates_on_the_front_page() -> None:
    updates = tuple(
        update("long", Status.INVESTIGATING, f"2026-11-21 10:{minute:02}", f"Minute {minute}.")
        for minute in range(30)
    )
    text = page("index.html", [Incident(id="long", title="Long", updates=updates)]).text
    assert "Minute 29." in text
    assert "Minute 24." not in text
    assert "All 30 updates" in text


# ── incidents ─────────────────────────────────────────────────────────────────────────────────


def test_an_incident_page_does_not_change_with_other_incidents_or_the_time() -> None:
    mine = f"incidents/{RESOLVED.id}/index.html"
    alone = files_of(site_of([RESOLVED]))[mine]
    assert everything()[mine] == alone
    assert files_of(site_of([RESOLVED], now=NOW + timedelta(days=400)))[mine] == alone


def test_an_open_incident_page_does_not_mention_the_time_that_it_was_built() -> None:
    mine = f"incidents/{OPEN.id}/index.html"
    later = files_of(site_of(ALL, now=NOW + timedelta(hours=3)))
    assert later[mine] == everything()[mine]


def test_an_incident_page_tells_the_course_newest_first() -> None:
    text = page(f"incidents/{RESOLVED.id}/index.html").text
    words = ["Updates, newest first", "Postmortem", "Resolved", "Monitoring", "Investigating"]
    found = [text.index(word, text.index(words[0])) for word in words]
    assert found == sorted(found)
    assert "Ended Sat 2 May 2026, 11:00 CEST (09:00 UTC), after 1 h" in text
    assert "Payments - Checkout Degraded performance" in text


def test_promises_are_shown_while_an_incident_is_open() -> None:
    newest = OPEN.updates[-1]._replace(
        next_update=at("2026-11-21 12:30"),
        eta=at("2026-11-21 14:00"),
    )
    for path in ("index.html", f"incidents/{OPEN.id}/index.html"):
        text = page(path, [OPEN._replace(updates=(*OPEN.updates[:-1], newest))]).text
        assert re.search("Next update:? Sat 21 Nov 2026, 13:30 CET", text)
        assert re.search("Expected to be over:? Sat 21 Nov 2026, 15:00 CET", text)


def test_occurrences_are_anchors_on_one_bounded_page() -> None:
    site = site_of([WEEKLY])
    found = page("incidents/weekly/index.html", [WEEKLY])
    dates = [record.id.partition("@")[2] for record in site.history.records]
    assert [id_ for id_ in found.ids if re.match(r"\d", id_)] == dates
    assert len(dates) == 47
    shown = [id_ for id_ in found.ids if id_.startswith("update-")]
    assert len(shown) == 3 * FULL_OCCURRENCES - 2  # the newest is only announced
    assert found.text.count("The disks are turned.") == 1


def test_a_recurring_maintenance_without_a_known_time_has_a_page_like_any_other() -> None:
    broken = WEEKLY._replace(starts=None, ends=None, stand_in=StandIn(raw="starts: soon"))
    text = page("incidents/weekly/index.html", [broken._replace(created=NOW)]).text
    assert "starts: soon" in text
    assert "All systems operational" not in page("index.html", [broken._replace(created=NOW)]).text


# ── former addresses ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("alias", "path"),
    [
        ("old/address", "old/address/index.html"),
        ("/incidents/xyz/", "incidents/xyz/index.html"),
        ("2019/outage.html", "2019/outage.html"),
        ("https://stspg.io/abc", None),
        ("../outside", None),
        ("a/../../b", None),
        (".well-known/x", None),
        ("index.html", None),
        ("old.html", "old.html"),
        ("old/v1.0", None),
        ("v1.0/old", None),
        ("old.html/x", None),
        ("404.html", None),
        ("_headers", None),
        ("_Headers/x", None),
        ("feed.json", None),
        ("a" * 200, None),
        ("a/" * 20, None),
        ("API/v2", None),
        ("history/2026-11", None),
        (f"incidents/{OPEN.id}", None),
        (f"INCIDENTS/{OPEN.id}", None),
        ("a\\b", None),
        ("a b", None),
        ("", None),
    ],
)
def test_an_alias_below_the_site_leads_to_the_incident(alias: str, path: str | None) -> None:
    files = by_path(render_moved(site_of([OPEN, RESOLVED._replace(aliases=(alias,))])))
    assert set(files) == ({path} if path else set())
    if path:
        found = Page(files[path].decode())
        (refresh,) = (one for one in found.all("meta") if one.get("http-equiv") == "refresh")
        target = normpath(f"./{dirname(path)}/{refresh['content'].partition('url=')[2]}")
        assert target == f"incidents/{RESOLVED.id}/index.html"
        assert f"https://status.acme.example/incidents/{RESOLVED.id}/" in found.links


def test_an_alias_that_two_incidents_claim_is_the_first_ones() -> None:
    incidents = [OPEN._replace(aliases=("old",)), RESOLVED._replace(aliases=("Old",))]
    files = by_path(render_moved(site_of(incidents)))
    assert b"The till was closed" in files["Old/index.html"]
    assert "old/index.html" not in files


# ── history and maintenance ───────────────────────────────────────────────────────────────────


def test_each_record_is_in_the_month_in_which_it_began() -> None:
    late = RESOLVED._replace(
        id="late",
        updates=(update("late", Status.RESOLVED, "2026-04-30 22:30"),),  # 1 May in Berlin
    )
    files = files_of(site_of([*ALL, late]))
    months = {
        path: [link for link in Page(text.decode()).links if "incidents/" in link]
        for path, text in files.items()
        if re.fullmatch(r"history/\d{4}-\d\d/index.html", path)
    }
    assert "../../incidents/late/index.html" in months["history/2026-05/index.html"]
    listed = [link for links in months.values() for link in links]
    assert len(listed) == len(set(listed))
    ids = {link.split("/")[3] for link in listed}
    assert ids == {one.id for one in (*ALL, late)} - {UPCOMING.id}


def test_the_history_leads_to_every_month() -> None:
    months = {path for path in PAGES if re.fullmatch(r"history/\d{4}-\d\d/index.html", path)}
    linked = {normpath(f"history/{link}") for link in page("history/index.html").links}
    assert months <= linked


def test_the_maintenance_page_separates_running_planned_and_past() -> None:
    text = page("maintenance/index.html").text
    parts = ["In progress", "Refunds are maintained", "Planned", "Weekly", "Database", "Past"]
    found = [text.index(part, text.index("calendar")) for part in parts]
    assert found == sorted(found)
    assert "There is none." in page("maintenance/index.html", []).text


# ── what changes by itself ────────────────────────────────────────────────────────────────────


def test_pages_stay_as_they_are_until_something_is_due() -> None:
    incidents = [RESOLVED, UPCOMING, NOTICE, WEEKLY]
    before = files_of(site_of(incidents))
    due = site_of(incidents).history.next_change
    assert due is not None
    after = files_of(site_of(incidents, now=due - timedelta(seconds=1)))
    assert {path for path in PAGES if path in before and before[path] != after[path]} == set()


def test_a_new_day_changes_only_pages_that_have_uptime() -> None:
    before = files_of(site_of([RESOLVED, UPCOMING, NOTICE]))
    after = files_of(site_of([RESOLVED, UPCOMING, NOTICE], now=NOW + timedelta(days=1)))
    changed = {path for path in PAGES if path in before and before[path] != after[path]}
    assert changed <= {
        "index.html",
        "uptime/index.html",
        *(f"components/{one.id}/index.html" for one in CONFIG.components),
    }
