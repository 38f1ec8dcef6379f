"""The API of a site as clients read it."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from acme_site import (
    at,
    by_path,
    update,
)

from statusgen.model import (
    Incident,
    Kind,
    Status,
)
from statusgen.site.api.v2 import render_api_v2, render_incident
from statusgen.site.context import Site

Json = dict[str, Any]


def endpoints(site: Site) -> dict[str, Json]:
    """Return the content of each endpoint by its name."""
    found = by_path(render_api_v2(site))
    return {
        path.removeprefix("api/v2/").removesuffix(".json"): json.loads(content)
        for path, content in found.items()
    }


def single(site: Site, incident: Incident) -> Json:
    """Return the content of an incident's own file."""
    (record,) = (one for one in site.history.records if one.incident.id == incident.id)
    path, content = render_incident(site, record)
    assert path == f"api/v2/incidents/{record.code}.json"
    data: Json = json.loads(content)
    return data


def updates_of(site: Site, incident: Incident) -> list[Json]:
    """Return the updates of an incident's own file, oldest first."""
    updates: list[Json] = single(site, incident)["incident"]["incident_updates"]
    return updates[::-1]


def many(count: int, kind: Kind = Kind.INCIDENT) -> list[Incident]:
    """Return incidents or maintenances of one hour each, one a day."""
    found = []
    for number in range(count):
        start = at("2026-01-01 10:00") + timedelta(days=number)
        incident = Incident(id=f"one-{number}", title=f"Number {number}", kind=kind)
        if kind is Kind.MAINTENANCE:
            incident = incident._replace(starts=start, ends=start + timedelta(hours=1))
        else:
            said = update(incident.id, Status.RESOLVED, start.isoformat(" ")[:16], "Over.")
            incident = incident._replace(updates=(said,))
        found.append(incident)
    return found
