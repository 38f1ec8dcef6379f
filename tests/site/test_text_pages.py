from __future__ import annotations

import importlib.util
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from acme_site import CONFIG, OPEN, ROOT, by_path, site_of, whole_site

from statusgen.build import Order, build
from statusgen.cli.check import find_problems
from statusgen.content import pages_in
from statusgen.content.text_page import parse_text_page
from statusgen.model import Page, Place, TextPage
from statusgen.site.context import RESERVED, Site
from statusgen.site.lasting import records_by_incident
from statusgen.site.pages.front_page import render_front_page
from statusgen.site.pages.incident_pages import render_incident
from statusgen.site.pages.subscribe_page import render_pages
from statusgen.site.pages.text_pages import render_text_pages

PageRepository = Callable[[Mapping[str, str]], Path]

FAQ = TextPage("faq", "Questions & <answers>", "en", text="How?", label="FAQ", place=Place.HEADER)
TERMS = TextPage("terms", "Terms", "en", label="Terms")


def read(text: str) -> TextPage:
    page, problems = parse_text_page("pages/faq.md", text.encode(), "faq", "en")
    assert problems == ()
    return page


def with_pages(*pages: TextPage, page: Page = CONFIG.page) -> Site:
    return replace(site_of([OPEN], CONFIG._replace(page=page)), pages=pages)


def texts(site: Site) -> dict[str, str]:
    return {path: raw.decode() for path, raw in by_path(render_text_pages(site)).items()}


def test_a_page_is_its_front_matter_and_what_follows() -> None:
    page = read("---\ntitle: T\nnav: {label: L, place: header, order: 3}\n---\n\n## How?\n\nSo.\n")
    assert page == TextPage(
        *("faq", "T", "en", "pages/faq.md", "", "## How?\n\nSo."), "L", Place.HEADER, 3
    )


def test_without_navigation_the_foot_links_to_its_title() -> None:
    page = read("---\ntitle: T\n---\n")
    assert (page.label, page.place) == ("T", Place.FOOTER)


def test_a_page_without_a_readable_title_is_called_like_its_file() -> None:
    page, problems = parse_text_page("pages/our-terms.md", b"The terms", "our-terms", "en")
    assert (page.title, page.text) == ("Our terms", "The terms")
    assert [one.code for one in problems] == ["no-front-matter"]


def test_a_title_is_text_and_the_page_says_what_it_says() -> None:
    text = texts(with_pages(FAQ))["faq/index.html"]
    assert "<h1>Questions &amp; &lt;answers&gt;</h1>" in text
    assert "<p>How?</p>" in text


def test_head_and_foot_link_to_pages_at_their_places() -> None:
    hidden = TERMS._replace(id="hidden", label="Hidden", place=Place.NOWHERE)
    text = texts(with_pages(FAQ, TERMS, hidden))["faq/index.html"]
    head, _, foot = text.partition("<main")
    assert '<a href="../faq/index.html">FAQ</a>' in head
    assert '<a href="../terms/index.html">Terms</a>' in foot
    assert "Hidden" not in text


def test_open_incidents_link_to_the_page_called_faq() -> None:
    for pages, is_there in (((FAQ,), True), ((TERMS,), False)):
        site = with_pages(*pages)
        _, page = render_incident(site, records_by_incident(site)[0])
        front = by_path(render_front_page(site))["index.html"]
        for text in (page, front):
            assert ("Questions and answers" in text.decode()) is is_there


def test_every_site_has_an_accessibility_statement_with_the_contact() -> None:
    support = CONFIG.page._replace(support="mailto:help@acme.example")
    text = texts(with_pages(page=support))["accessibility/index.html"]
    assert text.count("mailto:help@acme.example") == 2
    assert '<a href="../accessibility/index.html">Accessibility</a>' in text


def test_a_statement_of_ones_own_takes_its_place() -> None:
    own = TERMS._replace(id="accessibility", title="Ours", label="Ours")
    found = texts(with_pages(own))
    assert list(found) == ["accessibility/index.html"]
    assert "<h1>Ours</h1>" in found["accessibility/index.html"]


def test_the_foot_of_a_page_that_answers_anywhere_links_absolutely() -> None:
    page = by_path(render_pages(with_pages(FAQ, TERMS)))["404.html"].decode()
    assert 'href="https://status.acme.example/terms/index.html"' in page
    assert 'href="terms/' not in page


def test_a_translation_stands_where_the_original_does() -> None:
    german = FAQ._replace(language="de", title="Fragen", label="Fragen", place=Place.FOOTER)
    (page, terms) = pages_in((FAQ, german, TERMS), "de", "en")
    assert (page.title, page.place) == ("Fragen", Place.HEADER)
    assert terms.language == "en"


def test_pages_stand_in_their_order_then_by_their_labels() -> None:
    one, two, three = (TERMS._replace(id=name, label=name) for name in ("b", "a", "c"))
    found = pages_in((one, two, three._replace(order=-1)), "en", "en")
    assert [page.id for page in found] == ["c", "a", "b"]


def test_what_the_site_has_at_its_top_cannot_be_the_name_of_a_page() -> None:
    tops = {path.partition("/")[0] for path in whole_site(site_of()) if "/" in path}
    assert tops <= RESERVED | {"incidents"}


def test_a_mistake_in_a_page_leaves_the_others_as_they_were(
    page_repository: PageRepository, now: datetime, tmp_path: Path
) -> None:
    root = page_repository(
        {
            "pages/good.md": "---\ntitle: Good\n---\n",
            "pages/bad.md": "---\ntitle: [\n---\nStill here.\n",
            "pages/api.md": "---\ntitle: Taken\n---\n",
        },
    )
    built = build(Order(str(root), str(tmp_path / "site"), now))
    assert {one.where.path for one in built.problems} == {"pages/bad.md", "pages/api.md"}
    assert (tmp_path / "site/good/index.html").is_file()
    assert "Still here." in (tmp_path / "site/bad/index.html").read_text("utf-8")


def test_the_folder_of_a_language_is_no_page_in_lower_case_either(
    page_repository: PageRepository, now: datetime
) -> None:
    config = "page: {name: Acme, url: https://status.acme.example, languages: [en, pt-BR]}\n"
    root = page_repository({"config.yml": config, "pages/pt-br.md": "---\ntitle: Brasil\n---\n"})
    assert [one.code for one in find_problems(str(root), now)] == ["name-taken"]


def test_a_page_of_ones_own_takes_the_place_of_the_accessibility_statement(
    page_repository: PageRepository, now: datetime, tmp_path: Path
) -> None:
    root = page_repository({"pages/accessibility.md": "---\ntitle: Ours\n---\n"})
    assert build(Order(str(root), str(tmp_path / "site"), now)).problems == ()
    assert "<h1>Ours</h1>" in (tmp_path / "site/accessibility/index.html").read_text("utf-8")


def test_the_tables_of_the_docs_are_those_of_the_definitions() -> None:
    spec = importlib.util.spec_from_file_location("write_pages", ROOT / "docs/write_pages.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    text = (ROOT / "docs/pages.md").read_text("utf-8")
    assert script.with_tables(text) == text, "run: python docs/write_pages.py"
