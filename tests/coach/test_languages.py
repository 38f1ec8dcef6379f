"""Texts written by hand in German and Russian, and English ones that must not be remarked upon."""

from __future__ import annotations

import pytest
from coach_seeds import COMPONENTS, NOW

from statusgen.coach import case_of, judged
from statusgen.model import Affected, CoachRule, Config, Impact, Incident, Page, Status, Update

TEXTS = [
    ("de", "Seit 11:40 Uhr gehen keine Zahlungen.", "IC-09"),
    ("de", "Seit 11:40 Uhr MEZ gehen keine Zahlungen.", ""),
    ("de", "Ab Sonntag, dem 23. November 2026, gehen Zahlungen langsam.", "IC-07"),
    ("de", "Ab Montag, 23.11.2026, gehen Zahlungen langsam.", ""),
    ("de", "Am 31. April 2026 gingen keine Zahlungen.", "IC-07"),
    ("de", "Seit heute Morgen gehen keine Zahlungen.", "IC-10"),
    ("de", "Guten Morgen, seit dem 20. November gehen keine Zahlungen.", ""),
    ("de", "Wir bitten um Entschuldigung: Sie konnten nicht zahlen.", ""),
    ("de", "Wir entschuldigen uns für entstandene Unannehmlichkeiten.", "IC-24"),
    ("de", "Zahlungen gehen nicht. Ein Techniker hat irrtümlich gelöscht.", "IC-23"),
    ("de", "Unsere Techniker arbeiten daran, dass Zahlungen wieder gehen.", ""),
    ("de", "Zahlungen gehen nicht. Unsere Techniker suchen den Fehler.", ""),
    ("ru", "Платежи не проходят, наши инженеры исправляют ошибку.", ""),
    ("de", "Zahlungen gehen nicht, bis Mitternacht.", "IC-37"),
    ("ru", "Платежи не проходят с 11:40.", "IC-09"),
    ("ru", "Платежи не проходят с 11:40 мск.", ""),
    ("ru", "Платежи не проходят с 11:40 по московскому времени.", ""),
    ("ru", "В воскресенье, 23 ноября 2026 года, платежи не пройдут.", "IC-07"),
    ("ru", "В понедельник, 23 ноября, платежи не пройдут.", ""),
    ("ru", "Сегодня платежи не проходят.", "IC-10"),
    ("ru", "Платежи не проходят. Приносим извинения за неудобства.", "IC-24"),
    ("ru", "Платежи не проходят, инженер случайно удалил ключ.", "IC-23"),
    ("ru", "Платежи не проходят, наши инженеры ищут причину.", ""),
    ("en", "Payments fail since 14:42UTC.", ""),
    ("en", "Payments fail since 9:40 Pacific.", ""),
    ("en", "Payments took 2h30 longer than usual and failed.", ""),
    ("en", "Payments fail; the ratio of errors is 1:30 or more in the log v1.10.15.", "IC-09"),
    ("en", "On May 31 2026 payments failed, as Sunday sales began.", ""),
    ("en", "On Sun, 22 Nov 2026 payments will fail.", ""),
    ("en", "On Sat, 22 Nov 2026 payments will fail.", "IC-07"),
    ("en", "You may see 30 errors; the sun 2 service is down.", ""),
    ("en", "Payments fail on 12 April, Monday 13 April 2026 and later.", ""),
    ("en", "Payments fail. Our engineers are looking for the fault.", ""),
    ("en", "Payments fail with `db.internal` and `10.0.0.1` as code.", "IC-29"),
    ("en", "Payments fail on example.local.acme.com and 10.0.0.300.", ""),
    ("en", "Payments fail. Write to support@acme.example.", ""),
    ("en", "Payments fail. We'll know more when that that is had, had it not?", ""),
    ("en", "Payments fail. See [how to pay by transfer](https://acme.example/pay).", ""),
    ("en", "Payments fail in 15 `{{ template }}` files.", ""),
    ("ja", "決済ができません。11:40から。", "IC-09"),
    ("ja", "決済ができません。AKIAIOSFODNN7EXAMPLE", "IC-30"),
]


@pytest.mark.parametrize(("language", "text", "rule"), TEXTS)
def test_a_text_is_remarked_upon_exactly_for_its_fault(language: str, text: str, rule: str) -> None:
    page = Page("Acme", "https://status.acme.example", languages=(language,))
    title = {"de": "Zahlungen gehen nicht", "ru": "Платежи не проходят"}.get(
        language, "No payments"
    )
    incident = Incident(
        "written",
        title,
        path="incidents/written.md",
        impact=Impact.MINOR,
        components=(Affected("checkout"),),
        updates=(Update("a", Status.IDENTIFIED, NOW, text, next_update=NOW.replace(hour=13)),),
    )
    case = case_of(Config(page)._replace(components=COMPONENTS), incident, NOW)
    assert {finding.rule.value for finding in judged(case)} == ({rule} if rule else set())


@pytest.mark.parametrize(
    "text",
    [
        "Wer bereits angemeldet war, kann weiterarbeiten. Neu anmelden geht seit 11:40 UTC schief.",
        "Desde las 11:45 UTC casi nadie puede entrar en su cuenta.",
        "Depuis 11 h 45 UTC, presque personne ne peut se connecter.",
    ],
)
def test_what_is_in_another_language_than_the_page_is_not_said_to_lack_an_effect(text: str) -> None:
    page = Page("Acme", "https://status.acme.example", languages=("en",))
    update = Update("a", Status.IDENTIFIED, NOW, text, next_update=NOW.replace(hour=13))
    incident = Incident(
        "written", "Login", path="incidents/written.md", impact=Impact.MINOR, updates=(update,)
    )
    case = case_of(Config(page)._replace(components=COMPONENTS), incident, NOW)
    assert CoachRule.NO_IMPACT not in {finding.rule for finding in judged(case)}
