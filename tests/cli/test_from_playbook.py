"""`--from`: what is written with a text of the playbook."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from statusgen.cli.main import run

Pages = Callable[[Mapping[str, str]], Path]
Captured = pytest.CaptureFixture[str]

AT = ["--now", "2026-11-21T10:05:40Z", "--no-input"]
BOOK = {
    "playbook/vendor-down.md": """\
---
title: "{components}: {impact}"
status: identified
impact: major
components: [checkout]
review: 2027-03-01
---

{effect: What fails?} The cause lies with {vendor}.

**Meanwhile:** {workaround}

Next update by {next_update}.
""",
    "playbook/vendor-down.de.md": """\
---
title: "{components}: {impact}"
review: 2027-03-01
---

{effect} Ursache: {vendor}. Nächste Meldung bis {next_update}.
""",
    "playbook/resolved.md": (
        "---\ntitle: T\nstatus: resolved\nreview: 2027-03-01\n---\n\nIt is over.\n"
    ),
    "playbook/broken.md": "---\ntitle: [\nstatus: investigting\n---\n\nWe know of {compnents}.\n",
}
VALUES = ["--set", "vendor=Stripe", "--set", "effect=Cards fail.", "--set", "workaround="]
TWIN = """\
---
title: "Checkout: partial outage"
impact: major
components: [checkout]
upstream: Stripe
---

## Identified · 2026-11-21 10:05 UTC
next update: 10:35 UTC

Cards fail. The cause lies with Stripe.

Next update by 10:35 UTC.
"""


def open_(root: Path, *arguments: str) -> int:
    return run(["open", "--root", str(root), *arguments, *AT])


def written(root: Path) -> str:
    (path,) = (root / "incidents").rglob("*.md")
    return path.read_text("utf-8")


def test_the_text_its_title_and_its_facts_are_taken(page_repository: Pages) -> None:
    root = page_repository(BOOK)
    assert open_(root, "--from", "vendor", *VALUES) == 0
    assert written(root) == TWIN
    assert run(["check", "--root", str(root), *AT[:2], str(root / "incidents")]) == 0


def test_what_is_given_by_hand_wins(page_repository: Pages) -> None:
    root = page_repository(BOOK)
    by_hand = ["-c", "api=degraded", "--status", "investigating", "-m", "We look into it."]
    assert open_(root, "API is slow", "--from", "vendor", *by_hand, "--next-update", "15m") == 0
    text = written(root)
    assert "title: API is slow" in text
    assert "## Investigating · 2026-11-21 10:05 UTC\nnext update: 10:20 UTC" in text
    assert text.endswith("\n\nWe look into it.\n")
    assert "checkout" not in text


def test_the_language_can_be_chosen(page_repository: Pages) -> None:
    root = page_repository(BOOK)
    assert open_(root, "--from", "vendor", "--language", "de", *VALUES) == 0
    assert "Checkout: Teilausfall" in written(root)
    assert "Cards fail. Ursache: Stripe. Nächste Meldung bis 10:35 UTC." in written(root)


def test_a_script_hears_of_every_gap_and_nothing_is_written(
    page_repository: Pages, capsys: Captured
) -> None:
    root = page_repository(BOOK)
    assert open_(root, "--from", "vendor", "--set", "vendor=Stripe") == 2
    said = capsys.readouterr().err
    assert "{{What fails?}} is still to be written; write it, or give --set effect=…" in said
    assert "--set workaround=…" in said
    assert not list(root.glob("incidents/**/*.md"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--from", "vendr-down"], "has no text 'vendr-down'. Did you mean 'vendor-down'?"),
        (["--from", "resolved"], "'resolved' is a text for resolve and update, not for open"),
        (["--from", "vendor", "--set", "vendr=x"], "'vendr' is no name; did you mean 'vendor'?"),
        (["--from", "vendor", "--set", "vendor"], "'vendor' is not NAME=VALUE"),
    ],
)
def test_what_cannot_be_taken_is_told(
    page_repository: Pages, capsys: Captured, arguments: list[str], said: str
) -> None:
    assert open_(page_repository(BOOK), "T", "-c", "api", *arguments) == 2
    assert said in capsys.readouterr().err


def test_a_faulty_text_keeps_no_incident_from_being_written(page_repository: Pages) -> None:
    root = page_repository(BOOK)
    taken = ["--from", "broken", "-c", "api=major", "-m", "The API is down."]
    assert open_(root, *taken) == 0
    assert "title: Broken" in written(root)


def test_a_text_with_an_unknown_name_leaves_a_gap(page_repository: Pages, capsys: Captured) -> None:
    assert open_(page_repository(BOOK), "--from", "broken", "-c", "api=major") == 2
    assert "{{compnents}} is still to be written; write it" in capsys.readouterr().err


# ── the other verbs ───────────────────────────────────────────────────────────────────────────

OPEN = """\
---
title: Cards are declined
components:
  checkout: partial_outage
