from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from subscriber_strategies import books

from statusgen.model import Impact
from statusgen.notify.subscribers.book import (
    Book,
    NoBookError,
    Subscriber,
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


def test_two_versions_merge_by_line(tmp_path: Path) -> None:
    base, _ = parse_book(TEXT)
    ours = base.with_all([Subscriber("zoe@acme.example", SINCE)])
    theirs = base.without(["bo@acme.example"])
    for name, book in (("base", base), ("ours", ours), ("theirs", theirs)):
        (tmp_path / name).write_text(write_book(book))
    command = ["git", "merge-file", "-p", "--union", "ours", "base", "theirs"]
    merged = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    book, faults = parse_book(merged.stdout)
    assert not faults
    assert [one.partition("@")[0] for one in book.subscribers] == ["ada", "cy", "zoe"]


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
    "text", ["", "ada@acme.example\n", "statusgen-subscribers 2 key=x\n", "\n" + TEXT]
)
def test_another_text_is_no_book(text: str) -> None:
    with pytest.raises(NoBookError):
        parse_book(text)


def test_a_mark_tells_nothing_without_the_key_and_stays_the_same() -> None:
    book, _ = parse_book(TEXT)
    assert book.mark_of("Ada@acme.example") == book.mark_of("ada@acme.example")
    assert book.mark_of("ada@acme.example") != Book("other", {}).mark_of("ada@acme.example")
    assert len(book.mark_of("ada@acme.example")) == 32


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    parse_book(f"statusgen-subscribers 1 key=k\n{text}")
