"""What an English author's pages and feeds say in Japanese has no English but the author's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest
from acme_site import CONFIG, EVERYTHING, NOW, UNREADABLE, sites_of, whole_site
from lxml import etree, html

from statusgen.languages.catalogues import read_language
from statusgen.site.words.clock_texts import clock_texts
from statusgen.site.words.language import ENGLISH
from statusgen.timeline import derive

WORD = re.compile(r"[A-Za-z]{2,}")
NAMES = frozenset(
    re.findall(
        r"\w+",
        "API Atom JSON RSS Feed UTC CET CEST Europe/Berlin WCAG AA statuspage Statuspage English "
        "Apple Discord Google Microsoft Outlook Slack Teams Thunderbird Web Workflows",
    )
)
ADDRESS = re.compile(r"\S+[/.:]\S+")
FOR_THE_SCRIPT = re.compile(r"\{\w+\}|(?<![^|])-?(zero|one|two|few|many|other)(?= )")
SHOWN = ("alt", "aria-label", "placeholder", "title")
CODE = ("code", "script", "style", "pre")


@cache
def pages() -> dict[str, bytes]:
    """Return the files of the Japanese site, which is the second of two."""
    language, incidents = read_language("ja"), [*EVERYTHING, UNREADABLE]
    history = derive(CONFIG, incidents, NOW, clock_texts(language))
    site = replace(sites_of(incidents, languages=(ENGLISH, language))[1], history=history)
    return whole_site(site)


@cache
def written_by_authors() -> frozenset[str]:
    config = [CONFIG.page.name, *(group.name for group in CONFIG.groups)]
    for component in CONFIG.components:
        config += [component.name, component.description, *(one.name for one in component.formerly)]
    for incident in (*EVERYTHING, UNREADABLE):
        config += [incident.title, incident.summary, *(one.text for one in incident.updates)]
    return frozenset(WORD.findall(" ".join(config)))


def texts_of(root: etree._Element) -> Iterator[str]:
    for element in root.iter():
        if isinstance(element.tag, str):
            if element.tag not in CODE:
                yield element.text or ""
            yield element.tail or ""
            yield from (str(element.get(name) or "") for name in SHOWN)
            for name, text in element.items():
                if is_sentence(name, text):
                    yield FOR_THE_SCRIPT.sub("", str(text))


def is_sentence(name: str | bytes, text: str | bytes) -> bool:
    return str(name).startswith("data-") and " " in str(text)


def english_in(texts: Iterator[str]) -> set[str]:
    words = set(WORD.findall(ADDRESS.sub("", " ".join(texts))))
    return words - written_by_authors() - NAMES


@pytest.mark.parametrize("path", sorted(path for path in pages() if path.endswith(".html")))
def test_no_english_is_left_on_a_page(path: str) -> None:
    assert english_in(texts_of(html.fromstring(pages()[path]))) == set()


@pytest.mark.parametrize("path", sorted(path for path in pages() if path.endswith(".atom")))
def test_no_english_is_left_in_a_feed(path: str) -> None:
    texts = (
        re.sub("<[^>]*>|&[a-z]+;", " ", str(text))
        for text in etree.fromstring(pages()[path]).itertext()
    )
    assert english_in(texts) == set()
