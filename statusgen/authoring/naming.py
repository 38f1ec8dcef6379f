"""The id and the path of a new file: from its title and its day, for ever a part of its address."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date
from itertools import count

from statusgen.content.ids import stem_of
from statusgen.reading.words import slug

_FOLDER = "incidents"
_LONGEST = 48  # characters of the title: an address that can be read out
_BY_DAY = re.compile(r"(incidents/)(\d{4})((?:/\d{2})?)/(\d{4}-\d{2})-\d{2}-[^/]*")


def new_id(title: str, day: date | None, taken: Collection[str], otherwise: str) -> str:
    """Return an id that nobody has, of the day and the title's first words in Latin letters.

    Without a day it is the words alone. A title that has none in an id's characters is stood for by
    `otherwise`.
    """
    words = _short(slug(_latin(title))) or otherwise
    stem = f"{day.isoformat()}-{words}" if day else words
    folded = {one.casefold() for one in taken}
    candidates = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return next(one for one in candidates if one not in folded)


def new_path(incident_id: str, day: date | None, paths: Iterable[str]) -> str:
    """Return the path of a new file: in a folder of the year, or of the month, where others are.

    `paths` are those of the files that are there; the newest day decides. What is of no day is in
    no such folder.
    """
    dated = [found for found in map(_BY_DAY.match, paths) if found]
    newest = max(dated, key=lambda found: found[4], default=None)
    flat = [stem_of(path)[:7] for path in paths if path.count("/") == 1]
    flat_newest = max((stem for stem in flat if stem[:4].isdecimal()), default="")
    if day is None or newest is None or newest[4] < flat_newest:
        return f"{_FOLDER}/{incident_id}.md"
    month = f"/{day:%m}" if newest[3] else ""
    return f"{newest[1]}{day:%Y}{month}/{incident_id}.md"


def _latin(title: str) -> str:
    """Return a title in ASCII letters; other scripts are written as they sound."""
    if title.isascii():
        return title
    from anyascii import anyascii  # noqa: PLC0415  most titles need none of its tables

    return anyascii(title)


def _short(words: str) -> str:
    """Return whole words from the beginning, as many as are short enough."""
    if len(words) <= _LONGEST:
        return words
    cut = words[: _LONGEST + 1].rpartition("-")[0]
    return cut or words[:_LONGEST]
