"""All that is true at a moment, from the configuration and the incident files: `derive`."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from operator import attrgetter
from zoneinfo import ZoneInfo

from statusgen.model import PUBLIC, Config, Incident, Kind, Status, derive_code
from statusgen.timeline.components import (
    ComponentState,
    GroupState,
    PageStatus,
    component_state,
    group_state,
    merged,
    page_status,
)
from statusgen.timeline.days import day_of, moment_of, start_of
from statusgen.timeline.maintenance import ENGLISH_TEXTS, ClockTexts, maintenance_at
from statusgen.timeline.moments import next_change
from statusgen.timeline.overrides import Claims, claims_of
from statusgen.timeline.owed import Duty, Owing, by_record, by_urgency, duties_of, in_order
from statusgen.timeline.record import Record, Span
from statusgen.timeline.state import Told, incident_at, notice_at


@dataclass(frozen=True, eq=False)
class History:
    """What is true at `now`, with all that was before.

    `records` are incidents and occurrences of maintenance, newest created first, and so are
    `open_incidents` and `past`, which are parts of them; `running` and `upcoming` are maintenances
    by the start of their window. `notices` has those shown now (pinned ones first), then older
    ones; those whose time has not come are nowhere. `unreadable` are the incidents whose file could
    not be read. `components` and `groups` are by id, in the order of config.yml.

    `updated` is the newest moment up to `now` at which anything changed; `next_change` the first
    after `now` at which what is written changes by itself. `claims` is what the components' states
    and spans follow from. `duties` are all that is owed sooner or later, in the order in which it
    comes to be owed.
    """

    config: Config
    now: datetime
    records: tuple[Record, ...]
    notices: tuple[Record, ...]
    unreadable: tuple[Incident, ...]
    components: Mapping[str, ComponentState]
    groups: Mapping[str, GroupState]
    page: PageStatus
    updated: datetime
    next_change: datetime | None
    claims: Claims
    duties: tuple[Duty, ...]

    @cached_property
    def zone(self) -> ZoneInfo:
        """The page's zone."""
        return ZoneInfo(self.config.page.timezone)

    @cached_property
    def today(self) -> date:
        """The date in the page's zone."""
        return day_of(self.now, self.zone)

    @cached_property
    def open_incidents(self) -> tuple[Record, ...]:
        """Incidents that are not over, newest created first."""
        return tuple(one for one in self.records if one.kind is Kind.INCIDENT and one.is_open)

    @cached_property
    def running(self) -> tuple[Record, ...]:
        """Maintenances in progress or being verified, by the start of their window."""
        return self._maintenances(Status.IN_PROGRESS, Status.VERIFYING)

    @cached_property
    def upcoming(self) -> tuple[Record, ...]:
        """Scheduled maintenances, by the start of their window."""
        return self._maintenances(Status.SCHEDULED)

    @cached_property
    def past(self) -> tuple[Record, ...]:
        """What is over, newest created first."""
        return tuple(one for one in self.records if not one.is_open)

    @cached_property
    def owed(self) -> tuple[Duty, ...]:
        """What is owed now, the most urgent first."""
        return by_urgency(one for one in self.duties if one.is_owed(self.now))

    @cached_property
    def ahead(self) -> tuple[Duty, ...]:
        """What will be owed if nothing is done, the soonest first.

        The end of a maintenance is not among it: the clock brings it.
        """
        return tuple(
            one
            for one in self.duties
            if not one.is_owed(self.now) and one.kind is not Owing.MAINTENANCE_END
        )

    def duties_of(self, record: Record) -> tuple[Duty, ...]:
        """Return what a record owes sooner or later, in the order in which it comes to be owed."""
        return self._duties.get(record.id, ())

    @cached_property
    def _duties(self) -> Mapping[str, tuple[Duty, ...]]:
        return by_record(self.duties)

    def spans_of(self, component: str) -> tuple[Span, ...]:
        """Return a component's spans, oldest first, without overlaps: the worst counts.

        Operational is no span. Where a status set by hand is in force, it is among them.
        """
        spans = self._spans.get(component)
        if spans is None:
            spans = self._spans[component] = merged(component, self.claims.spans.get(component, ()))
        return spans

    def spans_after(self, component: str, moment: datetime) -> tuple[Span, ...]:
        """Return those of a component's spans that end after a moment, or have no end."""
        spans = self.spans_of(component)  # without overlaps, so their ends are in order too
        return spans[bisect_right(spans, moment, key=lambda one: one.end or _FOREVER) :]

    @cached_property
    def _spans(self) -> dict[str, tuple[Span, ...]]:
        return {}

    def _maintenances(self, *statuses: Status) -> tuple[Record, ...]:
        found = [
            one for one in self.records if one.kind is Kind.MAINTENANCE and one.status in statuses
        ]
        return tuple(sorted(found, key=lambda one: (one.window or _NO_WINDOW, one.id)))


