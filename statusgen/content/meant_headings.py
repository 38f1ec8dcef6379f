"""What a heading that cannot be read was meant to say: other orders, words and languages."""

from __future__ import annotations

import re
from datetime import date

from statusgen.model import Kind, Status
from statusgen.reading.loose_times import NAMED_DATE, NAMED_GAP, moment_meant

_DATE = "[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|[0-9]{1,2}\\.[0-9]{1,2}\\.[0-9]{4}"
_MOMENT = re.compile(
    rf"(?:(?:{_DATE})(?:T|,? +)|\b{NAMED_DATE}{NAMED_GAP})"
    r"[0-9]{1,2}(?:[:.][0-9]{2})?(?: *(?:[ap]\.?m\b\.?|Uhr))?"
    r"(?: *(?:UTC|Z\b|[+-][0-9]{2}:?[0-9]{2}))?",
    re.ASCII | re.IGNORECASE,
)
_UPDATE = "update"
_AROUND = " \t:;,()[]*_·|@~-\N{EN DASH}\N{EM DASH}"
_BEFORE_A_TIME = re.compile(r"\b(?:at|on|since|um|am|à|le|el|em)$", re.IGNORECASE)

_MEANT = {
    (Status.RESOLVED, Status.COMPLETED): "closed, completed, done, finished, fixed, resolved",
    (Status.MONITORING, Status.VERIFYING): "monitoring, observing, verifying, watching",
    (Status.IDENTIFIED, Status.IN_PROGRESS): "identified, in progress, ongoing",
    (Status.INVESTIGATING, Status.IN_PROGRESS): "investigating, started",
    (Status.INVESTIGATING, Status.SCHEDULED): "open, planned, scheduled",
    (Status.RESOLVED, Status.CANCELLED): "canceled, cancelled",
    (Status.POSTMORTEM, Status.POSTMORTEM): "post mortem",
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
    label = _label(" ".join(words.lower().replace("-", " ").split()), kind)
    return f"{label} · {moment_meant(found[0], near) or found[0]}" if label else ""


def _label(word: str, kind: Kind) -> str:
    """Return what a heading of this kind begins with instead of a word; it is folded."""
    if word == _UPDATE:
        return _UPDATE.capitalize()
    status = status_meant(word, kind)
    return status.label if status else ""
