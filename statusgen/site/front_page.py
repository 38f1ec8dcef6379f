"""The front page: what is wrong now, every component, and what happened lately.

It is bounded, whatever the number of incidents.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from markupsafe import Markup

from statusgen.site.component_views import part_views
from statusgen.site.context import Output, Site
from statusgen.site.headline import headline
from statusgen.site.lines import line_view
from statusgen.site.links import absolute
from statusgen.site.renewal import state_id
from statusgen.site.theme import templates_of
from statusgen.site.times import rfc3339
from statusgen.site.views import RecordView, UpdateView, record_view
from statusgen.timeline.days import moment_of, start_of
from statusgen.timeline.record import Record

RECENT_DAYS = 14
MOST_RECENT = 20
MOST_CURRENT = 20
MOST_UPDATES = 5
MOST_UPCOMING = 10


class CurrentView(NamedTuple):
    """Something that is not over: its newest `updates`, and the number `more` that it has."""

    record: RecordView
    updates: tuple[UpdateView, ...]
    more: int


def render_front_page(site: Site) -> Iterator[Output]:
    """Yield index.html."""
    history = site.history
    # Whole days, so that the page changes at midnight and not whenever it is built.
    since = moment_of(start_of(site.today - timedelta(days=RECENT_DAYS - 1), site.zone))
    current = _current(site)
    shown = {record.id for record in current}
    over = [
        record
        for record in history.past
        if record.id not in shown and (record.resolved_at or record.started) >= since
    ]
    values = {
        "headline": headline(site),
        "state_id": state_id(site),
        "next_change": history.next_change and rfc3339(history.next_change),
        "current": [_current_view(site, record) for record in current[:MOST_CURRENT]],
        "current_more": max(len(current) - MOST_CURRENT, 0),
        "layout": part_views(site),
        "upcoming": [line_view(site, one) for one in history.upcoming[:MOST_UPCOMING]],
        "recent_days": RECENT_DAYS,
        "recent": [line_view(site, one) for one in over[:MOST_RECENT]],
        "recent_more": max(len(over) - MOST_RECENT, 0),
    }
    yield "index.html", templates_of(site).render("index.html", "index.html", values)


def _current(site: Site) -> list[Record]:
    """Return what is not over: incidents, what cannot be read, maintenance and notices."""
    history = site.history
    every = (*history.records, *history.notices)
    found: dict[str, Record] = {}
    for record in (
        *history.open_incidents,
        *(record for record in every if record.incident.stand_in is not None),
        *history.running,
        *(notice for notice in history.notices if notice.is_open),
    ):
        found.setdefault(record.incident.id, record)
    return list(found.values())


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
