from __future__ import annotations

from datetime import UTC, datetime, timedelta

from acme_site import (
    CANCELLED,
    CONFIG,
    EVERYTHING,
    NOW,
    OPEN,
    RESOLVED,
    UPCOMING,
    at,
    by_path,
    site_of,
    update,
)
from api_v2_reading import Json, endpoints, single

from statusgen.model import (
    Affected,
    Change,
    Component,
    ComponentStatus,
    Config,
    Group,
    Impact,
    Page,
    Status,
)
from statusgen.site.api.v2 import render_api_v2
from statusgen.site.context import Site


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
        config = CONFIG._replace(components=(CONFIG.components[0]._replace(updated=at(moment)),))
        return str(
            _components(site_of([OPEN], config._replace(groups=(), layout=("api",))))[0][
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
    starts = NOW + timedelta(days=365)
    far = UPCOMING._replace(starts=starts, ends=starts + timedelta(hours=1), updates=())
    ahead = {row["name"]: row["created_at"] for row in _components(site_of([far]))}
    assert ahead == nothing


def _components(site: Site) -> list[Json]:
    rows: list[Json] = endpoints(site)["components"]["components"]
    return rows


def test_the_page_was_updated_when_anything_changed_or_as_configured() -> None:
    config = CONFIG._replace(page=CONFIG.page._replace(updated=at("2026-11-21 11:59")))
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
