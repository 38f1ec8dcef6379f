from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from acme_site import (
    CANCELLED,
    CONFIG,
    EVERYTHING,
    NOTICE,
    NOW,
    OPEN,
    RESOLVED,
    UNREADABLE,
    UPCOMING,
    at,
    by_path,
    site_of,
    update,
)
from statuspage_shape import ENDPOINTS, faults_of

from statusgen.model import (
    Affected,
    Change,
    Component,
    ComponentStatus,
    Config,
    Group,
    Impact,
    Incident,
    Kind,
    Page,
    Status,
    derive_code,
)
from statusgen.site.api_v2 import MOST_RECORDS, render_api_v2, render_incident
from statusgen.site.context import Site

Json = dict[str, Any]


def endpoints(site: Site) -> dict[str, Json]:
    found = by_path(render_api_v2(site))
    return {
        path.removeprefix("api/v2/").removesuffix(".json"): json.loads(content)
        for path, content in found.items()
    }


def single(site: Site, incident: Incident) -> Json:
    (record,) = (one for one in site.history.records if one.incident.id == incident.id)
    path, content = render_incident(site, record)
    assert path == f"api/v2/incidents/{record.code}.json"
    data: Json = json.loads(content)
    return data


def updates_of(site: Site, incident: Incident) -> list[Json]:
    """Return the updates of an incident's own file, oldest first."""
    updates: list[Json] = single(site, incident)["incident"]["incident_updates"]
    return updates[::-1]


def many(count: int, kind: Kind = Kind.INCIDENT) -> list[Incident]:
    """Return incidents or maintenances of one hour each, one a day."""
    found = []
    for number in range(count):
        start = at("2026-01-01 10:00") + timedelta(days=number)
        incident = Incident(id=f"one-{number}", title=f"Number {number}", kind=kind)
        if kind is Kind.MAINTENANCE:
            incident = incident._replace(starts=start, ends=start + timedelta(hours=1))
        else:
            said = update(incident.id, Status.RESOLVED, start.isoformat(" ")[:16], "Over.")
            incident = incident._replace(updates=(said,))
        found.append(incident)
    return found


def test_the_eight_documented_endpoints_and_no_other_are_written() -> None:
    assert sorted(endpoints(site_of())) == sorted(ENDPOINTS)


@pytest.mark.parametrize("incidents", [(), EVERYTHING, (*EVERYTHING, UNREADABLE)])
def test_every_file_has_the_shape_and_the_order_of_keys_of_a_statuspage(
    incidents: tuple[Incident, ...],
) -> None:
    site = site_of(incidents)
    for name, data in endpoints(site).items():
        assert faults_of(name, data) == []
    for record in site.history.records:
        _, content = render_incident(site, record)
        assert faults_of("one", json.loads(content)) == []


def test_files_are_utf_8_on_one_line_with_its_end() -> None:
    incident = RESOLVED._replace(title="Zahlung über “Æther” 💳")
    _, content = render_incident(site := site_of([incident]), site.history.records[0])
    assert "Zahlung über “Æther” 💳".encode() in content
    assert content.endswith(b"}\n")
    assert content.count(b"\n") == 1


# ── times ─────────────────────────────────────────────────────────────────────────────────────


def times(value: object, key: str = "") -> list[str]:
    if isinstance(value, Mapping):
        return [found for name, item in value.items() for found in times(item, name)]
    if isinstance(value, list):
        return [found for item in value for found in times(item)]
    is_time = key.endswith("_at") or key in {"scheduled_for", "scheduled_until"}
    return [value] if isinstance(value, str) and is_time else []


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/Los_Angeles", "Asia/Kathmandu"])
def test_times_have_the_offset_of_the_pages_zone_at_that_moment(zone: str) -> None:
    config = replace(CONFIG, page=replace(CONFIG.page, timezone=zone))
    found = [text for data in endpoints(site_of(config=config)).values() for text in times(data)]
    assert found
    for text in found:
        moment = datetime.fromisoformat(text)
        assert moment.utcoffset() == moment.astimezone(ZoneInfo(zone)).utcoffset()


@pytest.mark.parametrize("zone", ["UTC", "Etc/UTC"])
def test_a_utc_page_writes_z(zone: str) -> None:
    config = replace(CONFIG, page=replace(CONFIG.page, timezone=zone))
    data = endpoints(site_of(config=config))["summary"]
    assert all(text.endswith("Z") for text in times(data))
    assert data["page"]["time_zone"] == zone


# ── the lists ─────────────────────────────────────────────────────────────────────────────────


