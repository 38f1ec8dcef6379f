"""Maintenance from the clock, and every way in which updates override it.

The window is 05:00 to 06:00; each case says what the record is at some moments around it.
"""

from __future__ import annotations

from datetime import datetime

import pytest
from timeline.values import (
    API,
    DEGRADED,
    MAINTENANCE,
    OPERATIONAL,
    PARTIAL,
    at,
    config,
    maintenance,
    update,
)

from statusgen.model import Impact, Incident, StandIn, Status, Update, derive_code
from statusgen.timeline import History, Record, derive

DAY = "2026-12-05"
STARTS, ENDS = f"{DAY} 05:00", f"{DAY} 06:00"
SCHEDULED, IN_PROGRESS, VERIFYING, COMPLETED, CANCELLED = (
    Status.SCHEDULED,
    Status.IN_PROGRESS,
    Status.VERIFYING,
    Status.COMPLETED,
    Status.CANCELLED,
)

ANNOUNCED = update("scheduled", "2026-12-01 09:00")
Course = list[tuple[str, Status]]


def history_of(told: Incident, now: str) -> History:
    return derive(config(), [told], at(now))


def record_of(told: Incident, now: str) -> Record:
    (record,) = history_of(told, now).records
    return record


def course_of(told: Incident, now: str = "2026-12-31 00:00") -> Course:
    """Return the course of a maintenance: 'day hour:minute' and status of its updates."""
    return [(f"{one.at:%d %H:%M}", one.status) for one in record_of(told, now).updates]


def with_updates(*updates: Update) -> Incident:
    return maintenance(STARTS, ENDS, ANNOUNCED, *updates)


# ── the clock ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("now", "status", "component", "place"),
    [
        ("2026-11-01 00:00", SCHEDULED, OPERATIONAL, "upcoming"),
        (f"{DAY} 04:59:59", SCHEDULED, OPERATIONAL, "upcoming"),
        (f"{DAY} 05:00", IN_PROGRESS, MAINTENANCE, "running"),
        (f"{DAY} 05:59:59", IN_PROGRESS, MAINTENANCE, "running"),
        (f"{DAY} 06:00", COMPLETED, OPERATIONAL, "past"),
    ],
)
def test_status_follows_from_the_clock(
    now: str,
    status: Status,
    component: object,
    place: str,
) -> None:
    history = history_of(maintenance(STARTS, ENDS), now)
    (record,) = history.records
    assert record.status is status
    assert history.components["api"].status is component
    assert getattr(history, place) == (record,)
    assert record.impact is Impact.MAINTENANCE
    assert record.window == (at(STARTS), at(ENDS))
    assert record.started == at(STARTS)


def test_the_clock_writes_statuspages_texts() -> None:
    record = record_of(maintenance(STARTS, ENDS), "2026-12-31 00:00")
    assert [(one.at, one.status, one.text) for one in record.updates] == [
        (
            at("2026-11-28 05:00"),
            SCHEDULED,
            "Maintenance is scheduled from 2026-12-05 05:00 UTC to 2026-12-05 06:00 UTC.",
        ),
        (
            at(STARTS),
            IN_PROGRESS,
            "Scheduled maintenance is currently in progress. We will provide updates as necessary.",
        ),
        (at(ENDS), COMPLETED, "The scheduled maintenance has been completed."),
    ]
    assert [one.id for one in record.updates] == [
        derive_code("upgrade", status) for status in ("scheduled", "in_progress", "completed")
    ]
    assert record.resolved_at == at(ENDS)


@pytest.mark.parametrize(("repeat", "started"), [("", "04:50"), ("FREQ=DAILY", "05:00")])
def test_a_stated_start_is_that_of_a_single_maintenance(repeat: str, started: str) -> None:
    told = maintenance(STARTS, ENDS, started=at(f"{DAY} 04:50"), repeat=repeat)
    assert record_of(told, f"{DAY} 05:30").started == at(f"{DAY} {started}")


def test_a_written_impact_stands() -> None:
    told = maintenance(STARTS, ENDS, impact=Impact.MAJOR)
    assert record_of(told, ENDS).impact is Impact.MAJOR


