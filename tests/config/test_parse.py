from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from statusgen.config import parse_config
from statusgen.model import (
    Brand,
    Component,
    ComponentStatus,
    Config,
    FormerName,
    Group,
    Objective,
    Override,
    Page,
    Probe,
    UptimeRule,
)
from statusgen.problems import Problem

PAGE = "page: {name: Acme, url: https://status.acme.example}\n"

FULL = """\
page:
  name: Acme
  url: https://status.acme.example/
  timezone: Europe/Berlin
  languages: [en, de]
  description: What our customers use
  support: https://acme.example/support
  since: 2026-01-12
  code: 4nq0xk2m9b1z
  updated: 2026-11-01 09:00
brand: {logo: brand/logo.svg, logo_dark: brand/dark.svg, favicon: brand/icon.png, accent: "#0b5fff"}
components:
  - id: api
    name: API
    description: REST and GraphQL
    since: 2026-02-01
    until: 2026-10-31
    uptime: {source: probes, objective: 99.9}
    probe: {url: https://api.acme.example/health, expect: 204, timeout: 500ms}
    showcase: false
    only_show_if_degraded: true
    code: aaaaaaaaaaaa
    position: 2
    order: 1
    created: 2026-01-01 00:00 UTC
    updated: 2026-01-02 00:00 UTC
    formerly: [{name: Edge - Web API, until: 2026-03-01 00:00 UTC}]
    override: {status: partial_outage, at: 2026-11-20 10:00 UTC}
  - group: Card payments
    description: All about money
    showcase: true
    components:
      - {id: checkout, name: Checkout}
      - {id: refunds, name: Refunds}
  - {group: Others, id: rest, code: bbbbbbbbbbbb, position: 3, order: 0}
uptime: {rule: custom, degraded: 10, partial: 50, major: 90}
alerts: [{anything: goes}]
notify: []
publish:
"""


def told(problems: list[Problem]) -> list[tuple[str, int, int]]:
    return [(one.code, one.where.line, one.where.column) for one in problems]


def test_every_key_is_read() -> None:
    config, problems = parse_config(FULL)
    assert told(problems) == [("naive-time", 10, 12), ("empty-value", 39, 1)]
    assert config == Config(
        page=Page(
            name="Acme",
            url="https://status.acme.example",
            timezone="Europe/Berlin",
            languages=("en", "de"),
            description="What our customers use",
            support="https://acme.example/support",
            since=date(2026, 1, 12),
            code="4nq0xk2m9b1z",
            updated=datetime(2026, 11, 1, 8, 0, tzinfo=UTC),
        ),
        brand=Brand("brand/logo.svg", "brand/dark.svg", "brand/icon.png", "#0b5fff"),
        components=(
            Component(
                id="api",
                name="API",
                description="REST and GraphQL",
                since=date(2026, 2, 1),
                until=date(2026, 10, 31),
                uptime=Objective("probes", 99.9),
                probe=Probe("https://api.acme.example/health", 204, 0.5),
                showcase=False,
                only_show_if_degraded=True,
                code="aaaaaaaaaaaa",
                position=2,
                order=1,
                created=datetime(2026, 1, 1, tzinfo=UTC),
                updated=datetime(2026, 1, 2, tzinfo=UTC),
                formerly=(FormerName("Edge - Web API", datetime(2026, 3, 1, tzinfo=UTC)),),
                override=Override(
                    ComponentStatus.PARTIAL_OUTAGE,
                    datetime(2026, 11, 20, 10, 0, tzinfo=UTC),
                ),
            ),
            Component("checkout", "Checkout", group="card-payments"),
            Component("refunds", "Refunds", group="card-payments"),
        ),
        groups=(
            Group("card-payments", "Card payments", "All about money", showcase=True),
            Group("rest", "Others", code="bbbbbbbbbbbb", position=3, order=0),
        ),
        layout=("api", "card-payments", "rest"),
        uptime=UptimeRule("custom", 10, 50, 90),
    )


def test_a_name_and_an_address_are_enough() -> None:
    expected = Config(Page("Acme", "https://status.acme.example"))
    assert parse_config(PAGE) == (expected, [])


