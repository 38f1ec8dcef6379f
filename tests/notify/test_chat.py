from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_messages import IN_LANGUAGES, LINK, message
from strategies import texts

from statusgen.notify.forms.chat import LONGEST_TEXT, Space, chat_text
from statusgen.notify.forms.escaping import Markup, address_of, without_mentions
from statusgen.notify.message import Fact
from statusgen.notify.senders.apprise_services import size_in_json, text_rules_of


@pytest.mark.parametrize("markup", Markup)
@settings(max_examples=40)
@given(
    title=texts(),
    text=texts(),
    values=st.lists(texts(), max_size=4),
    space=st.builds(
        Space, st.integers(250, 3000), st.just(0), st.sampled_from([len, size_in_json])
    ),
)
def test_a_message_fills_no_more_than_its_space_and_keeps_its_link(
    markup: Markup, title: str, text: str, values: list[str], space: Space
) -> None:
    facts = tuple(Fact("fact", "Label", one) for one in values)
    told = message(title * 20, text * 20, facts=facts, watermark="EXERCISE")
    body = chat_text(told, markup, space).body
    assert space.size(body) <= space.most
    assert LINK in body.splitlines()[-1]
    assert body.startswith("EXERCISE")


def test_the_text_goes_first_then_the_facts_and_the_link_stays() -> None:
    told = message(text="word " * 400)
    whole = chat_text(told, Markup.PLAIN, Space(32768)).body
    assert len(whole) < LONGEST_TEXT + 300
    assert "Next update: 10:20 UTC" in chat_text(told, Markup.PLAIN, Space(240)).body
    assert "word" not in chat_text(told, Markup.PLAIN, Space(200)).body
    short = chat_text(told, Markup.PLAIN, Space(130)).body
    assert short == f"[Acme] Investigating: Card payments fail for some customers\n\n{LINK}"


def test_a_title_of_its_own_is_not_said_twice_but_the_exercise_is() -> None:
    title, body = chat_text(message(watermark="EXERCISE"), Markup.PLAIN, Space(2000, 200))
    assert title == "EXERCISE · [Acme] Investigating: Card payments fail for some customers"
    assert body.startswith("EXERCISE\nMajor outage: Checkout\n")


def test_a_name_in_latin_letters_does_not_turn_an_arabic_line() -> None:
    body = chat_text(IN_LANGUAGES["ar"], Markup.PLAIN, Space(2000)).body
    assert body.startswith("\N{RIGHT-TO-LEFT MARK}[Acme] ")


def test_words_with_underscores_stay_as_they_are() -> None:
    told = message("api_v2_internal fails", "Set `retry_max` in my_file.txt")
    for markup in (Markup.MARKDOWN, Markup.UNKNOWN):
        body = chat_text(told, markup, Space(2000)).body
        assert "api_v2_internal" in body
        assert "my_file.txt" in body


@pytest.mark.parametrize("text", ["help@acme.example", "a.b+c@here.example.com", "x @ y", "5@2"])
def test_addresses_of_mail_can_be_copied(text: str) -> None:
    assert without_mentions(text).replace("@\u200bhere", "@here") == text


def test_no_character_of_a_link_means_anything_to_a_markup() -> None:
    link = "https://status.acme.example/a_(b)*/[c]?x=1&y=~2#'d'!"
    assert address_of(link) == (
        "https://status.acme.example/a_%28b%29%2A/%5Bc%5D?x=1&y=~2#%27d%27%21"
    )
    assert address_of("https://статус.example/x") == "https://статус.example/x"


def test_a_service_that_is_not_known_gets_no_sign_that_it_could_read() -> None:
    assert text_rules_of({"new"}, {"text"}).markup is Markup.UNKNOWN
    assert text_rules_of({"new"}, {"markdown"}).markup is Markup.UNKNOWN
    assert text_rules_of({"new"}, {"html"}).markup is Markup.PAGE
    assert text_rules_of({"mailto"}, {"html", "text"}).has_title
    assert (
        text_rules_of({"matrix", "matrixs"}, {"text", "html", "markdown"}, "off").markup
        is Markup.PLAIN
    )
    behind = text_rules_of({"matrix", "matrixs"}, {"text", "html", "markdown"}, "slack")
    assert behind.markup is Markup.UNKNOWN
