"""Times, ends and postmortems that are missing, late or told twice: what becomes of them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from statuspage_becoming import NOON, at, become, one
from statuspage_source import (
    PAGE,
    update,
)

from statusgen.model import Notify, Status


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
