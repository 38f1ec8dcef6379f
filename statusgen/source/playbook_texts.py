"""Reads the playbook: the texts in `playbook/` that were approved before the day they are needed.

What is wrong with one of them concerns no other, and keeps nothing from being written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from statusgen.content.ids import name_and_language, name_hint
from statusgen.content.playbook import parse_playbook_text
from statusgen.files.listing import scan
from statusgen.files.names import PLAYBOOK
from statusgen.files.source_tree import LARGEST_INCIDENT, not_a_file, read_file, unreadable
from statusgen.model import Config, PlaybookText
from statusgen.problems import Location, Problem, Severity
from statusgen.reading.words import ID_PATTERN


def read_playbook(
    root: str, config: Config, beginning: str = ""
) -> tuple[tuple[PlaybookText, ...], list[Problem]]:
    """Return every text in each of its languages, by name, the page's language first.

    With `beginning` only those are read whose names begin so: a first notice is in a hurry.
    """
    problems: list[Problem] = []
    paths = {name_and_language(path): path for path in _listed(root, problems)}
    components = frozenset(one.id for one in config.components)
    originals: dict[str, PlaybookText] = {}
    texts = []
    for (name, language), path in sorted(paths.items()):
        if not name.startswith(beginning):
            continue
        original = originals.get(name)
        if language and original is None:
            message = f"there is no '{name}.md' that this could be a translation of"
            hint = f"write it in the page's language, '{config.page.languages[0]}'"
            problems.append(Problem("no-original", message, Location(path), hint))
            continue
        try:
            raw = read_file(root, path, largest=LARGEST_INCIDENT)
        except OSError as error:
            problems.append(unreadable(path, error))
            continue
        text, found = parse_playbook_text(
            path, raw, language or config.page.languages[0], components, original
        )
        problems += found
        texts.append(text)
        if not language:
            originals[name] = text
    return tuple(texts), problems


def overdue_reviews(
    texts: Iterable[PlaybookText], now: datetime, config: Config
) -> Iterator[Problem]:
    """Yield a warning for each text that should have been read again before today."""
    today = now.astimezone(ZoneInfo(config.page.timezone)).date()
    for text in texts:
        if text.review and text.review < today:
            message = f"this text was to be read again by {text.review}"
            hint = "read it as a customer would, then write the next date"
            where = Location(text.path)
            yield Problem("review-due", message, where, hint, Severity.WARNING)


def _listed(root: str, problems: list[Problem]) -> Iterator[str]:
    for path, is_file, *_ in scan(root, PLAYBOOK):
        name = path.removeprefix(f"{PLAYBOOK}/")
        where = Location(path)
        if not is_file:
            problems.append(not_a_file(path))
        elif "/" in name or not name.endswith(".md"):
            message = "the file is not read: texts are files in this folder whose names end in .md"
            hint = "rename it, or move it elsewhere"
            problems.append(Problem("not-a-page", message, where, hint, Severity.WARNING))
        elif not re.fullmatch(ID_PATTERN, name_and_language(path)[0]):
            hint = name_hint(name.removesuffix(".md"))
            problems.append(Problem("bad-id", "this name cannot be typed at --from", where, hint))
        else:
            yield path
