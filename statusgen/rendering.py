"""Renders and writes all files of a site on all cores."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from statusgen.files.output import OutputTree, Written
from statusgen.memory.pages import Files, Page, Pages
from statusgen.memory.texts import Faults, Texts, texts_of
from statusgen.problems import Problem
from statusgen.site.context import Output, Part, Site
from statusgen.site.lasting import incident_parts, records_by_incident
from statusgen.site.parts import feed_parts, parts_of
from statusgen.site.theme.templates import ThemeError
from statusgen.timeline.record import Record
from statusgen.workers import run_all

_CHUNK = 50  # records whose files a process renders and writes at a time
_BESIDE_FEEDS = 4  # chunks that take another process about as long as feeds take


class Rendered(NamedTuple):
    """What was written, and what was wrong with texts and templates on the way."""

    files: list[Written]
    faults: Faults
    problems: tuple[Problem, ...] = ()


def write_sites(
    sites: Sequence[Site],
    texts: Texts,
    tree: OutputTree,
    digests: Mapping[str, str],
    *,
    processes: int,
) -> Rendered:
    """Render and write everything but the manifest; in the default theme if the own one fails.

    `sites` are one for each language, `texts` is also their `markdown`; `digests` are those of the
    sources by their paths.
    """
    try:
        return _write([_Writer(site, texts, tree, digests) for site in sites], processes)
    except ThemeError as error:
        if not sites[0].theme.own:
            raise
        plain = [replace(site, theme=replace(site.theme, own={})) for site in sites]
        rendered = _write([_Writer(site, texts, tree, digests) for site in plain], processes)
        return rendered._replace(problems=error.problems)


class _Done(NamedTuple):
    """What one task has written for a language.

    `made` is to be remembered; what is remembered under the keys in `kept`, which are most of all,
    still holds.
    """

    language: str
    files: list[Written]
    faults: Faults
    made: list[Page]
    kept: list[bytes]


class _Writer:
    def __init__(
        self,
        site: Site,
        texts: Texts,
        tree: OutputTree,
        digests: Mapping[str, str],
    ) -> None:
        self.site = site
        self.texts = texts
        self.tree = tree
        self.pages = Pages(texts.folder, site, digests)

    def write(self, parts: Iterable[Part]) -> _Done:
        """Write the files of parts, except for those that would be the same again."""
        kept: list[bytes] = []
        pages: list[Page] = []
        made: list[tuple[bytes | None, Part, list[str]]] = []

        def outputs() -> Iterator[Output]:
            for part in parts:
                key = self.pages.key(part)
                known = self.pages.recall(key, self.tree) if key else None
                if known is None:
                    paths: list[str] = []
                    made.append((key, part, paths))
                    for path, content in part.make():
                        paths.append(path)
                        yield path, content
                elif known.files is self.pages.files(known.key):
                    kept.append(known.key)
                else:
                    pages.append(known)

        written = self.tree.write(outputs())
        files = _unchanged(page.files for page in pages)
        hashes = {one.path: one.sha256 for one in written}
        faults = self.texts.settle()
        pages += [
            Page(key, tuple((path, hashes[path], self.tree.seal(path)) for path in paths))
            for key, part, paths in made
            if key and faults.keys().isdisjoint(texts_of(one.incident for one in part.records))
        ]
        return _Done(self.site.language.code, files + written, faults, pages, kept)

    def write_incidents(self, incidents: Iterable[tuple[Record, ...]]) -> _Done:
        """Write what is these incidents' own."""
        return self.write(incident_parts(self.site, incidents))

    def tasks(self) -> list[Callable[[], _Done]]:
        """Return all that is to be done for the site."""
        chunks = _chunks(records_by_incident(self.site))
        incidents = [partial(self.write_incidents, chunk) for chunk in chunks]
        return [
            *(partial(self.write, parts) for parts in parts_of(self.site)),
            *incidents[:-_BESIDE_FEEDS],
            partial(self.write, feed_parts(self.site)),
            *incidents[-_BESIDE_FEEDS:],
        ]


def _chunks(incidents: Iterable[tuple[Record, ...]]) -> Iterator[list[tuple[Record, ...]]]:
    chunk: list[tuple[Record, ...]] = []
    size = 0
    for records in incidents:
        chunk.append(records)
        size += len(records)
        if size >= _CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _write(writers: Sequence[_Writer], processes: int) -> Rendered:
    rendered = Rendered([], {})
    pages = {writer.site.language.code: writer.pages for writer in writers}
    made: dict[str, list[Page]] = {code: [] for code in pages}
    kept: dict[str, list[bytes]] = {code: [] for code in pages}
    # One site after the other: what is made once for each, such as its templates, is kept for two.
    for done in run_all([task for writer in writers for task in writer.tasks()], processes):
        rendered.files.extend(done.files)
        rendered.faults.update(done.faults)
        made[done.language] += done.made
        kept[done.language] += done.kept
    for code, known in pages.items():
        rendered.files.extend(_unchanged(map(known.files, kept[code])))
        known.save(made[code], kept[code])
    return rendered


def _unchanged(pages: Iterable[Files]) -> list[Written]:
    return [Written(path, sha256, is_new=False) for files in pages for path, sha256, _ in files]
