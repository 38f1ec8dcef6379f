"""A page's config.yml as somebody edits it."""

from __future__ import annotations

from pathlib import Path


def edit_config(root: Path, old: str, new: str) -> None:
    """Replace a text that is there."""
    config = root / "config.yml"
    text = config.read_text("utf-8")
    assert old in text
    config.write_text(text.replace(old, new), "utf-8")
