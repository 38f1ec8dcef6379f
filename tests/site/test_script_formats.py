"""How script.js is told to write times in a language."""

from __future__ import annotations

import pytest

from statusgen.languages.catalogues import read_language
from statusgen.site.words.formats import ENGLISH_FORMATS
from statusgen.site.words.script_formats import script_formats


def test_english_as_its_pages_have_it() -> None:
    formats = script_formats(ENGLISH_FORMATS)
    assert formats.clock == "{hour}:{minute}"
    assert formats.day_clock == "{weekday} {hour}:{minute}"
    assert formats.weekdays == "Sun|Mon|Tue|Wed|Thu|Fri|Sat"
    assert formats.hour == "one in %s hour|other in %s hours|-one %s hour ago|-other %s hours ago"


@pytest.mark.parametrize(
    ("code", "clock"),
    [
        ("de", "{weekday}, {hour}:{minute}"),
        ("es", "{weekday}, {h}:{minute}"),
        ("fi", "{weekday} {h}.{minute}"),
    ],
)
def test_a_clock_as_the_language_writes_it(code: str, clock: str) -> None:
    assert script_formats(read_language(code).formats).day_clock == clock


def test_every_plural_category_that_differs() -> None:
    hours = script_formats(read_language("ar").formats).hour.split("|")
    assert "-two قبل ساعتين" in hours
    categories = [one.split(" ")[0] for one in hours if not one.startswith("-")]
    assert categories == ["few", "one", "other", "two"]


def test_digits_only_where_they_are_the_languages_own() -> None:
    assert script_formats(read_language("fa").formats).digits == "۰۱۲۳۴۵۶۷۸۹"
    assert script_formats(read_language("ru").formats).digits == ""
