"""An event becomes a message in one language: what was written, and the facts beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from statusgen.model import CLOSING, SEVERITY, ComponentStatus, EventKind, Kind, Update
from statusgen.notify.forms.payload import payload_of
from statusgen.notify.html_to_text import plain_of
from statusgen.notify.message import Fact, Message, Phrases
from statusgen.site.context import Site, record_url, update_url
from statusgen.site.views.foreign import language_of, marked
from statusgen.site.views.lines import duration_of, end_of
from statusgen.site.views.links import absolute
from statusgen.site.views.names import names_of
from statusgen.site.views.workaround import workaround_of
from statusgen.site.words.moments import moment_writer, window_writer
from statusgen.site.words.wording import label, listed, update_label
from statusgen.timeline.events import Event
from statusgen.timeline.record import Record

MOST_NAMED = 20
"""So many components are named in one fact; of more, the rest is counted."""


class _Told(NamedTuple):
    """An event where its record is in the language of a site."""

    site: Site
    event: Event
    record: Record
    update: Update | None
    earlier: tuple[Update, ...]

    @property
    def is_over(self) -> bool:
        return self.update is not None and self.update.status in CLOSING


def compose(site: Site, event: Event, watermark: str = "") -> Message:
    """Return what a site tells of an event, in its language.

    The event may be from the history in another language: its record and its update are looked up
    in the site's own, by their ids.
    """
    told = _told(site, event)
    title = _title(told)
    state = _state(told)
    texts = _texts(told)
    url = record_url(site, told.record)
    html = "\n".join(_html(told, text) for text in texts)
    return Message(
        event=event,
        language=site.language.code,
        is_rtl=site.language.direction == "rtl",
        page=site.config.page.name,
        page_url=site.home,
        title=title,
        state=state,
        # Translators: the state, and what is in it, as in "Major outage: Checkout and API"
        headline=site.language.gettext("%(state)s: %(what)s") % {"state": state, "what": title},
        text="\n\n".join(texts),
        html=html,
        plain=plain_of(html),
        facts=tuple(_facts(told)),
        link=update_url(site, told.record, told.update.id) if told.update else url,
        watermark=watermark,
        phrases=_phrases(site),
        payload=payload_of(site, told.record, event, watermark),
    )


def _told(site: Site, event: Event) -> _Told:
    records = (*site.history.records, *site.history.notices)
    record = next((one for one in records if one.id == event.record.id), event.record)
    if event.update is None:
        return _Told(site, event, record, None, record.updates)
    ids = [one.id for one in record.updates]
    if event.update.id not in ids:
        return _Told(site, event, record, event.update, ())
    place = ids.index(event.update.id)
    return _Told(site, event, record, record.updates[place], record.updates[:place])


def _title(told: _Told) -> str:
    if told.event.kind is EventKind.COMPONENT:
        return _name(told, told.event.component)
    return told.record.title


def _state(told: _Told) -> str:
    language = told.site.language
    if told.event.kind is EventKind.COMPONENT:
        return label(told.event.after, language)
    if told.update is None:
        # Translators: what a message shortly before a planned maintenance is called
        return language.gettext("Reminder")
    before = told.earlier[-1].status if told.earlier else None
    return update_label(told.update.status, before, language)


def _texts(told: _Told) -> list[str]:
    if told.event.kind is EventKind.COMPONENT:
        return []
    if told.update is not None:
        return [told.update.text] if told.update.text else []
    soon = told.site.language.gettext("Maintenance begins soon, at the planned time.")
    announced = told.earlier[-1].text if told.earlier else ""
    return [soon, announced] if announced else [soon]


def _html(told: _Told, text: str) -> str:
    site, record = told.site, told.record
    html = absolute(site.markdown(text), record_url(site, record))
    return str(marked(site, html, language_of(site, text, record.incident.foreign)))


def _phrases(site: Site) -> Phrases:
    gettext = site.language.gettext
    return Phrases(
        # Translators: a link in a message
        follow=gettext("Follow it on the status page"),
        reason=gettext("You get this because you subscribed to news of %(name)s.")
        % {"name": site.config.page.name},
        unsubscribe=gettext("Unsubscribe"),
        pair=gettext("%(state)s: %(what)s"),
    )


# ── facts ─────────────────────────────────────────────────────────────────────────────────────


def _facts(told: _Told) -> Iterator[Fact]:
    gettext = told.site.language.gettext
    if told.event.kind is EventKind.COMPONENT:
        yield Fact("before", gettext("Before"), label(told.event.before, told.site.language))
        is_planned = told.record.kind is Kind.MAINTENANCE
        because = gettext("Maintenance") if is_planned else gettext("Incident")
        yield Fact("because", because, told.record.title)
        return
    yield from _affected(told)
    yield from _times(told)
    meanwhile = _workaround(told)
    if meanwhile:
        yield Fact("workaround", gettext("Workaround"), meanwhile)
    if told.update is None or told.is_over:
        return
    if told.update.next_update:
        next_update = _moment(told, told.update.next_update)
        yield Fact("next_update", gettext("Next update"), next_update)
    if told.update.eta:
        yield Fact("eta", gettext("Expected to be over"), _moment(told, told.update.eta))


def _affected(told: _Told) -> Iterator[Fact]:
    """Yield the components that the record concerns, the worst first.

    They stand by their status at the moment of the event, by this record alone; in one line where
    it is over, and those to which nothing has happened yet.
    """
    record, language = told.record, told.site.language
    if told.is_over and record.components:
        yield Fact("affected", language.gettext("Affected"), _names(told, record.components))
        return
    spans = [one for one in record.spans if one.start <= told.event.at]
    now = dict.fromkeys((one.component for one in spans), _WELL)
    now |= {
        one.component: one.status for one in spans if one.end is None or told.event.at < one.end
    }
    for status in sorted(ComponentStatus, key=SEVERITY.__getitem__, reverse=True):
        ids = [one for one in record.components if now.get(one) is status]
        if ids:
            yield Fact("affected", label(status, language), _names(told, ids))
    spared = [one for one in record.components if one not in now]
    if spared:
        yield Fact("affected", language.gettext("Affects"), _names(told, spared))


_WELL = ComponentStatus.OPERATIONAL


def _times(told: _Told) -> Iterator[Fact]:
    record, language = told.record, told.site.language
    if record.kind is Kind.NOTICE:
        return
    if record.kind is Kind.MAINTENANCE and record.window is not None:
        planned = window_writer(told.site.zone, language)(record.window).striptags()
        if told.event.kind is EventKind.OVERRUN:
            planned += " · " + language.gettext("It takes longer than planned.")
        yield Fact("planned", language.gettext("Planned"), planned)
        return
    since = language.gettext("Began") if told.is_over else language.gettext("Since")
    yield Fact("since", since, _moment(told, record.started))
    ended = end_of(record)
    if told.is_over and ended:
        text = _moment(told, ended)
        lasted = duration_of(record, language)
        if lasted:
            text += language.gettext(", after %(duration)s") % {"duration": lasted}
        yield Fact("ended", language.gettext("Ended"), text)


def _workaround(told: _Told) -> str:
    """Return what readers can do meanwhile, on one line, unless the text itself says it."""
    if told.is_over or told.record.kind is not Kind.INCIDENT or told.update is None:
        return ""
    word = told.site.language.gettext("Workaround")
    if workaround_of(told.update.text, word):
        return ""
    for update in reversed(told.earlier):
        text = workaround_of(update.text, word)
        if text:
            return " ".join(plain_of(_html(told, text)).split())
    return ""


def _names(told: _Told, components: tuple[str, ...] | list[str]) -> str:
    names = [_name(told, one) for one in components]
    return listed(names, told.site.language, shown=MOST_NAMED)


def _name(told: _Told, component: str) -> str:
    name = names_of(told.site).get(component)
    return name.at(told.event.at) if name else component


def _moment(told: _Told, moment: datetime) -> str:
    return moment_writer(told.site.zone, told.site.language)(moment).striptags()
