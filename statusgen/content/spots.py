"""Where in a file something stands that was found in what was read from it.

What is read in thousands carries no lines and columns; whoever finds something wrong in a text
names a `Spot`, and the few files that have one are looked at again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from statusgen.content.collector import Collector, Context
from statusgen.content.document import Document, Section, location, split, text_of
from statusgen.content.headings import parts_of
from statusgen.content.internal import text_for
from statusgen.content.key_lines import read_key_lines
from statusgen.model import PUBLIC, Kind
from statusgen.problems import Location
from statusgen.reading.characters import decode
from statusgen.reading.nodes import Mapping, parse_yaml
from statusgen.reading.times import parse_time


class Spot(NamedTuple):
    """A place in an incident file or a translation.

    `at` is the time of an update, of which `nth` counts those of the same time; without it the
    front matter or the summary is meant. `key` is one of the front matter or a key line, and
    `offset` a position in the text; without both it is the heading, or the file.
    """

    path: str
    at: datetime | None = None
    nth: int = 0
    key: str = ""
    offset: int | None = None


class _Body(NamedTuple):
    """An update's section, where its key lines end, where its text begins, and the text."""

    section: Section
    keys_end: int
    start: int
    text: str


def locate_spots(
    path: str, raw: bytes, zone: ZoneInfo, spots: Sequence[Spot], audience: str = PUBLIC
) -> list[Location]:
    """Return the places of spots in the file `path`, as an audience reads these bytes."""
    decoded, _ = decode(raw, path)
    unheard = Collector(path)
    document = split(text_for(audience, decoded, unheard), unheard)
    bodies: dict[datetime, list[_Body]] = {}
    for at, body in _bodies(document, zone, unheard):
        bodies.setdefault(at, []).append(body)
    return [_located(spot, document, bodies) for spot in spots]


def _bodies(
    document: Document, zone: ZoneInfo, unheard: Collector
) -> Iterator[tuple[datetime, _Body]]:
    for section in document.sections:
        _, time = parts_of(section.title)
        at = parse_time(time, zone).at
        if at is None:
            continue
        keys = read_key_lines(document, section, at, Context(Kind.INCIDENT, zone, (), unheard))
        text = text_of(document, keys.end, section.body, keys.prose)
        # A key line that turned out to be prose begins the text, above where the others end.
        start = section.body.start if keys.prose else keys.end
        yield at, _Body(section, keys.end, start, text)


def _located(spot: Spot, document: Document, bodies: dict[datetime, list[_Body]]) -> Location:
    if spot.at is None:
        if spot.offset is None:
            return _key_in_front(spot, document)
        summary = text_of(document, document.summary.start, document.summary)
        start, end = document.summary.start, document.summary.end
        return _in_text(spot, document.text, start, end, summary)
    sections = bodies.get(spot.at, ())
    if spot.nth >= len(sections):
        return Location(spot.path)
    section, keys_end, start, text = sections[spot.nth]
    if spot.offset is not None:
        return _in_text(spot, document.text, start, section.body.end, text)
    key = re.compile(rf"\n {{0,3}}({re.escape(spot.key)})[ \t]*:", re.IGNORECASE)
    line = key.search(document.text, section.body.start, keys_end) if spot.key else None
    if line is None:
        return section.where._replace(column=1)
    return location(document.text, line.start(1), spot.path)


def _key_in_front(spot: Spot, document: Document) -> Location:
    """Return where a key's value stands, or the first line of the front matter."""
    if document.front is None:
        return Location(spot.path)
    yaml = document.text[document.front.start : document.front.end]
    node, _ = parse_yaml(yaml, spot.path, document.front_line)
    entries = node.entries if isinstance(node, Mapping) else ()
    for key, value in entries:
        if key.text == spot.key:
            return value.where
    return Location(spot.path, document.front_line, 1)


def _in_text(spot: Spot, whole: str, start: int, end: int, text: str) -> Location:
    """Return the place of text[spot.offset], a text that stands in whole[start:end].

    Lines of the file may be missing in the text, and characters at the beginning of a line, so
    each line of the text is looked for behind the one before.
    """
    offset = min(spot.offset or 0, len(text))
    lines = text[:offset].split("\n")
    last_end = text.find("\n", offset)
    lines[-1] = text[offset - len(lines[-1]) : last_end if last_end >= 0 else len(text)]
    at = start
    for line in lines:
        found = whole.find(line, at, end) if line else at
        at = found + len(line) if found >= 0 else at
    column = offset - (text.rfind("\n", 0, offset) + 1)
    return location(whole, max(at - len(lines[-1]), start) + column, spot.path)
