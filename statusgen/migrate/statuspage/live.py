"""Reads a live page: its public API, and by its history what the API no longer lists.

The API gives the 50 newest incidents and the 50 newest maintenances. Older ones are named by
/history?page=N, three months a page, and each of them is fetched by its code.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import requests

from statusgen.migrate.statuspage.fields import Remarks
from statusgen.migrate.statuspage.guard import Fetcher, FetchError
from statusgen.migrate.statuspage.history import MOST_PAGES, read_history
from statusgen.migrate.statuspage.reader import Response, read_json, read_response

Tell = Callable[[str], None]
"""Told in a few words what is being done."""

_LISTS = ("incidents", "scheduled-maintenances")
_LISTED = 50
_FRONT = "give the address of the page's front, such as https://status.example.com"


def read_live(fetcher: Fetcher, remarks: Remarks, tell: Tell) -> list[Response]:
    """Return all that the page tells.

    Raises:
        FetchError: its summary cannot be read.
    """
    tell("reading the API")
    responses = [_summary(fetcher, remarks), *_try(fetcher, "api/v2/components.json", remarks)]
    since = _first_component(responses)
    lists = {name: _try(fetcher, f"api/v2/{name}.json", remarks) for name in _LISTS}
    responses += [response for found in lists.values() for response in found]
    history = read_history(fetcher, since, remarks, tell)
    if history.broken is not None:
        responses += _pages_instead(fetcher, lists, history.broken, remarks)
    known = _codes(responses)
    codes = [code for code in history.codes if code not in known]
    for done, code in enumerate(codes):
        if fetcher.is_silent:
            message = f"{len(codes) - done:,} more incidents were not asked for: import again later"
            remarks.lost("import-not-fetched", "history", "", f"the host is silent, {message}")
            break
        tell(f"reading incident {done + 1:,} of {len(codes):,}")
        responses += _one(fetcher, code, remarks)
    return responses


def _summary(fetcher: Fetcher, remarks: Remarks) -> Response:
    path = "api/v2/summary.json"
    try:
        summary = _read(fetcher, path, remarks)
    except FetchError as error:
        hint = error.hint or (_FRONT if error.status == requests.codes.not_found else "")
        raise FetchError(str(error), error.status, hint) from error
    if summary.page is None and not summary.listed:
        message = f"{fetcher.base.geturl()}{path} is not the summary of a Statuspage"
        raise FetchError(message, requests.codes.ok, _FRONT)
    return summary


def _first_component(responses: list[Response]) -> datetime | None:
    seen = [one.component.created for response in responses for one in response.components]
    return min((created for created in seen if created), default=None)


def _codes(responses: list[Response]) -> set[str]:
    return {incident.code for response in responses for incident in response.incidents}


def _pages_instead(
    fetcher: Fetcher,
    lists: dict[str, list[Response]],
    broken: tuple[str, str],
    remarks: Remarks,
) -> list[Response]:
    """Return the further pages of the lists, where the history does not tell what is older."""
    further = []
    is_whole = True
    for name, first in lists.items():
        found, went_to_the_end = _further_pages(fetcher, name, first, remarks)
        further += found
        is_whole = is_whole and went_to_the_end
    path, why = broken
    if is_whole:
        message = f"{why}; the lists of the API, read to their end, stand in for it"
        remarks.changed("import-not-fetched", path, "", message)
    else:
        message = f"{why}; what is older than the lists of the API may be missing"
        remarks.lost("import-not-fetched", path, "", message)
    return further


def _further_pages(
    fetcher: Fetcher,
    name: str,
    first: list[Response],
    remarks: Remarks,
) -> tuple[list[Response], bool]:
    """Return the pages of a list after its first one, and whether they went to its end.

    A host that knows no pages answers the same again, which is not the end.
    """
    if first and first[0].page and len(first[0].incidents) < _LISTED:
        return [], True
    known = _codes(first)
    pages: list[Response] = []
    for number in range(2, MOST_PAGES + 1) if first else ():
        try:
            page = _read(fetcher, f"api/v2/{name}.json?page={number}", remarks)
        except FetchError:
            break
        if not page.incidents:
            return pages, page.page is not None
        if _codes([page]) <= known:
            break
        known |= _codes([page])
        pages.append(page)
    return pages, False


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
