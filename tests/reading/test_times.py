from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from stopwatch import within

from statusgen.problems import Location, Severity
from statusgen.reading.times import parse_date, parse_time, write_time

BERLIN = ZoneInfo("Europe/Berlin")
WHERE = Location("f", 1, 1)
AFTER = datetime(2026, 11, 21, 10, 20, tzinfo=UTC)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]  # year, month, day and so on


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-21 10:05 UTC", utc(2026, 11, 21, 10, 5)),
        ("2026-11-21T10:05Z", utc(2026, 11, 21, 10, 5)),
        ("2026-11-21 10:05Z", utc(2026, 11, 21, 10, 5)),
        ("2026-11-21T10:05:06Z", utc(2026, 11, 21, 10, 5, 6)),
        ("2023-09-20T21:05:57.008Z", utc(2023, 9, 20, 21, 5, 57, 8000)),
        ("2026-11-21 10:05:06.123456 UTC", utc(2026, 11, 21, 10, 5, 6, 123456)),
        ("2026-11-21 10:05:06.1 UTC", utc(2026, 11, 21, 10, 5, 6, 100000)),
        ("2026-11-21 10:05 +02:00", utc(2026, 11, 21, 8, 5)),
        ("2026-11-21 10:05+0200", utc(2026, 11, 21, 8, 5)),
        ("2026-11-21 10:05+02", utc(2026, 11, 21, 8, 5)),
        ("2026-11-21T10:05:00-03:30", utc(2026, 11, 21, 13, 35)),
        ("2026-11-21 10:05-00:00", utc(2026, 11, 21, 10, 5)),
        ("2026-01-01 00:30 +14:00", utc(2025, 12, 31, 10, 30)),
        (" 2026-11-21  10:05  UTC ", utc(2026, 11, 21, 10, 5)),
        ("2026-11-21 10:05 utc", utc(2026, 11, 21, 10, 5)),
        ("2026-11-21t10:05z", utc(2026, 11, 21, 10, 5)),
        ("2024-02-29 00:00 UTC", utc(2024, 2, 29)),
    ],
)
def test_a_time_with_a_zone_is_that_moment(text: str, expected: datetime) -> None:
    result = parse_time(text, BERLIN)
    assert (result.at, result.naive, result.problems(WHERE)) == (expected, False, [])
    assert result.at is not None
    assert result.at.tzinfo is UTC


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-21 10:05", utc(2026, 11, 21, 9, 5)),
        ("2026-07-21T10:05:30", utc(2026, 7, 21, 8, 5, 30)),
    ],
)
def test_a_time_without_a_zone_is_the_pages_and_check_says_so(
    text: str,
    expected: datetime,
) -> None:
    result = parse_time(text, BERLIN)
    assert (result.at, result.naive) == (expected, True)
    problem = result.problems(WHERE)[0]
    assert (problem.code, problem.severity) == ("naive-time", Severity.WARNING)
    assert problem.hint == f"write {write_time(expected)}"


def test_a_time_that_the_clocks_skip_is_an_error_with_the_one_that_was_meant() -> None:
    result = parse_time("2025-03-30 02:30", BERLIN)
    assert result.at is None
    problem = result.problems(WHERE)[0]
    assert (problem.code, problem.is_error) == ("time-does-not-exist", True)
    assert problem.hint == "did you mean 2025-03-30 03:30, that is 2025-03-30 01:30 UTC?"


def test_a_time_that_the_clocks_show_twice_is_the_first_with_a_warning() -> None:
    result = parse_time("2025-10-26 02:30", BERLIN)
    assert result.at == utc(2025, 10, 26, 0, 30)
    problem = result.problems(WHERE)[0]
    assert (problem.code, problem.severity) == ("time-is-ambiguous", Severity.WARNING)
    assert problem.hint == "write 2025-10-26 00:30 UTC or 2025-10-26 01:30 UTC"


