"""Finds the language of a page: its words in a catalogue, its dates and numbers in the CLDR.

A wheel has its catalogues compiled. In a checkout there are only the texts that people edit, and
they are compiled in memory: nothing there could be older than its source.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from statusgen.files.names import PROGRAM_FOLDER
from statusgen.files.source_tree import read_file
from statusgen.site.words.language import ENGLISH, Language

if TYPE_CHECKING:
    from gettext import GNUTranslations

FOLDER = "locale"
_NAME = "LC_MESSAGES/statusgen"
_LARGEST = 4 << 20


@lru_cache(maxsize=32)
def read_language(code: str, folder: str = PROGRAM_FOLDER) -> Language:
    """Return a language; one without a catalogue has English words between its own figures.

    `folder` is what holds the catalogues' folder.
    """
    if code == ENGLISH.code:
        return ENGLISH
    from statusgen.languages.cldr import (  # noqa: PLC0415 (an English page does without Babel)
        direction_of,
        formats_of,
        name_of,
    )

    catalogue = _catalogue_of(code, folder)
    language = replace(
        ENGLISH,
        code=code,
        name=name_of(code),
        direction=direction_of(code),
        formats=formats_of(code, catalogue),
    )
    if not catalogue:
        return language
    words = _read(catalogue, folder)
    return replace(
        language,
        gettext=words.gettext,
        ngettext=words.ngettext,
        pgettext=words.pgettext,
        npgettext=words.npgettext,
    )


def missing_catalogues(codes: Iterable[str]) -> list[str]:
    """Return the languages that the interface is not translated into."""
    return [
        code for code in codes if not _is_english(code) and not _catalogue_of(code, PROGRAM_FOLDER)
    ]


def translated_languages() -> list[str]:
    """Return the languages that the interface is in."""
    return sorted({ENGLISH.code, *(name.replace("_", "-") for name in _names(PROGRAM_FOLDER))})


def _is_english(code: str) -> bool:
    return code.partition("-")[0] == ENGLISH.code


def _names(folder: str) -> list[str]:
    """Return the names of the catalogues."""
    names = sorted(os.listdir(os.path.join(folder, FOLDER)))
    return [name for name in names if os.path.isdir(os.path.join(folder, FOLDER, name))]


def _catalogue_of(code: str, folder: str) -> str:
    """Return the catalogue for a language: 'pt_PT', 'pt' or else 'pt_BR' for 'pt-PT'; or ''."""
    names = _names(folder)
    return next((name for name in _candidates(code, names) if name in names), "")


def _candidates(code: str, names: Sequence[str]) -> Iterator[str]:
    yield code.replace("-", "_")
    if _is_english(code):
        return
    language, *_ = code.split("-")
    yield language
    yield from (name for name in names if name.startswith(f"{language}_"))


def _read(catalogue: str, folder: str) -> GNUTranslations:
    """Return the words of a catalogue."""
    from gettext import GNUTranslations  # noqa: PLC0415 (only for languages other than English)

    path = f"{FOLDER}/{catalogue}/{_NAME}"
    try:
        return GNUTranslations(BytesIO(read_file(folder, f"{path}.mo", largest=_LARGEST)))
    except FileNotFoundError:
        text = read_file(folder, f"{path}.po", largest=_LARGEST)
    return GNUTranslations(BytesIO(compiled(text, catalogue)))


def compiled(text: bytes, locale: str) -> bytes:
    """Return a catalogue as machines read it: English stays where nothing is translated."""
    from babel.messages.mofile import write_mo  # noqa: PLC0415 (as above)
    from babel.messages.pofile import read_po  # noqa: PLC0415 (as above)

    catalogue = read_po(BytesIO(text), locale=locale)
    for message in list(catalogue):
        if message.id and isinstance(message.string, tuple) and not all(message.string):
            catalogue.delete(message.id, message.context)  # else written, as translated to nothing
    buffer = BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()
