from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import TRICKY_LINES

from statusgen.content import Reading, parse_incident
from statusgen.content.translation import parse_translation, translated
from statusgen.model import Incident, StandIn, Translation
from statusgen.problems import Problem

BERLIN = ZoneInfo("Europe/Berlin")
PATH = "incidents/cards.de.md"
ORIGINAL = """\
---
title: Card payments fail
components: {checkout: major_outage}
---

We are sorry.

## Investigating · 2026-11-21 10:05 UTC

Some customers see an error.

## Update · 2026-11-21 10:20 UTC

We are still looking.

## Resolved · 2026-11-21 11:02 UTC

They work again.
"""
WHOLE = """\
---
title: Kartenzahlungen schlagen fehl
---

Es tut uns leid.

## Update · 2026-11-21 10:20 UTC

Wir suchen weiter.

## Update · 2026-11-21 10:05 UTC

Manche Kunden sehen einen Fehler.

## Resolved · 2026-11-21 11:02 UTC

Sie gehen wieder.
"""


def original(text: str = ORIGINAL) -> Incident:
    reading: Reading = parse_incident("incidents/cards.md", text.encode(), BERLIN, ("checkout",))
    assert reading.problems == ()
    return reading.incident


def read(text: str, incident: Incident | None = None) -> tuple[Translation | None, list[Problem]]:
    """Return the translation that an incident gets from a text, and all problems."""
    reading = parse_translation(PATH, text.encode(), BERLIN)
    found, problems = translated(incident or original(), [("de", reading)])
    first = found.translations[0] if found.translations else None
    return first, [*reading.problems, *problems]


def with_heading(heading: str) -> str:
    return f"---\ntitle: Karten\n---\n\n{heading}\n\nEin Text.\n"


def texts_of(text: str) -> list[str]:
    """Return the texts of the original's updates that a text without problems has."""
    found, problems = read(text)
    assert problems == []
    assert found is not None
    told = dict(found.texts)
    return [told.get(update.id, "") for update in original().updates]


def test_title_summary_and_texts_belong_to_those_of_the_original() -> None:
    found, problems = read(WHOLE)
    assert problems == []
    assert found is not None
    assert found[:4] == ("de", PATH, "Kartenzahlungen schlagen fehl", "Es tut uns leid.")
    assert texts_of(WHOLE) == [
        "Manche Kunden sehen einen Fehler.",
        "Wir suchen weiter.",
        "Sie gehen wieder.",
    ]


def test_what_is_not_translated_yet_is_no_problem() -> None:
    assert texts_of("---\ntitle: Karten\n---\n") == ["", "", ""]
    assert texts_of("---\n---\n\n## Update · 2026-11-21 10:05 UTC\n\nEin Text.\n")[0] == "Ein Text."


@pytest.mark.parametrize(
    "heading",
    [
        "## Investigating · 2026-11-21 10:05 UTC",
        "## Update - 2026-11-21 11:05 +01:00",
        "## Wird untersucht · 2026-11-21 10:05 UTC",
        "## 調査中 @ 2026-11-21 10:05 UTC",
        "## 2026-11-21 10:05 UTC",
    ],
)
def test_a_heading_is_known_by_its_time(heading: str) -> None:
    assert texts_of(with_heading(heading)) == ["Ein Text.", "", ""]


@pytest.mark.parametrize(
    ("heading", "code", "line"),
    [
        ("## Update · 2026-11-21 10:06 UTC", "unknown-update", 5),
        ("## Update · 2026-11-94 10:05 UTC", "bad-time", 5),
        ("## Update", "bad-heading", 5),
        ("## Wird untersucht", "bad-heading", 5),
        ("### Update · 2026-11-21 10:05 UTC", "heading-level", 5),
        ("<<<<<<< HEAD\n## Update · 2026-11-21 10:05 UTC", "conflict-marker", 5),
    ],
)
def test_a_text_that_belongs_to_nothing_is_told(heading: str, code: str, line: int) -> None:
    found, problems = read(with_heading(heading))
    assert [(one.code, one.where.line, one.is_error) for one in problems] == [(code, line, True)]
    assert found is None or found.texts == ()


def test_the_nearest_time_is_suggested() -> None:
    _, problems = read(with_heading("## Update · 2026-11-21 10:18 UTC"))
    assert [one.hint for one in problems] == ["the nearest is of 2026-11-21 10:20 UTC"]


