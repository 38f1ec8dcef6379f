from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statusgen.notify.subscribers.addresses import AddressError, parse_address, same_for


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ada@acme.example", "ada@acme.example"),
        ("  ada@acme.example\t", "ada@acme.example"),
        ("Ada.Lovelace+status@ACME.Example", "Ada.Lovelace+status@acme.example"),
        ("o'brien@acme.example", "o'brien@acme.example"),
        ("=1+1@acme.example", "=1+1@acme.example"),
        ("ada@bücher.example", "ada@xn--bcher-kva.example"),
        ("ada@BÜCHER.example", "ada@xn--bcher-kva.example"),
        ("ada@faß.example", "ada@xn--fa-hia.example"),
        ("用户@例え.jp", "用户@xn--r8jz45g.jp"),
        ("u\u0308ber@acme.example", "über@acme.example"),
    ],
)
def test_an_address_is_kept_in_one_form(typed: str, kept: str) -> None:
    assert parse_address(typed) == kept
    assert parse_address(kept) == kept


@pytest.mark.parametrize(
    "typed",
    [
        *("", "ada", "@acme.example", "ada@", "ada@acme", "ada@@acme.example"),
        *("ada lovelace@acme.example", "ada@acme.example, bo@acme.example"),
        *("Ada <ada@acme.example>", '"a b"@acme.example', "ada@[127.0.0.1]", "ada@127.0.0.1"),
        *(".ada@acme.example", "ada.@acme.example", "a..da@acme.example"),
        *("ada@-acme.example", "ada@acme..example", "ada@acme_corp.example", "ada@acme.example."),
        *("ada\u202e@acme.example", "ada\u200b@acme.example", "ada\x00@acme.example"),
        *("ada\r\nBcc: x@acme.example", "ada@acme.example\r\nRCPT TO:<x@y.example>"),
        *("a" * 65 + "@acme.example", "ü" * 33 + "@acme.example", f"ada@{'a.' * 130}example"),
        *("ada@\u2028acme.example", "ada@xn--\ufffd.example", "ada@☃︎ .example"),
    ],
)
def test_what_no_mail_reaches_is_refused_without_repeating_it(typed: str) -> None:
    with pytest.raises(AddressError) as refused:
        parse_address(typed)
    assert typed.strip() not in str(refused.value) or not typed.strip()


def test_capitals_make_no_other_subscriber() -> None:
    assert same_for("Ada@acme.example") == same_for("ada@acme.example")


@given(st.text(max_size=80))
def test_any_text_is_an_address_without_spaces_or_none(text: str) -> None:
    try:
        address = parse_address(text)
    except AddressError:
        return
    assert address.split() == [address]
    assert address.isprintable()
    assert address.count("@") == 1
    assert parse_address(address) == address
