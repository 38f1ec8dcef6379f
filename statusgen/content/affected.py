"""The type of `components` in the front matter: a list of ids, or a map from ids to statuses."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from statusgen.content.collector import Collector
from statusgen.model import Affected, ComponentStatus
from statusgen.problems import Location
from statusgen.reading.characters import in_short, shown
from statusgen.reading.fields import Report, Schema, found, is_null
from statusgen.reading.nodes import Mapping, Node, Scalar, Sequence
from statusgen.reading.scalars import Choice
from statusgen.reading.suggest import did_you_mean

_STATUS = Choice(*ComponentStatus)
_HINT = "write a list, '[api, web]', or a map with a line 'api: partial_outage' for each"


class Named(NamedTuple):
    """A component, and where the front matter names it."""

    affected: Affected
    where: Location


class Components:
    """Reads as much as there is: a component in a wrong place is affected all the same."""

    words = "a list of components, or a map from components to their statuses"

    def read(self, node: Node, report: Report) -> tuple[Named, ...] | None:
        if isinstance(node, Mapping):
            named = _of_map(node, report)
        elif isinstance(node, Sequence):
            named = [one for item in node.items for one in _of_item(item, report)]
        else:
            is_line = node.plain and "\n" not in node.text
            hint = f"write [{in_short(node.text)}]" if is_line else _HINT
            message = f"expected {self.words}, found {found(node)}"
            report.error("wrong-type", message, node.where, hint)
            named = [Named(Affected(node.text), node.where)]
        return _without_repetition(named, report)

    def schema(self) -> Schema:
        return {
            "anyOf": [
                {"type": "array", "items": {"type": "string"}},
                {
                    "type": "object",
                    "additionalProperties": {"anyOf": [_STATUS.schema(), {"type": "null"}]},
                },
            ],
        }


def _of_map(node: Mapping, report: Report) -> list[Named]:
    named = []
    for key, value in node.entries:
        status = None if is_null(value) else _STATUS.read(value, report)
        named.append(Named(Affected(key.text, status), key.where))
    return named


def _of_item(node: Node, report: Report) -> list[Named]:
    if isinstance(node, Scalar) and not is_null(node):
        return [Named(Affected(node.text), node.where)]
    message = f"expected a component, found {found(node)}"
    if isinstance(node, Mapping):
        hint = "leave out the hyphens: a map has a line 'api: partial_outage' for each component"
        report.error("wrong-type", message, node.where, hint)
        return _of_map(node, report)
    report.error("wrong-type", message, node.where, _HINT)
    return []


def _without_repetition(named: list[Named], report: Report) -> tuple[Named, ...]:
    first: dict[str, Named] = {}
    for one in named:
        component = one.affected.component
        if first.setdefault(component, one) is not one:
            message = f"component {shown(component)} stands twice"
            report.error("duplicate-component", message, one.where, "keep one of them")
    return tuple(first.values())


def report_unknown(
    component: str,
    known: Collection[str],
    where: Location,
    problems: Collector,
) -> None:
    """Report a component that config.yml does not have."""
    if component in known:
        return
    hint = did_you_mean(component, known) if problems.may_suggest else ""
    hint = hint or "add it to config.yml; for one that is gone, with the day it ended as 'until'"
    problems.error("unknown-component", f"unknown component {shown(component)}", where, hint)
