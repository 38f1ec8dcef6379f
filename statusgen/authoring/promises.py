"""When readers hear again, and what to tell them when there is no news."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from statusgen.content.course import impact_of
from statusgen.model import Cadence, Incident, Status

AN_HOUR = timedelta(hours=1)
"""What is promised where the page's cadence asks for nothing."""


def promise_for(incident: Incident, cadence: Cadence, at: datetime) -> timedelta:
    """Return in what time an update at `at` promises the next one, by the impact.

    Two hours after its first update that is twice as long.
    """
    began = min((one.at for one in incident.updates), default=at)
    return cadence.interval(impact_of(incident, incident.updates), at - began) or AN_HOUR


_STILL: Mapping[str, Mapping[Status, tuple[str, ...]]] = {
    "en": {
        Status.INVESTIGATING: (
            "We are still looking for the cause.",
            "We have not found the cause yet, and the search goes on.",
            "The cause is not known yet. We are still on it.",
        ),
        Status.IDENTIFIED: (
            "We are still working on the fix.",
            "The fix is not finished yet, and work on it goes on.",
            "There is no news since our last update. We are still working on the fix.",
        ),
        Status.MONITORING: (
            "The fix is in place, and we are still watching it.",
            "We keep watching the fix before we call this resolved.",
            "There is no news since our last update. We are still watching the fix.",
        ),
    },
    "de": {
        Status.INVESTIGATING: (
            "Wir suchen weiter nach der Ursache.",
            "Die Ursache ist noch nicht gefunden, die Suche geht weiter.",
            "Die Ursache ist noch nicht bekannt. Wir arbeiten weiter daran.",
        ),
        Status.IDENTIFIED: (
            "Wir arbeiten weiter an der Behebung.",
            "Die Behebung ist noch nicht abgeschlossen, die Arbeit daran geht weiter.",
            "Es gibt seit unserer letzten Meldung nichts Neues. Wir arbeiten weiter daran.",
        ),
        Status.MONITORING: (
            "Der Fehler ist behoben, und wir beobachten das weiter.",
            "Wir beobachten weiter, bevor wir die Störung für beendet erklären.",
            "Seit unserer letzten Meldung gibt es nichts Neues. Wir beobachten weiter.",
        ),
    },
    "ru": {
        Status.INVESTIGATING: (
            "Мы продолжаем искать причину.",
            "Причина пока не найдена, поиск продолжается.",
            "Причина пока неизвестна. Мы продолжаем работать.",
        ),
        Status.IDENTIFIED: (
            "Мы продолжаем устранять причину.",
            "Исправление ещё не готово, работа продолжается.",
            "После прошлого сообщения новостей нет. Мы продолжаем устранять причину.",
        ),
        Status.MONITORING: (
            "Исправление внедрено, мы продолжаем наблюдать.",
            "Мы ещё наблюдаем, прежде чем считать сбой устранённым.",
            "После прошлого сообщения новостей нет. Мы продолжаем наблюдать.",
        ),
    },
}
"""Sentences for an update without news, by language and status. None claims what is not known."""


def still_text(incident: Incident, status: Status, language: str) -> str:
    """Return a sentence that says the work goes on, and is not the one readers saw last.

    What the incident has said least recently is said next. Of a language that has none the English
    ones are taken.
    """
    by_status = _STILL.get(language.partition("-")[0], _STILL["en"])
    sentences = by_status.get(status, by_status[Status.IDENTIFIED])
    said = [update.text for update in incident.updates]
    last_said = {text: number for number, text in enumerate(said)}
    return min(sentences, key=lambda one: last_said.get(one, -1))


def default_text(names: str) -> str:
    """Return the first sentence of an incident of which nothing is known yet."""
    return f"{names or 'Our service'} may not work as it should. We are looking into it."
