"""Components over time: ids, groups, order, former names, those that have vanished."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from statuspage_source import PAGE, affected, component, group, incident, summary, update

from statusgen.config import parse_config
from statusgen.migrate.statuspage.fields import Remarks
from statusgen.migrate.statuspage.importing import plan_import
from statusgen.migrate.statuspage.merge import merge
from statusgen.migrate.statuspage.reader import read_response
from statusgen.migrate.tree import Tree
from statusgen.model import Component, ComponentStatus, Config, FormerName, Override
from statusgen.site.api.components import directory_of
from statusgen.site.context import Site, Theme
from statusgen.timeline import derive

Json = dict[str, Any]
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def configured(*responses: object) -> Config:
    remarks = Remarks()
    read = [read_response(one, f"{number}.json", remarks) for number, one in enumerate(responses)]
    plan = plan_import(merge(read, remarks), Tree(None, "", {}), remarks)
    assert [str(one) for one in remarks.problems if one.is_error] == []
    config, problems = parse_config(plan.files["config.yml"])
    assert config is not None
    assert problems == []
    return config


def listed(*components: Json) -> Json:
    return {"page": PAGE, "components": list(components)}


def mention(number: int, day: int, name: str, of: Json, **page: str) -> Json:
    moment = f"2026-11-{day:02}T10:00:00.000Z"
    did = affected(name, of, "operational", "operational")
    told = update(number, "resolved", moment, affected_components=[did])
    return {"page": {**PAGE, **page}, "incident": incident(number, [told])}


def by_code(config: Config) -> dict[str, Component]:
    return {one.code[-1]: one for one in config.components}


@pytest.mark.parametrize(
    ("names", "ids"),
    [
        (["API", "Web Site"], ["api", "web-site"]),
        (["SMS, Europe", "Ünïcode & Co."], ["sms-europe", "unicode-co"]),
        (["日本語", "…"], ["c00000000001", "c00000000002"]),
        (["API", "api", "Api!"], ["api", "api-c00000000002", "api-c00000000003"]),
        (["con", "2026"], ["c00000000001", "2026"]),
        (["x" * 300], ["x" * 128]),
    ],
)
def test_ids_come_from_names(names: list[str], ids: list[str]) -> None:
    config = configured(listed(*(component(n, name) for n, name in enumerate(names, 1))))
    assert [one.id for one in config.components] == ids
    assert [one.name for one in config.components] == names


def test_equal_names_in_groups_carry_the_groups_name() -> None:
    eu, us, alone = component(1, "API"), component(2, "API"), component(3, "API")
    config = configured(listed(eu, us, alone, group(4, "EU", [eu]), group(5, "US", [us])))
    assert {one.id: one.group for one in config.components} == {
        "eu-api": "eu",
        "us-api": "us",
        "api": "",
    }


def test_ids_of_long_names_are_not_too_long() -> None:
    alone, same, inside, beside = (component(number, "x" * 200) for number in range(1, 5))
    groups = [group(5, "y" * 100, [inside]), group(6, "y" * 100, [beside])]
    config = configured(listed(alone, same, inside, beside, *groups))
    assert [one.id for one in config.components] == [
        "x" * 128,
        f"{'x' * 115}-c00000000002",
        f"{'y' * 100}-{'x' * 27}",
        f"{'x' * 115}-c00000000004",
    ]


def test_a_group_inside_a_group_stands_beside_it_and_is_told() -> None:
    inner, child = group(1, "Inner", []), component(2, "API")
    remarks = Remarks()
    outer = group(3, "Outer", [inner, child])
    capture = merge([read_response(listed(inner, child, outer), "x.json", remarks)], remarks)
    text = plan_import(capture, Tree(None, "", {}), remarks).files["config.yml"]
    assert [problem.message for problem in remarks.problems] == [
        f"{inner['id']}: a group cannot be in a group: {outer['id']}"
    ]
    config, _ = parse_config(text)
    assert config is not None
    assert config.layout == ("inner", "outer")


def test_a_start_that_no_file_can_hold_is_left_out() -> None:
    remarks = Remarks()
    read = read_response(listed(component(1, "API", start_date="0001-01-01")), "x.json", remarks)
    assert read.components[0].component.start is None
    assert [problem.code for problem in remarks.problems] == ["import-wrong-type"]


@pytest.mark.parametrize("shift", [0, 3])
@pytest.mark.parametrize("backwards", [False, True])
def test_the_order_of_the_api_is_that_of_the_source(*, shift: int, backwards: bool) -> None:
    one, two = component(1, "One", position=1), component(2, "Two", position=1)
    child = component(3, "Child", position=1 + shift)
    other = component(4, "Other", position=2 + shift)
    top = component(5, "Top", position=3)
    every = [one, two, child, other, top, group(6, "Group", [child, other], position=2)]
    if backwards:
        every.reverse()
    every.sort(key=lambda row: row["position"])
    config = configured(listed(*every))
    history = derive(config, [], NOON)
    rows = directory_of(Site(history, Theme({}), str)).rows
    assert [(row["id"], row["position"]) for row in rows] == [
        (row["id"], row["position"]) for row in every
    ]


def test_a_child_without_position_stands_last_in_the_group_and_in_the_list() -> None:
    nowhere, placed = component(1, "A", position=None), component(2, "B", position=2)
    config = configured(listed(nowhere, placed, group(3, "G", [nowhere, placed], position=1)))
    rows = directory_of(Site(derive(config, [], NOON), Theme({}), str)).rows
    assert [row["id"][-1] for row in rows] == ["3", "2", "1"]
    assert rows[0]["components"] == [placed["id"], nowhere["id"]]


def test_positions_that_follow_from_the_file_are_not_written() -> None:
    child, other = component(1, "A", position=1), component(2, "B", position=2)
    config = configured(
        listed(
            child, group(3, "G", [child, other], position=1), other, component(4, "C", position=2)
        ),
    )
    positions = [one.position for one in config.components]
    assert positions + [one.position for one in config.groups] == [None] * 4


def test_old_updates_keep_the_names_of_their_time() -> None:
    one = component(1, "New")
    config = configured(
        listed(one),
        mention(1, 1, "Old", one),
        mention(2, 2, "Old", one),
        mention(3, 3, "New", one),
        mention(4, 4, "Group - New", one),
    )
    assert by_code(config)["1"].formerly == (
        FormerName("Old", datetime(2026, 11, 2, 10, tzinfo=UTC)),
        FormerName("New", datetime(2026, 11, 3, 10, tzinfo=UTC)),
        FormerName("Group - New", datetime(2026, 11, 4, 10, tzinfo=UTC)),
    )


def test_a_component_that_only_updates_name_has_vanished() -> None:
    gone = component(9, "whatever")
    config = configured(
        listed(component(1, "API")), mention(1, 3, "Old", gone), mention(2, 5, "Older", gone)
    )
    vanished = by_code(config)["9"]
    assert (vanished.name, vanished.until) == ("Older", date(2026, 11, 5))
    assert vanished.formerly == (FormerName("Old", datetime(2026, 11, 3, 10, tzinfo=UTC)),)


def test_a_component_that_is_no_longer_listed_has_vanished_with_its_group() -> None:
    gone, stays = component(1, "API"), component(2, "Web")
    older = listed(gone, stays, group(3, "Payments", [gone]))
    older["page"] = {**PAGE, "updated_at": "2026-11-10T10:00:00.000Z"}
    config = configured(older, listed(stays), mention(1, 3, "Payments - API", gone))
    assert by_code(config)["1"].until == date(2026, 11, 10)
    assert by_code(config)["1"].name == "Payments - API"
    assert by_code(config).keys() == {"1", "2"}  # a group is no component
    assert config.groups == ()


def test_a_vanished_child_stays_in_a_group_that_is_still_there() -> None:
    gone, stays = component(1, "API"), component(2, "Web")
    config = configured(
        listed(stays, group(3, "Payments", [stays])), mention(1, 3, "Payments - API", gone)
    )
    assert (by_code(config)["1"].group, by_code(config)["1"].name) == ("payments", "API")


def test_what_vanished_on_the_day_of_capture_is_gone_that_day() -> None:
    gone = component(9, "Gone")
    config = configured(listed(component(1, "API")), mention(1, 21, "Gone", gone))
    assert by_code(config)["9"].until == date(2026, 11, 20)


def test_without_a_whole_list_what_incidents_list_is_there() -> None:
    one = component(1, "API", position=7)
    told = mention(1, 3, "API", one)
    told["incident"]["components"] = [one]
    assert by_code(configured(told))["1"].until is None


def test_a_group_that_nothing_lists_is_known_by_its_childs_full_name() -> None:
    child = component(1, "API", group_id="g00000000001")
    told = mention(1, 3, "Payments - API", child)
    told["incident"]["components"] = [child]
    config = configured(told)
    assert [(one.name, one.code) for one in config.groups] == [("Payments", "g00000000001")]
    assert by_code(config)["1"].group == "payments"


def test_any_child_tells_the_name_of_a_group_that_nothing_lists() -> None:
    silent = component(1, "API", group_id="g00000000001")
    renamed = component(2, "Cards", group_id="g00000000001")
    first = mention(1, 3, "Payments - Cards", renamed)
    second = mention(2, 4, "Payments - Credit cards", renamed)
    second["incident"]["components"] = [silent, renamed]
    config = configured(first, second)
    assert [one.name for one in config.groups] == ["Payments"]
    assert [one.group for one in config.components] == ["payments", "payments"]


@pytest.mark.parametrize(
    ("status", "override"),
    [
        ("operational", None),
        (
            "partial_outage",
            Override(ComponentStatus.PARTIAL_OUTAGE, datetime(2026, 11, 20, tzinfo=UTC)),
        ),
    ],
)
def test_a_status_that_no_incident_explains_is_kept(status: str, override: object) -> None:
    one = component(1, "API", status=status, updated_at="2026-11-20T00:00:00.000Z")
    indicator = "none" if status == "operational" else "major"
    response = {**summary([one], [], []), "status": {"indicator": indicator, "description": ""}}
    assert by_code(configured(response))["1"].override == override


def test_a_status_set_by_hand_beats_an_open_incident() -> None:
    one = component(1, "API", updated_at="2026-11-20T00:00:00.000Z")
    did = affected("API", one, "operational", "major_outage")
    told = update(1, "investigating", "2026-11-19T10:00:00.000Z", affected_components=[did])
    response = summary([one], [incident(1, [told], [one], impact="critical")], [])
    override = by_code(configured(response))["1"].override
    assert override == Override(ComponentStatus.OPERATIONAL, datetime(2026, 11, 20, tzinfo=UTC))


# ── as the management API has them ────────────────────────────────────────────────────────────


def managed_group(number: int, name: str, children: list[Json]) -> Json:
    """Return a group as a list of groups has it: with neither `group` nor `status`."""
    made = group(number, name, children, updated_at="2026-11-20T00:00:00.000Z")
    return {key: value for key, value in made.items() if key not in {"group", "status"}}


def managed(*responses: object) -> tuple[Config, list[str]]:
    remarks = Remarks()
    read = [read_response(one, f"{number}.json", remarks) for number, one in enumerate(responses)]
    plan = plan_import(merge(read, remarks), Tree(None, "", {}), remarks)
    config, _ = parse_config(plan.files["config.yml"])
    assert config is not None
    return config, [str(one) for one in remarks.problems if one.code != "import-no-page"]


def test_lists_of_components_and_of_groups_are_one_page() -> None:
    first, second = component(1, "API"), component(2, "Web")
    payments = managed_group(3, "Payments", [first])
    config, told = managed([first], [second], [payments])
    assert told == []
    assert [(one.id, one.group, one.until) for one in config.components] == [
        ("web", "", None),
        ("api", "payments", None),
    ]
    assert config.page.code == PAGE["id"]


def test_a_group_and_a_component_by_themselves_are_understood() -> None:
    api = component(1, "API")
    config, told = managed(managed_group(3, "Payments", [api]), api)
    assert told == []
    assert [(one.id, one.group) for one in config.components] == [("api", "payments")]


def test_what_a_list_of_components_does_not_explain_is_told() -> None:
    twice = [component(1, "API"), component(1, "Web")]
    payments = group(3, "Payments", [component(4, "Gone")])
    _, told = managed(listed(*twice, payments))
    assert [one.partition("]: ")[2] for one in told] == [
        "a second record of this list has the id c00000000001; only one of them is kept",
        "c00000000003: it has c00000000004 as a child, of which nothing tells",
    ]
