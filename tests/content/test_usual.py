"""The quick way to read a file of the usual form reads what the thorough way reads."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from strategies import COMPONENTS, TRICKY_LINES, incidents

from statusgen.content import parse_incident
from statusgen.content.collector import Collector
from statusgen.content.ids import stem_of
from statusgen.content.incident import parse_parts
from statusgen.content.internal import text_for
from statusgen.content.limits import read_text
from statusgen.content.usual import usual_parts
from statusgen.content.writing import write_incident
from statusgen.model import PUBLIC, Incident

BERLIN = ZoneInfo("Europe/Berlin")
PATH = "incidents/cards.md"
TYPICAL = """\
---
title: Card payments fail
components: [checkout]
---

Sorry for this.

## Investigating · 2026-11-21 10:05 UTC
next update: +30m
components: checkout=major_outage

We look into it.

### Steps

- [x] looked

## Resolved · 2026-11-21 11:05 UTC

It is over.
"""
SHAPING_LINES = (
    "## Cause",
    " ## Cause",
    r"\## Resolved · 2026-11-21 10:20 UTC",
    "### Resolved · 2026-11-21 10:20 UTC",
    "## Postmortem · 2026-11-22 10:20 UTC",
    "## Update · 2026-11-21 10:20 UTC",
    "## Completed · 2026-11-21 10:20 UTC",
    "## Resolved · 2026-02-30 10:20 UTC",
    "## Resolved · 2026-11-21 10:20 UTC ",
    "```",
    "~~~",
    "<!--",
    "-->",
    "<!-- internal -->",
    "components: api=operational",
    " components: api=operational",
    "next update: +30m",
    "code: abc",
    "impact: hardly any",
    "type: maintenance",
    "---",
    "--- ",
    r"\--",
    "**Resolved** 10:20 UTC",
    "Resolved - 2026-11-21 10:20",
    "### Resolved",
    "###Behoben",
    r"\###Resolved",
    "<<<<<<< ours",
    r"\======= ",
    "",
)


def assert_read_alike(path: str, text: str) -> None:
    raw = text.encode()
    quick = parse_incident(path, raw, BERLIN, COMPONENTS)
    problems = Collector(path)
    public = text_for(PUBLIC, read_text(raw, problems), problems)
    thorough = parse_parts(stem_of(path), public, BERLIN, COMPONENTS, problems)
    assert quick.incident == thorough.incident
    assert quick.problems == problems.all()
    assert quick.readable == problems.readable


def test_a_typical_file_is_of_the_usual_form() -> None:
    assert usual_parts(TYPICAL) is not None
    assert_read_alike(PATH, TYPICAL)


@given(incidents())
@settings(max_examples=60, deadline=None)
def test_whatever_is_written_is_read_alike(incident: Incident) -> None:
    assert_read_alike(PATH, write_incident(incident, BERLIN))


@pytest.mark.parametrize("line", SHAPING_LINES)
def test_a_line_that_may_shape_a_file_means_the_same_wherever_it_stands(line: str) -> None:
    lines = TYPICAL.split("\n")
    for place in range(len(lines) + 1):
        assert_read_alike(PATH, "\n".join([*lines[:place], line, *lines[place:]]))


PLACES = st.integers(0, len(TYPICAL))
PIECES = st.sampled_from((*SHAPING_LINES, *TRICKY_LINES, "\n", "\n\n", "#", " ", "\t", "\u0662"))


@given(st.lists(st.tuples(PLACES, PIECES, st.booleans()), max_size=4))
@example([(TYPICAL.index("10:05"), "1", False)])
@settings(max_examples=200, deadline=None)
def test_damaged_files_are_read_alike(damages: list[tuple[int, str, bool]]) -> None:
    text = TYPICAL
    for place, piece, is_line in damages:
        inserted = f"\n{piece}\n" if is_line else piece
        text = text[:place] + inserted + text[place:]
    assert_read_alike(PATH, text)
