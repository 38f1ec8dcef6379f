"""config.yml into a `Config`, with every problem of the file at once."""

from __future__ import annotations

from datetime import UTC, tzinfo
from typing import TypeVar, cast
from zoneinfo import ZoneInfo

from statusgen.config.components import PlacedComponent
from statusgen.config.definitions import CONFIG, LANGUAGES, PAGE_KEY, TIMEZONE, ConfigParts
from statusgen.config.ids import UniqueIds
from statusgen.config.secrets import inline_secrets
from statusgen.model import Component, Config, Group
from statusgen.problems import Location, Problem, in_order
from statusgen.reading.characters import shown
from statusgen.reading.conflicts import first_side, has_markers, marker_problems
from statusgen.reading.fields import Field, Report, found
from statusgen.reading.nodes import CONFIG as CONFIG_LIMITS
from statusgen.reading.nodes import CUT_OFF, Mapping, Node, Sequence, parse_yaml
from statusgen.reading.suggest import did_you_mean

T = TypeVar("T")


def parse_config(text: str, path: str = "config.yml") -> tuple[Config | None, list[Problem]]:
    """Return what config.yml says, and all that is wrong with it.

    A key that cannot be read has its default. The config is None only if there is no use in it at
    all: it is no mapping, or the page has no name or address. Of a merge conflict the first side is
    read.
    """
    text, conflicts = _merged(text, path)
    root, problems = parse_yaml(text, path, limits=CONFIG_LIMITS)
    problems = [*conflicts, *problems]
    if not isinstance(root, Mapping):
        if not problems:
            what = (
                "the file is empty" if root is None else f"expected a mapping, found {found(root)}"
            )
            where = Location(path, 1, 1) if root is None else root.where
            problems.append(Problem("wrong-type", what, where, "begin with 'page:'"))
        return None, problems
    report = Report(_zone(root), _languages(root))
    parts = CONFIG.read(root, report)
    secrets = inline_secrets(root)
    config = None if parts is None else _assembled(parts, report)
    told = {secret.where for secret in secrets}  # what else is wrong there does not matter
    is_cut_off = any(problem.code in CUT_OFF for problem in problems)
    others = [
        problem
        for problem in report.problems
        if problem.where not in told and not (is_cut_off and problem.code == "missing-key")
    ]
    return config, in_order([*problems, *secrets, *others])


def place_of(text: str, path: str, *keys: str | int) -> Location:
    """Return where the value of a key of a mapping's key … stands; the file if it does not.

    A number is an item of a list, which counts from 0.
    """
    node, _ = parse_yaml(_merged(text, path)[0], path, limits=CONFIG_LIMITS)
    for key in keys:
        node = _item(node, key) if isinstance(key, int) else _value(node, key)
    return node.where if node else Location(path)


def _merged(text: str, path: str) -> tuple[str, list[Problem]]:
    """Return the text without what a merge left in it, and what is said of that."""
    lines = f"\n{text}"
    if not has_markers(lines):
        return text, []
    return first_side(lines)[1:], list(marker_problems(lines, path))


def _zone(root: Mapping) -> tzinfo:
    """Return the page's zone, which times anywhere in the file may need before `page` is read."""
    zone = _of_page(root, TIMEZONE)
    return ZoneInfo(zone) if zone else UTC


def _languages(root: Mapping) -> tuple[str, ...]:
    """Return the page's languages, which texts anywhere in the file may be in."""
    return _of_page(root, LANGUAGES) or LANGUAGES.default


def _of_page(root: Mapping, field: Field[T]) -> T | None:
    """Return a value of the page, without a word about what is wrong with it."""
    node = _value(_value(root, PAGE_KEY.name), field.name)
    return None if node is None else cast("T | None", field.kind.read(node, Report(UTC)))


def _value(node: Node | None, name: str) -> Node | None:
    entries = node.entries if isinstance(node, Mapping) else ()
    return next((value for key, value in entries if key.text == name), None)


def _item(node: Node | None, number: int) -> Node | None:
    items = node.items if isinstance(node, Sequence) else ()
    return items[number] if number < len(items) else None


def _assembled(parts: ConfigParts, report: Report) -> Config:
    components: list[Component] = []
    groups: list[Group] = []
    layout: list[str] = []
    ids = UniqueIds(parts.items, report)
    for item in parts.items:
        if isinstance(item, PlacedComponent):
            children: tuple[PlacedComponent, ...] = (item,)
            group_id = ""
        else:
            group = ids.of_group(item)
            groups.append(group)
            layout.append(group.id)
            children = item.components
            group_id = group.id
        for component, where in children:
            if ids.is_new(component.id, component.code, where):
                components.append(component._replace(group=group_id))
                if not group_id:
                    layout.append(component.id)
    _look_for({*(one.id for one in components), *(one.id for one in groups)}, report)
    return Config(
        page=parts.page,
        brand=parts.brand,
        components=tuple(components),
        groups=tuple(groups),
        layout=tuple(layout),
        uptime=parts.uptime,
        subscribe=parts.subscribe,
        cadence=parts.cadence,
        coach=parts.coach,
        publish=parts.publish,
        quorum=parts.quorum,
        notify=parts.notify,
        ledger=parts.ledger,
        subscribers=parts.subscribers,
    )


def _look_for(ids: set[str], report: Report) -> None:
    """Report every id that is mentioned and is that of no component or group."""
    for id_, where in report.mentioned:
        if id_ not in ids:
            hint = did_you_mean(id_, ids) or "write the id of a component or a group"
            report.error("unknown-component", f"unknown component {shown(id_)}", where, hint)