---

## Investigating · 2026-11-21 09:40 UTC
next update: 10:10 UTC

Cards are declined.
"""
MORE = {
    **BOOK,
    "incidents/2026-11-21-cards.md": OPEN,
    "playbook/still.md": (
        "---\ntitle: T\nreview: 2027-03-01\n---\n\nWe go on. Next update by {next_update}.\n"
    ),
    "playbook/over.md": (
        "---\ntitle: T\nstatus: resolved\nreview: 2027-03-01\n---\n\n"
        "It failed from {started} to {ended}.\n"
    ),
    "playbook/report.md": (
        "---\ntitle: T\nstatus: postmortem\nreview: 2027-03-01\n---\n\n"
        "### Timeline\n\n{timeline}\n\n### Cause\n\n{cause}\n"
    ),
    "playbook/planned.md": (
        "---\ntitle: 'Maintenance: {components}'\ntype: maintenance\nstatus: scheduled\n"
        "review: 2027-03-01\n---\n\nFrom {starts} to {ends} {effect}.\n"
    ),
    "playbook/news.md": (
        "---\ntitle: '{effect: What changes?}'\ntype: notice\nreview: 2027-03-01\n---\n\n"
        "Ask {support}.\n"
    ),
}


def verb(root: Path, name: str, *arguments: str) -> int:
    return run([name, "--root", str(root), *arguments, *AT])


def test_an_update_keeps_the_status_where_the_text_has_none(page_repository: Pages) -> None:
    root = page_repository(MORE)
    assert verb(root, "update", "--from", "still") == 0
    assert written(root) == OPEN + (
        "\n## Investigating · 2026-11-21 10:05 UTC\nnext update: 10:35 UTC\n\n"
        "We go on. Next update by 10:35 UTC.\n"
    )


def test_an_update_takes_the_status_of_the_text(page_repository: Pages) -> None:
    root = page_repository(MORE)
    assert verb(root, "update", "--from", "vendor", *VALUES) == 0
    assert "## Identified · 2026-11-21 10:05 UTC" in written(root)


def test_resolving_says_from_when_to_when(page_repository: Pages) -> None:
    root = page_repository(MORE)
    assert verb(root, "resolve", "--from", "over", "--ended", "11:00") == 0
    assert written(root).endswith("\n\nIt failed from 09:40 UTC to 10:00 UTC.\n")


def test_a_postmortem_has_the_timeline_of_the_incident(page_repository: Pages) -> None:
    root = page_repository(MORE)
    assert verb(root, "resolve", "-m", "Cards work again.") == 0
    later = ["--now", "2026-11-22T09:00Z", "--no-input", "--root", str(root)]
    asked = ["postmortem", "cards", "--from", "report", "--set", "cause=A limit was too low."]
    assert run([*asked, *later]) == 0
    assert written(root).endswith(
        "### Timeline\n\n"
        "- Sat 21 Nov 2026, 09:40 UTC · Investigating: Cards are declined.\n"
        "- 10:05 UTC · Resolved: Cards work again.\n\n"
        "### Cause\n\nA limit was too low.\n"
    )


def test_a_maintenance_has_its_window_in_the_text(page_repository: Pages) -> None:
    root = page_repository(BOOK | {"playbook/planned.md": MORE["playbook/planned.md"]})
    when = ["-c", "api", "--starts", "2026-12-05 05:00Z", "--for", "1h"]
    assert verb(root, "schedule", "--from", "planned", *when, "--set", "effect=calls may fail") == 0
    text = written(root)
    assert 'title: "Maintenance: API"' in text
    assert "From Sat 5 Dec 2026, 05:00 UTC to Sat 5 Dec 2026, 06:00 UTC calls may fail." in text


def test_a_notice_hears_of_a_gap_in_its_title(page_repository: Pages, capsys: Captured) -> None:
    assert verb(page_repository(MORE), "notice", "--from", "news") == 2
    assert "{{What changes?}} is still to be written" in capsys.readouterr().err


def test_a_text_for_another_type_is_refused(page_repository: Pages, capsys: Captured) -> None:
    assert verb(page_repository(MORE), "update", "--from", "planned", "cards") == 2
    assert "'planned' is a text for another type, 'maintenance'" in capsys.readouterr().err
