"""Reads the source tree: which files there are, and what is in them.

Nothing but a regular file below the root is ever opened. A link may lead anywhere, and a device or
a pipe may never end.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from statusgen.files.listing import Entry, scan
from statusgen.files.names import (
    CONFIG,
    INCIDENTS,
    PAGE_TEMPLATE,
    PLAYBOOK,
    PROGRAM_FOLDER,
    THEME,
)
from statusgen.model import Config
from statusgen.problems import Location, Problem, Severity

NO_FOLLOW = 0
"""Flags of `os.open`: bytes as they are, no link in place of the file, no waiting for a pipe."""
for _name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"):
    NO_FOLLOW |= getattr(os, _name, 0)  # 0 where the system does not know it

LARGEST_INCIDENT = 1 << 20
LARGEST_CONFIG = 1 << 20
_LARGEST_ASSET = 4 << 20
_LARGEST_STYLESHEET = 64 << 10
_LARGEST_TEMPLATE = 1 << 20
_LIKELY_INCIDENTS = (".markdown", ".mdown", ".mkd", ".txt", ".yml", ".yaml")


class IncidentPaths(NamedTuple):
    """What lies below `incidents/`: files to read, and `strange` things that cannot be read.

    `incidents/` may be a thousand files in folders by year: both are sorted by path.
    """

    files: tuple[str, ...]
    strange: tuple[str, ...]
    problems: tuple[Problem, ...]


def list_incidents(root: str, entries: Iterable[Entry] | None = None) -> IncidentPaths:
    """Return the paths of all incident files; `entries` are what `incidents/` holds, if known."""
    files = []
    strange = []
    problems = []
    for path, is_file, *_ in scan(root, INCIDENTS) if entries is None else entries:
        if not is_file:
            strange.append(path)
            problems.append(not_a_file(path))
        elif is_incident(path):
            files.append(path)
        elif path.lower().endswith(_LIKELY_INCIDENTS):
            problems.append(_not_markdown(path))
    return IncidentPaths(tuple(files), tuple(strange), tuple(problems))


def is_incident(path: str) -> bool:
    """Tell whether a path is named as incident files are."""
    return path.lower().endswith(".md")


def read_file(root: str, path: str, *, largest: int) -> bytes:
    """Return a regular file's bytes, but no more than one over `largest`.

    Raises:
        OSError: It is not there, is no regular file, or may not be read.

    """
    file = os.open(os.path.join(root, path), os.O_RDONLY | NO_FOLLOW)
    try:
        about = os.fstat(file)
        if not stat.S_ISREG(about.st_mode):
            raise OSError("it is not a regular file")
        wanted = min(about.st_size, largest) + 1
        raw = os.read(file, wanted)
        while len(raw) == wanted <= largest:  # it has grown meanwhile
            wanted = largest + 1
            raw += os.read(file, wanted - len(raw))
        return raw
    finally:
        os.close(file)


def read_default_theme() -> dict[str, str]:
    """Return the theme that comes with statusgen."""
    texts, problems = read_theme(_shipped_with(), at=THEME)
    if problems or not texts:
        raise AssertionError("the theme that comes with statusgen is incomplete")
    return texts


def read_default_playbook() -> dict[str, str]:
    """Return the texts of the playbook that comes with statusgen, by their names."""
    texts, problems = read_theme(_shipped_with(), at=PLAYBOOK)
    if problems or not texts:
        raise AssertionError("the playbook that comes with statusgen is incomplete")
    return texts


def read_page_template() -> dict[str, str]:
    """Return what a new page repository gets beside its own files, by path."""
    texts, problems = read_theme(_shipped_with(), at=PAGE_TEMPLATE)
    if problems or not texts:
        raise AssertionError("the page template that comes with statusgen is incomplete")
    return {f".{path}": text for path, text in texts.items()}


def read_theme_docs() -> str:
    """Return docs/theme.md, which describes what templates are given."""
    folder = _shipped_with()
    raw = read_file(folder, os.path.join("docs", "theme.md"), largest=_LARGEST_TEMPLATE)
    return raw.decode()


def is_default_theme(root: str) -> bool:
    """Tell whether a page repository's theme is the default itself, as in statusgen's own."""
    return os.path.realpath(root) == os.path.realpath(_shipped_with())


def _shipped_with() -> str:
    """Return where the default theme is: in a wheel's package, or beside a checkout's."""
    is_wheel = os.path.isdir(os.path.join(PROGRAM_FOLDER, THEME))
    return PROGRAM_FOLDER if is_wheel else os.path.dirname(PROGRAM_FOLDER)


def read_theme(folder: str, *, at: str) -> tuple[dict[str, str], list[Problem]]:
    """Return a theme's files by their path below `folder`/`at`; none if there is no theme."""
    texts = {}
    problems = []
    for path, is_file, *_ in scan(folder, at):
        if not is_file:
            problems.append(not_a_file(path))
            continue
        try:
            raw = read_file(folder, path, largest=_LARGEST_TEMPLATE)
            if len(raw) > _LARGEST_TEMPLATE:
                problems.append(_too_large(path, _LARGEST_TEMPLATE))
                continue
            texts[path[len(at) + 1 :]] = raw.decode()
        except UnicodeDecodeError:
            message, hint = "the file is not UTF-8 text", "save the file as UTF-8"
            problems.append(Problem("not-utf8", message, Location(path), hint))
        except OSError as error:
            problems.append(unreadable(path, error))
    return texts, problems


