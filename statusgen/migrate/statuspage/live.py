"""Reads a live page: its public API, and by its history what the API no longer lists.

The API gives the 50 newest incidents and the 50 newest maintenances. Older ones are named by
/history?page=N, three months a page, and each of them is fetched by its code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime

import requests

from statusgen.migrate.statuspage.fields import Remarks
from statusgen.migrate.statuspage.guard import Fetcher, FetchError
from statusgen.migrate.statuspage.reader import Response, read_json, read_response

Tell = Callable[[str], None]
"""Told in a few words what is being done."""

_ENDPOINTS = ("summary", "components", "incidents", "scheduled-maintenances")
_MOST_PAGES = 240
_EMPTY_PAGES = 8
_CODE = re.compile(r"[0-9a-z]{1,64}")


def read_live(fetcher: Fetcher, remarks: Remarks, tell: Tell) -> list[Response]:
    """Return all that the page tells.

    Raises:
        FetchError: its summary cannot be read.
    """
    tell("reading the API")
    responses = [_read(fetcher, "api/v2/summary.json", remarks)]
    for name in _ENDPOINTS[1:]:
        responses += _try(fetcher, f"api/v2/{name}.json", remarks)
    known = {incident.code for response in responses for incident in response.incidents}
    since = min(
        (
            seen.component.created
            for one in responses
            for seen in one.components
            if seen.component.created
        ),
        default=None,
    )
    tell("reading the history")
    codes = [code for code in dict.fromkeys(_history(fetcher, since, remarks)) if code not in known]
    for done, code in enumerate(codes, 1):
        tell(f"reading incident {done:,} of {len(codes):,}")
        responses += _one(fetcher, code, remarks)
    return responses


def _read(fetcher: Fetcher, path: str, remarks: Remarks) -> Response:
    value = read_json(fetcher.get(path), path, remarks)
    return Response() if value is None else read_response(value, path, remarks)


def _try(fetcher: Fetcher, path: str, remarks: Remarks) -> list[Response]:
    try:
        return [_read(fetcher, path, remarks)]
    except FetchError as error:
        remarks.lost("import-not-fetched", path, "", str(error))
        return []


def _one(fetcher: Fetcher, code: str, remarks: Remarks) -> list[Response]:
    """Return an incident by its code, from where the page of an incident has it if need be."""
    try:
        return [_read(fetcher, f"api/v2/incidents/{code}.json", remarks)]
    except FetchError as error:
        if error.status != requests.codes.not_found:
            remarks.lost("import-not-fetched", f"api/v2/incidents/{code}.json", "", str(error))
            return []
    return _try(fetcher, f"incidents/{code}.json", remarks)


def _history(fetcher: Fetcher, since: datetime | None, remarks: Remarks) -> Iterator[str]:
    """Yield the codes of all incidents that the history names, newest month first.

    Pages go on for ever: they end after two years without an incident that lie before the page's
    first component, or where a host that knows no pages answers the same again.
    """
    months_seen: set[tuple[str, int]] = set()
    empty = 0
    for number in range(1, _MOST_PAGES + 1):
        path = f"history?page={number}"
        try:
            value = read_json(fetcher.get(path), path, remarks)
        except FetchError as error:
            if number == 1 or error.status != requests.codes.not_found:
                remarks.lost("import-not-fetched", path, "", str(error))
            return
        months = _months(value)
        fresh = [month for month in months if month[:2] not in months_seen]
        if not fresh:
            if number == 1:
                remarks.lost("import-not-understood", path, "", "it names no months")
            return
        months_seen.update(month[:2] for month in fresh)
        codes = [code for month in fresh for code in month[2]]
        yield from codes
        empty = 0 if codes else empty + 1
        oldest = min(year for _, year, _ in fresh)
        if empty >= _EMPTY_PAGES and (since is None or oldest < since.year):
            return
    remarks.lost("import-not-fetched", "history", "", f"only {_MOST_PAGES} pages were read")


def _months(value: object) -> list[tuple[str, int, tuple[str, ...]]]:
    """Return name, year and incident codes of each month of a history page."""
    months = value.get("months") if isinstance(value, dict) else None
    found = []
    for month in months if isinstance(months, list) else []:
        if not isinstance(month, dict):
            continue
        incidents = month.get("incidents")
        codes = tuple(
            code
            for one in (incidents if isinstance(incidents, list) else [])
            if isinstance(one, dict)
            and isinstance(code := one.get("code"), str)
            and _CODE.fullmatch(code)
        )
        year = month.get("year")
        found.append((str(month.get("name")), year if isinstance(year, int) else 0, codes))
    return found