def test_lists_hold_what_their_name_says() -> None:
    data = endpoints(site_of())
    names = {
        name: [row["name"] for key in value if key != "components" for row in _rows(value[key])]
        for name, value in data.items()
    }
    running, upcoming = "Refunds are maintained", UPCOMING.title
    assert names["incidents"] == [OPEN.title, RESOLVED.title]
    assert names["incidents/unresolved"] == [OPEN.title]
    assert names["scheduled-maintenances"] == [upcoming, running, CANCELLED.title]
    assert names["scheduled-maintenances/upcoming"] == [upcoming]
    assert names["scheduled-maintenances/active"] == [running]
    assert names["summary"] == [OPEN.title, running, upcoming]


def _rows(value: object) -> list[Json]:
    return value if isinstance(value, list) else []


def test_reminder_intervals_stand_only_in_the_list_and_in_the_files_of_incidents() -> None:
    site = site_of()
    data = endpoints(site)
    assert all("reminder_intervals" in row for row in data["incidents"]["incidents"])
    for name in ("summary", "incidents/unresolved"):
        assert all("reminder_intervals" not in row for row in data[name]["incidents"])
    assert single(site, UPCOMING)["incident"]["reminder_intervals"] is None


@pytest.mark.parametrize(
    ("kind", "name", "key"),
    [
        (Kind.INCIDENT, "incidents", "incidents"),
        (Kind.MAINTENANCE, "scheduled-maintenances", "scheduled_maintenances"),
    ],
)
def test_full_lists_hold_the_newest_fifty(kind: Kind, name: str, key: str) -> None:
    rows = endpoints(site_of(many(60, kind)))[name][key]
    assert [row["name"] for row in rows] == [f"Number {number}" for number in range(59, 9, -1)]
    assert len(rows) == MOST_RECORDS


def test_records_and_updates_stand_newest_first() -> None:
    for rows in (
        endpoints(site_of())["incidents"]["incidents"],
        endpoints(site_of())["scheduled-maintenances"]["scheduled_maintenances"],
    ):
        assert all(one["created_at"] >= other["created_at"] for one, other in pairwise(rows))
        for row in rows:
            shown = [one["display_at"] for one in row["incident_updates"]]
            assert shown == sorted(shown, reverse=True)


def test_a_record_says_the_same_in_every_file() -> None:
    site = site_of()
    data = endpoints(site)
    listed = {
        row["id"]: {**row, "reminder_intervals": None}
        for name in ("incidents", "scheduled-maintenances")
        for row in _rows(data[name].get("incidents", data[name].get("scheduled_maintenances")))
    }
    for part in ("summary", "incidents/unresolved", "scheduled-maintenances/upcoming"):
        for row in _rows(data[part].get("incidents", data[part].get("scheduled_maintenances"))):
            assert {**row, "reminder_intervals": None} == listed[row["id"]]
    for record in site.history.records:
        assert single(site, record.incident)["incident"] == listed[record.code]


def test_notices_are_not_in_it() -> None:
    assert NOTICE.title not in json.dumps(endpoints(site_of()))


def test_the_page_is_the_same_everywhere_but_in_the_files_of_incidents() -> None:
    site = site_of()
    pages = [data["page"] for data in endpoints(site).values()]
    assert all(page == pages[0] for page in pages)
    own = single(site, RESOLVED)
    assert own["page"] == {**pages[0], "updated_at": own["incident"]["updated_at"]}


def test_the_file_of_an_incident_does_not_change_with_other_incidents() -> None:
    later = at("2026-12-24 00:00")
    unrelated = UPCOMING._replace(components=())
    few = single(site_of([unrelated, RESOLVED]), RESOLVED)
    more = single(site_of([unrelated, RESOLVED, UNREADABLE], now=later), RESOLVED)
    assert few == more


