"""Small texts, one rule each: what GitHub shows is what the page shows."""

from __future__ import annotations

from pathlib import Path

import cmarkgfm
import pytest
from markup.dom import github, ours

from statusgen.site.markdown import render


def snippets(text: str) -> list[str]:
    text = text.replace("␠", " ")  # editors take spaces away from the ends of lines
    return [snippet.strip("\n") for snippet in text.split("\n%%%\n")]


FOLDER = Path(__file__).parent / "snippets"
ALL = [one for path in sorted(FOLDER.iterdir()) for one in snippets(path.read_text("utf-8"))]


@pytest.mark.parametrize("text", ALL)
def test_a_snippet_looks_as_on_github(text: str) -> None:
    theirs = cmarkgfm.github_flavored_markdown_to_html(text)
    assert ours(render(text).html) == github(theirs)


def test_there_are_enough_snippets_and_none_twice() -> None:
    assert len(set(ALL)) == len(ALL) > 150
