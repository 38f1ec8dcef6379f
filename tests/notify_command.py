"""`statusgen notify` on a page whose incidents are written as a test goes on."""

from __future__ import annotations

from pathlib import Path

from statusgen.cli.main import run


def write(root: Path, text: str, name: str = "a") -> None:
    path = root / f"incidents/{name}.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)


def notify(root: Path, time: str, *arguments: str) -> int:
    """Run it at a day and time of November; return the exit code."""
    now = f"2026-11-{time.replace(' ', 'T')}Z"
    return run(["notify", "--root", str(root), "--now", now, *arguments])
