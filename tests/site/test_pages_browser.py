"""The pages in Chromium, opened from disk: styled, without scripts, without sideways scrolling."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from acme_site import CONFIG, EVERYTHING, OPEN, UNREADABLE, site_of, whole_site
from busy_site import busy_site
from playwright.sync_api import Browser

from statusgen.site.context import Site
from statusgen.site.markdown import render
from statusgen.site.pages.front_page import render_front_page

pytestmark = pytest.mark.browser

TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a whole site."""
    root = tmp_path_factory.mktemp("site")
    long = "x" * 200
    incidents = [
        one._replace(title=f"{one.title} {long}", summary=long) for one in (*EVERYTHING, UNREADABLE)
    ]
    return written(site_of(incidents), root)


def written(site: Site, root: Path) -> Path:
    for path, content in whole_site(site).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    return root


def test_every_page_is_styled_from_disk_and_fits_a_narrow_window(
    browser: Browser,
    folder: Path,
) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=True)
    tab = context.new_page()
    complaints: list[str] = []
    tab.on("console", lambda message: complaints.append(f"{tab.url}: {message.text}"))
    for path in sorted(folder.rglob("*.html")):
        if path.relative_to(folder).parts[0] in {"503.html", "embed", "hosting"}:
            continue
        tab.goto(path.as_uri())
        assert tab.evaluate("getComputedStyle(document.body).margin") == "0px", path
        assert tab.evaluate(TOO_WIDE) <= 0, path
    context.close()
    assert complaints == []


def test_a_reader_without_a_mouse_can_skip_to_the_content(browser: Browser, folder: Path) -> None:
    tab = browser.new_page()
    tab.goto((folder / "index.html").as_uri())
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "Skip to the content"
    box = tab.locator(".skip").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    tab.close()


def test_a_phones_first_screen_says_what_since_when_and_when_there_is_news(
    browser: Browser,
) -> None:
    ((_, content),) = render_front_page(busy_site(20, 4))
    tab = browser.new_page(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    tab.set_content(content.decode())
    ends = [
        tab.locator(".answer").locator(place).first.bounding_box()
        for place in (
            "p.state",
            "h1",
            "text=Since",
            "text=Affects",
            "text=Next update",
            "div:has-text('Next update') > dd",
        )
    ]
    tab.close()
    assert all(box is not None and box["y"] + box["height"] <= 740 for box in ends)


@pytest.mark.parametrize("is_open", [True, False])
def test_months_are_filtered_without_a_script(
    browser: Browser, folder: Path, *, is_open: bool
) -> None:
    tab = browser.new_page(java_script_enabled=False)
    tab.goto((folder / "history/2026-11/index.html").as_uri())
    if not is_open:
        tab.get_by_label("Incidents").uncheck()
    shown = tab.locator(".lines > .incident").first.is_visible()
    assert shown is is_open
    assert tab.locator(".lines > .maintenance").first.is_visible()
    tab.close()


def test_a_narrow_window_with_letters_of_double_size_has_no_sideways_scrolling(
    browser: Browser, folder: Path
) -> None:
    tab = browser.new_page(viewport={"width": 360, "height": 740})
    letters = tab.context.new_cdp_session(tab)
    letters.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    for kind in ("", "history/", "uptime/", "maintenance/", "subscribe/", "components/api/"):
        tab.goto((folder / kind / "index.html").as_uri())
        assert tab.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
        assert tab.evaluate(TOO_WIDE) <= 0, kind
    tab.close()


def test_a_list_in_an_update_keeps_its_distance_on_every_page(
    browser: Browser, tmp_path: Path
) -> None:
    newest = OPEN.updates[-1]._replace(text="- one\n  - two\n\nThen words.")
    site = site_of([OPEN._replace(updates=(*OPEN.updates[:-1], newest))])
    root = written(replace(site, markdown=lambda text: render(text).html), tmp_path)
    tab = browser.new_page()
    looks = []
    for path in ("index.html", f"incidents/{OPEN.id}/index.html"):
        tab.goto((root / path).as_uri())
        outer, inner = tab.locator("main ul:has(> li > ul)"), tab.locator("main ul > li > ul > li")
        looks.append(
            [
                outer.last.evaluate("one => getComputedStyle(one).marginBottom"),
                outer.last.evaluate("one => getComputedStyle(one).listStyleType"),
                inner.last.evaluate("one => getComputedStyle(one.parentElement).marginBottom"),
                inner.last.evaluate("one => getComputedStyle(one).listStyleType"),
            ]
        )
    tab.close()
    assert looks == [["16px", "disc", "0px", "circle"]] * 2


def test_words_keep_their_room_in_deep_lists_wide_tables_and_beside_long_names(
    browser: Browser, tmp_path: Path
) -> None:
    deep = "\n".join("  " * level + "- words that wrap" for level in range(6))
    table = "|" + " a |" * 12 + "\n|" + "---|" * 12 + "\n|" + " value of a column |" * 12
    newest = OPEN.updates[-1]._replace(text=f"{deep}\n\n{table}")
    names = tuple(one._replace(name=one.name + " long" * 25) for one in CONFIG.components)
    site = site_of(
        [OPEN._replace(updates=(*OPEN.updates[:-1], newest))], CONFIG._replace(components=names)
    )
    root = written(replace(site, markdown=lambda text: render(text).html), tmp_path)
    tab = browser.new_page()
    for path, width, place, least in (
        ("index.html", 320, ".latest li li li li li li", 90),
        ("index.html", 768, ".latest td", 40),
        ("components/api/index.html", 768, "dl.facts dd", 300),
    ):
        tab.set_viewport_size({"width": width, "height": 740})
        tab.goto((root / path).as_uri())
        boxes = [one.bounding_box() for one in tab.locator(place).all()]
        assert boxes, place
        assert all(box is not None and box["width"] >= least for box in boxes), place
    tab.close()
