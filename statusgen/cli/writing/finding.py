"""Which incident is meant: by id, by a unique beginning, or the only one that goes on."""

from __future__ import annotations

import re
from datetime import datetime
from typing import NamedTuple

from statusgen.authoring.appending import is_over
from statusgen.authoring.choosing import choose_incident
from statusgen.authoring.faults import Fault
from statusgen.cli.formats import printable
from statusgen.cli.writing.asking import MOST_LISTED, ask_one_of
from statusgen.cli.writing.place import Place
from statusgen.content.ids import stem_of
from statusgen.model import Incident, Kind

_NEWEST = 300  # files


class Found(NamedTuple):
    """An incident file and what it says."""

    path: str
    incident: Incident


def find_incident(place: Place, text: str | None, now: datetime, *, asks: bool) -> Found | Fault:
    """Return the incident that is meant; without `text` the open one."""
    if text:
        path = choose_incident(text, place.paths)
        return path if isinstance(path, Fault) else _read(place, path)
    found = _open(place, now)
    if len(found) == 1:
        return found[0]
    if not found:
        return Fault("ID", "no incident is open", "name the one that you mean")
    titles = [f"{stem_of(one.path)}  {one.incident.title}" for one in found]
    if asks:
        return found[ask_one_of("Which one", [printable(title) for title in titles])]
    listed = titles[:MOST_LISTED]
    if len(titles) > MOST_LISTED:
        listed.append(f"… and {len(titles) - MOST_LISTED:,} more")
    return Fault("ID", f"{len(found)} incidents are open", "name one of\n  " + "\n  ".join(listed))


def open_under(place: Place, title: str, now: datetime) -> Found | None:
    """Return the incident that is open under a title, whatever its case and punctuation.

    It is looked for among the newest files: nobody waits longer for it than for the first notice.
    """
    words = _words(title)
    found = _open(place, now, most=_NEWEST)
    return next((one for one in found if _words(one.incident.title) == words), None)


def _words(title: str) -> str:
    return " ".join(re.findall(r"\w+", title.casefold())) or title


def readable(place: Place, path: str, text: str) -> Incident | Fault:
    """Return what a file says; one that cannot be understood must be mended by hand first."""
    reading = place.parse(path, text)
    if reading.readable:
        return reading.incident
    first = next(problem for problem in reading.problems if problem.is_error)
    hint = first.hint or "'statusgen check' tells more"
    return Fault("", f"{first.where} cannot be understood: {first.message}", hint)


def _read(place: Place, path: str) -> Found | Fault:
    try:
        text = place.read(path)
    except OSError as error:
        return Fault("", f"{path} cannot be read: {error.strerror or error}")
    incident = readable(place, path, text)
    return incident if isinstance(incident, Fault) else Found(path, incident)


def _open(place: Place, now: datetime, most: int | None = None) -> list[Found]:
    found = []
    for path in place.maybe_open(most):
        one = _read(place, path)
        if isinstance(one, Found) and _is_open(one.incident, now):
            found.append(one)
    return found


def _is_open(incident: Incident, now: datetime) -> bool:
    is_told = incident.kind is Kind.INCIDENT and not incident.draft
    return is_told and not is_over(incident, now)
