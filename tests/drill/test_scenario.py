from __future__ import annotations

import importlib.util
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from statusgen.drill.play import Clock, Play
from statusgen.drill.scenario import Scenario, Step, parse_scenario
from statusgen.drill.scenarios import read_scenarios
from statusgen.model import Impact

ROOT = Path(__file__).parents[2]
ALARM = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
TEXT = """\
title: T
over: 45m
steps:
  - {after: 6m, who: Ola, says: "{component} waits for {vendor}."}
  - {says: First.}
"""


def read(text: str) -> Scenario:
    scenario, problems = parse_scenario("drills/t.yml", text.encode(), "t")
    assert not problems
    assert scenario is not None
    return scenario


def minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


def test_a_scenario_is_what_its_file_says_with_the_steps_in_order() -> None:
    steps = (
        Step(minutes(0), "", "First."),
        Step(minutes(6), "Ola", "{component} waits for {vendor}."),
    )
    usual = Scenario("t", "T", "", minutes(0), minutes(45), Impact.MAJOR, "the provider", steps)
    assert read(TEXT) == usual


def test_names_take_the_places_of_placeholders() -> None:
    scenario = read(TEXT)
    assert scenario.told(scenario.steps[1], "API") == "API waits for the provider."


@pytest.mark.parametrize("text", ["", "title: [", "title: T\nover: 5m\nsteps: []", "a list"])
def test_what_cannot_be_played_has_problems_and_is_none(text: str) -> None:
    scenario, problems = parse_scenario("drills/t.yml", text.encode(), "t")
    assert scenario is None
    assert problems


def test_a_pages_own_scenario_takes_the_place_of_one_that_comes_along(tmp_path: Path) -> None:
    (tmp_path / "drills").mkdir()
    (tmp_path / "drills/vendor-down.yml").write_text(TEXT)
    scenarios, problems = read_scenarios(str(tmp_path))
    assert scenarios["vendor-down"].title == "T"
    assert len(scenarios) >= 4
    assert problems == []


def test_what_comes_along_ends_after_it_is_over_and_names_what_is_hit(tmp_path: Path) -> None:
    scenarios, _ = read_scenarios(str(tmp_path))
    for scenario in scenarios.values():
        assert scenario.steps[-1].after > scenario.over
        assert scenario.steps[0].after == minutes(0)
        assert any("{component}" in step.says for step in scenario.steps)


def test_the_clock_goes_as_fast_as_asked_and_never_back() -> None:
    seconds = 100.0
    clock = Clock(ALARM, lambda: seconds, speed=2)
    seconds += 30
    assert clock.now() == ALARM + minutes(1)
    clock.skip_to(ALARM + minutes(10))
    clock.skip_to(ALARM)
    seconds += 30
    assert clock.now() == ALARM + minutes(11)


def test_each_step_is_told_once_when_its_moment_has_come() -> None:
    play = Play(read(TEXT), ALARM)
    assert [step.says for _, step in play.news(ALARM)] == ["First."]
    assert list(play.news(ALARM + minutes(5))) == []
    assert play.next_moment == ALARM + minutes(6)
    assert [at for at, _ in play.news(ALARM + minutes(9))] == [ALARM + minutes(6)]
    assert play.next_moment is None


def test_the_tables_of_the_docs_are_those_of_the_definitions() -> None:
    spec = importlib.util.spec_from_file_location("write_drill", ROOT / "docs/write_drill.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    text = (ROOT / "docs/drill.md").read_text("utf-8")
    assert script.with_tables(text) == text, "run: python docs/write_drill.py"


def test_the_scenario_that_the_docs_show_can_be_played() -> None:
    text = (ROOT / "docs/drill.md").read_text("utf-8")
    _, _, shown = text.partition("```yaml\n")
    assert read(shown.partition("```")[0]).impact is Impact.MINOR
