from __future__ import annotations

import importlib.util
import json
import tomllib
from pathlib import Path
from random import Random
from types import ModuleType

import pytest
from coach_examples import EXAMPLES, problems_of, said_of
from coach_seeds import NOW, clean, seeded
from coach_seeds import RULES as SEEDED

from statusgen.coach import RULES, case_of, judged
from statusgen.model import CoachRule
from statusgen.problems import Severity

DOCS = Path(__file__).parents[2] / "docs"
EVERY = sorted(RULES)
UNAVOIDABLE = {"IC-03": {"IC-04"}, "IC-16": {"IC-11"}}
"""What else an example has: who promises no update has none due by a promise, for one."""


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("write_coach", DOCS / "write_coach.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_each_rule_is_in_the_registry_and_has_an_example() -> None:
    assert set(RULES) == set(CoachRule)
    assert set(EXAMPLES) == {rule.value for rule in CoachRule}


@pytest.mark.parametrize("rule", EVERY)
def test_the_example_of_a_rule_has_its_fault_and_no_other(rule: CoachRule) -> None:
    codes = [problem.code for problem in problems_of(rule)]
    assert codes.count(rule) == 1
    assert set(codes) == {rule} | UNAVOIDABLE.get(rule, set())


@pytest.mark.parametrize("rule", EVERY)
def test_a_rule_says_where_on_one_line_and_what_is_better(rule: CoachRule) -> None:
    place, hint = said_of(rule).split("\n")
    assert f"{RULES[rule].severity}[{rule}]: " in place
    assert hint.startswith("  hint: ")
    assert not hint.endswith(".")


def test_names_of_rules_are_unique() -> None:
    assert len({rule.name for rule in RULES.values()}) == len(RULES)


@pytest.mark.parametrize("rule", EVERY)
def test_no_rule_weighs_more_than_its_measured_precision_allows(
    rule: CoachRule, script: ModuleType
) -> None:
    known = script.evidence()[rule]
    needed = script.NEEDED[RULES[rule].severity]
    assert rule in script.COUNTED or known.lower >= needed


def test_each_hit_of_a_sample_is_judged() -> None:
    measured = json.loads((DOCS / "coach" / "measured.json").read_text(encoding="utf-8"))
    judged_ = tomllib.loads((DOCS / "coach" / "judged.toml").read_text(encoding="utf-8"))
    for rule, verdicts in judged_.items():
        assert sorted([*verdicts["right"], *verdicts["wrong"]]) == measured["samples"][rule], rule


def test_the_documentation_is_what_rules_and_measurements_say(script: ModuleType) -> None:
    text = (DOCS / "coach.md").read_text(encoding="utf-8")
    assert text == script.page(), "run: python docs/write_coach.py"


def test_wilsons_interval_is_the_published_one(script: ModuleType) -> None:
    low, high = script.wilson(81, 263)  # Newcombe 1998, table I
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)


@pytest.mark.parametrize("seed", range(60))
def test_clean_texts_are_not_remarked_upon(seed: int) -> None:
    assert list(judged(case_of(*clean(Random(seed)), NOW))) == []


@pytest.mark.parametrize("rule", SEEDED)
def test_seeded_faults_are_found(rule: CoachRule) -> None:
    assert _share(rule, 40) >= 0.95


@pytest.mark.extreme
@pytest.mark.parametrize("rule", SEEDED)
def test_two_hundred_seeded_faults_are_found(rule: CoachRule) -> None:
    assert _share(rule, 200) >= 0.95


def _share(rule: CoachRule, count: int) -> float:
    found = 0
    for seed in range(count):
        case = case_of(*seeded(rule, Random(seed)), NOW)
        found += any(finding.rule is rule for finding in judged(case))
    return found / count


def test_only_what_no_hurry_excuses_and_contradictions_are_errors() -> None:
    errors = {rule.name for rule in RULES.values() if rule.severity is Severity.ERROR}
    assert errors == {"time-order", "weekday", "placeholder", "secret"}
