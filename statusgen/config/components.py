"""The keys of a component and of a group, as config.yml has them under `components`."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from statusgen.model import (
    Component,
    ComponentStatus,
    FormerName,
    Group,
    Objective,
    Override,
    Probe,
    Translated,
)
from statusgen.problems import Location
from statusgen.reading.fields import (
    ListOf,
    Report,
    Schema,
    Shape,
    Values,
    defaulted,
    optional,
    required,
)
from statusgen.reading.languages import NO_TEXT, InLanguages, Texts
from statusgen.reading.nodes import Mapping, Node
from statusgen.reading.scalars import BOOL, DATE, TEXT, TIME, TITLE, Choice, Int, Number
from statusgen.reading.words import CODE, DURATION, ID, URL, slug


class Source(StrEnum):
    """Where a component's uptime comes from."""

    INCIDENTS = "incidents"
    PROBES = "probes"


class PlacedComponent(NamedTuple):
    """A component, and where its id stands."""

    component: Component
    where: Location


class PlacedGroup(NamedTuple):
    """A group with its components, and where its id stands, or its name if that makes the id."""

    group: Group
    components: tuple[PlacedComponent, ...]
    where: Location
    has_own_id: bool


_COUNT = Int(0, 1_000_000)


def translations_of(**texts: Texts | None) -> tuple[Translated, ...]:
    """Return what texts are in other languages, each under the name of its field."""
    return tuple(
        Translated(field, language, text)
        for field, one in texts.items()
        for language, text in (one or NO_TEXT).others
    )


# ── what an import keeps, for components and groups alike ─────────────────────────────────────

_CODE = defaulted("code", CODE, "Its id in a hosted status page's API.", "")
_POSITION = optional("position", _COUNT, "Its position in the API, if not by the order here.")
_ORDER = optional("order", _COUNT, "Its place in the API's lists among those at one position.")
_CREATED = optional("created", TIME, "When it was created, for the API.")
_UPDATED = optional("updated", TIME, "When it was last changed, for the API.")

# ── uptime, probe ─────────────────────────────────────────────────────────────────────────────

_SOURCE = defaulted(
    "source",
    Choice(*Source),
    "Whether uptime is counted from incidents or from probes.",
    Source.INCIDENTS,
)
_OBJECTIVE = optional("objective", Number(0, 100), "What uptime should be, in percent.")

UPTIME = Shape(
    "a component's uptime",
    (_SOURCE, _OBJECTIVE),
    lambda values: Objective(values[_SOURCE].value, values[_OBJECTIVE]),
)

_PROBE_URL = required("url", URL, "The address that is asked.")
_EXPECT = defaulted("expect", Int(100, 599), "The HTTP status that means it works.", 200)
_TIMEOUT = defaulted(
    "timeout", DURATION, "How long to wait for the answer; seconds if there is no unit.", 10.0
)


def _build_probe(values: Values) -> Probe | None:
    url = values[_PROBE_URL]
    return None if url is None else Probe(url, values[_EXPECT], values[_TIMEOUT])


PROBE = Shape("a probe", (_PROBE_URL, _EXPECT, _TIMEOUT), _build_probe)

# ── formerly, override ────────────────────────────────────────────────────────────────────────

_OLD_NAME = required("name", TITLE, "The name, with its group: 'Group - Name'.")
_UNTIL_THEN = required("until", TIME, "The last moment at which it had the name.")


def _build_former_name(values: Values) -> FormerName | None:
    name, until = values[_OLD_NAME], values[_UNTIL_THEN]
    return None if name is None or until is None else FormerName(name, until)


FORMER_NAME = Shape("a former name", (_OLD_NAME, _UNTIL_THEN), _build_former_name)

_STATUS = required("status", Choice(*ComponentStatus), "The status.")
_AT = required("at", TIME, "When it was set; a later update that names the component replaces it.")


def _build_override(values: Values) -> Override | None:
    status, at = values[_STATUS], values[_AT]
    return None if status is None or at is None else Override(status, at)


OVERRIDE = Shape("an override", (_STATUS, _AT), _build_override)

# ── component ─────────────────────────────────────────────────────────────────────────────────

_ID = required("id", ID, "What incidents call it, and a part of its page's address: for ever.")
_NAME = required("name", InLanguages(TITLE), "What readers call it.")
_DESCRIPTION = defaulted("description", InLanguages(TEXT), "What it does for readers.", NO_TEXT)
_SINCE = optional("since", DATE, "The first day that counts for its uptime, if not the page's.")
_UNTIL = optional("until", DATE, "The last day that counts; after it, the component is gone.")
_UPTIME = defaulted("uptime", UPTIME, "Where its uptime comes from.", Objective())
_PROBE = optional("probe", PROBE, "A request that tells whether it works.")
_SHOWCASE = defaulted("showcase", BOOL, "Whether its uptime is shown.", default=True)
_ONLY_IF_DEGRADED = defaulted(
    "only_show_if_degraded",
    BOOL,
    "Show it only while something is wrong with it.",
    default=False,
)
_FORMERLY = defaulted("formerly", ListOf(FORMER_NAME), "Names that it had, for old updates.", ())
_OVERRIDE = optional("override", OVERRIDE, "A status set by hand.")


