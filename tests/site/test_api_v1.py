from __future__ import annotations

import json
from datetime import date
from typing import Any

from acme_site import (
    CONFIG,
    EVERYTHING,
    NOTICE,
    OPEN,
    RESOLVED,
    RUNNING,
    UNREADABLE,
    UPCOMING,
    at,
    by_path,
    site_of,
    update,
)

from statusgen.model import (
    Affected,
    Component,
    ComponentStatus,
    Incident,
    Objective,
    Status,
)
from statusgen.site.api.uptime import render_api_uptime
from statusgen.site.api.v1 import render_api_v1, render_year, years
from statusgen.site.context import Site

Json = dict[str, Any]


def files(site: Site) -> dict[str, Json]:
    listed = [render_year(site, year) for year in years(site)]
    found = by_path((*render_api_v1(site), *listed, *render_api_uptime(site)))
    return {path.removeprefix("api/statusgen/v1/"): json.loads(found[path]) for path in found}


def down(start: str, end: str, status: ComponentStatus = ComponentStatus.MAJOR_OUTAGE) -> Incident:
    """Return an incident that kept the API down for a time."""
    return Incident(
        "x",
        "X",
        components=(Affected("api", status),),
        updates=(
            update("x", Status.INVESTIGATING, start),
            update("x", Status.RESOLVED, end),
        ),
    )


def figures(site: Site, component: str = "api") -> dict[str, Json]:
    """Return a component's periods and months by their name."""
    rows = files(site)["uptime.json"]["components"]
    (found,) = (row for row in rows if row["id"] == component)
    return {one["period"]: one for one in (*found["periods"], *found["months"])}


def test_the_summary_has_what_is_open_with_its_promises() -> None:
    promised = OPEN.updates[1]._replace(
        next_update=at("2026-11-21 12:30"), eta=at("2026-11-21 14:00")
    )
    incident = OPEN._replace(updates=(OPEN.updates[0], promised))
    summary = files(site_of([incident, *EVERYTHING[1:], UNREADABLE]))["summary.json"]
    first, second = summary["incidents"]
    assert first["id"] == OPEN.id
    assert first["next_update_at"] == "2026-11-21T12:30:00Z"
    assert first["eta_at"] == "2026-11-21T14:00:00Z"
    assert first["update"]["id"] == promised.id
    assert 'href="https://status.acme.example/incidents/' in first["update"]["html"]
    assert second["is_unreadable"]
    assert second["update"] is None
    assert (first["groups"], first["audience"]) == (["payments"], "public")
    assert [one["id"] for one in summary["maintenances"]] == [RUNNING.id, UPCOMING.id]
    assert summary["maintenances"][1]["ends_at"] == "2026-12-02T01:00:00Z"
    assert [one["id"] for one in summary["notices"]] == [NOTICE.id]


def test_the_headline_knows_of_an_open_incident_that_the_api_of_statuspage_does_not_show() -> None:
    watched = Incident("x", "X", updates=(update("x", Status.MONITORING, "2026-11-21 11:00"),))
    headline = files(site_of([watched]))["summary.json"]["headline"]
    assert headline["state"] != "operational"
    assert "X" in headline["text"]


def test_a_component_says_what_makes_it_so() -> None:
    rows = {one["id"]: one for one in files(site_of())["summary.json"]["components"]}
    assert rows["checkout"]["status"] == "partial_outage"
    assert rows["checkout"]["because"] == [OPEN.id]
    assert rows["checkout"]["name"] == "Payments - Checkout"
    assert "fax" not in rows


def test_incidents_stand_in_the_year_of_the_pages_zone_in_which_they_began() -> None:
    eve = update("eve", Status.RESOLVED, "2025-12-31 23:30", "Midnight in Berlin has passed.")
    day = update("day", Status.RESOLVED, "2025-12-31 22:30", "It has not.")
    site = site_of([Incident("eve", "Eve", updates=(eve,)), Incident("day", "Day", updates=(day,))])
    found = files(site)
    assert [one["year"] for one in found["incidents.json"]["years"]] == [2026, 2025]
    assert [one["id"] for one in found["incidents/2026.json"]["incidents"]] == ["eve"]
    assert [one["id"] for one in found["incidents/2025.json"]["incidents"]] == ["day"]


