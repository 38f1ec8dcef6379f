"""Corrected times and renamed files: what is known already is news to nobody."""

from __future__ import annotations

import pytest
from notifiers import Notebook
from sample_histories import IDENTIFIED, MAINTENANCE, OPENED, RESOLVED

IDENT = ("update", "21 10:20")
OVER = ("resolved", "21 11:02")


@pytest.fixture
def book() -> Notebook:
    """Return a ledger whose channel began before anything happened."""
    book = Notebook()
    book.choose({}, "20 00:00")
    return book


def moved(text: str, old: str, new: str) -> str:
    if old not in text:
        raise AssertionError(old)
    return text.replace(old, new)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: moved(text, "10:20", "10:25"),
        lambda text: moved(moved(text, "10:20", "10:25"), "A provider", "Our provider"),
        lambda text: moved(text, "10:05", "09:58"),
        lambda text: moved(moved(text, "10:20", "10:25"), "10:05", "10:00"),
    ],
)
def test_a_corrected_time_is_told_to_nobody(book: Notebook, change: object) -> None:
    text = OPENED + IDENTIFIED
    book.tell({"a": OPENED}, "21 10:06")
    book.tell({"a": text}, "21 10:21")
    corrected = change(text)  # type: ignore[operator]
    assert book.tell({"a": corrected}, "21 10:30") == []
    assert book.tell({"a": text}, "21 10:31") == []
    assert book.tell({"a": corrected + RESOLVED}, "21 11:03") == [OVER]


def test_a_time_that_is_corrected_several_times_is_told_to_nobody(book: Notebook) -> None:
    book.tell({"a": OPENED + IDENTIFIED}, "21 10:21")
    for minute in (22, 24, 21, 23):
        text = OPENED + IDENTIFIED.replace("10:20", f"10:{minute}")
        assert book.tell({"a": text}, "21 10:30") == []


def test_an_update_that_is_inserted_makes_no_news_of_the_one_behind_it(book: Notebook) -> None:
    book.tell({"a": OPENED}, "21 10:06")
    earlier = "\n## Investigating · 2026-11-21 09:58 UTC\n\nWe look into errors.\n"
    assert book.tell({"a": OPENED + earlier}, "21 10:10") == [("opened", "21 09:58")]


def test_a_new_update_with_the_status_of_one_deleted_before_is_news(book: Notebook) -> None:
    book.tell({"a": OPENED}, "21 10:06")
    book.tell({"a": OPENED + IDENTIFIED}, "21 10:21")
    assert book.tell({"a": OPENED}, "21 10:22") == []
    other = "\n## Identified · 2026-11-21 10:40 UTC\n\nIt is our own bug.\n"
    assert book.tell({"a": OPENED + other}, "21 10:41") == [("update", "21 10:40")]


def test_a_second_update_with_the_same_words_is_news(book: Notebook) -> None:
    book.tell({"a": OPENED + IDENTIFIED}, "21 10:21")
    moved_once = IDENTIFIED.replace("10:20", "10:22")
    book.tell({"a": OPENED + moved_once}, "21 10:23")
    more = IDENTIFIED.replace("10:20", "10:50")
    assert book.tell({"a": OPENED + moved_once + more}, "21 10:51") == [("update", "21 10:50")]


def test_a_heading_that_is_corrected_to_resolved_is_news(book: Notebook) -> None:
    book.tell({"a": OPENED + IDENTIFIED}, "21 10:21")
    over = IDENTIFIED.replace("Identified", "Resolved")
    assert book.tell({"a": OPENED + over}, "21 10:30") == [("resolved", "21 10:20")]


@pytest.mark.parametrize("aliases", ["aliases: [a]\n", ""])
def test_a_renamed_file_is_told_to_nobody(book: Notebook, aliases: str) -> None:
    text = OPENED + IDENTIFIED
    book.tell({"a": text}, "21 10:21")
    renamed = text.replace("---\n\n", f"{aliases}---\n\n")
    assert book.tell({"b": renamed}, "21 10:30") == []
    assert book.tell({"b": renamed + RESOLVED}, "21 11:03") == [OVER]


