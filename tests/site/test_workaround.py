from __future__ import annotations

import pytest
from acme_site import OPEN, at, site_of, update

from statusgen.model import Status
from statusgen.site.views.records import record_view
from statusgen.site.views.workaround import workaround_of


@pytest.mark.parametrize(
    "text",
    [
        "Workaround: pay by bank transfer.",
        "**Workaround:** pay by bank transfer.",
        "**Workaround**: pay by bank transfer.",
        "Cards fail.\n\nworkaround: pay by bank transfer.\n\nWe go on.",
        "Cards fail.\n\nAbhilfe: pay by bank transfer.",
    ],
)
def test_a_paragraph_that_begins_with_the_word_is_the_workaround(text: str) -> None:
    assert workaround_of(text, "Abhilfe") == "Pay by bank transfer."


def test_a_workaround_goes_on_to_the_end_of_its_paragraph() -> None:
    text = "Workaround: pay\nby bank transfer\nor cash.\n\nNext."
    assert workaround_of(text, "Workaround") == "Pay\nby bank transfer\nor cash."


@pytest.mark.parametrize("text", ["", "No workaround: sorry.", "Workaround", "Workaround:\n\nx"])
def test_other_texts_are_none(text: str) -> None:
    assert workaround_of(text, "Workaround") == ""


def test_the_newest_workaround_of_an_open_incident_is_shown() -> None:
    texts = ("Workaround: wait.", "**Workaround:** pay *cash*.", "Half of it works.")
    updates = [
        update(OPEN.id, Status.IDENTIFIED, f"2026-11-21 10:{minute}", text)
        for minute, text in zip((30, 40, 50), texts, strict=True)
    ]
    site = site_of([OPEN._replace(updates=tuple(updates))])
    assert "Pay *cash*." in record_view(site, site.history.records[0]).workaround


def test_what_is_over_has_no_workaround() -> None:
    updates = (
        update("x", Status.IDENTIFIED, "2026-11-21 10:30", "Workaround: wait."),
        update("x", Status.RESOLVED, "2026-11-21 10:50", "Over."),
    )
    site = site_of([OPEN._replace(updates=updates, ended=at("2026-11-21 10:50"))])
    assert record_view(site, site.history.records[0]).workaround == ""
