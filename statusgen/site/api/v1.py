"""api/statusgen/v1: what is ours, and what Statuspage's API has no place for.

The headline that knows of open incidents, promises, uptime with its rule, and every incident, not
only the newest. Nothing here says when it was built, so a file changes only when its content does.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from statusgen.model import Kind
from statusgen.site.api.components import directory_of
from statusgen.site.context import Output, Site, component_url, record_url
from statusgen.site.json_text import Json, to_json
from statusgen.site.views.headline import headline, worst_first
from statusgen.site.views.lines import begun
from statusgen.site.views.links import absolute
from statusgen.site.views.names import names_of
from statusgen.site.views.owed import owed_json
from statusgen.site.views.renewal import state_id
from statusgen.site.words.times import rfc3339
from statusgen.timeline.record import Record

_FOLDER = "api/statusgen/v1/"


class Year(NamedTuple):
    """The incidents and maintenances that began in a year of the page's zone, newest first."""

    number: int
    records: tuple[Record, ...]

    @property
    def path(self) -> str:
        """The file in which they are."""
        return f"{_FOLDER}incidents/{self.number}.json"


def render_api_v1(site: Site) -> Iterator[Output]:
    """Yield the summary, what is owed and the list of years."""
    yield f"{_FOLDER}summary.json", to_json(summary_json(site))
    yield f"{_FOLDER}owed.json", to_json(owed_json(site))
    listed = [
        {"year": year.number, "count": len(year.records), "url": f"{site.url}{year.path}"}
        for year in years(site)
    ]
    yield f"{_FOLDER}incidents.json", to_json({"years": listed})


def render_year(site: Site, year: Year) -> Output:
    """Return the incidents and maintenances of a year."""
    rows = [_line(site, record) for record in year.records]
    return year.path, to_json({"year": year.number, "incidents": rows})


@lru_cache(maxsize=2)
def years(site: Site) -> tuple[Year, ...]:
    """Return the years in which something began, newest first; what is only planned has not."""
    found: dict[int, list[Record]] = {}
    for day, record in begun(site):
        if record.kind is not Kind.NOTICE:
            found.setdefault(day.year, []).append(record)
    return tuple(Year(year, tuple(records)) for year, records in found.items())


def summary_json(site: Site) -> Json:
    """Return the state of the page as its own front page tells it, and in the same order."""
    history, state, page = site.history, headline(site), site.config.page
    return {
        "page": {"name": page.name, "url": site.url, "timezone": page.timezone},
        "headline": {"text": state.text, "state": state.state, "also": list(state.also)},
        "state_id": state_id(site),
        "next_change_at": history.next_change and rfc3339(history.next_change),
        "incidents": [_current(site, one) for one in worst_first(history.open_incidents)],
        "maintenances": [_current(site, one) for one in (*history.running, *history.upcoming)],
        "notices": [_current(site, one) for one in history.notices if one.is_open],
        "components": [_component(site, id_) for id_ in directory_of(site).by_id],
    }


def _component(site: Site, id_: str) -> Json:
    state = site.history.components[id_]
    return {
        "id": id_,
        "name": names_of(site)[id_].full,
        "status": state.status,
        "because": [record.id for record in state.because],
        "url": component_url(site, state.component),
    }


def _line(site: Site, record: Record) -> Json:
    """Return what a list says of a record; api/v2/incidents/<code>.json has its updates."""
    return {
        "id": record.id,
        "code": record.code,
        "type": record.kind,
        "title": record.title,
        "status": record.status,
        "impact": record.impact,
        "started_at": rfc3339(record.started),
        "resolved_at": rfc3339(record.resolved_at) if record.resolved_at else None,
        "components": list(record.components),
        "url": record_url(site, record),
    }


def _current(site: Site, record: Record) -> Json:
    """Return a record that is not over, with its promises and its newest update."""
    window, newest = record.window, record.updates[-1] if record.updates else None
    return {
        **_line(site, record),
        "groups": _groups(site, record),
        "audience": record.incident.audience,
        "starts_at": rfc3339(window.start) if window else None,
        "ends_at": rfc3339(window.end) if window else None,
        "next_update_at": rfc3339(record.next_update) if record.next_update else None,
        "eta_at": rfc3339(record.eta) if record.eta else None,
        "is_unreadable": record.incident.stand_in is not None,
        "update": newest
        and {
            "id": newest.id,
            "status": newest.status,
            "at": rfc3339(newest.at),
            "html": absolute(site.markdown(newest.text), record_url(site, record)),
        },
    }


def _groups(site: Site, record: Record) -> list[str]:
    """Return the groups that the record's components are in."""
    found = (one.group for one in site.config.components if one.id in record.components)
    return [*dict.fromkeys(one for one in found if one)]
