"""Records that say less, more or other things than they should: what becomes of them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest
from statuspage_source import (
    PAGE,
    affected,
    code,
    component,
    incident,
    maintenance,
    summary,
    update,
)

from statusgen.config import parse_config
from statusgen.content import parse_incident
from statusgen.migrate.statuspage.fields import Remarks
from statusgen.migrate.statuspage.importing import plan_import
from statusgen.migrate.statuspage.merge import merge
from statusgen.migrate.statuspage.reader import read_response
from statusgen.migrate.tree import Tree
from statusgen.model import Change, ComponentStatus, Config, Incident, Kind, Notify, Status
from statusgen.timeline import Record, derive

Json = dict[str, Any]
API = component(1, "API")
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


class Became(NamedTuple):
    """The page and its one incident, as their files say them, and what was told."""

    config: Config
    incident: Incident
    told: list[str]

    def at(self, moment: datetime) -> Record:
        return derive(self.config, [self.incident], moment).records[0]


def become(response: object) -> Became:
    remarks = Remarks()
    capture = merge([read_response(response, "x.json", remarks)], remarks)
    files = plan_import(capture, Tree(None, "", {}), remarks).files
    config, problems = parse_config(files.pop("config.yml"))
    assert config is not None
    assert problems == []
    ((path, text),) = files.items()
    ids = frozenset(one.id for one in config.components)
    reading = parse_incident(path, text.encode(), ZoneInfo("UTC"), ids)
    assert not any(problem.is_error for problem in reading.problems)
    told = [f"{problem.code} {problem.message}" for problem in remarks.problems]
    return Became(config, reading.incident, told)


def one(*updates: Json, **other: Any) -> Json:  # noqa: ANN401 (any key of the JSON)
    return {"page": PAGE, "incident": incident(1, list(updates), [API], **other)}


def at(clock: str, day: int = 21) -> str:
    return f"2026-11-{day}T{clock}:00.000Z"


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


def test_updates_stand_by_the_time_that_readers_saw() -> None:
    late = update(1, "resolved", at("11:00"), created_at=at("09:00"))
    early = update(2, "investigating", at("10:00"), created_at=at("11:30"))
    became = become(one(late, early, status="resolved"))
    assert [update.status for update in became.incident.updates] == [
        Status.INVESTIGATING,
        Status.RESOLVED,
    ]


@pytest.mark.parametrize(
    ("missing", "taken"),
    [(["display_at"], "created_at"), (["display_at", "created_at"], "updated_at")],
)
def test_a_missing_time_is_taken_from_the_next_best(missing: list[str], taken: str) -> None:
    times = dict.fromkeys(missing, None)
    became = become(
        one(update(1, "resolved", at("10:00"), **{**times, taken: at("09:30")})),
    )
    assert became.incident.updates[0].at == datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
    assert became.told[0].startswith("import-no-time")


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("Eastern Time (US & Canada)", "America/New_York"),
        ("Kathmandu", "Asia/Kathmandu"),
        ("Istanbul", "Europe/Istanbul"),
        ("Solomon Is.", "Pacific/Guadalcanal"),
    ],
)
def test_a_zone_by_a_name_of_rails_is_understood(name: str, zone: str) -> None:
    became = become(
        {**one(update(1, "resolved", at("09:00"))), "page": {**PAGE, "time_zone": name}}
    )
    assert became.config.page.timezone == zone
    assert became.told == [f"import-other-zone page.time_zone: '{name}' is written as {zone}"]


@pytest.mark.parametrize("name", ["", "Mars", "Buenos", "../etc"])
def test_a_zone_that_there_is_not_is_told(name: str) -> None:
    became = become(
        {**one(update(1, "resolved", at("09:00"))), "page": {**PAGE, "time_zone": name}}
    )
    assert became.config.page.timezone == "UTC"
    assert [told.partition(" ")[0] for told in became.told] == ["import-wrong-type"] * bool(name)


def test_a_time_without_an_offset_is_utc_and_told() -> None:
    became = become(one(update(1, "resolved", at("10:00"), display_at="2026-11-21T09:30:00")))
    assert became.incident.updates[0].at == datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
    assert became.told[0].startswith("import-naive-time")


def test_a_postmortem_beside_the_updates_becomes_one_of_them() -> None:
    became = become(
        one(
            update(1, "resolved", at("10:00")),
            postmortem_body="## Cause\n\nDNS.",
            postmortem_published_at=at("11:00"),
        ),
    )
    newest = became.incident.updates[-1]
    assert (newest.status, newest.text) == (Status.POSTMORTEM, "## Cause\n\nDNS.")
    assert newest.at == datetime(2026, 11, 21, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("body", "text"),
    [("", "## Cause"), ("## Cause", "## Cause"), ("Another", "Another")],
)
def test_a_postmortem_is_told_once(body: str, text: str) -> None:
    became = become(
        one(
            update(1, "resolved", at("10:00")),
            update(2, "postmortem", at("11:00"), body),
            postmortem_body="## Cause",
        ),
    )
    assert [update.text for update in became.incident.updates] == ["", text]
    assert bool(became.told) is (body == "Another")


def test_a_postmortem_that_is_not_published_stays_out_of_the_page() -> None:
    became = become(
        one(
            update(1, "resolved", at("10:00")),
            postmortem_body="## Draft",
            postmortem_published_at=None,
        ),
    )
    assert [update.status for update in became.incident.updates] == [Status.RESOLVED]
    assert became.told == [
        "import-no-place incident.postmortem_body: left out: the postmortem is not published",
    ]


def test_an_incident_without_a_time_that_can_be_read_is_on_the_page() -> None:
    unread = "1969-01-01T00:00:00.000Z"
    became = become(one(update(1, "investigating", unread, "Down.")))
    assert became.incident.updates[0].text == "Down."
    assert became.incident.updates[0].at == NOON
    assert any(told.startswith("import-no-time ") for told in became.told)


@pytest.mark.parametrize(
    ("updates", "status"),
    [
        (["investigating"], "resolved"),
        (["investigating", "resolved", "monitoring"], "resolved"),
        (["investigating", "resolved"], "investigating"),
    ],
)
def test_an_incident_is_as_open_as_its_source_says(updates: list[str], status: str) -> None:
    steps = [update(n, word, at(f"09:0{n}"), "Text.") for n, word in enumerate(updates)]
    became = become(one(*steps, status=status, resolved_at=at("09:30")))
    assert became.at(NOON).status == status
    assert became.incident.updates[-1].text == ""
    assert became.incident.updates[-1].notify is Notify.NO
    assert became.told[0].startswith("import-no-updates incident.status: it is ")


def test_a_task_of_a_postmortem_is_no_fault_of_its_file() -> None:
    resolved = update(1, "resolved", at("09:00"))
    became = become(one(resolved, update(2, "postmortem", at("10:00"), "- [ ] Add an alarm")))
    assert became.told == []
    assert [action.text for action in became.incident.updates[1].actions] == ["Add an alarm"]


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
