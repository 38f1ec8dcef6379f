from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from acme_site import GERMAN, NOTICE, OPEN, RESOLVED, UPCOMING, by_path, site_of
from lxml import html

from statusgen.model import Incident
from statusgen.site.lasting import incident_outputs, records_by_incident
from statusgen.site.pages.front_page import render_front_page
from statusgen.site.views.structured import LONGEST_ABOUT, shortened

URL = "https://status.acme.example/"


def page_of(incident: Incident) -> Any:  # noqa: ANN401 (lxml has no types for it)
    site = site_of([incident])
    made = by_path(incident_outputs(site, records_by_incident(site)))
    return html.fromstring(made[f"incidents/{incident.id}/index.html"])


def front_page(*incidents: Incident) -> Any:  # noqa: ANN401 (as above)
    site = site_of(incidents)
    return html.fromstring(by_path(render_front_page(site))["index.html"])


def data_of(page: Any) -> Any:  # noqa: ANN401 (JSON)
    (script,) = page.xpath("//script[@type='application/ld+json']")
    return json.loads(script.text)


def meta(page: Any, name: str) -> str:  # noqa: ANN401 (lxml has no types for it)
    (content,) = page.xpath(f"//meta[@property='{name}' or @name='{name}']/@content")
    return str(content)


def test_a_report_is_coverage_of_an_event_in_updates() -> None:
    report, way = data_of(page_of(RESOLVED))["@graph"]
    assert report["@type"] == "LiveBlogPosting"
    assert report["headline"] == RESOLVED.title
    assert report["coverageStartTime"] == "2026-05-02T08:00:00Z"
    assert report["coverageEndTime"] == "2026-05-02T09:00:00Z"
    assert report["dateModified"] == "2026-05-04T09:00:00Z"
    assert [one["headline"] for one in report["liveBlogUpdate"]] == [
        "Postmortem",
        "Resolved",
        "Monitoring",
        "Investigating",
    ]
    assert report["liveBlogUpdate"][0]["url"].startswith(f"{report['url']}#update-")
    assert [one["item"] for one in way["itemListElement"]] == [
        URL,
        f"{URL}history/",
        f"{URL}incidents/{RESOLVED.id}/",
    ]


def test_what_is_open_has_no_end() -> None:
    report, _ = data_of(page_of(OPEN))["@graph"]
    assert "coverageEndTime" not in report


def test_a_notice_covers_no_time() -> None:
    report, _ = data_of(page_of(NOTICE))["@graph"]
    assert "coverageStartTime" not in report


def test_a_recurring_maintenance_is_more_than_one_report() -> None:
    weekly = UPCOMING._replace(id="weekly", repeat="FREQ=WEEKLY")
    assert data_of(page_of(weekly))["@type"] == "BreadcrumbList"


def test_the_front_page_is_the_site() -> None:
    data = data_of(front_page())
    assert (data["@type"], data["url"], data["name"]) == ("WebSite", URL, "Acme status")


def test_no_title_can_leave_the_script() -> None:
    evil = OPEN._replace(title="</script><!--<script>alert(1)&amp;\u2028")
    report, _ = data_of(page_of(evil))["@graph"]
    assert report["headline"] == evil.title
    assert page_of(evil).xpath("count(//script[not(@src)])") == 1


def test_chats_are_told_the_title_and_the_newest_update() -> None:
    page = page_of(OPEN)
    assert meta(page, "og:title") == page.findtext(".//title")
    assert meta(page, "og:description") == "Still looking. See the log."
    assert meta(page, "description") == meta(page, "og:description")
    assert meta(page, "og:type") == "article"
    assert meta(page, "og:url") == f"{URL}incidents/{OPEN.id}/"


def test_chats_are_told_what_is_so_now() -> None:
    assert meta(front_page(OPEN), "og:description").startswith(OPEN.title)
    assert meta(front_page(OPEN), "og:type") == "website"


def test_a_page_with_nothing_to_say_still_has_a_description() -> None:
    silent = RESOLVED._replace(updates=tuple(one._replace(text="") for one in RESOLVED.updates))
    assert meta(page_of(silent), "description").startswith("Acme status: ")


@pytest.mark.parametrize("text", ["word " * 60, "障害" * 200, "short"])
def test_a_description_is_one_line_that_is_shown_whole(text: str) -> None:
    cut = shortened(text)
    assert 0 < len(cut) <= LONGEST_ABOUT
    assert cut == text.strip() or cut.endswith("…")


def test_the_language_is_said() -> None:
    site = replace(site_of([]), language=GERMAN)
    page = html.fromstring(by_path(render_front_page(site))["index.html"])
    assert data_of(page)["inLanguage"] == "de"
