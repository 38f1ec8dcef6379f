"""What a record owes to readers, as its page says it and as JSON lists it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from statusgen.model import Action
from statusgen.site.context import Site, record_url
from statusgen.site.json_text import Json
from statusgen.site.words.times import rfc3339
from statusgen.timeline.owed import Duty, Owing
from statusgen.timeline.record import Record


class Tally(NamedTuple):
    """How many actions or commitments there are, and how many of them are done."""

    done: int
    total: int


class OwedView(NamedTuple):
    """What a record owes.

    `now` has the kind of each thing that is owed now, some perhaps several times; `postmortem` is
    when the postmortem falls due or fell due, until there is one.
    """

    now: tuple[Owing, ...]
    postmortem: datetime | None
    actions: Tally
    commitments: Tally


def owed_view(site: Site, record: Record) -> OwedView:
    """Return what a record owes."""
    duties = site.history.duties_of(record)
    actions = [] if record.is_open else [one for each in record.updates for one in each.actions]
    return OwedView(
        now=tuple(one.kind for one in duties if one.is_owed(site.history.now)),
        postmortem=next((one.due for one in duties if one.kind is Owing.POSTMORTEM), None),
        actions=_tally(one for one in actions if not one.is_commitment),
        commitments=_tally(one for one in actions if one.is_commitment),
    )


def owed_json(site: Site) -> Json:
    """Return what is owed at the page's moment, and what will be and when, soonest first.

    An end that the clock brings by itself is nobody's duty until it is missed.
    """
    history = site.history
    return {
        "owed": [duty_json(site, one) for one in history.owed],
        "ahead": [duty_json(site, one) for one in history.ahead],
    }


def duty_json(site: Site, duty: Duty) -> Json:
    """Return one thing that is owed, or will be."""
    record = duty.record
    return {
        "kind": duty.kind,
        "id": record.id,
        "type": record.kind,
        "title": record.title,
        "impact": record.impact,
        "status": record.status,
        "since": rfc3339(duty.since),
        "due_at": rfc3339(duty.due) if duty.due else None,
        "owed_from": rfc3339(duty.owed_from),
        "what": duty.what,
        "who": duty.who,
        "url": record_url(site, record),
    }


def _tally(actions: Iterable[Action]) -> Tally:
    found = list(actions)
    return Tally(sum(one.is_done for one in found), len(found))