def test_defaults_of_the_definitions_are_those_of_the_model() -> None:
    text = PAGE + "brand: {}\nuptime: {rule: custom}\ncomponents:\n"
    text += "  - {id: a, name: A, uptime: {}, probe: {url: https://a.example}}\n  - {group: G}\n"
    config, problems = parse_config(text)
    assert problems == []
    assert config is not None
    assert config.components == (Component("a", "A", probe=Probe("https://a.example")),)
    assert config.groups == (Group("g", "G"),)
    assert config.brand == Brand()
    assert config.uptime == UptimeRule("custom")


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("statuspage", UptimeRule("statuspage", 0, 30, 100)),
        ("incident-io", UptimeRule("incident-io", 0, 100, 100)),
        ("custom", UptimeRule("custom", 0, 30, 100)),
    ],
)
def test_an_uptime_rule_has_its_weights(rule: str, expected: UptimeRule) -> None:
    config, problems = parse_config(f"{PAGE}uptime: {{rule: {rule}}}\n")
    assert problems == []
    assert config is not None
    assert config.uptime == expected


@pytest.mark.parametrize("rule", ["statuspage", "incident-io"])
def test_weights_belong_to_the_custom_rule(rule: str) -> None:
    config, problems = parse_config(f"{PAGE}uptime: {{rule: {rule}, partial: 50, major: 1}}\n")
    assert {one.code for one in problems} == {"bad-value"}
    assert len(problems) == 2
    assert config is not None
    assert config.uptime.name == rule
    assert config.uptime.major == 100


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "wrong-type"),
        ("# nothing\n", "wrong-type"),
        ("---\n", "wrong-type"),
        ("just text\n", "wrong-type"),
        ("- page\n", "wrong-type"),
        ("page:\n", "missing-key"),
        ("components: []\n", "missing-key"),
        ("page: Acme\n", "wrong-type"),
        ("page: {name: Acme}\n", "missing-key"),
        ("page: {url: https://status.acme.example}\n", "missing-key"),
        ("page: {name: '', url: https://status.acme.example}\n", "bad-value"),
        ("page: {name: Acme, url: status.acme.example}\n", "bad-url"),
        ("{", "yaml-syntax"),
        ("x" * 1_048_577, "too-big"),
    ],
)
def test_without_a_page_there_is_no_config(text: str, code: str) -> None:
    config, problems = parse_config(text)
    assert config is None
    assert [one.code for one in problems if one.is_error] == [code]
    assert problems[0].hint or code == "too-big"


def test_all_problems_are_reported_at_once_in_the_order_of_the_file() -> None:
    config, problems = parse_config(
        "page: {name: Acme, url: https://status.acme.example, timezone: Berlin, lang: en}\n"
        "components:\n"
        "  - {id: API, name: x}\n"
        "  - {id: b, name: '', since: 2023-02-30, uptime: {source: probe}}\n"
        "  - {id: c, name: C, since: 2026-02-01, until: 2026-01-01}\n"
        "  - {group: G, componets: [], components: [{id: d}]}\n"
        "  - just text\n"
        "  - {group: 日本}\n"
        "publish: x\n",
    )
    assert told(problems) == [
        ("bad-zone", 1, 64),
        ("unknown-key", 1, 72),
        ("bad-id", 3, 10),
        ("bad-value", 4, 19),
        ("bad-time", 4, 30),
        ("bad-value", 4, 59),
        ("bad-value", 5, 48),
        ("unknown-key", 6, 16),
        ("missing-key", 6, 44),
        ("wrong-type", 7, 5),
        ("missing-key", 8, 13),
        ("wrong-type", 9, 10),
    ]
    assert config is not None
    assert config.page.timezone == "UTC"
    assert [(one.id, one.name) for one in config.components] == [("b", "b"), ("c", "C"), ("d", "d")]
    assert config.components[1].until is None


def test_an_id_belongs_to_the_first_that_has_it() -> None:
    config, problems = parse_config(
        f"{PAGE}components:\n"
        "  - {id: a, name: First}\n"
        "  - {id: a, name: Second}\n"
        "  - {group: G, id: a, components: [{id: b, name: B}, {id: a, name: Third}]}\n"
        "  - {group: H, id: b}\n",
    )
    assert told(problems) == [
        ("duplicate-id", 4, 10),
        ("duplicate-id", 5, 20),
        ("duplicate-id", 5, 59),
        ("duplicate-id", 6, 20),
    ]
    assert "in line 3" in problems[0].hint
    assert config is not None
    assert [(one.id, one.name, one.group) for one in config.components] == [
        ("a", "First", ""),
        ("b", "B", "a-group"),
    ]
    assert [group.id for group in config.groups] == ["a-group", "b-group"]
    assert config.layout == ("a", "a-group", "b-group")


