"""An incident at a moment: what is in effect, its status, impact, spans and times."""

from __future__ import annotations

from datetime import datetime

import pytest
from timeline.values import (
    API,
    DEGRADED,
    MAINTENANCE,
    MAJOR,
    OPERATIONAL,
    PARTIAL,
    at,
    config,
    incident,
    update,
)

from statusgen.model import ComponentStatus, Impact, Incident, StandIn, Status, derive_code
from statusgen.timeline import Record, derive

Spans = list[tuple[str, ComponentStatus, str, str | None]]

DAY = "2026-11-21"
NOON = at(f"{DAY} 12:00")

INVESTIGATING = update("investigating", f"{DAY} 10:00")
IDENTIFIED = update("identified", f"{DAY} 10:20")
MONITORING = update("monitoring", f"{DAY} 10:40")
RESOLVED = update("resolved", f"{DAY} 11:00")
POSTMORTEM = update("postmortem", f"{DAY} 11:30")


def record_of(told: Incident, now: datetime = NOON) -> Record:
    """Return the one record that an incident comes to."""
    (record,) = derive(config(), [told], now).records
    return record


def spans_of(told: Incident, now: datetime = NOON) -> Spans:
    """Return a record's spans by component and start, with the times of the day only."""
    return [
        (
            span.component,
            span.status,
            f"{span.start:%H:%M}",
            f"{span.end:%H:%M}" if span.end else None,
        )
        for span in sorted(record_of(told, now).spans, key=lambda one: (one.component, one.start))
    ]


# ── in effect ─────────────────────────────────────────────────────────────────────────────────


def test_updates_to_come_are_not_in_effect() -> None:
    record = record_of(incident(INVESTIGATING, RESOLVED), at(f"{DAY} 10:59"))
    assert record.updates == (INVESTIGATING,)
    assert record.is_open


def test_an_update_is_in_effect_from_its_moment_on() -> None:
    record = record_of(incident(INVESTIGATING, RESOLVED), RESOLVED.at)
    assert record.updates == (INVESTIGATING, RESOLVED)
    assert not record.is_open


def test_a_wrong_year_does_not_hide_an_outage() -> None:
    late = update("investigating", "2027-11-21 10:00", says={"api": MAJOR})
    history = derive(config(), [incident(late)], NOON)
    assert history.records[0].updates == (late,)
    assert history.components["api"].status is MAJOR


def test_a_closing_update_to_come_does_not_close_an_incident_without_others() -> None:
    record = record_of(incident(update("resolved", "2027-11-21 10:00"), created=at(f"{DAY} 09:00")))
    assert (record.status, record.is_open, record.updates) == (Status.INVESTIGATING, True, ())


def test_of_updates_to_come_the_first_that_does_not_close_counts() -> None:
    resolved = update("resolved", "2027-11-21 10:00")
    identified = update("identified", "2027-11-21 10:30")
    assert record_of(incident(resolved, identified)).updates == (identified,)


def test_updates_may_stand_in_any_order() -> None:
    told = incident(RESOLVED, INVESTIGATING, MONITORING, IDENTIFIED)
    assert record_of(told).updates == (INVESTIGATING, IDENTIFIED, MONITORING, RESOLVED)


def test_updates_of_one_moment_stand_in_the_order_of_their_creation_and_then_of_the_course() -> (
    None
):
    early = update("resolved", f"{DAY} 10:00", created=at(f"{DAY} 09:59"))
    second = update("identified", f"{DAY} 10:00")
    third = update("resolved", f"{DAY} 10:00", id="another")
    assert record_of(incident(third, second, early)).updates == (early, second, third)


def test_what_cannot_be_ordered_stands_as_in_the_file() -> None:
    one = update("identified", f"{DAY} 10:00", text="first")
    other = update("identified", f"{DAY} 10:00", text="second")
    assert record_of(incident(other, one)).updates == (other, one)


def test_an_incident_without_updates_is_open_until_it_has_ended() -> None:
    told = incident(started=at(f"{DAY} 09:00"), ended=at(f"{DAY} 11:00"), components={"api": MAJOR})
    early = record_of(told, at(f"{DAY} 10:59"))
    assert (early.status, early.is_open, early.resolved_at) == (Status.INVESTIGATING, True, None)
    late = record_of(told)
    assert (late.status, late.is_open) == (Status.RESOLVED, False)
    assert late.resolved_at == at(f"{DAY} 11:00")
    assert spans_of(told) == [("api", MAJOR, "09:00", "11:00")]


def test_an_incident_without_any_time_begins_now() -> None:
    record = record_of(incident(components={"api": MAJOR}))
    assert (record.created, record.started, record.is_open) == (NOON, NOON, True)


# ── times and status ──────────────────────────────────────────────────────────────────────────


def test_times_follow_from_the_updates() -> None:
    record = record_of(incident(INVESTIGATING, MONITORING, RESOLVED, POSTMORTEM))
    assert record.created == record.started == INVESTIGATING.at
    assert record.updated == POSTMORTEM.at
    assert record.monitoring_at == MONITORING.at
    assert record.resolved_at == RESOLVED.at
    assert record.status is Status.POSTMORTEM


