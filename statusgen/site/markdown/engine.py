"""Python-Markdown with the grammar of GitHub.

Its pipeline is kept: lines, a parser that makes a tree, a serializer. The parser is ours, as the
library provides for by `build_parser`, since its own cannot be configured to read lists, fences and
emphasis as GitHub does (docs/markdown.md has the table).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Self
from xml.etree.ElementTree import ElementTree

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.util import Registry

from statusgen.site.markdown.blocks import Reader
from statusgen.site.markdown.guard import BlockProblem
from statusgen.site.markdown.references import References
from statusgen.site.markdown.tree import Tree


class _GithubParser(BlockParser):
    """Reads lines into a tree whose texts are finished: nothing is left for patterns to find."""

    problems: list[BlockProblem]

    def parseDocument(self, lines: Iterable[str]) -> ElementTree:  # noqa: N802 (the library's name)
        references: References = {}
        self.problems = []
        blocks = Reader(references, self.problems).read(list(lines))
        self.root = Tree(references, self.problems).build(blocks)
        return ElementTree(self.root)


class _GithubMarkdown(Markdown):
    parser: _GithubParser

    def build_parser(self) -> Self:
        self.preprocessors = Registry()
        self.parser = _GithubParser(self)
        self.inlinePatterns = Registry()
        self.treeprocessors = Registry()
        self.postprocessors = Registry()
        return self


@cache
def _engine() -> _GithubMarkdown:
    return _GithubMarkdown()


def convert(text: str) -> tuple[str, tuple[BlockProblem, ...]]:
    """Return the HTML of a text, not yet cleaned, and what is wrong with its blocks."""
    engine = _engine()
    html = engine.convert(text)
    return html, tuple(engine.parser.problems)
