"""How well a record was communicated: what the page shows, reports sum up and the coach judges."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from statusgen.model import CLOSING, Impact, Status, Update
from statusgen.timeline.owed import GRACE
from statusgen.timeline.record import Record

_SECOND = timedelta(seconds=1)


class Kept(StrEnum):
    """What has become of a promised update."""

    KEPT = "kept"
    LATE = "late"
    PENDING = "pending"


class Promise(NamedTuple):
    """A `next update` that an update promised.

    `answered` is when the update after it came, None if there is none yet; it is late too if none
    came in time.
    """

    update: str
    made: datetime
    due: datetime
    answered: datetime | None
    kept: Kept


class Facts(NamedTuple):
    """The communication facts of a record; durations are whole seconds, and None is unknown.

    `first_notice` is from detection (or the start, if that is all the file says) to the first
    update; `gaps` are between updates, until the one that closes; `to_resolve` is from the start to
    the real end, or else the update that says resolved; `postmortem` from there to the postmortem.
    """

    first_notice: int | None
    gaps: tuple[int, ...]
    promises: tuple[Promise, ...]
    to_resolve: int | None
    postmortem: int | None


def facts(record: Record, now: datetime) -> Facts:
    """Return a record's communication facts as they are at `now`."""
    incident, updates = record.incident, record.updates
    noticed = incident.detected or incident.started
    resolved = record.resolved_at
    ended = incident.ended if incident.ended and incident.ended <= now else resolved
    postmortem = next((one.at for one in updates if one.status is Status.POSTMORTEM), None)
    is_closed = not record.is_open
    return Facts(
        first_notice=_between(noticed, updates[0].at if updates else None),
        gaps=tuple(
            (after.at - before.at) // _SECOND
            for before, after in pairwise(updates)
            if before.status not in CLOSING
        ),
        promises=tuple(_promises(updates, now)),
        to_resolve=_between(record.started, ended) if is_closed else None,
        postmortem=_between(resolved, postmortem) if is_closed else None,
    )


def first_notice_limit(impact: Impact) -> int:
    """Return the seconds within which a first notice is in time: 10 minutes if critical, else 15.

    From PagerDuty's five minutes after the call starts, and what vendors were measured to need.
    """
    return 600 if impact is Impact.CRITICAL else 900


def _between(start: datetime | None, end: datetime | None) -> int | None:
    """Return the seconds from one to the other; what came even earlier took none."""
    if start is None or end is None:
        return None
    return max((end - start) // _SECOND, 0)


def _promises(updates: Sequence[Update], now: datetime) -> Iterator[Promise]:
    for index, update in enumerate(updates):
        due = update.next_update
        if due is None or update.status in CLOSING:
            continue
        answered = updates[index + 1].at if index + 1 < len(updates) else None
        is_late = (answered or now) >= due + GRACE
        unanswered = Kept.PENDING if answered is None else Kept.KEPT
        kept = Kept.LATE if is_late else unanswered
        yield Promise(update.id, update.at, due, answered, kept)
