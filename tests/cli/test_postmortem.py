"""`postmortem`, as a script calls it."""

from __future__ import annotations

from pathlib import Path

import pytest
from writing_verbs import NOTICE, OPEN, PATH, Captured, Pages, verb


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
