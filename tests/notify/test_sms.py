from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_messages import IN_LANGUAGES, message

from statusgen.notify.forms.sms import MOST_SEGMENTS, segments_of, sms_text

LINK = "https://status.acme.example/incidents/card-payments/"
# GSM 03.38's own order (3GPP TS 23.038, 6.2.1 and 6.2.1.1), as its table has it, in rows.
GSM = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)


def test_the_alphabet_of_seven_bits_is_that_of_the_standard() -> None:
    assert len(GSM) == 128
    for character in GSM.replace("\x1b", ""):
        assert segments_of(character * 160) == (1, True)
        assert segments_of(character * 161) == (2, True)
    for character in "^{}\\[~]|€":
        assert segments_of(character * 80) == (1, True)
        assert segments_of(character * 81) == (2, True)


@pytest.mark.parametrize(
    ("text", "number", "is_gsm"),
    [
        ("x" * 160, 1, True),
        ("x" * 306, 2, True),
        ("x" * 307, 3, True),
        ("x" * 152 + "€" + "x" * 152, 3, True),  # nothing is split between two segments
        ("я" * 70, 1, False),
        ("я" * 71, 2, False),
        ("я" * 134, 2, False),
        ("я" * 135, 3, False),
        ("👍" * 35, 1, False),
        ("👍" * 66, 2, False),
        ("👍" * 67, 3, False),  # 33 in each
        ("x" * 69 + "я", 1, False),
    ],
)
def test_segments_are_counted_as_phones_have_them(text: str, number: int, is_gsm: bool) -> None:  # noqa: FBT001
    assert segments_of(text) == (number, is_gsm)


@pytest.mark.parametrize("language", IN_LANGUAGES)
def test_a_text_message_is_what_is_expected(language: str) -> None:
    expected = Path(__file__).parent / "golden" / "chats" / language / "sms.txt"
    assert sms_text(IN_LANGUAGES[language]).encode() == expected.read_bytes()


def test_a_text_message_says_what_is_wrong_and_where_to_read_on() -> None:
    text = sms_text(message())
    assert text == f"Acme: Investigating: Card payments fail for some customers {LINK}"


def test_signs_of_print_become_plain_ones_where_that_saves_segments() -> None:
    text = sms_text(message("Caf\u00e9 \u201cNo\u00ebl\u201d \u2013 can\u2019t pay\u2026"))
    assert text == f'Acme: Investigating: Café "Noel" - can\'t pay... {LINK}'
    assert segments_of(text).is_gsm


def test_german_keeps_its_letters_which_all_are_there() -> None:
    text = sms_text(IN_LANGUAGES["de"])
    assert "für einige" in text
    assert segments_of(text) == (1, True)


@pytest.mark.parametrize("language", ["tr", "pl", "cs", "ru", "ar", "ja"])
def test_letters_stay_where_another_word_could_come_of_it(language: str) -> None:
    title = "Sıkışınca ę ř я ش 支"
    assert title in sms_text(message(title, language=language))


def test_invisible_spaces_between_the_words_of_a_script_stay() -> None:
    assert "ខ្មែរ\u200bភាសា" in sms_text(message("ខ្មែរ\u200bភាសា", language="km"))


def test_a_page_that_is_too_far_away_is_not_linked_but_the_status_page_is() -> None:
    link = f"https://status.acme.example/incidents/{'x' * 150}/"
    text = sms_text(message("支払い" * 40, link=link, language="ja"))
    assert text.endswith(" https://status.acme.example/")
    assert segments_of(text).number <= MOST_SEGMENTS


def test_what_is_an_exercise_says_so_first() -> None:
    assert sms_text(message(watermark="EXERCISE")).startswith("EXERCISE - Acme: ")


@settings(max_examples=50)
@given(
    st.text(max_size=400), st.sampled_from(["en", "fr", "tr", "ja"]), st.sampled_from(["", "ÜBUNG"])
)
def test_two_segments_at_most_and_always_the_link(
    title: str, language: str, watermark: str
) -> None:
    text = sms_text(message(title, language=language, watermark=watermark))
    assert segments_of(text).number <= MOST_SEGMENTS
    assert text.endswith(f" {LINK}")
    assert "\n" not in text
