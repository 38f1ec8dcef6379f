"""One incident on one screen."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from acme_site import CONFIG, NOW, OPEN, RESOLVED, RUNNING, site_of
from hypothesis import HealthCheck, given, settings
from strategies import incidents, moments

from statusgen.cli.main import run
from statusgen.model import Incident, Status, Update
from statusgen.report.as_text import COLUMNS, LINES
from statusgen.report.brief import Brief, brief_of
from statusgen.report.brief_forms import brief_json, brief_markdown, brief_text
from statusgen.report.columns import width
from statusgen.site.context import Site

Pages = Callable[..., Path]
Captured = pytest.CaptureFixture[str]


def brief(told: Incident) -> tuple[Site, Brief]:
    site = site_of([told])
    return site, brief_of(site, site.history.records[0])


def lines(told: Incident) -> list[str]:
    return brief_text(*brief(told)).split("\n")


def test_what_is_open_says_since_when_who_is_affected_and_what_customers_may_hear() -> None:
    assert lines(OPEN) == [
        "Card payments fail for <some> customers & shops",
        "State       Investigating · Critical impact · since 21 Nov, 11:05 CET,",
        "            1\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}55\N{NO-BREAK SPACE}min",
        "Affected    Checkout: partial outage, at the worst major outage",
        "            API: degraded performance",
        "Next        no next update is promised",
        "Tell        Still looking. See [the log](log.html).",
        "Uptime      Checkout: 99.96 % in the last 90 days",
        "            API: 100 % in the last 90 days",
        "So far      21 Nov 11:20  Update: Still looking. See [the log](log.html).",
        "            21 Nov 11:05  Investigating: We are looking.",
        "https://status.acme.example/incidents/2026-11-21-cards/",
    ]


def test_a_promise_that_was_not_kept_says_so() -> None:
    promised = OPEN.updates[-1]._replace(next_update=datetime.fromisoformat("2026-11-21T11:50Z"))
    told = OPEN._replace(updates=(*OPEN.updates[:-1], promised))
    assert "Next        update promised for 21 Nov, 12:50 CET, which is late" in lines(told)


def test_a_workaround_is_told_while_it_can_help() -> None:
    with_it = OPEN.updates[0]._replace(text="It fails.\n\nWorkaround: pay by bank transfer.")
    told = OPEN._replace(updates=(with_it, *OPEN.updates[1:]))
    assert "Workaround  Pay by bank transfer." in lines(told)
    over = Update("a" * 12, Status.RESOLVED, datetime.fromisoformat("2026-11-21T11:00Z"), "Over.")
    closed = told._replace(updates=(*told.updates, over))
    assert not any(line.startswith("Workaround") for line in lines(closed))


def test_what_is_over_says_from_when_to_when() -> None:
    assert lines(RESOLVED)[1] == (
        "State       Postmortem · Minor impact · 2 May, 10:00 CEST, to 11:00, 1\N{NO-BREAK SPACE}h"
    )


def test_a_maintenance_says_until_when_it_is_planned() -> None:
    assert "Next        planned until 21 Nov, 14:00 CET" in lines(RUNNING)


@given(incidents(), moments())
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_it_is_one_screen_whatever_was_written(found: Incident, now: datetime) -> None:
    site = site_of([found._replace(draft=False, audience="public", repeat="")], CONFIG, now)
    for record in (*site.history.records, *site.history.notices):
        told = brief_of(site, record)
        made = brief_text(site, told).split("\n")
        assert len(made) <= LINES
        assert max(map(width, made)) <= COLUMNS
        json.dumps(brief_json(told), allow_nan=False)
        assert brief_markdown(site, told)


def test_many_updates_leave_the_newest_and_the_first() -> None:
    updates = [
        OPEN.updates[0]._replace(id=f"{number:012}", at=NOW.replace(hour=1, minute=number))
        for number in range(60)
    ]
    made = lines(OPEN._replace(updates=tuple(updates)))
    assert len(made) == LINES
    assert "02:59" in "\n".join(made)
    assert "02:00" in made[-2]
    assert "more" in made[-3]


# ── the command ───────────────────────────────────────────────────────────────────────────────

AT = ["--now", "2026-11-21T12:00Z"]
FILE = """\
---
title: {title}
components: [api]
---

## {status} · 2026-11-{day} 10:05 UTC

Text.
"""
CARDS = FILE.format(title="Cards fail", status="Identified", day=21)
MAIL = FILE.format(title="Mail is late", status="Resolved", day=20)


def told(root: Path, capsys: Captured, *arguments: str) -> tuple[int, str]:
    code = run(["brief", "--root", str(root), *AT, *arguments])
    captured = capsys.readouterr()
    return code, captured.out + captured.err


def test_without_an_id_it_is_the_one_that_is_open(page_repository: Pages, capsys: Captured) -> None:
    root = page_repository({"incidents/2026-cards.md": CARDS, "incidents/2026-mail.md": MAIL})
    assert told(root, capsys)[1].startswith("Cards fail\n")
    assert told(root, capsys, "2026-m")[1].startswith("Mail is late\n")


def test_what_cannot_be_found_is_suggested(page_repository: Pages, capsys: Captured) -> None:
    root = page_repository({"incidents/2026-cards.md": CARDS, "incidents/2026-mail.md": MAIL})
    code, text = told(root, capsys, "2026-cadrs")
    assert code == 2
    assert "2026-cards" in text
    code, text = told(root, capsys, "2026")
    assert code == 2
    assert "several" in text


def test_where_none_or_several_are_open_one_has_to_be_named(
    page_repository: Pages, capsys: Captured
) -> None:
    code, text = told(page_repository({}), capsys)
    assert (code, "No incident is open" in text) == (2, True)
    files = {"incidents/2026-cards.md": CARDS, "incidents/2026-more.md": CARDS}
    code, text = told(page_repository(files, "other"), capsys)
    assert code == 2
    assert "2026-cards  Cards fail" in text
