"""Times as they are typed at a command line."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from statusgen.authoring.faults import Fault
from statusgen.authoring.moments import A_DAY, earlier, later, span

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 21, 10, 5, tzinfo=UTC)  # 11:05 in Berlin
NIGHT_OF_THE_FOLD = datetime(2026, 10, 25, 0, 10, tzinfo=UTC)  # 02:10, which comes twice
BEFORE_THE_GAP = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)  # 01:30; at 02:00 it becomes 03:00


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}Z")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("15m", "2026-11-21T10:20"),
        ("+15m", "2026-11-21T10:20"),
        ("1h30m", "2026-11-21T11:35"),
        ("1 h 30 min", "2026-11-21T11:35"),
        ("90 minutes", "2026-11-21T11:35"),
        ("2d", "2026-11-23T10:05"),
        ("11:30", "2026-11-21T10:30"),
        ("11:30 UTC", "2026-11-21T11:30"),
        ("11:30+02:00", "2026-11-21T21:30"),
        ("2026-11-21 12:00", "2026-11-21T11:00"),
        ("2026-11-21T12:00Z", "2026-11-21T12:00"),
        ("2pm", "2026-11-21T13:00"),
        ("2:30 p.m. UTC", "2026-11-21T14:30"),
        ("14:30 Uhr", "2026-11-21T13:30"),
        ("14:30 CET", "2026-11-21T13:30"),
        ("2pm cest", "2026-11-21T12:00"),
        ("2026-11-21 12:00:59 UTC", "2026-11-21T12:00"),
    ],
)
def test_what_lies_ahead(typed: str, meant: str) -> None:
    within = A_DAY if "+02" in typed else timedelta(hours=12)
    expected = at("2026-11-22T09:30") if "+02" in typed else at(meant)
    assert later(typed, NOW, BERLIN, "--next-update", within) == expected


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("10:58", "2026-11-21T09:58"),
        ("09:58 UTC", "2026-11-21T09:58"),
        ("23:58", "2026-11-20T22:58"),
        ("10m", "2026-11-21T09:55"),
        ("-10m", "2026-11-21T09:55"),
        ("10m ago", "2026-11-21T09:55"),
        ("2026-11-20 10:00", "2026-11-20T09:00"),
    ],
)
def test_what_lies_behind(typed: str, meant: str) -> None:
    assert earlier(typed, NOW, BERLIN, "--started") == at(meant)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("15", "'15' has no unit; did you mean 15m?"),
        ("soon", "'soon' is not a time; write it like 15m, 1h30m or 14:30"),
        ("25:00", "there is no hour 25"),
        ("11:00", "'11:00' has passed; for the next day write 2026-11-22 10:00 UTC"),
        ("2026-11-21 10:00 UTC", "2026-11-21 10:00 UTC is not after 2026-11-21 10:05 UTC"),
        ("2026-02-30 10:00", "2026-02 has no day 30"),
        ("9999999d", "is more than a year"),
        ("0m", "is not after"),
    ],
)
def test_what_cannot_lie_ahead(typed: str, said: str) -> None:
    found = later(typed, NOW, BERLIN, "--next-update")
    assert isinstance(found, Fault)
    assert found.given == "--next-update"
    assert said in str(found)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("14:00", "'14:00' has not come yet; for the day before write 2026-11-20 13:00 UTC"),
        ("2026-11-21 12:00", "2026-11-21 11:00 UTC is not before 2026-11-21 10:05 UTC"),
        ("noon", "is not a time"),
    ],
)
def test_what_cannot_lie_behind(typed: str, said: str) -> None:
    found = earlier(typed, NOW, BERLIN, "--started")
    assert isinstance(found, Fault)
    assert said in str(found)


@pytest.mark.parametrize("typed", ["02:30", "2026-03-29 02:30"])
def test_a_time_that_the_clocks_skip_is_a_fault(typed: str) -> None:
    found = later(typed, BEFORE_THE_GAP, BERLIN, "--next-update")
    assert isinstance(found, Fault)
    assert "the clocks in Europe/Berlin skip this time" in str(found)
    assert "did you mean 2026-03-29 03:30, that is 2026-03-29 01:30 UTC?" in str(found)


def test_the_gap_concerns_nobody_on_another_day() -> None:
    after = BEFORE_THE_GAP + timedelta(hours=20)
    assert later("02:30", after, BERLIN, "--next-update") == at("2026-03-30T00:30")


@pytest.mark.parametrize("typed", ["02:30", "2026-10-25 02:30"])
def test_a_time_that_the_clocks_show_twice_is_a_fault(typed: str) -> None:
    found = later(typed, NIGHT_OF_THE_FOLD, BERLIN, "--next-update")
    assert isinstance(found, Fault)
    assert str(found) == (
        "--next-update: the clocks in Europe/Berlin show this time twice; "
        "write 2026-10-25 00:30 UTC or 2026-10-25 01:30 UTC"
    )


def test_of_a_time_shown_twice_the_one_that_is_left_is_meant() -> None:
    between = NIGHT_OF_THE_FOLD + timedelta(minutes=40)  # 02:50 for the first time
    assert later("02:30", between, BERLIN, "--next-update") == at("2026-10-25T01:30")
    assert earlier("02:30", between, BERLIN, "--started") == at("2026-10-25T00:30")


@pytest.mark.parametrize(("typed", "minutes"), [("30m", 30), ("2h", 120), ("1h30m", 90)])
def test_lengths(typed: str, minutes: int) -> None:
    assert span(typed, "--for") == timedelta(minutes=minutes)


@pytest.mark.parametrize("typed", ["", "0m", "long", "400d", "10:00"])
def test_what_is_no_length(typed: str) -> None:
    assert isinstance(span(typed, "--for"), Fault)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("yesterday 14:05", "2026-11-20 14:05"),
        ("Yesterday at 2pm", "2026-11-20 14:00"),
        ("today 9:30", "2026-11-21 09:30"),
        ("now", "2026-11-21 10:20"),
    ],
)
def test_the_day_may_be_a_word(typed: str, meant: str) -> None:
    now = datetime(2026, 11, 21, 10, 20, tzinfo=UTC)
    found = earlier(typed, now, ZoneInfo("UTC"), "--started")
    assert isinstance(found, datetime)
    assert f"{found:%Y-%m-%d %H:%M}" == meant


def test_what_is_ahead_may_be_tomorrow_or_in_some_minutes() -> None:
    now = datetime(2026, 11, 21, 10, 20, tzinfo=UTC)
    zone = ZoneInfo("UTC")
    assert later("tomorrow 9:00", now, zone, "") == datetime(2026, 11, 22, 9, tzinfo=UTC)
    assert later("in 15 min", now, zone, "") == datetime(2026, 11, 21, 10, 35, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("20", "did you mean 20m?"),
        ("120", "did you mean 120m or 1:20?"),
        ("0350", "did you mean 03:50?"),
        ("1764208800", "write it like 15m, 1h30m or 14:30"),
    ],
)
def test_digits_alone_are_asked_about(typed: str, hint: str) -> None:
    found = earlier(typed, datetime(2026, 11, 21, 10, 20, tzinfo=UTC), ZoneInfo("UTC"), "")
    assert isinstance(found, Fault)
    assert found.hint == hint