def test_times_of_an_import_come_first() -> None:
    first = INVESTIGATING._replace(created=at(f"{DAY} 10:03"), updated=at(f"{DAY} 11:45"))
    assert record_of(incident(first, RESOLVED)).created == at(f"{DAY} 10:03")
    assert record_of(incident(first, RESOLVED)).updated == at(f"{DAY} 11:45")
    told = incident(first, created=at(f"{DAY} 09:58"), updated=at(f"{DAY} 11:50"))
    record = record_of(told)
    assert (record.created, record.updated) == (at(f"{DAY} 09:58"), at(f"{DAY} 11:50"))


def test_monitoring_and_resolved_are_when_their_last_run_began() -> None:
    again = [
        update(status, f"{DAY} 11:{minute}")
        for status, minute in [
            ("investigating", "10"),
            ("monitoring", "15"),
            ("monitoring", "20"),
            ("resolved", "25"),
            ("resolved", "30"),
            ("postmortem", "35"),
        ]
    ]
    record = record_of(incident(INVESTIGATING, MONITORING, RESOLVED, *again))
    assert record.monitoring_at == at(f"{DAY} 11:15")
    assert record.resolved_at == at(f"{DAY} 11:25")


def test_a_stated_start_counts_unless_it_is_still_to_come() -> None:
    assert record_of(incident(RESOLVED, started=at(f"{DAY} 09:50"))).started == at(f"{DAY} 09:50")
    assert record_of(incident(RESOLVED, started=at(f"{DAY} 12:01"))).started == RESOLVED.at


def test_promises_are_those_of_the_newest_update_while_it_is_open() -> None:
    first = INVESTIGATING._replace(next_update=at(f"{DAY} 10:30"), eta=at(f"{DAY} 13:00"))
    record = record_of(incident(first))
    assert (record.next_update, record.eta) == (at(f"{DAY} 10:30"), at(f"{DAY} 13:00"))
    record = record_of(incident(first, IDENTIFIED))
    assert (record.next_update, record.eta) == (None, None)
    closed = RESOLVED._replace(next_update=at(f"{DAY} 13:00"))
    assert record_of(incident(first, closed)).next_update is None


def test_a_record_without_a_code_gets_one_from_its_id() -> None:
    assert record_of(incident(INVESTIGATING)).code == derive_code("incident", "down")
    assert record_of(incident(INVESTIGATING, code="abcdefghijkl")).code == "abcdefghijkl"


# ── impact ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("told", "impact"),
    [
        (incident(INVESTIGATING), Impact.NONE),
        (incident(INVESTIGATING, components={"api": OPERATIONAL}), Impact.NONE),
        (incident(INVESTIGATING, components={"api": MAINTENANCE}), Impact.NONE),
        (incident(INVESTIGATING, components={"api": DEGRADED}), Impact.MINOR),
        (incident(INVESTIGATING, components={"api": None}), Impact.MINOR),
        (incident(INVESTIGATING, components={"api": PARTIAL, "web": DEGRADED}), Impact.MAJOR),
        (incident(update("resolved", NOON, says={"api": MAJOR})), Impact.CRITICAL),
        (
            incident(
                update("investigating", f"{DAY} 10:00", says={"api": MAJOR}),
                update("identified", f"{DAY} 10:20", says={"api": OPERATIONAL}),
            ),
            Impact.CRITICAL,
        ),
        (
            incident(
                INVESTIGATING._replace(impact=Impact.CRITICAL),
                IDENTIFIED._replace(impact=Impact.MINOR),
                MONITORING,
                components={"api": MAJOR},
            ),
            Impact.MINOR,
        ),
        (
            incident(
                INVESTIGATING._replace(impact=Impact.CRITICAL),
                components={"api": MAJOR},
                impact=Impact.NONE,
            ),
            Impact.NONE,
        ),
        (
            incident(INVESTIGATING, update("identified", f"{DAY} 12:01", says={"api": MAJOR})),
            Impact.NONE,
        ),
    ],
    ids=[
        "nothing is named",
        "operational is none",
        "maintenance is none",
        "degraded is minor",
        "listed without a status is degraded",
        "the worst of the front matter",
        "what a closing update says counts too",
        "the worst that ever was",
        "the latest line beats the statuses",
        "the front matter beats all",
        "what is to come does not count",
    ],
)
def test_impact(told: Incident, impact: Impact) -> None:
    assert record_of(told).impact is impact


# ── spans ─────────────────────────────────────────────────────────────────────────────────────


def test_the_front_matter_holds_from_the_first_update_to_the_one_that_closes() -> None:
    told = incident(INVESTIGATING, RESOLVED, components={"api": MAJOR, "web": OPERATIONAL})
    assert spans_of(told) == [("api", MAJOR, "10:00", "11:00")]
    assert record_of(told).components == ("api", "web")


def test_a_span_of_an_open_incident_has_no_end() -> None:
    assert spans_of(incident(INVESTIGATING, components={"api": MAJOR})) == [
        ("api", MAJOR, "10:00", None),
    ]


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
