"""The front page: what is wrong now, every component, and what happened lately.

It is bounded, whatever the number of incidents.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from markupsafe import Markup

from statusgen.model import ComponentStatus, Kind
from statusgen.site.context import Output, Site
from statusgen.site.embeds.cards import page_card_view
from statusgen.site.look.shapes import UNKNOWN
from statusgen.site.theme.assets import state_icon
from statusgen.site.theme.templates import templates_of
from statusgen.site.views.components import part_views
from statusgen.site.views.headline import headline, worst_first
from statusgen.site.views.lines import RecordLink, end_of, line_view, mentioned, newest_first
from statusgen.site.views.links import absolute
from statusgen.site.views.records import RecordView, UpdateView, record_view
from statusgen.site.views.renewal import state_id
from statusgen.site.views.structured import page_data
from statusgen.site.views.uptime import common_source, rule_text
from statusgen.site.words.times import rfc3339
from statusgen.timeline.days import day_of, moment_of, start_of
from statusgen.timeline.record import Record

RECENT_DAYS = 14
MOST_RECENT = 12
MOST_CURRENT = 20
MOST_UPDATES = 5
MOST_UPCOMING = 5
MOST_OPEN_COMPONENTS = 30
"""With more components than this, the groups in which all is well are folded."""


_CALM = (ComponentStatus.OPERATIONAL, ComponentStatus.UNDER_MAINTENANCE)


class CurrentView(NamedTuple):
    """Something that is not over: its newest `updates`, and the number `more` that it has."""

    record: RecordView
    updates: tuple[UpdateView, ...]
    more: int


class QuietView(NamedTuple):
    """How long nothing has happened: whole days since the last incident was over."""

    days: int
    last: RecordLink


def render_front_page(site: Site) -> Iterator[Output]:
    """Yield index.html."""
    history = site.history
    # Whole days, so that the page changes at midnight and not whenever it is built.
    since = moment_of(start_of(site.today - timedelta(days=RECENT_DAYS - 1), site.zone))
    state = headline(site)
    is_quiet = state.state == UNKNOWN and not history.unreadable  # there is no component
    current = _current(site, is_calm=is_quiet or state.state in _CALM)
    shown = {record.id for record in current}
    over = [
        record
        for record in newest_first(history.past)
        if record.id not in shown and (record.resolved_at or record.started) >= since
    ]
    views = [_current_view(site, record) for record in current[:MOST_CURRENT]]
    lead = views.pop(0) if state.lead else None
    values = {
        "headline": state,
        "icon": state_icon(site, state.state),
        "state_id": state_id(site),
        "next_change": history.next_change and rfc3339(history.next_change),
        "lead": lead,
        "current": views,
        "current_more": max(len(current) - MOST_CURRENT, 0),
        "quiet": None if current and not _is_notice(current[0]) else _quiet(site),
        "layout": part_views(site),
        "has_components": bool(site.config.components),
        "is_folded": len(site.config.components) > MOST_OPEN_COMPONENTS,
        "rule": rule_text(site.config.uptime, site.language),
        "source": common_source(site),
        "upcoming": [line_view(site, one) for one in history.upcoming[:MOST_UPCOMING]],
        "upcoming_more": max(len(history.upcoming) - MOST_UPCOMING, 0),
        "recent_days": RECENT_DAYS,
        "recent": [line_view(site, one) for one in over[:MOST_RECENT]],
        "recent_more": max(len(over) - MOST_RECENT, 0),
        "structured": page_data(site),
        "card": page_card_view(site),
    }
    yield "index.html", templates_of(site).render("index.html", "index.html", values)


def _current(site: Site, *, is_calm: bool) -> list[Record]:
    """Return what is not over: incidents, what cannot be read, maintenance and notices.

    The incident that the headline tells of comes first, and worse ones before others. Notices are
    for quiet times, unless they are pinned.
    """
    history, lead = site.history, headline(site).lead
    every = (*history.records, *history.notices)
    found: dict[str, Record] = {}
    for record in (
        *((lead,) if lead else ()),
        *worst_first(history.open_incidents),
        *(record for record in every if record.incident.stand_in is not None),
        *history.running,
        *(one for one in history.notices if one.is_open and (is_calm or one.incident.pin)),
    ):
        found.setdefault(record.incident.id, record)
    return list(found.values())


def _is_notice(record: Record) -> bool:
    return record.kind is Kind.NOTICE


def _quiet(site: Site) -> QuietView | None:
    """Return how long ago the last incident was over; None if there never was one."""
    ended = [
        (end, record)
        for record in site.history.past
        if record.kind is Kind.INCIDENT and (end := end_of(record)) is not None
    ]
    if not ended:
        return None
    end, record = max(ended, key=lambda one: one[0])
    return QuietView((site.today - day_of(end, site.zone)).days, mentioned(site, record))


def _current_view(site: Site, record: Record) -> CurrentView:
    view = record_view(site, record)
    shown = view.updates[:MOST_UPDATES]
    return CurrentView(
        record=view._replace(summary=_from_here(view.summary, view)),
        updates=tuple(one._replace(html=_from_here(one.html, view)) for one in shown),
        more=len(view.updates) - len(shown),
    )


def _from_here(html: Markup, view: RecordView) -> Markup:
    """Return a text with links that start from here and not from the record's own page."""
    return Markup(absolute(html, f"{view.path}index.html"))  # noqa: S704 (it was safe before)
