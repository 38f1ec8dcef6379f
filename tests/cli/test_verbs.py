"""`update`, `resolve`, `schedule`, `notice` and `postmortem`, as a script calls them."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from statusgen.cli.main import run

Pages = Callable[..., Path]
Captured = pytest.CaptureFixture[str]

PATH = "incidents/2026-11-21-card-payments-fail.md"
OPEN = """\
---
title: Card payments fail   # for some
components:
  checkout: major_outage
  api: degraded_performance
---

## Investigating · 2026-11-21 10:05 UTC
next update: 10:20 UTC

Some customers see an error when they pay by card.
"""
OTHER = """\
---
title: API is slow
components: [api]
---

## Identified · 2026-11-20 09:00 UTC

It is slow.
"""


def verb(root: Path, name: str, *arguments: str, at: str = "2026-11-21T10:20") -> int:
    return run([name, "--root", str(root), *arguments, "--now", f"{at}:40Z", "--no-input"])


def test_an_update_is_what_a_person_would_have_written(page_repository: Pages) -> None:
    root = page_repository({PATH: OPEN})
    arguments = ["-c", "Checkout=partial", "--status", "identified", "--eta", "2h"]
    text = "A provider rejects a third of our requests."
    assert verb(root, "update", "card", *arguments, "--next-update", "30m", "-m", text) == 0
    assert (root / PATH).read_text() == OPEN + (
        "\n## Identified · 2026-11-21 10:20 UTC\n"
        "components: checkout=partial_outage\n"
        "next update: 10:50 UTC\n"
        "eta: 12:20 UTC\n"
        f"\n{text}\n"
    )
    assert run(["check", "--root", str(root), "--now", "2026-11-21T10:21Z"]) == 0


def test_still_is_one_word(page_repository: Pages) -> None:
    root = page_repository({PATH: OPEN})
    assert verb(root, "update", "--still") == 0
    assert verb(root, "update", "--still", at="2026-11-21T10:34") == 0
    assert (root / PATH).read_text() == OPEN + (
        "\n## Investigating · 2026-11-21 10:20 UTC\nnext update: 10:35 UTC\n"
        "\nWe are still looking for the cause.\n"
        "\n## Investigating · 2026-11-21 10:34 UTC\nnext update: 10:49 UTC\n"
        "\nWe have not found the cause yet, and the search goes on.\n"
    )


def test_a_promise_can_be_left_out(page_repository: Pages) -> None:
    root = page_repository({PATH: OPEN})
    assert verb(root, "update", "-m", "On it.", "--next-update", "none") == 0
    assert (root / PATH).read_text().endswith("## Investigating · 2026-11-21 10:20 UTC\n\nOn it.\n")


def test_resolved_is_what_a_person_would_have_written(page_repository: Pages) -> None:
    root = page_repository({PATH: OPEN})
    text = "Card payments work again. No payment was taken twice."
    assert verb(root, "resolve", "-m", text, "--ended", "10:15 UTC") == 0
    front, body = OPEN.split("---\n\n", 1)
    assert (root / PATH).read_text() == (
        f"{front}ended: 2026-11-21 10:15 UTC\n---\n\n{body}"
        f"\n## Resolved · 2026-11-21 10:20 UTC\n\n{text}\n"
    )
    assert run(["check", "--root", str(root), "--now", "2026-11-21T10:21Z"]) == 0


def test_a_second_resolve_says_so_and_changes_nothing(
    page_repository: Pages,
    capsys: Captured,
) -> None:
    root = page_repository({PATH: OPEN})
    assert verb(root, "resolve", "card", "-m", "Works again.") == 0
    before = (root / PATH).read_bytes()
    capsys.readouterr()
    assert verb(root, "resolve", "card", "-m", "Works again.", at="2026-11-21T11:00") == 0
    said = capsys.readouterr().out
    assert said == (
        "'Card payments fail' is resolved since 2026-11-21 10:20 UTC already.\n"
        "Nothing is changed.\n"
    )
    assert (root / PATH).read_bytes() == before


def test_what_is_resolved_is_opened_again_only_on_purpose(
    page_repository: Pages,
    capsys: Captured,
) -> None:
    root = page_repository({PATH: OPEN})
    verb(root, "resolve", "card", "-m", "Works again.")
    assert verb(root, "update", "card", "-m", "Back.", at="2026-11-21T11:00") == 2
    assert "'Card payments fail' is resolved; --status opens it again" in capsys.readouterr().err
    again = ["-m", "Back.", "--status", "investigating"]
    assert verb(root, "update", "card", *again, at="2026-11-21T11:00") == 0
    assert "## Investigating · 2026-11-21 11:00 UTC" in (root / PATH).read_text()


def test_an_end_before_the_beginning_is_refused(page_repository: Pages, capsys: Captured) -> None:
    root = page_repository({PATH: OPEN})
    assert verb(root, "resolve", "-m", "Works.", "--ended", "10:00 UTC") == 2
    assert "--ended: 2026-11-21 10:00 UTC is before it began" in capsys.readouterr().err
    assert (root / PATH).read_text() == OPEN


# ── which incident ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["update", "resolve"])
def test_without_an_id_it_is_the_open_one(page_repository: Pages, name: str) -> None:
    over = OPEN + "\n## Resolved · 2026-11-21 10:10 UTC\n\nOver.\n"
    root = page_repository({PATH: OPEN, "incidents/over.md": over})
    assert verb(root, name, "-m", "News.") == 0
    assert "News." in (root / PATH).read_text()


def test_of_several_open_ones_all_are_listed(page_repository: Pages, capsys: Captured) -> None:
    root = page_repository({PATH: OPEN, "incidents/2026-11-20-api-is-slow.md": OTHER})
    assert verb(root, "update", "-m", "News.") == 2
    said = capsys.readouterr().err
    assert "2 incidents are open" in said
    assert "2026-11-21-card-payments-fail  Card payments fail" in said
    assert "2026-11-20-api-is-slow  API is slow" in said


def test_none_is_open(page_repository: Pages, capsys: Captured) -> None:
    assert verb(page_repository({}), "update", "-m", "News.") == 2
    assert "no incident is open; name the one that you mean" in capsys.readouterr().err


def test_an_unknown_id_has_suggestions(page_repository: Pages, capsys: Captured) -> None:
    root = page_repository({PATH: OPEN})
    assert verb(root, "update", "crad-payments-fail", "-m", "News.") == 2
    assert "did you mean 2026-11-21-card-payments-fail?" in capsys.readouterr().err


# ── what was typed wrongly ────────────────────────────────────────────────────────────────────


def test_everything_that_is_wrong_is_told_at_once(page_repository: Pages, capsys: Captured) -> None:
    root = page_repository({PATH: OPEN})
    wrong = ["-c", "chekout=major", "-c", "api", "--status", "identifed", "--impact", "huge"]
    assert verb(root, "update", *wrong, "-m", "News.") == 2
    lines = [line for line in capsys.readouterr().err.splitlines() if line.startswith("Error")]
    assert lines == [
        "Error: --component: there is no component 'chekout'; did you mean 'checkout'?",
        "Error: --component: what becomes of api is missing; write api=partial_outage.",
        "Error: --status: 'identifed' is not a status; did you mean 'identified'?",
        "Error: --impact: 'huge' is not an impact; one of none, minor, major, critical.",
    ]
    assert (root / PATH).read_text() == OPEN


def test_a_time_that_the_clocks_skip_is_refused(page_repository: Pages, capsys: Captured) -> None:
    """In Berlin the clocks go from 02:00 to 03:00 on 29 March 2026."""
    opened = OPEN.replace("11-21", "03-29").replace("10:", "00:")
    root = page_repository({"incidents/a.md": opened})
    arguments = ["-m", "News.", "--next-update", "02:30"]
    assert verb(root, "update", *arguments, at="2026-03-29T00:30") == 2
    assert "the clocks in Europe/Berlin skip this time" in capsys.readouterr().err


def test_the_text_of_a_failed_update_is_kept(page_repository: Pages, capsys: Captured) -> None:
    root = page_repository({PATH: OPEN})
    assert verb(root, "update", "-m", "A good text.", "--next-update", "soon") == 2
    said = capsys.readouterr().err
    draft = root / ".statusgen/drafts/2026-11-21-card-payments-fail.md"
    assert draft.read_text() == "A good text.\n"
    assert str(draft) in said
    assert verb(root, "update", "--message-file", str(draft)) == 0
    assert (root / PATH).read_text().endswith("\n\nA good text.\n")


def test_a_text_from_stdin(page_repository: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    root = page_repository({PATH: OPEN})
    stdin = io.TextIOWrapper(io.BytesIO("Über eine Zeile\r\nhinaus.\n".encode()))
    monkeypatch.setattr(sys, "stdin", stdin)
    assert verb(root, "update", "--message-file", "-") == 0
    assert (root / PATH).read_text().endswith("\n\nÜber eine Zeile\nhinaus.\n")


def test_options_that_a_form_left_empty_are_not_given(page_repository: Pages) -> None:
    root = page_repository({PATH: OPEN})
    empty = ["--status", "", "-c", "", "--impact", " ", "--next-update", "", "--eta", ""]
    assert verb(root, "update", "", *empty, "-m", "News.") == 0
    assert (root / PATH).read_text().endswith("\nnext update: 10:35 UTC\n\nNews.\n")


def test_a_dry_run_shows_the_file_and_writes_nothing(
    page_repository: Pages,
    capsys: Captured,
) -> None:
    root = page_repository({PATH: OPEN})
    assert verb(root, "update", "-m", "News.", "--dry-run") == 0
    said = capsys.readouterr()
    assert said.out.startswith(OPEN)
    assert said.out.endswith("\nNews.\n")
    assert f"Would write {root / PATH}:" in said.err
    assert (root / PATH).read_text() == OPEN


# ── a repository that is not as it should be ──────────────────────────────────────────────────


def test_other_files_may_be_broken(page_repository: Pages) -> None:
    root = page_repository(
        {PATH: OPEN, "incidents/broken.md": "---\ntitle: [\n", "incidents/b": ""}
    )
    assert verb(root, "update", "card", "-m", "News.") == 0


def test_the_configuration_may_be_broken(page_repository: Pages, capsys: Captured) -> None:
    root = page_repository({PATH: OPEN, "config.yml": "page: {name: Acme\n"})
    assert verb(root, "update", "-c", "checkout=partial_outage", "-m", "News.") == 0
    assert "Warning: config.yml:" in capsys.readouterr().err
    assert "components: checkout=partial_outage\n" in (root / PATH).read_text()


def test_a_file_that_cannot_be_understood_must_be_mended_first(
    page_repository: Pages,
    capsys: Captured,
) -> None:
    broken = OPEN.replace("## Investigating", "## Investigatign")
    root = page_repository({PATH: broken})
    assert verb(root, "update", "card", "-m", "News.") == 2
    said = capsys.readouterr().err
    assert f"{PATH}:8:3 cannot be understood: unknown status 'Investigatign'" in said
    assert "did you mean 'Investigating'?" in said
    assert (root / PATH).read_text() == broken
    assert (root / ".statusgen/drafts/update.md").read_text() == "News.\n"


def test_a_fault_that_was_there_before_does_not_stop_an_update(page_repository: Pages) -> None:
    root = page_repository({PATH: OPEN.replace("api:", "gone:")})
    assert verb(root, "update", "card", "-m", "News.") == 0


def test_it_works_from_a_folder_below(
    page_repository: Pages,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    root = page_repository({PATH: OPEN})
    monkeypatch.chdir(root / "incidents")
    assert run(["update", "--still", "--now", "2026-11-21T10:20Z", "--no-input"]) == 0
    assert "still" in (root / PATH).read_text()


def test_outside_of_a_page_repository_it_says_what_to_do(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Captured,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["update", "--still", "--no-input"]) == 2
    assert "name it with --root" in capsys.readouterr().err
    assert run(["update", "--still", "--root", str(tmp_path)]) == 2
    assert "'statusgen init' makes a page repository" in capsys.readouterr().err


# ── maintenance ───────────────────────────────────────────────────────────────────────────────

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

NOTICE = """\
---
title: API v1 ends
type: notice
components: [api]
ends: 2026-12-21 10:20 UTC
pin: true
---

