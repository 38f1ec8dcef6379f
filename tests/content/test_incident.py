from __future__ import annotations

import random
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import incidents

from statusgen.content import Reading, parse_incident
from statusgen.content.writing import write_front_matter, write_incident, write_update
from statusgen.model import (
    Affected,
    Change,
    ComponentStatus,
    Impact,
    Incident,
    Kind,
    Notify,
    Status,
    derive_code,
)

BERLIN = ZoneInfo("Europe/Berlin")
KNOWN = ("api", "checkout")


def read(text: str, path: str = "incidents/2026-11-21-cards.md") -> Reading:
    return parse_incident(path, text.encode(), BERLIN, KNOWN)


def course(text: str) -> list[tuple[Status, datetime, str]]:
    """Return the updates below a front matter, of a text without problems."""
    reading = read(f"---\ntitle: Cards\n---\n{text}")
    assert reading.problems == ()
    assert reading.readable
    return [(update.status, update.at, update.text) for update in reading.incident.updates]


def at(hour: int, minute: int = 0, day: int = 21) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


EXAMPLE = """\
---
title: Card payments fail for some customers
components:
  checkout: major_outage
  api: degraded_performance
---

We are sorry.

## Investigating · 2026-11-21 10:05 UTC
next update: 10:20 UTC

Some customers see an error.

## Identified · 2026-11-21 10:20 UTC
components: checkout=partial_outage, api=major_outage → operational
next update: +30m
impact: critical
notify: again
author: Ann

A payment provider rejects about a third of our requests.

## Resolved · 2026-11-21 11:02 UTC

Card payments work again.

## Postmortem · 2026-11-23 09:00 UTC

## Cause

### Corrective actions
"""


def test_an_incident_is_read_with_all_its_parts() -> None:
    reading = read(EXAMPLE)
    assert reading.problems == ()
    assert reading.readable
    incident = reading.incident
    assert incident.id == "2026-11-21-cards"
    assert incident.path == "incidents/2026-11-21-cards.md"
    assert incident.title == "Card payments fail for some customers"
    assert incident.kind is Kind.INCIDENT
    assert incident.summary == "We are sorry."
    assert incident.components == (
        Affected("checkout", ComponentStatus.MAJOR_OUTAGE),
        Affected("api", ComponentStatus.DEGRADED_PERFORMANCE),
    )
    investigating, identified, resolved, postmortem = incident.updates
    assert investigating.next_update == at(10, 20)
    assert investigating.id == derive_code("2026-11-21-cards", "2026-11-21T10:05:00+00:00")
    assert identified.changes == (
        Change("checkout", ComponentStatus.PARTIAL_OUTAGE),
        Change("api", ComponentStatus.OPERATIONAL, ComponentStatus.MAJOR_OUTAGE),
    )
    assert identified.next_update == at(10, 50)
    assert identified.impact is Impact.CRITICAL
    assert identified.notify is Notify.AGAIN
    assert identified.author == "Ann"
    assert resolved.text == "Card payments work again."
    assert postmortem.status is Status.POSTMORTEM
    assert postmortem.text == "## Cause\n\n### Corrective actions"


@pytest.mark.parametrize(
    "heading",
    [
        "## Identified · 2026-11-21 10:20 UTC",
        "## identified - 2026-11-21T10:20Z",
        "## IDENTIFIED – 2026-11-21 11:20",
        "##  Identified — 2026-11-21 11:20+01:00  ",
        "##\tIdentified@2026-11-21 10:20:00 UTC",
    ],
)
def test_headings_may_be_spelt_in_these_ways(heading: str) -> None:
    update = read(f"---\ntitle: Cards\n---\n{heading}\nText").incident.updates[0]
    assert (update.status, update.at, update.text) == (Status.IDENTIFIED, at(10, 20), "Text")


