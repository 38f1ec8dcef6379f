"""The forms of a report: safe in a spreadsheet, in Markdown, on a terminal and on a page."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import datetime
from typing import Any

import cmarkgfm
import pytest
from acme_site import CONFIG, EVERYTHING, RESOLVED, ROOT, site_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree, html
from strategies import incidents, moments

from statusgen.languages.catalogues import read_language, translated_languages
from statusgen.model import Incident
from statusgen.report import Report, parse_period, report_of
from statusgen.report.as_csv import COLUMNS, as_csv
from statusgen.report.as_html import as_html
from statusgen.report.as_json import as_json
from statusgen.report.as_markdown import as_markdown
from statusgen.report.as_text import COLUMNS as WIDEST
from statusgen.report.as_text import LINES, as_text
from statusgen.report.columns import width
from statusgen.report.forms import FORMS, Order, written
from statusgen.site.context import Site

NOW = datetime.fromisoformat("2026-11-21T12:00Z")


def made(site: Site, period: str = "2026") -> Report:
    asked = parse_period(period, site.today).asked
    assert asked is not None
    return report_of(site.history, asked)


def titled(title: str) -> Site:
    incident = RESOLVED._replace(title=title, cause=title, upstream=title)
    return site_of([incident])


def within(element: etree._Element, path: str) -> list[Any]:
    """Return what an XPath finds: elements or texts."""
    found = element.xpath(path)
    assert isinstance(found, list)
    return found


def rows_of(report: Report, table: str) -> list[dict[str, str]]:
    text = as_csv(report, table).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


# ── CSV ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"])
def test_no_cell_begins_a_formula(begin: str) -> None:
    title = f"{begin}HYPERLINK(1)"
    (row,) = rows_of(made(titled(title)), "incidents")
    assert row["title"] == f"'{title}"
    assert row["cause"] == f"'{title}"
    for table in COLUMNS:
        for cells in rows_of(made(titled(title)), table):
            assert not any(cell.startswith(begin) for cell in cells.values())


@pytest.mark.parametrize("title", ['Say "no", or; else', "Two\nlines", "Zürich 早 🚑", "'quoted'"])
def test_a_spreadsheet_reads_back_what_was_written(title: str) -> None:
    (row,) = rows_of(made(titled(title)), "incidents")
    assert row["title"] == title
    content = as_csv(made(titled(title)), "incidents")
    assert content.count(b"\r\n") == 2


def test_no_number_is_below_nought() -> None:
    components = tuple(
        one._replace(uptime=one.uptime._replace(objective=99.999)) for one in CONFIG.components
    )
    report = made(site_of(EVERYTHING, CONFIG._replace(components=components)))
    assert any(one.budget is not None and one.budget.left < 0 for one in report.components)
    for table in COLUMNS:
        assert b",-" not in as_csv(report, table)


def test_a_table_without_rows_has_its_columns() -> None:
    report = made(site_of([]))
    assert as_csv(report, "incidents").decode() == ",".join(COLUMNS["incidents"]) + "\r\n"


@pytest.mark.parametrize("table", COLUMNS)
def test_every_column_is_a_key_of_the_json(table: str) -> None:
    def has(value: object, keys: list[str]) -> bool:
        if not keys:
            return True
        return isinstance(value, dict) and keys[0] in value and has(value[keys[0]], keys[1:])

    rows = as_json(made(site_of()))[table]
    for column in COLUMNS[table]:
        if not column.startswith(("incidents_by_impact.", "budget.")):
            assert all(has(row, column.split(".")) for row in rows), column


def test_the_columns_are_documented() -> None:
    text = (ROOT / "docs/reports.md").read_text(encoding="utf-8")
    for table, columns in COLUMNS.items():
        listed = ", ".join(f"`{column}`" for column in columns)
        assert f"| `{table}` | {listed} |" in text


def test_the_keys_of_the_json_are_documented() -> None:
    text = (ROOT / "docs/reports.md").read_text(encoding="utf-8").partition("### JSON")[2]
    first = " ".join(re.findall(r"^\| (`.*?) \|", text, re.MULTILINE))
    assert set(re.findall(r"`(\w+)`", first)) == set(as_json(made(site_of())))


# ── Markdown ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "title",
    ["a | b", "<b>bold</b>", "[x](javascript:alert(1))", "*a* _b_ `c` ~~d~~", "# no\n| heading |"],
)
def test_a_title_is_text_in_markdown_whatever_it_holds(title: str) -> None:
    made_html = cmarkgfm.github_flavored_markdown_to_html(
        as_markdown(titled(title), made(titled(title)))
    )
    root = html.fromstring(made_html)
    assert (
        within(root, "//table//a[@href and not(starts-with(@href, 'https://status.acme'))]") == []
    )
    assert within(root, "//table//b | //table//em | //table//code | //table//del") == []
    names = [" ".join(one.text_content().split()) for one in within(root, "//table//a")]
    assert " ".join(title.split()) in names
    for table in within(root, "//table"):
        assert len({len(within(row, "./td | ./th")) for row in within(table, ".//tr")}) == 1


# ── a terminal ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("code", translated_languages())
def test_the_summary_is_one_screen_in_every_language(code: str) -> None:
    many = [RESOLVED._replace(id=f"till-{number}") for number in range(30)]
    components = tuple(
        CONFIG.components[0]._replace(
            id=f"c{number}", name=f"部品 {number} of a very long name " * 3
        )
        for number in range(20)
    )
    config = CONFIG._replace(components=components, layout=tuple(one.id for one in components))
    site = replace(site_of(many, config), language=read_language(code))
    lines = as_text(site, made(site)).split("\n")
    assert len(lines) <= LINES
    assert max(map(width, lines)) <= WIDEST


# ── a page ────────────────────────────────────────────────────────────────────────────────────


def test_the_page_asks_for_nothing_and_its_policy_allows_nothing_else() -> None:
    root = html.fromstring(as_html(site_of(), made(site_of())))
    assert within(root, "//script | //img | //link | //iframe | //@style | //@onclick") == []
    (policy,) = within(root, "//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")


def test_tables_have_captions_and_scopes() -> None:
    root = html.fromstring(as_html(site_of(), made(site_of())))
    for table in within(root, "//table"):
        assert within(table, "./caption")
        assert within(table, "./thead//th[not(@scope='col')]") == []
        assert within(table, "./tbody/tr[not(th[@scope='row'])]") == []


def test_a_title_is_text_on_the_page() -> None:
    site = titled("<script>alert(1)</script>")
    assert b"<script>" not in as_html(site, made(site))


WORD = re.compile(r"[A-Za-z]{3,}")


def test_the_page_has_no_english_but_the_authors() -> None:
    site = replace(site_of(), language=read_language("ja"))
    root = html.fromstring(as_html(site, made(site)))
    for one in within(root, "//style | //bdi[../@scope='row' or ../../@scope='row']"):
        one.text = ""
    own = {*WORD.findall(" ".join(one.title for one in EVERYTHING))}
    own |= {*WORD.findall(" ".join(one.name for one in CONFIG.components)), "Payments"}
    own |= {"statusgen", "statuspage", "Acme", "UTC", "CET", "CEST", "Europe", "Berlin"}
    assert set(WORD.findall(" ".join(within(root, "//text()")))) <= own


# ── any history ───────────────────────────────────────────────────────────────────────────────


@given(st.lists(incidents(), max_size=4, unique_by=lambda one: one.id), moments())
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_every_form_can_be_made_of_any_history(found: list[Incident], now: datetime) -> None:
    public = [one._replace(draft=False, audience="public", repeat="") for one in found]
    site = site_of(public, CONFIG, now)
    for period in ("30d", f"{now.year}", f"{now.year + 1}-01"):
        report = made(site, period)
        for form in FORMS:
            assert written(Order(site, report, form, "incidents"))
        json.dumps(as_json(report), allow_nan=False)
        assert sum(one.lost for one in report.vendors) == report.figures.lost
        assert sum(one.lost for one in report.causes) == report.figures.lost
        assert sum(one.incidents for one in report.causes) == len(report.incidents)


def test_ten_thousand_incidents_make_a_page_that_can_be_read() -> None:
    many = [RESOLVED._replace(id=f"till-{number}") for number in range(10_000)]
    site = site_of(many)
    report = made(site, "2026-05")
    assert report.figures.incidents == 10_000
    assert len(as_html(site, report)) < 300_000
    assert len(rows_of(report, "incidents")) == 10_000
