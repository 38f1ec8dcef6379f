"""Components and groups as the pages list them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from statusgen.model import Component, ComponentStatus, Group
from statusgen.site.context import Site
from statusgen.site.views.feed_links import FeedView, page_feeds
from statusgen.site.views.foreign import language_of
from statusgen.site.views.lines import MOST_MENTIONED, RecordLink, mentioned
from statusgen.site.views.names import names_of
from statusgen.site.views.uptime import UptimeView, uptime_view


class ComponentView(NamedTuple):
    """A component as it is now.

    `full_name` tells it from all others, `group` is the group's name or empty. `because` are the
    newest records that make its status what it is. `is_current` is False past its last day. `path`
    is the folder of its page. `uptime` is None where the page does not show it.
    `description_language` is the description's where that is not
    the page's own, else empty.
    """

    id: str
    name: str
    full_name: str
    group: str
    description: str
    status: ComponentStatus
    is_current: bool
    because: tuple[RecordLink, ...]
    path: str
    uptime: UptimeView | None
    feeds: tuple[FeedView, ...]
    description_language: str


class PartView(NamedTuple):
    """A part of the list of components: a group, or components without one.

    `id` and `name` are empty for components without a group. `because` is the name of the child
    that makes the group's status what it is, and empty for a group that is operational.
    """

    is_group: bool
    id: str
    name: str
    description: str
    status: ComponentStatus
    because: str
    components: tuple[ComponentView, ...]
    description_language: str


def component_view(site: Site, component: Component, *, with_days: bool) -> ComponentView:
    """Return a component; the days of its uptime that were not perfect only where asked for."""
    name = names_of(site)[component.id]
    state = site.history.components[component.id]
    return ComponentView(
        id=component.id,
        name=component.name,
        full_name=name.short,
        group=name.group,
        description=component.description,
        status=state.status,
        is_current=state.is_current,
        because=tuple(mentioned(site, record) for record in state.because[:MOST_MENTIONED]),
        path=name.path,
        uptime=uptime_view(site, component, with_days=with_days) if component.showcase else None,
        feeds=page_feeds(site.language, name.path, name.short),
        description_language=language_of(site, component.description, site.foreign),
    )


def part_views(site: Site) -> tuple[PartView, ...]:
    """Return the list of components as config.yml lays it out.

    Components that are shown only while something is wrong are left out while nothing is, and so
    are those that are gone.
    """
    config = site.config
    components = {one.id: one for one in config.components}
    groups = {one.id: one for one in config.groups}
    shown = {id_ for id_, one in components.items() if _is_shown(site, one)}
    parts: list[PartView] = []
    single: list[ComponentView] = []
    for id_ in config.layout:
        if id_ in groups:
            parts += _single(single)
            single = []
            children = [one for one in config.components if one.group == id_ and one.id in shown]
            if children:
                parts.append(_group(site, groups[id_], children))
        elif id_ in shown:
            single.append(component_view(site, components[id_], with_days=False))
    return (*parts, *_single(single))


def _is_shown(site: Site, component: Component) -> bool:
    state = site.history.components[component.id]
    is_well = state.status is ComponentStatus.OPERATIONAL
    return state.is_current and not (component.only_show_if_degraded and is_well)


def _single(components: list[ComponentView]) -> Iterator[PartView]:
    if components:
        yield PartView(
            is_group=False,
            id="",
            name="",
            description="",
            status=ComponentStatus.OPERATIONAL,
            because="",
            components=tuple(components),
            description_language="",
        )


def _group(site: Site, group: Group, children: list[Component]) -> PartView:
    state = site.history.groups[group.id]
    views = tuple(component_view(site, one, with_days=False) for one in children)
    worst = next((one.name for one in views if one.id == state.worst), "")
    return PartView(
        is_group=True,
        id=group.id,
        name=group.name,
        description=group.description,
        status=state.status,
        because="" if state.status is ComponentStatus.OPERATIONAL else worst,
        components=views,
        description_language=language_of(site, group.description, site.foreign),
    )
