"""Components, groups and the page at a moment; statuses that were set by hand."""

from __future__ import annotations

from datetime import date

import pytest
from timeline.values import (
    API,
    DEGRADED,
    MAINTENANCE,
    MAJOR,
    OPERATIONAL,
    PARTIAL,
    WEB,
    at,
    config,
    incident,
    maintenance,
    update,
)

from statusgen.model import Component, ComponentStatus, Group, Incident, Override
from statusgen.timeline import ComponentState, History, Span, derive
from statusgen.timeline.components import page_status

DAY = "2026-11-21"
NOON = at(f"{DAY} 12:00")
INVESTIGATING = update("investigating", f"{DAY} 10:00")
RESOLVED = update("resolved", f"{DAY} 11:00")


def api_of(component: Component, *incidents: Incident, now: str = f"{DAY} 12:00") -> ComponentState:
    return derive(config(component), incidents, at(now)).components[component.id]


# ── the page's status: each row of Statuspage's table ─────────────────────────────────────────


@pytest.mark.parametrize(
    ("statuses", "indicator", "description"),
    [
        ([], "none", "All Systems Operational"),
        ([OPERATIONAL], "none", "All Systems Operational"),
        ([OPERATIONAL, OPERATIONAL], "none", "All Systems Operational"),
        ([OPERATIONAL, MAINTENANCE], "maintenance", "Service Under Maintenance"),
        ([MAINTENANCE, MAINTENANCE], "maintenance", "Service Under Maintenance"),
        ([OPERATIONAL, DEGRADED], "minor", "Partially Degraded Service"),
        ([MAINTENANCE, DEGRADED], "minor", "Partially Degraded Service"),
        ([DEGRADED, DEGRADED], "minor", "Degraded System Service"),
        ([DEGRADED], "minor", "Degraded System Service"),
        ([OPERATIONAL, PARTIAL], "minor", "Minor Service Outage"),
        ([DEGRADED, PARTIAL], "minor", "Minor Service Outage"),
        ([MAINTENANCE, PARTIAL, PARTIAL], "minor", "Minor Service Outage"),
        ([PARTIAL, PARTIAL], "major", "Partial System Outage"),
        ([PARTIAL], "major", "Partial System Outage"),
        ([OPERATIONAL, MAJOR], "major", "Partial System Outage"),
        ([PARTIAL, MAJOR], "major", "Partial System Outage"),
        ([MAJOR, MAJOR], "critical", "Major System Outage"),
        ([MAJOR], "critical", "Major System Outage"),
    ],
)
def test_page_status(statuses: list[ComponentStatus], indicator: str, description: str) -> None:
    assert page_status(statuses) == (indicator, description)


def test_the_page_counts_components_that_are_still_there_and_no_groups() -> None:
    gone = WEB._replace(until=date(2026, 11, 20))
    told = incident(INVESTIGATING, components={"api": MAJOR})
    page = config(API._replace(group="all"), gone, groups=(Group("all", "All"),))
    assert derive(page, [told], NOON).page == ("critical", "Major System Outage")
    still = config(API, WEB._replace(until=date(2026, 11, 21)))
    assert derive(still, [told], NOON).page == ("major", "Partial System Outage")


# ── components ────────────────────────────────────────────────────────────────────────────────


def test_the_worst_of_what_goes_on_counts_with_the_records_that_say_so() -> None:
    slow = incident(INVESTIGATING, components={"api": DEGRADED}, id="slow")
    down = incident(
        update("investigating", f"{DAY} 10:30"),
        components={"api": MAJOR},
        id="down-1",
    )
    too = incident(update("investigating", f"{DAY} 10:45"), components={"api": MAJOR}, id="down-2")
    history = derive(config(), [slow, down, too], NOON)
    state = history.components["api"]
    assert state.status is MAJOR
    assert state.since == at(f"{DAY} 10:30")
    assert [one.id for one in state.because] == ["down-2", "down-1"]
    assert history.spans_of("api") == (
        Span("api", DEGRADED, at(f"{DAY} 10:00"), at(f"{DAY} 10:30")),
        Span("api", MAJOR, at(f"{DAY} 10:30"), None),
    )


def test_since_is_when_the_status_began_whichever_record_said_so() -> None:
    early = incident(INVESTIGATING, RESOLVED, components={"api": MAJOR}, id="early")
    late = incident(update("investigating", f"{DAY} 11:00"), components={"api": MAJOR}, id="late")
    state = derive(config(), [late, early], NOON).components["api"]
    assert (state.since, [one.id for one in state.because]) == (at(f"{DAY} 10:00"), ["late"])


def test_an_operational_component_is_so_since_the_last_end() -> None:
    told = incident(INVESTIGATING, RESOLVED, components={"api": MAJOR})
    state = api_of(API, told)
    assert (state.status, state.since, state.because) == (OPERATIONAL, RESOLVED.at, ())
    assert api_of(API) == ComponentState(API, OPERATIONAL, None, ())


def test_an_id_that_the_page_does_not_have_stays_with_its_record() -> None:
    history = derive(config(API), [incident(INVESTIGATING, components={"apj": MAJOR})], NOON)
    assert list(history.components) == ["api"]
    assert history.records[0].components == ("apj",)
    assert [span.status for span in history.spans_of("apj")] == [MAJOR]


def test_maintenance_is_milder_than_any_trouble() -> None:
    planned = maintenance(f"{DAY} 11:30", f"{DAY} 13:00")
    assert api_of(API, planned).status is MAINTENANCE
    slow = incident(INVESTIGATING, components={"api": DEGRADED})
    assert api_of(API, planned, slow).status is DEGRADED


