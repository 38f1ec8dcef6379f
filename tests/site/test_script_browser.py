"""script.js in Chromium, with a clock that is set: what it adds, and that it changes nothing."""

from __future__ import annotations

import gzip
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from acme_site import (
    ARABIC,
    CONFIG,
    EVERYTHING,
    GERMAN,
    NOW,
    OPEN,
    RESOLVED,
    ROOT,
    RUNNING,
    UPCOMING,
    at,
    by_path,
    site_of,
    sites_of,
    update,
)
from playwright.sync_api import Browser, BrowserContext, Locator, expect, sync_playwright
from served import Host

from statusgen.model import Config, Incident, Status
from statusgen.site.api_v1 import render_api_v1
from statusgen.site.context import Output, Site
from statusgen.site.frame import render_assets
from statusgen.site.front_page import render_front_page
from statusgen.site.history_pages import render_maintenance
from statusgen.site.hosting import content_policy
from statusgen.site.language import ENGLISH
from statusgen.site.parts import incident_outputs, records_by_incident, shared_parts

pytestmark = pytest.mark.browser

SUMMARY = "/api/statusgen/v1/summary.json"
CARDS = f"/incidents/{OPEN.id}/index.html"
PROMISED = OPEN._replace(
    updates=(*OPEN.updates[:1], OPEN.updates[1]._replace(next_update=at("2026-11-21 12:30")))
)
FIXED = OPEN._replace(
    updates=(*OPEN.updates, update(OPEN.id, Status.RESOLVED, "2026-11-21 12:10", "It works again."))
)
ONE_OF_EACH = (
    "/index.html",
    CARDS,
    "/history/index.html",
    "/history/2026-11/index.html",
    "/components/checkout/index.html",
    "/maintenance/index.html",
    "/uptime/index.html",
    "/404.html",
)
LISTEN = """
window.complaints = [];
addEventListener("securitypolicyviolation", (event) => complaints.push(event.violatedDirective));
"""


REMOVE = "document.querySelectorAll('[data-live]').forEach((added) => added.remove())"
Part = Callable[[], Iterable[Output]]


def what_is_visited(site: Site) -> list[Part]:
    """Return the parts that most tests need, because whole sites take their time."""
    renderers = (render_front_page, render_maintenance, render_api_v1, render_assets)
    return [partial(render, site) for render in renderers]


def files_of(
    *sites: Site, below: str = "/", parts: Callable[[Site], Iterable[Part]] = what_is_visited
) -> dict[str, bytes]:
    """Return the files of sites by the addresses that a host serves them at."""
    found: dict[str, bytes] = {}
    for site in sites:
        outputs = [output for part in parts(site) for output in part()]
        outputs += incident_outputs(site, records_by_incident(site))
        found |= {below + path: content for path, content in by_path(outputs).items()}
    return found


class Reader:
    """Somebody with a browser in a zone of their own, whose clock runs with the host's."""

    def __init__(self, context: BrowserContext, host: Host) -> None:
        self.host = host
        self.tab = context.new_page()
        self.complaints: list[str] = []
        self.tab.add_init_script(LISTEN)
        self.tab.on("console", lambda message: self.complaints.append(message.text))
        self.tab.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.tab.on("request", self._hear)

    def _hear(self, request: object) -> None:
        url = str(getattr(request, "url", ""))
        if not url.startswith(self.host.url):
            self.complaints.append(url)

    def open(self, path: str = "/index.html", clock: datetime | None = None) -> None:
        """Open a page at the host's time, or with a clock that is wrong."""
        self.tab.clock.install(time=clock or self.host.now)
        self.tab.goto(self.host.url + path)

    def wait(self, minutes: float) -> None:
        """Let time pass, for the host too."""
        assert self.host.now
        self.host.now += timedelta(minutes=minutes)
        self.tab.clock.fast_forward(int(minutes * 60_000))
        self.tab.wait_for_timeout(100)

    def publish(self, site: Site) -> None:
        """Put a new build where the old one was."""
        self.host.files.update(files_of(site))

    def beside(self, moment: str) -> Locator:
        """Return what stands behind a moment, which is named as the page writes it."""
        return self.tab.locator(f':is(time, .window):has-text("{moment}") + .live')

    @property
    def asked(self) -> int:
        """How often the summary was asked for."""
        return self.host.asked.count(SUMMARY)

    @property
    def news(self) -> Locator:
        return self.tab.locator("main > :last-child [role=status]")

    @property
    def stale(self) -> Locator:
        return self.tab.locator("main > :first-child [role=status]")


Meet = Callable[..., Reader]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Yield the system's Chromium, or where there is none the one that playwright installed."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=program, args=["--no-sandbox"]) as found,
    ):
        yield found


