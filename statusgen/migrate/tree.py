"""The page repository that an import adds to: what is there, and how it is written.

Files are written one by one, each atomically, and nothing is ever deleted.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from zoneinfo import ZoneInfo

from statusgen.config import parse_config
from statusgen.content import Reading, parse_incident, tell_apart
from statusgen.files.names import CONFIG
from statusgen.files.source_tree import LARGEST_CONFIG, LARGEST_INCIDENT, list_incidents, read_file
from statusgen.files.writes import write_whole
from statusgen.model import Config
from statusgen.problems import has_errors
from statusgen.reading.characters import decode
from statusgen.source.source import NoConfigError


class There(NamedTuple):
    """An incident file of the repository."""

    path: str
    text: str
    reading: Reading


class Tree(NamedTuple):
    """A page repository; `incidents` by the code that the API shows, and by the id of the file."""

    config: Config | None
    config_text: str
    incidents: Mapping[str, There]


def read_tree(root: str) -> Tree:
    """Return what is there; a folder without config.yml is the beginning of a new page.

    Raises:
        NoConfigError: there is a config.yml, but it cannot be used.
        OSError: a file cannot be read.
    """
    try:
        raw = read_file(root, CONFIG, largest=LARGEST_CONFIG)
    except FileNotFoundError:
        return Tree(None, "", {})
    text, problems = decode(raw, CONFIG)
    config, found = parse_config(text, CONFIG)
    problems = [*problems, *found]
    if config is None or has_errors(problems):
        raise NoConfigError(problems)
    return Tree(config, text, _incidents(root, config))


def _incidents(root: str, config: Config) -> dict[str, There]:
    zone = ZoneInfo(config.page.timezone)
    components = frozenset(one.id for one in config.components)
    found: dict[str, There] = {}
    for path in tell_apart(list_incidents(root).files, config.page.languages).originals:
        raw = read_file(root, path, largest=LARGEST_INCIDENT)
        text, _ = decode(raw, path)
        there = There(path, text, parse_incident(path, raw, zone, components))
        incident = there.reading.incident
        found[incident.id] = there
        if incident.code:
            found[incident.code] = there
    return found


def write_files(root: str, files: Mapping[str, str]) -> None:
    """Write the files below the root, each as a whole or not at all."""
    for path, text in files.items():
        write_whole(root, path, text)
