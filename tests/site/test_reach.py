from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from acme_site import CONFIG, OPEN, RESOLVED, by_path, component_pages_of, site_of

from statusgen.site.context import Site
from statusgen.site.lasting import records_by_incident
from statusgen.site.pages.incident_pages import render_incident
from statusgen.site.views.reach import (
    component_report,
    general_report,
    record_feedback,
    record_report,
)
from statusgen.site.views.records import RecordView, record_view

HOSTILE = """Ca"r's <b>&?=#%2e{url} – Zürich \u202e 支付"""


def site_with(report: str = "", feedback: str = "", name: str = "Checkout") -> Site:
    page = CONFIG.page._replace(report=report, feedback=feedback)
    components = [
        one._replace(name=name) if one.id == "checkout" else one for one in CONFIG.components
    ]
    return site_of([OPEN, RESOLVED], CONFIG._replace(page=page, components=tuple(components)))


def record_of(site: Site, title: str = "") -> RecordView:
    (record,) = (one for one in site.history.records if one.incident.id == RESOLVED.id)
    view = record_view(site, record)
    return view._replace(title=title) if title else view


def test_an_address_without_a_placeholder_stays_as_it_is() -> None:
    site = site_with("https://acme.example/help?x=1#form")
    assert component_report(site, "checkout") == "https://acme.example/help?x=1#form"


def test_a_component_is_filled_in_by_its_name_or_its_id() -> None:
    site = site_with("https://acme.example/new?on={component}&id={component_id}&from={url}")
    query = parse_qs(urlsplit(component_report(site, "checkout")).query)
    assert query == {
        "on": ["Payments - Checkout"],
        "id": ["checkout"],
        "from": ["https://status.acme.example/components/checkout/"],
    }


def test_what_does_not_apply_is_filled_in_with_nothing() -> None:
    assert general_report(site_with("https://acme.example/{component}?i={incident}")) == (
        "https://acme.example/?i="
    )


def test_an_incident_names_its_component_if_there_is_one_only() -> None:
    site = site_with("https://acme.example/?on={component_id}&i={incident}")
    assert record_report(site, record_of(site)) == (
        "https://acme.example/?on=checkout&i=2026-05-02-till"
    )
    several = record_view(site, site.history.open_incidents[0])
    assert "on=&" in record_report(site, several)


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("mailto:help@acme.example", "subject"),
        ("https://github.com/acme/status/issues/new", "title"),
        ("https://github.com/acme/status/issues/new?template=problem.yml", "title"),
        ("https://gitlab.com/acme/a/b/-/issues/new", "issue[title]"),
    ],
)
def test_a_message_or_an_issue_gets_a_subject_of_its_own(address: str, key: str) -> None:
    found = urlsplit(component_report(site_with(address), "checkout"))
    assert parse_qs(found.query)[key] == ["Problem: Payments - Checkout"]


@pytest.mark.parametrize(
    "address",
    [
        "mailto:help@acme.example?subject=Hello",
        "https://github.com/acme/status/issues/new?title=Hello",
        "https://gitlab.com/acme/status/-/issues/new?issue[title]=Hello",
    ],
)
def test_a_subject_that_is_written_stays(address: str) -> None:
    assert general_report(site_with(address)) == address


def test_anything_in_a_name_is_only_a_part_of_the_address() -> None:
    site = site_with("https://acme.example/a/{component}?on={component}#x", name=HOSTILE)
    found = urlsplit(component_report(site, "checkout"))
    assert (found.scheme, found.netloc, found.fragment) == ("https", "acme.example", "x")
    assert unquote(found.path) == f"/a/Payments - {HOSTILE}"
    assert parse_qs(found.query) == {"on": [f"Payments - {HOSTILE}"]}
    assert not set("\"'<> ") & set(found.geturl())


def test_an_answer_that_can_be_told_apart_is_asked_for_by_two_links() -> None:
    site = site_with(feedback="https://acme.example/f?i={incident}&a={answer}")
    assert record_feedback(site, record_of(site)) == (
        ("Yes", "https://acme.example/f?i=2026-05-02-till&a=yes"),
        ("No", "https://acme.example/f?i=2026-05-02-till&a=no"),
    )


def test_a_message_tells_the_answer_in_its_subject() -> None:
    site = site_with(feedback="mailto:help@acme.example")
    yes, no = record_feedback(site, record_of(site, title='"Till" & more'))
    assert unquote(yes.url) == 'mailto:help@acme.example?subject=Helpful: "Till" & more'
    assert no.url == "mailto:help@acme.example?subject=Not%20helpful%3A%20%22Till%22%20%26%20more"


def test_a_form_that_takes_no_answer_is_one_link() -> None:
    site = site_with(feedback="https://acme.example/feedback?i={incident}")
    assert record_feedback(site, record_of(site)) == (
        ("Tell us", "https://acme.example/feedback?i=2026-05-02-till"),
    )


def pages_of(site: Site) -> dict[str, str]:
    outputs = [render_incident(site, records) for records in records_by_incident(site)]
    return {
        path: page.decode() for path, page in by_path([*outputs, *component_pages_of(site)]).items()
    }


def test_pages_of_components_and_open_incidents_lead_to_the_report() -> None:
    pages = pages_of(site_with("mailto:help@acme.example", "mailto:help@acme.example"))
    component = pages["components/checkout/index.html"]
    assert "subject=Problem%3A%20Payments%20-%20Checkout" in component
    assert "Report a problem with Checkout" in component
    assert "Do these updates help you?" in pages["incidents/2026-05-02-till/index.html"]
    assert (
        "Report a problem that is not told of here"
        in pages["incidents/2026-11-21-cards/index.html"]
    )


def test_without_addresses_nothing_is_asked() -> None:
    for page in pages_of(site_of([OPEN, RESOLVED])).values():
        assert "Report a problem" not in page
        assert "help you?" not in page
