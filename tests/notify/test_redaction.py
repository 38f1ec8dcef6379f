from __future__ import annotations

import base64

import pytest

from statusgen.notify.redaction import Redaction, secrets_in

HOOK = "https://hooks.example/services/T0123/abcdefghijkl?token=qwertyuiop"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("no s3cret, please", "no ***, please"),
        ("no ada@acme.example", "no ***"),
        ("<ada@acme.example>: user unknown", "<***>: user unknown"),
        (f"base64 {base64.b64encode(b'p&ss word').decode()}", "base64 ***"),
        ("encoded p%26ss%20word", "encoded ***"),
        ("two\r\nlines\x00", "two lines\N{REPLACEMENT CHARACTER}"),
        ("an ox", "an ox"),
    ],
)
def test_secrets_and_addresses_are_hidden_on_one_line(said: str, shown: str) -> None:
    assert Redaction(["s3cret", "p&ss word", "ox", ""])(said) == shown


def test_a_long_answer_is_cut_and_a_secret_in_it_is_not_cut_in_two() -> None:
    secret = "k" * 64
    shown = Redaction([secret])((secret + " ") * 1000 + "x" * 100_000)
    assert len(shown) == 200
    assert "k" not in shown


@pytest.mark.parametrize(
    "said",
    [
        HOOK,
        "/services/T0123/abcdefghijkl?token=qwertyuiop",
        "no such hook: abcdefghijkl",
        "bad token qwertyuiop",
    ],
)
def test_of_a_secret_address_nothing_but_the_host_is_shown(said: str) -> None:
    shown = Redaction(secrets_in(HOOK))(f"hooks.example said {said}")
    assert shown.startswith("hooks.example said ")
    assert not any(one in shown for one in ("T0123/", "abcdefghijkl", "qwertyuiop"))


def test_a_name_and_a_password_in_an_address_are_secrets() -> None:
    assert Redaction(secrets_in("https://ada:pass-word@x.example/"))("ada pass-word x.example") == (
        "*** *** x.example"
    )


def test_in_an_address_that_is_none_of_the_web_the_host_may_be_a_secret() -> None:
    hidden = Redaction(secrets_in("slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#general"))
    assert hidden("T1JJ3T3L2 and TIiajkdnlazkcOXrIdevi7FQ in #general") == "*** and *** in #general"


@pytest.mark.parametrize("url", ["no address", "http://[", "https://x.example", ""])
def test_any_text_is_taken_for_an_address(url: str) -> None:
    assert Redaction(secrets_in(url))("it failed") == "it failed"
