"""The coach has nothing to say about the texts that come with statusgen, once filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from statusgen.authoring.facts import Words, facts_of
from statusgen.coach import judge
from statusgen.content import arranged
from statusgen.content.ids import name_and_language
from statusgen.content.placeholders import fill
from statusgen.content.playbook import parse_playbook_text
from statusgen.languages.catalogues import read_language
from statusgen.model import (
    Affected,
    Component,
    ComponentStatus,
    Config,
    Incident,
    Kind,
    Page,
    PlaybookText,
    Status,
    Update,
)
from statusgen.site.words.wording import inline_label, label

BOOK = Path(__file__).parents[2] / "playbook"
NOW = datetime(2026, 11, 21, 10, 5, tzinfo=UTC)
PAGE = Page("Acme", "https://status.acme.example", support="https://acme.example/support")
ANSWERS = {
    "en": {
        "failure": "card payments are declined",
        "effect": "Some card payments fail, and bank transfer works",
        "scope": "About 4 % of all payments failed between 09:58 and 10:05 UTC",
        "cause": "A configuration change sent too many requests to one database",
        "action": "We send all payments through a second path (Platform, due 2026-12-15)",
        "workaround": "Please pay by bank transfer until then",
        "data": "No data was lost, and you do not need to do anything",
        "reason": "We move payments to a larger database",
        "went_well": "An alarm told us within two minutes",
        "vendor": "Examplepay",
    },
    "de": {
        "failure": "Kartenzahlungen werden abgelehnt",
        "effect": "Einige Kartenzahlungen schlagen fehl, Überweisungen funktionieren",
        "scope": "Etwa 4 % aller Zahlungen sind zwischen 09:58 und 10:05 UTC fehlgeschlagen",
        "cause": "Eine geänderte Einstellung schickte zu viele Anfragen an eine Datenbank",
        "action": "Wir leiten Zahlungen um. Verantwortlich: Plattform. Bis: 2026-12-15",
        "workaround": "Bitte zahlen Sie bis dahin per Überweisung",
        "data": "Es sind keine Daten verloren, und Sie müssen nichts tun",
        "reason": "Wir ziehen auf eine größere Datenbank um",
        "went_well": "Ein Alarm hat uns nach zwei Minuten geweckt",
        "vendor": "Examplepay",
    },
    "ru": {
        "failure": "карты не принимаются",
        "effect": "Часть платежей картой не проходит, банковский перевод работает",
        "scope": "С 09:58 до 10:05 UTC не прошло около 4 % платежей",
        "cause": "Изменение настроек направило слишком много запросов в одну базу данных",
        "action": "Мы переводим платежи. Ответственный: платформа. Срок: 2026-12-15",
        "workaround": "Пока платите банковским переводом",
        "data": "Данные не потеряны, от вас ничего не требуется",
        "reason": "Мы переезжаем на более мощную базу данных",
        "went_well": "Сигнал сработал через две минуты",
        "vendor": "Examplepay",
    },
}
SHIPPED = [path for path in sorted(BOOK.iterdir()) if not path.name.startswith("statuspage-")]
WINDOWS = {
    Status.SCHEDULED: (timedelta(days=9), timedelta(days=9, hours=2)),
    Status.CANCELLED: (timedelta(days=2), timedelta(days=2, hours=2)),
}
FIRST = {"investigating", "identified", "vendor-down", "security", "data-loss"}
CONTINUED = re.compile(r"\b(?:we|wir|мы) \{action", re.IGNORECASE)
NOW_ON = (timedelta(hours=-1), timedelta(minutes=30))


def read(path: Path) -> PlaybookText:
    name, language = name_and_language(path.name)
    original = read(BOOK / f"{name}.md") if language else None
    return parse_playbook_text(path.name, path.read_bytes(), language or "en", [], original)[0]


def incident_with(text: PlaybookText, answers: Mapping[str, str]) -> Incident:
    """Return an incident whose newest update, or only one, is the text filled in."""
    status = text.status or (Status.NOTICE if text.kind is Kind.NOTICE else Status.INVESTIGATING)
    is_open = status in {Status.INVESTIGATING, Status.IDENTIFIED, Status.MONITORING}
    written = Update("", status, NOW, next_update=NOW + timedelta(minutes=30) if is_open else None)
    if text.name == "maintenance-extended":
        written = written._replace(eta=NOW + timedelta(hours=1))
    before: tuple[Update, ...] = ()
    if text.kind is Kind.INCIDENT and text.name not in FIRST:
        first = Update("", Status.INVESTIGATING, NOW - timedelta(minutes=7), answers["effect"])
        before = (first._replace(next_update=NOW + timedelta(minutes=30)),)
    starts, ends = WINDOWS.get(status, NOW_ON)
    is_planned = text.kind is Kind.MAINTENANCE
    severity = None if is_planned or text.impact else ComponentStatus.PARTIAL_OUTAGE
    incident = Incident(
        "x",
        text.title,
        text.kind,
        "incidents/x.md",
        impact=text.impact,
        components=(Affected("api", severity),),
        starts=NOW + starts if is_planned else None,
        ends=NOW + ends if is_planned else None,
        upstream=answers["vendor"] if "{vendor" in text.text else "",
        updates=(*before, written),
    )
    if CONTINUED.search(text.text):
        answers = {**answers, "action": answers["action"].partition(" ")[2]}
    known = {**facts_of(incident, NOW, config_for(text), words_of(text.language)), **answers}
    body, title = fill(text.text, known), fill(text.title, known)
    assert body.gaps == title.gaps == ()
    told = (*before, written._replace(text=body.text))
    return arranged(incident._replace(title=title.text.rstrip("."), updates=told))


def words_of(code: str) -> Words:
    language = read_language(code)
    return Words(
        language.formats.list_text,
        lambda one: inline_label(one, language),
        lambda one: label(one, language),
        lambda at: f"{language.formats.moment_text(at)} UTC",
    )


def config_for(text: PlaybookText) -> Config:
    page = PAGE._replace(languages=(text.language,))
    return Config(page, components=(Component("api", "Website"),))


@pytest.mark.parametrize("path", SHIPPED, ids=[path.stem for path in SHIPPED])
def test_the_coach_has_nothing_to_say(path: Path) -> None:
    text = read(path)
    told = {name: f"{answer}." for name, answer in ANSWERS[text.language].items()}
    incident = incident_with(text, {**told, "vendor": "Examplepay"})
    found = judge(config_for(text), [incident], NOW)
    assert [f"{one.rule}: {one.message}" for one in found] == []


def test_a_gap_that_is_left_is_an_error() -> None:
    text = read(BOOK / "identified.md")
    incident = incident_with(text, ANSWERS["en"])
    gap = fill("{effect: What do readers notice?}", {}).text
    updates = (incident.updates[-1]._replace(text=gap),)
    found = judge(config_for(text), [incident._replace(updates=updates)], NOW)
    assert "IC-28" in {one.rule for one in found}
