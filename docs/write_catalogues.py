"""Bring the catalogues of the interface up to date with the messages in the source.

usage: python docs/write_catalogues.py [--check] [LANGUAGE …]

Messages are found in the code below statusgen/site/, statusgen/report/, statusgen/timeline/ and
statusgen/notify/, and in the templates. What has been translated is kept, what is no longer said is
dropped, and nothing is guessed: a message is without a translation until somebody writes one. A
catalogue is begun for each LANGUAGE, such as pt-PT, that has none.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "statusgen" / "locale"
TEMPLATE = FOLDER / "statusgen.pot"
_CATALOGUE = "{}/LC_MESSAGES/statusgen.po"
_METHODS = [
    ("statusgen/site/**.py", "python"),
    ("statusgen/report/**.py", "python"),
    ("statusgen/timeline/**.py", "python"),
    ("statusgen/notify/**.py", "python"),
    ("site-template/**.html", "jinja2.ext:babel_extract"),
]
_OPTIONS = {
    "site-template/**.html": {
        "extensions": "jinja2.ext.i18n",
        "newstyle_gettext": "true",
        "trimmed": "true",
        "trim_blocks": "true",
        "lstrip_blocks": "true",
        "silent": "false",
    },
}
_KEYWORDS = {
    "_": None,
    "gettext": None,
    "N_": None,
    "ngettext": (1, 2),
    "counted": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_HEADER = (
    "# The words of statusgen's pages in one language; docs/languages.md tells how they come about."
)


def extracted() -> Catalog:
    """Return all messages of the source, each with the files that have it."""
    catalog = Catalog(project="statusgen", header_comment=_HEADER)
    for path, _, message, comments, context in extract_from_dir(
        ROOT,
        method_map=_METHODS,
        options_map=_OPTIONS,
        keywords=_KEYWORDS,
        comment_tags=("Translators:",),
        strip_comment_tags=True,
    ):
        catalog.add(message, locations=[(path, 0)], auto_comments=comments, context=context)
    return catalog


def catalogue_paths(languages: Iterable[str] = ()) -> list[Path]:
    """Return the catalogue of each language that has one, and of these."""
    names = {_CATALOGUE.format(language.replace("-", "_")) for language in languages}
    return sorted({*FOLDER.glob(_CATALOGUE.format("*")), *(FOLDER / name for name in names)})


def updated(path: Path, template: Catalog) -> Catalog:
    """Return a language's catalogue with the messages of today."""
    text = path.read_bytes() if path.exists() else b""
    catalog = read_po(BytesIO(text), locale=path.parts[-3])
    catalog.update(template, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    catalog.header_comment = _HEADER
    return catalog


def text_of(catalog: Catalog) -> str:
    """Return a catalogue as a file that is the same whenever it is written."""
    buffer = BytesIO()
    write_po(
        buffer, catalog, width=100, sort_output=True, include_lineno=False, ignore_obsolete=True
    )
    lines = buffer.getvalue().decode().splitlines(keepends=True)
    varying = (
        '"POT-Creation-Date',
        '"PO-Revision-Date',
        '"Generated-By',
        '"Last-Translator',
        '"Language-Team',
        '"Report-Msgid',
        '"Project-Id',
    )
    return "".join(line for line in lines if not line.startswith(varying))


def written(languages: Iterable[str] = ()) -> dict[Path, str]:
    """Return what the template of the catalogues and each catalogue should hold."""
    template = extracted()
    return {
        TEMPLATE: text_of(template),
        **{path: text_of(updated(path, template)) for path in catalogue_paths(languages)},
    }


def main() -> int:
    """Write the files, or with --check tell those that are not current."""
    is_check = "--check" in sys.argv
    stale = {
        path: text
        for path, text in written(one for one in sys.argv[1:] if one != "--check").items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    }
    for path, text in stale.items():
        print(path.relative_to(ROOT))
        if not is_check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return 1 if stale and is_check else 0


if __name__ == "__main__":
    sys.exit(main())
