from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_messages import IN_LANGUAGES, LINK, message

from statusgen.notify.forms.cutting import shortened
from statusgen.notify.forms.social import (
    Network,
    clusters_in,
    social_text,
    weight_on_bluesky,
    weight_on_mastodon,
    weight_on_x,
)
from statusgen.notify.senders.apprise_services import network_of

# Each is one character to a reader, of many scripts; none joins itself to the one before.
CLUSTERS = (
    *"aZ9ßñя語한あ中€—",
    *("e\u0301", "a\u0308\u0304", "o\u0328\u0304", "Z\u0335\u0321\u033d"),
    *("नि", "क्षि", "স্ত", "ก็", "நி", "လေ", "ភា", "صّ", "שָׁ", "각", "が"),
    *(
        "👍",
        "👍🏽",
        "👨‍👩‍👧‍👦",
        "🏳️‍🌈",
        "👩🏽‍🚀",
        "🇩🇪",
        "🇯🇵",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "❤️",
        "1️⃣",
    ),
    *(" ", " ", " ", "."),
)
TEXTS = st.lists(st.sampled_from(CLUSTERS), max_size=700)
NETWORKS = {
    "x": Network(280, weight_on_x),
    "bluesky": Network(300, weight_on_bluesky),
    "mastodon": Network(500, weight_on_mastodon),
}


def test_a_post_says_what_is_wrong_and_where_to_read_on() -> None:
    assert social_text(message(), NETWORKS["x"]) == (
        "[Acme] Investigating: Card payments fail for some customers\n"
        "Some customers see an error when they pay by card. Bank transfer works.\n"
        f"{LINK}"
    )


@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize("language", IN_LANGUAGES)
def test_a_post_in_any_language_fits(name: str, language: str) -> None:
    long = IN_LANGUAGES[language].plain * 20
    post = social_text(message(long, long, language=language), NETWORKS[name])
    assert NETWORKS[name].weigh(post) <= NETWORKS[name].most
    assert post.endswith(f"…\n{LINK}")


@pytest.mark.parametrize("name", NETWORKS)
@settings(max_examples=50)
@given(title=TEXTS, text=TEXTS, watermark=st.sampled_from(["", "EXERCISE"]))
def test_no_limit_is_passed_and_the_link_is_never_cut(
    name: str, title: list[str], text: list[str], watermark: str
) -> None:
    told = message("".join(title) or "x", "".join(text), watermark=watermark)
    post = social_text(told, NETWORKS[name])
    assert NETWORKS[name].weigh(post) <= NETWORKS[name].most
    assert post.splitlines()[-1] == LINK
    assert post.startswith(watermark)


@given(clusters=TEXTS, most=st.integers(1, 300))
def test_a_text_is_cut_between_what_readers_take_for_characters(
    clusters: list[str], most: int
) -> None:
    text = "".join(clusters)
    cut = shortened(text, lambda one: len(one) <= most, 2 * most)
    assert len(cut) <= most
    if cut != text and cut:
        kept = cut.removesuffix("…")
        beginnings = {"".join(clusters[:end]).rstrip() for end in range(len(clusters) + 1)}
        assert kept in beginnings


def test_a_text_is_cut_between_words_where_there_are_some() -> None:
    text = "Some customers see an error when they pay by card."
    assert shortened(text, lambda one: len(one) <= 30, 60) == "Some customers see an error…"
    assert shortened("x" * 50, lambda one: len(one) <= 30, 60) == "x" * 29 + "…"


def test_a_word_that_the_ellipsis_makes_look_like_a_link_is_not_the_last() -> None:
    text = "word " * 10 + "pair. " * 20 + "extraordinarily " * 20
    for room in range(150, 281):
        post = social_text(message("x", text), Network(room, weight_on_x))
        assert weight_on_x(post) <= room


def test_nothing_is_better_than_an_ellipsis_alone() -> None:
    assert shortened("👨‍👩‍👧‍👦" * 3, lambda one: len(one) <= 4, 60) == ""


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("a" * 100, 100),
        ("語" * 100, 200),
        ("é" * 10, 10),
        ("e\u0301" * 10, 10),
        ("“quoted” – so", 13),
        (f"see {LINK}", 27 + len(LINK) - 23),
        ("see a.example", 27),
        ("👍" * 10, 20),
    ],
)
def test_x_weighs_letters_and_links(text: str, weight: int) -> None:
    assert weight_on_x(text) == weight


def test_bluesky_counts_characters_and_bytes() -> None:
    assert weight_on_bluesky("e\u0301" * 300) == 300
    assert weight_on_bluesky("👨‍👩‍👧‍👦" * 300) == 750
    assert clusters_in("👨‍👩‍👧‍👦" * 300) == 300


@pytest.mark.parametrize(
    ("schemas", "most"),
    [({"x", "twitter", "tweet"}, 280), ({"bluesky"}, 300), ({"toot", "mastodon"}, 500)],
)
def test_a_network_is_known_by_its_address(schemas: set[str], most: int) -> None:
    assert network_of(schemas, 10_000).most == most


def test_a_network_that_is_not_known_gets_posts_that_fit_anywhere() -> None:
    assert network_of({"other"}, 32768).most == 280
    assert network_of({"other"}, 140).most == 140


def test_the_text_is_left_out_where_there_is_no_room_for_it_to_say_anything() -> None:
    post = social_text(message("x " * 90, "y " * 200), NETWORKS["x"])
    assert post.count("\n") == 1
    assert "y" not in post.removesuffix(LINK)
