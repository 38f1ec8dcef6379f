from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from acme_site import (
    CANCELLED,
    CONFIG,
    EVERYTHING,
    RESOLVED,
    UPCOMING,
    at,
    by_path,
    calendars_of,
    site_of,
)
from icalendar import Calendar

from statusgen.model import Affected, Incident, Kind
from statusgen.site.context import Site
from statusgen.site.feeds.calendar import MOST_EVENTS


def events(site: Site, path: str = "maintenance.ics") -> list[Any]:
    return list(Calendar.from_ical(by_path(calendars_of(site))[path]).walk("VEVENT"))


def test_the_page_and_each_component_have_a_calendar() -> None:
    folders = ["", *(f"components/{one.id}/" for one in CONFIG.components)]
    assert list(by_path(calendars_of(site_of()))) == [
        f"{folder}maintenance.ics" for folder in folders
    ]


def test_an_event_says_when_where_and_what() -> None:
    event = events(site_of([UPCOMING]))[0]
    (record,) = site_of([UPCOMING]).history.records
    assert event["UID"] == f"{record.code}@status.acme.example"
    assert event["DTSTART"].dt == UPCOMING.starts
    assert event["DTEND"].dt == UPCOMING.ends
    assert event["DTSTAMP"].dt == record.updated
    assert event["SUMMARY"] == "Database maintenance"
    assert str(event["DESCRIPTION"]).startswith("We move the database.\n\nhttps://")
    assert event["URL"] == "https://status.acme.example/incidents/2026-12-01-database/"
    assert event["STATUS"] == "CONFIRMED"
    assert [str(one) for one in event["CATEGORIES"].cats] == ["Payments - Checkout", "API"]


def test_cancelled_maintenance_stays_in_the_calendar_as_cancelled() -> None:
    assert events(site_of([CANCELLED]))[0]["STATUS"] == "CANCELLED"


def test_events_stand_in_order_and_incidents_are_none() -> None:
    found = events(site_of())
    starts = [event["DTSTART"].dt for event in found]
    assert starts == sorted(starts)
    assert RESOLVED.title not in [event["SUMMARY"] for event in found]
    assert len(found) == 3


def test_a_component_has_its_own_maintenance_only() -> None:
    titles = [event["SUMMARY"] for event in events(site_of(), "components/refunds/maintenance.ics")]
    assert titles == ["Refunds are maintained"]


def test_each_occurrence_of_recurring_maintenance_is_an_event_of_its_own() -> None:
    weekly = UPCOMING._replace(
        starts=at("2026-11-01 22:00"),
        ends=at("2026-11-01 23:00"),
        repeat="FREQ=WEEKLY",
    )
    found = events(site_of([weekly]))
    assert len(found) == 4
    assert len({event["UID"] for event in found}) == 4


@pytest.mark.parametrize("incidents", [(), EVERYTHING])
def test_lines_end_with_crlf_and_have_75_octets_at_most(incidents: tuple[Incident, ...]) -> None:
    title = "Wartung der Datenbank für „Zahlungen“, lang; mit \\ und 💳 " * 4
    planned = (*incidents, UPCOMING._replace(id="long", title=title, summary=f"{title}\n\n{title}"))
    for raw in by_path(calendars_of(site_of(planned))).values():
        assert raw.endswith(b"END:VCALENDAR\r\n")
        assert b"\n" not in raw.replace(b"\r\n", b"")
        for line in raw.split(b"\r\n"):
            assert len(line) <= 75
            line.decode()
    found = events(site_of(planned))
    assert title in [str(event["SUMMARY"]) for event in found]


def test_a_line_break_in_a_title_cannot_add_a_property() -> None:
    event = events(site_of([UPCOMING._replace(title="A\r\nATTENDEE:mailto:x@acme.example")]))[0]
    assert "ATTENDEE" not in event


def test_a_calendar_is_bounded_and_keeps_what_is_ahead() -> None:
    planned = []
    for number in range(80):
        start = at("2026-10-01 10:00") + timedelta(days=number)
        planned.append(
            Incident(
                f"one-{number}",
                f"Number {number}",
                kind=Kind.MAINTENANCE,
                components=(Affected("api"),),
                starts=start,
                ends=start + timedelta(hours=1),
            ),
        )
    for path in ("maintenance.ics", "components/api/maintenance.ics"):
        found = events(site_of(planned), path)
        assert [event["SUMMARY"] for event in found] == [
            f"Number {number}" for number in range(80 - MOST_EVENTS, 80)
        ]


def test_a_calendar_says_nothing_of_the_moment_at_which_it_was_made() -> None:
    calendars = by_path(calendars_of(site_of([CANCELLED])))
    later = site_of([CANCELLED], now=at("2026-12-21 12:00"))
    assert by_path(calendars_of(later)) == calendars


def test_a_calendar_forgets_what_was_over_a_year_ago() -> None:
    for days, kept in ((365, ["Old"]), (366, [])):
        end = at("2026-11-21 00:30") - timedelta(days=days)
        old = UPCOMING._replace(id="old", title="Old", starts=end - timedelta(hours=1), ends=end)
        assert [event["SUMMARY"] for event in events(site_of([old]))] == kept
