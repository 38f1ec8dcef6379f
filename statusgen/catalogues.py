"""Finds the language of a page: its words in a catalogue, its dates and numbers in the CLDR.

A wheel has its catalogues compiled. In a checkout there are only the texts that people edit, and
they are compiled in memory: nothing there could be older than its source.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from statusgen.files import read_file
from statusgen.site.language import ENGLISH, Language

if TYPE_CHECKING:
    from gettext import GNUTranslations

FOLDER = "locale"
_NAME = "LC_MESSAGES/statusgen"
_LARGEST = 4 << 20


@lru_cache(maxsize=32)
def read_language(code: str, folder: str = os.path.dirname(os.path.abspath(__file__))) -> Language:
    """Return a language; one without a catalogue has English words, and its own code.

    `folder` is what holds the catalogues' folder.
    """
    if code == ENGLISH.code:
        return ENGLISH
    from statusgen.cldr import (  # noqa: PLC0415 (an English page does without Babel)
        direction_of,
        formats_of,
        name_of,
    )

    language = replace(ENGLISH, code=code, name=name_of(code), direction=direction_of(code))
    for locale in _candidates(code, folder):
        words = _read(locale, folder)
        if words is not None:
            return replace(
                language,
                gettext=words.gettext,
                ngettext=words.ngettext,
                pgettext=words.pgettext,
                npgettext=words.npgettext,
                formats=formats_of(code, locale),
            )
    return language


def _candidates(code: str, folder: str) -> Iterator[str]:
    """Yield the names of catalogues that may do: 'pt_PT', 'pt' and then 'pt_BR' for 'pt-PT'."""
    language, *_ = code.split("-")
    yield code.replace("-", "_")
    if language == ENGLISH.code:
        return
    yield language
    names = sorted(os.listdir(os.path.join(folder, FOLDER)))
    yield from (name for name in names if name.startswith(f"{language}_"))


def _read(locale: str, folder: str) -> GNUTranslations | None:
    """Return the words of a catalogue; None if there is none."""
    from gettext import GNUTranslations  # noqa: PLC0415 (only for languages other than English)

    path = f"{FOLDER}/{locale}/{_NAME}"
    try:
        return GNUTranslations(BytesIO(read_file(folder, f"{path}.mo", largest=_LARGEST)))
    except OSError:
        pass
    try:
        text = read_file(folder, f"{path}.po", largest=_LARGEST)
    except OSError:
        return None
    return GNUTranslations(BytesIO(compiled(text, locale)))


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
