"""Reads the pages of text below `pages/`: questions and answers, and whatever else there is to say.

What is wrong with one of them concerns no other; a file that cannot be read at all is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from statusgen.content.audience import read_page_for
from statusgen.content.ids import Names, name_hint, tell_apart
from statusgen.files.listing import scan
from statusgen.files.names import INCIDENTS, PAGES
from statusgen.files.source_tree import LARGEST_INCIDENT, not_a_file, read_file, unreadable
from statusgen.model import Config, TextPage
from statusgen.problems import Location, Problem, Severity
from statusgen.reading.words import ID_PATTERN
from statusgen.site.context import ACCESSIBILITY, RESERVED


def read_text_pages(
    root: str, config: Config, audience: str
) -> tuple[tuple[TextPage, ...], list[Problem]]:
    """Return every page of text in its languages as an audience may read it, and all problems."""
    problems: list[Problem] = []
    paths = list(_listed(root, problems))
    languages = config.page.languages
    names = tell_apart(paths, languages)
    problems += names.problems
    pages = []
    private: set[str] = set()
    for path, page_id, language in _named(names, languages[0]):
        where = Location(path)
        if language == languages[0] and not re.fullmatch(ID_PATTERN, page_id):
            message = "the name of a page is a part of its address, and this one cannot be"
            problems.append(Problem("bad-id", message, where, name_hint(page_id)))
            continue
        if page_id in (RESERVED - {ACCESSIBILITY}) | {INCIDENTS, *map(str.lower, languages)}:
            message = f"the site has something of its own at '{page_id}/'"
            problems.append(Problem("name-taken", message, where, "choose another name"))
            continue
        try:
            raw = read_file(root, path, largest=LARGEST_INCIDENT)
        except OSError as error:
            problems.append(unreadable(path, error))
            continue
        if page_id in private:
            continue
        page, found = read_page_for(path, raw, page_id, language, audience)
        problems += found
        if page is not None:
            pages.append(page)
        elif language == languages[0]:
            private.add(page_id)
    return tuple(pages), problems


def _listed(root: str, problems: list[Problem]) -> Iterator[str]:
    for path, is_file, *_ in scan(root, PAGES):
        name = path.removeprefix(f"{PAGES}/")
        if not is_file:
            problems.append(not_a_file(path))
        elif "/" in name or not name.endswith(".md"):
            message = "the file is not read: pages are files in this folder whose names end in .md"
            hint = "rename it, or move it elsewhere"
            where = Location(path)
            problems.append(Problem("not-a-page", message, where, hint, Severity.WARNING))
        else:
            yield path


def _named(names: Names, main: str) -> Iterator[tuple[str, str, str]]:
    """Yield the path, the page's id and the language of each file."""
    for path in names.originals:
        yield path, path.removeprefix(f"{PAGES}/").removesuffix(".md"), main
    for (page_id, language), path in names.translations.items():
        yield path, page_id, language
