"""script.js in Chromium, with a clock that is set: what it adds, and that it changes nothing."""

from __future__ import annotations

import gzip
from collections import Counter

import pytest
from acme_site import (
    NOW,
    OPEN,
    RESOLVED,
    ROOT,
    RUNNING,
    UPCOMING,
    at,
    every_part,
    site_of,
    sites_of,
    update,
)
from playwright.sync_api import Browser, expect
from script_readers import (
    CARDS,
    ONE_OF_EACH,
    PROMISED,
    REMOVE,
    Meet,
    Reader,
    files_of,
)
from served import Host

from statusgen.languages.catalogues import read_language
from statusgen.model import Status
from statusgen.site.hosting.headers import content_policy
from statusgen.site.words.language import ENGLISH

pytestmark = pytest.mark.browser


# ── the reader's own time ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Asia/Kolkata", "15:35 your time"),
        ("America/New_York", "05:05 your time"),
        ("Pacific/Kiritimati", "Sun 00:05 your time"),
    ],
)
def test_the_readers_own_time_stands_beside_the_pages(meet: Meet, zone: str, expected: str) -> None:
    reader = meet(zone=zone)
    reader.open(CARDS)
    expect(reader.beside("11:05 CET (10:05 UTC)").first).to_contain_text(f" · {expected} · ")


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Europe/Madrid", "UTC", "Africa/Accra"])
def test_a_time_that_the_page_shows_is_not_repeated(meet: Meet, zone: str) -> None:
    reader = meet(zone=zone)
    reader.open(CARDS)
    expect(reader.beside("11:05 CET (10:05 UTC)").first).to_have_text(" · 2 hours ago")


def test_a_planned_time_is_one_span_in_the_readers_zone(meet: Meet) -> None:
    reader = meet(zone="Asia/Tokyo")
    reader.open("/maintenance/index.html")
    expect(reader.beside("23:00").first).to_contain_text("Wed 07:00–10:00 your time")


def test_what_is_over_has_no_relative_time(meet: Meet) -> None:
    reader = meet(zone="Asia/Tokyo")
    reader.open(f"/incidents/{RESOLVED.id}/index.html")
    expect(reader.beside("10:00 CEST (08:00 UTC)").first).to_have_text(" · 17:00 your time")
    assert reader.asked == 0


# ── relative times ────────────────────────────────────────────────────────────────────────────


def test_relative_times_go_on_each_minute(meet: Meet) -> None:
    reader = meet([PROMISED])
    reader.open()
    due = reader.beside("13:30 CET (12:30 UTC)")
    expect(due).to_have_text(" · in 30 minutes")
    reader.wait(2)
    expect(due).to_have_text(" · in 28 minutes")
    expect(reader.beside("11:20 CET (10:20 UTC)").first).to_have_text(" · 2 hours ago")


def test_a_promised_update_that_has_not_come_is_late(meet: Meet) -> None:
    reader = meet([PROMISED])
    reader.open()
    reader.wait(35)
    expect(reader.beside("13:30 CET (12:30 UTC)")).to_have_text(" · late, expected 5 minutes ago")


def test_the_page_says_it_once_where_it_was_late_already(meet: Meet) -> None:
    reader = meet([PROMISED], now=at("2026-11-21 12:40"))
    reader.open()
    expect(reader.beside("13:30 CET (12:30 UTC)")).to_have_text(" · 10 minutes ago")


def test_a_wrong_clock_of_the_reader_tells_no_nonsense(meet: Meet) -> None:
    reader = meet([PROMISED])
    reader.open(clock=NOW.replace(year=2031))
    expect(reader.beside("13:30 CET (12:30 UTC)")).to_have_text(" · in 30 minutes")
    expect(reader.stale).to_be_empty()


# ── maintenance by the clock ──────────────────────────────────────────────────────────────────


def test_a_maintenance_passes_its_start_and_its_end(meet: Meet) -> None:
    reader = meet([UPCOMING], now=at("2026-12-01 20:00"))
    reader.open()
    stands = reader.beside("23:00")
    expect(stands).to_have_text(" · starts in 2 hours")
    reader.wait(110)
    expect(stands).to_have_text(" · starts in 10 minutes")
    reader.wait(20)
    expect(stands).to_have_text(" · started 10 minutes ago, ends in 3 hours")
    reader.wait(180)
    expect(stands).to_have_text(" · should have ended 10 minutes ago")


def test_a_running_maintenance_says_when_it_ends(meet: Meet) -> None:
    reader = meet([RUNNING])
    reader.open()
    expect(reader.beside("12:30").first).to_have_text(" · started 30 minutes ago, ends in 1 hour")


def test_one_that_began_early_is_not_about_to_start(meet: Meet) -> None:
    early = update(UPCOMING.id, Status.IN_PROGRESS, "2026-12-01 21:00", "We are quick.")
    reader = meet([UPCOMING._replace(updates=(early,))], now=at("2026-12-01 21:15"))
    reader.open("/maintenance/index.html")
    expect(reader.beside("23:00")).to_have_text(" · ends in 4 hours")


# ── everywhere ────────────────────────────────────────────────────────────────────────────────


def test_it_weighs_at_most_3_kb() -> None:
    assert len(gzip.compress((ROOT / "site-template" / "script.js").read_bytes(), mtime=0)) <= 3000


def test_no_page_complains_and_without_the_script_none_says_less(browser: Browser) -> None:
    site = site_of()
    files = files_of(site, below="/a/status/", parts=every_part)
    host = Host(files, policy=content_policy(site), now=NOW)
    with_script = browser.new_context(timezone_id="Asia/Kolkata", reduced_motion="reduce")
    reader = Reader(with_script, host)
    plain = browser.new_context(timezone_id="Asia/Kolkata", java_script_enabled=False).new_page()
    for path in ("/a/status" + page for page in ONE_OF_EACH):
        reader.open(path)
        plain.goto(host.url + path)
        reader.tab.wait_for_load_state("networkidle")
        reader.tab.evaluate(REMOVE)
        said = Counter(reader.tab.inner_text("body").split())
        assert said == Counter(plain.inner_text("body").split()), path
        assert [*reader.complaints, *reader.tab.evaluate("complaints")] == [], path
    with_script.close()
    plain.context.close()
    host.close()


@pytest.mark.parametrize(
    ("folder", "expected"), [("", "2 hours ago"), ("de/", "vor 2 Stunden"), ("ar/", "قبل ساعتين")]
)
def test_it_speaks_the_language_of_the_page(browser: Browser, folder: str, expected: str) -> None:
    now = at("2026-11-21 12:30")
    sites = sites_of([OPEN], now=now, languages=(ENGLISH, read_language("de"), read_language("ar")))
    host = Host(files_of(*sites, parts=every_part), now=now)
    reader = Reader(browser.new_context(timezone_id="Asia/Tokyo"), host)
    reader.open(f"/{folder}index.html")
    since = reader.tab.locator("dl .live").first
    expect(since).to_contain_text(expected)
    assert since.evaluate("(node) => getComputedStyle(node).unicodeBidi") == "isolate"
    assert reader.complaints == []
    reader.tab.context.close()
    host.close()