# ── an incident ───────────────────────────────────────────────────────────────────────────────


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
    config = replace(
        CONFIG,
        page=replace(CONFIG.page, code="pagepagepage"),
        components=(replace(CONFIG.components[0], code="apiapiapiapi"), *CONFIG.components[1:]),
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


# ── components ────────────────────────────────────────────────────────────────────────────────


def test_positions_count_within_a_group_and_the_list_is_sorted_by_them() -> None:
    rows = endpoints(site_of())["components"]["components"]
    assert [(row["name"], row["position"]) for row in rows] == [
        ("API", 1),
        ("Checkout", 1),
        ("Payments", 2),
        ("Refunds", 2),
    ]


def test_configured_positions_and_orders_decide() -> None:
    config = Config(
        page=Page("Acme", "https://status.acme.example"),
        components=(
            Component("a", "A", position=7, order=3),
            Component("b", "B", position=7, order=1, group="g"),
            Component("c", "C", position=2, order=9, group="g"),
        ),
        groups=(Group("g", "G", position=7, order=2),),
        layout=("a", "g"),
    )
    rows = endpoints(site_of([], config))["components"]["components"]
    assert [row["name"] for row in rows] == ["C", "B", "G", "A"]
    group = rows[2]
    assert group["components"] == [rows[0]["id"], rows[1]["id"]]


def test_a_groups_status_is_its_worst_childs() -> None:
    rows = endpoints(site_of())["components"]["components"]
    group = next(row for row in rows if row["group"])
    assert group["status"] == "partial_outage"
    assert all(row["group_id"] == group["id"] for row in rows if row["id"] in group["components"])


def test_a_component_past_its_last_day_is_listed_nowhere() -> None:
    before, after = at("2026-03-31 12:00"), at("2026-04-01 12:00")
    assert "Fax" in str(endpoints(site_of(now=before))["components"])
    site = site_of(now=after)
    assert "Fax" not in str(endpoints(site)["components"])
    assert single(site, CANCELLED)["incident"]["components"] == []


def test_a_component_was_updated_when_its_status_changed() -> None:
    changed = {row["name"]: row["updated_at"] for row in _components(site_of())}
    assert changed["Checkout"] == "2026-11-21T11:20:00.000+01:00"
    assert changed["Refunds"] == "2026-11-21T12:30:00.000+01:00"
    resolved = {row["name"]: row["updated_at"] for row in _components(site_of([RESOLVED]))}
    assert resolved["Checkout"] == "2026-05-02T11:00:00.000+02:00"
    assert resolved["API"] == "2026-01-01T00:00:00.000+01:00"


def test_a_configured_time_of_update_counts_where_it_is_later_and_not_in_the_future() -> None:
    def updated(moment: str) -> str:
        config = replace(CONFIG, components=(replace(CONFIG.components[0], updated=at(moment)),))
        return str(
            _components(site_of([OPEN], replace(config, groups=(), layout=("api",))))[0][
                "updated_at"
            ]
        )

    assert updated("2026-11-21 10:30") == "2026-11-21T11:30:00.000+01:00"
    assert updated("2026-11-20 00:00") == "2026-11-21T11:05:00.000+01:00"
    assert updated("2027-01-01 00:00") == "2026-11-21T11:05:00.000+01:00"


def test_a_component_was_created_as_configured_or_when_it_began_to_count() -> None:
    created = {row["name"]: row["created_at"] for row in _components(site_of())}
    assert created["API"] == "2026-01-01T00:00:00.000+01:00"
    assert created["Refunds"] == "2025-03-01T01:00:00.000+01:00"
    oldest = min(one.created for one in site_of().history.records)
    assert datetime.fromisoformat(created["Checkout"]) == oldest
    nothing = {row["name"]: row["created_at"] for row in _components(site_of([]))}
    assert datetime.fromisoformat(nothing["Checkout"]) == datetime(1970, 1, 1, tzinfo=UTC)


def _components(site: Site) -> list[Json]:
    rows: list[Json] = endpoints(site)["components"]["components"]
    return rows


def test_the_page_was_updated_when_anything_changed_or_as_configured() -> None:
    config = replace(CONFIG, page=replace(CONFIG.page, updated=at("2026-11-21 11:59")))
    assert endpoints(site_of(config=config))["status"]["page"]["updated_at"].endswith(
        "12:59:00.000+01:00",
    )
    assert endpoints(site_of([RESOLVED]))["status"]["page"]["updated_at"] == (
        "2026-05-04T11:00:00.000+02:00"
    )


def test_the_order_of_files_does_not_matter() -> None:
    assert by_path(render_api_v2(site_of())) == by_path(render_api_v2(site_of(EVERYTHING[::-1])))
    assert NOW.tzinfo is UTC


def test_the_components_of_an_incident_stand_in_the_apis_order_unless_all_are_listed() -> None:
    def order(*listed: str) -> list[str]:
        outage = ComponentStatus.MAJOR_OUTAGE
        changes = [Change("checkout", outage), Change("api", outage), Change("refunds", outage)]
        incident = OPEN._replace(
            components=tuple(map(Affected, listed)),
            updates=(update(OPEN.id, Status.INVESTIGATING, "2026-11-21 10:00", "", changes),),
        )
        found = single(site_of([incident]), incident)["incident"]["components"]
        return [row["name"] for row in found]

    assert order() == ["API", "Checkout", "Refunds"]
    assert order("refunds") == ["API", "Checkout", "Refunds"]
    assert order("refunds", "checkout", "api") == ["Refunds", "Checkout", "API"]


def test_maintenance_has_the_impact_of_maintenance_whatever_its_file_says() -> None:
    planned = UPCOMING._replace(impact=Impact.MAJOR)
    assert single(site_of([planned]), planned)["incident"]["impact"] == "maintenance"
