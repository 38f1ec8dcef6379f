"""The components and groups of config.yml: those of the source, laid over those already there.

A component is known by its code. What a person decided about it (its id, name, group, description)
stays; what an import found out (its times and former names) is renewed.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from statusgen.migrate.statuspage.fields import Remarks
from statusgen.migrate.statuspage.kept import report_kept
from statusgen.migrate.statuspage.naming import former_names, mentions_of, new_id
from statusgen.migrate.statuspage.records import EVER, Capture, Seen, SourceComponent, newest
from statusgen.model import Component, Config, Group
from statusgen.reading.words import slug

_DAY = timedelta(days=1)


def merge_components(config: Config, capture: Capture, remarks: Remarks) -> Config:
    """Return the configuration with all components that the capture knows of.

    Those already there stay as they are, but for times and former names.
    """
    merge = _Merge(config, capture, remarks)
    merge.add_groups()
    merge.add_components()
    merge.add_vanished()
    merge.renew()
    after = merge.config()
    report_kept(config, after, merge.current(), capture, remarks)
    return after


def ids_by_code(config: Config) -> dict[str, str]:
    """Return our ids of components by Statuspage's."""
    return {component.code: component.id for component in config.components if component.code}


def full_name(config: Config, component: Component) -> str:
    """Return 'Group - Name', or the name where there is no group."""
    group = next((group.name for group in config.groups if group.id == component.group), "")
    return f"{group} - {component.name}" if group else component.name


