"""Parts of a site that need not be rendered again: all that they are made from is the same.

What an incident's page and its file in the API are made from, besides the program, the theme and
config.yml: its own source file and its translations, and the state of the components that it names.
What a month's page is made from: the same of all its incidents, and which months are beside it.
That holds once they are over and none of their moments is still to come, such as that at which a
postmortem is late; until then it is rendered each time.
"""

from __future__ import annotations

import hashlib
import marshal
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import NamedTuple

from statusgen.files.output import OutputTree
from statusgen.memory.cache import key_of
from statusgen.memory.contents import program_mark
from statusgen.site.api.components import directory_of
from statusgen.site.context import Site
from statusgen.site.parts import Lasting
from statusgen.timeline import History
from statusgen.timeline.record import Record

_NAME = "pages"
_HEAD = b"statusgen-pages 1\n"
_DIGEST = 32
_MARSHAL = 2  # the newest format in which equal values have equal bytes


Files = tuple[tuple[str, str], ...]
"""Paths below the output folder, and the SHA-256 of each file in hex."""


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
        self._basis = _basis_of(site)
        directory = directory_of(site)
        states = {
            one.id: repr((directory.by_id.get(one.id), directory.created.get(one.id)))
            for one in site.config.components
        }
        self._states = {id_: state.encode() for id_, state in states.items()}

    def key(self, part: Lasting) -> bytes | None:
        """Return the key of a part's files; None if they must be rendered each time."""
        sources = []
        for record in part.records:
            digest = self._digests.get(record.incident.path)
            if not digest or not _is_settled(record, self._site.history):
                return None
            translations = [self._digests.get(one.path) for one in record.incident.translations]
            sources.append((record.incident.path, record.incident.id, digest, translations))
        named = dict.fromkeys(one for record in part.records for one in record.components)
        states = (self._states.get(component, b"") for component in named)
        names = repr((sources, part.also)).encode("utf-8", "surrogatepass")
        return key_of(self._basis, names, *states)

    def recall(self, key: bytes, tree: OutputTree) -> Page | None:
        """Return what was made from the same, if it is in the output byte for byte."""
        files = self._known.get(key)
        if files is None or not all(tree.has(path, sha256) for path, sha256 in files):
            return None
        return Page(key, files)

    def save(self, pages: Iterable[Page]) -> None:
        """Remember what this build has in its output, and nothing else."""
        content = dict(pages)
        if not self._path or content == self._known:
            return
        raw = marshal.dumps(content, _MARSHAL)
        with suppress(OSError):
            with open(f"{self._path}.tmp", "wb") as file:
                file.write(_HEAD + hashlib.sha256(raw).digest() + raw)
            os.replace(f"{self._path}.tmp", self._path)


def _is_settled(record: Record, history: History) -> bool:
    """Tell whether a record will be the same at any later moment."""
    incident, now = record.incident, history.now
    moments = [update.at for update in incident.updates]
    moments += [one for one in (incident.started, incident.ended, incident.starts) if one]
    return (
        not record.is_open
        and incident.stand_in is None
        and not incident.repeat
        and all(moment <= now for moment in moments)
        and (incident.ends is None or incident.ends <= now)
        and all(duty.is_owed(now) for duty in history.duties_of(record))
    )


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
    try:
        with open(path, "rb") as file:
            head, digest, raw = file.read(len(_HEAD)), file.read(_DIGEST), file.read()
    except OSError:
        return {}
    if head != _HEAD or hashlib.sha256(raw).digest() != digest:
        return {}
    known: dict[bytes, Files] = marshal.loads(raw)  # noqa: S302 - it is what `save` wrote
    return known