def _build_component(values: Values) -> PlacedComponent | None:
    component_id = values[_ID]
    if component_id is None:
        return None
    since, until = values[_SINCE], values[_UNTIL]
    if since and until and until < since:
        message = f"it ends on {until}, before it begins on {since}"
        values.report.error("bad-value", message, values.place(_UNTIL), "swap the two days")
        until = None
    name, description = values[_NAME], values[_DESCRIPTION]
    component = Component(
        id=component_id,
        name=name.main if name else component_id,
        description=description.main,
        since=since,
        until=until,
        uptime=values[_UPTIME],
        probe=values[_PROBE],
        showcase=values[_SHOWCASE],
        only_show_if_degraded=values[_ONLY_IF_DEGRADED],
        code=values[_CODE],
        position=values[_POSITION],
        order=values[_ORDER],
        created=values[_CREATED],
        updated=values[_UPDATED],
        formerly=values[_FORMERLY],
        override=values[_OVERRIDE],
        translations=translations_of(name=name, description=description),
    )
    return PlacedComponent(component, values.place(_ID))


COMPONENT = Shape(
    "a component",
    (
        _ID,
        _NAME,
        _DESCRIPTION,
        _SINCE,
        _UNTIL,
        _UPTIME,
        _PROBE,
        _SHOWCASE,
        _ONLY_IF_DEGRADED,
        _CODE,
        _POSITION,
        _ORDER,
        _CREATED,
        _UPDATED,
        _FORMERLY,
        _OVERRIDE,
    ),
    _build_component,
)

# ── group ─────────────────────────────────────────────────────────────────────────────────────

_GROUP_NAME = required(
    "group", InLanguages(TITLE), "The group's name; this key makes the item a group."
)
_GROUP_ID = optional("id", ID, "A part of the group's address; without it, made from the name.")
_GROUP_DESCRIPTION = defaulted(
    "description", InLanguages(TEXT), "What its components have in common.", NO_TEXT
)
_CHILDREN = defaulted("components", ListOf(COMPONENT), "The components in the group.", ())
_GROUP_SHOWCASE = defaulted("showcase", BOOL, "Whether its uptime is shown.", default=False)


def _build_group(values: Values) -> PlacedGroup | None:
    name = values[_GROUP_NAME]
    if name is None:
        return None
    description = values[_GROUP_DESCRIPTION]
    group_id = values[_GROUP_ID] or slug(name.main)
    if not group_id:
        group_id = next((f"{one.component.id}-group" for one in values[_CHILDREN]), "group")
        message = "a group without 'id', and its name does not make one"
        hint = f"give it one: 'id: {group_id}'"
        values.report.error("missing-key", message, values.place(_GROUP_NAME), hint)
    children = tuple(
        PlacedComponent(child.component._replace(group=group_id), child.where)
        for child in values[_CHILDREN]
    )
    group = Group(
        id=group_id,
        name=name.main,
        description=description.main,
        showcase=values[_GROUP_SHOWCASE],
        code=values[_CODE],
        position=values[_POSITION],
        order=values[_ORDER],
        created=values[_CREATED],
        updated=values[_UPDATED],
        translations=translations_of(name=name, description=description),
    )
    place = values.place(_GROUP_ID if values.has(_GROUP_ID) else _GROUP_NAME)
    return PlacedGroup(group, children, place, values.has(_GROUP_ID))


GROUP = Shape(
    "a group",
    (
        _GROUP_NAME,
        _GROUP_ID,
        _GROUP_DESCRIPTION,
        _CHILDREN,
        _GROUP_SHOWCASE,
        _CODE,
        _POSITION,
        _ORDER,
        _CREATED,
        _UPDATED,
    ),
    _build_group,
)


class ComponentOrGroup:
    """An item of the list `components`: the key `group` makes it a group."""

    words = "a component or a group"

    def read(self, node: Node, report: Report) -> PlacedComponent | PlacedGroup | None:
        keys = {entry.key.text for entry in node.entries} if isinstance(node, Mapping) else set()
        shape = GROUP if _GROUP_NAME.name in keys else COMPONENT
        return shape.read(node, report)

    def schema(self) -> Schema:
        return {
            "if": {"required": [_GROUP_NAME.name]},
            "then": GROUP.schema(),
            "else": COMPONENT.schema(),
        }
