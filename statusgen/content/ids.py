"""The id of an incident: its file's name, and for ever a part of its address."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from statusgen.content.collector import Collector
from statusgen.problems import Location, Problem
from statusgen.reading.characters import shown
from statusgen.reading.suggest import did_you_mean
from statusgen.reading.words import ID_PATTERN, slug

_ID = re.compile(ID_PATTERN)
_TRANSLATED = re.compile(
    rf"({ID_PATTERN})\.([A-Za-z]{{2,3}}(?:[-_][A-Za-z0-9]{{2,8}}){{0,3}})",
)
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)


def stem_of(path: str) -> str:
    """Return the name of a file without its folders and without '.md'."""
    return path.rpartition("/")[2].removesuffix(".md")


def read_id(path: str, problems: Collector) -> str:
    """Return the id that a path gives; of a name that is no id, one that is like it."""
    stem = stem_of(path)
    if _ID.fullmatch(stem):
        return stem
    meant = slug(stem)
    named = _TRANSLATED.fullmatch(stem)
    if named:
        message = f"there is no {shown(named[1] + '.md')} that this could be a translation of"
        hint = f"write it, or rename this file to {named[1]}.md if that is what it is"
        problems.error("no-original", message, Location(path), hint)
    elif _RESERVED.fullmatch(stem):
        message = f"Windows keeps the name {shown(stem)} for itself"
        hint = "name the file after what happened: 2026-11-21-card-payments.md"
        problems.error("reserved-name", message, Location(path), hint)
    else:
        message = f"the file's name {shown(stem)} is no id"
        problems.error("bad-id", message, Location(path), name_hint(stem))
    # Two bad names may suggest the same id, and neither file may hide the other.
    digest = hashlib.sha256(path.encode(errors="surrogateescape")).hexdigest()[:8]
    return f"{meant[:100]}-{digest}" if meant else f"incident-{digest}"


def name_hint(stem: str) -> str:
    """Return what to call a file whose name is no id."""
    if _RESERVED.fullmatch(stem):
        return "choose another name: Windows keeps this one for itself"
    meant = slug(stem)
    return f"rename it to '{meant}.md'" if meant else "use a-z, 0-9 and '-'"


def name_and_language(path: str) -> tuple[str, str]:
    """Return what a file is called, and the language that its name ends in; '' without one."""
    stem = stem_of(path)
    named = _TRANSLATED.fullmatch(stem)
    return (named[1], named[2]) if named else (stem, "")


class Names(NamedTuple):
    """The files below `incidents/`, told apart by their names.

    `translations` are by the id and the language that the name gives; of two of the same, the first
    counts.
    """

    originals: tuple[str, ...]
    translations: dict[tuple[str, str], str]
    problems: tuple[Problem, ...]


def tell_apart(paths: Sequence[str], languages: Sequence[str]) -> Names:
    """Tell translations from the incidents that they belong to; `languages` are the page's.

    A translation of nothing is an incident with a bad name: it may be all there is of an outage.
    """
    ids = {stem_of(path) for path in paths}
    originals: list[str] = []
    translations: dict[tuple[str, str], str] = {}
    problems: list[Problem] = []
    for path in paths:
        stem = stem_of(path)
        named = _TRANSLATED.fullmatch(stem) if "." in stem else None
        if named is None or named[1] not in ids:
            originals.append(path)
        elif named[2] in languages[1:]:
            translations.setdefault((named[1], named[2]), path)
        else:
            problems.append(_no_language(path, named[1], named[2], languages))
    return Names(tuple(originals), translations, tuple(problems))


def _no_language(path: str, id_: str, language: str, languages: Sequence[str]) -> Problem:
    if language == languages[0]:
        message = f"'{language}' is the page's main language, which {shown(id_ + '.md')} is in"
        return Problem("unknown-language", message, Location(path), "move the text there")
    message = f"the page has no language {shown(language)}"
    meant = did_you_mean(language, languages[1:])
    hint = meant or "add it to 'languages' of the page, or delete the file"
    return Problem("unknown-language", message, Location(path), hint)


def check_ids(paths: Iterable[str]) -> list[Problem]:
    """Report files whose names are the same id, or would be on a Mac or on Windows."""
    first: dict[str, str] = {}
    problems = []
    for path in sorted(paths):
        stem = stem_of(path)
        key = stem.lower() if stem.isascii() else unicodedata.normalize("NFC", stem).casefold()
        other = first.setdefault(key, path)
        if other == path:
            continue
        if stem_of(other) == stem:
            message = f"{shown(other)} has the same id"
            hint = "an id is unique in all folders: rename one of the files"
            if "." in stem:
                message = f"{shown(other)} has the same name"
                hint = "an incident has one translation into a language: keep one of the files"
            problems.append(Problem("duplicate-id", message, Location(path), hint))
        else:
            message = f"{shown(other)} differs in nothing but the case or the form of letters"
            hint = "Windows and macOS take them for one file: rename one of them"
            problems.append(Problem("case-collision", message, Location(path), hint))
    return problems