@pytest.mark.parametrize(
    ("text", "reason", "hint"),
    [
        ("2026-13-01 10:00 UTC", "there is no month 13", "write it like"),
        ("2026-00-01 10:00 UTC", "there is no month 00", "write it like"),
        ("2023-02-30 10:00 UTC", "2023-02 has no day 30", "write it like"),
        ("2026-02-29 10:00", "2026-02 has no day 29", "write it like"),
        ("2026-11-00 10:00", "2026-11 has no day 00", "write it like"),
        ("2026-11-21 24:00 UTC", "there is no hour 24", "write it like"),
        ("2026-11-21 25:61 UTC", "there is no hour 25", "write it like"),
        ("2026-11-21 10:60 UTC", "there is no minute 60", "write it like"),
        ("2026-11-21 10:05:60Z", "there is no second 60", "write it like"),
        ("2026-11-21 10:05 +99:99", "there is no zone +99:99", "write it like"),
        ("2026-11-21 10:05 +14:60", "there is no zone +14:60", "write it like"),
        ("0000-01-01 00:00 UTC", "the year 0000 is not between", "write it like"),
        ("0206-11-21 10:05 UTC", "the year 0206 is not between", "write it like"),
        ("9999-12-31 23:59 UTC", "the year 9999 is not between", "write it like"),
        ("1970-01-01 00:30", "outside 1970 to 2199", "write it like"),
        ("2026-11-21 015:05 UTC", "is not a time", "did you mean 2026-11-21 15:05 UTC?"),
        ("2026-1-5 9:05", "is not a time", "did you mean 2026-01-05 09:05?"),
        ("2026/11/21 10.05 GMT", "is not a time", "did you mean 2026-11-21 10:05 UTC?"),
        ("2026-13-5 9:05", "there is no month 13", "write it like"),
        ("2026-11-21", "'2026-11-21' has no time of day", "write it like"),
        ("10:50 UTC", "'10:50 UTC' has no date", "write it like"),
        ("+30m", "'+30m' has no date", "write it like"),
        ("2026-11-21 10:05 EST", "'EST' is not a zone that we read", "+01:00"),
        ("2026-11-21 10:05 CET", "'CET' is not a zone that we read", "2026-11-21 09:05 UTC?"),
        ("2026-07-21 10:05 cest", "'cest' is not a zone that we read", "2026-07-21 08:05 UTC?"),
        ("2026-10-25 02:30 CET", "'CET' is not a zone that we read", "2026-10-25 01:30 UTC?"),
        ("2026-07-21 10:05 CET", "'CET' is not a zone that we read", "+01:00"),
        ("2026-11-21 10:05 PM", "is not a time", "did you mean 2026-11-21 22:05?"),
        ("2026-11-21 2pm UTC", "is not a time", "did you mean 2026-11-21 14:00 UTC?"),
        ("21.11.2026, 14.05 Uhr", "is not a time", "did you mean 2026-11-21 14:05?"),
        ("2026-11-21 12pm", "is not a time", "write it like 2026-11-21 10:05 UTC"),
        ("11/12/2026 14:05", "is not a time", "write it like 2026-11-21 10:05 UTC"),
        ("32.11.2026 14:05", "is not a time", "write it like 2026-11-21 10:05 UTC"),
        ("21.11.2026 10:05", "is not a time", "did you mean 2026-11-21 10:05?"),
        ("Nov 26, 2026 - 14:05 UTC", "is not a time", "did you mean 2026-11-26 14:05 UTC?"),
        ("November 5th, 2026 2:05 pm", "is not a time", "did you mean 2026-11-05 14:05?"),
        ("26 Nov 2026, 9:05 UTC", "is not a time", "did you mean 2026-11-26 09:05 UTC?"),
        ("Nov 26, 2026 14:05 CET", "'CET' is not a zone", "did you mean 2026-11-26 13:05 UTC?"),
        ("Nov 26, 14:05 UTC", "is not a time", "write it with its year: YYYY-11-26 14:05 UTC"),
        ("Nov 31, 14:05 UTC", "is not a time", "write it like 2026-11-21 10:05 UTC"),
        ("tomorrow", "'tomorrow' is not a time", "write it like 2026-11-21 10:05 UTC"),
        ("", "'' is not a time", "write it like 2026-11-21 10:05 UTC"),
        ("2026-W47-6 10:05 UTC", "is not a time", "write it like"),
        ("2026-11-21 10:05:06.1234567 UTC", "is not a time", "write it like"),
        ("２０２６-11-21 10:05 UTC", "is not a time", "write it like"),
        ("2026-11-21\n10:05 UTC", "is not a time", "write it like"),
    ],
)
def test_what_is_no_time_is_an_error_with_a_reason_and_a_good_form(
    text: str,
    reason: str,
    hint: str,
) -> None:
    result = parse_time(text, BERLIN)
    assert (result.at, result.code) == (None, "bad-time")
    assert reason in result.reason
    assert hint in result.hint
    assert [one.is_error for one in result.problems(WHERE)] == [True]


