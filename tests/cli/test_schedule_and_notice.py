"""`schedule` and `notice`, as a script calls them."""

from __future__ import annotations

import pytest
from writing_verbs import NOTICE, Captured, Pages, verb

from statusgen.cli.main import run

MAINTENANCE = """\
---
title: Database upgrade
type: maintenance
components: [api]
starts: 2026-12-05 04:00 UTC
ends: 2026-12-05 05:00 UTC
---

## Scheduled · 2026-11-21 10:20 UTC

The API may be slow.
"""
WEEKLY = """\
---
title: Weekly maintenance
type: maintenance
components: [api]
starts: 2026-11-22 03:00+01:00
ends: 2026-11-22 03:30+01:00
repeat: FREQ=WEEKLY
created: 2026-11-21 10:20 UTC
---

The API may be slow.
"""


@pytest.mark.parametrize("end", [["--for", "1h"], ["--ends", "06:00"], ["--ends", "1h"]])
def test_a_maintenance_is_what_a_person_would_have_written(
    page_repository: Pages,
    end: list[str],
) -> None:
    root = page_repository({})
    arguments = ["-c", "api", "--starts", "2026-12-05 05:00", *end, "-m", "The API may be slow."]
    assert verb(root, "schedule", "Database upgrade", *arguments) == 0
    written = root / "incidents/2026-12-05-database-upgrade.md"
    assert written.read_text() == MAINTENANCE
    assert run(["check", "--root", str(root), "--now", "2026-11-21T10:21Z"]) == 0


def test_what_comes_again_is_written_in_the_clock_of_the_page(page_repository: Pages) -> None:
    root = page_repository({})
    arguments = ["-c", "api", "--starts", "03:00", "--for", "30m", "--repeat", "weekly"]
    assert (
        verb(root, "schedule", "Weekly maintenance", *arguments, "-m", "The API may be slow.") == 0
    )
    assert (root / "incidents/weekly-maintenance.md").read_text() == WEEKLY
    assert run(["check", "--root", str(root), "--now", "2026-11-21T10:21Z"]) == 0


def test_what_a_maintenance_lacks_is_told_at_once(page_repository: Pages, capsys: Captured) -> None:
    assert verb(page_repository({}), "schedule", "--repeat", "often") == 2
    given = [line.split(":")[1].strip() for line in capsys.readouterr().err.splitlines()]
    assert given == ["--repeat", "TITLE", "--starts", "--ends", "--message"]


def test_a_start_in_the_gap_is_refused(page_repository: Pages, capsys: Captured) -> None:
    arguments = ["--starts", "2027-03-28 02:30", "--for", "1h", "-m", "x"]
    assert verb(page_repository({}), "schedule", "Upgrade", *arguments) == 2
    assert "--starts: the clocks in Europe/Berlin skip this time" in capsys.readouterr().err


def test_an_end_before_the_start_is_refused(page_repository: Pages, capsys: Captured) -> None:
    arguments = ["--starts", "2026-12-05 05:00", "--ends", "2026-12-05 04:00", "-m", "x"]
    assert verb(page_repository({}), "schedule", "Upgrade", *arguments) == 2
    assert "--ends: 2026-12-05 03:00 UTC is not after 2026-12-05 04:00" in capsys.readouterr().err


def test_a_maintenance_goes_its_way(page_repository: Pages) -> None:
    root = page_repository({"incidents/db.md": MAINTENANCE})
    assert verb(root, "update", "db", "-m", "It has begun.", at="2026-12-05T04:02") == 0
    assert verb(root, "resolve", "db", "-m", "It is done.", at="2026-12-05T04:50") == 0
    assert (root / "incidents/db.md").read_text() == MAINTENANCE + (
        "\n## In progress · 2026-12-05 04:02 UTC\n\nIt has begun.\n"
        "\n## Completed · 2026-12-05 04:50 UTC\n\nIt is done.\n"
    )


def test_a_maintenance_that_comes_again_needs_a_status(
    page_repository: Pages,
    capsys: Captured,
) -> None:
    root = page_repository({"incidents/weekly.md": WEEKLY})
    assert verb(root, "update", "weekly", "-m", "x") == 2
    assert "--status: a maintenance that repeats needs it" in capsys.readouterr().err


# ── notices ───────────────────────────────────────────────────────────────────────────────────


def test_a_notice_is_what_a_person_would_have_written(page_repository: Pages) -> None:
    root = page_repository({})
    arguments = [
        "-c",
        "api",
        "--for",
        "30d",
        "--pin",
        "-m",
        "Version 2 has everything that it had.",
    ]
    assert verb(root, "notice", "API v1 ends", *arguments) == 0
    assert (root / "incidents/2026-11-21-api-v1-ends.md").read_text() == NOTICE


def test_a_notice_is_taken_down(page_repository: Pages, capsys: Captured) -> None:
    root = page_repository({"incidents/v1.md": NOTICE})
    assert verb(root, "resolve", "v1", at="2026-11-30T09:00") == 0
    ended = NOTICE.replace("ends: 2026-12-21 10:20", "ends: 2026-11-30 09:00")
    assert (root / "incidents/v1.md").read_text() == ended
    assert verb(root, "resolve", "v1", at="2026-11-30T09:01") == 0
    assert "is taken down since 2026-11-30 09:00 UTC already" in capsys.readouterr().out
