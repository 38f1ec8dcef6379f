"""What a page is made of: order, notices, what is left out, and when it last changed."""

from __future__ import annotations

from datetime import datetime

import pytest
from timeline.values import (
    API,
    MAJOR,
    OPERATIONAL,
    at,
    config,
    incident,
    maintenance,
    update,
)

from statusgen.model import Config, Incident, Kind, Override, Page, StandIn, Status
from statusgen.timeline import History, derive

NOON = at("2026-11-21 12:00")


def numbered(id_: str, time: str, **fields: object) -> Incident:
    return incident(update("investigating", time), id=id_, **fields)  # type: ignore[arg-type]  # as a test names them


def notice(id_: str, starts: str, ends: str | None = None, *, pin: bool = False) -> Incident:
    return Incident(
        id_,
        "Note",
        kind=Kind.NOTICE,
        updates=(update("notice", starts),),
        ends=at(ends) if ends else None,
        pin=pin,
    )


def history_of(*incidents: Incident, now: datetime = NOON, page: Config | None = None) -> History:
    return derive(page or config(), incidents, now)


def ids(records: object) -> list[str]:
    return [one.id for one in records]  # type: ignore[attr-defined]  # records


# ── order ─────────────────────────────────────────────────────────────────────────────────────


def test_records_stand_newest_created_first() -> None:
    told = [
        numbered("b", "2026-11-20 10:00"),
        numbered("a", "2026-11-20 10:00"),
        numbered("c", "2026-11-19 10:00"),
        numbered("d", "2026-11-18 10:00", created=at("2026-11-21 10:00")),
    ]
    expected = ["d", "b", "a", "c"]
    assert ids(history_of(*told).records) == expected
    assert ids(history_of(*reversed(told)).records) == expected
    assert ids(history_of(*told).open_incidents) == expected


def test_maintenances_stand_by_the_start_of_their_window() -> None:
    told = [
        maintenance("2026-11-24 05:00", "2026-11-24 06:00", id="later"),
        maintenance("2026-11-23 05:00", "2026-11-23 06:00", id="sooner"),
        maintenance("2026-11-21 11:30", "2026-11-21 13:00", id="second"),
        maintenance("2026-11-21 11:00", "2026-11-21 13:00", id="first"),
        maintenance("2026-11-20 05:00", "2026-11-20 06:00", id="over"),
    ]
    history = history_of(*told)
    assert ids(history.running) == ["first", "second"]
    assert ids(history.upcoming) == ["sooner", "later"]
    assert ids(history.past) == ["over"]
    assert history.open_incidents == ()


def test_what_is_over_is_past_whatever_it_was() -> None:
    closed = incident(
        update("investigating", "2026-11-20 10:00"),
        update("resolved", "2026-11-20 11:00"),
        id="closed",
    )
    over = maintenance("2026-11-19 05:00", "2026-11-19 06:00", id="over")
    assert ids(history_of(closed, over, numbered("open", "2026-11-20 10:00")).past) == [
        "closed",
        "over",
    ]


# ── notices ───────────────────────────────────────────────────────────────────────────────────


def test_notices_stand_apart_those_of_now_first_and_pinned_ones_before_them() -> None:
    told = [
        notice("old", "2026-11-01 00:00"),
        notice("new", "2026-11-20 00:00"),
        notice("pinned", "2026-11-10 00:00", pin=True),
        notice("over", "2026-11-15 00:00", "2026-11-21 12:00", pin=True),
        notice("to-come", "2026-11-21 12:01"),
    ]
    history = history_of(*told)
    assert ids(history.notices) == ["pinned", "new", "old", "over"]
    assert [one.is_open for one in history.notices] == [True, True, True, False]
    assert history.records == ()


def test_a_notice_says_nothing_of_components() -> None:
    told = notice("note", "2026-11-01 00:00")._replace(
        updates=(update("notice", "2026-11-01 00:00", says={"api": MAJOR}),),
    )
    history = history_of(told)
    assert history.components["api"].status is OPERATIONAL
    assert history.notices[0].components == ("api",)
    assert history.notices[0].status is Status.NOTICE


