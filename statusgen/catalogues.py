"""Finds the language of a page: its words in a catalogue, its dates and numbers in the CLDR."""

from __future__ import annotations

from dataclasses import replace

from statusgen.site.language import ENGLISH, Language


def read_language(code: str) -> Language:
    """Return a language; one without a catalogue has English words, and its own code."""
    return ENGLISH if code == ENGLISH.code else replace(ENGLISH, code=code, name=code)
