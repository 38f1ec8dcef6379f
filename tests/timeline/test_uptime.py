"""Uptime: days in seconds, each rule, whole months by Statuspage's formula, what is unknown."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from timeline.values import (
    API,
    DEGRADED,
    MAJOR,
    OPERATIONAL,
    PARTIAL,
    at,
    config,
    incident,
    maintenance,
    update,
)

from statusgen.model import (
    Component,
    ComponentStatus,
    Config,
    Incident,
    Objective,
    Override,
    UptimeRule,
)
from statusgen.timeline import derive
from statusgen.timeline.uptime import (
    Day,
    Uptime,
    average,
    days,
    month_of,
    percent,
    uptime,
    year_of,
)

NOW = at("2026-11-21 12:00")
TODAY = date(2026, 11, 21)
STATUSPAGE = UptimeRule()
INCIDENT_IO = UptimeRule("incident-io", partial=100)
CUSTOM = UptimeRule("custom", degraded=10, partial=50, major=100)


def outage(status: ComponentStatus, start: str, end: str | None, id_: str = "out") -> Incident:
    """Return an incident of the API over [start, end)."""
    updates = [update("investigating", start)]
    if end is not None:
        updates.append(update("resolved", end))
    return incident(*updates, components={"api": status}, id=id_)


def page_of(component: Component = API, *, zone: str = "UTC", since: date | None = None) -> Config:
    page = config(component, zone=zone)
    return page._replace(page=page.page._replace(since=since))


BERLIN = page_of(zone="Europe/Berlin")


def days_of(
    *incidents: Incident,
    first: date = TODAY,
    last: date = TODAY,
    page: Config | None = None,
    now: datetime = NOW,
) -> list[Day]:
    return days(derive(page or page_of(), incidents, now), "api", first, last)


# ── days ──────────────────────────────────────────────────────────────────────────────────────


def test_a_day_has_the_seconds_of_each_status() -> None:
    told = [
        outage(DEGRADED, "2026-11-20 01:00", "2026-11-20 02:00", "one"),
        outage(PARTIAL, "2026-11-20 03:00", "2026-11-20 03:30", "two"),
        outage(MAJOR, "2026-11-20 04:00", "2026-11-20 04:10", "three"),
        maintenance("2026-11-20 05:00", "2026-11-20 07:00"),
    ]
    day = date(2026, 11, 20)
    assert days_of(*told, first=day, last=day) == [
        Day(day, 86400, 86400, maintenance=7200, degraded=3600, partial=1800, major=600),
    ]


def test_where_statuses_overlap_each_second_counts_once_as_the_worst() -> None:
    told = [
        outage(PARTIAL, "2026-11-20 01:00", "2026-11-20 03:00", "one"),
        outage(MAJOR, "2026-11-20 02:00", "2026-11-20 04:00", "two"),
        outage(MAJOR, "2026-11-20 02:30", "2026-11-20 04:00", "three"),
    ]
    (day,) = days_of(*told, first=date(2026, 11, 20), last=date(2026, 11, 20))
    assert (day.partial, day.major) == (3600, 7200)


def test_an_outage_during_a_maintenance_counts() -> None:
    told = [
        maintenance("2026-11-20 05:00", "2026-11-20 07:00"),
        outage(MAJOR, "2026-11-20 06:00", "2026-11-20 06:30"),
    ]
    (day,) = days_of(*told, first=date(2026, 11, 20), last=date(2026, 11, 20))
    assert (day.maintenance, day.major) == (5400, 1800)


def test_an_outage_over_midnight_belongs_to_both_days_of_the_pages_zone() -> None:
    told = outage(MAJOR, "2026-11-19 22:30", "2026-11-19 23:30")
    found = days_of(told, first=date(2026, 11, 19), last=date(2026, 11, 20), page=BERLIN)
    assert [day.major for day in found] == [1800, 1800]


def test_parts_of_a_second_are_cut_off() -> None:
    start = update("investigating", at("2026-11-20 10:00").replace(microsecond=900_000))
    end = update("resolved", at("2026-11-20 10:01").replace(microsecond=100_000))
    told = incident(start, end, components={"api": MAJOR})
    (day,) = days_of(told, first=date(2026, 11, 20), last=date(2026, 11, 20))
    assert day.major == 60


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Berlin", date(2026, 3, 29), 23),
        ("Europe/Berlin", date(2026, 10, 25), 25),
        ("America/New_York", date(2026, 3, 8), 23),
        ("America/New_York", date(2026, 11, 1), 25),
        ("UTC", date(2026, 3, 29), 24),
        ("America/Havana", date(2026, 3, 8), 23),  # skips midnight
        ("America/Havana", date(2026, 11, 1), 25),  # has midnight twice
        ("Pacific/Apia", date(2011, 12, 30), 0),  # was skipped as a whole
    ],
)
def test_days_are_as_long_as_they_are(zone: str, day: date, hours: int) -> None:
    lasting = outage(MAJOR, "2001-01-01 00:00", "2026-11-20 00:00")
    (found,) = days_of(lasting, first=day, last=day, page=page_of(zone=zone))
    assert found == Day(day, hours * 3600, hours * 3600, major=hours * 3600)


# ── what is counted ───────────────────────────────────────────────────────────────────────────


def test_today_counts_as_a_full_day() -> None:
    assert days_of() == [Day(TODAY, 86400, 86400)]


def test_days_to_come_are_unknown() -> None:
    (_, tomorrow) = days_of(last=date(2026, 11, 22))
    assert tomorrow == Day(date(2026, 11, 22), 86400, 0)


@pytest.mark.parametrize(
    ("component", "since", "counted"),
    [
        (API, None, [True, True, True]),
        (API, date(2026, 11, 20), [False, True, True]),
        (API._replace(since=date(2026, 11, 21)), date(2026, 11, 19), [False, False, True]),
        (API._replace(since=date(2026, 11, 19)), date(2026, 11, 21), [True, True, True]),
        (API._replace(until=date(2026, 11, 20)), None, [True, True, False]),
        (API._replace(since=date(2026, 12, 1)), None, [False, False, False]),
        (API._replace(until=date(2026, 11, 1)), None, [False, False, False]),
        (API._replace(uptime=Objective("probes")), None, [False, False, False]),
    ],
    ids=[
        "nothing is said",
        "the page's since",
        "its own since comes first",
        "even if that is earlier",
        "until",
        "since is still to come",
        "until is long past",
        "nothing was measured",
    ],
)
def test_days_that_count(component: Component, since: date | None, counted: list[bool]) -> None:
    lasting = outage(MAJOR, "2026-11-01 00:00", "2026-11-21 06:00")
    found = days_of(lasting, first=date(2026, 11, 19), page=page_of(component, since=since))
    assert [bool(day.counted) for day in found] == counted
    assert [bool(day.major) for day in found] == counted


def test_what_goes_on_counts_up_to_the_last_five_minutes() -> None:
    going_on = outage(MAJOR, "2026-11-21 10:00", None)
    for now, seconds in [("12:00", 7200), ("12:04:59", 7200), ("12:05", 7500), ("10:03", 0)]:
        (day,) = days_of(going_on, now=at(f"2026-11-21 {now}"))
        assert day.major == seconds


def test_what_is_over_counts_to_the_second() -> None:
    over = outage(MAJOR, "2026-11-21 10:00:10", "2026-11-21 10:03:30")
    (day,) = days_of(over, now=at("2026-11-21 10:03:40"))
    assert day.major == 200


def test_an_outage_with_a_wrong_year_has_no_seconds_yet() -> None:
    (day,) = days_of(outage(MAJOR, "2027-11-21 10:00", None))
    assert day == Day(TODAY, 86400, 86400)


def test_updates_to_come_do_not_count() -> None:
    later = update("identified", "2026-11-21 13:00", says={"api": OPERATIONAL})
    told = incident(update("investigating", "2026-11-21 11:00"), later, components={"api": MAJOR})
    (day,) = days_of(told)
    assert day.major == 3600


def test_a_status_set_by_hand_counts() -> None:
    component = API._replace(override=Override(PARTIAL, at("2026-11-21 11:00")))
    (day,) = days_of(outage(MAJOR, "2026-11-21 10:00", None), page=page_of(component))
    assert (day.partial, day.major) == (3600, 3600)


# ── rules ─────────────────────────────────────────────────────────────────────────────────────

DAY = Day(TODAY, 86400, 86400, maintenance=500, degraded=1000, partial=2000, major=3000)


@pytest.mark.parametrize(
    ("rule", "down"),
    [
        (STATUSPAGE, Fraction(3600)),
        (INCIDENT_IO, Fraction(5000)),
        (CUSTOM, Fraction(4100)),
        (UptimeRule("custom", degraded=0, partial=0, major=0), Fraction(0)),
    ],
)
def test_rules(rule: UptimeRule, down: Fraction) -> None:
    expected = Uptime(1 - down / 86400, 86400, 500, 1000, 2000, 3000)
    assert uptime([DAY], rule) == expected
    assert uptime([DAY, Day(TODAY, 86400, 0)], rule) == expected


def test_unknown_is_not_up() -> None:
    assert uptime([], STATUSPAGE).fraction is None
    assert uptime([Day(TODAY, 86400, 0)], STATUSPAGE).fraction is None


@pytest.mark.parametrize("month", [date(2026, 2, 1), date(2026, 5, 1), date(2024, 2, 1)])
@pytest.mark.parametrize(("partial", "major"), [(0, 0), (1234, 0), (0, 4321), (7777, 86399)])
def test_a_whole_month_is_statuspages_figure(month: date, partial: int, major: int) -> None:
    start = datetime(month.year, month.month, 3, 5, tzinfo=UTC)
    told = [
        outage(PARTIAL, start.isoformat(), (start + timedelta(seconds=partial)).isoformat(), "one"),
        outage(
            MAJOR,
            (start + timedelta(days=9)).isoformat(),
            (start + timedelta(days=9, seconds=major)).isoformat(),
            "two",
        ),
    ]
    first, last = month_of(month)
    found = uptime(days_of(*told, first=first, last=last), STATUSPAGE)
    assert (found.partial, found.major) == (partial, major)
    assert found.fraction is not None
    length = (last - first).days + 1
    expected = 1 - (major + 0.3 * partial) / (length * 86400)
    assert abs(float(found.fraction) - expected) < 1e-9


def test_a_month_in_which_the_clocks_change_has_an_hour_less() -> None:
    first, last = month_of(date(2026, 3, 1))
    found = uptime(days_of(first=first, last=last, page=BERLIN), STATUSPAGE)
    assert found.counted == 31 * 86400 - 3600


def test_a_group_is_the_plain_average_of_what_is_known() -> None:
    half, full = (Uptime(one, 1, 0, 0, 0, 0) for one in (Fraction(1, 2), Fraction(1)))
    unknown = Uptime(None, 0, 0, 0, 0, 0)
    assert average([half, full, unknown]) == Fraction(3, 4)
    assert average([unknown]) is None
    assert average([]) is None


@pytest.mark.parametrize(
    ("fraction", "text"),
    [
        (Fraction(1), "100"),
        (1 - Fraction(1, 10**9), "99.99"),
        (Fraction(99_999, 100_000), "99.99"),
        (Fraction(995, 1000), "99.50"),
        (Fraction(993_786, 10**6), "99.37"),
        (Fraction(7, 10_000), "0.07"),
        (Fraction(0), "0.00"),
    ],
)
def test_percent_is_cut_off_and_100_is_exactly_that(fraction: Fraction, text: str) -> None:
    assert percent(fraction) == text


def test_months_and_years() -> None:
    assert month_of(date(2024, 2, 29)) == (date(2024, 2, 1), date(2024, 2, 29))
    assert month_of(date(2026, 12, 31)) == (date(2026, 12, 1), date(2026, 12, 31))
    assert year_of(TODAY) == (date(2026, 1, 1), date(2026, 12, 31))


# ── properties ────────────────────────────────────────────────────────────────────────────────

moments = st.integers(0, 6 * 24 * 60).map(
    lambda one: at("2026-10-22 00:00") + one * timedelta(minutes=1)
)
outages = st.lists(
    st.builds(
        lambda status, start, length, number: outage(
            status,
            start.isoformat(),
            (start + length * timedelta(minutes=7)).isoformat(),
            f"out-{number}",
        ),
        st.sampled_from([DEGRADED, PARTIAL, MAJOR]),
        moments,
        st.integers(1, 400),
        st.integers(0, 10**6),
    ),
    max_size=6,
    unique_by=lambda one: one.id,
)
FIRST, LAST = date(2026, 10, 23), date(2026, 10, 27)


@settings(max_examples=60, deadline=None)
@given(
    outages, st.randoms(use_true_random=False), st.sampled_from([STATUSPAGE, INCIDENT_IO, CUSTOM])
)
def test_uptime_is_a_fraction_that_does_not_depend_on_order(
    told: list[Incident],
    random: Random,
    rule: UptimeRule,
) -> None:
    found = days_of(*told, first=FIRST, last=LAST, page=BERLIN)
    shuffled = random.sample(told, len(told))
    assert days_of(*shuffled, first=FIRST, last=LAST, page=BERLIN) == found
    fraction = uptime(found, rule).fraction
    assert fraction is not None
    assert 0 <= fraction <= 1


@settings(max_examples=60, deadline=None)
@given(outages, st.integers(1, 4))
def test_parts_add_up_to_the_whole(told: list[Incident], cut: int) -> None:
    whole = days_of(*told, first=FIRST, last=LAST, page=BERLIN)
    middle = FIRST + timedelta(days=cut)
    early = days_of(*told, first=FIRST, last=middle - timedelta(days=1), page=BERLIN)
    late = days_of(*told, first=middle, last=LAST, page=BERLIN)
    assert early + late == whole
    for one in whole:
        assert one.degraded + one.partial + one.major <= one.counted
    total = uptime(whole, STATUSPAGE)
    assert total.major == uptime(early, STATUSPAGE).major + uptime(late, STATUSPAGE).major


@settings(max_examples=25, deadline=None)
@given(outages)
def test_seconds_are_those_of_a_count_minute_by_minute(told: list[Incident]) -> None:
    found = days_of(*told, first=FIRST, last=LAST)
    history = derive(config(API), told, NOW)
    for day in found:
        start = datetime(day.date.year, day.date.month, day.date.day, tzinfo=UTC)
        counted = dict.fromkeys((DEGRADED, PARTIAL, MAJOR), 0)
        for minute in range(24 * 60):
            moment = start + timedelta(minutes=minute)
            running = [
                list(ComponentStatus).index(span.status)
                for record in history.records
                for span in record.spans
                if span.end is not None and span.start <= moment < span.end
            ]
            if running:
                counted[list(ComponentStatus)[max(running)]] += 60
        assert (day.degraded, day.partial, day.major) == tuple(counted.values())
