from __future__ import annotations

import pytest

from statusgen.config import parse_config
from statusgen.model import (
    Component,
    Group,
    Translated,
)

PAGE = "page: {name: Acme, url: https://status.acme.example}\n"

IN_LANGUAGES = """\
page:
  name: {en: Acme, de: Acme Deutschland}
  url: https://status.acme.example
  languages: [en, de, pt-BR]
  description: {de: Was unsere Kunden nutzen, en: What our customers use}
  support: {en: https://acme.example/help, de: https://acme.example/hilfe}
components:
  - group: {en: Card payments, de: Kartenzahlung}
    description: {en: All about money, pt-BR: Tudo sobre dinheiro}
    components:
      - {id: checkout, name: {en: Checkout, de: Kasse}, description: Where people pay}
"""


def test_texts_are_read_in_all_languages_of_the_page() -> None:
    config, problems = parse_config(IN_LANGUAGES)
    assert problems == []
    assert config is not None
    assert (config.page.name, config.page.description) == ("Acme", "What our customers use")
    assert config.page.translations == (
        Translated("name", "de", "Acme Deutschland"),
        Translated("description", "de", "Was unsere Kunden nutzen"),
        Translated("support", "de", "https://acme.example/hilfe"),
    )
    assert config.groups == (
        Group(
            "card-payments",
            "Card payments",
            "All about money",
            translations=(
                Translated("name", "de", "Kartenzahlung"),
                Translated("description", "pt-BR", "Tudo sobre dinheiro"),
            ),
        ),
    )
    assert config.components == (
        Component(
            "checkout",
            "Checkout",
            "Where people pay",
            group="card-payments",
            translations=(Translated("name", "de", "Kasse"),),
        ),
    )


def page_with(name: str, languages: str = "[en, de]") -> str:
    return f"page:\n  name: {name}\n  url: https://a.example\n  languages: {languages}\n"


@pytest.mark.parametrize(
    ("name", "code", "shown"),
    [
        ("{de: Firma}", "missing-language", "Firma"),
        ("{en: , de: Firma}", "missing-language", "Firma"),
        ("{en: Acme, fr: Société}", "unknown-language", "Acme"),
        ("{en: Acme, DE: Firma}", "unknown-language", "Acme"),
        ("{en: Acme, de: [Firma]}", "wrong-type", "Acme"),
        ("{en: Acme, de: }", "empty-value", "Acme"),
        ("{en: [Acme], de: Firma}", "wrong-type", "Firma"),
    ],
)
def test_of_texts_that_are_wrong_the_others_count(name: str, code: str, shown: str) -> None:
    config, problems = parse_config(page_with(name))
    assert code in [one.code for one in problems]
    assert config is not None
    assert config.page.name == shown


def test_the_main_language_is_the_first_of_the_list() -> None:
    config, problems = parse_config(page_with("{en: Acme, de: Firma}", "[de, en]"))
    assert problems == []
    assert config is not None
    assert config.page.name == "Firma"
    assert config.page.translations == (Translated("name", "en", "Acme"),)


def test_a_language_stands_once() -> None:
    config, problems = parse_config(page_with("Acme", "[en, de, en]"))
    assert [one.code for one in problems] == ["bad-value"]
    assert config is not None
    assert config.page.languages == ("en", "de")


def test_no_language_has_the_name_of_a_folder_of_the_site() -> None:
    _, problems = parse_config(page_with("Acme", "[en, api]"))
    assert [one.code for one in problems] == ["bad-value"]
