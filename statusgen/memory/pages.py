"""Parts of a site that need not be rendered again: all that they are made from is the same.

What an incident's page and its file in the API are made from, besides the program, the theme and
config.yml: its own source file and its translations, and the state of the components that it names.
What a month's page is made from: the files of all its incidents, and which months are beside it. A
year's file in the API and the calendar: the files of what is in them. A component's page, feeds and
calendar: the files of all that names it, its own state, and the day. That holds once what is in
them is over and none of its moments is still to come, such as that at which a postmortem is late;
until then they are rendered each time.
"""

from __future__ import annotations

import marshal
import os
import time
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from statusgen.files.output import OutputTree, Seal
from statusgen.memory.cache import key_of
from statusgen.memory.checked import read_checked, write_checked
from statusgen.memory.contents import program_mark
from statusgen.site.api.components import directory_of
from statusgen.site.context import Part, Site
from statusgen.timeline import History
from statusgen.timeline.record import Record

_NAME = "pages"
_HEAD = b"statusgen-pages 2\n"
_MARSHAL = 2  # the newest format in which equal values have equal bytes
_SETTLING = 2_000_000_000
"""So many nanoseconds after it changed, a file may change again without its seal showing it, on the
disk whose clock is the coarsest."""


File = tuple[str, str, Seal | None]
"""A file of the output: its path, its SHA-256 in hex, and its seal, if that can be trusted."""

Files = tuple[File, ...]


class Page(NamedTuple):
    """The files of one part, and the key of what they were made from."""

    key: bytes
    files: Files


class Pages:
    """What an earlier build wrote for each part; it is compared before it is believed."""

    def __init__(self, folder: str | None, site: Site, digests: Mapping[str, str]) -> None:
        name = f"{_NAME}.{site.language.code}" if site.folder else _NAME
        self._path = os.path.join(folder, name) if folder else ""
        self._known = _load(self._path) if self._path else {}
        self._site = site
        self._digests = digests
        self._basis = _basis_of(site).hex()
        directory = directory_of(site)
        states = {
            one.id: repr((directory.by_id.get(one.id), directory.created.get(one.id)))
            for one in site.config.components
        }
        self._states = {id_: key_of(state.encode()).hex() for id_, state in states.items()}
        self._marks: dict[str, str] = {}

    def key(self, part: Part) -> bytes | None:
        """Return the key of a part's files; None if they must be rendered each time."""
        if not part.also:
            return None
        made_of = [self._basis, part.also, *[self._states.get(one, "") for one in part.named]]
        for record in part.records:
            mark = self._mark(record)
            if not mark:
                return None
            made_of.append(mark)
        return key_of("\n".join(made_of).encode("utf-8", "surrogatepass"))

    def _mark(self, record: Record) -> str:
        """Return what tells a record that is settled from any other; '' if it is not settled."""
        mark = self._marks.get(record.id)
        if mark is None:
            mark = self._marks[record.id] = self._new_mark(record)
        return mark

    def _new_mark(self, record: Record) -> str:
        incident, digest_of = record.incident, self._digests.get
        digest = digest_of(incident.path)
        if not digest or not _is_settled(record, self._site.history):
            return ""
        mark = f"{incident.path!r} {record.id} {digest}"
        if incident.translations:
            mark += repr([digest_of(one.path) for one in incident.translations])
        return mark

    def files(self, key: bytes) -> Files:
        """Return what is remembered under a key."""
        return self._known[key]

    def recall(self, key: bytes, tree: OutputTree) -> Page | None:
        """Return what was made of the same, with present seals, if it is there byte for byte."""
        files = self._known.get(key)
        if files is None:
            return None
        seals = [tree.find(*file) for file in files]
        if None in seals:
            return None
        if seals != [seal for _, _, seal in files]:
            named = zip(files, seals, strict=True)
            files = tuple((path, sha256, seal) for (path, sha256, _), seal in named)
        return Page(key, files)

    def save(self, made: Iterable[Page], kept: Iterable[bytes]) -> None:
        """Remember what this build has in its output, and nothing else.

        A seal is remembered only of a file that has not changed for a while.
        """
        newest = time.time_ns() - _SETTLING
        content = {key: self._known[key] for key in kept}
        content |= {key: tuple(_trusted(file, newest) for file in files) for key, files in made}
        if not self._path or content == self._known:
            return
        write_checked(self._path, marshal.dumps(content, _MARSHAL), _HEAD)


def _is_settled(record: Record, history: History) -> bool:
    """Tell whether a record will be the same at any later moment."""
    incident, now = record.incident, history.now
    if record.is_open or incident.stand_in is not None or incident.repeat:
        return False
    for moment in (incident.started, incident.ended, incident.starts, incident.ends):
        if moment is not None and moment > now:
            return False
    for update in incident.updates:
        if update.at > now:
            return False
    return all(duty.is_owed(now) for duty in history.duties_of(record))


def _trusted(file: File, newest: int) -> File:
    """Return a file as it is remembered: without its seal if that is newer than `newest`."""
    path, sha256, seal = file
    return path, sha256, seal if seal is not None and seal[0] <= newest else None


def _basis_of(site: Site) -> bytes:
    theme = sorted({**site.theme.default, **site.theme.own}.items())
    assets = sorted(site.assets.items())
    return key_of(
        program_mark(),
        repr((site.config, site.pages)).encode("utf-8", "surrogatepass"),
        repr((sorted(site.theme.default.items()), theme, assets)).encode("utf-8", "surrogatepass"),
    )


def _load(path: str) -> dict[bytes, Files]:
    """Return what is remembered; nothing if any of it is damaged."""
    raw = read_checked(path, _HEAD)
    known: dict[bytes, Files] = marshal.loads(raw) if raw else {}  # noqa: S302 - `save` wrote it
    return known
