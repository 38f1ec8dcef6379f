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
    assert not list((root / "incidents").rglob("*.md")) if (root / "incidents").exists() else True


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
