"""What a heading that cannot be read was meant to say: other orders, words and languages.

The same tells which lines that are no headings at all say nothing but a status, or one and a time.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import NamedTuple

from statusgen.model import Kind, Status
from statusgen.reading.loose_times import NAMED_DATE, NAMED_GAP, moment_meant, without_zone_name
from statusgen.reading.times import parse_date, time_meant

_DATE = "[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|[0-9]{1,2}\\.[0-9]{1,2}\\.[0-9]{4}"
_MOMENT = re.compile(
    rf"(?:(?:{_DATE})(?:T|,? +)|\b{NAMED_DATE}{NAMED_GAP})"
    r"[0-9]{1,2}(?:[:.][0-9]{2})?(?: *(?:[ap]\.?m\b\.?|Uhr))?"
    r"(?: *(?:UTC|Z\b|[+-][0-9]{2}:?[0-9]{2}))?",
    re.ASCII | re.IGNORECASE,
)
UPDATE = "update"
_EMPHASIS = str.maketrans("", "", "*_")
_GAP = re.compile("([ -])")
_FIRST_WORDS = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+){0,2}")
_SOME_DAY = datetime(2000, 1, 1, tzinfo=UTC)
_AROUND = " \t:;,()[]*_·|@~-\N{EN DASH}\N{EM DASH}"
_BEFORE_A_TIME = re.compile(r"\b(?:at|on|since|um|am|à|le|el|em)$", re.IGNORECASE)
_AT_A_TIME = re.compile(r"(?:at|on|since|um|am|à|le|el|em)\b", re.IGNORECASE)

_MEANT = {
    (Status.RESOLVED, Status.COMPLETED): "closed, completed, done, finished, fixed, resolved",
    (Status.MONITORING, Status.VERIFYING): "monitoring, observing, verifying, watching",
    (Status.IDENTIFIED, Status.IN_PROGRESS): "identified, in progress, ongoing",
    (Status.INVESTIGATING, Status.IN_PROGRESS): "investigating, started",
    (Status.INVESTIGATING, Status.SCHEDULED): "open, planned, scheduled",
    (Status.RESOLVED, Status.CANCELLED): "canceled, cancelled",
    (Status.POSTMORTEM, Status.POSTMORTEM): "post mortem, postmortem",
}
_ELSEWHERE = {
    (Status.RESOLVED, Status.COMPLETED): (
        "abgeschlossen, behoben, erledigt, gelöst, résolu, résolue, terminé, terminée, completado, "
        "resuelto, solucionado, concluído, resolvido, завершено, решено, устранено, 解決, 解決済み"
    ),
    (Status.MONITORING, Status.VERIFYING): (
        "beobachtung, überwachung, wird beobachtet, wird überwacht, surveillance, "
        "sous surveillance, en observación, monitoreo, monitorando, наблюдаем, наблюдение, 監視中"
    ),
    (Status.IDENTIFIED, Status.IN_PROGRESS): (
        "identifiziert, läuft, ursache gefunden, cause identifiée, en cours, identifié, "
        "causa identificada, en curso, identificado, em andamento, причина найдена, выполняется, "
        "特定済み"
    ),
    (Status.INVESTIGATING, Status.SCHEDULED): (
        "geplant, untersuchung, wird untersucht, analyse en cours, enquête, planifié, planifiée, "
        "en investigación, investigando, programado, agendado, выясняем причину, запланировано, "
        "調査中"
    ),
    (Status.RESOLVED, Status.CANCELLED): "abgesagt, annulé, annulée, cancelado, отменено",
    (Status.POSTMORTEM, Status.POSTMORTEM): "nachbericht, bilan, разбор",
}
"""What words come to in an incident and in a maintenance."""


def _by_word(meant: dict[tuple[Status, Status], str]) -> dict[str, tuple[Status, Status]]:
    return {word: pair for pair, words in meant.items() for word in words.split(", ")}


_ENGLISH = _by_word(_MEANT)
_ALL = _ENGLISH | _by_word(_ELSEWHERE)
_BEGINNINGS = frozenset(word.partition(" ")[0] for word in (UPDATE, *_ALL))
"""The first words of all of them: most lines of a text are told by theirs to be none."""


class StatusLine(NamedTuple):
    """A line that says nothing but a status, in any of the languages, and maybe when.

    `word` is folded, `time` as it is written and empty without one.
    """

    word: str
    time: str


def status_line(line: str) -> StatusLine | None:
    """Read a line without the marks of a heading or a list; None if it says anything else."""
    plain = line.translate(_EMPHASIS).strip(_AROUND)
    if found := _MOMENT.match(plain):  # the time stands first
        word = _folded(plain[found.end() :].strip(_AROUND))
        return StatusLine(word, found[0]) if word == UPDATE or word in _ALL else None
    first = _FIRST_WORDS.match(plain)
    if first is None:
        return None
    words = _GAP.split(first[0])
    if words[0].lower() not in _BEGINNINGS:
        return None
    for count in range(len(words), 0, -2):
        begin = "".join(words[:count])
        word = _folded(begin)
        if word == UPDATE or word in _ALL:
            rest = plain[len(begin) :].lstrip(_AROUND)
            if preposition := _AT_A_TIME.match(rest):
                rest = rest[preposition.end() :].lstrip(_AROUND)
            return StatusLine(word, rest) if not rest or _is_when(rest) else None
    return None


def _is_when(text: str) -> bool:
    """Tell whether a text is a time or a date and nothing else, however it is written."""
    if text.startswith("+"):
        return False
    bare, _ = without_zone_name(text)
    meant = time_meant(bare, UTC, after=_SOME_DAY)
    return meant is not None or parse_date(bare).day is not None


def is_like_status(word: str) -> bool:
    """Tell whether an English word, folded and without hyphens, says how far something is."""
    return word in _ENGLISH


def status_meant(word: str, kind: Kind) -> Status | None:
    """Return what a word comes to in a file of this kind; it is folded, without hyphens."""
    pair = _ALL.get(word)
    return pair[kind is Kind.MAINTENANCE] if pair and kind is not Kind.NOTICE else None


def heading_meant(title: str, kind: Kind, near: date | None = None) -> str:
    """Return "Monitoring · 2026-11-26 14:05 UTC" for "2026-11-26 2:05pm UTC: Monitoring".

    It is "" where the status or the time, with its date, cannot be told for certain. A date without
    a year is close to the day `near`.
    """
    found = _MOMENT.search(title)
    if found is None:
        return ""
    around = [title[: found.start()].strip(_AROUND), title[found.end() :].strip(_AROUND)]
    words = " ".join(_BEFORE_A_TIME.sub("", part).strip(_AROUND) for part in around).strip()
    label = label_meant(_folded(words), kind)
    return f"{label} · {moment_meant(found[0], near) or found[0]}" if label else ""


def label_meant(word: str, kind: Kind) -> str:
    """Return what a heading of this kind begins with instead of a folded word; "" if nothing."""
    if word == UPDATE:
        return UPDATE.capitalize()
    status = status_meant(word, kind)
    return status.label if status else ""


def _folded(words: str) -> str:
    return " ".join(words.lower().replace("-", " ").split())
