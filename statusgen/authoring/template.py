"""What the editor opens with, and what is left of it when it is closed."""

from __future__ import annotations

from collections.abc import Iterable

_SCISSORS = "# ------------------------ >8 ------------------------"


def template(text: str, notes: Iterable[str]) -> str:
    """Return a text with notes below a line; from that line on nothing is kept."""
    lines = "".join(f"# {note}".rstrip() + "\n" for note in notes)
    return f"{text}\n\n{_SCISSORS}\n# Everything from the line above on is left out.\n#\n{lines}"


def written_in(edited: str) -> str:
    """Return what was written above the line."""
    lines = edited.replace("\r\n", "\n").split("\n")
    kept = lines[: lines.index(_SCISSORS)] if _SCISSORS in lines else lines
    return "\n".join(kept).strip("\n")
