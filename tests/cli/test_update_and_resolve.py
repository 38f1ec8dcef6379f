"""`update` and `resolve`, as a script calls them."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from writing_verbs import OPEN, OTHER, PATH, Captured, Pages, verb

from statusgen.cli.main import run


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


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_text_from_a_file_of_any_unicode_encoding(page_repository: Pages, encoding: str) -> None:
    root = page_repository({PATH: OPEN})
    (root / "text").write_bytes("Größe: gut.\n".encode(encoding))
    assert verb(root, "update", "--message-file", str(root / "text")) == 0
    assert (root / PATH).read_text("utf-8").endswith("UTC\n\nGröße: gut.\n")


def test_a_text_that_is_no_unicode_is_refused_and_kept(
    page_repository: Pages, capsys: Captured
) -> None:
    root = page_repository({PATH: OPEN})
    (root / "text").write_bytes("Größe: gut.\n".encode("latin-1"))
    assert verb(root, "update", "--message-file", str(root / "text")) == 2
    assert "is not UTF-8; save it as UTF-8" in capsys.readouterr().err
    assert (root / PATH).read_text("utf-8") == OPEN
    (draft,) = (root / ".statusgen/drafts").iterdir()
    assert draft.read_text("utf-8") == "Größe: gut.\n"


def test_a_translation_is_no_incident_of_its_own(page_repository: Pages) -> None:
    translated = "---\ntitle: Karten\n---\n\n## Update · 2026-11-21 10:05 UTC\n\nEin Fehler.\n"
    root = page_repository({PATH: OPEN, PATH.replace(".md", ".de.md"): translated})
    assert verb(root, "update", "--still") == 0
    assert (root / PATH).read_text().endswith("We are still looking for the cause.\n")


def test_of_many_open_incidents_the_newest_are_listed(
    page_repository: Pages, capsys: Captured
) -> None:
    root = page_repository({f"incidents/2026-11-21-n{number}.md": OPEN for number in range(40)})
    assert verb(root, "update", "--still") == 2
    said = capsys.readouterr().err
    assert "40 incidents are open" in said
    assert "  … and 25 more" in said
    assert len(said.splitlines()) < 24
