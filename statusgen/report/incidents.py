"""Incidents in a period: which belong to it, how they were told, which had been there before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise

from statusgen.model import CLOSING, Impact, Kind
from statusgen.report.values import IncidentFigures, Promises, Recurrence, Silence
from statusgen.timeline.days import Period, day_of
from statusgen.timeline.facts import Facts, Kept, facts
from statusgen.timeline.history import History
from statusgen.timeline.owed import Owing, duties_of
from statusgen.timeline.record import Record

RECURS_WITHIN = timedelta(days=90)
"""The same cause in the same component after a longer time is another story."""

_SECOND = timedelta(seconds=1)
_HUNDREDTHS = 100


class Begun:
    """All incidents of a history by when they began: oldest first, with their facts."""

    def __init__(self, history: History) -> None:
        incidents = [one for one in history.records if one.kind is Kind.INCIDENT]
        self.records = sorted(incidents, key=lambda one: (began(one, history.now), one.id))
        self.facts = {one.id: facts(one, history.now) for one in self.records}
        self._history = history
        self._days = [day_of(began(one, history.now), history.zone) for one in self.records]

    def first_day(self) -> date | None:
        """Return the day on which the first of them began."""
        return self._days[0] if self._days else None

    def within(self, period: Period) -> list[Record]:
        """Return those that began in a period."""
        return [
            one
            for one, day in zip(self.records, self._days, strict=True)
            if period.first <= day <= period.last
        ]

    def reaching_into(self, period: Period) -> list[Record]:
        """Return those that began before a period and were not over when it began."""
        zone = self._history.zone
        found = []
        for one, day in zip(self.records, self._days, strict=True):
            ended = end_of_incident(one, self._history.now)
            if day < period.first and (ended is None or day_of(ended, zone) >= period.first):
                found.append(one)
        return found if period.first <= self._history.today else []

    def figures(
        self,
        records: Iterable[Record],
        costs: Mapping[str, int],
    ) -> tuple[IncidentFigures, ...]:
        """Return records with what is known of them; `costs` are hundredths of a second by id."""
        return tuple(
            IncidentFigures(
                record=one,
                facts=self.facts[one.id],
                ended=end_of_incident(one, self._history.now),
                lost=Fraction(costs.get(one.id, 0), _HUNDREDTHS),
            )
            for one in records
        )


def began(record: Record, now: datetime) -> datetime:
    """Return when an incident began: one whose only time lies ahead has a wrong one, and is on."""
    return min(record.started, now)


def end_of_incident(record: Record, now: datetime) -> datetime | None:
    """Return when it was over, as `Facts.to_resolve` has it."""
    if record.is_open:
        return None
    ended = record.incident.ended
    return ended if ended is not None and ended <= now else record.resolved_at


def impacts_of(records: Iterable[Record]) -> tuple[tuple[Impact, int], ...]:
    """Return how many of each impact there are, the worst first; those without any are left out."""
    numbers = Counter(one.impact for one in records)
    return tuple((impact, numbers[impact]) for impact in reversed(Impact) if numbers[impact])


def promises_of(every: Iterable[Facts]) -> Promises:
    """Return how many promises were kept, over several incidents."""
    numbers = Counter(promise.kept for one in every for promise in one.promises)
    return Promises(numbers[Kept.KEPT], numbers[Kept.LATE], numbers[Kept.PENDING])


def postmortems_of(
    history: History,
    records: Iterable[Record],
    told: Mapping[str, Facts],
) -> tuple[int, int]:
    """Return how many postmortems came in time, and how many came or are owed by now."""
    cadence = history.config.cadence
    in_time = due = 0
    for one in records:
        written = told[one.id].postmortem
        if written is not None:
            due += 1
            in_time += written <= cadence.postmortem // _SECOND
        else:
            due += any(
                duty.kind is Owing.POSTMORTEM and duty.is_owed(history.now)
                for duty in duties_of(one, cadence, history.zone)
            )
    return in_time, due


def silences_of(records: Iterable[Record], now: datetime) -> Iterator[Silence]:
    """Yield the times without an update while incidents were open; one may go on."""
    for record in records:
        for before, after in pairwise(record.updates):
            if before.status not in CLOSING:
                seconds = (after.at - before.at) // _SECOND
                yield Silence(record, before.at, after.at, seconds)
        if record.is_open and record.updates and record.updates[-1].at <= now:
            last = record.updates[-1].at
            yield Silence(record, last, None, (now - last) // _SECOND)


def recurrences_of(records: Sequence[Record], now: datetime) -> Iterator[Recurrence]:
    """Yield the incidents, of all from the oldest, that are like one in the 90 days before.

    That is: a component and the cause are the same; a cause has to be stated.
    """
    seen: dict[tuple[str, str], Record] = {}
    for record in records:
        cause = record.incident.cause.strip().casefold()
        if not cause:
            continue
        keys = [(component, cause) for component in record.components]
        start = began(record, now)
        earlier = [
            (began(seen[key], now), index, seen[key], key[0])
            for index, key in enumerate(keys)
            if key in seen and start - began(seen[key], now) <= RECURS_WITHIN
        ]
        if earlier:
            at, _, newest, _ = max(earlier, key=lambda one: (one[0], one[2].id))
            same = tuple(component for _, _, one, component in earlier if one.id == newest.id)
            yield Recurrence(record, newest, same, (start - at) // _SECOND)
        seen |= dict.fromkeys(keys, record)