@pytest.mark.parametrize(
    ("kind", "word", "status"),
    [
        *(("incident", word, word.lower()) for word in ("Investigating", "Monitoring", "Resolved")),
        ("incident", "Postmortem", "postmortem"),
        ("maintenance", "In progress", "in_progress"),
        ("maintenance", "in_progress", "in_progress"),
        ("maintenance", "IN-PROGRESS", "in_progress"),
        ("maintenance", "Verifying", "verifying"),
        ("maintenance", "Canceled", "cancelled"),
        ("maintenance", "Cancelled", "cancelled"),
        ("notice", "Notice", "notice"),
        ("notice", "Update", "notice"),
        ("incident", "Update", "investigating"),
        ("maintenance", "Update", "scheduled"),
    ],
)
def test_status_words_by_kind(kind: str, word: str, status: str) -> None:
    window = "starts: 2026-12-01 10:00 UTC\nends: 2026-12-01 11:00 UTC\n"
    front = f"---\ntitle: X\ntype: {kind}\n{'' if kind == 'incident' else window}---\n"
    reading = read(f"{front}## {word} · 2026-11-21 10:20 UTC\n")
    assert reading.problems == ()
    assert reading.incident.updates[0].status == status


def test_update_keeps_the_status_before_it_in_time_wherever_it_stands() -> None:
    assert course(
        "## Update · 2026-11-21 12:00 UTC\n"
        "## Update · 2026-11-21 10:30 UTC\n"
        "## Resolved · 2026-11-21 11:00 UTC\n"
        "## Identified · 2026-11-21 10:00 UTC\n",
    ) == [
        (Status.IDENTIFIED, at(10), ""),
        (Status.IDENTIFIED, at(10, 30), ""),
        (Status.RESOLVED, at(11), ""),
        (Status.RESOLVED, at(12), ""),
    ]


def test_update_in_a_maintenance_keeps_what_the_clock_has_made_of_it() -> None:
    text = (
        "---\ntitle: X\ntype: maintenance\n"
        "starts: 2026-11-21 10:00 UTC\nends: 2026-11-21 11:00 UTC\n---\n"
        "## Update · 2026-11-21 09:59 UTC\n## Update · 2026-11-21 10:00 UTC\n"
    )
    reading = read(text)
    assert reading.problems == ()
    statuses = [update.status for update in reading.incident.updates]
    assert statuses == [Status.SCHEDULED, Status.IN_PROGRESS]


QUOTED = {
    "a fence": ("```", "```"),
    "a fence of tildes": ("~~~ sh", "~~~~"),
    "a fence with a shorter one inside": ("````\n```", "````"),
    "a comment": ("<!--", "-->"),
}


@pytest.mark.parametrize("quotes", QUOTED)
def test_a_heading_that_is_quoted_is_text(quotes: str) -> None:
    opening, closing = QUOTED[quotes]
    text = f"{opening}\n## Resolved · 2026-11-21 11:00 UTC\n{closing}\nmore"
    reading = read(f"---\ntitle: X\n---\n## Identified · 2026-11-21 10:00 UTC\n\n{text}\n")
    assert [problem.code for problem in reading.problems] == ["quoted-update"]
    assert reading.readable
    assert [update.text for update in reading.incident.updates] == [text]


@pytest.mark.parametrize(
    "text",
    [
        "### Cause",
        "# Cause",
        " ## Cause",
        "   ## Cause",
        "    ## Resolved · 2026-11-21 11:00 UTC",
        "##Cause",
        "#1234 is the ticket of 2026-11-21",
        "\\## Resolved · 2026-11-21 11:00 UTC",
        "Resolved · 2026-11-21 11:00 UTC",
        "Resolved - 2026-11-21 11:00 UTC\n\n---",
        "- Resolved - 2026-11-21 11:00 UTC\n---",
        "=======",
        "`` ` ``\n## not in a fence? no: this is one line up".replace("## ", "### "),
    ],
)
def test_lines_that_begin_no_update(text: str) -> None:
    found = course(f"## Identified · 2026-11-21 10:00 UTC\n\nBefore\n{text}\nafter")
    kept = text.removeprefix("\\").replace(" ## C", "## C") if text[0] in "\\ " else text
    expected = text if text.startswith("  ") else kept
    assert found == [(Status.IDENTIFIED, at(10), f"Before\n{expected}\nafter")]


