"""What is owed, at the second."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from timeline.values import at, config, incident, maintenance, update

from statusgen.model import Action, Cadence, Impact, Incident, Kind
from statusgen.timeline import derive
from statusgen.timeline.owed import Duty, Owing

DAY = "2026-11-21"
USUAL = Cadence()
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
SECOND = timedelta(seconds=1)
INVESTIGATING = update("investigating", f"{DAY} 10:05")
RESOLVED = update("resolved", f"{DAY} 11:02")
POSTMORTEM = update("postmortem", "2026-11-23 09:00")


def owed(
    told: Incident,
    now: str | datetime,
    cadence: Cadence = USUAL,
    zone: str = "UTC",
) -> tuple[Duty, ...]:
    moment = at(now) if isinstance(now, str) else now
    page = config(zone=zone)._replace(cadence=cadence)
    return derive(page, [told], moment).owed


def kinds(told: Incident, now: str | datetime, zone: str = "UTC") -> list[Owing]:
    return [duty.kind for duty in owed(told, now, zone=zone)]


def first_owed(told: Incident, zone: str = "UTC", after: str = f"{DAY} 00:00") -> datetime:
    """Return when anything is owed first, found by looking at each change of the page."""
    moment: datetime | None = at(after)
    while moment is not None and moment < at("2027-06-01 00:00"):
        history = derive(config(zone=zone), [told], moment)
        if history.owed:
            assert derive(config(zone=zone), [told], moment - SECOND).owed == ()
            return moment
        moment = history.next_change
    raise AssertionError("nothing is ever owed")


# ── updates ───────────────────────────────────────────────────────────────────────────────────


def test_a_promised_update_is_owed_after_61_seconds() -> None:
    promising = INVESTIGATING._replace(next_update=at(f"{DAY} 10:20"))
    told = incident(promising, impact=Impact.CRITICAL)
    assert kinds(told, f"{DAY} 10:21:00") == []
    (duty,) = owed(told, f"{DAY} 10:21:01")
    assert duty.kind is Owing.PROMISED_UPDATE
    assert duty.record.id == "down"
    assert duty.since == at(f"{DAY} 10:05")
    assert duty.due == at(f"{DAY} 10:20")
    assert duty.late_by(at(f"{DAY} 10:21:01")) == timedelta(seconds=61)


@pytest.mark.parametrize(
    ("impact", "due"),
    [
        (Impact.CRITICAL, f"{DAY} 10:20"),
        (Impact.MAJOR, f"{DAY} 10:35"),
        (Impact.MINOR, f"{DAY} 11:05"),
    ],
)
def test_without_a_promise_an_update_is_owed_by_the_impact_at_the_second(
    impact: Impact,
    due: str,
) -> None:
    told = incident(INVESTIGATING, impact=impact)
    assert first_owed(told) == at(due)
    assert kinds(told, at(due)) == [Owing.UPDATE]


def test_without_an_impact_no_update_is_owed() -> None:
    assert kinds(incident(INVESTIGATING, impact=Impact.NONE), "2026-12-24 00:00") == []


def test_a_promise_wins_over_what_the_impact_asks_for() -> None:
    promising = INVESTIGATING._replace(next_update=at(f"{DAY} 14:00"))
    told = incident(promising, impact=Impact.CRITICAL)
    assert first_owed(told) == at(f"{DAY} 14:01:01")


def test_an_update_pays_for_the_one_that_was_owed() -> None:
    newer = update("identified", f"{DAY} 10:40")
    told = incident(INVESTIGATING, newer, impact=Impact.CRITICAL)
    assert kinds(told, f"{DAY} 10:39") == [Owing.UPDATE]
    assert kinds(told, f"{DAY} 10:40") == []
    assert kinds(told, f"{DAY} 10:55") == [Owing.UPDATE]


def test_what_is_over_owes_no_update() -> None:
    promising = RESOLVED._replace(next_update=at(f"{DAY} 12:00"), eta=at(f"{DAY} 12:00"))
    told = incident(INVESTIGATING, promising, impact=Impact.MINOR)
    assert kinds(told, "2026-12-24 00:00") == []


def test_a_cadence_of_the_page_counts() -> None:
    told = incident(INVESTIGATING, impact=Impact.CRITICAL)
    cadence = Cadence(critical=20 * MINUTE)
    assert owed(told, f"{DAY} 10:24:59", cadence) == ()
    assert len(owed(told, f"{DAY} 10:25", cadence)) == 1
    assert owed(told, "2026-12-24 00:00", Cadence(critical=timedelta(0))) == ()


@pytest.mark.parametrize(
    ("open_for", "expected"), [(2 * HOUR - SECOND, 15 * MINUTE), (2 * HOUR, 30 * MINUTE)]
)
def test_after_two_hours_a_promise_may_be_twice_as_long(
    open_for: timedelta,
    expected: timedelta,
) -> None:
    assert Cadence().interval(Impact.CRITICAL, open_for) == expected


def test_an_eta_that_has_passed_is_owed_from_its_second_on() -> None:
    told = incident(INVESTIGATING._replace(eta=at(f"{DAY} 10:30")), impact=Impact.MINOR)
    assert first_owed(told) == at(f"{DAY} 10:30")
    assert kinds(told, f"{DAY} 10:30") == [Owing.ETA]


def test_a_newer_update_without_an_eta_takes_it_back() -> None:
    newer = update("identified", f"{DAY} 10:20")
    told = incident(INVESTIGATING._replace(eta=at(f"{DAY} 10:30")), newer, impact=Impact.MINOR)
    assert kinds(told, f"{DAY} 10:30") == []


def test_a_notice_owes_what_it_promises_until_it_is_no_longer_shown() -> None:
    told = incident(
        update("notice", f"{DAY} 10:00", next_update=at(f"{DAY} 12:00")),
        kind=Kind.NOTICE,
        ends=at(f"{DAY} 14:00"),
    )
    assert kinds(told, f"{DAY} 12:01:01") == [Owing.PROMISED_UPDATE]
    assert kinds(told, f"{DAY} 14:00") == []


# ── maintenance ───────────────────────────────────────────────────────────────────────────────

WINDOW = ("2026-11-21 04:00", "2026-11-21 06:00")


def test_maintenance_that_the_clock_ends_owes_nothing() -> None:
    assert kinds(maintenance(*WINDOW), f"{DAY} 05:59:59") == []
    assert kinds(maintenance(*WINDOW), f"{DAY} 06:00") == []


@pytest.mark.parametrize("status", ["in_progress", "verifying"])
def test_maintenance_that_goes_on_after_its_end_owes_one(status: str) -> None:
    told = maintenance(*WINDOW, update(status, f"{DAY} 06:00"))
    assert kinds(told, f"{DAY} 05:59:59") == []
    assert kinds(told, f"{DAY} 06:00") == [Owing.MAINTENANCE_END]
    assert owed(told, f"{DAY} 07:30")[0].late_by(at(f"{DAY} 07:30")) == timedelta(minutes=90)


def test_its_completion_pays_for_it() -> None:
    more = (update("verifying", f"{DAY} 06:10"), update("completed", f"{DAY} 06:40"))
    assert kinds(maintenance(*WINDOW, *more), f"{DAY} 06:39:59") == [Owing.MAINTENANCE_END]
    assert kinds(maintenance(*WINDOW, *more), f"{DAY} 06:40") == []


# ── postmortems ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("impact", [Impact.MAJOR, Impact.CRITICAL])
def test_a_postmortem_is_owed_72_hours_after_the_resolution(impact: Impact) -> None:
    told = incident(INVESTIGATING, RESOLVED, impact=impact)
    assert kinds(told, "2026-11-24 11:01") == []
    assert kinds(told, "2026-11-24 11:01:59") == []
    assert kinds(told, "2026-11-24 11:02") == [Owing.POSTMORTEM]
    assert kinds(told, "2026-11-24 11:03") == [Owing.POSTMORTEM]


@pytest.mark.parametrize("impact", [Impact.NONE, Impact.MINOR])
def test_after_a_smaller_impact_none_is_owed(impact: Impact) -> None:
    assert kinds(incident(INVESTIGATING, RESOLVED, impact=impact), "2027-01-01 00:00") == []


def test_a_postmortem_pays_for_itself_from_its_time_on() -> None:
    late = update("postmortem", "2026-11-25 09:00")
    told = incident(INVESTIGATING, RESOLVED, late, impact=Impact.CRITICAL)
    assert kinds(told, "2026-11-25 08:59:59") == [Owing.POSTMORTEM]
    assert kinds(told, "2026-11-25 09:00") == []


def test_the_newest_resolution_counts() -> None:
    again = (update("investigating", f"{DAY} 12:00"), update("resolved", f"{DAY} 15:00"))
    told = incident(INVESTIGATING, RESOLVED, *again, impact=Impact.MAJOR)
    assert first_owed(told, after=f"{DAY} 15:00") == at("2026-11-24 15:00")


@pytest.mark.parametrize(
    "told",
    [
        incident(INVESTIGATING, RESOLVED, impact=Impact.CRITICAL, postmortem=False),
        incident(INVESTIGATING, RESOLVED._replace(code="abcdefghijkl"), impact=Impact.CRITICAL),
        maintenance(*WINDOW, impact=Impact.CRITICAL),
    ],
    ids=["the file says so", "it was imported", "it was planned"],
)
def test_where_no_postmortem_is_owed(told: Incident) -> None:
    assert kinds(told, "2027-01-01 00:00") == []


# ── actions and commitments ───────────────────────────────────────────────────────────────────


def with_actions(*actions: Action) -> Incident:
    return incident(INVESTIGATING, RESOLVED, POSTMORTEM._replace(actions=actions))


def test_an_action_is_owed_when_its_last_day_is_over() -> None:
    told = with_actions(Action("Mend it", "Ana", date(2026, 12, 15)))
    assert kinds(told, "2026-12-15 23:59:59") == []
    (duty,) = owed(told, "2026-12-16 00:00")
    assert (duty.kind, duty.what, duty.who) == (Owing.ACTION, "Mend it", "Ana")


@pytest.mark.parametrize(
    ("day", "over"),
    [
        (date(2026, 12, 15), "2026-12-15 23:00"),
        (date(2027, 3, 27), "2027-03-27 23:00"),
        (date(2027, 3, 28), "2027-03-28 22:00"),
    ],
    ids=["winter", "before the clocks go forward", "when they do"],
)
def test_its_day_ends_in_the_zone_of_the_page(day: date, over: str) -> None:
    told = with_actions(Action("Mend it", "Ana", day))
    assert first_owed(told, "Europe/Berlin") == at(over)


def test_without_a_date_it_is_owed_as_soon_as_it_is_written() -> None:
    told = with_actions(Action("Mend it"))
    assert kinds(told, "2026-11-23 08:59:59") == []
    (duty,) = owed(told, "2026-11-23 09:00")
    assert duty.due is None
    assert duty.late_by(at("2026-12-24 09:00")) == timedelta(0)


def test_what_is_done_is_not_owed() -> None:
    told = with_actions(Action("Mend it", "Ana", date(2026, 12, 1), is_done=True))
    assert kinds(told, "2027-01-01 00:00") == []


def test_a_commitment_is_owed_like_an_action() -> None:
    told = with_actions(Action("A credit", "billing", date(2026, 12, 31), is_commitment=True))
    assert kinds(told, "2026-12-31 23:59:59") == []
    assert kinds(told, "2027-01-01 00:00") == [Owing.COMMITMENT]


# ── change of the clocks ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("told_at", "due"),
    [("2026-10-25 00:50", "2026-10-25 01:05"), ("2026-03-29 00:50", "2026-03-29 01:05")],
    ids=["the hour that comes twice", "the hour that is skipped"],
)
def test_fifteen_minutes_are_fifteen_minutes_when_the_clocks_change(
    told_at: str,
    due: str,
) -> None:
    told = incident(update("investigating", told_at), impact=Impact.CRITICAL)
    assert first_owed(told, "Europe/Berlin", after=told_at) == at(due)


@pytest.mark.parametrize("resolved", ["2026-10-24 10:00", "2026-03-28 10:00"])
def test_72_hours_are_72_hours_when_the_clocks_change(resolved: str) -> None:
    over = update("resolved", resolved)
    began = update("investigating", over.at - HOUR)
    told = incident(began, over, impact=Impact.MAJOR)
    assert kinds(told, over.at + 72 * HOUR - SECOND, zone="Europe/Berlin") == []
    assert kinds(told, over.at + 72 * HOUR, zone="Europe/Berlin") == [Owing.POSTMORTEM]


def test_the_longest_owed_comes_first() -> None:
    told = with_actions(
        Action("Mend it", "Ana", date(2026, 12, 15)), Action("Test it", "Bo", date(2026, 12, 1))
    )
    assert [duty.what for duty in owed(told, "2027-01-01 00:00")] == ["Test it", "Mend it"]
