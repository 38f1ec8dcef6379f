"""config.yml as a text: a new one, the one that an earlier import wrote, or a person's own.

In a person's own file nothing is touched; new components are appended to its list.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import NamedTuple

from statusgen.config import parse_config
from statusgen.config.write import write_config
from statusgen.files.names import CONFIG
from statusgen.migrate.statuspage.fields import Remarks
from statusgen.migrate.statuspage.records import Capture, SourcePage, newest
from statusgen.model import Component, Config, Page
from statusgen.problems import has_errors

_LIST = re.compile(r"components:[ \t]*(?:\[[ \t]*\][ \t]*)?(?:#.*)?")
_EMPTY = re.compile(r"^components:[ \t]*\[[ \t]*\]")
_STAND_IN = Page(name="Status", url="https://status.example.com")


def new_config(page: SourcePage | None, remarks: Remarks) -> Config:
    """Return the configuration of a page without components, as the source describes it."""
    if page is None or not page.name or not page.url:
        remarks.lost(
            "import-no-page",
            "config.yml",
            "page",
            "the source does not tell the page's name and address; put them in",
        )
    if page is None:
        return Config(page=_STAND_IN)
    return Config(
        page=Page(
            name=page.name or _STAND_IN.name,
            url=page.url or _STAND_IN.url,
            timezone=page.timezone or _STAND_IN.timezone,
            code=page.code,
            updated=page.updated,
        ),
    )


def renewed_page(config: Config, capture: Capture) -> Config:
    """Return the configuration with what an import knows of the page and a person does not."""
    if capture.page is None:
        return config
    page = config.page
    code = page.code or capture.page.code
    updated = newest(page.updated, capture.page.updated)
    return config._replace(page=page._replace(code=code, updated=updated))


def is_ours(text: str, config: Config) -> bool:
    """Tell whether the file is as a command writes it, and may be written again."""
    return text.removeprefix(_head(text)) == write_config(config)


def written(text: str, config: Config) -> str:
    """Return the configuration as a file, below the comment that the file of before begins with."""
    return _head(text) + write_config(config)


def _head(text: str) -> str:
    lines = takewhile(lambda line: line.startswith("#"), text.splitlines(keepends=True))
    return "".join(lines)


class Appended(NamedTuple):
    """A person's config.yml with new components, and what only that person can put in."""

    text: str
    left: tuple[str, ...]


def appended(text: str, before: Config, after: Config) -> Appended:
    """Return a person's config.yml with the new groups and components at the end of its list.

    What is there is not touched: a code that a component should get, and a new component of a group
    that is there already, are left to the person.
    """
    old = {one.id: one for one in before.components}
    groups = {one.id: one for one in before.groups}
    left = [
        f"component '{one.id}' needs {', '.join(keys)}"
        for one in after.components
        if one.id in old and (keys := _news(old[one.id], one))
    ]
    left += [
        f"group '{one.id}' needs code: {one.code}"
        for one in after.groups
        if one.id in groups and one.code != groups[one.id].code
    ]
    left += [
        f"group '{one.group}' needs the component '{one.id}' with code: {one.code}"
        for one in after.components
        if one.id not in old and one.group in groups
    ]
    new = before._replace(
        groups=tuple(one for one in after.groups if one.id not in groups),
        components=tuple(
            one for one in after.components if one.id not in old and one.group not in groups
        ),
        layout=tuple(id_ for id_ in after.layout if id_ not in before.layout),
    )
    if not new.layout:
        return Appended(text, tuple(left))
    longer = _with_lines(text, _component_lines(new))
    found, problems = parse_config(longer, CONFIG)
    if found != _together(before, new) or has_errors(problems):
        left += [f"'{id_}' has to be put into 'components'" for id_ in new.layout]
        return Appended(text, tuple(left))
    return Appended(longer, tuple(left))


def _news(before: Component, after: Component) -> list[str]:
    """Return what a component should get, as far as anybody could see that it is missing."""
    news = [f"code: {after.code}"] if after.code != before.code else []
    news += [f"formerly: {one.name}" for one in after.formerly if one not in before.formerly]
    if after.override and after.override != before.override:
        news.append(f"override: {after.override.status}")
    return news


def _together(before: Config, new: Config) -> Config:
    return before._replace(
        groups=(*before.groups, *new.groups),
        components=(*before.components, *new.components),
        layout=(*before.layout, *new.layout),
    )


def _component_lines(config: Config) -> list[str]:
    """Return the lines of the components' list, as `write_config` writes it."""
    lines = write_config(config).splitlines()
    start = lines.index("components:") + 1
    return list(takewhile(lambda line: line.startswith((" ", "-")), lines[start:]))


def _with_lines(text: str, new: list[str]) -> str:
    """Return the file with the lines below its list of components, in the list's own indent."""
    lines = text.splitlines()
    head = next((i for i, line in enumerate(lines) if _LIST.fullmatch(line)), len(lines))
    end = last = head
    for end in range(head + 1, len(lines)):
        line = lines[end]
        if line and line[0] not in " -#":
            break
        if line.strip() and line.lstrip()[0] != "#":
            last = end
    items = lines[head + 1 : last + 1]
    shift = _indent(items or new) - _indent(new)
    moved = [" " * shift + line if shift >= 0 else line[-shift:] for line in new]
    named = _EMPTY.sub("components:", lines[head]) if head < len(lines) else "components:"
    return "\n".join([*lines[:head], named, *items, *moved, *lines[last + 1 :], ""])


def _indent(lines: list[str]) -> int:
    first = next((line for line in lines if line.lstrip().startswith("-")), "")
    return len(first) - len(first.lstrip())
