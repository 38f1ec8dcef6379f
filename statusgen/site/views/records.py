"""Records as every output shows them: pages, feeds and API render the same frozen views.

The fields are the theme's interface; docs/theme.md describes each of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from markupsafe import Markup

from statusgen.model import SEVERITY, ComponentStatus, Impact, Kind, Status, Update, UptimeRule
from statusgen.site.context import (
    Site,
    anchor_of,
    incident_path,
    record_link,
    record_url,
    update_anchor,
)
from statusgen.site.views.changes import Effect, effects_of
from statusgen.site.views.foreign import language_of, marked, title_language
from statusgen.site.views.names import Name, names_of
from statusgen.site.views.owed import OwedView, owed_view
from statusgen.site.views.workaround import workaround_of
from statusgen.site.words.wording import impact_label, state_of, update_label
from statusgen.timeline.days import seconds_of
from statusgen.timeline.record import Record, Span, Window

MOST_RAW = 20_000
"""So many characters are shown of a file that cannot be read; it may have a million."""


class ChangeView(NamedTuple):
    """What an update says of one component.

    `name` is 'Group - Name' as it was called at the time; an id that config.yml does not have
    stands for its own name. `before` equals `status` where an update repeats what was so already.
    """

    component: str
    name: str
    before: ComponentStatus
    status: ComponentStatus


class UpdateView(NamedTuple):
    """One update of a record.

    `label` is the status in words, or 'Update' where the status is that of the update before.
    `html` is the text as safe HTML, `text` its Markdown. `changes` are the components that it
    names; for a record's first update also those of the front matter. `anchor` begins with '#',
    `url` is absolute. `source` is the update as its file has it. `language` is the text's where
    that is not the page's own, else empty.
    """

    id: str
    status: Status
    label: str
    at: datetime
    created: datetime
    updated: datetime
    text: str
    html: Markup
    changes: tuple[ChangeView, ...]
    next_update: datetime | None
    eta: datetime | None
    author: str
    anchor: str
    url: str
    source: Update
    language: str


class SpanView(NamedTuple):
    """A time that a component spent in a status; `window` is None while it goes on."""

    status: ComponentStatus
    since: datetime
    window: Window | None


class AffectedView(NamedTuple):
    """A component that a record concerns.

    `name` is 'Group - Name' as it is called today; `path` is the folder of its page, and empty for
    an id that config.yml does not have. By this record alone, its status is `status` now and was
    `worst` at the worst; `spans` are the times in which it was not operational, oldest first.
    `down` says, once the record is over, how long it was down by the page's uptime rule, in words,
    and `share` how much that is of 90 days, in percent; both are empty if nothing counts.
    """

    component: str
    name: str
    path: str
    status: ComponentStatus
    worst: ComponentStatus
    spans: tuple[SpanView, ...]
    down: str
    share: str


class RecordView(NamedTuple):
    """An incident, a notice or one occurrence of a maintenance, with all its updates.

    `state` is what shape and colour stand for: an impact, 'notice' or 'unknown'; `impact_label` is
    the impact in words. `updates` stand newest first; `summary` is the text before the first of
    them, as safe HTML, and empty where an update repeats it. `path` is the folder of its page;
    `anchor` its place there, which only an occurrence of a recurring maintenance has; `link` the
    page's file below `home` and `url` its absolute address, both with the anchor.
    `owed` is what readers wait for. `workaround` is what readers can do while it is open, as the
    newest update that has one tells it, and empty otherwise.
    `is_stand_in` says that its file cannot be read today: then `stand_in_commit` names the older
    version shown instead, or is empty, and `raw` is the file's text where there was none. `source`
    is the record itself. `title_language` and `summary_language` are those of texts that are not in
    the page's own, else empty.
    """

    id: str
    code: str
    kind: Kind
    title: str
    status: Status
    state: str
    impact: Impact
    impact_label: str
    is_open: bool
    created: datetime
    started: datetime
    updated: datetime
    monitoring_at: datetime | None
    resolved_at: datetime | None
    window: Window | None
    next_update: datetime | None
    eta: datetime | None
    owed: OwedView
    workaround: Markup
    summary: Markup
    components: tuple[AffectedView, ...]
    updates: tuple[UpdateView, ...]
    path: str
    anchor: str
    link: str
    url: str
    is_stand_in: bool
    stand_in_commit: str
    raw: str
    source: Record
    title_language: str
    summary_language: str


def record_view(site: Site, record: Record) -> RecordView:
    """Return a record with its texts rendered, its names resolved and its addresses."""
    path = incident_path(record)
    anchor = anchor_of(record)
    stand_in = record.incident.stand_in
    return RecordView(
        id=record.id,
        code=record.code,
        kind=record.kind,
        title=record.title,
        status=record.status,
        state=state_of(record),
        impact=record.impact,
        impact_label=impact_label(record, site.language),
        is_open=record.is_open,
        created=record.created,
        started=record.started,
        updated=record.updated,
        monitoring_at=record.monitoring_at,
        resolved_at=record.resolved_at,
        window=record.window,
        next_update=record.next_update,
        eta=record.eta,
        owed=owed_view(site, record),
        workaround=_workaround(site, record),
        summary=_summary(site, record),
        components=affected_views(site, record),
        updates=update_views(site, record),
        path=path,
        anchor=anchor,
        link=record_link(record),
        url=record_url(site, record),
        is_stand_in=stand_in is not None,
        stand_in_commit=stand_in.commit if stand_in else "",
        raw=stand_in.raw[:MOST_RAW] if stand_in else "",
        source=record,
        title_language=title_language(site, record),
        summary_language=language_of(site, record.incident.summary, record.incident.foreign),
    )


def update_views(site: Site, record: Record) -> tuple[UpdateView, ...]:
    """Return a record's updates, newest first."""
    names = names_of(site)
    page_url = f"{site.home}{incident_path(record)}"
    views = []
    status_before: Status | None = None
    for update, effects in zip(record.updates, effects_of(record), strict=True):
        created = update.created or update.at
        anchor = update_anchor(update.id)
        language = language_of(site, update.text, record.incident.foreign)
        views.append(
            UpdateView(
                update.id,
                update.status,
                update_label(update.status, status_before, site.language),
                update.at,
                created,
                update.updated or created,
                update.text,
                _html(site, update.text, language),
                tuple(_change_view(effect, names, created) for effect in effects),
                update.next_update,
                update.eta,
                update.author,
                anchor,
                page_url + anchor,
                update,
                language,
            ),
        )
        status_before = update.status
    views.reverse()
    return tuple(views)


