"""The scripts of embed/ on a page of another origin, in Chromium."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pytest
from acme_site import CONFIG, NOW, OPEN, RESOLVED, RUNNING, UPCOMING, by_path, site_of, update
from playwright.sync_api import Browser, Page, expect
from served import Host

from statusgen.model import PUBLIC, Affected, Incident, Status
from statusgen.site.api.v1 import render_api_v1
from statusgen.site.embeds.embed import render_embed
from statusgen.timeline.history import derive

pytestmark = pytest.mark.browser

Open = Callable[..., Page]


def files_of(incidents: Sequence[Incident], audience: str = PUBLIC) -> dict[str, bytes]:
    history = derive(CONFIG, tuple(incidents), NOW, audience=audience)
    site = replace(site_of(), history=history, audience=audience)
    made = by_path((*render_embed(site), *render_api_v1(site)))
    return {f"/{path}": content for path, content in made.items()}


@pytest.fixture
def hosts() -> Iterator[list[Host]]:
    """Yield the list of hosts that are open: the status page's, then the shop's."""
    found: list[Host] = []
    yield found
    for host in found:
        host.close()


@pytest.fixture
def visit(browser: Browser, hosts: list[Host]) -> Iterator[Open]:
    """Return a function that opens a customer's page with one of our scripts in it."""
    context = browser.new_context()

    def visit(
        incidents: Sequence[Incident], script: str, attributes: str = "", audience: str = PUBLIC
    ) -> Page:
        status = Host(files_of(incidents, audience))
        source = f"{status.url}/embed/{script}"
        tag = f'<!doctype html><title>Shop</title><script src="{source}" {attributes}></script>'
        shop = Host(
            {"/": f"{tag}<p>The shop</p><div id='news'></div>".encode()},
            policy=f"script-src {source}",
        )
        hosts.extend((status, shop))
        page = context.new_page()
        page.goto(shop.url)
        return page

    yield visit
    context.close()


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
    expect(banner.get_by_role("link")).to_have_text(f"\N{HEAVY MULTIPLICATION X} {title}")
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


def newer(incident: Incident) -> Incident:
    """Return an incident with one update more."""
    later = update(incident.id, Status.IDENTIFIED, "2026-11-21 11:30", "We know why.")
    return incident._replace(updates=(*incident.updates, later))


@pytest.mark.parametrize("script", ["banner.js", "script.js"])
def test_what_was_dismissed_stays_so_until_the_next_update(
    script: str, visit: Open, hosts: list[Host]
) -> None:
    page = visit([OPEN], script)
    inside = page.frame_locator("iframe") if script == "script.js" else page
    shown = page.locator("iframe") if script == "script.js" else page.get_by_role("status")
    inside.get_by_role("button", name="Dismiss").click()
    expect(shown).to_be_hidden()
    page.reload()
    page.wait_for_timeout(300)
    expect(shown).to_be_hidden()
    hosts[0].files.update(files_of([newer(OPEN)]))
    page.reload()
    expect(shown).to_be_visible()


def test_the_banner_is_about_the_components_that_are_asked_for(visit: Open) -> None:
    page = visit([OPEN], "banner.js", 'data-components="refunds, api"')
    expect(page.get_by_role("status")).to_be_visible()
    page = visit([OPEN], "banner.js", 'data-components="refunds"')
    page.wait_for_timeout(200)
    expect(page.get_by_role("status")).to_have_count(0)


def test_a_product_names_groups_as_well(visit: Open) -> None:
    assert OPEN.components[0].component == "checkout"
    page = visit([OPEN], "banner.js", 'data-components="billing payments"')
    expect(page.get_by_role("status")).to_be_visible()


def test_what_names_no_component_concerns_every_product(visit: Open) -> None:
    general = OPEN._replace(components=(), updates=OPEN.updates[:1])
    page = visit([general], "banner.js", 'data-components="refunds"')
    expect(page.get_by_role("status")).to_be_visible()


def test_a_product_may_say_later_what_it_uses(visit: Open) -> None:
    page = visit([OPEN], "banner.js", 'data-components="refunds"')
    page.wait_for_timeout(200)
    expect(page.get_by_role("status")).to_have_count(0)
    page.clock.install()
    page.reload()
    page.evaluate("document.querySelector('script').dataset.components = 'refunds checkout'")
    page.clock.run_for(61_000)
    expect(page.get_by_role("status")).to_be_visible()


def test_what_affects_others_does_not_hide_what_affects_this_product(visit: Open) -> None:
    running = RUNNING._replace(components=(Affected("refunds"),))
    page = visit([OPEN, running], "banner.js", 'data-components="refunds"')
    expect(page.get_by_role("status")).to_contain_text(RUNNING.title)


def test_what_is_internal_shows_only_in_products_that_ask_for_it(visit: Open) -> None:
    internal = OPEN._replace(audience="internal")
    page = visit([internal], "banner.js", audience="internal")
    page.wait_for_timeout(200)
    expect(page.get_by_role("status")).to_have_count(0)
    page = visit([internal], "banner.js", 'data-audience="internal"', audience="internal")
    expect(page.get_by_role("status")).to_be_visible()


def test_of_several_open_incidents_the_banner_shows_the_worst(visit: Open) -> None:
    later = update("vague", Status.INVESTIGATING, "2026-11-21 11:30", "We look into it.")
    page = visit([Incident("vague", "Something is odd", updates=(later,)), OPEN], "banner.js")
    banner = page.get_by_role("status")
    expect(banner).to_contain_text(OPEN.title)
    banner.get_by_role("button", name="Dismiss").click()
    expect(banner).to_contain_text("Something is odd")


def test_behind_what_was_dismissed_stands_what_else_is_open(visit: Open) -> None:
    page = visit([OPEN, RUNNING], "banner.js")
    banner = page.get_by_role("status")
    expect(banner).to_contain_text(OPEN.title)
    banner.get_by_role("button", name="Dismiss").click()
    expect(banner).to_contain_text(RUNNING.title)
    page.reload()
    expect(banner).to_contain_text(RUNNING.title)


def test_the_banner_shows_maintenance_only_while_it_runs(visit: Open) -> None:
    expect(visit([RUNNING], "banner.js").get_by_role("status")).to_contain_text(RUNNING.title)
    page = visit([UPCOMING], "banner.js")
    page.wait_for_timeout(200)
    expect(page.get_by_role("status")).to_have_count(0)


def test_the_banner_stands_where_it_is_told_to_and_says_dismiss_in_other_words(
    visit: Open,
) -> None:
    page = visit([OPEN], "banner.js", 'data-into="news" data-dismiss="Schliessen"')
    banner = page.locator("#news").get_by_role("status")
    expect(banner.get_by_role("button", name="Schliessen")).to_be_visible()


def test_the_banner_can_be_dismissed_from_the_keyboard(visit: Open) -> None:
    page = visit([OPEN], "banner.js")
    expect(page.get_by_role("status")).to_be_visible()
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_count(0)


def test_the_banner_leaves_a_page_alone_whose_status_page_is_gone(
    visit: Open, hosts: list[Host]
) -> None:
    page = visit([OPEN], "banner.js")
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    del hosts[0].files["/api/statusgen/v1/summary.json"]
    page.reload()
    page.wait_for_timeout(300)
    expect(page.get_by_text("The shop")).to_be_visible()
    assert errors == []
