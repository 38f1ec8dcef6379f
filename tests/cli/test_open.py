"""`statusgen open`: the first notice of an incident."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from statusgen.cli.main import run

Pages = Callable[..., Path]
Captured = pytest.CaptureFixture[str]

AT = ["--now", "2026-11-21T10:05:40Z", "--no-input"]
TEXT = ["--message", "Some customers see an error when they pay by card."]
TWIN = """\
---
title: Card payments fail
impact: major
components:
  checkout: major_outage
  api: partial_outage
started: 2026-11-21 09:58 UTC
---

## Investigating · 2026-11-21 10:05 UTC
next update: 10:20 UTC

Some customers see an error when they pay by card.
"""


def open_(root: Path, *arguments: str) -> int:
    return run(["open", "--root", str(root), *arguments, *AT])


def test_it_writes_what_a_person_would_have_written(page_repository: Pages) -> None:
    root = page_repository({})
    affected = ["-c", "checkout=major_outage", "-c", "API", "--impact", "major"]
    times = ["--next-update", "15m", "--started", "10:58"]
    assert open_(root, "Card payments fail", *affected, *times, *TEXT) == 0
    written = root / "incidents/2026-11-21-card-payments-fail.md"
    assert written.read_text() == TWIN
    assert run(["check", "--root", str(root), *AT[:2]]) == 0


def test_what_is_missing_is_told_at_once(page_repository: Pages, capsys: Captured) -> None:
    assert open_(page_repository({})) == 2
    said = capsys.readouterr().err
    assert [line.split(":")[1].strip() for line in said.splitlines()] == [
        "TITLE",
        "--component",
        "--message",
    ]


def test_nothing_is_imported_that_it_does_not_need(page_repository: Pages) -> None:
    """It is timed: of statusgen it needs what is typed, read and written."""
    code = (
        "import sys; from statusgen.__main__ import main; main(); "
        "print(*sorted(sys.modules), file=sys.stderr)"
    )
    arguments = ["open", "A", "-c", "api", *TEXT, *AT, "--root", str(page_repository({}))]
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    loaded = set(done.stderr.split())
    ours = {name.split(".")[1] for name in loaded if name.startswith("statusgen.")}
    assert not ours & {"coach", "timeline", "site", "workers"}
    assert not loaded & {f"statusgen.{one}" for one in ("source.source", "git.repository")}
    assert not loaded & {"babel", "jinja2", "requests", "subprocess", "asyncio", "anyascii"}


ARGUMENTS = ("-c", "checkout=major_outage", *TEXT)
ID = "2026-11-21-card-payments-fail"


def test_a_second_one_under_an_open_title_is_refused_and_the_first_is_named(
    page_repository: Pages, capsys: Captured
) -> None:
    root = page_repository({f"incidents/{ID}.md": TWIN})
    assert open_(root, "Card payments fail.", *ARGUMENTS) == 2
    said = capsys.readouterr().err
    assert said.startswith(
        f"Error: TITLE: {ID} is open under this title already; "
        f"'statusgen update {ID}' adds to it, --another opens another one.\n"
    )
    assert "Your text is kept in" in said
    assert [path.name for path in (root / "incidents").iterdir()] == [f"{ID}.md"]


def test_whatever_the_file_is_called_and_since_when_it_is_open(
    page_repository: Pages, capsys: Captured
) -> None:
    yesterday = TWIN.replace("2026-11-21", "2026-11-20")
    root = page_repository({"incidents/checkout.md": yesterday})
    assert open_(root, "CARD PAYMENTS  FAIL", *ARGUMENTS) == 2
    assert "'statusgen update checkout' adds to it" in capsys.readouterr().err


def test_another_one_under_the_same_title_is_opened_if_that_is_said(page_repository: Pages) -> None:
    root = page_repository({f"incidents/{ID}.md": TWIN})
    assert open_(root, "Card payments fail", "--another", *ARGUMENTS) == 0
    assert (root / f"incidents/{ID}-2.md").is_file()


def test_what_is_over_or_a_draft_or_no_incident_leaves_its_title_free(
    page_repository: Pages,
) -> None:
    over = f"{TWIN}\n## Resolved · 2026-11-21 10:04 UTC\n\nIt works.\n"
    draft = TWIN.replace("impact: major", "draft: true")
    notice = (
        "---\ntitle: Card payments fail\ntype: notice\n---\n\n"
        "## Notice · 2026-11-21 10:00 UTC\n\nRead this.\n"
    )
    root = page_repository(
        {
            f"incidents/{ID}.md": over,
            "incidents/draft.md": draft,
            "incidents/notice.md": notice,
        }
    )
    assert open_(root, "Card payments fail", *ARGUMENTS) == 0
    assert (root / f"incidents/{ID}-2.md").is_file()
