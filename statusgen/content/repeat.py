"""The type of `repeat`: the part of RFC 5545's RRULE that makes sense for a maintenance."""

from __future__ import annotations

import re

from statusgen.reading.characters import shown
from statusgen.reading.fields import Report, Schema, found
from statusgen.reading.nodes import Node, Scalar
from statusgen.reading.suggest import did_you_mean

_DAY = "(?:MO|TU|WE|TH|FR|SA|SU)"
_NUMBER = "[+-]?[1-9][0-9]{0,2}"
_PARTS = {
    "FREQ": "DAILY|WEEKLY|MONTHLY|YEARLY",
    "INTERVAL": "[1-9][0-9]{0,2}",
    "COUNT": "[1-9][0-9]{0,3}",
    "UNTIL": "[0-9]{8}(?:T[0-9]{6}Z?)?",
    "BYDAY": f"(?:{_NUMBER})?{_DAY}(?:,(?:{_NUMBER})?{_DAY})*",
    "BYMONTHDAY": f"{_NUMBER}(?:,{_NUMBER})*",
    "BYYEARDAY": f"{_NUMBER}(?:,{_NUMBER})*",
    "BYWEEKNO": f"{_NUMBER}(?:,{_NUMBER})*",
    "BYMONTH": "(?:[1-9]|1[0-2])(?:,(?:[1-9]|1[0-2]))*",
    "BYSETPOS": f"{_NUMBER}(?:,{_NUMBER})*",
    "WKST": _DAY,
}
_PART = "|".join(f"{name}=(?:{values})" for name, values in _PARTS.items())
_RULE = f"(?:{_PART})(?:;(?:{_PART}))*"
_LONGEST = 500
_EXAMPLE = "write it like FREQ=WEEKLY;BYDAY=WE"


class Repeat:
    """A rule by which a maintenance comes again: at least FREQ, and each part once."""

    words = "a rule such as `FREQ=WEEKLY;BYDAY=WE` (RRULE of RFC 5545)"

    def read(self, node: Node, report: Report) -> str | None:
        if not isinstance(node, Scalar):
            message = f"expected a rule, found {found(node)}"
            report.error("bad-repeat", message, node.where, _EXAMPLE)
            return None
        fault, hint = fault_of(node.text)
        if fault:
            report.error("bad-repeat", fault, node.where, hint or _EXAMPLE)
            return None
        return node.text

    def schema(self) -> Schema:
        return {"type": "string", "pattern": f"^{_RULE}$"}


def fault_of(text: str) -> tuple[str, str]:
    """Return what is wrong with a rule, and a hint."""
    if len(text) > _LONGEST:
        return "the rule is too long", ""
    names = []
    for part in text.split(";"):
        name, _, value = part.partition("=")
        if name not in _PARTS:
            return f"{shown(name)} is no part of a rule", did_you_mean(name, _PARTS)
        if not re.fullmatch(_PARTS[name], value):
            hint = f"one of {_PARTS[name].replace('|', ', ')}" if name == "FREQ" else ""
            return f"{shown(part)} is not possible", hint
        if name in names:
            return f"{name} stands twice", ""
        names.append(name)
    return ("" if "FREQ" in names else "the rule has no FREQ"), ""
