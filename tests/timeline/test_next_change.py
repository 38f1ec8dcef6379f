"""Up to `next_change` nothing changes by itself; at it something does, or a day ends."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from timeline.values import API, DEGRADED, WEB, at, config

from statusgen.model import (
    STATUSES,
    Affected,
    Change,
    ComponentStatus,
    Config,
    Group,
    Impact,
    Incident,
    Kind,
    Override,
    StandIn,
    Update,
    derive_code,
)
from statusgen.timeline import History, derive
from statusgen.timeline.facts import facts
from statusgen.timeline.uptime import days

NOW = at("2026-10-24 12:00")  # the clocks in Berlin change the night after
PAGE = config(
    API._replace(override=Override(DEGRADED, at("2026-10-24 12:40"))),
    WEB._replace(group="all"),
    groups=(Group("all", "All"),),
    zone="Europe/Berlin",
)

moments = st.integers(-24 * 60, 36 * 60).map(lambda minutes: NOW + minutes * timedelta(minutes=1))
maybe = st.none() | moments
statuses = st.sampled_from(ComponentStatus)
changes = st.lists(
    st.builds(Change, st.sampled_from(["api", "web", "gone"]), statuses),
    max_size=2,
    unique_by=lambda change: change.component,
)


def updates_of(kind: Kind) -> st.SearchStrategy[tuple[Update, ...]]:
    made = st.builds(
        lambda status, moment, said, due, eta, impact: Update(
            derive_code(moment.isoformat()),
            status,
            moment,
            changes=tuple(said),
            next_update=due,
            eta=eta,
            impact=impact,
        ),
        st.sampled_from(STATUSES[kind]),
        moments,
        changes,
        maybe,
        maybe,
        st.none() | st.sampled_from([Impact.MINOR, Impact.CRITICAL]),
    )
    return st.lists(made, max_size=4, unique_by=lambda one: one.at).map(tuple)


components = st.lists(
    st.builds(Affected, st.sampled_from(["api", "web"]), st.none() | statuses),
    max_size=2,
    unique_by=lambda one: one.component,
).map(tuple)
ids = st.integers(0, 10**9).map(lambda number: f"record-{number}")
past = st.none() | st.integers(0, 24 * 60).map(lambda minutes: NOW - minutes * timedelta(minutes=1))

incidents = st.builds(
    Incident,
    ids,
    st.just("Down"),
    components=components,
    updates=updates_of(Kind.INCIDENT),
    started=maybe,
    detected=past,
    ended=maybe,
    created=past.filter(bool),
    stand_in=st.none() | st.sampled_from([StandIn("raw"), StandIn("raw", "0123abc")]),
)
maintenances = st.builds(
    lambda id_, named, updates, starts, length, repeat, created: Incident(
        id_,
        "Planned",
        kind=Kind.MAINTENANCE,
        components=named,
        updates=updates,
        starts=starts,
        ends=starts + length * timedelta(minutes=10),
        repeat=repeat,
        created=created,
    ),
    ids,
    components,
    updates_of(Kind.MAINTENANCE),
    moments,
    st.integers(1, 60),
    st.sampled_from(["", "FREQ=DAILY", "FREQ=DAILY;COUNT=2"]),
    past,
)
notices = st.builds(
    Incident,
    ids,
    st.just("Note"),
    kind=st.just(Kind.NOTICE),
    updates=updates_of(Kind.NOTICE),
    starts=maybe,
    ends=maybe,
    created=past.filter(bool),
)
timelines = st.lists(incidents | maintenances | notices, max_size=4, unique_by=lambda one: one.id)


def observable(history: History) -> tuple[object, ...]:
    """Return all that outputs are made of, but for `now`."""
    records = (*history.records, *history.notices)
    first = NOW.date() - timedelta(days=2)
    return (
        records,
        history.unreadable,
        history.components,
        history.groups,
        history.page,
        history.updated,
        [facts(record, history.now) for record in records],
        [(one.kind, one.record.id, one.due) for one in history.owed],
        [
            [moment is not None and moment <= history.now for moment in (one.next_update, one.eta)]
            for one in records
        ],
        [history.spans_of(one) for one in ("api", "web", "gone")],
        [days(history, one, first, first + timedelta(days=4)) for one in ("api", "web")],
    )


def check(page: Config, told: list[Incident], now: datetime, share: float) -> datetime:
    """Check one step from `now` to the next change, and return that moment."""
    history = derive(page, told, now)
    seen = observable(history)
    upcoming = history.next_change
    assert upcoming is not None
    assert upcoming > now
    last = upcoming - timedelta(microseconds=1)
    for moment in (now + share * (last - now), last):
        assert observable(derive(page, told, moment)) == seen
    if upcoming.astimezone(history.zone).time() == datetime.min.time():
        return upcoming
    # A stated start or end may repeat what is known already.
    if upcoming not in {moment for one in told for moment in (one.started, one.ended)}:
        assert observable(derive(page, told, upcoming)) != seen
    return upcoming


@settings(max_examples=80, deadline=None)
@given(timelines, st.floats(0, 1))
def test_nothing_changes_before_the_next_change(told: list[Incident], share: float) -> None:
    moment = NOW
    for _ in range(4):
        moment = check(PAGE, told, moment, share)


@pytest.mark.extreme
@settings(max_examples=5_000, deadline=None)
@given(timelines, st.floats(0, 1))
def test_nothing_changes_before_the_next_change_for_long(
    told: list[Incident], share: float
) -> None:
    moment = NOW
    for _ in range(12):
        moment = check(PAGE, told, moment, share)


@settings(max_examples=60, deadline=None)
@given(timelines, st.randoms(use_true_random=False))
def test_the_order_of_incidents_and_of_their_updates_does_not_matter(
    told: list[Incident],
    random: Random,
) -> None:
    shuffled = [
        one._replace(updates=tuple(random.sample(one.updates, len(one.updates))))
        for one in random.sample(told, len(told))
    ]
    seen, again = (observable(derive(PAGE, one, NOW)) for one in (told, shuffled))
    assert without_files(again) == without_files(seen)


def without_files(seen: tuple[object, ...]) -> str:
    """Return what is observable without the files themselves, whose updates were shuffled."""
    records, _, components_, *rest = seen
    return repr([strip(records), strip(components_), rest])


def strip(value: object) -> object:
    match value:
        case dict():
            return {key: strip(one) for key, one in value.items()}
        case tuple() if hasattr(value, "incident"):
            return value._replace(incident=value.incident.id)  # type: ignore[attr-defined]  # a Record
        case tuple():
            return [strip(one) for one in value]
        case _:
            return value