@pytest.mark.parametrize(
    ("text", "near", "meant"),
    [
        ("Nov 26, 14:05 UTC", date(2026, 11, 21), "2026-11-26 14:05 UTC"),
        ("Jan 2, 00:05 UTC", date(2026, 12, 31), "2027-01-02 00:05 UTC"),
        ("Dec 31, 23:55 UTC", date(2027, 1, 1), "2026-12-31 23:55 UTC"),
        ("Feb 29, 14:05 UTC", date(2028, 3, 1), "2028-02-29 14:05 UTC"),
    ],
)
def test_a_date_without_a_year_is_suggested_with_the_one_that_is_near(
    text: str, near: date, meant: str
) -> None:
    assert parse_time(text, BERLIN, near=near).hint == f"did you mean {meant}?"


def test_a_promise_without_a_year_is_suggested_with_that_of_its_update() -> None:
    hint = parse_time("Nov 21, 10:50 UTC", BERLIN, after=AFTER).hint
    assert hint == "did you mean 2026-11-21 10:50 UTC?"


@pytest.mark.parametrize(
    ("text", "expected", "naive"),
    [
        ("10:50 UTC", utc(2026, 11, 21, 10, 50), False),
        ("10:20 UTC", utc(2026, 11, 22, 10, 20), False),
        ("10:10Z", utc(2026, 11, 22, 10, 10), False),
        ("11:50", utc(2026, 11, 21, 10, 50), True),
        ("10:50", utc(2026, 11, 22, 9, 50), True),
        ("10:50 +05:30", utc(2026, 11, 22, 5, 20), False),
        ("16:00:30 +0530", utc(2026, 11, 21, 10, 30, 30), False),
        ("+30m", utc(2026, 11, 21, 10, 50), False),
        ("+30 min", utc(2026, 11, 21, 10, 50), False),
        ("+2h", utc(2026, 11, 21, 12, 20), False),
        ("+1h30m", utc(2026, 11, 21, 11, 50), False),
        ("+1h 30m", utc(2026, 11, 21, 11, 50), False),
        ("+1d", utc(2026, 11, 22, 10, 20), False),
        ("+1D12H", utc(2026, 11, 22, 22, 20), False),
    ],
)
def test_a_time_without_a_date_counts_from_the_update(
    text: str,
    expected: datetime,
    *,
    naive: bool,
) -> None:
    result = parse_time(text, BERLIN, after=AFTER)
    assert (result.at, result.naive, result.code) == (expected, naive, "")


def test_a_time_without_a_date_passes_over_a_day_that_skips_it() -> None:
    before = datetime(2025, 3, 29, 12, 0, tzinfo=UTC)
    assert parse_time("02:30", BERLIN, after=before).at == utc(2025, 3, 31, 0, 30)


def test_a_time_without_a_date_may_be_the_second_of_two() -> None:
    between = datetime(2025, 10, 26, 0, 45, tzinfo=UTC)
    assert parse_time("02:30", BERLIN, after=between).at == utc(2025, 10, 26, 1, 30)


@pytest.mark.parametrize("text", ["+", "+5", "+h", "+1m1h", "30m", "+99999999d", "+-5m", "+1.5h"])
def test_half_a_span_is_no_time(text: str) -> None:
    assert parse_time(text, BERLIN, after=AFTER).code == "bad-time"


def test_a_span_without_its_sign_is_suggested_with_it() -> None:
    assert parse_time("30m", BERLIN, after=AFTER).hint == "did you mean +30m?"


@pytest.mark.parametrize("typed", ["2pm", "2:00 PM", "2 p.m.", "14 Uhr", "14.00 Uhr"])
def test_a_time_of_day_as_other_clocks_show_it_brings_a_hint(typed: str) -> None:
    assert parse_time(typed, BERLIN, after=AFTER).hint == "did you mean 14:00?"


@pytest.mark.parametrize(
    ("text", "zone", "expected"),
    [
        ("2026-11-21", "Europe/Berlin", utc(2026, 11, 20, 23)),
        ("2026-11-21", "UTC", utc(2026, 11, 21)),
        ("2018-11-04", "America/Sao_Paulo", utc(2018, 11, 4, 3)),  # began at 01:00
    ],
)
def test_a_date_is_the_beginning_of_the_day_where_a_date_is_allowed(
    text: str,
    zone: str,
    expected: datetime,
) -> None:
    result = parse_time(text, ZoneInfo(zone), date_only=True)
    assert (result.at, result.problems(WHERE)) == (expected, [])
    assert parse_time(text, ZoneInfo(zone)).code == "bad-time"


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (utc(2026, 11, 21, 10, 5), "2026-11-21 10:05 UTC"),
        (utc(2026, 11, 21, 10, 5, 6), "2026-11-21 10:05:06 UTC"),
        (utc(2023, 9, 20, 21, 5, 57, 8000), "2023-09-20 21:05:57.008 UTC"),
        (utc(2023, 9, 20, 21, 5, 0, 8000), "2023-09-20 21:05:00.008 UTC"),
        (utc(2023, 9, 20, 21, 5, 57, 8001), "2023-09-20 21:05:57.008001 UTC"),
        (datetime(2026, 7, 1, 12, 0, tzinfo=BERLIN), "2026-07-01 10:00 UTC"),
    ],
)
def test_a_time_is_written_in_utc_and_no_finer_than_it_is(at: datetime, text: str) -> None:
    assert write_time(at) == text


