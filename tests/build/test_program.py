"""What tells one version of the program from another is worked out once for an installation."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from folders import files_below

from statusgen.memory.freshness import PROGRAM_ROOT

Pages = Callable[..., Path]

INCIDENT = """\
---
title: Card payments fail
---

## Resolved · 2026-11-20 11:05 UTC

It is over.
"""

SETTLED = 2.1  # seconds after which a file's times tell of every change


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a copy of the program, as it was installed a while ago."""
    folder = tmp_path_factory.mktemp("installation")
    for name in ("statusgen", "site-template"):
        ignored = shutil.ignore_patterns("__pycache__", "fonts")
        shutil.copytree(Path(PROGRAM_ROOT, name), folder / name, ignore=ignored)
    time.sleep(SETTLED)
    return folder


def build(installation: Path, root: Path) -> dict[str, bytes]:
    """Build a page as its command does, and return the files."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "COVERAGE"))
    }
    subprocess.run(
        [sys.executable, "-m", "statusgen", "build"],
        cwd=root,
        env={**environment, "PYTHONPATH": str(installation)},
        check=True,
        capture_output=True,
    )
    return files_below(root / "site")


def kept(installation: Path) -> list[Path]:
    return list((installation / "statusgen/__pycache__").glob("program.*"))


def test_another_template_of_the_same_length_makes_the_pages_anew(
    installation: Path, page_repository: Pages
) -> None:
    root = page_repository({"incidents/a.md": INCIDENT})
    assert "Skip to the content" in build(installation, root)["index.html"].decode()
    assert kept(installation)
    template = installation / "site-template/base.html"
    template.write_text(template.read_text().replace("Skip to the", "Skim to the"))
    assert "Skim to the content" in build(installation, root)["index.html"].decode()


def test_what_was_kept_and_is_damaged_is_worked_out_again(
    installation: Path, page_repository: Pages
) -> None:
    root = page_repository({"incidents/a.md": INCIDENT})
    time.sleep(SETTLED)  # the other test may have changed the program
    first = build(installation, root)
    (path,) = kept(installation)
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + b"x")
    shutil.rmtree(root / ".statusgen")
    assert build(installation, root) == first
    assert path.read_bytes() == whole
