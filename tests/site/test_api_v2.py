from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from acme_site import (
    CANCELLED,
    CONFIG,
    EVERYTHING,
    NOTICE,
    OPEN,
    RESOLVED,
    UNREADABLE,
    UPCOMING,
    at,
    site_of,
)
from api_v2_reading import Json, endpoints, many, single
from statuspage_shape import ENDPOINTS, faults_of

from statusgen.model import (
    Incident,
    Kind,
)
from statusgen.site.api.v2 import MOST_RECORDS, render_incident


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
    config = CONFIG._replace(page=CONFIG.page._replace(timezone=zone))
    found = [text for data in endpoints(site_of(config=config)).values() for text in times(data)]
    assert found
    for text in found:
        moment = datetime.fromisoformat(text)
        assert moment.utcoffset() == moment.astimezone(ZoneInfo(zone)).utcoffset()


@pytest.mark.parametrize("zone", ["UTC", "Etc/UTC"])
def test_a_utc_page_writes_z(zone: str) -> None:
    config = CONFIG._replace(page=CONFIG.page._replace(timezone=zone))
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
