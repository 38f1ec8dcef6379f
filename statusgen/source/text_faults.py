"""Finds what is wrong in authors' texts as Markdown, and where in their files it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from statusgen.content.collector import Collector
from statusgen.content.internal import text_for
from statusgen.files.source_tree import LARGEST_INCIDENT, read_file
from statusgen.memory.texts import Faults, Texts, files_of, texts_of
from statusgen.model import Incident, TextPage
from statusgen.problems import Location, Problem
from statusgen.reading.characters import decode
from statusgen.site.markdown import BlockProblem
from statusgen.source.source import Source
from statusgen.workers import run_all

_CHUNK = 200  # incidents whose texts a process takes at a time
_HINTS = {
    "text-too-complex": "make several short blocks of it, with blank lines between",
    "unclosed-comment": "write '-->' behind it, or a backslash before the '<'",
}


def find_faults(
    texts: Texts, incidents: Sequence[Incident | TextPage], *, processes: int
) -> Faults:
    """Render all texts that are not plain, on all cores, and return what is wrong in them."""
    chunks = [incidents[start : start + _CHUNK] for start in range(0, len(incidents), _CHUNK)]
    faults: Faults = {}
    for found in run_all([partial(_faults_in, texts, chunk) for chunk in chunks], processes):
        faults.update(found)
    return faults


def locate(faults: Faults, source: Source) -> list[Problem]:
    """Return the faults as problems in the files that hold the texts."""
    if not faults:
        return []
    return [
        problem
        for incident in source.written
        for path, texts in files_of(incident)
        if any(text in faults for text in texts)
        for problem in _problems_in(path, texts, faults, source)
    ]


def _faults_in(texts: Texts, incidents: Sequence[Incident | TextPage]) -> Faults:
    for text in texts_of(incidents):
        texts(text)
    return texts.settle()


def _problems_in(
    path: str,
    texts: Iterable[str],
    faults: Mapping[str, tuple[BlockProblem, ...]],
    source: Source,
) -> Iterator[Problem]:
    try:
        raw = read_file(source.root, path, largest=LARGEST_INCIDENT)
    except OSError:
        raw = b""
    typed, _ = decode(raw, path)
    file = text_for(source.audience, typed, Collector(path))
    after = 0
    for text in texts:
        at = file.find(text, after) if text else -1
        first_line = file.count("\n", 0, at) + 1 if at >= 0 else 0
        after = at + len(text) if at >= 0 else after
        for line, code, message in faults.get(text, ()):
            place = (first_line + line, 1) if first_line else (0, 0)
            yield Problem(code, message, Location(path, *place), _HINTS[code])
