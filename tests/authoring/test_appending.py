"""An update more in a file that a person wrote."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from statusgen.authoring.appending import News, extended, is_over, time_for, with_news
from statusgen.authoring.faults import Fault
from statusgen.authoring.promises import promise_for, still_text
from statusgen.content import parse_incident
from statusgen.languages.catalogues import translated_languages
from statusgen.model import Affected, Cadence, ComponentStatus, Impact, Incident, Status, Update

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 21, 10, 20, 30, tzinfo=UTC)
FILE = """\
---
# ticket 4711
components: {checkout: major_outage}   # as the dashboard says
title:   "Card payments fail"
---

Sorry for this.

## Investigating @ 2026-11-21 10:05 UTC
next update: +15m

Some customers see an error.
"""


def read(text: str) -> Incident:
    return parse_incident("incidents/a.md", text.encode(), BERLIN, ["checkout"]).incident


def more(text: str, news: News, now: datetime = NOW) -> str:
    incident = read(text)
    at = time_for(incident, now)
    assert isinstance(at, datetime), at
    written = extended(text, with_news(incident, at, news), BERLIN)
    assert isinstance(written, str), written
    return written


def test_everything_that_was_typed_stays() -> None:
    news = News("Traffic moves.", Status.IDENTIFIED, next_update=NOW + timedelta(minutes=29.5))
    assert more(FILE, news) == FILE + (
        "\n## Identified · 2026-11-21 10:20 UTC\nnext update: 10:50 UTC\n\nTraffic moves.\n"
    )


def test_windows_line_endings_go_on() -> None:
    text = FILE.replace("\n", "\r\n")
    added = more(text, News("It works.", Status.RESOLVED))
    assert added == text + ("\r\n## Resolved · 2026-11-21 10:20 UTC\r\n\r\nIt works.\r\n")


def test_a_file_without_a_newline_at_its_end_gets_one() -> None:
    assert more(FILE.rstrip("\n"), News("It works.")).startswith(FILE + "\n## Investigating ·")


def test_the_newest_comes_first_where_that_is_how_the_file_is() -> None:
    head, first = FILE.split("## Investigating", 1)
    text = f"{head}## Identified · 2026-11-21 10:10 UTC\n\nFound.\n\n## Investigating{first}"
    added = more(text, News("It works.", Status.RESOLVED))
    section = "## Resolved · 2026-11-21 10:20 UTC\n\nIt works.\n\n"
    assert added == head + section + text.removeprefix(head)


@pytest.mark.parametrize("typed", ["2026-11-21 11:05+01:00", "2026-11-21 11:05"])
def test_times_go_on_in_the_zone_that_the_file_is_in(typed: str) -> None:
    text = FILE.replace("2026-11-21 10:05 UTC", typed)
    news = News("On it.", next_update=NOW + timedelta(minutes=29.5))
    assert more(text, news).removeprefix(text) == (
        "\n## Investigating · 2026-11-21 11:20+01:00\nnext update: 11:50+01:00\n\nOn it.\n"
    )


def test_a_promise_of_another_day_has_its_date() -> None:
    added = more(FILE, News("On it.", next_update=NOW + timedelta(days=2)))
    assert "\nnext update: 2026-11-23 10:20:30 UTC\n" in added


def test_a_text_that_looks_like_an_update_is_a_text() -> None:
    added = more(FILE, News("## Resolved · 2026-11-21 10:19 UTC\n\n---\n\ncomponents: checkout=x"))
    assert len(read(added).updates) == 2
    assert read(added).updates[-1].status is Status.INVESTIGATING


def test_the_same_minute_gives_the_next_one() -> None:
    once = more(FILE, News("One."))
    assert read(more(once, News("Two."))).updates[-1].at == datetime(
        2026, 11, 21, 10, 21, tzinfo=UTC
    )


def test_a_newest_update_that_has_not_come_yet_is_a_fault() -> None:
    found = time_for(read(FILE), NOW - timedelta(hours=1))
    assert isinstance(found, Fault)
    assert "the newest update is of 2026-11-21 10:05 UTC, which has not come yet" in str(found)


def test_an_impact_of_the_front_matter_is_changed_there() -> None:
    text = FILE.replace("title:", "impact: minor\ntitle:")
    added = more(text, News("Worse.", impact=Impact.CRITICAL))
    assert "\nimpact: critical\n" in added
    assert read(added).impact is Impact.CRITICAL
    assert read(more(FILE, News("Worse.", impact=Impact.MAJOR))).updates[-1].impact is Impact.MAJOR


def test_a_maintenance_is_over_by_the_clock() -> None:
    starts, ends = NOW - timedelta(hours=2), NOW - timedelta(hours=1)
    window = f"starts: {starts.isoformat()}\nends: {ends.isoformat()}\n"
    text = f"---\ntitle: A\ntype: maintenance\n{window}---\n"
    assert is_over(read(text), NOW)
    assert not is_over(read(text), ends - timedelta(minutes=1))


# ── still working on it ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", ["en", *translated_languages(), "nl"])
@pytest.mark.parametrize("status", [Status.INVESTIGATING, Status.IDENTIFIED, Status.MONITORING])
def test_no_two_updates_in_a_row_say_the_same(status: Status, language: str) -> None:
    incident = Incident("a", "A")
    for number in range(8):
        text = still_text(incident, status, language)
        assert text not in [update.text for update in incident.updates[-2:]]
        update = Update(str(number), status, NOW + timedelta(minutes=number), text)
        incident = incident._replace(updates=(*incident.updates, update))


@pytest.mark.parametrize(
    ("status", "minutes"),
    [
        (ComponentStatus.MAJOR_OUTAGE, 15),
        (ComponentStatus.PARTIAL_OUTAGE, 30),
        (ComponentStatus.DEGRADED_PERFORMANCE, 60),
        (None, 60),
    ],
)
def test_the_promise_follows_from_the_impact(status: ComponentStatus | None, minutes: int) -> None:
    incident = Incident("a", "A", components=(Affected("api", status),))
    assert promise_for(incident, Cadence(), NOW) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("open_for", "cadence", "minutes"),
    [
        (timedelta(minutes=119), Cadence(), 15),
        (timedelta(minutes=120), Cadence(), 30),
        (timedelta(0), Cadence(critical=timedelta(minutes=20)), 20),
        (timedelta(0), Cadence(critical=timedelta(0)), 60),
    ],
)
def test_the_promise_follows_from_the_cadence_of_the_page_and_is_longer_after_two_hours(
    open_for: timedelta, cadence: Cadence, minutes: int
) -> None:
    first = Update("a", Status.INVESTIGATING, NOW - open_for)
    incident = Incident("a", "A", impact=Impact.CRITICAL, updates=(first,))
    assert promise_for(incident, cadence, NOW) == timedelta(minutes=minutes)
