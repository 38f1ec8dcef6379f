"""In which times an incident touches which component, and incidents that are stood in for."""

from __future__ import annotations

from datetime import timedelta
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timeline.one_incident import (
    DAY,
    IDENTIFIED,
    INVESTIGATING,
    NOON,
    RESOLVED,
    record_of,
    spans_of,
)
from timeline.values import (
    API,
    DEGRADED,
    MAJOR,
    OPERATIONAL,
    PARTIAL,
    at,
    config,
    incident,
    update,
)

from statusgen.model import STATUSES, ComponentStatus, Impact, Kind, StandIn, Status
from statusgen.timeline import derive


def test_the_front_matter_holds_from_the_first_update_to_the_one_that_closes() -> None:
    told = incident(INVESTIGATING, RESOLVED, components={"api": MAJOR, "web": OPERATIONAL})
    assert spans_of(told) == [("api", MAJOR, "10:00", "11:00")]
    assert record_of(told).components == ("api", "web")


def test_a_span_of_an_open_incident_has_no_end() -> None:
    assert spans_of(incident(INVESTIGATING, components={"api": MAJOR})) == [
        ("api", MAJOR, "10:00", None),
    ]


@given(
    st.lists(st.tuples(st.sampled_from(STATUSES[Kind.INCIDENT]), st.integers(0, 3)), min_size=1),
    st.dictionaries(st.sampled_from(("api", "web")), st.sampled_from(ComponentStatus)),
    st.none() | st.integers(-3, 9),
    st.data(),
)
def test_statuses_in_the_front_matter_hold_whatever_impact_an_update_states(
    course: list[tuple[Status, int]],
    components: dict[str, ComponentStatus | None],
    started: int | None,
    data: st.DataObject,
) -> None:
    began, minute = at(f"{DAY} 10:00"), timedelta(minutes=1)
    moments = accumulate(minutes for _, minutes in course)
    updates = [
        update(status, began + number * minute)
        for (status, _), number in zip(course, moments, strict=True)
    ]
    start = None if started is None else began + started * minute
    silent = incident(*updates, components=components, started=start)
    place = data.draw(st.integers(0, len(updates) - 1))
    updates[place] = updates[place]._replace(impact=Impact.MINOR)
    assert spans_of(silent._replace(updates=tuple(updates))) == spans_of(silent)


def test_a_stated_window_beats_the_updates() -> None:
    told = incident(
        INVESTIGATING,
        RESOLVED,
        components={"api": MAJOR},
        started=at(f"{DAY} 09:45"),
        ended=at(f"{DAY} 10:50"),
    )
    assert spans_of(told) == [("api", MAJOR, "09:45", "10:50")]


def test_an_end_after_the_closing_update_counts_too() -> None:
    told = incident(
        INVESTIGATING,
        RESOLVED,
        components={"api": MAJOR},
        ended=at(f"{DAY} 11:10"),
    )
    assert spans_of(told) == [("api", MAJOR, "10:00", "11:10")]
    assert spans_of(told, at(f"{DAY} 11:05")) == [("api", MAJOR, "10:00", "11:00")]


def test_an_incident_that_goes_on_after_its_stated_end_still_counts_what_is_said_later() -> None:
    told = incident(
        INVESTIGATING,
        update("monitoring", f"{DAY} 10:40", says={"api": MAJOR}),
        components={"api": MAJOR, "web": PARTIAL},
        ended=at(f"{DAY} 10:30"),
    )
    assert spans_of(told) == [
        ("api", MAJOR, "10:00", "10:30"),
        ("api", MAJOR, "10:40", None),
        ("web", PARTIAL, "10:00", "10:30"),
    ]


def test_what_is_said_after_the_stated_end_of_a_closed_incident_counts_no_more() -> None:
    told = incident(
        INVESTIGATING,
        update("monitoring", f"{DAY} 10:40", says={"api": DEGRADED, "web": DEGRADED}),
        RESOLVED,
        components={"api": MAJOR},
        ended=at(f"{DAY} 10:30"),
    )
    assert spans_of(told) == [("api", MAJOR, "10:00", "10:30")]


def test_updates_set_statuses_from_their_time_on() -> None:
    told = incident(
        update("investigating", f"{DAY} 10:00", says={"web": DEGRADED}),
        update("identified", f"{DAY} 10:20", says={"api": PARTIAL}),
        update("monitoring", f"{DAY} 10:40", says={"api": OPERATIONAL, "web": DEGRADED}),
        RESOLVED,
        components={"api": MAJOR},
    )
    assert spans_of(told) == [
        ("api", MAJOR, "10:00", "10:20"),
        ("api", PARTIAL, "10:20", "10:40"),
        ("web", DEGRADED, "10:00", "11:00"),
    ]


