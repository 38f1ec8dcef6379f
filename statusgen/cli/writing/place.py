"""The page repository that somebody writes in: where it is, and as much as is needed of it.

Incidents are named by their files, so none of them is read here. A broken config.yml is no reason
not to write.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

import click

from statusgen.authoring.choosing import Names, names_of
from statusgen.config import parse_config
from statusgen.content import Reading, parse_incident
from statusgen.content.ids import stem_of
from statusgen.files.names import CONFIG
from statusgen.files.source_tree import LARGEST_CONFIG, LARGEST_INCIDENT, list_incidents, read_file
from statusgen.model import Cadence, Config
from statusgen.reading.characters import decode

if TYPE_CHECKING:
    from statusgen.problems import Problem

_HEADING = re.compile(rb"(?m)^ {0,3}##[ \t]+([A-Za-z]+)")
_CLOSING = frozenset({b"resolved", b"completed", b"cancelled", b"canceled", b"postmortem"})


class Place(NamedTuple):
    """A page repository; `config` is None if there is none that can be used, even in Git.

    `paths` are all incident files and translations.
    """

    root: str
    config: Config | None
    paths: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.config.page.timezone if self.config else "UTC")

    @property
    def names(self) -> Names:
        return names_of(self.config)

    @property
    def cadence(self) -> Cadence:
        return self.config.cadence if self.config else Cadence()

    @property
    def language(self) -> str:
        return self.config.page.languages[0] if self.config else "en"

    def read(self, path: str) -> str:
        """Return the text of a file as it stands, line endings and all."""
        raw = read_file(self.root, path, largest=LARGEST_INCIDENT)
        return raw.decode("utf-8", "surrogateescape")

    def parse(self, path: str, text: str) -> Reading:
        """Return what a file with this text says."""
        known = [one.id for one in self.config.components] if self.config else ()
        raw = text.encode("utf-8", "surrogateescape")
        return parse_incident(path, raw, self.zone, known)

    def maybe_open(self, most: int | None = None) -> Iterator[str]:
        """Yield the paths of the files that may be of something that goes on, newest name first.

        Where the first or the last heading closes it, it is over: updates stand in one order or in
        the other. No more than the newest `most` files are read. A translation has no facts.
        """
        originals = (path for path in self.paths if "." not in stem_of(path))
        for path in sorted(originals, reverse=True)[:most]:
            try:
                raw = read_file(self.root, path, largest=LARGEST_INCIDENT)
            except OSError:
                continue
            words = [word.lower() for word in _HEADING.findall(raw)]
            if words and words[0] not in _CLOSING and words[-1] not in _CLOSING:
                yield path


def find_place(root: str | None) -> Place:
    """Return the page repository at `root`; without it, of the current folder or one above it."""
    root = root or _above()
    config, problems = _config(root)
    return Place(root, config, list_incidents(root).files, tuple(problems))


def _above() -> str:
    here = os.path.abspath(".")
    while not os.path.isfile(os.path.join(here, CONFIG)):
        above = os.path.dirname(here)
        if above == here:
            hint = "go to the folder of config.yml, or name it with --root"
            raise click.UsageError(f"This is no page repository; {hint}.")
        here = above
    return os.path.relpath(here)


def _config(root: str) -> tuple[Config | None, list[Problem]]:
    try:
        text, problems = decode(read_file(root, CONFIG, largest=LARGEST_CONFIG), CONFIG)
    except FileNotFoundError:
        where = "this folder" if root == "." else root
        hint = "'statusgen init' makes a page repository"
        raise click.UsageError(f"There is no config.yml in {where}; {hint}.") from None
    config, found = parse_config(text, CONFIG)
    if config is not None:
        return config, [*problems, *found]
    from statusgen.source.source import NoConfigError, read_config

    try:
        return read_config(root)
    except NoConfigError as error:
        return None, list(error.problems)
