"""A disk that is full, read-only or forbidden: the file is as it was, and the text is not lost."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from crashing import count_changes, refusing

from statusgen.cli.main import run

Pages = Callable[..., Path]
Captured = pytest.CaptureFixture[str]

ROOT = Path(__file__).parents[2]
PATH = "incidents/a.md"
OPEN = "---\ntitle: A\n---\n\n## Investigating · 2026-11-21 10:05 UTC\n\nOne.\n"
TEXT = "A good text."


def update(root: Path) -> int:
    now = ["--now", "2026-11-21T10:20Z", "--no-input"]
    return run(["update", "a", "--root", str(root), "-m", TEXT, *now])


def drafts(root: Path) -> list[str]:
    return [path.read_text() for path in (root / ".statusgen/drafts").glob("*.md")]


def test_whatever_change_is_refused_the_text_is_on_the_disk_or_the_terminal(
    page_repository: Pages,
    capsys: Captured,
) -> None:
    root = page_repository({PATH: OPEN})
    total = count_changes(lambda: update(root))
    assert total > 1
    for at in range(total):
        (root / PATH).write_text(OPEN)
        capsys.readouterr()
        with refusing(at, 28):
            code = update(root)
        said = capsys.readouterr().err
        if code == 0:
            assert (root / PATH).read_text().endswith(f"{TEXT}\n")
            continue
        assert code == 4
        assert f"{root / PATH} cannot be written: No space left on device." in said
        assert (root / PATH).read_text() == OPEN
        assert f"{TEXT}\n" in drafts(root) or f"\n{TEXT}\n" in said


def test_on_a_full_disk_the_text_is_at_least_on_the_terminal(page_repository: Pages) -> None:
    """The process may write no byte to any file, as on a disk without room."""
    root = page_repository({PATH: OPEN})

    def without_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))

    command = [sys.executable, "-B", "-m", "statusgen", "update", "a", "-m", TEXT, "--no-input"]
    done = subprocess.run(
        command,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        preexec_fn=without_room,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 4
    assert "incidents/a.md cannot be written: File too large." in done.stderr
    assert (
        f"It could not be kept as a draft either (File too large). It is:\n\n{TEXT}\n"
        in done.stderr
    )
    assert (root / PATH).read_text() == OPEN


def test_a_text_whose_file_cannot_be_written_is_a_draft(
    page_repository: Pages,
    capsys: Captured,
) -> None:
    root = page_repository({})
    (root / "incidents").write_text("a file where the folder would be")
    arguments = ["A", "-c", "api", "-m", TEXT, "--no-input", "--now", "2026-11-21T10:20Z"]
    assert run(["open", "--root", str(root), *arguments]) == 4
    assert "cannot be written" in capsys.readouterr().err
    assert drafts(root) == [f"{TEXT}\n"]


def test_a_link_in_place_of_an_incident_is_not_followed(
    page_repository: Pages,
    tmp_path: Path,
) -> None:
    elsewhere = tmp_path / "elsewhere.md"
    elsewhere.write_text(OPEN)
    root = page_repository({"incidents/b.md": OPEN})
    (root / PATH).symlink_to(elsewhere)
    assert update(root) == 2
    assert elsewhere.read_text() == OPEN


def test_a_file_keeps_its_mode(page_repository: Pages) -> None:
    root = page_repository({PATH: OPEN})
    (root / PATH).chmod(0o664)
    assert update(root) == 0
    assert (root / PATH).stat().st_mode & 0o777 == 0o664


def test_without_room_for_the_editors_file_the_way_on_is_told(
    page_repository: Pages, capsys: Captured
) -> None:
    root = page_repository({PATH: OPEN})
    (root / ".statusgen").write_text("a file where the folder would be")
    assert run(["update", "a", "--root", str(root), "-m", TEXT, "--edit", "--no-input"]) == 2
    said = capsys.readouterr().err
    assert "give it with -m. It is so far:" in said
    assert f"\n{TEXT}\n" in said
