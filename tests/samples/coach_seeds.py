"""Clean incidents in three languages, and faults put into them: one at a time, one rule each.

`seeded(rule, random)` returns an incident with the fault; without it the incident is clean.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import NamedTuple

from statusgen.model import (
    Affected,
    CoachRule,
    Component,
    ComponentStatus,
    Config,
    Impact,
    Incident,
    Kind,
    Page,
    Status,
    Update,
)

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
COMPONENTS = (Component("checkout", "Checkout"), Component("api", "API"))

_DAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "de": ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
    "ru": ("понедельник", "вторник", "среду", "четверг", "пятницу", "субботу", "воскресенье"),
}
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
}
_DATED = {
    "en": ("on {0}, {1.day} {2} {1.year}", "on {0}, {2} {1.day}, {1.year}", "({0}, {1:%Y-%m-%d})"),
    "de": ("am {0}, dem {1.day}. {2} {1.year},", "am {0}, {1.day}. {2} {1.year}"),
    "ru": ("в {0}, {1.day} {2} {1.year} года,",),
}


class Texts(NamedTuple):
    """The texts of a clean incident; {day} is a date, {clock} and {later} are times."""

    title: str
    first: str
    second: str
    last: str


CLEAN = {
    "en": (
        Texts(
            "Card payments fail for some customers",
            "About one in five card payments is declined since {clock} UTC {day}. Bank transfers "
            "work. We are looking for the reason.",
            "One of our two payment gateways refuses connections. We send all payments through the "
            "other one.",
            "Card payments work again. They failed from {clock} to {later} UTC; nobody was charged "
            "twice.",
        ),
        Texts(
            "Search results are up to an hour old",
            "New products do not appear in the search {day}. Everything else works, and orders are "
            "safe.",
            "The queue that feeds the search is stuck. We are emptying it and expect no loss.",
            "The search is up to date. It lagged behind between {clock} and {later} UTC, and no "
            "order was affected.",
        ),
    ),
    "de": (
        Texts(
            "Kartenzahlungen schlagen für einige Kunden fehl",
            "Etwa jede fünfte Kartenzahlung wird seit {clock} UTC abgelehnt, {day} und in allen "
            "Ländern. Überweisungen gehen. Wir suchen den Grund.",
            "Eine unserer beiden Anbindungen nimmt nichts an. Wir leiten alle Zahlungen über die "
            "andere.",
            "Kartenzahlungen gehen wieder. Sie schlugen von {clock} bis {later} UTC fehl; niemand "
            "wurde doppelt belastet.",
        ),
    ),
    "ru": (
        Texts(
            "Не проходит часть платежей картой",
            "Примерно каждый пятый платёж картой отклоняется с {clock} UTC {day}. Переводы "
            "работают. Мы ищем причину.",
            "Один из двух наших шлюзов не принимает соединения. Мы направляем всё через второй.",
            "Платежи картой снова проходят. Они отклонялись с {clock} до {later} UTC; никто не "
            "заплатил дважды.",
        ),
    ),
}

_SNIPPETS: dict[CoachRule, dict[str, tuple[str, ...]]] = {
    CoachRule.RELATIVE_DAY: {
        "en": ("It began yesterday.", "We hope to say more tomorrow.", "Today we repair it."),
        "de": ("Es begann gestern.", "Mehr dazu morgen.", "Heute beheben wir es."),
        "ru": ("Это началось вчера.", "Завтра расскажем больше.", "Сегодня мы это исправим."),
    },
    CoachRule.EARLY_CAUSE: {
        "en": ("This is caused by a bad release.", "The root cause is a full disk."),
        "de": ("Das wurde verursacht durch eine neue Version.", "Die Ursache ist ein Kabel."),
        "ru": ("Сбой вызван новой версией.", "Причиной стал диск."),
    },
    CoachRule.HARD_ETA: {
        "en": (
            "We expect this to be fixed in {number} minutes.",
            "Payments will be restored within {number} hours.",
            "It should recover in about {number} min.",
        ),
        "de": ("Das wird in {number} Minuten behoben sein.",),
        "ru": ("Мы восстановим работу в течение {number} минут.",),
    },
    CoachRule.BLAME: {
        "en": (
            "It was human error.",
            "An engineer deleted a table by mistake.",
            "One of our operators accidentally unplugged it.",
        ),
        "de": ("Es war menschliches Versagen.", "Ein Mitarbeiter hat es versehentlich gelöscht."),
        "ru": ("Это человеческий фактор.", "Сотрудник случайно удалил таблицу."),
    },
    CoachRule.PROMISED_POSTMORTEM: {
        "en": (
            "We will publish a postmortem on our blog.",
            "A full report will follow.",
            "We'll share a root cause analysis next week.",
        ),
        "de": ("Ein ausführlicher Bericht folgt.", "Wir werden eine Ursachenanalyse nachreichen."),
        "ru": ("Мы опубликуем отчёт на этой странице.", "Подробный разбор последует."),
    },
    CoachRule.BOILER_APOLOGY: {
        "en": (
            "We apologize for any inconvenience.",
            "Sorry for the inconvenience this may have caused.",
        ),
        "de": ("Wir entschuldigen uns für die Unannehmlichkeiten.",),
        "ru": ("Приносим извинения за доставленные неудобства.",),
    },
    CoachRule.TONE: {
        "en": ("Oops, that was us.", "Hang in there!", "We are on it 🚀"),
        "de": ("Ups, das waren wir.", "Wir sind dran!"),
        "ru": ("Упс, это мы.", "Скоро починим!"),
    },
    CoachRule.PLACEHOLDER: {
        "en": ("TODO: say more.", "It affects {{components}}.", "[insert time here]", "ETA: TBD"),
        "de": ("TODO: mehr dazu.", "Betroffen: {{components}}.", "[hier Uhrzeit einfügen]"),
        "ru": ("TODO: дополнить.", "Затронуто: {{components}}.", "[укажите время]"),
    },
    CoachRule.LEAK: {
        "": (
            "db-{number}.prod.corp is down.",
            "10.0.{number}.7 is gone.",
            "cache{number}.internal",
            "arn:aws:iam::123456789012:role/ops{number}",
        ),
    },
    CoachRule.SECRET: {
        "": (
            "AKIA{upper16}",
            "ghp_{word36}",
            "https://hooks.slack.com/services/T0{number}/B0{number}/{word24}",
            "postgres://admin:{word24}@db.acme.example/shop",
            "-----BEGIN RSA PRIVATE KEY-----",
            "xoxb-{word24}",
        ),
    },
    CoachRule.PERSONAL_DATA: {
        "": ("Ask jane.doe{number}@acme.test about it.", "Call +49 30 1234{number}56 for more."),
    },
    CoachRule.UNCLEAR_MIDNIGHT: {
        "en": ("It lasts until midnight.", "It lasts until 12 am.", "It ends at 12:00 pm."),
        "de": ("Es dauert bis Mitternacht.",),
        "ru": ("Это продлится до полуночи.",),
    },
    CoachRule.LINK_TEXT: {
        "en": (
            "More is [here](https://acme.example/{number}).",
            "[Click here](https://a.example).",
        ),
        "de": ("Mehr [hier](https://acme.example/{number}).",),
        "ru": ("Подробнее [здесь](https://acme.example/{number}).",),
    },
    CoachRule.TYPO: {
        "en": ("It was the the cache.", "It began on the 22th.", "We will will write again."),
        "de": ("Es war der der Speicher.", "Wir wir schreiben wieder."),
        "ru": ("Это было в в кэше.", "Мы мы напишем ещё."),
    },
}

_GENERIC = {
    "en": (
        "Incident",
        "Service disruption",
        "Some services are degraded",
        "Outage on 2026-11-20",
        "Partial outage",
        "Technical difficulties",
        "Performance issues",
    ),
    "de": ("Störung", "Technische Probleme", "Teilausfall einiger Dienste", "Aktuelle Störung"),
    "ru": ("Сбой", "Технические неполадки", "Проблемы с сервисом", "Частичная недоступность"),
}
_CLOSED = {
    "en": (
        "This incident has been resolved.",
        "Resolved.",
        "The issue is now fixed.",
        "All systems are operational.",
    ),
    "de": ("Die Störung wurde behoben.", "Behoben.", "Das Problem ist gelöst."),
    "ru": ("Проблема решена.", "Инцидент устранён.", "Всё работает."),
}
_VAGUE = {
    "en": (
        "We are investigating reports of degraded performance.",
        "We are looking into it.",
        "Our team is investigating the issue.",
    ),
    "de": ("Wir untersuchen das Problem.", "Wir gehen den Meldungen nach."),
    "ru": ("Мы изучаем проблему.", "Команда разбирается."),
}
_LONG = "and we found that one more of the many parts of it had to be looked at by our people "


class Seeded(NamedTuple):
    """An incident and the page that it is on."""

    config: Config
    incident: Incident


def clean(random: Random) -> Seeded:
    """Return an incident that the coach has nothing to say of."""
    language = random.choice(sorted(CLEAN))
    at = NOW - timedelta(minutes=random.randrange(60 * 24 * 5, 60 * 24 * 300))
    return _incident(language, _texts(language, at, random), at)


def seeded(rule: CoachRule, random: Random) -> Seeded:
    """Return an incident with one fault that is this rule's."""
    language = random.choice(sorted(CLEAN))
    at = NOW - timedelta(minutes=random.randrange(60 * 24 * 5, 60 * 24 * 300))
    texts = _texts(language, at, random)
    return _FAULTS[rule](language, texts, at, random)