def test_an_id_from_a_groups_name_gives_way_to_one_that_is_written() -> None:
    config, problems = parse_config(
        f"{PAGE}components:\n"
        "  - {group: API, components: [{id: x, name: X}]}\n"
        "  - {group: api}\n"
        "  - {id: api, name: API}\n",
    )
    assert told(problems) == [("duplicate-id", 3, 13), ("duplicate-id", 4, 13)]
    assert problems[0].hint == "add 'id: api-group'"
    assert config is not None
    assert [group.id for group in config.groups] == ["api-group", "api-group-2"]
    assert [(one.id, one.group) for one in config.components] == [("x", "api-group"), ("api", "")]


def test_a_group_whose_name_makes_no_id_is_told_one_and_keeps_its_components() -> None:
    config, problems = parse_config(
        f"{PAGE}components:\n"
        "  - {group: 決済, components: [{id: cards, name: カード}]}\n"
        "  - {group: 空}\n",
    )
    assert told(problems) == [("missing-key", 3, 13), ("missing-key", 4, 13)]
    assert [one.hint for one in problems] == [
        "give it one: 'id: cards-group'",
        "give it one: 'id: group'",
    ]
    assert config is not None
    assert [(one.id, one.group) for one in config.components] == [("cards", "cards-group")]


def test_a_code_belongs_to_one_component() -> None:
    _, problems = parse_config(
        f"{PAGE}components:\n"
        "  - {id: a, name: A, code: cccc}\n"
        "  - {group: G, code: cccc}\n"
        "  - {id: b, name: B, code: dddd}\n",
    )
    assert told(problems) == [("duplicate-id", 4, 13)]
    assert "'cccc' is also that of 'a'" in problems[0].message


def test_times_count_in_the_pages_zone_wherever_the_page_stands() -> None:
    text = (
        "components: [{id: a, name: A, created: 2026-07-01 12:00}]\n"
        "page: {name: A, url: https://a.example, timezone: America/New_York}\n"
    )
    config, _ = parse_config(text)
    assert config is not None
    assert config.components[0].created == datetime(2026, 7, 1, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize("page", ["page: x", "page: {timezone: [x]}", "page: {timezone: Nowhere}"])
def test_a_page_without_a_zone_that_can_be_read_counts_in_utc(page: str) -> None:
    _, problems = parse_config(
        f"{page}\ncomponents: [{{id: a, name: A, created: 2025-03-30 02:30}}]"
    )
    assert "time-does-not-exist" not in {one.code for one in problems}


def test_broken_syntax_keeps_what_stands_before_it() -> None:
    config, problems = parse_config(f"{PAGE}components:\n  - {{id: a, name: A}}\n  - id: b: c\n")
    assert [one.code for one in problems] == ["yaml-syntax"]
    assert config is not None
    assert [one.id for one in config.components] == ["a", "b"]


@pytest.mark.parametrize("text", ["page: {name: Acme, url: 'https", "page: {name: Acme, url: [[[["])
def test_what_broken_syntax_hides_is_not_called_missing(text: str) -> None:
    _, problems = parse_config(text)
    assert "missing-key" not in {one.code for one in problems}


def test_a_config_of_five_hundred_components_is_read() -> None:
    components = "".join(
        f"  - {{id: c{n}, name: C {n}, code: code{n}, uptime: {{objective: 99.9}}}}\n"
        for n in range(500)
    )
    config, problems = parse_config(f"{PAGE}components:\n{components}")
    assert problems == []
    assert config is not None
    assert len(config.components) == 500


def test_of_a_merge_conflict_the_first_side_is_read_and_only_the_conflict_is_told() -> None:
    text = (
        "page:\n  name: Acme\n  url: https://status.acme.example\n"
        "<<<<<<< HEAD\nquorum: 1\n=======\nquorum: many\n>>>>>>> other\n"
    )
    config, problems = parse_config(text)
    assert config is not None
    assert config.page.name == "Acme"
    assert [(one.code, one.where.line) for one in problems] == [
        ("conflict-marker", 4),
        ("conflict-marker", 8),
    ]
