"""The key `coach`: which of the coach's rules count, how much, and since when."""

from __future__ import annotations

import re

from statusgen.model import Coaching, CoachRule, Strictness
from statusgen.problems import Location
from statusgen.reading.characters import shown
from statusgen.reading.fields import Report, Schema, found, is_null, optional
from statusgen.reading.nodes import Mapping, Node
from statusgen.reading.scalars import DATE, Choice
from statusgen.reading.suggest import did_you_mean

SINCE = optional(
    "since",
    DATE,
    "What was over before this day is not judged: what an import brought is history.",
)
_STRICTNESS: Choice[Strictness] = Choice(*Strictness)
_NUMBER = re.compile("[0-9]+$")
_RULES = {rule.value: rule for rule in CoachRule}


class CoachSwitches:
    """A map from ids of rules to what they weigh, and `since`."""

    words = (
        "a map from rules of [the coach](coach.md) to `off`, `advice`, `warning` or `error`; "
        f"with `{SINCE.name}`, {DATE.words}"
    )

    def read(self, node: Node, report: Report) -> Coaching | None:
        if not isinstance(node, Mapping):
            message = f"expected a mapping of rules, found {found(node)}"
            report.error("wrong-type", message, node.where, "write {IC-24: off}")
            return None
        rules: list[tuple[CoachRule, Strictness]] = []
        since = None
        for key, value in node.entries:
            if is_null(value):
                report.warn_of_nothing(key)
            elif key.text == SINCE.name:
                since = DATE.read(value, report)
            elif key.text not in _RULES:
                _report_unknown(key.text, key.where, report)
            elif strictness := _STRICTNESS.read(value, report):
                rules.append((_RULES[key.text], strictness))
        return Coaching(tuple(rules), since)

    def schema(self) -> Schema:
        strictness = {"anyOf": [_STRICTNESS.schema(), {"type": "null"}]}
        since = {"description": SINCE.doc, "anyOf": [DATE.schema(), {"type": "null"}]}
        return {
            "type": "object",
            "properties": {SINCE.name: since, **dict.fromkeys(_RULES, strictness)},
            "additionalProperties": False,
        }


def _report_unknown(id_: str, where: Location, report: Report) -> None:
    number = _NUMBER.search(id_)
    meant = f"IC-{number[0]:0>2}" if number else ""
    hint = f"did you mean '{meant}'?" if meant in _RULES else did_you_mean(id_, [SINCE.name])
    hint = hint or "docs/coach.md lists all rules"
    report.error("unknown-rule", f"the coach has no rule {shown(id_)}", where, hint)
