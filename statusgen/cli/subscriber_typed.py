"""What is typed about subscribers: addresses, and what their owners chose."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, TypedDict

import click

if TYPE_CHECKING:
    from statusgen.model import Config
    from statusgen.notify.subscribers.book import Book, Subscriber

STDIN = "-"


class Typed(TypedDict):
    """What `add` is given."""

    root: str
    addresses: tuple[str, ...]
    components: tuple[str, ...]
    impact: str | None
    language: str | None
    unconfirmed: bool
    commit: bool
    now: datetime


def addresses_typed(typed: Sequence[str]) -> list[str]:
    """Return what was typed as addresses; all that is wrong with them at once, by their place."""
    from statusgen.notify.subscribers.addresses import AddressError, parse_address

    texts = [one for one in typed if one != STDIN]
    if STDIN in typed:
        texts += [line for line in sys.stdin.read().splitlines() if line.strip()]
    found, wrong = [], []
    for number, text in enumerate(texts, 1):
        try:
            found.append(parse_address(text))
        except AddressError as error:
            wrong.append(f"Address {number}: {error}.")
    if wrong:
        raise click.UsageError("\n".join(wrong))
    return found


def fields_typed(typed: Typed, config: Config) -> Mapping[str, object]:
    """Return what was chosen, by fields of Subscriber; nothing is chosen by leaving it out."""
    from statusgen.model import Impact
    from statusgen.notify.subscribers.components import ids_by_name, parse_components
    from statusgen.reading.suggest import did_you_mean

    fields: dict[str, object] = {}
    if typed["components"]:
        ids, wrong = parse_components(",".join(typed["components"]), ids_by_name(config))
        if wrong:
            raise click.UsageError("\n".join(f"--component: {one}" for one in wrong))
        fields["components"] = ids
    if typed["impact"]:
        fields["impact"] = Impact(typed["impact"])
    language = typed["language"]
    if language:
        if language not in config.page.languages:
            spoken = ", ".join(config.page.languages)
            hint = did_you_mean(language, config.page.languages) or f"it has {spoken}"
            raise click.UsageError(f"--language: the page has no {language!r}; {hint}.")
        fields["language"] = language
    return fields


def added(book: Book, address: str, fields: Mapping[str, object], typed: Typed) -> Subscriber:
    """Return what becomes of an address; one that is confirmed stays so, whatever is asked for.

    Otherwise anybody could stop somebody's mail by filling in a form once more.
    """
    from statusgen.notify.subscribers.addresses import same_for
    from statusgen.notify.subscribers.book import Subscriber

    wanted = not typed["unconfirmed"]
    old = book.subscribers.get(same_for(address))
    if old is None:
        new = Subscriber(address, typed["now"], confirmed=wanted)
        return new._replace(**fields)  # type: ignore[arg-type]  # its own fields
    if old.confirmed and not wanted:
        return old
    changed = old._replace(**fields, confirmed=wanted)  # type: ignore[arg-type]  # as above
    return old if changed == old else changed._replace(since=typed["now"])
