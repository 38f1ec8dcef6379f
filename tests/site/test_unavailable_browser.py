"""503.html in Chromium: from disk without a network, and on the product's host with one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from acme_site import CONFIG, NOW, OPEN, RESOLVED, by_path, site_of
from playwright.sync_api import Browser, Page, expect
from served import Host

from statusgen.model import Incident
from statusgen.site.hosting.unavailable import render_unavailable

pytestmark = pytest.mark.browser

DATA = "/api/statusgen/v1/summary.json"
UNKNOWN = "Unknown right now"
SOON = "2099-01-01T00:00:00Z"


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture
def hosts() -> Iterator[list[Host]]:
    found: list[Host] = []
    yield found
    for host in found:
        host.close()


def answer(text: str, state: str, next_change: str | None = SOON) -> bytes:
    told: dict[str, Any] = {"headline": {"text": text, "state": state}}
    return json.dumps({**told, "next_change_at": next_change}).encode()


def page_for(url: str, *incidents: Incident) -> bytes:
    config = CONFIG._replace(page=CONFIG.page._replace(url=url))
    return by_path(render_unavailable(site_of(incidents, config)))["503.html"]


def visit(tab: Page, hosts: list[Host], content: bytes | None, incident: Incident = OPEN) -> None:
    """Open the page on the product's host while the status page's host says `content`."""
    status = Host({} if content is None else {DATA: content})
    port = status.url.rpartition(":")[2]
    product = Host({"/cart": page_for(f"http://status.acme.test:{port}", incident)})
    hosts.extend((status, product))
    tab.goto(f"{product.url.replace('127.0.0.1', 'shop.acme.test')}/cart")


def test_from_disk_without_a_network_it_tells_what_was_known_and_how_long_ago(
    tab: Page, tmp_path: Path
) -> None:
    file = tmp_path / "503.html"
    file.write_bytes(page_for("https://status.acme.example", OPEN))
    tab.context.set_offline(True)
    tab.clock.install(time=NOW.replace(hour=13, minute=20))
    tab.goto(file.as_uri())
    expect(tab.locator("#live .state")).to_have_text(UNKNOWN)
    expect(tab.locator("#last")).to_contain_text(OPEN.title)
    expect(tab.locator("#age")).to_have_text(" (3 hours ago)")
    expect(tab.get_by_role("link", name="status.acme.example")).to_be_visible()


def test_without_a_script_it_is_whole(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "503.html"
    file.write_bytes(page_for("https://status.acme.example", OPEN))
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())
    expect(page.locator("#live")).to_be_hidden()
    expect(page.locator("#last .state")).to_have_text(OPEN.title)
    context.close()


def test_it_shows_what_the_status_page_says_now(tab: Page, hosts: list[Host]) -> None:
    visit(tab, hosts, answer("Major outage: API", "major_outage"))
    expect(tab.locator("#live .state")).to_have_text("Major outage: API")
    expect(tab.locator("#live .state")).to_have_class("state major_outage")
    expect(tab.locator("#last")).to_be_hidden()


def test_it_admits_that_the_status_page_may_not_know_of_this_yet(
    tab: Page, hosts: list[Host]
) -> None:
    visit(tab, hosts, answer("All systems operational", "operational"))
    expect(tab.locator("#live")).to_contain_text("may not be known there yet")


@pytest.mark.parametrize(
    "content",
    [
        None,
        b"<html>",
        b"{}",
        b"null",
        answer("", "operational"),
        answer("All systems operational", "operational", "2026-01-01T00:00:00Z"),
        b'{"headline": {"text": "All systems operational", "state": "operational"}}',
    ],
    ids=["missing", "no JSON", "empty", "null", "silent", "old", "without a moment"],
)
def test_an_answer_that_is_missing_or_old_is_unknown_and_never_well(
    content: bytes | None, tab: Page, hosts: list[Host]
) -> None:
    visit(tab, hosts, content, RESOLVED)
    expect(tab.locator("#live .state")).to_have_text(UNKNOWN)
    expect(tab.locator("#live .state")).to_have_class("state unknown")
    assert "operational" not in tab.locator("body").inner_text().lower()


def test_a_host_that_never_answers_is_given_up(tab: Page, hosts: list[Host]) -> None:
    tab.route("**/summary.json", lambda _: None)
    tab.clock.install()
    visit(tab, hosts, b"{}")
    tab.clock.run_for(10_000)
    expect(tab.locator("#live .state")).to_have_text(UNKNOWN)


def test_what_the_status_page_says_is_text(tab: Page, hosts: list[Host]) -> None:
    visit(tab, hosts, answer("<img src=x onerror=alert(1)>", "x y"))
    expect(tab.locator("#live .state")).to_have_text("<img src=x onerror=alert(1)>")
    expect(tab.locator("#live .state")).to_have_class("state unknown")


def test_a_look_at_it_on_this_machine_asks_nobody_outside(tab: Page, hosts: list[Host]) -> None:
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    host = Host({"/503.html": page_for("https://status.acme.example", OPEN)})
    hosts.append(host)
    tab.goto(f"{host.url}/503.html")
    expect(tab.locator("#live .state")).to_have_text(UNKNOWN)
    assert [url for url in asked if not url.startswith("data:")] == [f"{host.url}/503.html"]
