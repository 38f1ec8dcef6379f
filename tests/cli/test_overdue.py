"""`overdue`: what is owed, in the terminal and for schedulers."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html
from strategies import COMPONENTS, incidents, moments

from statusgen.cli.main import COMMANDS, run
from statusgen.content.writing import write_incident
from statusgen.model import Incident

Pages = Callable[..., Path]
"""Writes incidents, texts by their ids, and returns the page repository."""
Captured = pytest.CaptureFixture[str]

OPEN = """\
---
title: Card payments fail
components: {checkout: major_outage}
---

## Investigating · 2026-11-21 10:05 UTC
next update: 10:20 UTC
"""
MINOR = """\
---
title: Logins are slow
components: {api: degraded_performance}
---

## Identified · 2026-11-21 09:00 UTC
eta: 10:00 UTC
"""
OVER = """\
---
title: Search did not answer
components: {api: partial_outage}
---

## Investigating · 2026-11-10 10:00 UTC

## Resolved · 2026-11-10 11:00 UTC
"""
TOLD = f"""\
{OVER}
## Postmortem · 2026-11-11 11:00 UTC

- [ ] A second index (Ana, due 2026-11-15)
- [ ] Commitment: a credit
- [x] An alert (Bo, due 2026-11-12)
"""
OVERRUN = """\
---
title: Database upgrade
type: maintenance
starts: 2026-11-21 08:00 UTC
ends: 2026-11-21 10:00 UTC
components: [api]
---

## Verifying · 2026-11-21 10:01 UTC
"""


@pytest.fixture
def page(page_repository: Callable[..., Path]) -> Pages:
    def write(incidents: Mapping[str, str] | None = None) -> Path:
        told = incidents or {}
        return page_repository({f"incidents/{id_}.md": text for id_, text in told.items()})

    return write


def overdue(root: Path, clock: str, *more: str) -> int:
    return run(["overdue", "--root", str(root), "--now", f"2026-11-21 {clock} UTC", *more])


def test_nothing_owed_is_one_sentence(page: Pages, capsys: Captured) -> None:
    assert overdue(page(), "10:20") == 0
    assert capsys.readouterr().out == "Nothing is owed to readers.\n"


def test_nothing_owed_yet_says_what_will_be(page: Pages, capsys: Captured) -> None:
    assert overdue(page({"cards": OPEN}), "10:19:00") == 0
    assert capsys.readouterr().out == (
        "Nothing is owed to readers; next, in 1 min: "
        "cards: the update that was promised for 11:20 CET.\n"
    )


def test_what_is_owed_says_how_late_it_is_and_what_to_type(page: Pages, capsys: Captured) -> None:
    assert overdue(page({"cards": OPEN}), "10:21:01") == 1
    assert (
        capsys.readouterr().out
        == """\
Owed to readers now: 1.

cards: Card payments fail
  Investigating, critical impact, since 11:05 CET
  - 1 min late: the update that was promised for 11:20 CET
  statusgen update cards --still   # if there is no news
"""
    )


def test_within_its_last_minute_an_update_is_due_now(page: Pages, capsys: Captured) -> None:
    assert overdue(page({"cards": OPEN}), "10:21:00") == 0
    assert "; next, now: cards: the update" in capsys.readouterr().out


def test_who_promised_stands_behind_it(page: Pages, capsys: Captured) -> None:
    told = OPEN.replace("next update: 10:20 UTC", "next update: 10:20 UTC\nauthor: Ana")
    overdue(page({"cards": told}), "10:32")
    assert "promised for 11:20 CET (Ana)\n" in capsys.readouterr().out


def test_what_fell_due_this_minute_is_not_called_late(page: Pages, capsys: Captured) -> None:
    overdue(page({"login": MINOR}), "10:00:59")
    assert "- due now: the end, or a newer ETA" in capsys.readouterr().out


def test_all_of_it_with_the_worst_first(page: Pages, capsys: Captured) -> None:
    told = {"mail": TOLD, "search": OVER, "login": MINOR, "db": OVERRUN, "cards": OPEN}
    assert overdue(page(told), "10:32") == 1
    assert (
        capsys.readouterr().out
        == """\
Owed to readers now: 4. What can wait for the morning: 3.

cards: Card payments fail
  Investigating, critical impact, since 11:05 CET
  - 12 min late: the update that was promised for 11:20 CET
  statusgen update cards --still   # if there is no news

login: Logins are slow
  Identified, minor impact, since 10:00 CET
  - 32 min late: an update, due every 1h: the last is from 10:00 CET
  - 32 min late: the end, or a newer ETA: it was to be over by 11:00 CET
  statusgen update login --still   # if there is no news

db: Database upgrade
  Verifying, since 09:00 CET
  - 32 min late: the end of the maintenance: it was planned until 11:00 CET
  statusgen resolve db   # or: statusgen update db

search: Search did not answer
  Over, major impact, since 2026-11-10 12:00 CET
  - 7 d 23 h late: the postmortem, due 2026-11-13 12:00 CET
  statusgen postmortem search

mail: Search did not answer
  Over, major impact, since 2026-11-10 12:00 CET
  - commitment without a date: a credit
  - 5 d 11 h late: action due 2026-11-15: A second index (Ana)
  in incidents/mail.md: write an x between the brackets, or a new date
