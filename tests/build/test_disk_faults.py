"""A disk that is full, read-only or forbidden stops a build with a word, and harms nothing."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from crashing import count_changes, refusing
from folders import files_below

from statusgen.cli.main import run

INCIDENT = "---\ntitle: A\n---\n\n## Investigating · 2026-11-20 10:00 UTC\n\nOne.\n"
MORE = "\n## Resolved · 2026-11-20 11:00 UTC\n\nDone.\n"
ERRORS = [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO, errno.EMFILE]

Pages = Callable[[dict[str, str]], Path]


def build(root: Path) -> int:
    return run(["build", "--root", str(root), "--now", "2026-11-21T12:00Z"])


def site(root: Path) -> dict[str, bytes]:
    found = files_below(root / "site")
    return {path: content for path, content in found.items() if not path.startswith(".statusgen-")}


@pytest.fixture
def one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep all writing in this process, where it can be refused."""
    monkeypatch.setattr("statusgen.workers.process_count", lambda: 1)


@pytest.mark.parametrize("every", [61, pytest.param(1, marks=pytest.mark.extreme)])
def test_a_refused_change_ends_in_exit_code_4_and_whole_files(
    page_repository: Pages,
    one_process: None,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    every: int,
) -> None:
    root = page_repository({"incidents/a.md": INCIDENT})
    assert build(root) == 0
    old = site(root)
    shutil.copytree(root / "site", tmp_path / "old")
    (root / "incidents/a.md").write_text(INCIDENT + MORE)
    total = count_changes(lambda: build(root))
    new = site(root)
    for at in range(0, total, every):
        shutil.rmtree(root / "site")
        shutil.copytree(tmp_path / "old", root / "site")
        error = ERRORS[at % len(ERRORS)]
        capsys.readouterr()
        with refusing(at, error):
            code = build(root)
        said = capsys.readouterr().err
        # What cannot be remembered for the next build is no reason to fail this one.
        assert code == 0 or (code == 4 and os.strerror(error) in said), (at, code, said)
        for path, content in site(root).items():
            assert content in (old.get(path), new.get(path)), (at, path)
        assert build(root) == 0
        assert site(root) == new, at


def test_the_message_names_the_file_and_says_what_to_do(
    page_repository: Pages,
    one_process: None,
    capsys: pytest.CaptureFixture[str],
) -> None:
    root = page_repository({"incidents/a.md": INCIDENT})
    (root / "site").mkdir()
    (root / "site/.statusgen-pending").write_text("")
    (root / "site/index.html").mkdir()
    assert build(root) == 4
    said = capsys.readouterr().err
    assert "cannot write index.html: Is a directory" in said
    assert "build again" in said


def test_a_page_repository_that_cannot_be_written_to_can_still_be_built(
    page_repository: Pages,
    one_process: None,
    tmp_path: Path,
) -> None:
    """As in CI that mounts the sources read-only: there is just nothing to remember in."""
    root = page_repository({"incidents/a.md": INCIDENT})
    (root / ".statusgen").write_text("a file where the folder would be")
    arguments = ["build", "--root", str(root), "--now", "2026-11-21T12:00Z"]
    assert run([*arguments, "--out", str(tmp_path / "out")]) == 0
    assert (tmp_path / "out/index.html").exists()
