"""Lines that mean to be an update's heading and are text, and text that only looks like it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from stopwatch import within

from statusgen.content import parse_incident

BERLIN = ZoneInfo("Europe/Berlin")
BEFORE = "## Investigating · 2026-11-26 13:05 UTC\n\nSome customers see an error.\n\n"
EXAMPLE = "write it like '## Resolved · 2026-11-21 10:20 UTC'"


def told(body: str, front: str = "") -> list[tuple[int, str]]:
    """Return the line of each text that should be an update, and what to write instead."""
    raw = f"---\ntitle: Card payments fail\n{front}---\n\n{body}\n".encode()
    problems = parse_incident("incidents/cards.md", raw, BERLIN, ()).problems
    found = [one for one in problems if one.code == "update-as-text"]
    assert all(one.where.column == 1 for one in found)
    return [(one.where.line, one.hint.partition(", or begin")[0]) for one in found]


@pytest.mark.parametrize(
    "line",
    [
        "Resolved · 2026-11-26 14:05 UTC",
        "Resolved - 2026-11-26 14:05 UTC",
        "Resolved: 2026-11-26 15:05",
        "RESOLVED — 14:05 UTC",
        "**Resolved** 14:05 UTC",
        "**Resolved:** 14:05 UTC",
        "**Resolved · 14:05 UTC**",
        "__Resolved__ at 14:05 UTC",
        "_Resolved_ (14:05 UTC)",
        "- **Resolved** 14:05 UTC",
        "* Resolved - 14:05 UTC",
        "Resolved [15:05]",
        "Resolved - 14:05",
        "Resolved - 3:05 pm",
        "Resolved - 15:05 CET",
        "Resolved - Nov 26, 14:05 UTC",
        "Resolved - Nov 26, 2026 - 14:05 UTC",
        "2026-11-26 14:05 UTC - Resolved",
        "Nov 26, 14:05 UTC: **Resolved**",
        "Fixed 14:05 UTC",
        "Behoben um 15:05 Uhr",
        "**Gelöst:** 14:05 UTC",
        "Résolu - 14:05 UTC",
        "Resuelto 14:05 UTC",
        "Resolvido: 14:05 UTC",
        "Решено 14:05 UTC",
        "解決済み 14:05 UTC",
    ],
)
def test_a_status_and_a_time_alone_on_a_line_are_told_with_the_heading(line: str) -> None:
    heading = [(9, "write '## Resolved · 2026-11-26 14:05 UTC'")]
    assert told(f"{BEFORE}{line}\n\nIt works again.") == heading
    assert told(f"{BEFORE}{line}") == heading


@pytest.mark.parametrize(
    "line",
    [
        "### Resolved",
        "### Resolved:",
        "### **Resolved**",
        "# Resolved",
        "#### Behoben",
        "Resolved",
        "Resolved:",
        "**Resolved**",
        "**Resolved:**",
        "_Résolu_",
        "Resolved\n--------",
        "Resolved on 2026-11-26",
    ],
)
def test_without_a_time_of_day_it_is_told_how_a_heading_looks(line: str) -> None:
    assert told(f"{BEFORE}{line}\n\nIt works again.") == [(9, EXAMPLE)]


@pytest.mark.parametrize("line", ["###Investigating", "##Resolved", "###Behoben", "##Resolved:"])
def test_hashes_without_a_space_before_a_status_are_an_error(line: str) -> None:
    raw = f"---\ntitle: Cards\n---\n\n{BEFORE}{line}\n\nIt works again.\n".encode()
    reading = parse_incident("incidents/cards.md", raw, BERLIN, ())
    assert reading.problems[0].code == "heading-level"
    assert reading.problems[0].where.line == 9
    assert not reading.readable


def test_a_heading_of_another_level_in_another_language_is_an_error() -> None:
    raw = f"---\ntitle: Cards\n---\n\n{BEFORE}### Behoben · 2026-11-26 14:05 UTC\n".encode()
    reading = parse_incident("incidents/cards.md", raw, BERLIN, ())
    assert [one.code for one in reading.problems] == ["heading-level", "unknown-status"]


def test_a_heading_before_the_first_update_is_told_with_the_day_of_the_file() -> None:
    body = f"Identified - 12:50 UTC\n\nA provider fails.\n\n{BEFORE}"
    assert told(body) == [(5, "write '## Identified · 2026-11-26 12:50 UTC'")]


def test_a_date_may_be_days_after_the_update_above() -> None:
    assert told(f"{BEFORE}Monitoring - Nov 29, 14:05 UTC") == [
        (9, "write '## Monitoring · 2026-11-29 14:05 UTC'")
    ]


def test_what_a_maintenance_calls_it_is_suggested_there() -> None:
    window = "type: maintenance\nstarts: 2026-11-26 13:00 UTC\nends: 2026-11-26 16:00 UTC\n"
    begun = "## In progress · 2026-11-26 13:00 UTC\n\nWe have begun.\n\n"
    assert told(f"{begun}**Done** 14:05 UTC", window) == [
        (12, "write '## Completed · 2026-11-26 14:05 UTC'")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Resolved by a restart at 14:05 UTC.",
        "Resolved.",
        "Monitoring shows that 2 % of the payments still fail.",
        "Monitoring the situation since 14:05 UTC",
        "**Resolved** by a restart",
        "Resolved at 14:05 UTC\nby the network team.",
        "It is\nResolved - 14:05 UTC\nand stays so.",
        "- Investigating 13:05 UTC\n- Resolved 14:05 UTC",
        "- Investigating: 13:05 UTC\n\n- Resolved: 14:05 UTC",
        "What we call it:\n\nInvestigating\n\nResolved\n\nMonitoring",
        "Affected:\n\n- Monitoring",
        "Affected:\n\n**Monitoring**",
        "### Impact\n\nNone.\n\n### Monitoring\n\nOur own graphs are late.",
        "### Update",
        "**Update:**",
        "Scheduled: 2026-11-26 22:00 UTC",
        "Started: 13:05 UTC",
        "> Resolved - 14:05 UTC",
        "`Resolved - 14:05 UTC`",
        "```\n\nResolved - 14:05 UTC\n\n```",
        "<!--\n\nResolved - 14:05 UTC\n\n-->",
        " Resolved - 14:05 UTC",
        " ### Resolved",
        "Identified a cause at 14:05 UTC",
        "Identified - 12:50 UTC",
        "#monitoring",
        "Open",
    ],
)
def test_prose_lists_quotes_and_what_is_escaped_are_text(text: str) -> None:
    assert told(f"{BEFORE}{text}\n\nMore of it.") == []


def test_an_update_may_repeat_its_own_status() -> None:
    closing = "## Resolved · 2026-11-26 14:05 UTC\n\n"
    assert told(f"{BEFORE}{closing}Resolved\n\nSorry.") == []
    assert told(f"{BEFORE}{closing}**Resolved** 14:05 UTC\n\nSorry.") == []


def test_the_last_update_may_look_back_to_those_before() -> None:
    closing = "## Resolved · 2026-11-26 14:05 UTC\n\nIt works again.\n\n"
    assert told(f"{BEFORE}{closing}Identified - 2026-11-26 13:20 UTC\n\nSo it was.") == []


def test_a_large_file_of_nothing_else_is_checked_in_seconds() -> None:
    lines = "### Monitoring\n" * 60_000
    with within(5):
        assert told(BEFORE + lines)[0] == (9, EXAMPLE.replace("Resolved", "Monitoring"))


def test_a_postmortem_has_headings_and_times_of_its_own() -> None:
    postmortem = "## Postmortem · 2026-11-27 09:00 UTC\n\n"
    text = "### Monitoring\n\n### Resolved\n\n**Resolved** 14:05 UTC\n\nResolved\n\n###Identified"
    assert told(f"{BEFORE}{postmortem}{text}") == []
