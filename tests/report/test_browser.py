"""The page of a report in a browser: narrow windows, paper, light and dark."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from acme_site import site_of

from statusgen.languages.catalogues import read_language
from statusgen.report import parse_period, report_of
from statusgen.report.as_html import as_html

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


def page_in(code: str) -> str:
    site = replace(site_of(), language=read_language(code))
    asked = parse_period("2026-Q2", site.today).asked
    assert asked is not None
    return as_html(site, report_of(site.history, asked)).decode()


@pytest.mark.parametrize("code", ["en", "de", "ar"])
def test_a_narrow_window_does_not_scroll_sideways_and_nothing_is_refused(
    browser: Browser, code: str
) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 600})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.set_content(page_in(code))
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert said == []
    page.close()


def test_paper_is_white_whatever_the_screen_is(browser: Browser) -> None:
    page = browser.new_page(color_scheme="dark")
    page.set_content(page_in("en"))
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgba(0, 0, 0, 0)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(31, 29, 26)"
    page.close()


def test_the_key_figures_stand_on_one_line_whatever_is_said_below_them(browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 794, "height": 1000})
    page.set_content(page_in("en"))
    page.locator(".keys dd > span").first.evaluate(
        "one => { one.textContent = 'long '.repeat(60) }"
    )
    tops = {one.evaluate("one => one.offsetTop") for one in page.locator(".keys strong").all()[:3]}
    assert len(tops) == 1
    page.close()