def test_a_renamed_maintenance_reminds_nobody_again(book: Notebook) -> None:
    assert book.tell({"a": MAINTENANCE}, "20 09:01") == [("announced", "20 09:00")]
    assert book.tell({"a": MAINTENANCE}, "22 21:01") == [("reminder", "22 21:00")]
    renamed = MAINTENANCE.replace("---\n\n", "aliases: [a]\n---\n\n")
    assert book.tell({"b": renamed}, "22 21:10") == []


def test_a_maintenance_at_another_time_is_reminded_of_anew(book: Notebook) -> None:
    book.tell({"a": MAINTENANCE}, "22 21:01")
    later = MAINTENANCE.replace("22:00", "22:30").replace("23:00", "23:30")
    assert book.tell({"a": later}, "22 21:31") == [("reminder", "22 21:30")]


BEGUN = "\n## In progress · 2026-11-22 22:05 UTC\n\nWrites are off until 22:40.\n"
DONE = "\n## Completed · 2026-11-22 23:04 UTC\n\nDone; please log in again.\n"


def test_what_a_person_writes_after_the_clock_has_told_is_told_as_an_update(book: Notebook) -> None:
    book.tell({"a": MAINTENANCE}, "22 22:01")
    assert book.tell({"a": MAINTENANCE + BEGUN}, "22 22:06") == [("update", "22 22:05")]
    assert book.tell({"a": MAINTENANCE + BEGUN}, "22 22:07") == []
    assert book.tell({"a": MAINTENANCE + BEGUN}, "22 23:01") == [("completed", "22 23:00")]
    text = MAINTENANCE + BEGUN + DONE
    assert book.tell({"a": text}, "22 23:05") == [("update", "22 23:04")]
    assert book.tell({"a": text.replace("23:04", "23:02")}, "22 23:06") == []
    assert book.tell({"a": MAINTENANCE}, "22 23:07") == []


def test_a_maintenance_that_was_put_off_after_it_began_begins_again(book: Notebook) -> None:
    assert ("started", "22 22:00") in book.tell({"a": MAINTENANCE}, "22 22:01")
    put_off = "\n## Scheduled · 2026-11-22 22:05 UTC\n\nWe do it tomorrow.\n"
    text = MAINTENANCE.replace("2026-11-22", "2026-11-23") + put_off
    assert book.tell({"a": text}, "22 22:06") == [("update", "22 22:05")]
    assert book.tell({"a": text}, "23 22:01") == [("started", "23 22:00")]
    assert book.tell({"a": text}, "23 22:02") == []
    assert book.tell({"a": text}, "23 23:01") == [("completed", "23 23:00")]


def test_a_maintenance_that_goes_on_after_the_clock_had_ended_it_ends_again(book: Notebook) -> None:
    book.tell({"a": MAINTENANCE}, "22 22:01")
    assert book.tell({"a": MAINTENANCE}, "22 23:01") == [("completed", "22 23:00")]
    longer = MAINTENANCE.replace("ends: 2026-11-22 23:00", "ends: 2026-11-23 01:00")
    text = longer + "\n## In progress · 2026-11-22 23:05 UTC\n\nIt takes two hours more.\n"
    assert book.tell({"a": text}, "22 23:06") == [("update", "22 23:05")]
    assert book.tell({"a": text}, "23 01:01") == [("completed", "23 01:00")]
    assert book.tell({"a": text}, "23 01:02") == []


@pytest.mark.parametrize("time", ["21 10:30", "21 10:20"])
def test_a_file_that_was_away_for_a_run_may_be_renamed_later(book: Notebook, time: str) -> None:
    book.tell({"a": OPENED}, "21 10:06")
    assert book.tell({}, "21 10:30") == []
    assert book.tell({"a": OPENED}, time) == []
    assert book.tell({"b": OPENED}, time) == []
    lines = len(book.lines)
    assert book.tell({"b": OPENED}, time) == []
    assert len(book.lines) == lines
    assert book.tell({"b": OPENED.replace("10:05", "10:04")}, time) == []
