from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import incidents, texts

from statusgen.content import arranged, normal_text, parse_incident
from statusgen.content.rewriting import rewrite_incident
from statusgen.content.writing import write_incident
from statusgen.model import Affected, Change, ComponentStatus, Impact, Incident, Status, Update

BERLIN = ZoneInfo("Europe/Berlin")
KNOWN = ("api", "checkout")
ELEVEN = datetime(2026, 11, 21, 11, 0, tzinfo=UTC)

TYPED = """\
---
# who is on call writes here
title:   'Card payments fail'   # for some
components: {checkout: major_outage,
             api: degraded_performance}
started: 2026-11-21T10:58+01:00

tags: [ cards,providers ]  # reviewed
---
We are sorry.


## investigating @ 2026-11-21 10:05Z
Next Update:   +15m
notify: Again
Some customers see an error.

## Update — 2026-11-21 11:20 +01:00
components:checkout = partial_outage,api=operational

A provider rejects requests.



## RESOLVED - 2026-11-21 11:02 UTC
Works again.
"""
"""A file with everything spelt in an odd, yet legal way."""


def read(text: str) -> Incident:
    reading = parse_incident("incidents/cards.md", text.encode(), BERLIN, KNOWN)
    assert reading.readable
    return reading.incident


def rewritten(text: str, incident: Incident) -> str:
    """Rewrite, and make sure that the result means the incident."""
    new = rewrite_incident(text, incident, BERLIN)
    assert read(new) == arranged(incident)
    return new


@pytest.mark.parametrize(
    "text",
    [
        TYPED,
        TYPED.replace("\n", "\r\n"),
        TYPED.replace("\n", "\r"),
        "\ufeff" + TYPED,
        TYPED.rstrip("\n"),
        "\n\n" + TYPED,
    ],
    ids=["plain", "crlf", "cr", "byte order mark", "no newline at the end", "blank lines first"],
)
def test_an_unchanged_incident_keeps_every_byte(text: str) -> None:
    assert rewritten(text, read(text)) == text


def with_update(incident: Incident, index: int, **fields: object) -> Incident:
    changed = incident.updates[index]._replace(**fields)  # type: ignore[arg-type]  # any field
    updates = [*incident.updates]
    updates[index] = changed
    return incident._replace(updates=tuple(updates))


OLD = read(TYPED)

CHANGES: dict[str, tuple[Incident, str, str]] = {
    "the title": (
        OLD._replace(title="Payments: fail"),
        "title:   'Card payments fail'   # for some\n",
        'title: "Payments: fail"\n',
    ),
    "the components": (
        OLD._replace(components=(Affected("api"),)),
        "components: {checkout: major_outage,\n             api: degraded_performance}\n",
        "components: [api]\n",
    ),
    "a key that goes": (OLD._replace(started=None), "started: 2026-11-21T10:58+01:00\n", ""),
    "a key that comes in between": (
        OLD._replace(ended=ELEVEN),
        "\ntags:",
        "\nended: 2026-11-21 11:00 UTC\ntags:",
    ),
    "a key that comes last": (
        OLD._replace(pin=True),
        "# reviewed\n",
        "# reviewed\npin: true\n",
    ),
    "the summary": (OLD._replace(summary="Sorry."), "We are sorry.\n\n\n", "\nSorry.\n\n"),
    "no summary": (OLD._replace(summary=""), "We are sorry.\n\n\n", "\n"),
    "a text": (
        with_update(OLD, 0, text="Many see errors."),
        "Some customers see an error.\n",
        "\nMany see errors.\n",
    ),
    "a text, before blank lines": (
        with_update(OLD, 1, text="## Cause"),
        "A provider rejects requests.\n",
        " ## Cause\n",
    ),
    "the key lines": (
        with_update(OLD, 0, next_update=ELEVEN),
        "Next Update:   +15m\nnotify: Again\n",
        "next update: 2026-11-21 11:00 UTC\nnotify: again\n",
    ),
    "a status": (
        with_update(OLD, 2, status=Status.MONITORING),
        "## RESOLVED - 2026-11-21 11:02 UTC\n",
        "## Monitoring · 2026-11-21 11:02 UTC\n",
    ),
    "an update that goes": (
        OLD._replace(updates=OLD.updates[:2]),
        "## RESOLVED - 2026-11-21 11:02 UTC\nWorks again.\n",
        "",
    ),
    "an update that comes last": (
        OLD._replace(
            updates=(*OLD.updates, Update("", Status.POSTMORTEM, ELEVEN + timedelta(1), "## Why"))
        ),
        "Works again.\n",
        "Works again.\n\n## Postmortem · 2026-11-22 11:00 UTC\n\n## Why\n",
    ),
    "an update that comes in between": (
        OLD._replace(updates=(*OLD.updates, Update("", Status.MONITORING, ELEVEN, "Better."))),
        "## RESOLVED",
        "## Monitoring · 2026-11-21 11:00 UTC\n\nBetter.\n\n## RESOLVED",
    ),
}


