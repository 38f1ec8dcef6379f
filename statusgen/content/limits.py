"""How much of a file is read, and how much of a text is shown."""

from __future__ import annotations

from statusgen.content.collector import Collector
from statusgen.content.texts import normal_text
from statusgen.problems import Location
from statusgen.reading.characters import decode

LARGEST_FILE = 1_000_000  # bytes
LONGEST_TEXT = 32_768  # characters


def read_text(raw: bytes, problems: Collector) -> str:
    """Return the text of a file; what is no text in it is replaced and reported."""
    if len(raw) > LARGEST_FILE:
        message = f"the file is larger than {LARGEST_FILE // 1_000_000} MB"
        hint = "move logs and images out of the file"
        problems.spoil("too-large", message, Location(problems.path), hint)
        raw = raw[: raw.rfind(b"\n", 0, LARGEST_FILE) + 1]
    text, faults = decode(raw, problems.path)
    problems.add(*faults, spoils=True)
    return text


def limited(text: str, problems: Collector, line: int = 1) -> str:
    """Return as much of a text as can be rendered in a bearable time, in whole lines."""
    if len(text) <= LONGEST_TEXT:
        return text
    message = f"a text of {len(text):,} characters, and at most {LONGEST_TEXT:,} are shown"
    where = Location(problems.path, line, 1)
    problems.error("text-too-long", message, where, "link to the long version")
    end = text.rfind("\n", 0, LONGEST_TEXT)
    return normal_text(text[: end if end > 0 else LONGEST_TEXT])
