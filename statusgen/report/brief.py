"""One incident on one screen, for those who answer customers and those who ask how bad it is."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from statusgen.model import Update
from statusgen.report.incidents import end_of_incident
from statusgen.site.context import Site, record_url
from statusgen.site.views.names import names_of
from statusgen.site.views.records import AffectedView, affected_views
from statusgen.site.views.uptime import BAR_DAYS
from statusgen.site.views.workaround import workaround_of
from statusgen.site.words.language import ENGLISH
from statusgen.site.words.wording import impact_label, label, update_label
from statusgen.timeline.facts import Facts, facts
from statusgen.timeline.owed import GRACE
from statusgen.timeline.record import Record
from statusgen.timeline.uptime import days, percent, uptime

_WORKAROUND = "Workaround"


class Step(NamedTuple):
    """An update: what it is called, and its text, which is Markdown and may be empty."""

    at: datetime
    label: str
    text: str


class Effect(NamedTuple):
    """What it does to a component.

    `uptime` is that of the last 90 days in percent, empty where nothing is known, and `objective`
    what it should be.
    """

    affected: AffectedView
    uptime: str
    objective: float | None


class Brief(NamedTuple):
    """An incident, or a maintenance, in short; texts are Markdown.

    `lasted` is until now while it is open, and None where its end is not known. `steps` stand
    newest first; `newest` is the first of them that has a text, which is what customers may be
    told. `workaround` is what they can do meanwhile, or empty.
    """

    record: Record
    status: str
    impact: str
    ended: datetime | None
    lasted: timedelta | None
    effects: tuple[Effect, ...]
    newest: Step | None
    workaround: str
    is_late: bool
    steps: tuple[Step, ...]
    facts: Facts
    url: str


def brief_of(site: Site, record: Record) -> Brief:
    """Return a record in short, as it is known at the moment of the site."""
    now = site.history.now
    ended = end_of_incident(record, now)
    until = now if record.is_open else ended
    steps = _steps(record)
    return Brief(
        record=record,
        status=label(record.status, ENGLISH),
        impact=impact_label(record, ENGLISH),
        ended=ended,
        lasted=max(until - record.started, timedelta(0)) if until else None,
        effects=tuple(_effect(site, one) for one in affected_views(site, record)),
        newest=next((one for one in steps if one.text), None),
        workaround=_workaround(record.updates, site.language.gettext(_WORKAROUND)),
        is_late=record.next_update is not None and now >= record.next_update + GRACE,
        steps=steps,
        facts=facts(record, now),
        url=record_url(site, record),
    )


def _steps(record: Record) -> tuple[Step, ...]:
    before = None
    steps = []
    for one in record.updates:
        steps.append(Step(one.at, update_label(one.status, before, ENGLISH), one.text))
        before = one.status
    return tuple(reversed(steps))


def _effect(site: Site, affected: AffectedView) -> Effect:
    if affected.component not in names_of(site):
        return Effect(affected, "", None)
    first = site.today - timedelta(days=BAR_DAYS - 1)
    found = uptime(
        days(site.history, affected.component, first, site.today), site.config.uptime
    ).fraction
    component = site.history.components[affected.component].component
    return Effect(affected, percent(found) if found is not None else "", component.uptime.objective)


def _workaround(updates: tuple[Update, ...], word: str) -> str:
    found = (workaround_of(one.text, word) for one in reversed(updates))
    return next(filter(None, found), "")