"""
    )


def test_at_night_only_what_is_open_counts(page: Pages, capsys: Captured) -> None:
    assert overdue(page({"search": OVER, "login": MINOR}), "09:59", "--open") == 0
    said = "Nothing is owed to readers now. What can wait for the morning: 1.\n"
    assert capsys.readouterr().out == said
    assert overdue(page({"search": OVER, "login": MINOR}), "10:00", "--open") == 1
    assert "search" not in capsys.readouterr().out


def test_what_is_ahead_can_be_asked_for_and_changes_no_exit_code(
    page: Pages, capsys: Captured
) -> None:
    assert overdue(page({"login": MINOR}), "09:30", "--ahead", "30m") == 0
    assert (
        capsys.readouterr().out
        == """\
Nothing is owed to readers.

Ahead
  in 30 min: login: an update, due every 1h: the last is from 10:00 CET
  in 30 min: login: the end, or a newer ETA: it was to be over by 11:00 CET
"""
    )
    overdue(page({"login": MINOR}), "09:30", "--ahead", "29m")
    assert "Ahead" not in capsys.readouterr().out


@pytest.mark.parametrize("length", ["soon", "10:00", "-1h", ""])
def test_a_length_of_time_that_is_none_is_wrong_usage(
    page: Pages, length: str, capsys: Captured
) -> None:
    assert overdue(page(), "10:00", f"--ahead={length}") == 2
    assert "30m, 1h or 3d" in capsys.readouterr().err


def test_an_unreadable_file_leaves_a_doubt(page: Pages, capsys: Captured) -> None:
    broken = OPEN.replace("10:20 UTC", "25:20 UTC")
    assert overdue(page({"cards": broken}), "10:19") == 3
    assert capsys.readouterr().out.endswith(
        "\nMore may be owed: incidents/cards.md cannot be read as it is; "
        "'statusgen check' tells why.\n"
    )
    assert overdue(page({"cards": broken}), "10:20") == 1


def test_an_internal_task_is_owed_inside_the_company_only(page: Pages, capsys: Captured) -> None:
    task = "- [ ] Rename the vault (Ana, due 2026-11-15)"
    block = f"<!-- internal -->\n{task}\n<!-- /internal -->\n"
    told = {"mail": f"{OVER}\n## Postmortem · 2026-11-11 11:00 UTC\n\nMended.\n\n{block}"}
    assert overdue(page(told), "10:00") == 0
    assert "vault" not in capsys.readouterr().out
    assert overdue(page(told), "10:00", "--audience", "internal") == 1
    assert "Rename the vault (Ana)" in capsys.readouterr().out


def test_json_has_the_same_for_programs(page: Pages, capsys: Captured) -> None:
    assert overdue(page({"cards": OPEN}), "10:32", "--format", "json") == 1
    assert json.loads(capsys.readouterr().out) == {
        "now": "2026-11-21T10:32:00Z",
        "owed": [
            {
                "kind": "promised_update",
                "id": "cards",
                "type": "incident",
                "title": "Card payments fail",
                "impact": "critical",
                "status": "investigating",
                "since": "2026-11-21T10:05:00Z",
                "due_at": "2026-11-21T10:20:00Z",
                "owed_from": "2026-11-21T10:21:01Z",
                "what": "",
                "who": "",
                "url": "https://status.acme.example/incidents/cards/",
                "late_seconds": 720,
            }
        ],
        "ahead": [],
        "unreadable": [],
    }


def test_what_is_said_to_be_typed_are_commands_of_ours(page: Pages, capsys: Captured) -> None:
    told = {"search": OVER, "db": OVERRUN, "cards": OPEN}
    overdue(page(told), "10:32")
    typed = re.findall("statusgen ([a-z]+) ", capsys.readouterr().out)
    assert set(typed) == {"update", "resolve", "postmortem"}
    assert set(typed) <= set(COMMANDS)


# ── agreement ─────────────────────────────────────────────────────────────────────────────────

PAGE = f"""\
page: {{name: Acme, url: "https://status.acme.example", timezone: America/St_Johns}}
components: [{", ".join(f"{{id: {one}, name: {one}}}" for one in COMPONENTS)}]
"""


def marks_of(site: Path) -> Counter[str]:
    found = Counter[str]()
    for path in site.glob("incidents/*/index.html"):
        page: Any = html.fromstring(path.read_text("utf-8"))
        for mark in page.xpath("//*[@data-owed]"):
            number = re.search("^[0-9]+", mark.text)
            found[mark.get("data-owed")] += int(number[0]) if number else 1
    return found


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(incidents(), max_size=4, unique_by=lambda one: one.id), moments())
def test_overdue_says_what_the_built_pages_and_their_json_say(
    tmp_path_factory: pytest.TempPathFactory,
    capsys: Captured,
    found: list[Incident],
    now: datetime,
) -> None:
    root = tmp_path_factory.mktemp("page")
    (root / "incidents").mkdir()
    (root / "config.yml").write_text(PAGE)
    for one in found:
        public = one._replace(draft=False, audience="public", repeat="")
        text = write_incident(public, ZoneInfo("America/St_Johns"))
        (root / one.path).write_text(text, "utf-8")
    at = ["--root", str(root), "--now", now.replace(microsecond=0).isoformat()]
    run(["build", *at])
    capsys.readouterr()
    code = run(["overdue", *at, "--format", "json"])
    said = json.loads(capsys.readouterr().out)
    written = json.loads((root / "site/api/statusgen/v1/owed.json").read_text("utf-8"))
    assert code == (1 if said["owed"] else 3 if said["unreadable"] else 0)
    assert [one | {"late_seconds": 0} for one in said["owed"]] == [
        one | {"late_seconds": 0} for one in written["owed"]
    ]
    assert marks_of(root / "site") == Counter(one["kind"] for one in said["owed"])