def test_the_summary_announces_a_maintenance_at_its_creation() -> None:
    told = maintenance(STARTS, ENDS, summary="We move.", created=at("2026-11-16 09:00"))
    first = record_of(told, "2026-11-20 00:00").updates[0]
    assert (first.at, first.status, first.text) == (at("2026-11-16 09:00"), SCHEDULED, "We move.")


def test_nothing_is_announced_after_the_fact() -> None:
    told = maintenance(STARTS, ENDS, created=at(f"{DAY} 05:30"))
    assert course_of(told) == [("05 05:00", IN_PROGRESS), ("05 06:00", COMPLETED)]
    assert record_of(told, "2026-12-31 00:00").created == at(f"{DAY} 05:30")


def test_components_get_the_status_that_is_given() -> None:
    told = maintenance(STARTS, ENDS, components={"api": PARTIAL, "web": None})
    history = history_of(told, f"{DAY} 05:30")
    assert history.components["api"].status is PARTIAL
    assert history.components["web"].status is MAINTENANCE
    assert history_of(told, ENDS).components["api"].status is OPERATIONAL


def test_what_updates_say_of_components_holds_while_work_is_in_progress() -> None:
    told = maintenance(
        STARTS,
        ENDS,
        update("scheduled", "2026-12-01 09:00", says={"web": MAINTENANCE}),
        update("in_progress", f"{DAY} 05:05", says={"api": PARTIAL}),
        update("verifying", f"{DAY} 05:30", says={"api": OPERATIONAL}),
        components={"api": None},
    )
    spans = [
        (span.component, span.status, f"{span.start:%H:%M}", span.end and f"{span.end:%H:%M}")
        for span in record_of(told, "2026-12-31 00:00").spans
    ]
    assert spans == [
        ("api", PARTIAL, "05:05", "05:30"),
        ("web", MAINTENANCE, "05:05", "06:00"),
    ]


# ── overrides ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("updates", "course"),
    [
        ((), [("05 05:00", IN_PROGRESS), ("05 06:00", COMPLETED)]),
        (
            (update("in_progress", f"{DAY} 04:40"),),
            [("05 04:40", IN_PROGRESS), ("05 06:00", COMPLETED)],
        ),
        (
            (update("in_progress", f"{DAY} 05:20"),),
            [("05 05:20", IN_PROGRESS), ("05 06:00", COMPLETED)],
        ),
        (
            (update("verifying", f"{DAY} 05:40"),),
            [("05 05:00", IN_PROGRESS), ("05 05:40", VERIFYING), ("05 06:00", COMPLETED)],
        ),
        (
            (update("verifying", f"{DAY} 04:50"),),
            [("05 04:50", VERIFYING), ("05 06:00", COMPLETED)],
        ),
        (
            (update("completed", f"{DAY} 05:30"),),
            [("05 05:00", IN_PROGRESS), ("05 05:30", COMPLETED)],
        ),
        (
            (update("completed", f"{DAY} 06:07"),),
            [("05 05:00", IN_PROGRESS), ("05 06:07", COMPLETED)],
        ),
        ((update("cancelled", "2026-12-03 12:00"),), [("03 12:00", CANCELLED)]),
        (
            (update("cancelled", f"{DAY} 05:10"),),
            [("05 05:00", IN_PROGRESS), ("05 05:10", CANCELLED)],
        ),
        (
            (update("in_progress", f"{DAY} 06:00"),),
            [("05 05:00", IN_PROGRESS), ("05 06:00", IN_PROGRESS)],
        ),
        (
            (update("verifying", f"{DAY} 06:10"), update("completed", f"{DAY} 06:30")),
            [("05 05:00", IN_PROGRESS), ("05 06:10", VERIFYING), ("05 06:30", COMPLETED)],
        ),
        (
            (update("scheduled", f"{DAY} 05:30"),),
            [("05 05:00", IN_PROGRESS), ("05 05:30", IN_PROGRESS), ("05 06:00", COMPLETED)],
        ),
        (
            (update("scheduled", f"{DAY} 06:30"),),
            [("05 05:00", IN_PROGRESS), ("05 06:30", IN_PROGRESS)],
        ),
        (
            (update("postmortem", "2026-12-07 09:00"),),
            [("05 05:00", IN_PROGRESS), ("05 06:00", COMPLETED), ("07 09:00", Status.POSTMORTEM)],
        ),
        (
            (
                update("completed", f"{DAY} 05:20"),
                update("in_progress", f"{DAY} 05:40"),
            ),
            [
                ("05 05:00", IN_PROGRESS),
                ("05 05:20", COMPLETED),
                ("05 05:40", IN_PROGRESS),
                ("05 06:00", COMPLETED),
            ],
        ),
        (
            (update("scheduled", f"{DAY} 05:10", code="0123456789ab"),),
            [("05 05:10", SCHEDULED), ("05 06:00", COMPLETED)],
        ),
        (
            (update("completed", f"{DAY} 05:58", code="0123456789ab"),),
            [("05 05:58", COMPLETED)],
        ),
    ],
    ids=[
        "none",
        "early start",
        "late start",
        "verifying",
        "verifying before the start begins it",
        "early end",
        "late end",
        "cancelled before the start",
        "cancelled while it runs",
        "overrun without an end",
        "overrun with an end",
        "an update that kept 'scheduled' while it runs",
        "an update that kept 'scheduled' after the end is an overrun",
        "postmortem",
        "reopened",
        "imported: the clock adds only what comes later",
        "imported: nothing is added before the end",
    ],
)
def test_updates_override_the_clock(updates: tuple[Update, ...], course: Course) -> None:
    assert course_of(with_updates(*updates)) == [("01 09:00", SCHEDULED), *course]