def test_a_year_holds_all_that_has_begun_newest_first() -> None:
    found = files(site_of())["incidents/2026.json"]["incidents"]
    assert [one["id"] for one in found] == [
        RUNNING.id,
        OPEN.id,
        RESOLVED.id,
        "2026-02-01-fax",
    ]
    assert found[2] == {
        "id": RESOLVED.id,
        "code": site_of([RESOLVED]).history.records[0].code,
        "type": "incident",
        "title": "The till was closed",
        "status": "postmortem",
        "impact": "minor",
        "started_at": "2026-05-02T08:00:00Z",
        "resolved_at": "2026-05-02T09:00:00Z",
        "components": ["checkout"],
        "url": "https://status.acme.example/incidents/2026-05-02-till/",
    }


# ── uptime ────────────────────────────────────────────────────────────────────────────────────


def test_every_figure_says_its_period_rule_and_source() -> None:
    found = figures(site_of([down("2026-11-21 02:00", "2026-11-21 08:00")]))
    assert list(found)[:5] == ["24h", "7d", "30d", "90d", "365d"]
    assert list(found)[5:] == [
        "2025-11",
        "2025-12",
        *(f"2026-{month:02}" for month in range(1, 12)),
    ]
    week = found["7d"]
    assert (week["first"], week["last"]) == ("2026-11-15", "2026-11-21")
    assert (week["rule"], week["source"]) == ("statuspage", "incidents")
    assert week["seconds"]["major"] == 6 * 3600
    assert abs(week["uptime"] - (1 - 6 / (7 * 24))) < 1e-12
    assert week["percent"] == "96.42"
    assert found["2026-11"]["seconds"]["counted"] == 21 * 86400
    assert found["2026-10"]["seconds"]["counted"] == 31 * 86400 + 3600


def test_a_month_before_the_first_day_is_unknown_and_not_up() -> None:
    found = figures(site_of())
    assert found["2025-12"]["uptime"] is None
    assert found["2025-12"]["percent"] is None
    assert found["2026-02"]["percent"] == "100"


def test_24_hours_end_when_the_state_was_last_counted() -> None:
    incident = down("2026-11-20 06:00", "2026-11-20 18:00")
    midnight = at("2026-11-20 23:00")  # in Berlin
    expected = {
        "2026-11-20 12:03": ("2026-11-20T12:00:00Z", 6),
        "2026-11-20 18:00": ("2026-11-20T18:00:00Z", 12),
        "2026-11-20 22:59": ("2026-11-20T18:00:00Z", 12),
        "2026-11-21 12:00": (f"{midnight:%Y-%m-%dT%H:%M}:00Z", 12),
        "2026-11-21 23:00": ("2026-11-21T23:00:00Z", 0),
    }
    for now, (until, hours) in expected.items():
        day = figures(site_of([incident], now=at(now)))["24h"]
        assert (day["until"], day["seconds"]["major"]) == (until, hours * 3600)
        assert day["seconds"]["counted"] == 86400
        assert (day["percent"] == "100") is (hours == 0)


def test_24_hours_of_a_component_count_from_its_first_day() -> None:
    api = CONFIG.components[0]._replace(since=date(2026, 11, 21))
    config = CONFIG._replace(components=(api,), groups=(), layout=("api",))
    incident = down("2026-11-21 01:00", "2026-11-21 09:00")
    day = figures(site_of([incident], config))["24h"]
    assert day["from"] == "2026-11-20T23:00:00Z"
    assert day["seconds"]["counted"] == 10 * 3600


def test_what_is_measured_by_probes_is_unknown_without_them() -> None:
    api = CONFIG.components[0]._replace(uptime=Objective(source="probes"))
    config = CONFIG._replace(components=(api,), groups=(), layout=("api",))
    found = figures(site_of([], config))
    assert {one["uptime"] for one in found.values()} == {None}
    assert {one["source"] for one in found.values()} == {"probes"}


def test_components_without_uptime_on_the_page_have_none_here() -> None:
    hidden = CONFIG.components[0]._replace(showcase=False)
    config = CONFIG._replace(
        components=(hidden, Component("b", "B")), groups=(), layout=("api", "b")
    )
    found = files(site_of([], config))["uptime.json"]["components"]
    assert [one["id"] for one in found] == ["b"]


def test_nothing_says_when_it_was_made() -> None:
    later = site_of([RESOLVED], now=at("2026-11-21 15:00"))
    assert files(site_of([RESOLVED])) == files(later)
    assert files(site_of()) == files(site_of(EVERYTHING[::-1]))