def test_a_notice_is_shown_from_its_start_even_if_its_text_is_dated_later() -> None:
    told = notice("note", "2026-11-22 00:00")._replace(starts=at("2026-11-21 00:00"))
    (record,) = history_of(told).notices
    assert (record.started, len(record.updates)) == (at("2026-11-21 00:00"), 1)


def test_a_notice_without_an_update_is_shown_from_its_creation() -> None:
    told = Incident("note", "Note", kind=Kind.NOTICE, created=at("2026-11-21 12:30"))
    assert history_of(told).notices == ()
    assert history_of(told).next_change == at("2026-11-21 12:30")
    assert ids(history_of(told, now=at("2026-11-21 12:30")).notices) == ["note"]


# ── what is left out ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("fields", [{"draft": True}, {"audience": "internal"}])
def test_drafts_and_what_is_not_for_everybody_are_not_on_the_page(
    fields: dict[str, object],
) -> None:
    told = numbered("secret", "2026-11-21 10:00", stand_in=StandIn("raw"), **fields)
    history = history_of(told._replace(components=incident(components={"api": MAJOR}).components))
    assert (history.records, history.unreadable) == ((), ())
    assert history.components["api"].status is OPERATIONAL


def test_unreadable_are_the_incidents_with_a_stand_in() -> None:
    told = [
        numbered("b", "2026-11-21 10:00", stand_in=StandIn("raw")),
        numbered("a", "2026-11-20 10:00", stand_in=StandIn("raw", "0123abc")),
        numbered("fine", "2026-11-20 10:00"),
    ]
    assert ids(history_of(*told).unreadable) == ["a", "b"]


# ── when it last changed ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("told", "updated"),
    [
        (numbered("one", "2026-11-20 10:00"), "2026-11-20 10:00"),
        (numbered("one", "2026-11-20 10:00", updated=at("2026-11-21 09:00")), "2026-11-21 09:00"),
        (numbered("one", "2026-11-20 10:00", updated=at("2026-11-21 13:00")), "2026-11-20 10:00"),
        (maintenance("2026-11-19 05:00", "2026-11-19 06:00"), "2026-11-19 06:00"),
        (maintenance("2026-11-25 05:00", "2026-11-25 06:00"), "2026-11-18 05:00"),
        (notice("note", "2026-11-20 07:00"), "2026-11-20 07:00"),
        (notice("note", "2026-11-20 07:00", "2026-11-21 08:00"), "2026-11-21 08:00"),
        (numbered("one", "2027-11-20 10:00"), "2026-11-21 00:00"),
    ],
    ids=[
        "an update",
        "a stated moment",
        "but not one that is still to come",
        "the end of a maintenance, by the clock",
        "its announcement",
        "a notice",
        "its end",
        "nothing ever did: the start of today",
    ],
)
def test_updated_is_when_anything_changed_last(told: Incident, updated: str) -> None:
    assert history_of(told).updated == at(updated)


def test_the_page_and_what_is_set_by_hand_are_changes_too() -> None:
    plain = Page("Acme", "https://status.acme.example", updated=at("2026-11-20 08:00"))
    assert history_of(page=Config(plain)).updated == at("2026-11-20 08:00")
    by_hand = API._replace(override=Override(MAJOR, at("2026-11-20 09:00")))
    assert history_of(page=Config(plain, components=(by_hand,))).updated == at("2026-11-20 09:00")


# ── the history itself ────────────────────────────────────────────────────────────────────────


def test_today_is_the_date_in_the_pages_zone() -> None:
    history = history_of(now=at("2026-11-21 23:30"), page=config(zone="Europe/Berlin"))
    assert (history.today.isoformat(), history.zone.key) == ("2026-11-22", "Europe/Berlin")


def test_a_page_of_nothing_is_fine() -> None:
    history = history_of()
    assert history.page == ("none", "All Systems Operational")
    assert history.spans_of("api") == ()
    assert history.next_change == at("2026-11-22 00:00")


def test_at_the_end_of_the_calendar_nothing_changes_any_more() -> None:
    assert history_of(now=at("9999-12-31 12:00")).next_change is None
