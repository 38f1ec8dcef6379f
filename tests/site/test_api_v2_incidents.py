from __future__ import annotations

from datetime import datetime

from acme_site import (
    CANCELLED,
    CONFIG,
    OPEN,
    RESOLVED,
    UNREADABLE,
    UPCOMING,
    at,
    site_of,
    update,
)
from api_v2_reading import Json, endpoints, single, updates_of

from statusgen.model import (
    Affected,
    Change,
    ComponentStatus,
    Incident,
    Status,
    derive_code,
)


def test_moments_of_an_incident_are_those_of_its_updates() -> None:
    incident = single(site_of(), RESOLVED)["incident"]
    assert incident["started_at"] == "2026-05-02T10:00:00.000+02:00"
    assert incident["monitoring_at"] == "2026-05-02T10:30:00.000+02:00"
    assert incident["resolved_at"] == "2026-05-02T11:00:00.000+02:00"
    assert incident["updated_at"] == "2026-05-04T11:00:00.000+02:00"
    assert incident["status"] == "postmortem"
    assert incident["impact"] == "minor"


def test_the_link_of_an_incident_is_its_page() -> None:
    link = single(site_of(), RESOLVED)["incident"]["shortlink"]
    assert link == "https://status.acme.example/incidents/2026-05-02-till/"


def test_codes_are_kept_or_derived_for_ever() -> None:
    coded = RESOLVED._replace(code="x1xxxxxxxxxx")
    config = CONFIG._replace(
        page=CONFIG.page._replace(code="pagepagepage"),
        components=(CONFIG.components[0]._replace(code="apiapiapiapi"), *CONFIG.components[1:]),
    )
    data = endpoints(site_of([coded], config))
    assert data["page" and "summary"]["page"]["id"] == "pagepagepage"
    assert data["components"]["components"][0]["id"] == "apiapiapiapi"
    assert data["incidents"]["incidents"][0]["id"] == "x1xxxxxxxxxx"
    plain = endpoints(site_of())["summary"]
    assert plain["page"]["id"] == derive_code("page", CONFIG.page.url)
    assert plain["components"][0]["id"] == derive_code("component", "api")
    assert plain["components"][2]["id"] == derive_code("group", "payments")
    assert plain["incidents"][0]["id"] == derive_code("incident", OPEN.id)


def test_a_cancelled_maintenance_is_completed_in_statuspages_words() -> None:
    incident = single(site_of(), CANCELLED)["incident"]
    assert incident["status"] == "completed"
    assert incident["incident_updates"][0]["status"] == "completed"
    assert incident["resolved_at"] == incident["incident_updates"][0]["display_at"]


def test_an_incident_of_which_nothing_could_be_read_is_open_and_has_an_update() -> None:
    row = endpoints(site_of([UNREADABLE]))["incidents/unresolved"]["incidents"][0]
    assert row["status"] == "investigating"
    assert row["impact"] == "none"
    (said,) = row["incident_updates"]
    assert "cannot be read" in said["body"]


def test_an_update_has_what_an_import_found() -> None:
    said = update(OPEN.id, Status.INVESTIGATING, "2018-01-01 10:00", code="codecodecode")._replace(
        created=at("2018-02-01 10:00"),
        updated=at("2018-03-01 10:00"),
        tweet_id="1234567890123456789",
        custom_tweet="We are looking",
    )
    (row,) = updates_of(site_of([OPEN._replace(updates=(said,))]), OPEN)
    assert row["id"] == "codecodecode"
    assert row["display_at"].startswith("2018-01-01T11:00")
    assert row["created_at"].startswith("2018-02-01T11:00")
    assert row["updated_at"].startswith("2018-03-01T11:00")
    assert row["tweet_id"] == 1234567890123456789
    assert row["custom_tweet"] == "We are looking"


def test_an_id_of_a_tweet_that_is_no_number_of_64_bits_is_a_text() -> None:
    said = update(OPEN.id, Status.INVESTIGATING, "2026-11-21 10:00")._replace(tweet_id="9" * 20)
    (row,) = updates_of(site_of([OPEN._replace(updates=(said,))]), OPEN)
    assert row["tweet_id"] == "9" * 20