def test_inside_a_postmortem_only_a_heading_with_a_time_is_an_update() -> None:
    found = course(
        "## Postmortem · 2026-11-23 09:00 UTC\n## Cause\n### Resolved · 11:02\n"
        "## Resolved · 2026-11-21 11:02 UTC\nDone.\n",
    )
    assert found == [
        (Status.RESOLVED, at(11, 2), "Done."),
        (Status.POSTMORTEM, at(9, day=23), "## Cause\n### Resolved · 11:02"),
    ]


def test_key_lines_end_where_a_line_is_none() -> None:
    reading = read(
        "---\ntitle: X\n---\n## Identified · 2026-11-21 10:00 UTC\n"
        "  NEXT_UPDATE :+1h\nAuthor: Ann: of the night shift\nWe think: it is the network\n"
        "eta: 11:00 UTC\n",
    )
    assert reading.problems == ()
    update = reading.incident.updates[0]
    assert update.next_update == at(11)
    assert update.author == "Ann: of the night shift"
    assert update.text == "We think: it is the network\neta: 11:00 UTC"
    assert update.eta is None


def test_key_lines_behind_a_blank_line_are_text() -> None:
    assert course("## Identified · 2026-11-21 10:00 UTC\n\nauthor: Ann\n")[0][2] == "author: Ann"


def test_a_sentence_that_begins_like_a_key_line_stays_visible() -> None:
    reading = read(
        "---\ntitle: X\n---\n## Identified · 2026-11-21 10:00 UTC\n"
        "Impact: some of you cannot pay.\nauthor: Ann\n\nWe are on it.\n",
    )
    assert [problem.code for problem in reading.problems] == ["bad-value"]
    assert reading.readable
    update = reading.incident.updates[0]
    assert update.text == "Impact: some of you cannot pay.\n\nWe are on it."
    assert update.author == "Ann"


def test_updates_of_the_same_minute_have_ids_of_their_own() -> None:
    heading = "## Identified · 2026-11-21 10:00 UTC\n"
    updates = read(f"---\ntitle: X\n---\n{heading * 3}").incident.updates
    moment = "2026-11-21T10:00:00+00:00"
    assert [update.id for update in updates] == [
        derive_code("2026-11-21-cards", moment),
        derive_code("2026-11-21-cards", moment, "2"),
        derive_code("2026-11-21-cards", moment, "3"),
    ]


def test_a_code_is_the_id() -> None:
    text = "---\ntitle: X\n---\n## Identified · 2026-11-21 10:00 UTC\ncode: c85syxc7gnbx\n"
    assert read(text).incident.updates[0].id == "c85syxc7gnbx"


@pytest.mark.parametrize(
    "raw",
    [
        EXAMPLE.encode().replace(b"\n", b"\r\n"),
        EXAMPLE.encode().replace(b"\n", b"\r"),
        b"\xef\xbb\xbf" + EXAMPLE.encode(),
        b"\n \n" + EXAMPLE.encode(),
        EXAMPLE.encode().rstrip(b"\n"),
        EXAMPLE.replace("---\n", "---  \n").encode(),
    ],
    ids=["crlf", "cr", "byte order mark", "blank lines first", "no last newline", "blanks"],
)
def test_editors_may_write_the_bytes_in_their_own_way(raw: bytes) -> None:
    reading = parse_incident("incidents/2026-11-21-cards.md", raw, BERLIN, KNOWN)
    assert reading == read(EXAMPLE)


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("incidents/2026-11-21-cards-fail.md", "Cards fail"),
        ("incidents/2026/cards.md", "Cards"),
        ("2026-11-21.md", "2026-11-21"),
    ],
)
def test_without_a_title_the_name_of_the_file_stands_in(path: str, title: str) -> None:
    reading = read("---\nimpact: minor\n---\n", path)
    assert not reading.readable
    assert reading.incident.title == title


