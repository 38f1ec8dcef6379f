"""An incident at a moment: what is in effect, its status, impact and times."""

from __future__ import annotations

import pytest
from timeline.one_incident import (
    DAY,
    IDENTIFIED,
    INVESTIGATING,
    MONITORING,
    NOON,
    POSTMORTEM,
    RESOLVED,
    record_of,
    spans_of,
)
from timeline.values import (
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

from statusgen.model import Impact, Incident, Status, derive_code
from statusgen.timeline import derive

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