def test_subscribers_are_told_unless_the_update_says_no() -> None:
    told = [one["deliver_notifications"] for one in updates_of(site_of(), RESOLVED)]
    assert told == [True, True, False, True]


def test_a_body_is_the_text_that_was_written() -> None:
    text = "First line\nsecond line\n\n* a *list*"
    said = update(OPEN.id, Status.INVESTIGATING, "2026-11-21 10:00", text)
    (row,) = updates_of(site_of([OPEN._replace(updates=(said,))]), OPEN)
    assert row["body"] == text


# ── what an update did to components ──────────────────────────────────────────────────────────


def affected(row: Json) -> list[tuple[str, str, str]] | None:
    rows = row["affected_components"]
    return rows and [(one["name"], one["old_status"], one["new_status"]) for one in rows]


def test_the_first_update_affects_what_the_front_matter_lists_and_later_ones_what_they_change() -> (
    None
):
    first, second = updates_of(site_of(), OPEN)
    assert affected(first) == [
        ("Payments - Checkout", "operational", "major_outage"),
        ("API", "operational", "degraded_performance"),
    ]
    assert affected(second) == [("Payments - Checkout", "major_outage", "partial_outage")]


def test_resolving_lets_components_go_and_what_touches_none_says_null() -> None:
    found = [affected(row) for row in updates_of(site_of(), RESOLVED)]
    assert found == [
        [("Payments - Till", "operational", "degraded_performance")],
        None,
        [("Payments - Till", "degraded_performance", "operational")],
        None,
    ]


def test_maintenance_affects_its_components_when_it_starts_and_when_it_ends() -> None:
    site = site_of(now=at("2026-12-02 03:00"))
    scheduled, started, ended = updates_of(site, UPCOMING)
    assert affected(scheduled) == [
        ("Payments - Checkout", "operational", "operational"),
        ("API", "operational", "operational"),
    ]
    assert affected(started) == [
        ("Payments - Checkout", "operational", "under_maintenance"),
        ("API", "operational", "under_maintenance"),
    ]
    assert affected(ended) == [
        ("Payments - Checkout", "under_maintenance", "operational"),
        ("API", "under_maintenance", "operational"),
    ]


def test_an_imported_update_says_itself_what_it_affected() -> None:
    outage, well = ComponentStatus.MAJOR_OUTAGE, ComponentStatus.OPERATIONAL
    updates = (
        update(OPEN.id, Status.INVESTIGATING, "2026-11-01 10:00", code="aaaaaaaaaaaa"),
        update(
            OPEN.id,
            Status.IDENTIFIED,
            "2026-11-01 11:00",
            changes=[Change("checkout", outage, before=well), Change("api", outage)],
            code="bbbbbbbbbbbb",
        ),
        update(OPEN.id, Status.RESOLVED, "2026-11-01 12:00", code="cccccccccccc"),
    )
    found = [affected(row) for row in updates_of(site_of([OPEN._replace(updates=updates)]), OPEN)]
    assert found == [
        None,
        [("Payments - Checkout", "operational", "major_outage"), ("API", *("operational", outage))],
        None,
    ]


def test_a_component_is_called_as_it_was_when_the_update_was_made() -> None:
    def said(when: str, created: datetime | None = None) -> str:
        one = update("x", Status.INVESTIGATING, when)._replace(created=created)
        incident = Incident("x", "X", components=(Affected("checkout"),), updates=(one,))
        (row,) = updates_of(site_of([incident]), incident)
        return str(row["affected_components"][0]["name"])

    assert said("2026-06-01 00:00") == "Payments - Till"
    assert said("2026-06-01 00:01") == "Payments - Checkout"
    assert said("2026-05-01 00:00", created=at("2026-07-01 00:00")) == "Payments - Checkout"


def test_a_component_that_nobody_knows_is_named_by_its_id_and_not_listed() -> None:
    incident = OPEN._replace(components=(Affected("typo"),), updates=OPEN.updates[:1])
    site = site_of([incident])
    (row,) = updates_of(site, incident)
    assert row["affected_components"][0]["name"] == "typo"
    assert row["affected_components"][0]["code"] == derive_code("component", "typo")
    assert single(site, incident)["incident"]["components"] == []
