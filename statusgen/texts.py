"""Authors' texts as HTML: rendered once, remembered, and their faults traced back to the files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from statusgen.cache import Memo
from statusgen.content.collector import Collector
from statusgen.content.internal import text_for
from statusgen.files import LARGEST_INCIDENT, read_file
from statusgen.freshness import installed_packages
from statusgen.model import Incident, TextPage
from statusgen.problems import Location, Problem
from statusgen.reading.characters import decode
from statusgen.site.markdown import FORMAT, BlockProblem, is_plain, render
from statusgen.site.markdown.plain import render_plain
from statusgen.source import Source
from statusgen.workers import run_all

Faults = dict[str, tuple[BlockProblem, ...]]
"""What is wrong in the blocks of a text, by the text."""

_ENGINES = ("markdown-", "nh3-")
_CHUNK = 200  # incidents whose texts a process takes at a time


class Texts:
    """Makes HTML of Markdown, and remembers in `folder` what took long, but no faulty texts."""

    def __init__(self, folder: str | None) -> None:
        engines = [one for one in installed_packages() if one.lower().startswith(_ENGINES)]
        self.folder = folder
        self.memo = Memo(folder, " ".join([str(FORMAT), *engines]))
        self._faults: Faults = {}

    def __call__(self, text: str) -> str:
        """Return safe HTML."""
        if is_plain(text):
            return render_plain(text)
        known = self.memo.get(text)
        if known is not None:
            return known
        html, problems = render(text)
        if problems:
            self._faults[text] = problems
        else:
            self.memo.add(text, html)
        return html

    def settle(self) -> Faults:
        """Save what was rendered since the last time; return what was wrong in it."""
        self.memo.save()
        faults, self._faults = self._faults, {}
        return faults


def texts_of(sources: Iterable[Incident | TextPage]) -> Iterator[str]:
    """Yield every text of every incident and page of text, in all languages."""
    for source in sources:
        for _, texts in _files_of(source):
            yield from texts


def _files_of(incident: Incident | TextPage) -> Iterator[tuple[str, Iterable[str]]]:
    """Yield the files that a source's texts are in, each with these in their usual order."""
    if isinstance(incident, TextPage):
        yield incident.path, (incident.text,)
        return
    yield incident.path, (incident.summary, *(update.text for update in incident.updates))
    for one in incident.translations:
        yield one.path, (one.summary, *(text for _, text in one.texts))


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
        for path, texts in _files_of(incident)
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
            yield Problem(code, message, Location(path, *place))
