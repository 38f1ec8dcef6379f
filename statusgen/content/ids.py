"""The id of an incident: its file's name, and for ever a part of its address."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

from statusgen.content.collector import Collector
from statusgen.problems import Location, Problem
from statusgen.reading.characters import shown
from statusgen.reading.words import ID_PATTERN, slug

_ID = re.compile(ID_PATTERN)
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
    if _RESERVED.fullmatch(stem):
        message = f"Windows keeps the name {shown(stem)} for itself"
        hint = "name the file after what happened: 2026-11-21-card-payments.md"
        problems.error("reserved-name", message, Location(path), hint)
    else:
        message = f"the file's name {shown(stem)} is no id"
        hint = f"rename it to '{meant}.md'" if meant else "use a-z, 0-9 and '-'"
        problems.error("bad-id", message, Location(path), hint)
    # Two bad names may suggest the same id, and neither file may hide the other.
    digest = hashlib.sha256(path.encode(errors="surrogateescape")).hexdigest()[:8]
    return f"{meant[:100]}-{digest}" if meant else f"incident-{digest}"


def check_ids(paths: Iterable[str]) -> list[Problem]:
    """Report files whose names are the same id, or would be on a Mac or on Windows."""
    first: dict[str, str] = {}
    problems = []
    for path in sorted(paths):
        stem = stem_of(path)
        key = unicodedata.normalize("NFC", stem).casefold()
        other = first.setdefault(key, path)
        if other == path:
            continue
        if stem_of(other) == stem:
            message = f"{shown(other)} has the same id"
            hint = "an id is unique in all folders: rename one of the files"
            problems.append(Problem("duplicate-id", message, Location(path), hint))
        else:
            message = f"{shown(other)} differs in nothing but the case or the form of letters"
            hint = "Windows and macOS take them for one file: rename one of them"
            problems.append(Problem("case-collision", message, Location(path), hint))
    return problems
