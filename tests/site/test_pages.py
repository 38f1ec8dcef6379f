from __future__ import annotations

import base64
import hashlib
import re
from datetime import timedelta
from functools import cache
from posixpath import dirname, normpath

import pytest
from acme_site import (
    CONFIG,
    NOTICE,
    NOW,
    RESOLVED,
    UPCOMING,
    site_of,
    update,
    whole_site,
)
from written_pages import (
    ALL,
    ALL_PAGES,
    FEEDS,
    PAGES,
    WEEKLY,
    Page,
    everything,
    page,
    running_scripts,
)

from statusgen.model import Brand, StandIn, Status
from statusgen.site.theme.assets import render_assets

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
    assert all(re.match("#main$|https://|data:", link) for link in found.links)
    assert {one["rel"] for one in found.all("link")} == {"alternate", "icon"}
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
    config = CONFIG._replace(
        page=CONFIG.page._replace(name=EVIL, description=EVIL, support=EVIL),
        components=tuple(one._replace(name=EVIL, description=EVIL) for one in CONFIG.components),
        groups=tuple(one._replace(name=EVIL, description=EVIL) for one in CONFIG.groups),
    )
    return whole_site(site_of(incidents, config))


@pytest.mark.parametrize("path", PAGES)
def test_text_is_never_markup_or_a_template(path: str) -> None:
    found = Page(evil_files()[path].decode())
    assert all("src" in one for one in running_scripts(found))
    assert EVIL in found.words


def test_a_colour_that_is_none_stays_out_of_the_stylesheet() -> None:
    for accent, is_there in (("#0b6e4f", True), ("teal", False), ("red}body{display:none", False)):
        site = site_of([], CONFIG._replace(brand=Brand(accent=accent)))
        (style,) = (text for path, text in render_assets(site) if path.endswith(".css"))
        assert (accent.encode() in style) is is_there


# ── history and maintenance ───────────────────────────────────────────────────────────────────


def test_each_record_is_in_the_month_in_which_it_began() -> None:
    late = RESOLVED._replace(
        id="late",
        updates=(update("late", Status.RESOLVED, "2026-04-30 22:30"),),  # 1 May in Berlin
    )
    files = whole_site(site_of([*ALL, late]))
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
    before = whole_site(site_of(incidents))
    due = site_of(incidents).history.next_change
    assert due is not None
    after = whole_site(site_of(incidents, now=due - timedelta(seconds=1)))
    assert {path for path in PAGES if path in before and before[path] != after[path]} == set()


def test_a_new_day_changes_only_pages_that_have_uptime() -> None:
    before = whole_site(site_of([RESOLVED, UPCOMING, NOTICE]))
    after = whole_site(site_of([RESOLVED, UPCOMING, NOTICE], now=NOW + timedelta(days=1)))
    changed = {path for path in PAGES if path in before and before[path] != after[path]}
    assert changed <= {
        "index.html",
        "uptime/index.html",
        *(f"components/{one.id}/index.html" for one in CONFIG.components),
    }
