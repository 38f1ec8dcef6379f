"""Messages as they are told, for the tests of forms and senders: one incident in four languages."""

from __future__ import annotations

import functools
from datetime import UTC, datetime

from acme_site import OPEN, site_of, update

from statusgen.model import EventKind, Status
from statusgen.notify.message import Fact, Message
from statusgen.timeline.events import Event, events_of

LINK = "https://status.acme.example/incidents/card-payments/#3f2a9c41d0be"
PAGE = "https://status.acme.example/"


@functools.cache
def event_of(kind: EventKind = EventKind.OPENED) -> Event:
    """Return an event of that kind from an incident of Acme's that is over."""
    over = update(OPEN.id, Status.RESOLVED, "2026-11-21 11:30", "It works again.")
    history = site_of([OPEN._replace(updates=(*OPEN.updates, over))]).history
    long_ago = datetime(2000, 1, 1, tzinfo=UTC)
    return next(one for one in events_of(history, long_ago) if one.kind is kind)


def message(  # noqa: PLR0913 (what a message is made of)
    title: str = "Card payments fail for some customers",
    text: str = "Some customers see an error when they pay by card. Bank transfer works.",
    *,
    state: str = "Investigating",
    language: str = "en",
    page: str = "Acme",
    facts: tuple[Fact, ...] = (
        Fact("affected", "Major outage", "Checkout"),
        Fact("next_update", "Next update", "10:20 UTC"),
    ),
    link: str = LINK,
    watermark: str = "",
    kind: EventKind = EventKind.OPENED,
) -> Message:
    """Return a message; what is not given is an open incident in English."""
    return Message(
        event=event_of(kind),
        language=language,
        is_rtl=language == "ar",
        page=page,
        page_url=PAGE,
        title=title,
        state=state,
        headline=f"{state}: {title}",
        text=text,
        html=f"<p>{text}</p>",
        plain=text,
        facts=facts,
        link=link,
        watermark=watermark,
    )


IN_LANGUAGES = {
    "en": message(),
    "de": message(
        "Kartenzahlungen schlagen für einige Kunden fehl",
        "Einige Kunden sehen beim Bezahlen mit Karte eine Fehlermeldung. Überweisungen gehen.",
        state="Wird untersucht",
        language="de",
        facts=(
            Fact("affected", "Großer Ausfall", "Kasse"),
            Fact("next_update", "Nächste Meldung", "10:20 UTC"),
        ),
    ),
    "ar": message(
        "تعذّر الدفع بالبطاقة لدى بعض العملاء",
        "يرى بعض العملاء رسالة خطأ عند الدفع بالبطاقة. التحويل المصرفي يعمل.",
        state="قيد التحقيق",
        language="ar",
        facts=(
            Fact("affected", "انقطاع كبير", "الدفع"),
            Fact("next_update", "التحديث التالي", "10:20 UTC"),
        ),
    ),
    "ja": message(
        "一部のお客様でカード決済ができません",
        "カードでのお支払い時にエラーが表示されるお客様がいます。銀行振込は利用できます。",
        state="調査中",
        language="ja",
        facts=(
            Fact("affected", "大規模障害", "決済"),
            Fact("next_update", "次の更新", "10:20 UTC"),
        ),
    ),
}
