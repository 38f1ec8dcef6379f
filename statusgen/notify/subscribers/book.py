"""Subscribers as lines of text, one each, so that two versions of the text can be merged by line.

    statusgen-subscribers 1 key=kq2mn4xw6zlfu3ra5tbpoe7vyc
    ada@acme.example since=2026-11-26T07:00:00Z components=api,payments impact=major language=de
    bo@acme.example since=2026-11-26T07:10:00Z
    cy@acme.example since=2026-11-26T07:20:00Z unconfirmed

Where an address stands on two lines, the choice that was made later counts. `key` is made with the
file and never changes; by it the ledger knows who was told without naming anybody.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import NamedTuple

from statusgen.model import Impact
from statusgen.notify.subscribers.addresses import AddressError, parse_address, same_for

_TITLE = "statusgen-subscribers"
_VERSION = "1"
_UNCONFIRMED = "unconfirmed"
_MARKERS = frozenset({"<<<<<<<", "=======", ">>>>>>>", "|||||||"})
_MARK_BYTES = 8  # so few that the ledger stays small; two of a million are never the same
LEAST_IMPACTS = (Impact.NONE, Impact.MINOR, Impact.MAJOR, Impact.CRITICAL)
"""The least impact that somebody may want to hear of."""


class NoBookError(Exception):
    """A text that has no subscribers in it, nor says that there are none."""


class LineFault(NamedTuple):
    """What is wrong with a line, counted from 1; nobody's address is in it."""

    line: int
    reason: str


class Subscriber(NamedTuple):
    """An address, and what is sent there.

    `components` are ids of components and groups, none: all there are; `impact` is the least;
    `language` empty: the page's main one. `since` is when that was chosen. Nothing is sent to an
    address whose owner has not `confirmed` it.
    """

    address: str
    since: datetime
    components: tuple[str, ...] = ()
    impact: Impact = Impact.NONE
    language: str = ""
    confirmed: bool = True

    @property
    def identity(self) -> str:
        """What is the same for all ways to write the address."""
        return same_for(self.address)


@dataclass(frozen=True, eq=False)
class Book:
    """All subscribers by their identity; `key` makes the marks by which the ledger knows them."""

    key: str
    subscribers: Mapping[str, Subscriber]

    def mark_of(self, address: str) -> str:
        """Return 16 hex digits for an address from which nobody without the file gets it back."""
        made = hmac.digest(self._key, same_for(address).encode(), hashlib.sha256)
        return made[:_MARK_BYTES].hex()

    @cached_property
    def _key(self) -> bytes:
        return self.key.encode()

    def with_all(self, changed: Iterable[Subscriber]) -> Book:
        """Return the book with these in place of those with the same address, or added."""
        return Book(self.key, {**self.subscribers, **{one.identity: one for one in changed}})

    def without(self, identities: Iterable[str]) -> Book:
        """Return the book without these."""
        gone = set(identities)
        kept = {key: one for key, one in self.subscribers.items() if key not in gone}
        return Book(self.key, kept)


def parse_book(text: str) -> tuple[Book, tuple[LineFault, ...]]:
    """Return the subscribers of a text, and the lines that could not be read.

    Raises:
        NoBookError: It does not begin as a book does.

    """
    lines = text.split("\n")
    title = lines[0].split()
    if title[:1] != [_TITLE]:
        raise NoBookError("it holds no subscribers of statusgen")
    if title[1:2] != [_VERSION]:
        raise NoBookError("a newer version of statusgen wrote it")
    keys = {_title_key(line.split()) for line in lines if line.startswith(_TITLE)} - {""}
    if not keys:
        raise NoBookError("its first line has lost the key")
    found: dict[str, Subscriber] = {}
    faults = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith(_TITLE):
            continue
        try:
            one = _subscriber(line)
        except ValueError as error:
            faults.append(LineFault(number, str(error)))
            continue
        if one.identity not in found or found[one.identity].since <= one.since:
            found[one.identity] = one
    return Book(min(keys), found), tuple(faults)


def merged(base: Book, ours: Book, theirs: Book) -> Book:
    """Return what both sides have made of a book.

    Who was removed by either stays removed, whatever the other changed; of two choices the later
    one counts.
    """
    found = {}
    for identity in ours.subscribers.keys() | theirs.subscribers.keys():
        before, our, their = (one.subscribers.get(identity) for one in (base, ours, theirs))
        if our is None or their is None:
            only = our or their
            if before is None and only is not None:
                found[identity] = only
        elif before in {our, their}:
            found[identity] = their if before == our else our
        else:
            found[identity] = _later(our, their)
    return Book(min(ours.key, theirs.key), found)


def write_book(book: Book) -> str:
    """Return the text of a book: the same bytes for the same subscribers."""
    ordered = sorted(book.subscribers.items())
    lines = (f"{line_of(one)}\n" for _, one in ordered)
    return f"{_TITLE} {_VERSION} key={book.key}\n" + "".join(lines)


def _later(one: Subscriber, other: Subscriber) -> Subscriber:
    """Return the later choice; of two of the same second the same one on both sides."""
    return max(one, other, key=lambda each: (each.since, line_of(each)))


def _title_key(words: list[str]) -> str:
    return next((word.removeprefix("key=") for word in words if word.startswith("key=")), "")


def line_of(one: Subscriber) -> str:
    """Return the line of a subscriber, without its end."""
    words = [one.address, f"since={one.since.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"]
    if one.components:
        words.append(f"components={','.join(one.components)}")
    if one.impact is not Impact.NONE:
        words.append(f"impact={one.impact}")
    if one.language:
        words.append(f"language={one.language}")
    if not one.confirmed:
        words.append(_UNCONFIRMED)
    return " ".join(words)


def _subscriber(line: str) -> Subscriber:
    """Return what a line says.

    Raises:
        ValueError: A sentence without the address.

    """
    address, *words = line.split()
    if address in _MARKERS:
        raise ValueError("a conflict of a merge")
    try:
        address = parse_address(address)
    except AddressError as error:
        raise ValueError(f"no mail address: {error}") from None
    values = dict.fromkeys((_UNCONFIRMED,), "") if _UNCONFIRMED in words else {}
    for word in words:
        name, _, value = word.partition("=")
        if name not in {"since", "components", "impact", "language", _UNCONFIRMED}:
            raise ValueError("a word that is none of since, components, impact, language")
        values[name] = value
    return Subscriber(
        address,
        _moment(values.get("since", "")),
        tuple(one for one in values.get("components", "").split(",") if one),
        _impact(values.get("impact", Impact.NONE.value)),
        values.get("language", ""),
        _UNCONFIRMED not in values,
    )


def _moment(text: str) -> datetime:
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError:
        raise ValueError("no 'since' like since=2026-11-26T07:00:00Z") from None


def _impact(text: str) -> Impact:
    if text not in {one.value for one in LEAST_IMPACTS}:
        raise ValueError("an impact that is none of minor, major, critical")
    return Impact(text)
