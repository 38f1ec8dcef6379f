from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from subscriber_strategies import GONE, books

from statusgen.model import Component, Config, Group, Impact, Page
from statusgen.notify.subscribers.book import Book, Subscriber
from statusgen.notify.subscribers.csv_file import Table, read_table, write_table

NOW = datetime(2026, 11, 26, 7, 0, tzinfo=UTC)
CONFIG = Config(
    page=Page("Acme", "https://status.acme.example"),
    components=(
        Component("api", "API", code="8kbf7d35c070"),
        Component("web", "Web, and apps"),
        Component("checkout", "Checkout", group="payments"),
        Component("refunds", "Refunds", group="payments"),
    ),
    groups=(Group("payments", "Payments"),),
)


def read(text: str) -> Table:
    return read_table(text.encode(), CONFIG, NOW)


def people(text: str) -> list[tuple[str, tuple[str, ...]]]:
    table = read(text)
    assert not table.faults
    return [(one.address, one.components) for one in table.subscribers]


def faults(text: str) -> list[str]:
    table = read(text)
    return [f"{fault.line}: {fault.reason}" for fault in table.faults]


@given(books(max_size=12))
@example(Book("key", {"'=@acme.example": Subscriber("'=@acme.example", NOW)}))
def test_what_is_exported_is_imported_as_the_same(book: Book) -> None:
    everyone = [
        one._replace(components=tuple({*one.components} - {GONE}))
        for one in book.subscribers.values()
    ]
    table = read_table(write_table(everyone), CONFIG, max([NOW, *(one.since for one in everyone)]))
    assert not table.faults
    ordered = [one._replace(components=tuple(sorted(one.components))) for one in everyone]
    assert list(table.subscribers) == ordered


def test_no_cell_is_a_formula() -> None:
    evil = Subscriber("=cmd|'/c+calc'!a1@acme.example", NOW)
    raw = write_table([evil, Subscriber("+tag@acme.example", NOW), Subscriber("-@a.example", NOW)])
    for line in raw.decode().splitlines()[1:]:
        assert line.lstrip('"').startswith("'")


def test_columns_may_stand_in_any_order_under_several_names() -> None:
    row = "API|payments;ada@acme.example;de;2020-01-02 03:04:05 UTC"
    (one,) = read(f"Components;E-mail;Locale;Created At\n{row}\n").subscribers
    since = datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert one == Subscriber("ada@acme.example", since, ("api", "payments"), Impact.NONE, "de")


@pytest.mark.parametrize(
    ("named", "found"),
    [
        ("api", ("api",)),
        ("8kbf7d35c070", ("api",)),
        ("payments - checkout", ("checkout",)),
        ('"Web, and apps"', ("web",)),
        ('"checkout, API"', ("api", "checkout")),
        ("All", ()),
        ("", ()),
    ],
)
def test_components_are_known_by_any_of_their_names(named: str, found: tuple[str, ...]) -> None:
    assert people(f"address,components\nada@acme.example,{named}\n") == [
        ("ada@acme.example", found)
    ]


def test_of_statuspages_subscribers_those_with_mail_are_taken() -> None:
    table = read(
        "id,mode,email,phone_number,components,quarantined_at,created_at\n"
        "1,email,ada@acme.example,,8kbf7d35c070,,2020-01-02T03:04:05.678Z\n"
        "2,sms,,5550100,,,2020-01-02T03:04:05.678Z\n"
        "3,email,gone@acme.example,,,2021-01-02T03:04:05.678Z,2020-01-02T03:04:05.678Z\n"
        "4,webhook,,,,,2020-01-02T03:04:05.678Z\n"
    )
    assert [one.address for one in table.subscribers] == ["ada@acme.example"]
    assert (table.elsewhere, table.returned) == (2, 1)
    assert table.ignored == ("id", "phone_number")
    assert not table.faults


def test_statuspages_own_template_for_imports_has_no_names() -> None:
    text = "email,ada@acme.example,yes,API,payments\nsms,5550100,US\nemail,bo@acme.example,no\n"
    assert people(text) == [("ada@acme.example", ("api", "payments")), ("bo@acme.example", ())]


def test_a_list_of_addresses_is_a_table() -> None:
    assert people("ada@acme.example\nbo@acme.example\n") == [
        ("ada@acme.example", ()),
        ("bo@acme.example", ()),
    ]


def test_everything_that_is_wrong_is_told_at_once_by_line_and_names_nobody() -> None:
    text = (
        "address,components,impact,language,since,confirmed\n"
        "ada@acme,api,huge,klingon!,soon,perhaps\n"
        "bo@acme.example,apo,,,,\n"
        "cy@acme.example,api,,,,\n"
        "CY@acme.example,web,,,,\n"
        "dee@acme.example,dee@acme.example,,,,\n"
    )
    found = faults(text)
    assert found == [
        "2: no mail address: its domain ends too early: write it in full, like acme.example",
        "2: no impact: 'huge'; there are minor, major and critical",
        "2: no language: 'klingon!'; write it like de or pt-BR",
        "2: no date: write it like 2026-11-26T07:00:00Z",
        "2: 'perhaps' under 'confirmed' is neither yes nor no",
        "3: there is no component 'apo'; did you mean 'api'?",
        "5: line 4 has this address with other choices",
        "6: there is no component of that name",
    ]
    assert not any("@acme" in one for one in found)


def test_a_line_that_says_the_same_again_is_counted() -> None:
    table = read("address\nada@acme.example\nAda@ACME.example\n")
    assert (len(table.subscribers), table.repeated, table.faults) == (1, 1, ())


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "1: the file is empty"),
        ("adress,components\n", "1: there is no column 'adress': did you mean 'address'?"),
        ("address,componets\n", "1: there is no column 'componets': did you mean 'components'?"),
        ("name,town\nAda,Paris\n", "1: no column is named 'address' or 'email'"),
        ("email,address\n", "1: two columns say 'address'"),
    ],
)
def test_a_table_that_cannot_be_understood_is_refused_as_a_whole(text: str, fault: str) -> None:
    assert faults(text) == [fault]


def test_a_file_that_is_no_text_is_refused() -> None:
    (fault,) = read_table("address\näda@acme.example\n".encode("latin-1"), CONFIG, NOW).faults
    assert fault.reason == "the file is no text in UTF-8"


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_no_file_breaks_the_reader(raw: bytes) -> None:
    table = read_table(raw, CONFIG, NOW)
    assert table.faults or table.subscribers is not None