def _texts(language: str, at: datetime, random: Random) -> Texts:
    texts = random.choice(CLEAN[language])
    values = {
        "day": _dated(language, at, at.weekday(), random),
        "clock": f"{at:%H:%M}",
        "later": f"{at + timedelta(minutes=random.randrange(20, 90)):%H:%M}",
    }
    return Texts(*(text.format(**values) for text in texts))


def _dated(language: str, at: datetime, weekday: int, random: Random) -> str:
    form = random.choice(_DATED[language])
    month = _MONTHS[language].split()[at.month - 1]
    return form.format(_DAYS[language][weekday], at, month)


def _incident(language: str, texts: Texts, at: datetime, **fields: object) -> Seeded:
    statuses = (Status.INVESTIGATING, Status.IDENTIFIED, Status.RESOLVED)
    updates = tuple(
        Update(f"u{number}", status, at + timedelta(minutes=20 * number), text)
        for number, (status, text) in enumerate(zip(statuses, texts[1:], strict=True))
    )
    incident = Incident(
        "seeded",
        texts.title,
        path="incidents/seeded.md",
        impact=Impact.MINOR,
        components=(Affected("checkout", ComponentStatus.DEGRADED_PERFORMANCE),),
        updates=updates,
    )
    page = Page("Acme", "https://status.acme.example", languages=(language,))
    return Seeded(Config(page, components=COMPONENTS), incident._replace(**fields))  # type: ignore[arg-type]