MOMENTS = st.datetimes(datetime(1970, 1, 2), datetime(2199, 12, 30), timezones=st.just(UTC))


@given(MOMENTS)
def test_what_is_written_is_read_back(at: datetime) -> None:
    assert parse_time(write_time(at), BERLIN) == (at, False, "", "", "")


@given(MOMENTS, st.integers(-14 * 60, 14 * 60))
def test_an_offset_does_not_change_the_moment(at: datetime, minutes: int) -> None:
    local = (at + timedelta(minutes=minutes)).replace(tzinfo=None)
    ahead = f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
    assert parse_time(local.isoformat() + ahead, BERLIN).at == at


ALMOST = st.text(st.sampled_from("0123456789-: TWUCZ+"), min_size=20, max_size=20)
CANONICAL = st.builds(
    lambda at, where, what: write_time(at)[:where] + what + write_time(at)[where + 1 :],
    MOMENTS.map(lambda at: at.replace(second=0, microsecond=0)),
    st.integers(0, 19),
    st.sampled_from("0123456789-: TWUCZ+é²"),
)


@given(ALMOST | CANONICAL)
@example("2026-W47-6 10:05 UTC")
@example("2026-11-21T10:05 UTC")
@example("2026-11-21 10.05 UTC")
@example("2026-11-21 1005  UTC")
@example("2026-11-21 10:5  UTC")
@example("0001-01-01 00:00 UTC")
def test_the_short_way_of_the_usual_form_reads_what_the_long_way_reads(text: str) -> None:
    # A blank in front is stripped on the long way, and rules out the short one.
    assert parse_time(text, BERLIN) == parse_time(f" {text}", BERLIN)


@given(st.text(max_size=60), st.none() | MOMENTS)
def test_no_text_raises_and_a_result_is_in_range(text: str, after: datetime | None) -> None:
    for date_only in (False, True):
        result = parse_time(text, BERLIN, after=after, date_only=date_only)
        assert (result.at is None) == (result.code not in {"", "time-is-ambiguous"})


@pytest.mark.parametrize("text", ["1" * 60_000, "+" * 60_000, " " * 60_000 + "x", "1:" * 30_000])
def test_a_long_text_is_refused_at_once(text: str) -> None:
    with within(0.2):
        assert parse_time(text, BERLIN, after=AFTER).code == "bad-time"


@pytest.mark.parametrize("naive", [True, False])
@pytest.mark.parametrize("after", [utc(1970, 1, 1), utc(2199, 12, 31, 23)])
def test_the_ends_of_the_range_raise_nothing(after: datetime, *, naive: bool) -> None:
    zone = "" if naive else "+14:00"
    for text in (f"23:59{zone}", f"00:00{zone}", "+999d"):
        parse_time(text, ZoneInfo("Pacific/Kiritimati"), after=after)


@pytest.mark.parametrize("text", ["+999d", "23:59 -14:00"])
def test_a_time_past_the_end_of_all_time_is_out_of_range(text: str) -> None:
    last = datetime(9999, 12, 31, 23, 0, tzinfo=UTC)
    assert parse_time(text, BERLIN, after=last).code == "bad-time"


@pytest.mark.parametrize("text", ["2026-11-21", "2024-02-29"])
def test_a_date_is_read(text: str) -> None:
    assert parse_date(text) == (date.fromisoformat(text), "", "")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2023-02-30", "2023-02 has no day 30"),
        ("2026-13-01", "there is no month 13"),
        ("0000-01-01", "the year 0000 is not between 1970 and 2199"),
        ("21.11.2026", "'21.11.2026' is not a date"),
        ("2026-11-21 10:00", "'2026-11-21 10:00' is not a date"),
        ("", "'' is not a date"),
    ],
)
def test_what_is_no_date_has_a_reason(text: str, reason: str) -> None:
    assert parse_date(text) == (None, reason, "write it like 2026-11-21")