@pytest.mark.parametrize(
    ("front", "draft", "audience"),
    [
        ("draft: yes", True, "public"),
        ("draft: flase", True, "public"),
        ("audience: Staff only", False, ""),
        ("audience: [staff]", False, ""),
        ("draft: true\ntags: [", True, "public"),
        ("audience: staff\ntags: [", False, "staff"),
        ("tags: [\ndraft: true", True, "public"),
        ("tags: [\naudience: staff", False, ""),
        ("draft: false\naudience: public\ntags: [", False, "public"),
    ],
)
def test_what_may_be_meant_to_stay_private_does_even_if_it_cannot_be_read(
    front: str,
    draft: bool,  # noqa: FBT001  a column of the table
    audience: str,
) -> None:
    reading = read(f"---\ntitle: X\n{front}\n---\n## Identified · 2026-11-21 10:00 UTC\n")
    assert not reading.readable
    assert (reading.incident.draft, reading.incident.audience) == (draft, audience)


def test_both_sides_of_a_conflict_are_read() -> None:
    reading = read(
        "---\ntitle: X\n---\n## Investigating · 2026-11-21 10:00 UTC\n\nA\n\n"
        "<<<<<<< HEAD\n## Identified · 2026-11-21 10:10 UTC\n\nB\n=======\n"
        "## Monitoring · 2026-11-21 10:20 UTC\n\nC\n>>>>>>> branch\n",
    )
    assert not reading.readable
    assert [update.text for update in reading.incident.updates] == ["A", "B", "C"]


@given(incidents(distinct_times=True), st.randoms(use_true_random=False))
@settings(max_examples=20, deadline=None)
def test_updates_may_stand_in_any_order(incident: Incident, chance: random.Random) -> None:
    sections = [write_update(update) for update in incident.updates]
    chance.shuffle(sections)
    text = write_front_matter(incident, BERLIN)
    if incident.summary:
        text = write_incident(incident._replace(updates=()), BERLIN)
    text += "".join(f"\n{section}" for section in sections)
    assert parse_incident(incident.path, text.encode(), BERLIN, ()).incident == incident


@given(incidents(distinct_times=True), st.randoms(use_true_random=False))
@settings(max_examples=20, deadline=None)
def test_appends_merged_by_union_lose_nothing(incident: Incident, chance: random.Random) -> None:
    """Git's union driver keeps the lines of both sides, one side's after the other's."""
    base = write_incident(incident._replace(updates=incident.updates[:1]), BERLIN)
    sides: tuple[list[str], list[str]] = ([], [])
    for update in incident.updates[1:]:
        chance.choice(sides).append(f"\n{write_update(update)}")
    first, second = sides if chance.random() < 0.5 else reversed(sides)
    merged = base + "".join(first) + "".join(second)
    assert parse_incident(incident.path, merged.encode(), BERLIN, ()).incident == incident


def test_what_becomes_of_components_counts_wherever_it_stands() -> None:
    reading = read(
        "---\ntitle: X\n---\ncomponents: api=operational\n\n"
        "## Identified · 2026-11-21 10:00 UTC\ncomponents: checkout=major_outage\n\nOne.\n\n"
        "components: api=partial_outage , checkout = operational\n\nTwo.\n\n"
        " components: api=major_outage\n```\ncomponents: api=major_outage\n```\n",
    )
    assert [problem.code for problem in reading.problems] == ["stray-key-line"]
    assert reading.incident.summary == "components: api=operational"
    assert reading.incident.updates[0].changes == (
        Change("checkout", ComponentStatus.MAJOR_OUTAGE),
        Change("api", ComponentStatus.PARTIAL_OUTAGE),
        Change("checkout", ComponentStatus.OPERATIONAL),
    )
    text = "One.\n\n\nTwo.\n\ncomponents: api=major_outage\n```\ncomponents: api=major_outage\n```"
    assert reading.incident.updates[0].text == text