## Notice · 2026-11-21 10:20 UTC

Version 2 has everything that it had.
"""


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


# ── postmortems ───────────────────────────────────────────────────────────────────────────────


def test_a_postmortem_begins_with_what_the_file_knows(
    page_repository: Pages,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    root = page_repository({PATH: OPEN})
    verb(root, "resolve", "-m", "It works again. Sorry.", "--ended", "10:15 UTC")
    before = (root / PATH).read_text()
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nsed -i "s/^### Cause$/&\\n\\nA deployment./" "$1"\n')
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(editor))
    monkeypatch.delenv("VISUAL", raising=False)
    assert verb(root, "postmortem", "card", "--edit", at="2026-11-23T09:00") == 0
    added = (root / PATH).read_text().removeprefix(before)
    assert added.startswith(
        "\n## Postmortem · 2026-11-23 09:00 UTC\n"
        "\n### Summary\n\nCard payments fail (Checkout, API): "
        "from 2026-11-21 10:05 UTC to 2026-11-21 10:15 UTC, 10 minutes.\n"
        "\n### Timeline\n\n"
        "- 2026-11-21 10:05 UTC: Investigating. "
        "Some customers see an error when they pay by card.\n"
        "- 10:15 UTC: It was over.\n"
        "- 10:20 UTC: Resolved. It works again.\n"
        "\n### Cause\n\nA deployment.\n"
    )
    assert ">8" not in added
    assert list((root / ".statusgen/drafts").iterdir()) == []


def test_a_postmortem_that_nobody_wrote_in_is_none(
    page_repository: Pages,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Captured,
) -> None:
    root = page_repository({PATH: OPEN})
    verb(root, "resolve", "-m", "It works again.")
    before = (root / PATH).read_text()
    monkeypatch.setenv("EDITOR", "true")
    monkeypatch.delenv("VISUAL", raising=False)
    assert verb(root, "postmortem", "card", "--edit", at="2026-11-23T09:00") == 2
    assert "Nothing was written, so nothing is changed." in capsys.readouterr().err
    assert (root / PATH).read_text() == before


def test_what_an_editor_left_before_it_failed_is_kept(
    page_repository: Pages,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: Captured,
) -> None:
    root = page_repository({PATH: OPEN})
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\necho "Half a text" > "$1"; exit 1\n')
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(editor))
    monkeypatch.delenv("VISUAL", raising=False)
    assert verb(root, "update", "--edit") == 2
    draft = root / ".statusgen/drafts/2026-11-21-card-payments-fail.md"
    assert draft.read_text() == "Half a text\n"
    assert str(draft) in capsys.readouterr().err


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({PATH: OPEN}, "is not over yet; 'statusgen resolve' comes first"),
        ({"incidents/card.md": NOTICE}, "is a notice"),
    ],
)
def test_what_has_no_postmortem(
    page_repository: Pages,
    capsys: Captured,
    files: dict[str, str],
    said: str,
) -> None:
    assert verb(page_repository(files), "postmortem", "card", "-m", "x") == 2
    assert said in capsys.readouterr().err
