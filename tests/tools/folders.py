"""The files of a folder, to be compared as a whole."""

from __future__ import annotations

from pathlib import Path


def files_below(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
