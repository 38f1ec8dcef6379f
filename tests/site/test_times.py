from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statusgen.site.words.times import api_times, rfc822, rfc3339

BERLIN = ZoneInfo("Europe/Berlin")
moments = st.datetimes(
    min_value=datetime(1900, 1, 1),
    max_value=datetime(2200, 1, 1),
    timezones=st.just(UTC),
)


@pytest.mark.parametrize(
    ("zone", "moment", "expected"),
    [
        ("Etc/UTC", datetime(2026, 7, 1, 10, 5, tzinfo=UTC), "2026-07-01T10:05:00.000Z"),
        ("Europe/London", datetime(2026, 1, 1, tzinfo=UTC), "2026-01-01T00:00:00.000+00:00"),
        ("Europe/London", datetime(2026, 7, 1, tzinfo=UTC), "2026-07-01T01:00:00.000+01:00"),
        (
            "America/Los_Angeles",
            datetime(2016, 4, 7, 22, 7, 25, 830_999, tzinfo=UTC),
            "2016-04-07T15:07:25.830-07:00",
        ),
        ("Asia/Kathmandu", datetime(2026, 1, 1, tzinfo=UTC), "2026-01-01T05:45:00.000+05:45"),
    ],
)
def test_the_api_writes_milliseconds_and_the_zones_offset(
    zone: str,
    moment: datetime,
    expected: str,
) -> None:
    assert api_times(ZoneInfo(zone))(moment) == expected


def test_an_hour_that_comes_twice_is_told_apart_by_its_offset() -> None:
    write = api_times(BERLIN)
    first, second = (datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1))
    assert write(first) == "2026-10-25T02:30:00.000+02:00"
    assert write(second) == "2026-10-25T02:30:00.000+01:00"


def test_an_offset_has_whole_minutes_and_the_moment_stays() -> None:
    moment, zone = datetime(1971, 12, 31, 23, tzinfo=UTC), ZoneInfo("Africa/Monrovia")
    assert api_times(zone)(moment) == "1971-12-31T22:15:00.000-00:45"
    assert parsedate_to_datetime(rfc822(moment, zone)) == moment


def test_feeds_write_whole_seconds() -> None:
    moment = datetime(2026, 3, 1, 23, 59, 59, 999_999, tzinfo=UTC)
    assert rfc3339(moment) == "2026-03-01T23:59:59Z"
    assert rfc822(moment, BERLIN) == "Mon, 02 Mar 2026 00:59:59 +0100"


@given(moments)
def test_every_moment_can_be_read_back(moment: datetime) -> None:
    second = moment.replace(microsecond=0)
    assert datetime.fromisoformat(rfc3339(moment)) == second
    assert parsedate_to_datetime(rfc822(moment, UTC)) == second
    milliseconds = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    assert datetime.fromisoformat(api_times(UTC)(moment)) == milliseconds