@pytest.fixture
def meet(browser: Browser) -> Iterator[Meet]:
    """Return a function that serves a site to a reader; none may have anything to complain of."""
    readers: list[Reader] = []

    def meet(
        incidents: Sequence[Incident] = EVERYTHING,
        zone: str = "Europe/Berlin",
        now: datetime = NOW,
        config: Config = CONFIG,
        **settings: object,
    ) -> Reader:
        site = site_of(incidents, config, now)
        host = Host(files_of(site), policy=content_policy(site), now=now)
        context = browser.new_context(timezone_id=zone, locale="en-US", **settings)  # type: ignore[arg-type]
        readers.append(Reader(context, host))
        return readers[-1]

    yield meet
    for reader in readers:
        assert [*reader.complaints, *reader.tab.evaluate("window.complaints")] == []
        reader.tab.context.close()
        reader.host.close()


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


# ── a newer version ───────────────────────────────────────────────────────────────────────────


def test_a_change_is_announced_exactly_once(meet: Meet) -> None:
    reader = meet([OPEN])
    reader.open()
    reader.tab.evaluate(
        """() => {
          window.told = [];
          const region = document.querySelector("main > div:last-child [role=status]");
          new MutationObserver(() => told.push(region.textContent))
            .observe(region, { childList: true, characterData: true, subtree: true });
        }"""
    )
    icon = reader.tab.locator("link[rel=icon]").get_attribute("href")
    reader.wait(2)
    assert reader.tab.evaluate("told") == []
    reader.publish(site_of([FIXED], now=at("2026-11-21 12:10")))
    for _ in range(4):
        reader.wait(2)
    assert reader.tab.evaluate("told") == [
        "This page has changed: All systems operational – Acme status"
    ]
    assert reader.tab.title() == "All systems operational – Acme status"
    assert reader.tab.locator("link[rel=icon]").get_attribute("href") != icon
    expect(reader.tab.locator("h1")).to_contain_text("Card payments")


def test_the_new_version_is_a_button_away(meet: Meet) -> None:
    reader = meet([OPEN])
    reader.open()
    reader.publish(site_of([FIXED], now=at("2026-11-21 12:10")))
    reader.wait(2)
    reader.tab.get_by_role("button", name="Show the new version").click()
    expect(reader.tab.locator("h1")).to_have_text("All systems operational")
    expect(reader.news).to_be_empty()


def test_a_build_without_a_change_of_state_is_not_news(meet: Meet) -> None:
    reader = meet([RESOLVED])
    reader.open()
    asked = reader.asked
    reader.publish(site_of([RESOLVED], now=NOW + timedelta(days=1)))
    reader.wait(2)
    reader.wait(2)
    assert reader.asked > asked
    expect(reader.news).to_be_empty()


def test_a_change_elsewhere_is_not_news_on_a_page_that_stays_the_same(meet: Meet) -> None:
    reader = meet([OPEN, RUNNING])
    reader.open(CARDS)
    over = update(RUNNING.id, Status.COMPLETED, "2026-11-21 12:05", "Done.")
    reader.publish(site_of([OPEN, RUNNING._replace(updates=(over,))], now=at("2026-11-21 12:05")))
    reader.wait(2)
    expect(reader.news).to_be_empty()
    reader.publish(site_of([FIXED], now=at("2026-11-21 12:10")))
    reader.wait(2)
    expect(reader.news).to_contain_text("This page has changed: Resolved: Card payments")


def test_a_stale_copy_of_the_page_tells_what_the_api_says(meet: Meet) -> None:
    reader = meet([RESOLVED])
    reader.host.files[SUMMARY] = files_of(site_of([OPEN]))[SUMMARY]
    reader.open()
    expect(reader.news).to_contain_text("This page has changed: ")
    expect(reader.news).to_contain_text("Card payments fail for <some> customers & shops")
    reader.wait(2)
    expect(reader.tab.get_by_role("button", name="Show the new version")).to_have_count(1)


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        (3, "This page has changed: All systems operational – Acme status"),
        (1, "This page has changed."),
    ],
)
def test_in_another_language_only_that_languages_page_is_quoted(
    browser: Browser, published: int, expected: str
) -> None:
    host = Host(files_of(*sites_of([OPEN]), parts=shared_parts), now=NOW)
    reader = Reader(browser.new_context(timezone_id="Asia/Tokyo"), host)
    reader.open("/de/index.html")
    later = sites_of([FIXED], now=at("2026-11-21 12:10"))
    host.files.update(files_of(*later[:published], parts=shared_parts))
    reader.wait(2)
    expect(reader.news).to_have_text(expected)
    assert reader.complaints == []
    reader.tab.context.close()
    host.close()


