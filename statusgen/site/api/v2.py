"""api/v2: what a hosted Statuspage serves, key for key.

Some clients decode strictly, so there is never a key more; what is ours stands in api/statusgen.
Notices are not in it, since Statuspage has no such thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from statusgen.model import AT_WORK, Kind, Status
from statusgen.site.api.components import directory_of
from statusgen.site.api.records import record_json
from statusgen.site.context import Output, Site
from statusgen.site.json_text import Json, to_json
from statusgen.timeline.record import Record

MOST_RECORDS = 50
"""As many incidents, and as many maintenances, has a full list."""


def render_api_v2(site: Site) -> Iterator[Output]:
    """Yield the eight documented endpoints."""
    directory, history = directory_of(site), site.history

    def rows(records: Iterable[Record]) -> list[Json]:
        return [record_json(site, directory, record) for record in records]

    unresolved = rows(sorted(history.open_incidents, key=_created, reverse=True))
    incidents = rows(_newest(history.records, Kind.INCIDENT))
    maintenances = rows(_newest(history.records, Kind.MAINTENANCE))
    current = sorted([*history.running, *history.upcoming], key=_start)
    status = {"indicator": history.page.indicator, "description": history.page.description}
    components = list(directory.rows)

    endpoints: dict[str, Json] = {
        "summary": {
            "components": components,
            "incidents": unresolved,
            "scheduled_maintenances": rows(current),
            "status": status,
        },
        "status": {"status": status},
        "components": {"components": components},
        "incidents": {"incidents": [{**row, "reminder_intervals": None} for row in incidents]},
        "incidents/unresolved": {"incidents": unresolved},
        "scheduled-maintenances": {"scheduled_maintenances": maintenances},
        "scheduled-maintenances/upcoming": {
            "scheduled_maintenances": rows(
                one for one in current if one.status is Status.SCHEDULED
            ),
        },
        "scheduled-maintenances/active": {
            "scheduled_maintenances": rows(one for one in current if one.status in AT_WORK),
        },
    }
    for name, content in endpoints.items():
        yield f"api/v2/{name}.json", to_json({"page": directory.page, **content})


def render_incident(site: Site, record: Record) -> Output:
    """Return incidents/<code>.json of an incident or a maintenance.

    Its `page.updated_at` is the record's own, so that news elsewhere leave the file as it is.
    """
    directory = directory_of(site)
    incident = record_json(site, directory, record)
    page = {**directory.page, "updated_at": incident["updated_at"]}
    incident["reminder_intervals"] = None
    return f"api/v2/incidents/{record.code}.json", to_json({"page": page, "incident": incident})


def _newest(records: Iterable[Record], kind: Kind) -> list[Record]:
    """Return the newest of a kind by their creation, at most as many as a list has."""
    chosen = [one for one in records if one.kind is kind]
    return sorted(chosen, key=_created, reverse=True)[:MOST_RECORDS]


def _created(record: Record) -> datetime:
    return record.created


def _start(record: Record) -> datetime:
    return record.window.start if record.window else record.created
