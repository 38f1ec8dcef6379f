from __future__ import annotations

import pytest
from sample_histories import (
    IDENTIFIED,
    MAINTENANCE,
    OPENED,
    POSTMORTEM,
    RESOLVED,
    at,
    config_of,
    events_in,
    history_of,
)

from statusgen.model import ComponentStatus, EventKind
from statusgen.timeline.events import Event, events_of, next_event

TEXTS = tuple(one for one in EventKind if one is not EventKind.COMPONENT)


def texts(text: str, now: str) -> list[tuple[str, str]]:
    """Return kind and time of the events that are no component's."""
    events = events_in({"a": text}, at(now))
    return [(one.kind.value, f"{one.at:%d %H:%M}") for one in events if one.kind in TEXTS]


def ids(text: str, now: str = "24 00:00", id_: str = "a") -> list[str]:
    return [one.id for one in events_in({id_: text}, at(now))]


def test_an_incident_is_opened_updated_resolved_and_looked_back_on() -> None:
    assert texts(OPENED + IDENTIFIED + RESOLVED + POSTMORTEM, "24 00:00") == [
        ("opened", "21 10:05"),
        ("update", "21 10:20"),
        ("resolved", "21 11:02"),
        ("postmortem", "23 09:00"),
    ]


def test_what_is_said_after_a_resolution_is_an_update() -> None:
    again = "\n## Update · 2026-11-21 11:30 UTC\n\nStill fine.\n"
    assert texts(OPENED + RESOLVED + again, "24 00:00")[-1] == ("update", "21 11:30")


def test_who_reopens_an_incident_resolves_it_once_more() -> None:
    again = (
        "\n## Investigating · 2026-11-21 12:00 UTC\n\nIt is back.\n"
        "\n## Resolved · 2026-11-21 12:30 UTC\n\nGone.\n"
    )
    kinds = [kind for kind, _ in texts(OPENED + RESOLVED + again, "24 00:00")]
    assert kinds == ["opened", "resolved", "update", "resolved"]


def test_a_maintenance_is_announced_reminded_of_started_and_completed_by_the_clock() -> None:
    assert texts(MAINTENANCE, "20 12:00") == [("announced", "20 09:00")]
    assert texts(MAINTENANCE, "22 21:30") == [("announced", "20 09:00"), ("reminder", "22 21:00")]
    assert texts(MAINTENANCE, "23 12:00") == [
        ("announced", "20 09:00"),
        ("started", "22 22:00"),
        ("completed", "22 23:00"),
    ]


def test_a_maintenance_overruns_is_verified_or_called_off() -> None:
    late = "\n## In progress · 2026-11-22 23:00 UTC\n\nIt takes longer.\n"
    verifying = "\n## Verifying · 2026-11-22 23:30 UTC\n\nWe look at it.\n"
    assert texts(MAINTENANCE + late + verifying, "23 12:00")[2:] == [
        ("overrun", "22 23:00"),
        ("update", "22 23:30"),
    ]
    off = "\n## Cancelled · 2026-11-21 09:00 UTC\n\nNot this week.\n"
    assert texts(MAINTENANCE + off, "23 12:00")[1:] == [("cancelled", "21 09:00")]


def test_a_maintenance_announced_within_the_hour_has_no_reminder() -> None:
    late = MAINTENANCE.replace("2026-11-20 09:00", "2026-11-22 21:20")
    assert texts(late, "22 21:30") == [("announced", "22 21:20")]


def test_a_notice_is_told_and_then_updated() -> None:
    notice = (
        "---\ntitle: New office hours\ntype: notice\n---\n"
        "\n## Notice · 2026-11-21 10:00 UTC\n\nNew hours.\n"
        "\n## Update · 2026-11-21 11:00 UTC\n\nOn Sundays as well.\n"
    )
    assert texts(notice, "22 00:00") == [("notice", "21 10:00"), ("update", "21 11:00")]


def component_changes(*files: str) -> list[tuple[str, ComponentStatus, ComponentStatus]]:
    named = {f"f{number}": text for number, text in enumerate(files)}
    events = events_in(named, at("24 00:00"))
    return [
        (one.component, one.before, one.after) for one in events if one.kind is EventKind.COMPONENT
    ]


def test_components_change_with_the_updates_that_say_so() -> None:
    assert component_changes(OPENED + RESOLVED) == [
        ("checkout", ComponentStatus.OPERATIONAL, ComponentStatus.MAJOR_OUTAGE),
        ("checkout", ComponentStatus.MAJOR_OUTAGE, ComponentStatus.OPERATIONAL),
    ]


def test_a_component_that_another_incident_holds_down_does_not_change() -> None:
    meanwhile = OPENED.replace("10:05", "10:30").replace("major_outage", "partial_outage")
    over = RESOLVED.replace("11:02", "10:40")
    assert len(component_changes(OPENED + RESOLVED, meanwhile + over)) == 2


def test_of_one_moment_events_keep_the_order_of_the_record() -> None:
    same = IDENTIFIED.replace("10:20", "11:02")
    assert [kind for kind, _ in texts(OPENED + same + RESOLVED, "24 00:00")] == [
        "opened",
        "update",
        "resolved",
    ]


@pytest.mark.parametrize("text", [OPENED + IDENTIFIED + RESOLVED + POSTMORTEM, MAINTENANCE])
def test_ids_are_the_same_when_texts_titles_and_components_are_corrected(text: str) -> None:
    corrected = (
        text.replace("A provider", "Our provider")
        .replace("We upgrade", "We will upgrade")
        .replace("Card payments fail", "Cards fail")
        .replace("major_outage", "partial_outage")
    )
    assert corrected != text
    assert ids(corrected) == ids(text)
    assert len(set(ids(text))) == len(ids(text))


def test_ids_are_others_in_another_incident() -> None:
    assert not set(ids(OPENED)) & set(ids(OPENED, id_="b"))


def test_an_update_that_says_so_is_told_to_nobody() -> None:
    quiet = IDENTIFIED.replace("UTC\n", "UTC\nnotify: no\n")
    assert [kind for kind, _ in texts(OPENED + quiet, "22 00:00")] == ["opened"]


def test_an_update_that_says_again_is_another_event_with_each_text() -> None:
    again = IDENTIFIED.replace("UTC\n", "UTC\nnotify: again\n")
    corrected = again.replace("A provider", "Our provider")
    seen = {ids(OPENED + one)[-1] for one in (IDENTIFIED, again, corrected)}
    assert len(seen) == 3


def test_what_was_before_is_no_event() -> None:
    history = history_of({"a": OPENED + IDENTIFIED}, at("21 12:00"))
    found: tuple[Event, ...] = events_of(history, at("21 10:05"))
    assert [one.kind for one in found] == [EventKind.UPDATE]


def test_the_next_event_is_a_reminder_then_the_window() -> None:
    moments = [
        next_event(history_of({"a": MAINTENANCE}, at(now)))
        for now in ("20 12:00", "22 21:00", "22 22:30", "22 23:30")
    ]
    assert moments == [at("22 21:00"), at("22 22:00"), at("22 23:00"), None]


def test_without_reminders_the_window_is_next() -> None:
    config = config_of("cadence: {reminder: never}\n")
    history = history_of({"a": MAINTENANCE}, at("20 12:00"), config=config)
    assert next_event(history) == at("22 22:00")


def test_an_update_with_a_time_to_come_is_next() -> None:
    assert next_event(history_of({"a": OPENED + RESOLVED}, at("21 10:30"))) == at("21 11:02")