def _with_snippet(rule: CoachRule) -> _Fault:
    def fault(language: str, texts: Texts, at: datetime, random: Random) -> Seeded:
        choices = _SNIPPETS[rule]
        snippet = random.choice(choices.get(language) or choices[""])
        letters = "abcdefghkmnpqrstuvwxyz23456789"
        snippet = snippet.replace("{number}", str(random.randrange(10, 60)))
        for name, count in (("{word36}", 36), ("{word24}", 24)):
            snippet = snippet.replace(name, "".join(random.choices(letters, k=count)))
        snippet = snippet.replace("{upper16}", "".join(random.choices("ABCDEFGH234567", k=16)))
        if rule is CoachRule.PROMISED_POSTMORTEM:
            return _incident(language, texts._replace(last=f"{texts.last} {snippet}"), at)
        first = texts.second if rule is CoachRule.RELATIVE_DAY else texts.first
        return _incident(language, texts._replace(first=f"{first} {snippet}"), at)

    return fault


def _weekday(language: str, texts: Texts, at: datetime, random: Random) -> Seeded:
    wrong = _dated(language, at, (at.weekday() + random.randrange(1, 7)) % 7, random)
    return _incident(language, texts._replace(second=f"{texts.second} {wrong}"), at)


def _without_zone(language: str, texts: Texts, at: datetime, _: Random) -> Seeded:
    return _incident(language, texts._replace(last=texts.last.replace(" UTC", "")), at)


def _generic(language: str, texts: Texts, at: datetime, random: Random) -> Seeded:
    return _incident(language, texts._replace(title=random.choice(_GENERIC[language])), at)


def _vague(language: str, texts: Texts, at: datetime, random: Random) -> Seeded:
    title, first = random.choice(_GENERIC[language]), random.choice(_VAGUE[language])
    return _incident(language, texts._replace(title=title, first=first), at)


def _only_closed(language: str, texts: Texts, at: datetime, random: Random) -> Seeded:
    return _incident(language, texts._replace(last=random.choice(_CLOSED[language])), at)


def _repeated(language: str, texts: Texts, at: datetime, _: Random) -> Seeded:
    return _incident(language, texts._replace(second=texts.first.upper()), at)


def _long(language: str, texts: Texts, at: datetime, random: Random) -> Seeded:
    return _incident(language, texts._replace(first=f"So {_LONG * random.randrange(3, 6)}."), at)


def _other_time(_: str, texts: Texts, at: datetime, random: Random) -> Seeded:
    told = at.replace(hour=random.randrange(0, 12), minute=random.choice((0, 15, 30, 45)))
    text = f"Work begins on {told:%Y-%m-%d} at {told:%H:%M} UTC, and card payments may fail."
    starts = told + timedelta(minutes=random.choice((30, 60, 90)))
    update = Update("u0", Status.SCHEDULED, told - timedelta(days=9), text)
    return _incident(
        "en",
        texts,
        at,
        kind=Kind.MAINTENANCE,
        impact=None,
        updates=(update,),
        starts=starts,
        ends=starts + timedelta(hours=2),
    )


_Fault = Callable[[str, Texts, datetime, Random], Seeded]
_FAULTS: dict[CoachRule, _Fault] = {
    CoachRule.WEEKDAY: _weekday,
    CoachRule.TEXT_VERSUS_FIELD: _other_time,
    CoachRule.TIME_WITHOUT_ZONE: _without_zone,
    CoachRule.GENERIC_TITLE: _generic,
    CoachRule.NO_IMPACT: _vague,
    CoachRule.EMPTY_RESOLVE: _only_closed,
    CoachRule.REPEAT: _repeated,
    CoachRule.LONG_SENTENCE: _long,
    **{rule: _with_snippet(rule) for rule in _SNIPPETS},
}
RULES = tuple(sorted(_FAULTS))
