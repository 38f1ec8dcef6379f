from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from acme_site import at

from statusgen.site.words.language import ENGLISH
from statusgen.site.words.moments import (
    clock_writer,
    day_of_writer,
    day_writer,
    hours_writer,
    moment_writer,
    window_writer,
)
from statusgen.timeline.record import Window

FORMATS = ENGLISH.formats


def words(html: str) -> str:
    text = re.sub(r"<[^>]+>", "", html).replace("\N{NO-BREAK SPACE}", " ")
    return text.replace("\N{WORD JOINER}", "").replace("\N{MINUS SIGN}", "-")


def machine_times(html: str) -> list[datetime]:
    return [datetime.fromisoformat(one) for one in re.findall('datetime="(.*?)"', html)]


@pytest.mark.parametrize(
    ("zone", "moment", "text"),
    [
        ("UTC", "2026-11-21 10:05", "Sat 21 Nov 2026, 10:05 UTC"),
        ("Etc/UTC", "2026-11-21 10:05", "Sat 21 Nov 2026, 10:05 UTC"),
        ("Europe/Berlin", "2026-11-21 10:05", "Sat 21 Nov 2026, 11:05 CET (10:05 UTC)"),
        ("Europe/Berlin", "2026-07-01 22:30", "Thu 2 Jul 2026, 00:30 CEST (Wed 22:30 UTC)"),
        ("Europe/London", "2026-01-01 00:00", "Thu 1 Jan 2026, 00:00 GMT (UTC)"),
        ("America/Los_Angeles", "2026-01-01 03:09", "Wed 31 Dec 2025, 19:09 PST (Thu 03:09 UTC)"),
        ("America/Sao_Paulo", "2026-01-01 03:00", "Thu 1 Jan 2026, 00:00 UTC-03:00 (03:00 UTC)"),
        ("Asia/Kathmandu", "2026-01-01 00:00", "Thu 1 Jan 2026, 05:45 UTC+05:45 (00:00 UTC)"),
    ],
)
def test_a_moment_is_written_in_the_zone_and_in_utc(zone: str, moment: str, text: str) -> None:
    html = moment_writer(ZoneInfo(zone), ENGLISH)(at(moment))
    assert words(html) == text
    assert machine_times(html) == [at(moment)]


def test_hours_in_a_zone_that_is_utc_but_for_its_name_stand_once() -> None:
    write = window_writer(ZoneInfo("Europe/London"), ENGLISH)
    html = write(Window(at("2026-01-10 02:00"), at("2026-01-10 04:00")))
    assert words(html).replace("\N{EN DASH}", "-") == "Sat 10 Jan 2026, 02:00-04:00 GMT (UTC)"


@pytest.mark.parametrize(
    ("moment", "beside", "text"),
    [
        ("2026-11-21 10:05", "2026-11-21 06:00", "11:05 CET (10:05 UTC)"),
        ("2026-11-21 10:05", "2026-11-20 23:30", "11:05 CET (10:05 UTC)"),
        ("2026-11-20 23:30", "2026-11-21 10:05", "00:30 CET (Fri 23:30 UTC)"),
        ("2026-11-21 10:05", "2026-11-20 22:30", "Sat 21 Nov 2026, 11:05 CET (10:05 UTC)"),
    ],
)
def test_a_day_is_named_once_where_another_moment_of_it_stands(
    moment: str, beside: str, text: str
) -> None:
    write = clock_writer(ZoneInfo("Europe/Berlin"), ENGLISH)
    assert words(write(at(moment), at(beside))) == text


def test_both_hours_of_the_autumn_change_are_told_apart() -> None:
    write = moment_writer(ZoneInfo("Europe/Berlin"), ENGLISH)
    assert words(write(at("2026-10-25 00:30"))) == "Sun 25 Oct 2026, 02:30 CEST (00:30 UTC)"
    assert words(write(at("2026-10-25 01:30"))) == "Sun 25 Oct 2026, 02:30 CET (01:30 UTC)"


@pytest.mark.parametrize(
    ("zone", "start", "end", "text"),
    [
        (
            "Europe/Berlin",
            "2026-12-05 05:00",
            "2026-12-05 06:00",
            "Sat 5 Dec 2026, 06:00-07:00 CET (05:00-06:00 UTC)",
        ),
        ("UTC", "2026-12-05 05:00", "2026-12-05 06:00", "Sat 5 Dec 2026, 05:00-06:00 UTC"),
        (
            "UTC",
            "2026-12-05 23:00",
            "2026-12-06 01:00",
            "Sat 5 Dec 2026, 23:00 UTC to Sun 6 Dec 2026, 01:00 UTC",
        ),
        (
            "Europe/Berlin",
            "2026-12-05 22:30",
            "2026-12-05 23:30",
            "Sat 5 Dec 2026, 23:30 CET (22:30 UTC) to Sun 6 Dec 2026, 00:30 CET (Sat 23:30 UTC)",
        ),
        (
            "Asia/Tokyo",
            "2026-12-01 18:00",
            "2026-12-01 18:30",
            "Wed 2 Dec 2026, 03:00-03:30 JST (Tue 18:00-18:30 UTC)",
        ),
        (
            "Asia/Tokyo",
            "2026-12-01 23:00",
            "2026-12-02 00:30",
            "Wed 2 Dec 2026, 08:00-09:30 JST (Tue 23:00-Wed 00:30 UTC)",
        ),
        (
            "Europe/Berlin",
            "2026-10-25 00:00",
            "2026-10-25 02:00",
            "Sun 25 Oct 2026, 02:00 CEST (00:00 UTC) to Sun 25 Oct 2026, 03:00 CET (02:00 UTC)",
        ),
    ],
)
def test_a_window_names_its_day_once_where_it_is_one(
    zone: str,
    start: str,
    end: str,
    text: str,
) -> None:
    html = window_writer(ZoneInfo(zone), ENGLISH)(Window(at(start), at(end)))
    assert words(html).replace("\N{EN DASH}", "-") == text
    assert machine_times(html) == [at(start), at(end)]