def test_an_update_before_the_stated_start_stands() -> None:
    told = incident(
        update("investigating", f"{DAY} 10:00", says={"api": DEGRADED}),
        RESOLVED,
        components={"api": MAJOR, "web": PARTIAL},
        started=at(f"{DAY} 10:30"),
    )
    assert spans_of(told) == [
        ("api", DEGRADED, "10:00", "11:00"),
        ("web", PARTIAL, "10:30", "11:00"),
    ]


def test_a_start_stated_after_the_closing_update_is_no_span() -> None:
    told = incident(
        INVESTIGATING,
        RESOLVED,
        components={"api": MAJOR},
        started=at(f"{DAY} 11:30"),
    )
    assert spans_of(told) == []


def test_all_is_operational_once_it_is_closed_whatever_the_closing_update_says() -> None:
    told = incident(
        INVESTIGATING,
        update("resolved", f"{DAY} 11:00", says={"api": DEGRADED}),
        components={"api": MAJOR},
    )
    assert spans_of(told) == [("api", MAJOR, "10:00", "11:00")]


def test_a_reopened_incident_has_the_components_that_it_had() -> None:
    told = incident(
        INVESTIGATING,
        update("resolved", f"{DAY} 11:00", says={"api": OPERATIONAL}),
        update("investigating", f"{DAY} 11:20"),
        update("identified", f"{DAY} 11:40", says={"api": PARTIAL}),
        components={"api": MAJOR},
    )
    assert spans_of(told) == [
        ("api", MAJOR, "10:00", "11:00"),
        ("api", MAJOR, "11:20", "11:40"),
        ("api", PARTIAL, "11:40", None),
    ]


@pytest.mark.parametrize(
    ("impact", "status"),
    [
        (None, DEGRADED),
        (Impact.MINOR, DEGRADED),
        (Impact.MAJOR, PARTIAL),
        (Impact.CRITICAL, MAJOR),
    ],
)
def test_a_component_listed_without_a_status_gets_the_one_that_fits(
    impact: Impact | None,
    status: ComponentStatus,
) -> None:
    told = incident(INVESTIGATING, components={"api": None}, impact=impact)
    assert spans_of(told) == [("api", status, "10:00", None)]
    line = incident(INVESTIGATING._replace(impact=impact), components={"api": None})
    assert spans_of(line) == [("api", status, "10:00", None)]


def test_a_component_listed_without_a_status_follows_the_impact_lines_until_it_is_named() -> None:
    told = incident(
        INVESTIGATING._replace(impact=Impact.MINOR),
        IDENTIFIED._replace(impact=Impact.CRITICAL),
        update("monitoring", f"{DAY} 10:40", says={"api": DEGRADED}),
        update("monitoring", f"{DAY} 10:50", impact=Impact.MAJOR),
        components={"api": None, "web": None},
    )
    assert spans_of(told) == [
        ("api", DEGRADED, "10:00", "10:20"),
        ("api", MAJOR, "10:20", "10:40"),
        ("api", DEGRADED, "10:40", None),
        ("web", DEGRADED, "10:00", "10:20"),
        ("web", MAJOR, "10:20", "10:50"),
        ("web", PARTIAL, "10:50", None),
    ]


def test_impact_none_leaves_a_listed_component_operational() -> None:
    told = incident(INVESTIGATING, components={"api": None}, impact=Impact.NONE)
    assert spans_of(told) == []
    assert record_of(told).components == ("api",)


# ── stand-ins ─────────────────────────────────────────────────────────────────────────────────


def test_a_stand_in_without_updates_is_open_and_of_unknown_impact() -> None:
    created = at(f"{DAY} 09:00")
    told = incident(stand_in=StandIn("raw"), created=created, components={"api": MAJOR})
    history = derive(config(), [told], NOON)
    (record,) = history.open_incidents
    assert (record.status, record.impact) == (Status.INVESTIGATING, Impact.NONE)
    assert (record.created, record.started) == (created, created)
    assert history.components["api"].status is MAJOR
    assert history.unreadable == (told,)


def test_a_half_read_file_is_not_taken_at_its_word_that_all_is_over() -> None:
    told = incident(
        INVESTIGATING,
        RESOLVED,
        components={"api": MAJOR},
        stand_in=StandIn("raw"),
        ended=at(f"{DAY} 10:30"),
    )
    record = record_of(told)
    assert (record.is_open, record.updates) == (True, (INVESTIGATING,))
    assert spans_of(told) == [("api", MAJOR, "10:00", None)]


def test_an_older_version_is_taken_at_its_word() -> None:
    told = incident(INVESTIGATING, RESOLVED, stand_in=StandIn("raw", commit="0123abc"))
    history = derive(config(API), [told], NOON)
    assert not history.records[0].is_open
    assert history.unreadable == (told,)
