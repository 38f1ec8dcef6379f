from __future__ import annotations

import pytest
from notify_events import CARDS, DATABASE, NOTICE, OFFICE, event_of, message_of, site_at

from statusgen.model import EventKind
from statusgen.notify.composing import compose
from statusgen.notify.message import Message


def facts_of(message: Message) -> list[tuple[str, str]]:
    return [(one.label, one.value) for one in message.facts]


def test_an_opened_incident_is_told_with_its_components_the_worst_first_and_its_times() -> None:
    message = message_of(CARDS, EventKind.OPENED)
    assert message.headline == "Investigating: Card payments fail for some customers"
    assert message.plain == (
        "Some customers see an error when they pay by card. Bank transfer works.\n\n"
        "Workaround: pay by bank transfer (https://status.acme.example/help/transfer)."
    )
    assert facts_of(message) == [
        ("Major outage", "Payments - Cards"),
        ("Degraded performance", "API"),
        ("Since", "Sat 21 Nov 2026, 11:05 CET (10:05 UTC)"),
        ("Next update", "Sat 21 Nov 2026, 11:20 CET (10:20 UTC)"),
    ]
    assert message.link.startswith(
        "https://status.acme.example/incidents/2026-11-21-cards/#update-"
    )


def test_a_workaround_is_repeated_until_it_is_over_and_the_end_expected_is_told() -> None:
    message = message_of(CARDS, EventKind.UPDATE)
    assert facts_of(message)[3:] == [
        ("Workaround", "Pay by bank transfer (https://status.acme.example/help/transfer)."),
        ("Next update", "Sat 21 Nov 2026, 11:50 CET (10:50 UTC)"),
        ("Expected to be over", "Sat 21 Nov 2026, 12:30 CET (11:30 UTC)"),
    ]
    assert "Workaround" not in dict(facts_of(message_of(CARDS, EventKind.RESOLVED)))


def test_an_update_that_keeps_the_status_is_called_one() -> None:
    message = message_of(CARDS, EventKind.UPDATE, count=1)
    assert message.headline == "Update: Card payments fail for some customers"


def test_components_that_are_back_while_the_incident_is_open_are_told_as_operational() -> None:
    message = message_of(CARDS, EventKind.UPDATE, count=2)
    assert facts_of(message)[0] == ("Operational", "Payments - Cards and API")


def test_components_to_which_nothing_has_happened_are_told_as_what_it_is_about() -> None:
    event = event_of(CARDS, EventKind.OPENED)
    cards = tuple(one for one in event.record.spans if one.component == "cards")
    quiet = event.record._replace(id="elsewhere", spans=cards)
    message = compose(site_at(event.at), event._replace(record=quiet))
    assert facts_of(message)[:2] == [("Major outage", "Payments - Cards"), ("Affects", "API")]


@pytest.mark.parametrize("kind", [EventKind.RESOLVED, EventKind.POSTMORTEM])
def test_what_is_over_is_told_with_its_end_and_how_long_it_took(kind: EventKind) -> None:
    assert facts_of(message_of(CARDS, kind)) == [
        ("Affected", "Payments - Cards and API"),
        ("Began", "Sat 21 Nov 2026, 11:05 CET (10:05 UTC)"),
        ("Ended", "Sat 21 Nov 2026, 12:02 CET (11:02 UTC), after 57 min"),
    ]


def test_the_same_event_is_told_in_the_language_of_the_site() -> None:
    message = message_of(CARDS, EventKind.OPENED, "de")
    assert message.headline == "Wird untersucht: Kartenzahlungen schlagen bei einigen Kunden fehl"
    assert message.link.startswith("https://status.acme.example/de/incidents/")
    assert facts_of(message)[0] == ("Vollständiger Ausfall", "Zahlungen - Karten")
    assert message.event == event_of(CARDS, EventKind.OPENED)


def test_a_text_that_nobody_has_translated_says_in_its_html_what_language_it_is_in() -> None:
    message = message_of(CARDS, EventKind.UPDATE, "ar", count=1)
    assert message.is_rtl
    assert message.html == '<div lang="en" dir="ltr"><p>Half of the traffic has moved.</p></div>'


PLANNED = (
    "Planned",
    "Tue 1 Dec 2026, 23:00 CET (22:00 UTC) to Wed 2 Dec 2026, 02:00 CET (01:00 UTC)",
)


def test_a_maintenance_is_announced_with_its_window() -> None:
    message = message_of(DATABASE, EventKind.ANNOUNCED)
    assert message.headline == "Scheduled: Database upgrade"
    assert facts_of(message) == [("Affects", "API"), PLANNED]


def test_a_reminder_says_that_it_begins_soon_and_what_was_announced() -> None:
    message = message_of(DATABASE, EventKind.REMINDER)
    assert message.headline == "Reminder: Database upgrade"
    assert message.plain == (
        "Maintenance begins soon, at the planned time.\n\n"
        "The API is read-only while we upgrade the database."
    )
    assert facts_of(message) == [("Affects", "API"), PLANNED]


def test_a_maintenance_that_has_begun_names_what_is_under_it() -> None:
    message = message_of(DATABASE, EventKind.STARTED)
    assert message.headline == "In progress: Database upgrade"
    assert facts_of(message) == [("Under maintenance", "API"), PLANNED]


def test_a_maintenance_that_goes_on_past_its_end_says_so() -> None:
    label, value = facts_of(message_of(DATABASE, EventKind.OVERRUN))[-1]
    assert (label, value) == ("Planned", f"{PLANNED[1]} · It takes longer than planned.")


@pytest.mark.parametrize(
    ("record", "kind", "headline"),
    [
        (DATABASE, EventKind.COMPLETED, "Completed: Database upgrade"),
        (OFFICE, EventKind.CANCELLED, "Cancelled: Network work"),
        (NOTICE, EventKind.NOTICE, "Notice: API v1 ends in spring"),
        (CARDS, EventKind.POSTMORTEM, "Postmortem: Card payments fail for some customers"),
    ],
)
def test_each_kind_has_its_word(record: str, kind: EventKind, headline: str) -> None:
    assert message_of(record, kind).headline == headline


def test_a_component_that_changes_is_told_by_its_name_with_what_it_was_and_why() -> None:
    message = message_of(CARDS, EventKind.COMPONENT, count=2)
    assert message.headline == "Partial outage: Payments - Cards"
    assert facts_of(message) == [
        ("Before", "Major outage"),
        ("Incident", "Card payments fail for some customers"),
    ]
    assert not message.text


def test_the_same_event_gives_the_same_message() -> None:
    event = event_of(CARDS, EventKind.OPENED)
    assert compose(site_at(event.at), event) == compose(site_at(event.at), event)