def test_two_updates_of_one_moment_are_told_apart_by_their_order() -> None:
    twice = ORIGINAL.replace("10:20 UTC", "10:05 UTC")
    both = with_heading(
        "## Update · 2026-11-21 10:05 UTC\n\nEins.\n\n## Update · 2026-11-21 10:05 UTC"
    )
    found, problems = read(both, original(twice))
    assert problems == []
    assert found is not None
    first, second = original(twice).updates[:2]
    assert found.texts == ((first.id, "Eins."), (second.id, "Ein Text."))


@pytest.mark.parametrize(
    "key",
    ["impact: none", "components: [checkout]", "draft: true", "starts: 2026-11-21 10:05 UTC"],
)
def test_facts_stand_in_the_original_only(key: str) -> None:
    found, problems = read(f"---\ntitle: Karten\n{key}\n---\n")
    assert [(one.code, one.where.line) for one in problems] == [("misplaced-key", 3)]
    assert found is not None
    assert found.title == "Karten"


def test_key_lines_do_not_count_and_are_no_text() -> None:
    lines = "next update: 10:50 UTC\nimpact: none"
    found, problems = read(with_heading(f"## Update · 2026-11-21 10:05 UTC\n{lines}"))
    assert [one.message for one in problems] == ["'next update', 'impact' belong in cards.md"]
    assert found is not None
    assert [text for _, text in found.texts] == ["Ein Text."]


def test_a_line_of_changes_inside_a_text_does_not_count_either() -> None:
    text = with_heading("## Update · 2026-11-21 10:05 UTC\n\ncomponents: checkout=operational")
    found, problems = read(text)
    assert [one.code for one in problems] == ["misplaced-key"]
    assert found is not None
    assert [one for _, one in found.texts] == ["Ein Text."]


def test_another_status_is_a_warning_and_does_not_count() -> None:
    found, problems = read(with_heading("## Resolved · 2026-11-21 10:05 UTC"))
    assert [(one.code, one.is_error) for one in problems] == [("wrong-status", False)]
    assert found is not None
    assert [text for _, text in found.texts] == ["Ein Text."]


@pytest.mark.parametrize("text", ["", "## Update · 2026-11-21 10:05 UTC\n\nEin Text.\n", "\0\0"])
def test_of_a_file_that_is_no_translation_nothing_is_used(text: str) -> None:
    found, problems = read(text)
    assert any(one.is_error for one in problems)
    assert found is None


def test_what_is_not_utf8_is_not_used() -> None:
    reading = parse_translation(PATH, WHOLE.replace("ü", "u").encode("utf-16"), BERLIN)
    assert not reading.readable


@pytest.mark.parametrize("stand_in", [StandIn(raw="---"), StandIn(commit="0" * 40)])
def test_what_stands_in_for_an_original_is_not_translated(stand_in: StandIn) -> None:
    """The text that was translated is another one, and may not be for the public."""
    assert read(WHOLE, original()._replace(stand_in=stand_in)) == (None, [])


def test_a_maintenance_needs_no_updates_to_be_translated() -> None:
    planned = Incident("cards", "Maintenance", starts=datetime(2026, 12, 1, tzinfo=UTC))
    found, problems = read("---\ntitle: Wartung\n---\n\nWir tauschen die Platten.\n", planned)
    assert problems == []
    assert found == Translation("de", PATH, "Wartung", "Wir tauschen die Platten.")


@given(
    st.integers(0, len(WHOLE)),
    st.integers(0, 40),
    st.lists(st.sampled_from((*TRICKY_LINES, *WHOLE.splitlines())) | st.text(max_size=20)),
)
@settings(max_examples=300)
def test_whatever_stands_in_it_the_facts_are_those_of_the_original(
    at: int, length: int, added: list[str]
) -> None:
    text = WHOLE[:at] + "\n".join(added) + WHOLE[at + length :]
    reading = parse_translation(PATH, text.encode("utf-8", "surrogatepass"), BERLIN)
    found, _ = translated(original(), [("de", reading)])
    assert found._replace(translations=()) == original()
    ids = [update.id for update in original().updates]
    for translation in found.translations:
        told = [update_id for update_id, _ in translation.texts]
        assert len(set(told)) == len(told)
        assert set(told) <= set(ids)


@given(st.binary(max_size=200))
def test_any_bytes_are_read(raw: bytes) -> None:
    reading = parse_translation(PATH, raw, BERLIN)
    assert reading.readable or reading.problems
