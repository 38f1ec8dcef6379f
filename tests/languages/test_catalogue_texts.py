"""Every catalogue is complete, and its translations can stand where the source does."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from gettext import c2py
from pathlib import Path
from typing import NamedTuple

import pytest
from acme_site import ROOT
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

LOCALE = ROOT / "statusgen" / "locale"
NAMES = sorted(path.name for path in LOCALE.iterdir() if path.is_dir())
TAGS = ("zero", "one", "two", "few", "many", "other")
NUMBERS = range(1000)
COUNTS = frozenset({"%(count)s", "%(days)s"})
"""What numbers of things are called in messages that have a plural."""

NEVER_NONE = frozenset({"All %(count)s updates", "The last %(days)s days", "last %(count)s days"})
"""Messages that are not said of none, so that French may write a form for 0 and 1 as one for 1."""

WORDS = frozenset({"_", "N_", "gettext", "ngettext", "pgettext", "npgettext"})
"""Functions to whose texts there are translations."""

PLACEHOLDER = re.compile(r"%\(\w+\)s|%s")
MARKUP = re.compile(r"<[^>]*>|&\w+;")
ENDS = {
    ".": ".。",
    ":": ":：",
    "?": "?؟？",
    "!": "!！",
}


class Translation(NamedTuple):
    """A text of a catalogue and what it stands for; `numbers` are those that need this form."""

    source: str
    text: str
    numbers: tuple[int, ...] = ()


@cache
def catalogue(name: str) -> Catalog:
    """Return a catalogue; that of '' is the template of all."""
    path = LOCALE / name / "LC_MESSAGES/statusgen.po" if name else LOCALE / "statusgen.pot"
    with path.open("rb") as file:
        return read_po(file, locale=name or None)


def messages_of(name: str) -> set[object]:
    return {(message.context, message.id) for message in catalogue(name) if message.id}


@cache
def rule_of(name: str) -> Callable[[int], int]:
    """Return what tells which form of a plural gettext takes for a number."""
    rule: Callable[[int], int] = c2py(catalogue(name).plural_expr)
    return rule


@cache
def translations(name: str) -> list[Translation]:
    """Return all texts of a language; of a plural, each form beside the source's plural."""
    found = []
    for message in catalogue(name):
        if isinstance(message.id, tuple):
            for form, text in enumerate(message.string or ()):
                numbers = tuple(number for number in NUMBERS if rule_of(name)(number) == form)
                found.append(Translation(message.id[1], text, numbers))
        elif message.id:
            found.append(Translation(str(message.id), str(message.string)))
    return found


def calls_in_f_strings(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.JoinedStr):
            for part in ast.walk(node):
                if isinstance(part, ast.Call):
                    yield ast.unparse(part.func).rpartition(".")[2]


def test_no_message_stands_in_an_f_string_where_not_every_python_finds_it() -> None:
    found = {
        path.name: names
        for path in (ROOT / "statusgen").rglob("*.py")
        if (names := WORDS.intersection(calls_in_f_strings(path)))
    }
    assert found == {}


def test_the_catalogues_have_the_messages_of_the_source() -> None:
    command = [sys.executable, "docs/write_catalogues.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"run python docs/write_catalogues.py: {done.stdout}{done.stderr}"


def test_there_are_the_languages_that_the_documentation_names() -> None:
    text = (ROOT / "docs/languages.md").read_text(encoding="utf-8").partition("## The interface")[2]
    named = re.findall(r"\(`([\w-]+)`\)", text.partition("\n\n")[2].partition("\n\n")[0])
    assert sorted(named) == sorted(["en", *(name.replace("_", "-") for name in NAMES)])


@pytest.mark.parametrize("name", NAMES)
def test_a_catalogue_is_complete(name: str) -> None:
    assert messages_of(name) == messages_of("")
    assert [one.source for one in translations(name) if not one.text.strip()] == []
    assert [message.id for message in catalogue(name) if message.fuzzy] == []


@pytest.mark.parametrize("name", NAMES)
def test_forms_of_plurals_are_those_of_the_language_in_their_usual_order(name: str) -> None:
    category = Locale.parse(name).plural_form
    pairs = {(TAGS.index(category(number)), rule_of(name)(number)) for number in NUMBERS}
    assert [form for _, form in sorted(pairs)] == list(range(catalogue(name).num_plurals))


@pytest.mark.parametrize("name", NAMES)
def test_a_translation_has_the_placeholders_of_its_source(name: str) -> None:
    """Only a form for a single number, such as the Arabic dual, may tell it by a word."""
    for source, text, numbers in translations(name):
        expected, found = (Counter(PLACEHOLDER.findall(one)) for one in (source, text))
        missing = expected - found
        assert not found - expected, text
        meant = set(numbers) - {0} if source in NEVER_NONE else set(numbers)
        assert not missing or (len(meant) == 1 and set(missing) <= COUNTS), text


@pytest.mark.parametrize("name", NAMES)
def test_a_percent_sign_is_doubled_where_the_source_doubles_it(name: str) -> None:
    for source, text, _ in translations(name):
        rests = [PLACEHOLDER.sub("", one) for one in (source, text)]
        assert rests[0].count("%%") == rests[1].count("%%"), text
        assert "%" not in rests[1].replace("%%", "") or "%" in rests[0].replace("%%", ""), text


@pytest.mark.parametrize("name", NAMES)
def test_a_translation_has_the_markup_of_its_source_and_no_other(name: str) -> None:
    for source, text, _ in translations(name):
        assert Counter(MARKUP.findall(text)) == Counter(MARKUP.findall(source))
        assert not re.search("[<>&]", MARKUP.sub("", text)), text


@pytest.mark.parametrize("name", NAMES)
def test_a_translation_begins_and_ends_as_its_source_does(name: str) -> None:
    """Before a name or a link a language may want a colon, for example after "because of"."""
    for source, text, _ in translations(name):
        assert text[:1].isspace() == source[:1].isspace(), text
        assert text[-1:].isspace() == source[-1:].isspace(), text
        first, last = source.strip()[-1], text.strip()[-1]
        end = next((end for end, others in ENDS.items() if last in others), "")
        assert end == (first if first in ENDS else "") or (end == ":" and first not in ".!"), text


@pytest.mark.parametrize("name", NAMES)
def test_quotes_are_typographic(name: str) -> None:
    for _, text, _ in translations(name):
        assert not re.search(r"[\"']", MARKUP.sub("", text)), text
