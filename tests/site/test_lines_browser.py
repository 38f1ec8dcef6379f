"""Where lines end on a phone, and what keeps to one side: looked up in Chromium."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from acme_site import ARABIC, CONFIG, EVERYTHING, OPEN, RESOLVED, at, site_of, sites_of, whole_site
from playwright.sync_api import Browser, Page

from statusgen.languages.catalogues import read_language
from statusgen.model import Brand, Component, EmailList, Group, Objective, Subscribe
from statusgen.site.context import Site
from statusgen.site.markdown import render

pytestmark = pytest.mark.browser

BEGIN_WITH_A_DOT = """() => {
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text; (text = texts.nextNode()); ) {
    for (const { index } of text.data.matchAll(/·/g)) {
      const range = document.createRange();
      range.setStart(text, index);
      range.setEnd(text, index + 1);
      const dot = range.getBoundingClientRect();
      let block = text.parentElement;
      while (getComputedStyle(block).display === "inline") block = block.parentElement;
      const { left } = block.getBoundingClientRect();
      const indent = parseFloat(getComputedStyle(block).paddingLeft);
      if (dot.width && dot.left - left - indent < 2) found.push(block.textContent);
    }
  }
  return found;
}"""
TABLE = "| Region | Failing |\n|---|--:|\n| eu | 12 % |"
WIDE = f"""\
|{" Column |" * 7}
|{"---|" * 7}
|{" 1,200,300 |" * 6} the provider has told us that it is at work on it |"""


def written(site: Site, root: Path) -> Path:
    for path, content in whole_site(site).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    return root


def told(text: str) -> Site:
    newest = OPEN.updates[-1]._replace(text=text)
    site = site_of([OPEN._replace(updates=(*OPEN.updates[:-1], newest))])
    return replace(site, markdown=lambda text: render(text).html)


def box(tab: Page, place: str) -> tuple[float, float, float]:
    """Return the left, the right and the height of the last element there."""
    found = tab.locator(place).last.bounding_box()
    assert found is not None
    return found["x"], found["x"] + found["width"], found["height"]


def test_no_line_begins_with_what_parts_it_from_the_line_before(
    browser: Browser, tmp_path: Path
) -> None:
    components = [one._replace(uptime=Objective(objective=99.95)) for one in CONFIG.components]
    signed = OPEN._replace(updates=tuple(one._replace(author="Ann") for one in OPEN.updates))
    config = CONFIG._replace(components=tuple(components))
    root = written(site_of([*EVERYTHING[1:], signed], config), tmp_path)
    tab = browser.new_page(java_script_enabled=False)
    kinds = ("", f"incidents/{OPEN.id}", f"incidents/{RESOLVED.id}", "components/checkout")
    for width in range(280, 420, 10):
        tab.set_viewport_size({"width": width, "height": 740})
        for kind in kinds:
            tab.goto((root / kind / "index.html").as_uri())
            assert tab.evaluate(BEGIN_WITH_A_DOT) == [], (kind, width)
    content = "getComputedStyle(one, '::before').content"
    for one in tab.locator(".dots > span").all():
        assert one.evaluate(f"one => {content}") == "none"
    tab.close()


def test_a_column_is_aligned_as_its_colon_says(browser: Browser, tmp_path: Path) -> None:
    root = written(told(TABLE), tmp_path)
    tab = browser.new_page()
    tab.goto((root / "index.html").as_uri())
    aligned = [
        one.evaluate("one => getComputedStyle(one).textAlign")
        for one in tab.locator(".latest :is(th, td)").all()
    ]
    tab.close()
    assert aligned == ["start", "right"] * 2


def test_a_wide_table_is_scrolled_and_not_piled_up(browser: Browser, tmp_path: Path) -> None:
    root = written(told(WIDE), tmp_path)
    tab = browser.new_page(viewport={"width": 360, "height": 740})
    tab.goto((root / "index.html").as_uri())
    _, _, height = box(tab, ".latest tbody tr")
    tab.close()
    assert height < 120


def test_tables_begin_and_end_at_the_edges_of_the_text_in_both_directions(
    browser: Browser, tmp_path: Path
) -> None:
    tab = browser.new_page(viewport={"width": 360, "height": 740})
    for site in sites_of(languages=(ARABIC,)), [site_of()]:
        root = written(site[0], tmp_path / site[0].language.code)
        tab.goto((root / "components/checkout/index.html").as_uri())
        start, end = "paddingInlineStart", "paddingInlineEnd"
        first, last = tab.locator(".periods th").first, tab.locator(".periods td").last
        assert first.evaluate(f"one => getComputedStyle(one).{start}") == "0px"
        assert first.evaluate(f"one => getComputedStyle(one).{end}") == "12px"
        assert last.evaluate(f"one => getComputedStyle(one).{end}") == "0px"
    tab.close()


def test_what_wraps_in_a_folded_group_hangs_beside_its_mark(
    browser: Browser, tmp_path: Path
) -> None:
    group = Group("payments", "Rechtsschutzversicherungsdatenverarbeitung Nord")
    many = tuple(Component(f"c{number}", f"C {number}", group="payments") for number in range(60))
    config = CONFIG._replace(components=many, groups=(group,), layout=("payments",))
    root = written(site_of([], config), tmp_path)
    tab = browser.new_page(viewport={"width": 360, "height": 740})
    tab.goto((root / "index.html").as_uri())
    row, name, state = (box(tab, f"summary.row{part}") for part in ("", " h3", " .state"))
    tab.close()
    assert name[0] == state[0] == row[0] + 20
    assert row[2] < name[2] + state[2] + 24


def test_the_months_of_a_component_fit_the_narrowest_phone_in_german(
    browser: Browser, tmp_path: Path
) -> None:
    long = OPEN._replace(started=at("2026-11-20 14:55"), updates=OPEN.updates[:1])
    site = replace(site_of([long]), language=read_language("de"))
    root = written(site, tmp_path)
    tab = browser.new_page(viewport={"width": 320, "height": 640})
    tab.goto((root / "components/checkout/index.html").as_uri())
    assert "21 Std. 5 Min." in tab.locator(".year").inner_text()
    assert tab.evaluate("document.documentElement.scrollWidth") <= 320
    tab.close()


def test_on_paper_headings_stay_with_what_follows_and_a_dark_logo_on_its_ground(
    browser: Browser, tmp_path: Path
) -> None:
    logos = Brand(logo="brand/light.svg", logo_dark="brand/dark.svg")
    site = site_of(config=CONFIG._replace(brand=logos))
    root = written(
        replace(site, assets=dict.fromkeys((logos.logo, logos.logo_dark), b"")), tmp_path
    )
    tab = browser.new_page(java_script_enabled=False)
    tab.goto((root / f"incidents/{OPEN.id}/index.html").as_uri())
    tab.emulate_media(media="print", color_scheme="dark")
    for place, name, expected in (
        ("h2#updates", "breakAfter", "avoid"),
        (".updates > li", "breakInside", "auto"),
        (".brand picture", "backgroundColor", "rgb(22, 22, 21)"),
    ):
        found = tab.locator(place).first
        assert found.evaluate(f"one => getComputedStyle(one).{name}") == expected, place
    tab.close()


def test_a_long_name_has_a_line_of_its_own(browser: Browser, tmp_path: Path) -> None:
    name = "Rechtsschutzversicherungsdatenverarbeitung"
    components = [one._replace(name=name) for one in CONFIG.components]
    root = written(site_of(config=CONFIG._replace(components=tuple(components))), tmp_path)
    tab = browser.new_page(viewport={"width": 360, "height": 740})
    tab.goto((root / "index.html").as_uri())
    left, right, height = box(tab, ".components .name")
    tab.close()
    assert right - left > 300
    assert height < 60


def test_names_stand_in_the_order_of_the_page_whatever_the_first_ones_script(
    browser: Browser, tmp_path: Path
) -> None:
    names = {"api": "الدفع", "checkout": "Checkout"}
    components = [one._replace(name=names.get(one.id, one.name)) for one in CONFIG.components]
    both = OPEN._replace(components=tuple(reversed(OPEN.components)))
    root = written(site_of([both], CONFIG._replace(components=tuple(components))), tmp_path)
    tab = browser.new_page()
    tab.goto((root / "history/2026-11/index.html").as_uri())
    found = tab.locator(".dots bdi").first
    assert found.evaluate("one => getComputedStyle(one).direction") == "ltr"
    tab.close()


def test_the_form_fits_a_phone_with_letters_of_double_size(
    browser: Browser, tmp_path: Path
) -> None:
    form = EmailList(action="https://lists.acme.example/add", field="EMAIL")
    root = written(site_of(config=CONFIG._replace(subscribe=Subscribe(form))), tmp_path)
    tab = browser.new_page(viewport={"width": 360, "height": 740})
    letters = tab.context.new_cdp_session(tab)
    letters.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    tab.goto((root / "subscribe/index.html").as_uri())
    assert box(tab, "input")[1] <= 360
    tab.close()