def test_checking_can_be_stopped_and_started_again(meet: Meet) -> None:
    reader = meet([OPEN])
    reader.open()
    reader.publish(site_of([FIXED], now=at("2026-11-21 12:10")))
    reader.wait(2)
    stop = reader.tab.get_by_role("button", name="Stop checking")
    stop.click()
    asked = reader.asked
    reader.wait(5)
    assert reader.asked == asked
    expect(stop).to_be_focused()
    with reader.tab.expect_request("**/summary.json"):
        stop.click()


def test_nothing_moves_the_focus(meet: Meet) -> None:
    reader = meet([OPEN])
    reader.open()
    reader.tab.keyboard.press("Tab")
    reader.publish(site_of([FIXED], now=at("2026-11-21 12:10")))
    reader.wait(2)
    expect(reader.news).not_to_be_empty()
    assert reader.tab.evaluate("document.activeElement.className") == "skip"


def test_a_page_out_of_sight_does_not_ask_and_asks_at_once_in_view(meet: Meet) -> None:
    see = """(state) => {
      const value = state === "hidden";
      Object.defineProperty(document, "hidden", { value, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }"""
    reader = meet([OPEN])
    reader.open()
    reader.tab.evaluate(see, "hidden")
    reader.tab.wait_for_timeout(100)
    asked = reader.asked
    reader.wait(30)
    assert reader.asked == asked
    with reader.tab.expect_request("**/summary.json"):
        reader.tab.evaluate(see, "visible")


def test_a_host_that_does_not_answer_is_asked_less_often(meet: Meet) -> None:
    reader = meet([OPEN])
    reader.open()
    del reader.host.files[SUMMARY]
    for _ in range(20):
        reader.wait(1)
    assert reader.asked <= 6
    expect(reader.news).to_be_empty()
    assert {"404" in one for one in reader.complaints} == {True}
    reader.complaints.clear()


# ── older than it should be ───────────────────────────────────────────────────────────────────


def test_a_page_that_was_not_renewed_says_so(meet: Meet) -> None:
    reader = meet([RESOLVED], now=at("2026-11-21 22:50"), zone="Europe/Berlin")
    reader.open()
    reader.wait(65)  # midnight in Berlin was 55 minutes ago
    expect(reader.stale).to_be_empty()
    reader.wait(10)
    expect(reader.stale).to_have_text(
        "This page should have been renewed on 22 Nov 2026, 00:00 your time. "
        "What it says may be out of date."
    )
    reader.publish(site_of([RESOLVED], now=at("2026-11-21 23:00")))
    reader.wait(2)
    expect(reader.stale).to_be_empty()


def test_a_page_that_only_pushes_renew_never_says_so(meet: Meet) -> None:
    pushed = replace(CONFIG, page=replace(CONFIG.page, stale_after=0))
    reader = meet([RESOLVED], config=pushed)
    reader.open()
    reader.wait(5000)
    expect(reader.stale).to_be_empty()


def test_a_page_of_any_age_is_not_stale_while_nothing_was_to_change(meet: Meet) -> None:
    reader = meet([RESOLVED], now=at("2026-11-20 23:30"))
    reader.host.now = at("2026-11-21 22:30")
    reader.open()
    reader.wait(2)
    expect(reader.stale).to_be_empty()


def test_an_old_copy_on_disk_says_that_it_may_be_out_of_date(
    browser: Browser, tmp_path: Path
) -> None:
    context = browser.new_context(timezone_id="Europe/Berlin")
    tab = context.new_page()
    complaints: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text))
    write(tmp_path, files_of(site_of(), below=""))
    tab.clock.install(time=NOW + timedelta(days=30))
    tab.goto((tmp_path / "index.html").as_uri())
    expect(tab.locator(".stale")).to_contain_text("may be out of date")
    expect(tab.locator(".live").first).to_contain_text("days ago")
    assert complaints == []
    context.close()


# ── everywhere ────────────────────────────────────────────────────────────────────────────────


def test_it_weighs_at_most_3_kb() -> None:
    assert len(gzip.compress((ROOT / "site-template" / "script.js").read_bytes(), mtime=0)) <= 3000


def test_no_page_complains_and_without_the_script_none_says_less(browser: Browser) -> None:
    site = site_of()
    files = files_of(site, below="/a/status/", parts=shared_parts)
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
    sites = sites_of([OPEN], now=now, languages=(ENGLISH, GERMAN, ARABIC))
    host = Host(files_of(*sites, parts=shared_parts), now=now)
    reader = Reader(browser.new_context(timezone_id="Asia/Tokyo"), host)
    reader.open(f"/{folder}index.html")
    since = reader.tab.locator("dl .live").first
    expect(since).to_contain_text(expected)
    assert since.evaluate("(node) => getComputedStyle(node).unicodeBidi") == "isolate"
    assert reader.complaints == []
    reader.tab.context.close()
    host.close()


def write(folder: Path, files: dict[str, bytes]) -> None:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
