"""How well a record was communicated."""

from __future__ import annotations

from typing import Any

import pytest
from timeline.values import at, config, incident, maintenance, update

from statusgen.model import Incident
from statusgen.timeline import derive
from statusgen.timeline.facts import Facts, Kept, facts

DAY = "2026-11-21"
INVESTIGATING = update("investigating", f"{DAY} 10:05")
IDENTIFIED = update("identified", f"{DAY} 10:20")
MONITORING = update("monitoring", f"{DAY} 10:50")
RESOLVED = update("resolved", f"{DAY} 11:02")
POSTMORTEM = update("postmortem", "2026-11-23 09:00")


def facts_of(told: Incident, now: str = "2026-11-30 00:00") -> Facts:
    history = derive(config(), [told], at(now))
    return facts(history.records[0], history.now)


@pytest.mark.parametrize(
    ("fields", "seconds"),
    [
        ({}, None),
        ({"detected": at(f"{DAY} 10:00")}, 300),
        ({"started": at(f"{DAY} 09:55")}, 600),
        ({"detected": at(f"{DAY} 10:00"), "started": at(f"{DAY} 09:55")}, 300),
        ({"detected": at(f"{DAY} 10:06")}, 0),
    ],
    ids=["unknown", "detected", "started", "detection beats the start", "told before"],
)
def test_time_to_the_first_notice(fields: dict[str, Any], seconds: int | None) -> None:
    assert facts_of(incident(INVESTIGATING, RESOLVED, **fields)).first_notice == seconds


def test_without_an_update_there_was_no_notice() -> None:
    told = incident(detected=at(f"{DAY} 10:00"), created=at(f"{DAY} 10:00"))
    assert facts_of(told) == Facts(None, (), (), None, None)


def test_gaps_are_between_updates_until_the_one_that_closes() -> None:
    told = incident(INVESTIGATING, IDENTIFIED, MONITORING, RESOLVED, POSTMORTEM)
    assert facts_of(told).gaps == (900, 1800, 720)


def test_while_it_was_closed_there_is_no_gap() -> None:
    again = update("investigating", f"{DAY} 15:00")
    told = incident(INVESTIGATING, RESOLVED, again, update("resolved", f"{DAY} 15:10"))
    assert facts_of(told).gaps == (3420, 600)


@pytest.mark.parametrize(
    ("due", "answer", "now", "kept"),
    [
        ("10:20", "10:15", "12:00", Kept.KEPT),
        ("10:20", "10:20", "12:00", Kept.KEPT),
        ("10:20", "10:21:00", "12:00", Kept.KEPT),
        ("10:20", "10:21:01", "12:00", Kept.LATE),
        ("10:20", None, "10:10", Kept.PENDING),
        ("10:20", None, "10:21:00", Kept.PENDING),
        ("10:20", None, "10:21:01", Kept.LATE),
        ("10:20", "10:30", "10:15", Kept.PENDING),
        ("10:20", "10:30", "10:25", Kept.LATE),
    ],
)
def test_a_promise_is_kept_within_a_minute(
    due: str,
    answer: str | None,
    now: str,
    kept: Kept,
) -> None:
    first = INVESTIGATING._replace(next_update=at(f"{DAY} {due}"))
    answers = [update("identified", f"{DAY} {answer}")] if answer else []
    (promise,) = facts_of(incident(first, *answers), f"{DAY} {now}").promises
    assert (promise.update, promise.made, promise.due) == (first.id, first.at, at(f"{DAY} {due}"))
    answered = answer is not None and at(f"{DAY} {answer}") <= at(f"{DAY} {now}")
    assert promise.answered == (at(f"{DAY} {answer}") if answered else None)
    assert promise.kept is kept


def test_every_promise_counts_but_one_of_a_closing_update() -> None:
    told = incident(
        INVESTIGATING._replace(next_update=at(f"{DAY} 10:20")),
        IDENTIFIED._replace(next_update=at(f"{DAY} 10:40")),
        MONITORING,
        RESOLVED._replace(next_update=at(f"{DAY} 12:00")),
    )
    assert [one.kept for one in facts_of(told).promises] == [Kept.KEPT, Kept.LATE]


@pytest.mark.parametrize(
    ("fields", "seconds"),
    [
        ({}, 3420),
        ({"started": at(f"{DAY} 09:58")}, 3840),
        ({"started": at(f"{DAY} 09:58"), "ended": at(f"{DAY} 10:55")}, 3420),
    ],
    ids=["from the first update", "from the stated start", "to the stated end"],
)
def test_time_to_resolve(fields: dict[str, Any], seconds: int) -> None:
    assert facts_of(incident(INVESTIGATING, RESOLVED, **fields)).to_resolve == seconds


def test_what_is_open_has_not_been_resolved() -> None:
    again = update("investigating", f"{DAY} 15:00")
    told = incident(INVESTIGATING, RESOLVED, again, POSTMORTEM)
    assert facts_of(told, f"{DAY} 16:00").to_resolve is None
    assert facts_of(told, f"{DAY} 16:00").postmortem is None


def test_postmortem_delay_is_from_the_resolution() -> None:
    told = incident(INVESTIGATING, RESOLVED, POSTMORTEM)
    assert facts_of(told).postmortem == 46 * 3600 - 120
    assert facts_of(told, "2026-11-23 08:59").postmortem is None


def test_a_maintenance_has_facts_too() -> None:
    told = maintenance(f"{DAY} 05:00", f"{DAY} 06:00")
    assert facts_of(told) == Facts(None, (7 * 86400, 3600), (), 3600, None)