# ── groups ────────────────────────────────────────────────────────────────────────────────────


def groups_of(*incidents: Incident) -> History:
    components = [Component(one, one.upper(), group="pay") for one in ("a", "b", "c")]
    components[2] = components[2]._replace(until=date(2026, 11, 20))
    groups = (Group("pay", "Pay"), Group("empty", "Empty"))
    return derive(config(API, *components, groups=groups), incidents, NOON)


def test_a_group_is_its_worst_child() -> None:
    told = incident(INVESTIGATING, components={"a": DEGRADED, "b": PARTIAL, "api": MAJOR})
    state = groups_of(told).groups["pay"]
    assert (state.status, state.worst, state.children) == (PARTIAL, "b", ("a", "b"))


def test_of_equally_bad_children_the_first_is_named() -> None:
    told = incident(INVESTIGATING, components={"b": PARTIAL, "a": PARTIAL})
    assert groups_of(told).groups["pay"].worst == "a"


def test_a_child_that_is_gone_does_not_count() -> None:
    state = groups_of(incident(INVESTIGATING, components={"c": MAJOR})).groups["pay"]
    assert (state.status, state.worst) == (OPERATIONAL, "")


def test_a_group_without_children_is_operational() -> None:
    state = groups_of().groups["empty"]
    assert (state.status, state.worst, state.children) == (OPERATIONAL, "", ())


# ── set by hand ───────────────────────────────────────────────────────────────────────────────


def by_hand(status: ComponentStatus, time: str = "10:30") -> Component:
    return API._replace(override=Override(status, at(f"{DAY} {time}")))


def spans_with(
    component: Component, *incidents: Incident
) -> list[tuple[ComponentStatus, str, str]]:
    spans = derive(config(component), incidents, NOON).spans_of("api")
    return [
        (span.status, f"{span.start:%H:%M}", f"{span.end:%H:%M}" if span.end else "")
        for span in spans
    ]


def test_a_status_set_by_hand_counts_from_its_moment() -> None:
    state = api_of(by_hand(PARTIAL))
    assert (state.status, state.since, state.because) == (PARTIAL, at(f"{DAY} 10:30"), ())
    assert api_of(by_hand(PARTIAL), now=f"{DAY} 10:29").status is OPERATIONAL


def test_it_replaces_what_open_records_said_before() -> None:
    told = incident(INVESTIGATING, components={"api": MAJOR})
    assert spans_with(by_hand(OPERATIONAL), told) == [(MAJOR, "10:00", "10:30")]
    assert spans_with(by_hand(DEGRADED), told) == [
        (MAJOR, "10:00", "10:30"),
        (DEGRADED, "10:30", ""),
    ]
    assert api_of(by_hand(OPERATIONAL), told).status is OPERATIONAL


def test_it_replaces_what_is_said_at_the_same_moment() -> None:
    told = incident(INVESTIGATING, components={"api": MAJOR})
    assert spans_with(by_hand(OPERATIONAL, "10:00"), told) == []


def test_a_record_counts_again_once_it_names_the_component() -> None:
    told = incident(
        INVESTIGATING,
        update("identified", f"{DAY} 10:40", says={"web": MAJOR}),
        update("identified", f"{DAY} 10:50", says={"api": MAJOR}),
        components={"api": MAJOR},
    )
    assert spans_with(by_hand(DEGRADED), told) == [
        (MAJOR, "10:00", "10:30"),
        (DEGRADED, "10:30", "10:50"),
        (MAJOR, "10:50", ""),
    ]


def test_a_later_change_to_operational_ends_it() -> None:
    told = incident(
        INVESTIGATING,
        update("resolved", f"{DAY} 11:00", says={"api": OPERATIONAL}),
    )
    assert spans_with(by_hand(PARTIAL), told) == [(PARTIAL, "10:30", "11:00")]


def test_an_end_that_does_not_name_the_component_leaves_it() -> None:
    told = incident(INVESTIGATING, RESOLVED, components={"api": MAJOR})
    assert spans_with(by_hand(PARTIAL), told) == [(MAJOR, "10:00", "10:30"), (PARTIAL, "10:30", "")]


def test_a_later_incident_ends_it_even_if_that_is_milder() -> None:
    told = incident(update("investigating", f"{DAY} 11:00"), components={"api": DEGRADED})
    assert spans_with(by_hand(MAJOR), told) == [(MAJOR, "10:30", "11:00"), (DEGRADED, "11:00", "")]


def test_a_maintenance_that_begins_ends_it() -> None:
    planned = maintenance(f"{DAY} 11:00", f"{DAY} 11:30")
    assert spans_with(by_hand(PARTIAL), planned) == [
        (PARTIAL, "10:30", "11:00"),
        (MAINTENANCE, "11:00", "11:30"),
    ]


def test_an_update_with_a_wrong_year_does_not_end_it() -> None:
    told = incident(update("investigating", "2027-11-21 10:00"), components={"api": DEGRADED})
    assert api_of(by_hand(MAJOR), told).status is MAJOR


def test_nor_does_one_that_names_the_component_too_early() -> None:
    told = incident(update("investigating", "2027-11-21 10:00", says={"api": OPERATIONAL}))
    assert api_of(by_hand(MAJOR), told).status is MAJOR


def test_what_was_over_before_stays() -> None:
    told = incident(INVESTIGATING, RESOLVED, components={"api": MAJOR})
    assert spans_with(by_hand(PARTIAL, "11:30"), told) == [
        (MAJOR, "10:00", "11:00"),
        (PARTIAL, "11:30", ""),
    ]
