"""Reads what the pages of /history name: the codes of all incidents, three months a page."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

import requests

from statusgen.migrate.statuspage.fields import Remarks
from statusgen.migrate.statuspage.guard import Fetcher, FetchError
from statusgen.migrate.statuspage.reader import read_json

MOST_PAGES = 240
_EMPTY_PAGES = 8
_CODE = re.compile(r"[0-9a-z]{1,64}")


class History(NamedTuple):
    """The codes that were read, newest month first; `broken` tells where and why not all were."""

    codes: tuple[str, ...]
    broken: tuple[str, str] | None


class _Month(NamedTuple):
    name: str
    year: int
    codes: tuple[str, ...]


def read_history(
    fetcher: Fetcher,
    since: datetime | None,
    remarks: Remarks,
    tell: Callable[[str], None],
) -> History:
    """Return the codes of all incidents that the history names.

    Pages go on for ever: they end after two years without an incident that lie before the page's
    first component, or where a host that knows no pages answers the same again.
    """
    codes: dict[str, None] = {}
    seen: set[tuple[str, int]] = set()
    empty = 0
    for number in range(1, MOST_PAGES + 1):
        tell(f"reading page {number} of the history")
        path = f"history?page={number}"
        try:
            months, fault = _months(fetcher.get(path), path, remarks)
        except FetchError as error:
            is_end = number > 1 and error.status == requests.codes.not_found
            return History(tuple(codes), None if is_end else (path, str(error)))
        fresh = [month for month in months if month[:2] not in seen]
        if not fresh:
            fault = fault or ("it names no months" if number == 1 else "")
            return History(tuple(codes), (path, fault) if fault else None)
        seen.update(month[:2] for month in fresh)
        named = [code for month in fresh for code in month.codes]
        codes.update(dict.fromkeys(named))
        empty = 0 if named else empty + 1
        oldest = min(month.year for month in fresh)
        if empty >= _EMPTY_PAGES and (since is None or oldest < since.year):
            return History(tuple(codes), None)
    return History(tuple(codes), ("history", f"only {MOST_PAGES} pages were read"))


def _months(raw: bytes, path: str, remarks: Remarks) -> tuple[list[_Month], str]:
    """Return the months of a page of the history, or why it has none."""
    own = Remarks()
    value = read_json(raw, path, own)
    if own.problems:
        return [], own.problems[0].message
    months = value.get("months") if isinstance(value, dict) else None
    if not isinstance(months, list):
        return [], "it names no months"
    found = []
    for index, month in enumerate(months):
        place = f"months[{index}]"
        if isinstance(month, dict):
            year = month.get("year")
            codes = _codes(month.get("incidents"), path, f"{place}.incidents", remarks)
            name = str(month.get("name"))
            found.append(_Month(name, year if isinstance(year, int) else 0, codes))
        else:
            remarks.lost("import-not-understood", path, place, "no month")
    return found, ""


def _codes(value: object, path: str, place: str, remarks: Remarks) -> tuple[str, ...]:
    """Return the codes of a month's incidents; one that cannot be fetched is told."""
    if value is not None and not isinstance(value, list):
        remarks.lost("import-not-understood", path, place, "no list of incidents")
        return ()
    codes = []
    for index, one in enumerate(value or []):
        code = one.get("code") if isinstance(one, dict) else None
        if isinstance(code, str) and _CODE.fullmatch(code):
            codes.append(code)
        else:
            message = "it has no code by which it could be fetched"
            remarks.lost("import-not-understood", path, f"{place}[{index}]", message)
    return tuple(codes)
