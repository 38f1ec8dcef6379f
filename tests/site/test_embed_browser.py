"""The scripts of embed/ on a page of another origin, in Chromium."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence

import pytest
from acme_site import CONFIG, OPEN, RESOLVED, by_path, site_of
from playwright.sync_api import Browser, Page, expect, sync_playwright
from served import Host

from statusgen.model import Incident
from statusgen.site.api_v1 import render_api_v1
from statusgen.site.embed import render_embed

pytestmark = pytest.mark.browser

Open = Callable[[Sequence[Incident], str], Page]


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
def visit(browser: Browser) -> Iterator[Open]:
    """Return a function that opens a customer's page with one of our scripts in it."""
    hosts: list[Host] = []
    context = browser.new_context()

    def visit(incidents: Sequence[Incident], script: str) -> Page:
        site = site_of(incidents)
        made = by_path((*render_embed(site), *render_api_v1(site)))
        status = Host({f"/{path}": content for path, content in made.items()})
        tag = (
            f'<!doctype html><title>Shop</title><script src="{status.url}/embed/{script}"></script>'
        )
        shop = Host({"/": f"{tag}<p>The shop</p>".encode()})
        hosts.extend((status, shop))
        page = context.new_page()
        page.goto(shop.url)
        return page

    yield visit
    context.close()
    for host in hosts:
        host.close()


def test_the_box_comes_into_view_while_an_incident_is_open(visit: Open) -> None:
    page = visit([OPEN], "script.js")
    box = page.locator("iframe")
    expect(box).to_be_in_viewport()
    expect(box.content_frame.get_by_role("heading")).to_have_text(OPEN.title)
    box.content_frame.get_by_role("button", name="Dismiss").click()
    expect(box).to_be_hidden()


def test_the_box_stays_out_of_sight_while_nothing_is_wrong(visit: Open) -> None:
    page = visit([RESOLVED], "script.js")
    frame = page.frame_locator("iframe").locator("h1")
    expect(frame).to_have_text(CONFIG.page.name)
    expect(page.locator("iframe")).to_be_hidden()


def test_the_box_listens_to_its_own_frame_only(visit: Open) -> None:
    page = visit([RESOLVED], "script.js")
    expect(page.frame_locator("iframe").locator("h1")).to_have_text(CONFIG.page.name)
    page.evaluate('() => window.postMessage({action: "showFrame"}, "*")')
    page.wait_for_timeout(100)
    expect(page.locator("iframe")).to_be_hidden()


def test_the_banner_shows_a_title_as_text_and_can_be_dismissed(visit: Open) -> None:
    title = "<img src=x onerror=alert(1)> & more"
    page = visit([OPEN._replace(title=title)], "banner.js")
    banner = page.get_by_role("status")
    expect(banner.get_by_role("link")).to_have_text(title)
    expect(banner.locator("img")).to_have_count(0)
    banner.get_by_role("button", name="Dismiss").click()
    expect(banner).to_have_count(0)
    page.reload()
    page.wait_for_timeout(200)
    expect(banner).to_have_count(0)


def test_there_is_no_banner_while_nothing_is_wrong(visit: Open) -> None:
    page = visit([RESOLVED], "banner.js")
    page.wait_for_timeout(200)
    expect(page.get_by_role("status")).to_have_count(0)
    expect(page.get_by_text("The shop")).to_be_visible()