def asset_paths(config: Config) -> tuple[str, ...]:
    """Return the paths of the brand's files that config.yml names."""
    brand = config.brand
    paths = (brand.logo, brand.logo_dark, brand.favicon, brand.stylesheet)
    return tuple(dict.fromkeys(path for path in paths if path))


def read_assets(root: str, config: Config) -> tuple[Mapping[str, bytes], list[Problem]]:
    """Return the brand's files that config.yml names, by their paths."""
    contents = {}
    problems = []
    for path in asset_paths(config):
        largest = _LARGEST_STYLESHEET if path == config.brand.stylesheet else _LARGEST_ASSET
        if not _is_inside(root, path):
            problems.append(_missing(path, "it must be a file below the page's root, not a link"))
            continue
        try:
            raw = read_file(root, path, largest=largest)
        except OSError as error:
            problems.append(_missing(path, _reason(error)))
            continue
        if len(raw) > largest:
            problems.append(_too_large(path, largest))
        else:
            contents[path] = raw
    return contents, problems


def unreadable(path: str, error: OSError) -> Problem:
    """Return the problem of a source file that the system does not let us read."""
    message = f"the file cannot be read: {_reason(error)}"
    hint = "look at its permissions, and at what it is: 'ls -l' tells both"
    return Problem("unreadable-file", message, Location(path), hint)


def not_a_file(path: str) -> Problem:
    """Return the problem of a link, a device or a pipe where a source file should be."""
    hint = "put the text itself here; links, devices and pipes are never followed"
    return Problem("not-a-file", "this is not a regular file", Location(path), hint)


def _is_inside(root: str, path: str) -> bool:
    """Tell whether a path that a person wrote stays below the root without passing a link."""
    parts = path.split("/")
    if "\\" in path or "\0" in path or any(part in {"", ".", ".."} for part in parts):
        return False
    folders = ["/".join(parts[:count]) for count in range(1, len(parts))]
    return not any(os.path.islink(os.path.join(root, folder)) for folder in folders)


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def _not_markdown(path: str) -> Problem:
    name = os.path.splitext(path)[0] + ".md"
    return Problem(
        "not-an-incident",
        "the file is not read, because its name does not end in .md",
        Location(path),
        f"if it is an incident, rename it to '{os.path.basename(name)}'",
        Severity.WARNING,
    )


def _too_large(path: str, largest: int) -> Problem:
    size = f"{largest >> 20} MB" if largest >> 20 else f"{largest >> 10} kB"
    message, hint = f"the file is larger than {size}", "make it smaller"
    return Problem("too-large", message, Location(path), hint)


def _missing(path: str, why: str) -> Problem:
    return Problem(
        "missing-file",
        f"the brand's file '{path}' cannot be used: {why}",
        Location(CONFIG),
        "paths under 'brand' start at the folder of config.yml",
    )