def test_lines_end_at_none_of_the_dashes_and_behind_no_weekday() -> None:
    write = window_writer(ZoneInfo("America/Sao_Paulo"), ENGLISH)
    html = write(Window(at("2026-12-02 02:00"), at("2026-12-02 02:30")))
    gap, dash, minus = "\N{NO-BREAK SPACE}", "\N{EN DASH}\N{WORD JOINER}", "\N{MINUS SIGN}"
    assert re.sub(r"<[^>]+>", "", html).split(" ")[4:] == [
        f"23:00{dash}23:30{gap}UTC{minus}03:00",
        f"(Wed{gap}02:00{dash}02:30{gap}UTC)",
    ]
    russian = replace(ENGLISH, formats=FORMATS._replace(span="\N{EM DASH}"))
    html = window_writer(ZoneInfo("UTC"), russian)(
        Window(at("2026-12-02 02:00"), at("2026-12-02 02:30"))
    )
    assert "02:00</time>\N{WORD JOINER}\N{EM DASH}\N{WORD JOINER}<time" in html


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 s"),
        (59, "59 s"),
        (60, "1 min"),
        (119, "1 min"),
        (3600, "1 h"),
        (4320, "1 h 12 min"),
        (86_400, "1 d"),
        (86_400 + 60, "1 d"),
        (3 * 86_400 + 2 * 3600 + 59, "3 d 2 h"),
    ],
)
def test_a_duration_has_its_two_largest_units(seconds: int, text: str) -> None:
    assert FORMATS.duration_text(seconds) == text
    assert FORMATS.duration_text(timedelta(seconds=seconds, microseconds=999_999)) == text


def test_days_and_months_have_english_names_whatever_the_locale() -> None:
    assert words(day_writer(ENGLISH)(date(2026, 3, 1))) == "Sun 1 Mar 2026"
    assert FORMATS.short_day_text(date(2026, 3, 9)) == "9 Mar"
    assert FORMATS.month_text(date(2026, 3, 9)) == "March 2026"
    assert FORMATS.short_month_text(date(2026, 3, 9)) == "Mar 2026"


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("", ""),
        ("A", "A"),
        ("AB", "A and B"),
        ("ABC", "A, B and C"),
        ("ABCD", "A, B, C and D"),
    ],
)
def test_a_list_ends_with_a_word(words: str, text: str) -> None:
    assert FORMATS.list_text(words) == text


def test_numbers_are_written_in_groups_and_percentages_apart_from_their_sign() -> None:
    assert [FORMATS.number_text(one) for one in (0, 999, 1282)] == ["0", "999", "1,282"]
    assert FORMATS.percent_text("99.95") == "99.95\N{NO-BREAK SPACE}%"


def test_machines_read_a_moment_in_the_zone_of_the_page() -> None:
    html = moment_writer(ZoneInfo("Europe/Berlin"), ENGLISH)(at("2026-11-21 10:05"))
    assert html.startswith('<time datetime="2026-11-21T11:05+01:00">')


def test_a_moment_is_on_the_day_that_the_zone_has() -> None:
    moment = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    assert words(day_of_writer(ZoneInfo("Europe/Berlin"), ENGLISH)(moment)) == "Mon 2 Mar 2026"


NIGHT = Window(at("2026-12-02 02:00"), at("2026-12-02 02:30"))


@pytest.mark.parametrize(
    ("zone", "text", "machine"),
    [
        ("Europe/Berlin", "03:00-03:30 CET (02:00-02:30 UTC)", "2026-12-02T03:00+01:00"),
        ("UTC", "02:00-02:30 UTC", "2026-12-02T02:00Z"),
    ],
)
def test_a_window_beside_its_day_is_written_without_it(zone: str, text: str, machine: str) -> None:
    html = hours_writer(ZoneInfo(zone), ENGLISH)(NIGHT, None)
    assert words(html).replace("\N{EN DASH}", "-") == text
    assert html.startswith(f'<span class="window"><time datetime="{machine}">')


@pytest.mark.parametrize(
    ("window", "beside"),
    [
        (NIGHT, "2026-12-01 12:00"),
        (Window(at("2026-12-02 02:00"), at("2026-12-03 02:00")), "2026-12-02 02:00"),
        (Window(at("2026-10-25 00:30"), at("2026-10-25 01:30")), "2026-10-25 00:30"),
    ],
    ids=["another day", "two days", "the clocks change"],
)
def test_a_window_that_is_not_all_on_the_day_beside_it_is_written_whole(
    window: Window,
    beside: str,
) -> None:
    zone = ZoneInfo("Europe/Berlin")
    html = hours_writer(zone, ENGLISH)(window, at(beside))
    assert html == window_writer(zone, ENGLISH)(window)
