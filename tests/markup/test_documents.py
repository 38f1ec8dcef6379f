"""Whole documents, made up and real, look as they do on GitHub."""

from __future__ import annotations

import json
import re
from pathlib import Path

import cmarkgfm
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from markup.documents import documents, inline
from markup.dom import github, ours

from statusgen.site.markdown import render

REAL_TEXTS = Path(__file__).parents[3] / "shared" / "accept" / "data"

# What differs on purpose, or is no text of any author; each with the section of docs/markdown.md.
DIFFERENT = re.compile(
    r"</?[A-Za-z!?]"  # raw HTML
    r"|[-+*.)][ \t]+(?:[-+*]|[0-9]+[.)])[ \t]+\[[ xX]\]"  # a task in the line of another marker
    r"|^[ >].*\[ref\]:"  # a definition in an item: GitHub's list is loose by chance
    r"|>.*\[[ xX]\]"  # a task in a quote
    r"|^[ \t>]*(?:[-+*]|[0-9]+[.)])[ \t]+\[[ xX]\](?:[ \t]*$|[ \t]+\[)",  # a task without words
    re.MULTILINE,
)


ADDRESS = re.compile(r"(?:://|www\.)(?=([^\s<]*))")
AUTHORITY = re.compile(r"[\w.\-]*(?::[0-9]+)?")


def is_comparable(text: str) -> bool:
    """Tell whether a text has nothing in it that differs from GitHub on purpose."""
    addresses = [match[1].rstrip("?!.,:*_~'\");") for match in ADDRESS.finditer(text)]
    return not DIFFERENT.search(text) and all(
        AUTHORITY.fullmatch(re.split("[/?#]", address)[0]) and "`" not in address
        for address in addresses
    )


def as_github(text: str) -> bool:
    """Tell whether a text becomes what GitHub makes of it."""
    theirs = cmarkgfm.github_flavored_markdown_to_html(text)
    return ours(render(text).html) == github(theirs)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(documents())
def test_a_made_up_document_looks_as_on_github(text: str) -> None:
    assume(is_comparable(text))
    assert as_github(text)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.lists(inline, min_size=1, max_size=8).map("".join))
def test_marks_without_spaces_between_them_look_as_on_github(text: str) -> None:
    assume(is_comparable(text))
    assert as_github(text)


@pytest.mark.extreme
@settings(max_examples=3_000, deadline=None)
@given(documents())
def test_many_made_up_documents_look_as_on_github(text: str) -> None:
    assume(is_comparable(text))
    assert as_github(text)


def real_texts() -> list[str]:
    """Return texts that operators published, where this machine has them."""
    texts = []
    for path in sorted(REAL_TEXTS.glob("*/incidents/*.json")):
        record = json.loads(path.read_text())
        texts += [update["body"] for update in record.get("incident", record)["incident_updates"]]
    for path in sorted(REAL_TEXTS.glob("*/**/*.md")):
        if path.parts[-2] != "data":
            texts += re.split(r"(?m)^---$|\{\{.*?\}\}", path.read_text(errors="replace"))[2:]
    return texts


@pytest.mark.skipif(not REAL_TEXTS.is_dir(), reason="no real texts on this machine")
def test_real_texts_look_as_on_github() -> None:
    texts = [text for text in real_texts() if is_comparable(text)]
    different = [text for text in texts if not as_github(text)]
    assert not different[:3]
    assert len(texts) > 1_000
