"""How well an incident was told in a drill: points for what readers need, and why.

A hundred in all. What cannot be judged yet, because the drill was left early, counts neither way.
The thresholds are those by which the coach and the page judge real incidents.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from statusgen.coach import Finding
from statusgen.drill.scenario import Scenario
from statusgen.model import CLOSING, IMPACT_RANK, SEVERE, Cadence, CoachRule, Status
from statusgen.problems import Severity
from statusgen.timeline import Record
from statusgen.timeline.facts import Kept, facts
from statusgen.timeline.owed import GRACE

_FIRST_NOTICE = ((5, 20), (10, 15), (15, 10), (30, 5))
"""Minutes after the alarm, and the points for a first notice by then."""
_SOON_OVER = ((15, 10), (30, 7), (60, 4))
"""The same for the word that it is over."""
_COSTS = {Severity.ERROR: 5, Severity.WARNING: 3, Severity.ADVICE: 1}


class Measure(NamedTuple):
    """One thing that readers need; `points` of at most `most`, 0 of 0 if it is not reached yet."""

    name: str
    points: int
    most: int
    said: str


class Score(NamedTuple):
    """All measures, and what the coach says of the texts."""

    measures: tuple[Measure, ...]
    findings: tuple[Finding, ...]

    @property
    def points(self) -> int:
        return sum(one.points for one in self.measures)

    @property
    def most(self) -> int:
        return sum(one.most for one in self.measures)


class Played(NamedTuple):
    """What there is to be judged at `now`; `record` is None while nothing was written."""

    scenario: Scenario
    component: str
    alarm: datetime
    now: datetime
    record: Record | None
    findings: Sequence[Finding]
    cadence: Cadence

    @property
    def over(self) -> datetime:
        """The moment from which everything works again."""
        return self.alarm + self.scenario.over


def score(played: Played) -> Score:
    """Judge what was written so far."""
    measures: tuple[Callable[[Played, Record], Measure], ...] = (
        *(_rhythm, _promises, _impact, _end, _postmortem, _texts),
    )
    first = _first_notice(played)
    rest = [one(played, played.record) for one in measures] if played.record else []
    return Score((first, *rest), tuple(played.findings))


def _first_notice(played: Played) -> Measure:
    record = played.record
    told = record.updates[0].at if record and record.updates else None
    waited = max((told or played.now) - played.alarm, timedelta(0))
    if told is None:
        return Measure("First notice", 0, 20, f"none after {_minutes(waited)}")
    points = _by_minutes(waited, _FIRST_NOTICE)
    return Measure("First notice", points, 20, f"{_minutes(waited)} after the alarm")


def _rhythm(played: Played, record: Record) -> Measure:
    """Judge the time between updates by what the impact asks for."""
    gaps = list(_gaps(played, record))
    if not gaps:
        return Measure("Rhythm", 0, 0, "too early to say")
    kept = sum(is_kept for is_kept, _ in gaps)
    longest = max(gap for _, gap in gaps)
    said = f"{kept} of {len(gaps)} waits short enough, the longest {_minutes(longest)}"
    return Measure("Rhythm", 15 * kept // len(gaps), 15, said)


def _gaps(played: Played, record: Record) -> Iterator[tuple[bool, timedelta]]:
    """Yield each wait while it was open, and whether it was short enough."""
    moments = [(one.at, one.next_update, one.status) for one in record.updates]
    if record.is_open and moments:
        moments.append((played.now, None, Status.RESOLVED))
    for (at, promised, status), (after, *_) in pairwise(moments):
        if status in CLOSING:
            continue
        open_for = at - record.updates[0].at if promised else timedelta(0)
        allowed = played.cadence.interval(record.impact, open_for)
        is_kept = not allowed or after - at < allowed + GRACE
        if is_kept and record.is_open and after == played.now:
            continue  # not over yet, so not kept either
        yield is_kept, after - at


def _promises(played: Played, record: Record) -> Measure:
    """Judge whether the next update came when it was promised."""
    promises = facts(record, played.now).promises
    judged = [one for one in promises if one.kept is not Kept.PENDING]
    if not judged:
        most = 0 if promises else 15
        said = "none is due yet" if promises else "readers never heard when you would write again"
        return Measure("Promises", 0, most, said)
    kept = sum(one.kept is Kept.KEPT for one in judged)
    return Measure("Promises", 15 * kept // len(judged), 15, f"{kept} of {len(judged)} kept")


def _impact(played: Played, record: Record) -> Measure:
    """Judge whether readers could see what was affected, and how badly."""
    wanted = played.scenario.impact
    off = abs(IMPACT_RANK[record.impact] - IMPACT_RANK[wanted])
    named = {one.component for one in record.incident.components}
    named |= {change.component for update in record.updates for change in update.changes}
    is_named = played.component in named
    said = f"you said {record.impact}, it was {wanted}"
    said += "" if is_named else f"; {played.component} is not marked as affected"
    return Measure("Impact", max(6 - 3 * off, 0) + 4 * is_named, 10, said)


def _end(played: Played, record: Record) -> Measure:
    """Judge when readers heard that it was over."""
    told = record.resolved_at
    if told is None:
        late = played.now - played.over
        if late < timedelta(minutes=_SOON_OVER[-1][0]):
            return Measure("End", 0, 0, "it is not over yet")
        return Measure("End", 0, 10, f"over for {_minutes(late)}, and readers do not know")
    if told < played.over:
        early = _minutes(played.over - told)
        return Measure("End", 0, 10, f"called over {early} before it was")
    points = _by_minutes(told - played.over, _SOON_OVER)
    return Measure("End", points, 10, f"told {_minutes(told - played.over)} after it was over")


def _postmortem(played: Played, record: Record) -> Measure:
    """Judge whether the report came, and has the parts that make it one."""
    name, resolved = "Postmortem", record.resolved_at
    written = next((one for one in record.updates if one.status is Status.POSTMORTEM), None)
    if written is None:
        due = resolved + played.cadence.postmortem if resolved else None
        if record.impact not in SEVERE and played.scenario.impact not in SEVERE:
            return Measure(name, 0, 0, "none is owed at this impact")
        if due is None or played.now <= due:
            return Measure(name, 0, 0, "not written yet")
        return Measure(name, 0, 15, "none came in time")
    late = resolved is not None and written.at > resolved + played.cadence.postmortem
    missing = [one.message for one in played.findings if one.rule is CoachRule.POSTMORTEM_PARTS]
    points = (5 if late else 8) + (0 if missing else 7)
    said = missing[0] if missing else "cause, times and what will change are in it"
    return Measure(name, points, 15, said + (", and it came late" if late else ""))


def _texts(played: Played, record: Record) -> Measure:
    """Judge the texts by what the coach says of them."""
    found = [one for one in played.findings if one.rule is not CoachRule.POSTMORTEM_PARTS]
    costs = sum(_COSTS[one.severity or Severity.ADVICE] for one in found)
    said = f"{len(found)} remarks of the coach" if found else "the coach has nothing to say"
    return Measure("Texts", max(15 - costs, 0) if record.updates else 0, 15, said)


def _by_minutes(span: timedelta, table: Sequence[tuple[int, int]]) -> int:
    return next((points for most, points in table if span <= timedelta(minutes=most)), 0)


def _minutes(span: timedelta) -> str:
    minutes = span // timedelta(minutes=1)
    return f"{minutes} minute{'' if minutes == 1 else 's'}"