class _Merge:
    """The lists as they grow; `layout` is the order at the top, `taken` are the ids in use."""

    def __init__(self, config: Config, capture: Capture, remarks: Remarks) -> None:
        self.before = config
        self.capture = capture
        self.remarks = remarks
        self.zone = ZoneInfo(config.page.timezone)
        self.mentions = mentions_of(capture)
        self.groups = {group.id: group for group in config.groups}
        self.components = {one.id: one for one in config.components}
        self.layout = list(config.layout)
        self.taken = {*self.groups, *self.components}
        self.by_code = {one.code: one.id for one in config.components if one.code}
        self.groups_by_code = {one.code: one.id for one in config.groups if one.code}
        self.known = frozenset({*self.by_code, *self.groups_by_code})
        slugs = Counter(slug(seen.component.name) for seen in capture.components)
        self.common = {text for text, count in slugs.items() if count > 1}

    def config(self) -> Config:
        """Return the configuration; components stand below their groups, in their order."""
        children: dict[str, list[Component]] = {id_: [] for id_ in self.layout}
        for one in self.components.values():
            children[one.group or one.id].append(one)
        return self.before._replace(
            groups=tuple(self.groups[id_] for id_ in self.layout if id_ in self.groups),
            components=tuple(one for id_ in self.layout for one in children[id_]),
            layout=tuple(self.layout),
        )

    # ── what the source lists ─────────────────────────────────────────────────────────────────

    def current(self) -> list[SourceComponent]:
        """Return what is on the page now, in its order at each level."""
        found = [seen.component for seen in self.capture.components if not self._is_gone(seen)]
        children = [child for one in found for child in one.children]
        rank = {code: index for index, code in enumerate(dict.fromkeys(children))}
        return sorted(
            found,
            key=lambda one: (
                one.position if one.position is not None else 1 << 30,
                rank.get(one.code, 0) if one.group else 0,
            ),
        )

    def _is_gone(self, seen: Seen) -> bool:
        listed_at = self.capture.listed_at
        return not seen.listed and listed_at is not None and (seen.captured or EVER) <= listed_at

    def add_groups(self) -> None:
        """Add the groups, also those of which only a child tells, and the top level's order."""
        current = self.current()
        named = {one.code for one in current if one.is_group}
        for one in current:
            if one.is_group:
                self._add_group(one)
            elif not one.group:
                self._place(one)
            elif one.group not in named and one.group not in self.groups_by_code:
                self._add_unlisted_group(one)

    def _add_group(self, one: SourceComponent) -> None:
        faults = [f"a group has no start_date of its own: {one.start}"] if one.start else []
        faults += [f"a group cannot be in a group: {one.group}"] if one.group else []
        faults += [
            f"it has {child} as a child, of which nothing tells" for child in self._unknown(one)
        ]
        for fault in faults:
            self.remarks.lost("import-no-place", "components", one.code, fault)
        if one.code in self.groups_by_code:
            return
        same = [
            group for group in self.groups.values() if group.name == one.name and not group.code
        ]
        if same:
            self._keep_group(same[0]._replace(code=one.code))
            return
        id_ = self._take_id(one.name, "", one.code)
        self.layout.append(id_)
        self._keep_group(
            Group(
                id=id_,
                name=one.name or id_,
                description=one.description,
                showcase=one.showcase,
                code=one.code,
                created=one.created,
                updated=one.updated,
            ),
        )

    def _unknown(self, group: SourceComponent) -> list[str]:
        known = {
            *self.by_code,
            *self.mentions,
            *(one.component.code for one in self.capture.components),
        }
        return [child for child in group.children if child not in known]

    def _keep_group(self, group: Group) -> None:
        self.groups[group.id] = group
        self.groups_by_code[group.code] = group.id

    def _add_unlisted_group(self, child: SourceComponent) -> None:
        """Add a group that no response lists: its children's full names tell what it is called."""
        name = self._name_by_children(child.group)
        is_component = any(seen.component.code == child.group for seen in self.capture.components)
        if not name or is_component:
            self.remarks.lost(
                "import-no-place",
                "components",
                child.code,
                f"'{child.name}' is in the group {child.group}, whose name nothing tells",
            )
            self._place(child)
            return
        id_ = self._take_id(name, "", child.group)
        self.layout.append(id_)
        self._keep_group(Group(id=id_, name=name, code=child.group))

    def _name_by_children(self, group: str) -> str:
        """Return the name that a group has in the newest full name of a child, or none."""
        told = [
            (moment, full.removesuffix(f" - {one.name}"))
            for one in self.current()
            if one.group == group and one.code in self.mentions
            for moment, full in self.mentions[one.code].names
            if full.endswith(f" - {one.name}")
        ]
        return max(told, default=(EVER, ""))[1]

    def _place(self, one: SourceComponent) -> None:
        """Give a component outside all groups its id and its place at the top level."""
        if one.code not in self.by_code and not self._adopt(one, ""):
            self.by_code[one.code] = id_ = self._take_id(one.name, "", one.code)
            self.layout.append(id_)

    def _adopt(self, one: SourceComponent, group: str) -> bool:
        """Tell whether a component of the same name is there without a code, and give it this."""
        for component in self.components.values():
            if not component.code and (component.name, component.group) == (one.name, group):
                self.components[component.id] = component._replace(code=one.code)
                self.by_code[one.code] = component.id
                return True
        return False

    def _take_id(self, name: str, group: str, code: str) -> str:
        taken = self.taken | self.common if group else self.taken
        id_ = new_id(name, group, code, taken)
        self.taken.add(id_)
        return id_

    def add_components(self) -> None:
        """Add the components; those of groups in the order of the groups' own lists."""
        for one in self.current():
            if one.is_group or one.code in self.known:
                continue
            group = self.groups_by_code.get(one.group, "")
            if group and one.code not in self.by_code and not self._adopt(one, group):
                id_ = self._take_id(one.name, self.groups[group].name, one.code)
                self.by_code[one.code] = id_
            id_ = self.by_code[one.code]
            if id_ not in self.components:
                self.components[id_] = self._component(one, id_, group)

    def _component(self, one: SourceComponent, id_: str, group: str) -> Component:
        name = f"{self.groups[group].name} - {one.name}" if group else one.name
        mentions = self.mentions.get(one.code)
        return Component(
            id=id_,
            name=one.name or id_,
            description=one.description,
            group=group,
            since=one.start,
            showcase=one.showcase,
            only_show_if_degraded=one.only_show_if_degraded,
            code=one.code,
            created=one.created,
            updated=one.updated,
            formerly=former_names(mentions, name) if mentions else (),
        )

    # ── what the source no longer lists ───────────────────────────────────────────────────────

    def add_vanished(self) -> None:
        """Add the components of which only old responses and old updates tell."""
        gone = {
            seen.component.code: seen
            for seen in self.capture.components
            if self._is_gone(seen) and not seen.component.is_group
        }
        codes = dict.fromkeys((*gone, *self.mentions))
        for code in codes:
            if code not in self.by_code and code not in self.groups_by_code:
                self._add_gone(code, gone.get(code))

    def _add_gone(self, code: str, seen: Seen | None) -> None:
        mentions = self.mentions.get(code)
        one = seen.component if seen else None
        full = mentions.newest_name if mentions else one.name if one else code
        group, name = self._group_of(full)
        id_ = self._take_id(name, self.groups[group].name if group else "", code)
        if not group:
            self.layout.append(id_)
        self.by_code[code] = id_
        moments = [mentions.last] if mentions else []
        moments += [seen.captured] if seen and seen.captured else []
        self.components[id_] = Component(
            id=id_,
            name=name or id_,
            description=one.description if one else "",
            group=group,
            since=one.start if one else None,
            until=self._last_day(max(moments, default=EVER)),
            showcase=one.showcase if one else False,
            code=code,
            created=one.created if one else None,
            updated=one.updated if one else None,
            formerly=former_names(mentions, full) if mentions else (),
        )

    def _group_of(self, full: str) -> tuple[str, str]:
        """Return the id of the group that a full name begins with, and the rest of the name."""
        for group in self.groups.values():
            if full.startswith(f"{group.name} - "):
                return group.id, full.removeprefix(f"{group.name} - ")
        return "", full

    def _last_day(self, last: datetime) -> date:
        """Return the last whole day on which a vanished component counts."""
        day = max(last, EVER + _DAY).astimezone(self.zone).date()
        listed_at = self.capture.listed_at
        return min(day, listed_at.astimezone(self.zone).date() - _DAY) if listed_at else day

    # ── what an import found out before ───────────────────────────────────────────────────────

    def renew(self) -> None:
        """Bring times and former names of what was there before up to the source's."""
        groups = {one.id for one in self.before.groups}
        components = {one.id for one in self.before.components}
        config = self.config()
        for one in self.current():
            if one.is_group and (id_ := self.groups_by_code[one.code]) in groups:
                group = self.groups[id_]
                self.groups[id_] = group._replace(
                    created=one.created or group.created,
                    updated=newest(one.updated, group.updated),
                )
            elif not one.is_group and (id_ := self.by_code[one.code]) in components:
                component = self.components[id_]
                mentions = self.mentions.get(one.code)
                formerly = former_names(mentions, full_name(config, component)) if mentions else ()
                self.components[id_] = component._replace(
                    created=one.created or component.created,
                    updated=newest(one.updated, component.updated),
                    formerly=formerly or component.formerly,
                )
