"""A page in several languages has a site for each, and they lead to each other."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from posixpath import dirname, normpath

import pytest
from acme_site import (
    CONFIG,
    EVERYTHING,
    GERMAN,
    NOW,
    OPEN,
    RESOLVED,
    RUNNING,
    UPCOMING,
    by_path,
    feeds_of,
    site_of,
    sites_of,
    whole_site,
)
from lxml import etree

from statusgen.model import Translated
from statusgen.site.context import Site
from statusgen.site.hosting.headers import hosting_rules
from statusgen.site.pages.incident_pages import render_moved
from statusgen.site.words.clock_texts import clock_texts
from statusgen.timeline import derive
from statusgen.timeline.maintenance import ENGLISH_TEXTS

URL = "https://status.acme.example/"
ALONE = ("404.html", "503.html", "embed/", "hosting/")
MOVED = "old/index.html"
INCIDENTS = (*EVERYTHING[1:], OPEN._replace(aliases=("/old",)))


@cache
def everything() -> dict[str, bytes]:
    """Return all files of a page in three languages."""
    return by_path(one for site in sites_of(INCIDENTS) for one in whole_site(site).items())


def is_page(path: str) -> bool:
    return path.endswith(".html") and not path.startswith(ALONE)


def below(folder: str) -> set[str]:
    return {path[len(folder) :] for path in everything() if path.startswith(folder)}


def test_every_page_feed_and_calendar_is_there_in_each_language() -> None:
    kinds = re.compile(r"(?!embed/|hosting/|4|5|old/).*\.html|.*\.(atom|rss|ics)|(.*/)?feed\.json")
    main = {path for path in everything() if not path.startswith(("de/", "ar/"))}
    assert below("de/") == below("ar/") == {path for path in main if kinds.fullmatch(path)}


def test_the_main_language_has_the_files_that_it_has_alone() -> None:
    alone = whole_site(site_of(INCIDENTS))
    assert {path for path in everything() if not path.startswith(("de/", "ar/"))} == set(alone)


def test_an_alias_takes_no_place_among_the_pages_of_another_language() -> None:
    aliases = ("/de/history/", "/DE/old", "/en/old")
    main, *_ = sites_of([OPEN._replace(aliases=aliases)])
    assert set(by_path(render_moved(main))) == {"en/old/index.html"}


@pytest.mark.parametrize("path", sorted(filter(is_page, everything())))
def test_a_page_leads_to_itself_in_the_other_languages(path: str) -> None:
    text = everything()[path].decode()
    alternates = dict(re.findall(r'<link rel="alternate" hreflang="(.+?)" href="(.+?)">', text))
    links = re.findall(r'<a href="([^"]+)" lang="(\w+)" dir="(\w+)" hreflang="(\w+)">', text)
    if path == MOVED:
        assert (alternates, links) == ({}, [])
        return
    own = path[:2] if path.startswith(("de/", "ar/")) else "en"
    plain = path.removeprefix(f"{own}/")
    places = {"en": "", "de": "de/", "ar": "ar/"}
    expected = {
        code: f"{URL}{place}{plain.removesuffix('index.html')}" for code, place in places.items()
    }
    assert alternates == {**expected, "x-default": expected["en"]}
    assert f'<link rel="canonical" href="{expected[own]}">' in text
    assert f'<html lang="{own}" dir="{"rtl" if own == "ar" else "ltr"}">' in text
    targets = {code: normpath(f"{dirname(path)}/{href}").lstrip("/") for href, code, *_ in links}
    assert targets == {code: place + plain for code, place in places.items() if code != own}
    assert [(code, direction) for _, code, direction, _ in links] == [
        (code, direction)
        for code, direction in (("en", "ltr"), ("de", "ltr"), ("ar", "rtl"))
        if code != own
    ]


@pytest.mark.parametrize("path", sorted(filter(is_page, everything())))
def test_links_stay_in_the_language_and_lead_to_files(path: str) -> None:
    text = everything()[path].decode()
    folder = path[:3] if path.startswith(("de/", "ar/")) else ""
    shared = ("assets/", "api/")
    for href, hreflang in re.findall(r'<(?:a|link)[^>]*? href="([^"#]+)[^"]*"([^>]*)', text):
        if href.startswith(("http", "webcal:")) or href.endswith("log.html"):  # an author's
            continue
        target = normpath(f"{dirname(path)}/{href}").lstrip("/")
        assert target in everything()
        if "hreflang" not in hreflang and not target.startswith(shared):
            assert target.startswith(folder)
            assert folder or not target.startswith(("de/", "ar/"))


def test_a_page_of_one_language_names_no_other() -> None:
    for path, content in whole_site(site_of(INCIDENTS)).items():
        if path.endswith(".html"):
            assert b"hreflang" not in content
            assert b"languages" not in content.partition(b"</style>")[2]


@pytest.mark.parametrize("path", ["404.html", "503.html", "hosting/maintenance.html"])
def test_what_answers_for_errors_is_in_the_main_language_only(path: str) -> None:
    assert b"hreflang" not in everything()[path]


def feed_of(site: Site, path: str) -> etree._Element:
    return etree.fromstring(by_path(feeds_of(site))[path])


def ids(feed: etree._Element) -> list[str | None]:
    return [one.text for one in feed.iter("{*}id")]


@pytest.mark.parametrize("path", ["history.atom", "updates.atom", "components/api/updates.atom"])
def test_a_feed_and_its_entries_have_ids_of_their_own_in_each_language(path: str) -> None:
    alone = ids(feed_of(site_of(), path))
    english, german, arabic = (ids(feed_of(site, path)) for site in sites_of())
    assert english == alone
    assert len({*english, *german, *arabic}) == 3 * len(english)
    assert german[0] == f"tag:status.acme.example,2005:/de/{path.removesuffix('.atom')}"
    kind = "Incident" if path.startswith("history") else "Update"
    assert str(german[1]).startswith(f"tag:status.acme.example,2005:de/{kind}/")


def test_a_feed_says_its_language_and_leads_to_its_pages() -> None:
    german = sites_of([RESOLVED])[1]
    feed = feed_of(german, "history.atom")
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "de"
    hrefs = [one.get("href") for one in feed.iter("{*}link")]
    assert hrefs == [
        f"{URL}de/",
        f"{URL}de/history.atom",
        f"{URL}de/incidents/2026-05-02-till/",
    ]
    found = json.loads(by_path(feeds_of(german))["feed.json"])
    assert found["language"] == "de"
    assert found["feed_url"] == f"{URL}de/feed.json"
    assert found["home_page_url"] == f"{URL}de/"


def test_events_of_a_calendar_have_ids_of_their_own_in_each_language() -> None:
    uids = [
        re.findall(rb"^UID:(.+)\r$", everything()[f"{folder}maintenance.ics"], re.MULTILINE)
        for folder in ("", "de/", "ar/")
    ]
    assert len(uids[0]) == 3
    assert len({*uids[0], *uids[1], *uids[2]}) == 9


def test_the_sitemap_has_the_pages_of_all_languages() -> None:
    places = re.findall("<loc>(.+?)</loc>", everything()["sitemap.xml"].decode())
    pages = {path.removesuffix("index.html") for path in filter(is_page, everything())} - {"old/"}
    assert sorted(places) == sorted(URL + path for path in pages)


def test_the_host_is_told_of_feeds_in_all_languages_once() -> None:
    english, german, _ = sites_of()
    assert hosting_rules(english) == hosting_rules(german)
    patterns = [pattern for rule in hosting_rules(english) for pattern in rule.patterns]
    assert "/:language/history.atom" in patterns
    assert "/:language/components/:component/feed.json" in patterns
    assert len(set(patterns)) == len(patterns)
    assert not any(":language" in one for rule in hosting_rules(site_of()) for one in rule.patterns)


def test_names_of_components_are_those_of_the_language() -> None:
    api, *others = CONFIG.components
    named = api._replace(translations=(Translated("name", "de", "Schnittstelle"),))
    config = CONFIG._replace(components=(named, *others))
    english, german, arabic = (whole_site(site) for site in sites_of(config=config))
    assert b"Schnittstelle" not in b"".join(english.values()) + b"".join(arabic.values())
    assert b"<bdi>Schnittstelle</bdi>" in german["de/index.html"]
    assert b"Schnittstelle" in german["de/components/api/updates.atom"]
    assert b"<bdi>API</bdi>" not in german["de/index.html"]


def test_what_the_clock_says_of_maintenance_is_in_the_language_of_the_site() -> None:
    language = replace(GERMAN, gettext=lambda text: f"« {text} »")
    history = derive(CONFIG, [RUNNING, UPCOMING._replace(summary="")], NOW, clock_texts(language))
    texts = [update.text for record in history.records for update in record.updates]
    assert texts == [
        "« Maintenance is scheduled from 2026-12-01 22:00 UTC to 2026-12-02 01:00 UTC. »",
        "« Maintenance is scheduled from 2026-11-21 11:30 UTC to 2026-11-21 13:00 UTC. »",
        f"« {ENGLISH_TEXTS.in_progress} »",
    ]


@pytest.mark.parametrize("path", ["index.html", "history/index.html"])
def test_the_script_repeats_nothing_that_the_api_tells_in_another_language(path: str) -> None:
    assert b"data-newer=" not in everything()[path]
    assert b'data-newer="This page has changed."' in everything()[f"de/{path}"]
