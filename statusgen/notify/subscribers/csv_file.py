"""Subscribers as a table: what other systems export, Statuspage among them, and what we do.

Columns are known by their names, in any order: `address` (or `email`), `type` (or `mode`: only
`email` is taken), `components` (ids, codes or names, with commas, semicolons or bars between),
`impact`, `language`, `since` (or `created_at`), `confirmed`, `quarantined_at`. A table without
names is a list of addresses, or has the columns of Statuspage's template for its own import: a
type, an address, a word about confirmation, components. No fault repeats an address.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from statusgen.model import Config, Impact
from statusgen.notify.subscribers.addresses import AddressError, parse_address
from statusgen.notify.subscribers.book import LEAST_IMPACTS, LineFault, Subscriber
from statusgen.notify.subscribers.components import ids_by_name, parse_components, quoted
from statusgen.reading.suggest import did_you_mean
from statusgen.report.as_csv import meant_by_cell, safe_cell

COLUMNS = ("address", "components", "impact", "language", "since", "confirmed")
"""The columns that we write."""

_NAMES = {
    "address": ("address", "email", "emailaddress", "mail", "subscriber"),
    "type": ("type", "mode", "subscribertype"),
    "components": ("components", "component", "componentids", "componentnames"),
    "impact": ("impact",),
    "language": ("language", "locale"),
    "since": ("since", "createdat", "subscribedat"),
    "confirmed": ("confirmed",),
    "quarantined": ("quarantinedat", "quarantined", "unsubscribedat"),
}
_COLUMN_OF = {alias: name for name, aliases in _NAMES.items() for alias in aliases}
_TEMPLATE = ("type", "address", "", "components")
_LIST = ("address", "components")
_TYPES = frozenset({"email", "e-mail", "mail", "sms", "webhook", "slack", "teams", "ms_teams"})
_MAIL = frozenset({"", "email", "e-mail", "mail"})
_NO = frozenset({"", "no", "false", "0", "null", "none"})
_YES = frozenset({"yes", "true", "1"})
_LANGUAGE = re.compile("[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")


class Table(NamedTuple):
    """What a table says, each address once.

    `repeated` counts lines that say the same again, `elsewhere` those of subscribers who are told
    by something else than mail, `returned` those whose mail came back. `ignored` are the names of
    columns that say nothing to us. With any `faults` nothing of it should be taken.
    """

    subscribers: tuple[Subscriber, ...]
    faults: tuple[LineFault, ...]
    repeated: int = 0
    elsewhere: int = 0
    returned: int = 0
    ignored: tuple[str, ...] = ()


class _Row(NamedTuple):
    line: int
    cells: Mapping[str, str]


def read_table(raw: bytes, config: Config, now: datetime) -> Table:
    """Return what the bytes of a file say; whoever has no date in it subscribes `now`."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Table((), (LineFault(1, "the file is no text in UTF-8"),))
    try:
        lines = list(_lines(text))
    except csv.Error as error:
        return Table((), (LineFault(1, f"the file is no table: {error}"),))
    if not lines:
        return Table((), (LineFault(1, "the file is empty"),))
    names, ignored, fault = _header(lines[0][1])
    if fault:
        return Table((), (LineFault(lines[0][0], fault),))
    rows = [_Row(line, _named(names, cells)) for line, cells in lines if cells is not lines[0][1]]
    if not _is_header(lines[0][1]):
        rows.insert(0, _Row(lines[0][0], _named(names, lines[0][1])))
    return _read_rows(rows, ids_by_name(config), now)._replace(ignored=ignored)


def write_table(subscribers: Sequence[Subscriber]) -> bytes:
    """Return a table that can be read again: RFC 4180, UTF-8, no cell that is a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for one in subscribers:
        cells = (
            one.address,
            ",".join(one.components),
            "" if one.impact is Impact.NONE else one.impact.value,
            one.language,
            f"{one.since.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "yes" if one.confirmed else "no",
        )
        writer.writerow(map(safe_cell, cells))
    return text.getvalue().encode()


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that say anything, each with the line where it ends."""
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield reader.line_num, [meant_by_cell(cell.strip()) for cell in cells]


