"""Tasks in closing texts."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from statusgen.content import parse_incident
from statusgen.content.actions import actions_of
from statusgen.model import Action, Update

DAY = date(2026, 12, 15)


@pytest.mark.parametrize(
    ("line", "action"),
    [
        ("- [ ] Add a test (Ana, due 2026-12-15)", Action("Add a test", "Ana", DAY)),
        ("- [x] Add a test (Ana, due 2026-12-15)", Action("Add a test", "Ana", DAY, is_done=True)),
        ("* [X] Add a test", Action("Add a test", is_done=True)),
        ("1. [ ] Add a test (due 2026-12-15).", Action("Add a test", "", DAY)),
        ("- [ ] Add a test (2026-12-15)", Action("Add a test", "", DAY)),
        ("- [ ] Add a test (due 2026-12-15, Ana)", Action("Add a test", "Ana", DAY)),
        ("- [ ] Add a test (Ana, Bo, due 2026-12-15)", Action("Add a test", "Ana, Bo", DAY)),
        ("- [ ] Test (Ana, bis 2026-12-15)", Action("Test", "Ana", DAY)),
        ("- [ ] Тест (Анна, до 2026-12-15)", Action("Тест", "Анна", DAY)),
        ("  - [ ] Below (Ana, due 2026-12-15)", Action("Below", "Ana", DAY)),
        ("> - [ ] Quoted (Ana, due 2026-12-15)", Action("Quoted", "Ana", DAY)),
        ("- [ ] Mend (all) of it", Action("Mend (all) of it")),
        ("- [ ] Mend it (see #42)", Action("Mend it (see #42)")),
        ("- [ ] Mend it (Ana, due 2026-02-30)", Action("Mend it", "Ana")),
        ("- [ ] Since 2026-12-15 it is slow", Action("Since 2026-12-15 it is slow")),
        ("- [ ] Commitment: a credit", Action("a credit", is_commitment=True)),
        ("- [ ] promise : a credit", Action("a credit", is_commitment=True)),
        ("- [ ] Zusage: Gutschrift", Action("Gutschrift", is_commitment=True)),
        ("- [ ] Commitments are hard", Action("Commitments are hard")),
    ],
)
def test_a_task(line: str, action: Action) -> None:
    assert actions_of(line) == (action,)


@pytest.mark.parametrize(
    "text",
    [
        "- a point",
        "[ ] no point",
        "- [] nothing between",
        "- [ ]",
        "- [y] another letter",
        "a - [ ] in a line",
        "```\n- [ ] Shown as code\n```",
        "~~~ text\n- [ ] Shown as code\n~~~",
        "<!-- - [ ] Hidden -->",
        "<!--\n- [ ] Hidden\n-->",
        "<!--\n- [ ] Hidden to the end",
    ],
)
def test_what_is_no_task(text: str) -> None:
    assert actions_of(text) == ()


def test_a_task_goes_on_in_indented_lines() -> None:
    text = "- [ ] Move traffic\n  by itself\n  (Ana, due 2026-12-15)\n- [x] Done\n\n  Afterwards."
    assert actions_of(text) == (
        Action("Move traffic by itself", "Ana", DAY),
        Action("Done", is_done=True),
    )


def test_tasks_stand_in_their_order_whatever_is_between_them() -> None:
    text = "### One\n- [ ] a\n\ntext\n\n- [ ] b\n```\n- [ ] no\n```\n- [x] c"
    assert [one.text for one in actions_of(text)] == ["a", "b", "c"]


def updates(heading: str) -> tuple[Update, ...]:
    text = f"---\ntitle: Down\n---\n## {heading} · 2026-11-21 10:05 UTC\n\n- [ ] Mend it\n"
    reading = parse_incident("incidents/down.md", text.encode(), ZoneInfo("UTC"), ())
    return reading.incident.updates


@pytest.mark.parametrize("heading", ["Resolved", "Postmortem"])
def test_a_closing_text_has_tasks(heading: str) -> None:
    (update,) = updates(heading)
    assert update.actions == (Action("Mend it"),)


@pytest.mark.parametrize("heading", ["Investigating", "Identified", "Monitoring"])
def test_the_text_of_an_open_incident_has_none(heading: str) -> None:
    (update,) = updates(heading)
    assert update.actions == ()
