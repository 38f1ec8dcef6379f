"""script.js in Chromium: what it says of newer versions, and of pages that are old."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from acme_site import (
    CONFIG,
    NOW,
    OPEN,
    RESOLVED,
    RUNNING,
    at,
    every_part,
    site_of,
    sites_of,
    update,
)
from playwright.sync_api import Browser, expect
from script_readers import (
    CARDS,
    FIXED,
    SUMMARY,
    Meet,
    Reader,
    files_of,
    write,
)
from served import Host

from statusgen.model import Status

pytestmark = pytest.mark.browser


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


def test_a_stale_copy_of_an_open_incident_is_noticed_too(meet: Meet) -> None:
    reader = meet([OPEN])
    reader.open(CARDS)
    expect(reader.news).to_be_empty()
    later = files_of(site_of([FIXED], now=at("2026-11-21 12:10")))
    reader.host.files[SUMMARY] = later[SUMMARY]
    reader.tab.reload()
    expect(reader.news).to_have_text("This page has changed: All systems operational")
    reader.host.files[CARDS] = later[CARDS]
    reader.tab.reload()
    expect(reader.news).to_be_empty()


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
    host = Host(files_of(*sites_of([OPEN]), parts=every_part), now=NOW)
    reader = Reader(browser.new_context(timezone_id="Asia/Tokyo"), host)
    reader.open("/de/index.html")
    later = sites_of([FIXED], now=at("2026-11-21 12:10"))
    host.files.update(files_of(*later[:published], parts=every_part))
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
        "This page has not been renewed, and what it says may be out of date."
    )
    expect(reader.tab.locator(".stale")).to_contain_text("It was due 1 hour ago.")
    reader.publish(site_of([RESOLVED], now=at("2026-11-21 23:00")))
    reader.wait(2)
    expect(reader.stale).to_be_empty()


def test_a_page_that_only_pushes_renew_never_says_so(meet: Meet) -> None:
    pushed = CONFIG._replace(page=CONFIG.page._replace(stale_after=0))
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