def _is_header(cells: Sequence[str]) -> bool:
    return not any("@" in cell for cell in cells) and cells[0].lower() not in _TYPES - {"email"}


def _header(cells: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """Return the columns, '' for those that say nothing, the names of these; or what is wrong."""
    if not _is_header(cells):
        return (_TEMPLATE if cells[0].lower() in _TYPES else _LIST), (), ""
    names, ignored = [], []
    for cell in cells:
        plain = re.sub("[^a-z]", "", cell.lower())
        column = _COLUMN_OF.get(plain, "")
        meant = "" if column else did_you_mean(plain, _NAMES)
        if meant and plain not in {"pageid", "id", "name"}:
            return (), (), f"there is no column '{cell}': {meant}"
        if column and column in names:
            return (), (), f"two columns say '{column}'"
        names.append(column)
        if not column and cell:
            ignored.append(cell)
    if "address" not in names:
        return (), (), "no column is named 'address' or 'email'"
    return tuple(names), tuple(ignored), ""


def _named(names: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """Return the cells by their columns; what lies past the last one belongs to it."""
    named = {name: cell for name, cell in zip(names, cells, strict=False) if name}
    if names in (_TEMPLATE, _LIST) and len(cells) > len(names):
        named[names[-1]] = ",".join(cells[len(names) - 1 :])
    return named


def _read_rows(rows: Sequence[_Row], places: Mapping[str, str], now: datetime) -> Table:
    found: dict[str, tuple[int, Subscriber]] = {}
    faults: list[LineFault] = []
    repeated = elsewhere = returned = 0
    for line, cells in rows:
        if cells.get("type", "").lower() not in _MAIL:
            elsewhere += 1
            continue
        if cells.get("quarantined", "").lower() not in _NO:
            returned += 1
            continue
        one, wrong = _subscriber(cells, places, now)
        faults += (LineFault(line, reason) for reason in wrong)
        if one is None:
            continue
        before = found.get(one.identity)
        if before is None:
            found[one.identity] = (line, one)
        elif before[1]._replace(since=one.since, address=one.address) == one:
            repeated += 1
        else:
            faults.append(LineFault(line, f"line {before[0]} has this address with other choices"))
    subscribers = tuple(one for _, one in found.values())
    return Table(subscribers, tuple(faults), repeated, elsewhere, returned)


def _subscriber(
    cells: Mapping[str, str], places: Mapping[str, str], now: datetime
) -> tuple[Subscriber | None, list[str]]:
    """Return what a row says, or all that is wrong with it."""
    wrong: list[str] = []
    address = ""
    try:
        address = parse_address(cells.get("address", ""))
    except AddressError as error:
        wrong.append(f"no mail address: {error}")
    components, unknown = parse_components(cells.get("components", ""), places)
    wrong += unknown
    impact = cells.get("impact", "").lower() or Impact.NONE.value
    if impact not in {one.value for one in LEAST_IMPACTS}:
        wrong.append(f"no impact: {quoted(impact)}; there are minor, major and critical")
    language = cells.get("language", "").replace("_", "-")
    if language and not _LANGUAGE.fullmatch(language):
        wrong.append(f"no language: {quoted(language)}; write it like de or pt-BR")
    since = _moment(cells.get("since", ""), now)
    if since is None:
        wrong.append("no date: write it like 2026-11-26T07:00:00Z")
    confirmed = cells.get("confirmed", "yes").lower()
    if confirmed not in _YES | _NO:
        wrong.append(f"{quoted(confirmed)} under 'confirmed' is neither yes nor no")
    if wrong or since is None:
        return None, wrong
    is_confirmed = confirmed in _YES
    return Subscriber(address, since, components, Impact(impact), language, is_confirmed), []


def _moment(text: str, now: datetime) -> datetime | None:
    """Return a moment up to `now`, in whole seconds; without a text it is `now`."""
    if not text:
        return now
    try:
        found = datetime.fromisoformat(text.replace(" UTC", "+00:00"))
    except ValueError:
        return None
    moment = found if found.tzinfo else found.replace(tzinfo=UTC)
    return min(moment.astimezone(UTC).replace(microsecond=0), now)
