"""When a recurring maintenance takes place: rules, both clock changes of two zones, and limits."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stopwatch import within
from timeline.values import MAINTENANCE, OPERATIONAL, at, config, maintenance, update

from statusgen.model import Incident, Status, Update, derive_code
from statusgen.timeline import Window, derive
from statusgen.timeline.recurrence import MOST_PAST, windows_around

UTC_ZONE, BERLIN, NEW_YORK = (
    ZoneInfo("UTC"),
    ZoneInfo("Europe/Berlin"),
    ZoneInfo("America/New_York"),
)


def starts_of(
    first: str,
    repeat: str,
    *,
    until: str,
    zone: ZoneInfo = UTC_ZONE,
    hours: float = 1,
) -> list[str]:
    """Return the starts up to a moment, in UTC: 'year-month-day hour:minute'."""
    window = Window(at(first), at(first) + timedelta(hours=hours))
    windows = windows_around(window, repeat, zone, at(until))
    return [f"{one.start:%Y-%m-%d %H:%M}" for one in windows if one.start <= at(until)]


def weekly(*updates: Update) -> Incident:
    """Return a maintenance on Wednesdays from 03:00 to 03:30, first on 4 November 2026."""
    repeat = "FREQ=WEEKLY;BYDAY=WE"
    return maintenance("2026-11-04 03:00", "2026-11-04 03:30", *updates, repeat=repeat)


# ── rules ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("repeat", "days"),
    [
        ("FREQ=DAILY", ["04", "05", "06", "07", "08", "09", "10", "11", "12", "13", "14", "15"]),
        ("FREQ=WEEKLY", ["04", "11"]),
        ("FREQ=WEEKLY;BYDAY=WE,FR", ["04", "06", "11", "13"]),
        ("RRULE:FREQ=WEEKLY;INTERVAL=1;", ["04", "11"]),
        ("freq=daily;interval=5", ["04", "09", "14"]),
        ("FREQ=DAILY;COUNT=3", ["04", "05", "06"]),
        ("FREQ=WEEKLY;BYDAY=TH;COUNT=2", ["04", "05"]),
        ("FREQ=DAILY;UNTIL=20261106", ["04", "05", "06"]),
        ("FREQ=DAILY;UNTIL=20261106T025959", ["04", "05"]),
        ("FREQ=DAILY;UNTIL=20261106T030000Z", ["04", "05", "06"]),
        ("FREQ=MONTHLY;BYDAY=2TU", ["04", "10"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", ["04"]),
        ("FREQ=MONTHLY;BYMONTHDAY=15", ["04", "15"]),
    ],
)
def test_rules(repeat: str, days: list[str]) -> None:
    expected = [f"2026-11-{day} 03:00" for day in days]
    assert starts_of("2026-11-04 03:00", repeat, until="2026-11-15 23:00") == expected


@pytest.mark.parametrize(
    "repeat",
    [
        "often",
        "FREQ=HOURLY",
        "FREQ=SECONDLY",
        "FREQ=FORTNIGHTLY",
        "INTERVAL=2",
        "FREQ=DAILY;FREQ=DAILY",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=-1",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;COUNT=x",
        "FREQ=DAILY;UNTIL=tomorrow",
        "FREQ=DAILY;UNTIL=20261131",
        "FREQ=DAILY;UNTIL=99991231T235959Z",
        "FREQ=DAILY;BYHOUR=1,2",
        "FREQ=DAILY;BYEASTER=0",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;BYDAY=0MO",
        "FREQ=MONTHLY;BYMONTHDAY=40",
        "FREQ=MONTHLY;BYDAY=53TH",
        "FREQ=DAILY;BYSETPOS=9",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;",
        "FREQ=DAILY;=",
    ],
)
def test_a_rule_that_gives_nothing_leaves_the_first_window_and_takes_no_time(repeat: str) -> None:
    zone = ZoneInfo("Pacific/Kiritimati")
    with within(2):
        starts = starts_of("2026-11-04 03:00", repeat, until="2026-11-30 00:00", zone=zone)
    if repeat == "FREQ=DAILY;":
        assert len(starts) > 1
    else:
        assert starts == ["2026-11-04 03:00"]


def test_the_first_window_counts_even_where_the_rule_does_not_name_it() -> None:
    starts = starts_of("2026-11-03 03:00", "FREQ=WEEKLY;BYDAY=WE", until="2026-11-12 00:00")
    assert starts == ["2026-11-03 03:00", "2026-11-04 03:00", "2026-11-11 03:00"]


@pytest.mark.parametrize("repeat", ["FREQ=YEARLY", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"])
def test_leap_days(repeat: str) -> None:
    starts = starts_of("2024-02-29 03:00", repeat, until="2033-01-01 00:00")
    assert starts == ["2024-02-29 03:00", "2028-02-29 03:00", "2032-02-29 03:00"]


numbers = st.lists(st.integers(-60, 60), min_size=1, max_size=4).map(
    lambda found: ",".join(map(str, found)),
)
weekdays = st.lists(st.sampled_from(["MO", "2TU", "-1WE", "53TH", "FR", "0SA"]), min_size=1).map(
    ",".join,
)
parts = st.fixed_dictionaries(
    {"FREQ": st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"])},
    optional={
        "INTERVAL": st.integers(1, 400).map(str),
        "COUNT": st.integers(1, 999).map(str),
        "UNTIL": st.sampled_from(["20300101", "19700101T000000Z", "20260230"]),
        "BYDAY": weekdays,
        "BYMONTHDAY": numbers,
        "BYYEARDAY": numbers,
        "BYWEEKNO": numbers,
        "BYMONTH": st.sampled_from(["2", "2,11", "1,3,5,7", "13"]),
        "BYSETPOS": numbers,
        "WKST": st.sampled_from(["MO", "SU", "XX"]),
    },
)


@settings(max_examples=30, deadline=None)
@given(parts)
def test_no_rule_fails_or_takes_long(rule: dict[str, str]) -> None:
    first = Window(at("2026-02-27 03:00"), at("2026-02-27 05:00"))
    repeat = ";".join(f"{key}={value}" for key, value in rule.items())
    with within(3):
        windows = windows_around(first, repeat, BERLIN, at("2026-11-21 12:00"))
    assert windows[0] == first
    assert windows == sorted(windows)


@pytest.mark.parametrize("year", [1970, 1999, 2000, 2020, 2100])
def test_a_rule_lasts_as_long_as_any_page(year: int) -> None:
    starts = starts_of(f"{year}-01-07 03:00", "FREQ=YEARLY", until="2199-12-31 00:00")
    assert starts == [f"{one}-01-07 03:00" for one in range(year, 2200)]
    starts = starts_of(f"{year}-02-28 03:00", "FREQ=DAILY", until="2199-12-31 00:00")
    assert starts[-1] == "2199-12-30 03:00"


# ── clock changes ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("zone", "first", "expected"),
    [
        (
            BERLIN,
            "2026-03-27 03:00",  # 04:00 in Berlin; the clocks go forward on the 29th at 02:00
            ["2026-03-27 03:00", "2026-03-28 03:00", "2026-03-29 02:00", "2026-03-30 02:00"],
        ),
        (
            BERLIN,
            "2026-10-23 02:00",  # 04:00; they go back on the 25th at 03:00
            ["2026-10-23 02:00", "2026-10-24 02:00", "2026-10-25 03:00", "2026-10-26 03:00"],
        ),
        (
            BERLIN,
            "2026-03-28 01:30",  # 02:30, which the 29th does not have: 03:30 there
            ["2026-03-28 01:30", "2026-03-29 01:30", "2026-03-30 00:30"],
        ),
        (
            BERLIN,
            "2026-10-24 00:30",  # 02:30, which the 25th has twice: the first
            ["2026-10-24 00:30", "2026-10-25 00:30", "2026-10-26 01:30"],
        ),
        (
            NEW_YORK,
            "2026-03-06 09:00",  # 04:00 in New York; the clocks go forward on the 8th at 02:00
            ["2026-03-06 09:00", "2026-03-07 09:00", "2026-03-08 08:00", "2026-03-09 08:00"],
        ),
        (
            NEW_YORK,
            "2026-10-30 08:00",  # 04:00; they go back on 1 November at 02:00
            ["2026-10-30 08:00", "2026-10-31 08:00", "2026-11-01 09:00", "2026-11-02 09:00"],
        ),
        (
            NEW_YORK,
            "2026-03-07 07:30",  # 02:30, which the 8th does not have: 03:30 there
            ["2026-03-07 07:30", "2026-03-08 07:30", "2026-03-09 06:30"],
        ),
        (
            NEW_YORK,
            "2026-10-31 05:30",  # 01:30, which 1 November has twice: the first
            ["2026-10-31 05:30", "2026-11-01 05:30", "2026-11-02 06:30"],
        ),
    ],
)
def test_the_time_of_day_stays_when_the_clocks_change(
    zone: ZoneInfo,
    first: str,
    expected: list[str],
) -> None:
    last = (at(expected[-1]) + timedelta(hours=1)).isoformat(" ")[:16]
    assert starts_of(first, "FREQ=DAILY", until=last, zone=zone) == expected


@pytest.mark.parametrize(
    ("zone", "first", "hours", "day", "lasts"),
    [
        (BERLIN, "2026-03-28 00:00", 4, date(2026, 3, 29), 3),
        (BERLIN, "2026-10-23 23:00", 4, date(2026, 10, 25), 5),
        (BERLIN, "2026-03-28 01:30", 0.5, date(2026, 3, 29), 0.5),
        (NEW_YORK, "2026-03-07 06:00", 4, date(2026, 3, 8), 3),
        (NEW_YORK, "2026-10-31 05:00", 4, date(2026, 11, 1), 5),
    ],
)
def test_a_window_lasts_as_long_as_by_the_clock_on_the_wall(
    zone: ZoneInfo,
    first: str,
    hours: float,
    day: date,
    lasts: float,
) -> None:
    window = Window(at(first), at(first) + timedelta(hours=hours))
    windows = windows_around(window, "FREQ=DAILY", zone, at(first) + timedelta(days=4))
    (found,) = [one for one in windows if one.start.astimezone(zone).date() == day]
    assert found.end - found.start == timedelta(hours=lasts)


def test_a_day_that_a_zone_skips_has_no_window() -> None:
    zone = ZoneInfo("Pacific/Apia")  # went from 29 to 31 December 2011
    starts = starts_of("2011-12-28 20:00", "FREQ=DAILY", until="2012-01-01 00:00", zone=zone)
    assert starts == [
        "2011-12-28 20:00",
        "2011-12-29 20:00",
        "2011-12-30 20:00",
        "2011-12-31 20:00",
    ]


@settings(max_examples=20, deadline=None)
@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2037, 1, 1)),
    st.sampled_from(
        ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca"]
    ),
    st.integers(1, 47),
)
def test_in_any_zone_windows_keep_the_time_of_day_where_there_is_one(
    wall: datetime,
    name: str,
    half_hours: int,
) -> None:
    zone = ZoneInfo(name)
    start = wall.replace(tzinfo=zone).astimezone(UTC_ZONE)
    first = Window(start, start + timedelta(minutes=30 * half_hours))
    windows = windows_around(first, "FREQ=DAILY", zone, start + timedelta(days=370))
    assert len(windows) > 365
    time = start.astimezone(zone).time()
    for before, window in pairwise(windows):
        assert before.start < window.start < window.end
        day = window.start.astimezone(zone).date()
        assert window.start == datetime.combine(day, time, zone).astimezone(UTC_ZONE)


# ── occurrences as records ────────────────────────────────────────────────────────────────────


def test_past_ones_the_running_one_and_then_the_next_are_known() -> None:
    told = weekly()
    ids = {
        now: [one.id for one in derive(config(), [told], at(now)).records]
        for now in (
            "2026-11-01 00:00",
            "2026-11-04 03:10",
            "2026-11-04 03:30",
            "2026-11-11 03:10",
            "2026-11-11 03:30",
        )
    }
    first, second, third = (f"upgrade@2026-11-{day}" for day in ("04", "11", "18"))
    assert list(ids.values()) == [
        [first],
        [first],
        [second, first],
        [second, first],
        [third, second, first],
    ]


def test_each_occurrence_is_announced_when_the_one_before_ends() -> None:
    told = weekly()
    history = derive(config(), [told], at("2026-11-12 00:00"))
    announced = [one.updates[0].at for one in history.records]
    assert announced == [at("2026-11-11 03:30"), at("2026-11-04 03:30"), at("2026-10-28 03:00")]
    assert [one.status for one in history.upcoming] == [Status.SCHEDULED]


def test_an_occurrence_is_named_after_its_date_in_the_pages_zone() -> None:
    told = maintenance("2026-11-04 03:00", "2026-11-04 03:30", repeat="FREQ=WEEKLY", code="a" * 12)
    page = config(zone="America/New_York")
    (record,) = derive(page, [told], at("2026-11-01 00:00")).records
    assert record.id == "upgrade@2026-11-03"
    assert record.code == derive_code("incident", "upgrade@2026-11-03")
    assert {one.id for one in record.updates} == {derive_code(record.id, "scheduled")}


def test_an_update_belongs_to_the_occurrence_that_is_nearest() -> None:
    half_way = "2026-11-07 15:15"  # between 4 November 03:30 and 11 November 03:00
    told = weekly(
        update("verifying", "2026-11-04 03:10"),
        update("completed", half_way),
        update("cancelled", "2026-11-07 15:16"),
        update("in_progress", "2026-11-18 02:00"),
    )
    history = derive(config(), [told], at("2026-11-18 02:30"))
    courses = {
        one.id[-2:]: [str(update.status) for update in one.updates] for one in history.records
    }
    assert courses == {
        "04": ["scheduled", "in_progress", "verifying", "completed"],
        "11": ["scheduled", "cancelled"],
        "18": ["scheduled", "in_progress"],
    }
    assert history.records[-1].resolved_at == at(half_way)
    assert history.components["api"].status is MAINTENANCE


def test_only_so_many_past_occurrences_are_kept() -> None:
    told = maintenance(
        "2020-01-01 03:00",
        "2020-01-01 03:30",
        update("completed", "2020-06-01 03:10"),
        repeat="FREQ=DAILY",
    )
    history = derive(config(), [told], at("2026-11-12 00:00"))
    assert len(history.records) == MOST_PAST + 1
    assert history.records[0].id == "upgrade@2026-11-12"
    assert history.records[-1].id == "upgrade@2025-06-30"
    assert {len(one.updates) for one in history.records} == {1, 3}


@pytest.mark.parametrize("past", [498, 499, 500, 505, 507, 508, 509, 510, 600])
def test_the_newest_are_kept_however_many_there_are(past: int) -> None:
    now = at("2026-11-21 12:00")
    starts = now.replace(hour=3) - timedelta(days=past)
    told = maintenance("2026-01-01 00:00", "2026-01-01 00:00", repeat="FREQ=DAILY")._replace(
        starts=starts,
        ends=starts + timedelta(minutes=30),
        updates=(update("verifying", starts + timedelta(minutes=10)),),
    )
    history = derive(config(), [told], now)
    days = [one.window.start.date() for one in reversed(history.records) if one.window]
    assert days[-1] == date(2026, 11, 22)
    assert len(days) == min(past + 2, MOST_PAST + 1)
    assert days == [days[0] + timedelta(days=number) for number in range(len(days))]
    verified = [one.id for one in history.records if one.monitoring_at]
    assert verified == ([history.records[-1].id] if past + 2 <= MOST_PAST + 1 else [])


def test_occurrences_that_overlap_run_together() -> None:
    told = maintenance("2026-11-04 03:00", "2026-11-05 15:00", repeat="FREQ=DAILY;COUNT=2")
    history = derive(config(), [told], at("2026-11-05 04:00"))
    assert [one.id for one in history.running] == ["upgrade@2026-11-04", "upgrade@2026-11-05"]
    assert history.components["api"].status is MAINTENANCE
    assert derive(config(), [told], at("2026-11-07 00:00")).components["api"].status is OPERATIONAL


def test_a_last_occurrence_has_no_next() -> None:
    told = maintenance("2026-11-04 03:00", "2026-11-04 03:30", repeat="FREQ=DAILY;COUNT=2")
    assert derive(config(), [told], at("2026-11-30 00:00")).upcoming == ()
