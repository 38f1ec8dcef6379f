from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from strategies import COMPONENTS, incidents, texts

from statusgen.content import arranged, normal_text, parse_incident
from statusgen.content.writing import write_incident
from statusgen.model import (
    Affected,
    Change,
    ComponentStatus,
    Impact,
    Incident,
    Kind,
    Notify,
    Status,
    Update,
)
from statusgen.problems import has_errors

BERLIN = ZoneInfo("Europe/Berlin")

FULL = arranged(
    Incident(
        "cards",
        "Cards: they fail",
        path="incidents/cards.md",
        summary="We are sorry.",
        impact=Impact.MAJOR,
        components=(Affected("checkout", ComponentStatus.MAJOR_OUTAGE), Affected("api")),
        updates=(
            Update(
                "",
                Status.INVESTIGATING,
                datetime(2026, 11, 21, 10, 5, tzinfo=UTC),
                "Some customers see an error.",
                changes=(
                    Change("checkout", ComponentStatus.PARTIAL_OUTAGE),
                    Change("api", ComponentStatus.OPERATIONAL, ComponentStatus.MAJOR_OUTAGE),
                ),
                next_update=datetime(2026, 11, 21, 10, 20, tzinfo=UTC),
                eta=datetime(2026, 11, 21, 12, tzinfo=UTC),
                impact=Impact.CRITICAL,
                notify=Notify.AGAIN,
                author="Ann",
                code="c85syxc7gnbx",
                created=datetime(2026, 11, 21, 10, 5, 57, 8000, tzinfo=UTC),
                updated=datetime(2026, 11, 21, 10, 6, 1, tzinfo=UTC),
                tweet_id="1234567890",
                custom_tweet="Cards fail: we are on it",
            ),
            Update("", Status.POSTMORTEM, datetime(2026, 11, 23, 9, tzinfo=UTC), "## Cause\n\nUs."),
        ),
        started=datetime(2026, 11, 21, 9, 58, tzinfo=UTC),
        tags=("cards", "a, b", "[x]"),
        draft=True,
        audience="staff",
    ),
)

FULL_TEXT = """\
---
title: "Cards: they fail"
impact: major
components:
  checkout: major_outage
  api:
started: 2026-11-21 09:58 UTC
tags: [cards, "a, b", "[x]"]
draft: true
audience: staff
---

We are sorry.

## Investigating · 2026-11-21 10:05 UTC
components: checkout=partial_outage, api=major_outage->operational
next update: 2026-11-21 10:20 UTC
eta: 2026-11-21 12:00 UTC
impact: critical
notify: again
author: Ann
code: c85syxc7gnbx
created: 2026-11-21 10:05:57.008 UTC
updated: 2026-11-21 10:06:01 UTC
tweet id: 1234567890
custom tweet: Cards fail: we are on it

Some customers see an error.

## Postmortem · 2026-11-23 09:00 UTC

## Cause

Us.
"""


def test_every_part_has_its_place_in_the_text() -> None:
    assert write_incident(FULL, BERLIN) == FULL_TEXT


def test_the_clock_of_a_repeating_maintenance_is_the_pages() -> None:
    maintenance = Incident(
        "db",
        "Database",
        Kind.MAINTENANCE,
        starts=datetime(2026, 7, 1, 1, 0, tzinfo=UTC),
        ends=datetime(2026, 7, 1, 1, 30, 30, tzinfo=UTC),
        repeat="FREQ=WEEKLY",
    )
    text = write_incident(maintenance, BERLIN)
    assert "starts: 2026-07-01 03:00+02:00\nends: 2026-07-01 03:30:30+02:00\n" in text
    once = write_incident(maintenance._replace(repeat=""), BERLIN)
    assert "starts: 2026-07-01 01:00 UTC\nends: 2026-07-01 01:30:30 UTC\n" in once
    halifax = write_incident(maintenance, ZoneInfo("America/St_Johns"))
    assert "starts: 2026-06-30 22:30-02:30\n" in halifax


ESCAPES = {
    "## Cause": " ## Cause",
    "## Resolved · 2026-01-02 10:00 UTC": "\\## Resolved · 2026-01-02 10:00 UTC",
    "\\## Resolved · 2026-01-02 10:00 UTC": "\\\\## Resolved · 2026-01-02 10:00 UTC",
    "### Resolved · 10:00 UTC": "\\### Resolved · 10:00 UTC",
    "Resolved - 10:00 UTC\n---": "Resolved - 10:00 UTC\n\\---",
    "<<<<<<< HEAD": "\\<<<<<<< HEAD",
    "### Cause": "### Cause",
    "\\## Cause": "\\## Cause",
    "Cause\n-----": "Cause\n-----",
    "```\n## Resolved · 10:00 UTC\n```": "```\n## Resolved · 10:00 UTC\n```",
    "impact: some see errors": "impact: some see errors",
}


@pytest.mark.parametrize("text", ESCAPES)
def test_lines_that_look_like_something_else_are_kept_from_it(text: str) -> None:
    update = Update("", Status.RESOLVED, datetime(2026, 1, 2, tzinfo=UTC), text)
    incident = arranged(Incident("x", "X", path="incidents/x.md", summary=text, updates=(update,)))
    written = write_incident(incident, BERLIN)
    assert written.count(f"\n\n{ESCAPES[text]}\n") == 2
    assert parse_incident(incident.path, written.encode(), BERLIN, ()).incident == incident


@given(incidents())
@settings(max_examples=40, deadline=None)
def test_what_is_written_is_read_back_as_the_same_incident(incident: Incident) -> None:
    check_round_trip(incident)


@pytest.mark.extreme
@given(incidents())
@settings(max_examples=5000, deadline=None)
def test_what_is_written_is_read_back_as_the_same_incident_five_thousand_times(
    incident: Incident,
) -> None:
    check_round_trip(incident)


def check_round_trip(incident: Incident) -> None:
    text = write_incident(incident, BERLIN)
    reading = parse_incident(incident.path, text.encode(), BERLIN, COMPONENTS)
    assert reading.incident == incident
    assert reading.readable
    assert not has_errors(reading.problems)


@given(texts())
@settings(max_examples=40, deadline=None)
def test_the_normal_form_of_a_text_is_final(text: str) -> None:
    assert normal_text(text) == text


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("\n \t\n  code\n\ntext \n\n", "  code\n\ntext"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("```sh\nls", "```sh\nls\n```"),
        ("~~~~\nls\n```", "~~~~\nls\n```\n~~~~"),
        ("<!-- later", "<!-- later\n-->"),
        (" ## Cause\n   ## Effect", "## Cause\n   ## Effect"),
        ("", ""),
    ],
)
def test_normal_form(text: str, normal: str) -> None:
    assert normal_text(text) == normal