@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("change", CHANGES)
def test_a_change_touches_its_own_lines_only(change: str, ending: str) -> None:
    incident, old_lines, new_lines = CHANGES[change]
    assert TYPED.count(old_lines) == 1, "the table names a place in the text"
    expected = TYPED.replace(old_lines, new_lines).replace("\n", ending)
    assert rewritten(TYPED.replace("\n", ending), incident) == expected


def test_an_update_whose_typed_heading_now_means_something_else_is_written_anew() -> None:
    changed = with_update(OLD, 0, status=Status.IDENTIFIED)
    text = rewritten(TYPED, changed)
    assert "## Identified · 2026-11-21 10:05 UTC\n" in text
    assert "## Investigating · 2026-11-21 10:20 UTC\n" in text
    assert text.startswith(TYPED[: TYPED.index("## investigating")])
    assert text.endswith(TYPED[TYPED.index("## RESOLVED") :])


def test_a_file_with_the_newest_update_first_gets_new_ones_at_its_top() -> None:
    head, *sections = TYPED.replace("## Update", "## Investigating").split("## ")
    text = head + "".join(f"## {section.strip()}\n\n" for section in reversed(sections))
    incident = read(text)
    later = Update("", Status.POSTMORTEM, ELEVEN + timedelta(1), "It was us.")
    new = rewritten(text, incident._replace(updates=(*incident.updates, later)))
    added = "## Postmortem · 2026-11-22 11:00 UTC\n\nIt was us.\n\n"
    assert new == head + added + text.removeprefix(head)


def test_sections_that_cannot_be_read_stay() -> None:
    broken = TYPED.replace("## Update", "## Updtae")
    old = parse_incident("incidents/cards.md", broken.encode(), BERLIN, KNOWN).incident
    new = rewrite_incident(broken, old._replace(title="Cards"), BERLIN)
    assert new == broken.replace("title:   'Card payments fail'   # for some", "title: Cards")


def test_updates_that_were_copied_with_their_code_stay_where_they_are() -> None:
    text = """\
---
title: Cards
---

## Investigating @ 2026-11-21 10:05Z
code: c85syxc7gnbx
We look.


## RESOLVED - 2026-11-21 11:02 UTC
code: c85syxc7gnbx
Works again.
"""
    old = read(text)
    assert rewritten(text, old) == text
    assert rewritten(text, with_update(old, 1, text="Over.")) == text.replace(
        "Works again.", "\nOver."
    )


@pytest.mark.parametrize("space", ["\u00a0", "\u3000", "\u2003"])
def test_a_line_of_another_space_is_text_that_goes_with_its_text(space: str) -> None:
    text = TYPED.replace("requests.\n", f"requests.\n{space}\n")
    new = rewritten(text, with_update(read(text), 1, text="It was us."))
    assert new == text.replace(f"A provider rejects requests.\n{space}\n", "It was us.\n")


def test_front_matter_in_braces_is_kept_until_a_key_changes() -> None:
    text = "---\n{title: A, draft: true}\n---\n\n## Resolved · 2026-11-21 11:00 UTC\n\nSorry.\n"
    old = read(text)
    assert rewritten(text, old) == text
    new = rewritten(text, old._replace(title="B"))
    assert new == text.replace("{title: A, draft: true}", "title: B\ndraft: true")


def test_without_front_matter_there_is_nothing_to_keep() -> None:
    assert rewrite_incident("Hello", OLD, BERLIN) == write_incident(OLD, BERLIN)


@given(incidents(), st.data())
@settings(max_examples=20, deadline=None)
def test_whatever_changes_is_in_the_text_and_the_rest_of_it_is_as_before(
    old: Incident,
    data: st.DataObject,
) -> None:
    text = write_incident(old, BERLIN)
    new = arranged(data.draw(incidents())._replace(id=old.id, path=old.path))
    both = rewrite_incident(text, new, BERLIN)
    assert parse_incident(new.path, both.encode(), BERLIN, KNOWN).incident == new
    assert rewrite_incident(text, old, BERLIN) == text


@given(incidents(distinct_times=True), texts())
@settings(max_examples=20, deadline=None)
def test_a_new_text_in_one_update_leaves_all_other_bytes(old: Incident, text: str) -> None:
    if not old.updates or not text or not old.updates[-1].text:
        return
    typed = write_incident(old, BERLIN)
    last = old.updates[-1]
    changed = old._replace(updates=(*old.updates[:-1], last._replace(text=text)))
    new = rewrite_incident(typed, changed, BERLIN)
    without_text = write_incident(
        old._replace(updates=(*old.updates[:-1], last._replace(text=""))), BERLIN
    )
    assert new.startswith(without_text)
    assert normal_text(new.removeprefix(without_text)) != ""


def test_changes_name_what_was_before_only_where_it_is_given() -> None:
    change = Change("api", ComponentStatus.MAJOR_OUTAGE, ComponentStatus.OPERATIONAL)
    incident = with_update(OLD, 2, changes=(change,), impact=Impact.MAJOR)
    text = rewritten(TYPED, incident)
    assert "components: api=operational->major_outage\nimpact: major\n" in text
