"""Finds where in config.yml something stands that is found to be wrong long after it was read."""

from __future__ import annotations

from statusgen.config import place_of
from statusgen.files.names import CONFIG
from statusgen.files.source_tree import LARGEST_CONFIG, read_file
from statusgen.problems import Location
from statusgen.reading.characters import decode


def place_in_config(root: str, *keys: str | int) -> Location:
    """Return where the value of a key of a key … stands, or the item of that number in a list.

    It is the file as a whole if the value is not there: what is read instead of a faulty file may
    be an older one.
    """
    try:
        raw = read_file(root, CONFIG, largest=LARGEST_CONFIG)
    except OSError:
        return Location(CONFIG)
    text, _ = decode(raw, CONFIG)
    return place_of(text, CONFIG, *keys)
