from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from subscriber_strategies import addresses

from statusgen.model import Subscribers
from statusgen.notify.subscribers.unsubscribe_links import (
    TOKEN,
    UnsubscribeLinks,
    WeakSecretError,
    unsubscribe_links_of,
)

SETTINGS = Subscribers(
    unsubscribe="https://acme.example/leave?token={token}", mailbox="leave@acme.example"
)
OLD, NEW = "an-old-secret-of-the-operator", "a-new-secret-of-the-operator"
EVERYBODY = [f"person-{number}@acme.example" for number in range(50)]


def test_a_token_finds_its_subscriber_among_all() -> None:
    links = UnsubscribeLinks(SETTINGS, [NEW])
    assert links.find(links.token(EVERYBODY[7]), EVERYBODY) == EVERYBODY[7]


@given(addresses())
def test_a_token_is_short_fits_into_addresses_and_shows_nobody(address: str) -> None:
    token = UnsubscribeLinks(SETTINGS, [NEW]).token(address)
    assert TOKEN.fullmatch(token)


def test_links_carry_it() -> None:
    links = UnsubscribeLinks(SETTINGS, [NEW])
    token = links.token("ada@acme.example")
    assert links.link("ada@acme.example") == f"https://acme.example/leave?token={token}"
    mail = f"mailto:leave@acme.example?subject=unsubscribe%20{token}"
    assert links.mail("ada@acme.example") == mail


def test_without_a_page_or_a_mailbox_there_is_no_such_link() -> None:
    links = UnsubscribeLinks(Subscribers(), [NEW])
    assert links.link("ada@acme.example") == links.mail("ada@acme.example") == ""


def test_capitals_and_spaces_that_mail_systems_bring_are_no_matter() -> None:
    links = UnsubscribeLinks(SETTINGS, [NEW])
    token = links.token(EVERYBODY[0])
    assert links.find(f" {token.upper()}\n", EVERYBODY) == EVERYBODY[0]
    assert links.token(EVERYBODY[0].upper()) == token


def test_while_a_secret_is_changed_links_of_both_are_good() -> None:
    old, both, new = (UnsubscribeLinks(SETTINGS, one) for one in ([OLD], [NEW, OLD], [NEW]))
    sent_before = old.token(EVERYBODY[3])
    assert both.find(sent_before, EVERYBODY) == EVERYBODY[3]
    assert both.token(EVERYBODY[3]) == new.token(EVERYBODY[3]) != sent_before
    assert new.find(sent_before, EVERYBODY) is None


@given(st.text(max_size=40) | st.text("abcdefghijklmnopqrstuvwxyz234567", min_size=26, max_size=26))
def test_an_invented_token_is_nobodys(token: str) -> None:
    assert UnsubscribeLinks(SETTINGS, [NEW, OLD]).find(token, EVERYBODY) is None


def test_a_token_with_any_one_character_changed_is_nobodys() -> None:
    links = UnsubscribeLinks(SETTINGS, [NEW])
    token = links.token(EVERYBODY[0])
    for place, letter in enumerate(token[:-1]):
        other = "a" if letter != "a" else "b"
        forged = token[:place] + other + token[place + 1 :]
        assert links.find(forged, EVERYBODY) is None


def test_a_token_of_another_page_is_nobodys() -> None:
    token = UnsubscribeLinks(SETTINGS, ["the-secret-of-another-page"]).token(EVERYBODY[0])
    assert UnsubscribeLinks(SETTINGS, [NEW]).find(token, EVERYBODY) is None


@pytest.mark.parametrize("value", ["", " ", "short", f"{NEW} short"])
def test_a_secret_that_can_be_guessed_is_refused_without_repeating_it(value: str) -> None:
    with pytest.raises(WeakSecretError) as refused:
        unsubscribe_links_of(SETTINGS, {"STATUSGEN_LINK_SECRET": value})
    assert "STATUSGEN_LINK_SECRET" in str(refused.value)
    assert "short " not in str(refused.value).replace("too short ", "")


def test_two_secrets_stand_in_one_variable_with_a_space_between() -> None:
    links = unsubscribe_links_of(SETTINGS, {"STATUSGEN_LINK_SECRET": f"{NEW} {OLD}"})
    assert (
        links.find(UnsubscribeLinks(SETTINGS, [OLD]).token(EVERYBODY[1]), EVERYBODY) == EVERYBODY[1]
    )