_NO_WINDOW = (datetime.min.replace(tzinfo=UTC),)
_FOREVER = datetime.max.replace(tzinfo=UTC)


def derive(
    config: Config,
    incidents: Sequence[Incident],
    now: datetime,
    texts: ClockTexts = ENGLISH_TEXTS,
    audience: str = PUBLIC,
) -> History:
    """Return all that is true at `now`, which may be any moment, in any zone.

    It is what `audience` sees: what is for everybody and what is for it; never a draft. `texts` are
    what the clock says of maintenance.
    """
    now = now.astimezone(UTC)
    zone = ZoneInfo(config.page.timezone)
    seen = [one for one in incidents if one.audience in (PUBLIC, audience) and not one.draft]
    told = [told_of(incident, zone, now, texts) for incident in seen]
    every = _apart([record for one in told for record in one.records])
    records = _newest_first(record for record in every if record.kind is not Kind.NOTICE)
    notices = _newest_first(record for record in every if record.kind is Kind.NOTICE)
    notices.sort(key=lambda one: (not one.is_open, not (one.is_open and one.incident.pin)))
    claims = claims_of(config, records, now)
    duties = in_order([duty for one in every for duty in duties_of(one, config.cadence, zone)])
    today = day_of(now, zone)
    components = {one.id: component_state(one, claims, today) for one in config.components}
    return History(
        config=config,
        now=now,
        records=tuple(records),
        notices=tuple(notices),
        unreadable=tuple(
            sorted((one for one in seen if one.stand_in is not None), key=attrgetter("id")),
        ),
        components=components,
        groups={one.id: group_state(one, components.values()) for one in config.groups},
        page=page_status([one.status for one in components.values() if one.is_current]),
        updated=_updated(config, every, now, zone),
        next_change=next_change(
            config,
            [
                *[one.next_change for one in told if one.next_change is not None],
                *[record.updated for record in every if record.updated > now],
                *(moment for duty in duties for moment in (duty.due, duty.owed_from)),
            ],
            claims,
            now,
            zone,
        ),
        claims=claims,
        duties=duties,
    )


def told_of(
    incident: Incident, zone: ZoneInfo, now: datetime, texts: ClockTexts = ENGLISH_TEXTS
) -> Told:
    """Return what one file comes to at `now`, whoever may see it."""
    match incident.kind:
        case Kind.INCIDENT:
            return incident_at(incident, now)
        case Kind.MAINTENANCE:
            return maintenance_at(incident, zone, now, texts)
        case Kind.NOTICE:
            return notice_at(incident, now)


def _apart(records: list[Record]) -> list[Record]:
    """Return the records so that no code that was written is one that is derived for another."""
    if not [one for one in records if one.incident.code == one.code]:
        return records
    derived = {derive_code("incident", one.id): one.id for one in records}
    return [
        one
        if derived.get(one.code, one.id) == one.id
        else one._replace(code=derive_code("incident", one.id))
        for one in records
    ]


def _newest_first(records: Iterable[Record]) -> list[Record]:
    return sorted(records, key=attrgetter("created", "id", "incident.path"), reverse=True)


def _updated(config: Config, records: Iterable[Record], now: datetime, zone: ZoneInfo) -> datetime:
    """Return when anything changed last; where nothing ever did, the start of today."""
    moments = [config.page.updated]
    for record in records:
        if record.updated <= now:
            moments.append(record.updated)
        else:
            moments += (record.created, *(update.at for update in record.updates))
    moments += (one.override.at for one in config.components if one.override is not None)
    past = (one for one in moments if one is not None and one <= now)
    return max(past, default=moment_of(start_of(day_of(now, zone), zone)))
