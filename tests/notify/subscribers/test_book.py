from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from subscriber_strategies import books

from statusgen.model import Impact
from statusgen.notify.subscribers.book import (
    Book,
    NoBookError,
    Subscriber,
    merged,
    parse_book,
    write_book,
)

SINCE = datetime(2026, 11, 26, 7, 0, tzinfo=UTC)
TEXT = """\
statusgen-subscribers 1 key=kq2mn4xw6zlfu3ra5tbpoe7vyc
ada@acme.example since=2026-11-26T07:00:00Z components=api,payments impact=major language=de
bo@acme.example since=2026-11-26T07:00:00Z
cy@acme.example since=2026-11-26T07:00:00Z unconfirmed
"""


def test_a_book_is_a_line_for_each_subscriber() -> None:
    book, faults = parse_book(TEXT)
    assert not faults
    assert list(book.subscribers.values()) == [
        Subscriber("ada@acme.example", SINCE, ("api", "payments"), Impact.MAJOR, "de"),
        Subscriber("bo@acme.example", SINCE),
        Subscriber("cy@acme.example", SINCE, confirmed=False),
    ]
    assert write_book(book) == TEXT


@given(books())
def test_what_is_written_is_read_as_the_same(book: Book) -> None:
    read, faults = parse_book(write_book(book))
    assert not faults
    assert (read.key, dict(read.subscribers)) == (book.key, dict(book.subscribers))


@given(books(), st.randoms(use_true_random=False))
def test_the_order_of_lines_means_nothing(book: Book, random: object) -> None:
    title, *lines = write_book(book).splitlines(keepends=True)
    random.shuffle(lines)  # type: ignore[attr-defined]
    assert write_book(parse_book(title + "".join(lines))[0]) == write_book(book)


def test_of_two_lines_with_one_address_the_later_choice_counts() -> None:
    later = "Ada@acme.example since=2026-11-27T07:00:00Z components=checkout\n"
    for text in (TEXT + later, TEXT.replace("ada@", f"{later}ada@", 1)):
        book, _ = parse_book(text)
        assert book.subscribers["ada@acme.example"].components == ("checkout",)
        assert len(book.subscribers) == 3


@given(books(12), books(4), books(4), st.data())
def test_what_two_people_changed_is_merged_and_who_left_stays_away(
    base: Book, more: Book, others: Book, data: st.DataObject
) -> None:
    everyone = sorted(base.subscribers)
    some = st.sets(st.sampled_from(everyone)) if everyone else st.just(set[str]())
    ours_left, theirs_left = data.draw(some), data.draw(some)
    ours = base.with_all(more.subscribers.values()).without(ours_left)
    theirs = base.with_all(others.subscribers.values()).without(theirs_left)
    both = merged(base, ours, theirs).subscribers
    assert dict(merged(base, theirs, ours).subscribers) == dict(both)
    assert not (ours_left | theirs_left) & both.keys()
    for identity in base.subscribers.keys() | ours.subscribers.keys() | theirs.subscribers.keys():
        if identity in ours_left | theirs_left:
            continue
        before, our, their = (one.subscribers.get(identity) for one in (base, ours, theirs))
        changed = [one for one in (our, their) if one != before and one is not None]
        found = both[identity]
        assert found in changed or (not changed and found == before)
        assert all(one.since <= found.since for one in changed)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("<<<<<<< ours", "a conflict of a merge"),
        ("nobody since=2026-11-26T07:00:00Z", "no mail address: an address has an '@'"),
        ("x@acme.example", "no 'since' like since=2026-11-26T07:00:00Z"),
        ("x@acme.example since=yesterday", "no 'since' like since=2026-11-26T07:00:00Z"),
        (
            "x@acme.example since=2026-11-26T07:00:00Z impct=major",
            "a word that is none of since, components, impact, language",
        ),
        (
            "x@acme.example since=2026-11-26T07:00:00Z impact=huge",
            "an impact that is none of minor, major, critical",
        ),
    ],
)
def test_a_line_that_cannot_be_read_hides_no_other(line: str, reason: str) -> None:
    book, (fault,) = parse_book(f"{TEXT}{line}\n")
    assert (fault.line, fault.reason) == (5, reason)
    assert len(book.subscribers) == 3


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ada@acme.example\n",
        "statusgen-subscribers 2 key=x\n",
        "statusgen-subscribers 1\n",
        "\n" + TEXT,
    ],
)
def test_another_text_is_no_book(text: str) -> None:
    with pytest.raises(NoBookError):
        parse_book(text)


def test_a_mark_tells_nothing_without_the_key_and_stays_the_same() -> None:
    book, _ = parse_book(TEXT)
    assert book.mark_of("Ada@acme.example") == book.mark_of("ada@acme.example")
    assert book.mark_of("ada@acme.example") != Book("other", {}).mark_of("ada@acme.example")
    assert len(book.mark_of("ada@acme.example")) == 16


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    parse_book(f"statusgen-subscribers 1 key=k\n{text}")
