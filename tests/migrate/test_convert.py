"""Records that say less, more or other things than they should: what becomes of them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from statuspage_becoming import API, NOON, Json, at, become, one
from statuspage_source import (
    PAGE,
    affected,
    code,
    incident,
    maintenance,
    summary,
    update,
)

from statusgen.model import Change, ComponentStatus, Kind, Notify, Status


@pytest.mark.parametrize("status", ["investigating", "identified", "monitoring", "resolved"])
def test_an_incident_without_updates_keeps_its_status(status: str) -> None:
    became = become(one(status=status, resolved_at=None))
    assert became.at(NOON).status == status
    assert [update.text for update in became.incident.updates] == [""]
    assert became.incident.updates[0].notify is Notify.NO
    assert became.told[0].startswith("import-no-updates incident.incident_updates: there is none")


def test_a_maintenance_still_running_after_its_end_is_not_ended_by_the_clock() -> None:
    begun = update(1, "in_progress", at("09:00"), "Begun.")
    became = become(
        summary([API], [], [maintenance(1, [begun], at("09:00"), at("10:00"))]),
    )
    record = became.at(NOON)
    assert record.status is Status.IN_PROGRESS
    assert record.window is not None
    assert record.window.end == datetime(2026, 11, 21, 10, tzinfo=UTC)
    assert [told.partition(" ")[0] for told in became.told] == ["import-overrun"]


def test_a_maintenance_that_nobody_began_is_begun_by_the_clock_and_told() -> None:
    planned = update(1, "scheduled", at("08:00"), "Planned.")
    became = become(
        summary([API], [], [maintenance(1, [planned], at("09:00"), at("10:00"))]),
    )
    assert became.told == [
        (
            "import-differs scheduled_maintenances[0].status: "
            "scheduled at the source, completed by its updates and the clock"
        ),
    ]


def test_a_maintenance_may_name_its_planned_start_as_the_moment_it_started() -> None:
    planned = update(1, "scheduled", at("08:00"))
    starts = at("13:00")
    became = become(
        summary([API], [], [maintenance(1, [planned], starts, at("14:00"), started_at=starts)]),
    )
    assert became.told == []
    assert became.at(NOON).status is Status.SCHEDULED


def test_the_impact_of_a_maintenance_makes_one_of_any_record() -> None:
    became = become(one(update(1, "resolved", at("09:00")), impact="maintenance"))
    assert became.incident.kind is Kind.MAINTENANCE
    assert became.at(NOON).status is Status.COMPLETED


@pytest.mark.parametrize("impact", [{"impact": None}, {"impact": ""}])
def test_no_impact_is_what_the_components_make_of_it(impact: Json) -> None:
    did = affected("API", API, "operational", "partial_outage")
    told = update(1, "investigating", at("09:00"), affected_components=[did])
    became = become(one(told, **impact))
    assert became.told == []
    assert became.at(NOON).impact == "major"


def test_a_bare_incident_without_a_list_of_updates_is_one() -> None:
    bare = incident(1, [], [API], status="investigating")
    del bare["incident_updates"]
    assert become(bare).incident.title == "Incident 1"


def test_a_scheduled_maintenance_without_updates_follows_from_its_window() -> None:
    became = become(
        summary([API], [], [maintenance(1, [], at("13:00"), at("14:00"), status="scheduled")]),
    )
    assert became.incident.updates == ()
    assert became.at(NOON).status is Status.SCHEDULED
    assert became.told == []


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("investigating", Status.IN_PROGRESS),
        ("identified", Status.IN_PROGRESS),
        ("monitoring", Status.VERIFYING),
        ("resolved", Status.COMPLETED),
    ],
)
def test_a_maintenance_with_the_words_of_an_incident_gets_its_own(
    word: str,
    status: Status,
) -> None:
    updates = [update(1, "scheduled", at("08:00")), update(2, word, at("09:10"))]
    became = become(summary([API], [], [maintenance(1, updates, at("09:00"), at("23:00"))]))
    assert became.incident.kind is Kind.MAINTENANCE
    assert became.incident.updates[-1].status is status
    assert became.told[0].startswith("import-other-status")


def test_an_unknown_status_keeps_the_one_before_and_is_told() -> None:
    became = become(
        one(
            update(1, "identified", at("09:00")),
            update(2, "exploded", at("09:10"), "Boom."),
        ),
    )
    assert became.incident.updates[-1].status is Status.IDENTIFIED
    assert became.incident.updates[-1].text == "Boom."
    assert "unknown status 'exploded', taken as identified" in became.told[0]


def test_an_unknown_status_of_an_incident_is_told() -> None:
    became = become(one(update(1, "resolved", at("09:00")), status="exploded"))
    message = "unknown status 'exploded'; it is resolved by its updates"
    assert became.told == [f"import-unknown-value incident.status: {message}"]


def test_an_unknown_component_status_still_counts_the_component() -> None:
    did = affected("API", API, "operational", "wobbly")
    became = become(one(update(1, "investigating", at("09:00"), affected_components=[did])))
    assert [tuple(named) for named in became.incident.components] == [("api", None)]
    assert "unknown component status 'wobbly'" in became.told[0]


def test_the_old_status_is_written_only_where_it_does_not_follow() -> None:
    steps = [
        ("operational", "partial_outage"),
        ("partial_outage", "major_outage"),
        ("operational", "operational"),
    ]
    updates = [
        update(
            number,
            "investigating",
            at(f"09:0{number}"),
            affected_components=[affected("API", API, old, new)],
        )
        for number, (old, new) in enumerate(steps)
    ]
    became = become(one(*updates))
    assert [update.changes for update in became.incident.updates] == [
        (Change("api", ComponentStatus.PARTIAL_OUTAGE),),
        (Change("api", ComponentStatus.MAJOR_OUTAGE),),
        (Change("api", ComponentStatus.OPERATIONAL, ComponentStatus.OPERATIONAL),),
    ]


def test_two_updates_with_one_id_become_two() -> None:
    first, second = update(1, "investigating", at("09:00")), update(1, "resolved", at("09:10"))
    became = become(one(first, second))
    assert len({update.id for update in became.incident.updates}) == 2
    assert became.incident.updates[0].id == code("u", 1)
    assert "a second update has the id" in became.told[0]


def test_two_records_with_one_id_in_a_list_are_told() -> None:
    records = [incident(1, [update(n, "resolved", at("10:00"))]) for n in (1, 2)]
    became = become({"page": PAGE, "incidents": records})
    assert became.told == [
        (
            "import-equal-ids incidents[1]: a second record of this list has the id i00000000001; "
            "only one of them is kept"
        ),
    ]


def test_ids_of_another_form_are_replaced_for_ever() -> None:
    response = one(update(1, "resolved", at("09:00"), id="UP/1"), id="Incident 7")
    became = become(response)
    assert became == become(response)
    assert len(became.incident.code) == 12
    assert became.incident.id == became.incident.code
    assert [told.partition(" ")[0] for told in became.told] == ["import-other-id"] * 2


@pytest.mark.parametrize(
    ("id_", "address"),
    [("01JMDK9XYNY35HYGVT5T2GMBQ0", ("/incidents/01JMDK9XYNY35HYGVT5T2GMBQ0",)), ("a/../b", ())],
)
def test_a_replaced_id_leaves_its_address_behind(id_: str, address: tuple[str, ...]) -> None:
    became = become(one(update(1, "resolved", at("09:00")), id=id_, shortlink=None))
    assert became.incident.aliases == address


def test_what_a_webhook_says_of_the_service_is_told_as_left_out() -> None:
    response = one(update(1, "resolved", at("10:00")), postmortem_ignored=True, backfilled=True)
    response["meta"] = {"unsubscribe": "x"}
    became = become(response)
    assert became.told == [
        (
            "import-no-place incident.postmortem_ignored: "
            "True is left out: it concerns the service it comes from"
        ),
    ]


@pytest.mark.parametrize(
    ("reminders", "shown"),
    [(None, []), ("[3, 6]", ['"[3, 6]"']), ([3, 6], ["[3, 6]"])],
)
def test_reminders_for_the_team_are_told_as_left_out(reminders: object, shown: list[str]) -> None:
    became = become(one(update(1, "resolved", at("10:00")), reminder_intervals=reminders))
    assert [told.partition(" is left out")[0] for told in became.told] == [
        f"import-no-place incident.reminder_intervals: {value}" for value in shown
    ]


def test_a_short_link_that_is_none_is_told() -> None:
    became = become(one(update(1, "resolved", at("10:00")), shortlink="stspg.io/x y"))
    assert became.incident.aliases == ()
    assert became.told[0].startswith("import-wrong-type incident.shortlink")


def test_a_response_of_2016_is_understood() -> None:
    told = {
        "status": "resolved",
        "body": "Done.",
        "created_at": "2016-06-09T12:59:33.851Z",
        "wants_twitter_update": False,
        "twitter_updated_at": None,
        "updated_at": "2016-06-09T12:59:33.851Z",
        "display_at": "2016-06-09T12:59:33.851Z",
        "affected_components": [{"name": "No components were affected by this update."}],
        "id": "u00000000001",
        "incident_id": "i00000000001",
    }
    one_of_then = {
        "name": "Outage",
        "status": "resolved",
        "created_at": "2016-06-09T11:58:36.442Z",
        "updated_at": "2016-06-09T12:59:33.886Z",
        "monitoring_at": None,
        "resolved_at": "2016-06-09T12:59:33.851Z",
        "impact": "major",
        "shortlink": "http://stspg.io/2R18",
        "postmortem_ignored": False,
        "postmortem_body": None,
        "postmortem_body_last_updated_at": None,
        "postmortem_published_at": None,
        "postmortem_notified_subscribers": False,
        "postmortem_notified_twitter": False,
        "backfilled": False,
        "scheduled_for": None,
        "scheduled_until": None,
        "scheduled_remind_prior": False,
        "scheduled_reminded_at": None,
        "impact_override": None,
        "scheduled_auto_in_progress": False,
        "scheduled_auto_completed": False,
        "id": "i00000000001",
        "page_id": "acme00000001",
        "incident_updates": [told],
    }
    became = become({"page": PAGE, "incidents": [one_of_then]})
    assert became.told == []
    assert became.incident.kind is Kind.INCIDENT
    assert became.incident.updates[0].changes == ()
