"""config.yml as a text: a new one, the one that an earlier import wrote, or a person's own.

In a person's own file nothing is touched; new components are appended to its list.
"""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from statusgen.config import parse_config, write_config
from statusgen.migrate.statuspage.fields import Remarks
from statusgen.migrate.statuspage.records import Capture, SourcePage
from statusgen.model import Config, Page

_STAND_IN = Page(name="Status", url="https://status.example.com")


def new_config(page: SourcePage | None, remarks: Remarks) -> Config:
    """Return the configuration of a page without components, as the source describes it."""
    if page is None or not page.name:
        remarks.lost(
            "import-no-page",
            "config.yml",
            "page",
            "the source does not tell the page's name and address; put them in",
        )
        return Config(page=_STAND_IN)
    return Config(
        page=Page(
            name=page.name,
            url=_address(page, remarks),
            timezone=_zone(page, remarks),
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
    return replace(config, page=replace(page, code=code, updated=capture.page.updated))


def is_ours(text: str, config: Config) -> bool:
    """Tell whether the file is as an import writes it, and may be written again."""
    return text == write_config(config)


def appended(text: str, before: Config, after: Config) -> str | None:
    """Return a person's config.yml with the new components at the end of its list.

    None if that cannot be done without touching what is there.
    """
    known = {group.id for group in before.groups} | {one.id for one in before.components}
    groups = tuple(one for one in after.groups if one.id not in known)
    components = tuple(one for one in after.components if one.id not in known)
    new = replace(
        before,
        groups=groups,
        components=components,
        layout=tuple(id_ for id_ in after.layout if id_ not in known),
    )
    lines = _component_lines(new)
    for candidate in _with_lines(text, lines):
        config, problems = parse_config(candidate, "config.yml")
        if config == after and not any(problem.is_error for problem in problems):
            return candidate
    return None


def _component_lines(config: Config) -> list[str]:
    """Return the lines of the components' list, as `write_config` writes it."""
    lines = write_config(config).splitlines()
    start = lines.index("components:") + 1
    end = next(
        (i for i in range(start, len(lines)) if lines[i][:1] not in {" ", "-", ""}), len(lines)
    )
    return [line for line in lines[start:end] if line.strip()]


def _with_lines(text: str, new: list[str]) -> list[str]:
    """Return the file with the lines where they may belong."""
    lines = text.splitlines()
    heads = [i for i, line in enumerate(lines) if line.split("#")[0].rstrip() in _EMPTY_LISTS]
    if not heads:
        return ["\n".join([*lines, "components:", *new, ""])]
    start = heads[0]
    last = start
    for index in range(start + 1, len(lines)):
        line = lines[index]
        if line.strip() and not line.startswith("#") and line[:1] not in {" ", "-"}:
            break
        if line.strip() and not line.lstrip().startswith("#"):
            last = index
    indent = _indent(lines[start + 1 : last + 1])
    shift = indent - _indent(new)
    moved = [" " * shift + line if shift >= 0 else line[-shift:] for line in new]
    return [
        "\n".join(
            [
                *lines[:start],
                "components:",
                *lines[start + 1 : last + 1],
                *moved,
                *lines[last + 1 :],
                "",
            ]
        )
    ]


_EMPTY_LISTS = {"components:", "components: []"}


def _indent(lines: list[str]) -> int:
    first = next((line for line in lines if line.lstrip().startswith("- ")), "  - ")
    return len(first) - len(first.lstrip())


def _address(page: SourcePage, remarks: Remarks) -> str:
    if page.url.startswith(("http://", "https://")):
        return page.url
    remarks.lost("import-wrong-type", "config.yml", "page.url", f"'{page.url}' is no address")
    return _STAND_IN.url


def _zone(page: SourcePage, remarks: Remarks) -> str:
    try:
        return ZoneInfo(page.timezone).key if page.timezone else "UTC"
    except (ValueError, OSError, KeyError):
        message = f"there is no zone '{page.timezone}'; the page's is UTC now"
        remarks.lost("import-unknown-value", "config.yml", "page.timezone", message)
        return "UTC"
