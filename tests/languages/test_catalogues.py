"""What a language's dates, numbers and lists look like, as people write them there."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from acme_site import ROOT
from babel.localedata import locale_identifiers
from babel.numbers import format_decimal

from statusgen.languages import cldr
from statusgen.languages.catalogues import read_language
from statusgen.languages.cldr import formats_of
from statusgen.source.untranslated import untranslated

MOMENT = datetime(2026, 3, 7, 6, 5, tzinfo=UTC)


def plain(text: str) -> str:
    """Return a text with every kind of space as the one on the keyboard."""
    return " ".join(text.split()).replace("\N{NARROW NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("de", "Sa., 7. März 2026, 06:05"),
        ("ru", "сб, 7 мар. 2026 г., 06:05"),
        ("fr", "sam. 7 mars 2026, 06:05"),
        ("es", "sáb, 7 mar 2026, 6:05"),
        ("pt-BR", "sáb., 7 de mar. de 2026 06:05"),
        ("ja", "2026年3月7日(土) 6:05"),
        ("ar", "السبت، 7 مارس 2026، 06:05"),
        ("ar-EG", "السبت، ٧ مارس ٢٠٢٦، ٠٦:٠٥"),
    ],
)
def test_a_moment(code: str, text: str) -> None:
    assert plain(read_language(code).formats.moment_text(MOMENT)) == text


@pytest.mark.parametrize(
    ("code", "long", "short", "day"),
    [
        ("de", "März 2026", "März 2026", "7. März"),
        ("ru", "март 2026 г.", "март 2026 г.", "7 мар."),
        ("fr", "mars 2026", "mars 2026", "7 mars"),
        ("es", "marzo de 2026", "mar 2026", "7 mar"),
        ("pt-BR", "março de 2026", "mar. de 2026", "7 de mar."),
        ("ja", "2026年3月", "2026年3月", "3月7日"),
        ("ar", "مارس 2026", "مارس 2026", "7 مارس"),
    ],
)
def test_months_and_days_without_a_year(code: str, long: str, short: str, day: str) -> None:
    formats = read_language(code).formats
    found = formats.month_text(MOMENT), formats.short_month_text(MOMENT)
    assert tuple(map(plain, found)) == (long, short)
    assert plain(formats.short_day_text(MOMENT)) == day


@pytest.mark.parametrize(
    ("code", "percent", "number"),
    [
        ("de", "99,95 %", "1.282"),
        ("ru", "99,95 %", "1 282"),
        ("fr", "99,95 %", "1 282"),
        ("es", "99,95 %", "1282"),
        ("pt-BR", "99,95%", "1.282"),
        ("ja", "99.95%", "1,282"),
        ("ar", "99.95\N{LEFT-TO-RIGHT MARK}%\N{LEFT-TO-RIGHT MARK}", "1,282"),
    ],
)
def test_figures(code: str, percent: str, number: str) -> None:
    formats = read_language(code).formats
    assert plain(formats.percent_text("99.95")) == percent
    assert plain(formats.number_text(1282)) == number


@pytest.mark.parametrize(
    ("code", "hours", "days", "seconds"),
    [
        ("de", "1 Std. 12 Min.", "2 Tg. 3 Std.", "5 Sek."),
        ("ru", "1 ч 12 мин", "2 дн. 3 ч", "5 с"),
        ("fr", "1 h 12 min", "2 j 3 h", "5 s"),
        ("es", "1 h 12 min", "2 d 3 h", "5 s"),
        ("pt-BR", "1 h 12 min", "2 dias 3 h", "5 s"),
        ("ja", "1 時間 12 分", "2 日 3 時間", "5 秒"),
        ("ar", "1 س 12 د", "يومان 3 س", "5 ث"),
    ],
)
def test_lengths_of_time(code: str, hours: str, days: str, seconds: str) -> None:
    formats = read_language(code).formats
    found = [formats.duration_text(one) for one in (4320, 2 * 86_400 + 3 * 3600, 5)]
    assert [*map(plain, found)] == [hours, days, seconds]


@pytest.mark.parametrize(
    ("code", "two", "three"),
    [
        ("de", "A und B", "A, B und C"),
        ("ru", "A и B", "A, B и C"),
        ("fr", "A et B", "A, B et C"),
        ("es", "A y B", "A, B y C"),
        ("pt-BR", "A e B", "A, B e C"),
        ("ja", "A、B", "A、B、C"),
        ("ar", "A وB", "A وB وC"),
    ],
)
def test_lists(code: str, two: str, three: str) -> None:
    formats = read_language(code).formats
    assert [formats.list_text("AB"), formats.list_text("ABC")] == [two, three]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("en", "English"),
        ("de", "Deutsch"),
        ("ru", "Русский"),
        ("fr", "Français"),
        ("es", "Español"),
        ("pt-BR", "Português (Brasil)"),
        ("ja", "日本語"),
        ("ar", "العربية"),
    ],
)
def test_a_language_has_its_own_name_and_direction(code: str, name: str) -> None:
    language = read_language(code)
    assert (language.code, language.name) == (code, name)
    assert language.direction == ("rtl" if code == "ar" else "ltr")


def test_a_language_of_another_country_has_the_words_of_its_own_and_that_countrys_figures() -> None:
    swiss = read_language("de-CH")
    assert swiss.gettext("Resolved") == read_language("de").gettext("Resolved") != "Resolved"
    # Which apostrophe it is has changed between editions of the CLDR.
    assert swiss.formats.number_text(1282) == format_decimal(1282, locale="de_CH") != "1.282"
    assert read_language("pt").gettext("Resolved") == read_language("pt-BR").gettext("Resolved")


@pytest.mark.parametrize(("code", "direction"), [("he", "rtl"), ("nl", "ltr"), ("xx", "ltr")])
def test_a_language_without_a_catalogue_has_english_words(code: str, direction: str) -> None:
    language = read_language(code)
    assert (language.code, language.direction) == (code, direction)
    assert language.gettext("Resolved") == "Resolved"


@pytest.mark.parametrize(
    ("code", "day"),
    [
        ("nl", "za 7 mrt 2026"),
        ("fa", "شنبه ۷ مارس ۲۰۲۶"),
        ("en-GB", "Sat, 7 Mar 2026"),
        ("en-US", "Sat, Mar 7, 2026"),
        ("xx", "Sat 7 Mar 2026"),
    ],
)
def test_a_language_without_a_catalogue_has_its_own_figures_if_they_are_known(
    code: str, day: str
) -> None:
    assert read_language(code).formats.day_text(MOMENT) == day


def formats_are_whole(locale: str) -> bool:
    formats = formats_of(locale.replace("_", "-"), "")
    texts = [
        formats.moment_text(MOMENT),
        *(formats.month_text(MOMENT), formats.short_month_text(MOMENT)),
        *(formats.short_day_text(MOMENT), formats.duration_text(4320)),
        *(formats.percent_text("99.95"), formats.number_text(1282), formats.list_text("ABC")),
    ]
    return not any("{" in text or not text for text in texts)


@pytest.mark.parametrize("locale", ["bn", "ca", "cs", "gd", "hi", "sat", "th", "zh_Hant_TW"])
def test_a_language_of_which_babel_knows_little_or_much_has_formats(locale: str) -> None:
    assert formats_are_whole(locale)


@pytest.mark.extreme
@pytest.mark.parametrize("locale", sorted(locale_identifiers()))
def test_any_language_has_formats(locale: str) -> None:
    assert formats_are_whole(locale)


def test_no_language_has_words_of_another_that_was_read_before() -> None:
    cldr._locale.cache_clear()
    formats_of("ba", "")
    assert formats_of("ar", "").day_text(MOMENT) == "السبت، 7 مارس 2026"


def test_a_page_is_told_of_a_language_without_a_catalogue(tmp_path: Path) -> None:
    (tmp_path / "config.yml").write_text("page:\n  languages: [en-GB, de, nl, pt]\n")
    (problem,) = untranslated(str(tmp_path), ["en-GB", "de", "nl", "pt"])
    assert (str(problem.where), problem.is_error) == ("config.yml:2:26", False)
    assert "'nl'" in problem.message


def test_a_wheel_is_built_with_nothing_but_babel() -> None:
    code = "import statusgen.languages.catalogues"
    environment = {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-S", "-c", code]  # without any package that is installed
    assert subprocess.run(command, env=environment, check=False).returncode == 0
