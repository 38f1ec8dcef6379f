"""The heading of an update: `## Identified · 2026-11-21 10:20 UTC`.

A heading is what tells an update from a text, so this module also knows which lines *mean* to be
one although they are not: a misspelt `Resolved` must not be swallowed by the text before it.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import NamedTuple

from statusgen.content.collector import Collector, Context
from statusgen.content.meant_headings import heading_meant, is_like_status, status_meant
from statusgen.model import STATUSES, Kind, Status
from statusgen.problems import Location
from statusgen.reading.characters import in_short, shown
from statusgen.reading.suggest import did_you_mean
from statusgen.reading.times import parse_time, write_time

EXAMPLE = "## Identified · 2026-11-21 10:20 UTC"

_LONGEST = 200  # characters of a heading that are looked at

_TIME = re.compile(r"\d{4}-\d{1,2}-\d|\d{1,2}:\d\d|\d{1,2}[./]\d{1,2}[./]\d\d")
_STATUS_FIRST = re.compile(
    "[ \\t]*([^\\d\\W]+(?:[ _-][^\\d\\W]+)?)[ \\t]+[·@\N{EN DASH}\N{EM DASH}-][ \\t]*(.+)"
)
_PARTS = re.compile(r"([^\d+]*)(.*)", re.DOTALL)
_SEPARATORS = "·@-\N{EN DASH}\N{EM DASH}"
_FIRST_WORD = re.compile(r"[ \t*_]*(in[ _-]progress|post-mortem|[a-z]+)", re.IGNORECASE)

_WORDS: dict[str, Status | None] = {
    **{status.label.lower(): status for status in Status},
    "canceled": Status.CANCELLED,
    "update": None,
}
_EXACT = {f" {status.label}": status for status in Status}


class Heading(NamedTuple):
    """What a heading says; `status` None is `Update`, which keeps the one before."""

    status: Status | None
    at: datetime


def write_heading(status: Status, at: datetime) -> str:
    """Return the heading's canonical line."""
    return f"## {status.label} · {write_time(at)}"


def carries_time(title: str) -> bool:
    """Tell whether something in the title of a heading looks like a date or a time of day."""
    return _TIME.search(title, 0, _LONGEST) is not None


def is_postmortem(title: str) -> bool:
    """Tell whether this heading begins the postmortem."""
    return title.lstrip(" \t*_")[:10].lower() == "postmortem"


def parts_of(title: str) -> tuple[str, str]:
    """Return the words of a heading and the time behind them; each is empty if it has none."""
    words, time = _PARTS.fullmatch(title).groups()  # type: ignore[union-attr]  # matches any text
    return words.rstrip().rstrip(_SEPARATORS).strip(), time.rstrip()


def status_named(word: str) -> Status | None:
    """Return the status that has this name in English."""
    return _WORDS.get(_plain(word))


def begins_with_status(title: str) -> bool:
    """Tell whether the first word is one that the heading of an update begins with."""
    match = _FIRST_WORD.match(title)
    if match is None:
        return False
    word = _plain(match[1])
    return word in _WORDS or is_like_status(word)


def read_heading(
    title: str,
    where: Location,
    context: Context,
) -> Heading | None:
    """Read what follows the hashes; `where` is its first character. None if that is no update."""
    kind, problems = context.kind, context.problems
    # Nearly every heading has this form; what follows reads it the same way.
    word, _, time = title.partition(" · ")
    exact = _EXACT.get(word)
    if exact in STATUSES[kind]:
        found = parse_time(time, context.zone)
        if found.at and not found.naive and not found.code:
            return Heading(exact, found.at)
    words, time = _PARTS.fullmatch(title).groups()  # type: ignore[union-attr]  # matches any text
    stripped = words.rstrip()
    word = stripped.rstrip(_SEPARATORS).strip()
    if not time or not word:
        _report_no_update(title, word, context, where)
        return None
    found = parse_time(time.rstrip(), context.zone, near=context.near)
    if stripped[-1] not in _SEPARATORS:
        first = _STATUS_FIRST.match(title)
        if first and _plain(first[1]) in _WORDS:
            _report_time(first[2], where._replace(column=where.column + first.start(2)), context)
            return None
        meant = "" if _plain(word) in _WORDS else heading_meant(title, kind, context.near)
        if meant:
            _report_order(title, meant, where, problems)
            return None
        message = f"no separator between {shown(word)} and the time"
        hint = _like(word) if found.code else f"write '## {in_short(word)} · {in_short(time)}'"
        problems.spoil("bad-heading", message, where, hint)
    if found.code or found.naive:
        column = where.column + len(words)
        problems.add(*found.problems(where._replace(column=column)), spoils=True)
    plain = _plain(word)
    status = _WORDS.get(plain)
    if status not in STATUSES[kind] and (status is not None or plain not in _WORDS):
        _report_status(word, kind, where, problems)
        return None
    return None if found.at is None else Heading(status, found.at)


def _plain(word: str) -> str:
    return " ".join(word.lower().replace("_", " ").replace("-", " ").split())


def _report_status(word: str, kind: Kind, where: Location, problems: Collector) -> None:
    plain = _plain(word)
    if plain in _WORDS:
        article = "an" if kind is Kind.INCIDENT else "a"
        message = f"{article} {kind} has no status {shown(word)}"
        problems.spoil("wrong-status", message, where, _hint(plain, kind))
    else:
        problems.spoil(
            "unknown-status",
            f"unknown status {shown(word)}",
            where,
            _hint(plain, kind),
        )


def _hint(plain: str, kind: Kind) -> str:
    """Return what the word is in a file of this kind, or which words there are."""
    labels = [status.label for status in STATUSES[kind]]
    meant = status_meant(plain, kind)
    if meant:
        return f"write '{meant.label}'"
    return did_you_mean(plain, (*labels, "Update")) or f"one of {', '.join((*labels, 'Update'))}"


def _like(word: str) -> str:
    return f"write it like '## {in_short(word)} · {EXAMPLE.partition(' · ')[2]}'"


def _report_time(text: str, where: Location, context: Context) -> None:
    """Report a time like "Nov 26, 10:20 UTC", which begins with a word."""
    found = parse_time(text.rstrip(), context.zone, near=context.near)
    context.problems.add(*found.problems(where), spoils=True)


def _report_order(title: str, meant: str, where: Location, problems: Collector) -> None:
    message = f"the heading {shown(title.strip())} is not a status, a separator and a time"
    problems.spoil("bad-heading", message, where, f"write '## {meant}'")


def _report_no_update(
    title: str,
    word: str,
    context: Context,
    where: Location,
) -> None:
    kind, problems = context.kind, context.problems
    plain = _plain(word)
    meant = heading_meant(title, kind, context.near)
    if meant:
        _report_order(title, meant, where, problems)
        return
    if word and (plain in _WORDS or is_like_status(plain)):
        message, hint = f"the heading {shown(title.strip())} has no time", _like(word)
        problems.spoil("bad-heading", message, where, hint)
        return
    if carries_time(title):
        message, hint = f"the heading {shown(title.strip())} has no status", f"write '{EXAMPLE}'"
        problems.spoil("bad-heading", message, where, hint)
        return
    label = did_you_mean(plain, [status.label for status in STATUSES[kind]])
    hint = label or "write '###' for a heading inside a text"
    message = f"the heading {shown(title.strip())} is no update" if title else "an empty heading"
    problems.spoil("not-an-update", message, where, hint)