def affected_views(site: Site, record: Record) -> tuple[AffectedView, ...]:
    """Return the components that a record concerns, in the order of their mention."""
    names = names_of(site)
    views = []
    for component in record.components:
        name = names.get(component)
        spans = [span for span in record.spans if span.component == component]
        worst = max((span.status for span in spans), key=SEVERITY.__getitem__, default=_WELL)
        now = next((span.status for span in spans if span.end is None), _WELL)
        called, path = (name.short, name.path) if name else (component, "")
        told = tuple(
            SpanView(one.status, one.start, Window(one.start, one.end) if one.end else None)
            for one in spans
        )
        lost = 0 if record.is_open else _lost(spans, site.config.uptime)
        down = site.language.formats.duration_text(lost) if lost else ""
        share = f"{lost * 100_000 // _LONG / 1000:.3f}" if lost else ""
        views.append(AffectedView(component, called, path, now, worst, told, down, share))
    return tuple(views)


_WELL = ComponentStatus.OPERATIONAL
_LONG = 90 * 24 * 3600


def _lost(spans: Iterable[Span], rule: UptimeRule) -> int:
    """Return the seconds that spans of one component take from its uptime."""
    weights = {
        ComponentStatus.DEGRADED_PERFORMANCE: rule.degraded,
        ComponentStatus.PARTIAL_OUTAGE: rule.partial,
        ComponentStatus.MAJOR_OUTAGE: rule.major,
    }
    hundredths = sum(
        weights.get(span.status, 0) * (seconds_of(span.end) - seconds_of(span.start))
        for span in spans
        if span.end is not None
    )
    return hundredths // 100


def _summary(site: Site, record: Record) -> Markup:
    """Return the summary, unless a planned maintenance announces itself by it."""
    text = record.incident.summary
    if any(one.text == text for one in record.updates):
        return Markup()
    return _html(site, text, language_of(site, text, record.incident.foreign))


def _workaround(site: Site, record: Record) -> Markup:
    if not record.is_open:
        return Markup()
    for update in reversed(record.updates):
        text = workaround_of(update.text, site.language.gettext("Workaround"))
        if text:
            return _html(site, text, language_of(site, update.text, record.incident.foreign))
    return Markup()


def _html(site: Site, text: str, language: str) -> Markup:
    return marked(site, site.markdown(text), language) if text else Markup()


def _change_view(effect: Effect, names: Mapping[str, Name], moment: datetime) -> ChangeView:
    name = names.get(effect.component)
    called = name.short_at(moment) if name else effect.component
    return ChangeView(effect.component, called, effect.before, effect.after)
