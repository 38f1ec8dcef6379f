"""Random timelines, and a count of them minute by minute: slow, and from the files alone.

Nothing of statusgen counts here: from what a file says of each minute, everything else follows by
adding up.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from random import Random
from typing import NamedTuple
from zoneinfo import ZoneInfo

from statusgen.model import (
    Affected,
    Change,
    Component,
    ComponentStatus,
    Config,
    Impact,
    Incident,
    Kind,
    Objective,
    Page,
    Status,
    Update,
    UptimeRule,
)

ORDER = list(ComponentStatus)
IDS = ("api", "web")
MINUTE = timedelta(minutes=1)
FOREVER = datetime(9999, 1, 1, tzinfo=UTC)
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu")
MIDDLES = (date(2026, 3, 29), date(2026, 10, 25), date(2026, 11, 1), date(2026, 6, 10))
"""Days on which clocks change, and one on which none does."""

RULES = (UptimeRule(), UptimeRule("incident-io", partial=100), UptimeRule("custom", 10, 45, 90))


class Timeline(NamedTuple):
    """A page, its files, the moment, and the days to look at."""

    config: Config
    incidents: list[Incident]
    now: datetime
    first: date
    last: date


def timeline(seed: int) -> Timeline:
    """Return a random page of two components over some days around a change of clocks."""
    random = Random(seed)
    zone = random.choice(ZONES)
    middle = random.choice(MIDDLES)
    first = middle - timedelta(days=random.randint(0, 1))
    last = first + timedelta(days=random.randint(0, 2))
    start = datetime.combine(first, datetime.min.time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)
    now = start + timedelta(minutes=random.randint(-600, 8 * 1440))
    config = Config(
        page=Page("Acme", "https://a.example", zone, since=random.choice((None, date(2026, 1, 1)))),
        components=tuple(
            Component(
                id_,
                id_.upper(),
                since=random.choice((None, None, middle)),
                until=random.choice((None, None, None, middle)),
                uptime=Objective(objective=random.choice((None, 90, 99.9))),
            )
            for id_ in IDS
        ),
        layout=IDS,
        uptime=random.choice(RULES),
    )
    found = [_incident(random, start, number) for number in range(random.randint(0, 6))]
    found += [_maintenance(random, start, number) for number in range(random.randint(0, 1))]
    return Timeline(config, found, now, first, last)


def _incident(random: Random, start: datetime, number: int) -> Incident:
    at = start + timedelta(minutes=random.randint(-1440, 3 * 1440))
    updates = []
    for index in range(random.randint(1, 4)):
        says = random.sample(IDS, random.randint(0, 1)) if index else []
        updates.append(
            Update(
                f"{number:06}{index:06}",
                random.choice((Status.INVESTIGATING, Status.IDENTIFIED, Status.MONITORING)),
                at,
                changes=tuple(Change(one, random.choice(ORDER[2:])) for one in says),
                next_update=random.choice((None, at + timedelta(minutes=random.randint(5, 90)))),
            )
        )
        at += timedelta(minutes=random.randint(1, 240))
    if random.random() < 0.8:
        updates.append(Update(f"{number:06}closed", Status.RESOLVED, at))
        if random.random() < 0.5:
            at += timedelta(minutes=random.randint(1, 6000))
            updates.append(Update(f"{number:06}postmo", Status.POSTMORTEM, at))
    before = updates[0].at - timedelta(minutes=random.randint(0, 60))
    return Incident(
        f"incident-{number}",
        f"Number {number}",
        impact=random.choice((Impact.MINOR, Impact.MAJOR, Impact.CRITICAL)),
        components=tuple(
            Affected(one, random.choice(ORDER[2:]))
            for one in random.sample(IDS, random.randint(1, 2))
        ),
        updates=tuple(updates),
        started=random.choice((None, before)),
        cause=random.choice(("", "Deployment", "deployment", "capacity")),
        upstream=random.choice(("", "", "Cloud")),
    )


def _maintenance(random: Random, start: datetime, number: int) -> Incident:
    starts = start + timedelta(minutes=random.randint(0, 2000))
    return Incident(
        f"maintenance-{number}",
        "Work",
        Kind.MAINTENANCE,
        components=(Affected(random.choice(IDS)),),
        starts=starts,
        ends=starts + timedelta(minutes=random.randint(1, 600)),
    )


class Minutes(NamedTuple):
    """What a component's counted minutes were: how many of each status, and whose the loss was.

    `lost` are hundredths of a minute by the incident's id.
    """

    counted: int
    statuses: dict[ComponentStatus, int]
    lost: dict[str, int]

    def uptime(self) -> Fraction | None:
        """Return what is left of 1."""
        if not self.counted:
            return None
        return 1 - Fraction(sum(self.lost.values()), 100 * self.counted)


def minutes(told: Timeline, component: Component, first: date, last: date) -> Minutes:
    """Count each minute of some days in the page's zone."""
    zone = ZoneInfo(told.config.page.timezone)
    rule = told.config.uptime
    weights = dict(zip(ORDER, (0, 0, rule.degraded, rule.partial, rule.major), strict=True))
    statuses = dict.fromkeys(ORDER, 0)
    lost: dict[str, int] = {}
    counted = 0
    first = max(first, component.since or told.config.page.since or date.min)
    last = min(last, told.now.astimezone(zone).date(), component.until or date.max)
    courses = [one for one in (_course(told, one, component.id) for one in told.incidents) if one]
    going_on_since = _going_on_since(courses, told.now)
    moment = datetime.combine(first, datetime.min.time(), tzinfo=UTC) - timedelta(days=1)
    end = datetime.combine(last, datetime.min.time(), tzinfo=UTC) + timedelta(days=2)
    while moment < end:
        if first <= moment.astimezone(zone).date() <= last:
            counted += 1
            worst, whose = ORDER[0], ""
            if moment < going_on_since:
                worst, whose = _worst(courses, moment)
            statuses[worst] += 1
            if weights[worst]:
                lost[whose] = lost.get(whose, 0) + weights[worst]
        moment += MINUTE
    return Minutes(counted, statuses, lost)


