"""Authors' texts as HTML: rendered once, and remembered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from statusgen.memory.cache import Memo
from statusgen.memory.freshness import installed_packages
from statusgen.model import Incident, TextPage
from statusgen.site.markdown import FORMAT, BlockProblem, is_plain
from statusgen.site.markdown.plain import render_plain
from statusgen.site.markdown.render import render_fully

Faults = dict[str, tuple[BlockProblem, ...]]
"""What is wrong in the blocks of a text, by the text."""

_ENGINES = ("markdown-", "nh3-")


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
        html, problems = render_fully(text)
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
        for _, texts in files_of(source):
            yield from texts


def files_of(incident: Incident | TextPage) -> Iterator[tuple[str, Iterable[str]]]:
    """Yield the files that a source's texts are in, each with these in their usual order."""
    if isinstance(incident, TextPage):
        yield incident.path, (incident.text,)
        return
    yield incident.path, (incident.summary, *(update.text for update in incident.updates))
    for one in incident.translations:
        yield one.path, (one.summary, *(text for _, text in one.texts))
