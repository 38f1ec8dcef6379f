"""A scenario: what happens in a drill, as a YAML file tells it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, timedelta
from typing import NamedTuple

from statusgen.model import Impact
from statusgen.problems import Location, Problem
from statusgen.reading.characters import decode
from statusgen.reading.fields import ListOf, Report, Shape, Values, defaulted, optional, required
from statusgen.reading.nodes import CONFIG, Mapping, parse_yaml
from statusgen.reading.scalars import LINE, TEXT, TITLE, Choice
from statusgen.reading.words import DURATION

_AFTER = defaulted("after", DURATION, "How long after the alarm; without it, at once.", 0.0)
_WHO = defaulted("who", LINE, "Who says it.", "")
_SAYS = required("says", TEXT, "What the writer gets to know.")
STEP: Shape[Values] = Shape("a step", (_AFTER, _WHO, _SAYS), lambda values: values)

_TITLE = required("title", TITLE, "What it is called.")
_ABOUT = defaulted("about", LINE, "What is practised, for whoever chooses.", "")
_BEGAN = defaulted("began", DURATION, "How long before the alarm it began.", 0.0)
_OVER = required("over", DURATION, "How long after the alarm everything works again.")
_IMPACT = defaulted(
    "impact", Choice(Impact.MINOR, Impact.MAJOR, Impact.CRITICAL), "How bad it is.", Impact.MAJOR
)
_VENDOR = optional("vendor", LINE, "Who stands for `{vendor}` in the steps.")
_STEPS = required("steps", ListOf(STEP, at_least=1), "What happens, in the order of time.")
SCENARIO: Shape[Values] = Shape(
    "scenario",
    (_TITLE, _ABOUT, _BEGAN, _OVER, _IMPACT, _VENDOR, _STEPS),
    lambda values: values,
)


class Step(NamedTuple):
    """What becomes known so long after the alarm."""

    after: timedelta
    who: str
    says: str


class Scenario(NamedTuple):
    """An incident to be practised.

    It began `began` before the alarm, and everything works again `over` after it. The steps stand
    in the order of time; `{component}` and `{vendor}` in them are names that a drill fills in.
    """

    name: str
    title: str
    about: str
    began: timedelta
    over: timedelta
    impact: Impact
    vendor: str
    steps: tuple[Step, ...]

    def told(self, step: Step, component: str) -> str:
        """Return what a step says of the component that is hit."""
        text = " ".join(step.says.split())
        return text.replace("{component}", component).replace("{vendor}", self.vendor)


def parse_scenario(path: str, raw: bytes, name: str) -> tuple[Scenario | None, Sequence[Problem]]:
    """Read a scenario; None if it cannot be played."""
    text, problems = decode(raw, path)
    node, faults = parse_yaml(text, path, limits=CONFIG)
    report = Report(UTC)
    top = Location(path, 1, 1)
    values = SCENARIO.read(node or Mapping((), top), report) or Values(report, top)
    problems += [*faults, *report.problems]
    steps = sorted(
        Step(timedelta(seconds=one[_AFTER]), one[_WHO], one[_SAYS] or "")
        for one in values[_STEPS] or ()
        if one[_SAYS]
    )
    over = values[_OVER]
    if not steps or over is None:
        return None, problems
    scenario = Scenario(
        name=name,
        title=values[_TITLE] or name,
        about=values[_ABOUT],
        began=timedelta(seconds=values[_BEGAN]),
        over=timedelta(seconds=over),
        impact=values[_IMPACT],
        vendor=values[_VENDOR] or "the provider",
        steps=tuple(steps),
    )
    return scenario, problems