class Course(NamedTuple):
    """What a file says of one component: from when to when, and which status from which moment."""

    id: str
    start: datetime
    end: datetime
    steps: list[tuple[datetime, ComponentStatus]]


def _course(told: Timeline, incident: Incident, component: str) -> Course | None:
    if incident.kind is Kind.MAINTENANCE:
        assert incident.starts is not None
        assert incident.ends is not None
        if component != incident.components[0].component:
            return None
        return Course(incident.id, incident.starts, incident.ends, [(incident.starts, ORDER[1])])
    updates = known(told, incident)
    start = updates[0].at
    if incident.started is not None and incident.started <= told.now:
        start = incident.started
    end = min((one.at for one in updates if one.status is Status.RESOLVED), default=FOREVER)
    said = [(start, one.component, one.status) for one in incident.components]
    said += [(one.at, new.component, new.status) for one in updates for new in one.changes]
    steps: list[tuple[datetime, ComponentStatus]] = []
    for at, id_, status in said:
        if id_ == component and status is not None and (not steps or steps[-1][1] is not status):
            steps.append((at, status))
    return Course(incident.id, start, end, steps)


def _going_on_since(courses: Sequence[Course], now: datetime) -> datetime:
    """Return from when on nothing counts: what goes on counts up to the last five minutes."""
    moment = now
    worst, _ = _worst(courses, moment)
    while moment.minute % 5 and _worst(courses, moment - MINUTE)[0] is worst:
        moment -= MINUTE
    return moment


def _worst(courses: Sequence[Course], moment: datetime) -> tuple[ComponentStatus, str]:
    """Return the worst that is said of a minute, and who began to say it first."""
    said = []
    for one in courses:
        if one.start <= moment < one.end:
            steps = [step for step in one.steps if step[0] <= moment]
            if steps:
                since, status = steps[-1]
                said.append((-ORDER.index(status), since, one.id))
    if not said:
        return ORDER[0], ""
    level, _, whose = min(said)
    return ORDER[-level], whose


def known(told: Timeline, incident: Incident) -> list[Update]:
    """Return the updates that count: if all lie ahead, the first, as its time must be wrong."""
    past = [one for one in incident.updates if one.at <= told.now]
    return past or list(incident.updates[:1])


def starts(told: Timeline) -> list[tuple[datetime, Incident]]:
    """Return the incidents with their starts, oldest first; one that lies ahead begins now."""
    found = []
    for one in told.incidents:
        if one.kind is Kind.INCIDENT:
            begins = one.started if one.started and one.started <= told.now else None
            found.append((min(begins or one.updates[0].at, told.now), one))
    return sorted(found, key=lambda pair: (pair[0], pair[1].id))


def middle(lengths: Sequence[int]) -> int | None:
    """Return the median in whole seconds, cut off."""
    ordered = sorted(lengths)
    if not ordered:
        return None
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) // 2
