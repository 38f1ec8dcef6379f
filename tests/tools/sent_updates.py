"""An update as somebody in a hurry writes and sends it."""

from __future__ import annotations

from pathlib import Path

from statusgen.cli.main import run

TEXT = "A provider rejects our requests."


def update(root: Path, *arguments: str, text: str = TEXT, at: str = "10:20") -> int:
    now = ["--now", f"2026-11-21T{at}Z", "--no-input"]
    return run(["update", "card", "--root", str(root), "-m", text, *arguments, *now])


def hook(repository: Path, name: str, script: str) -> None:
    folder = repository / "hooks" if (repository / "hooks").is_dir() else repository / ".git/hooks"
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)