def test_an_overrun_stays_open_and_under_maintenance() -> None:
    history = history_of(with_updates(update("in_progress", f"{DAY} 06:05")), "2026-12-09 00:00")
    assert history.running == history.records
    assert history.components["api"].status is MAINTENANCE
    assert history.components["api"].since == at(STARTS)


def test_before_a_late_start_it_is_still_scheduled() -> None:
    told = with_updates(update("in_progress", f"{DAY} 05:20"))
    assert record_of(told, f"{DAY} 05:10").status is SCHEDULED
    assert history_of(told, f"{DAY} 05:10").components["api"].status is OPERATIONAL


def test_a_cancelled_maintenance_has_no_spans() -> None:
    assert record_of(with_updates(update("cancelled", "2026-12-03 12:00")), ENDS).spans == ()


def test_an_end_that_is_still_to_come_is_not_in_effect() -> None:
    told = with_updates(update("completed", f"{DAY} 06:30"))
    assert record_of(told, f"{DAY} 06:10").status is IN_PROGRESS


def test_an_announcement_counts_before_its_time() -> None:
    record = record_of(maintenance(STARTS, ENDS), "2026-10-01 00:00")
    assert [one.at for one in record.updates] == [at("2026-11-28 05:00")]


# ── windows that make no sense ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("ends", [None, at(STARTS), at(f"{DAY} 04:00")])
def test_without_a_sensible_end_only_an_update_ends_it(ends: datetime | None) -> None:
    told = maintenance(STARTS, ENDS)._replace(ends=ends)
    assert record_of(told, "2026-12-31 00:00").status is IN_PROGRESS
    assert record_of(told, "2026-12-31 00:00").window == (at(STARTS), at(STARTS))
    closed = told._replace(updates=(update("completed", f"{DAY} 07:00"),))
    assert record_of(closed, "2026-12-31 00:00").status is COMPLETED


def test_without_a_window_it_is_scheduled_until_an_update_says_otherwise() -> None:
    told = maintenance(STARTS, ENDS, stand_in=StandIn("raw"), created=at("2026-12-01 00:00"))
    told = told._replace(starts=None, ends=None)
    record = record_of(told, "2026-12-31 00:00")
    assert record.status is SCHEDULED
    assert record.window == (at("2026-12-01 00:00"), at("2026-12-01 00:00"))
    begun = told._replace(updates=(update("in_progress", f"{DAY} 07:00"),))
    assert record_of(begun, "2026-12-31 00:00").status is IN_PROGRESS


def test_an_outage_during_a_maintenance_is_the_worst_of_both() -> None:
    planned = maintenance(STARTS, ENDS)
    outage = Incident(
        "out",
        "Out",
        components=planned.components[:0],
        updates=(update("investigating", f"{DAY} 05:10", says={"api": DEGRADED}),),
    )
    history = derive(config(API), [planned, outage], at(f"{DAY} 05:20"))
    assert history.components["api"].status is DEGRADED
    assert [one.id for one in history.components["api"].because] == ["out"]
