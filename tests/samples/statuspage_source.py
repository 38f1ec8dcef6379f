"""Builds the JSON of a hosted Statuspage, as its public API serves it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

Json = dict[str, Any]

PAGE: Json = {
    "id": "acme00000001",
    "name": "Acme",
    "url": "https://status.acme.example",
    "time_zone": "Etc/UTC",
    "updated_at": "2026-11-21T12:00:00.000Z",
}


def code(kind: str, number: int) -> str:
    """Return an id: twelve characters that begin with the kind."""
    return f"{kind}{number:0{12 - len(kind)}d}"


def component(number: int, name: str, **other: Any) -> Json:  # noqa: ANN401 (any key of the JSON)
    """Return a component outside all groups; `other` replaces members."""
    return {
        "id": code("c", number),
        "name": name,
        "status": "operational",
        "created_at": "2026-01-01T00:00:00.000Z",
        "updated_at": "2026-01-02T00:00:00.000Z",
        "position": number,
        "description": None,
        "showcase": False,
        "start_date": None,
        "group_id": None,
        "page_id": PAGE["id"],
        "group": False,
        "only_show_if_degraded": False,
        **other,
    }


def group(number: int, name: str, children: list[Json], **other: Any) -> Json:  # noqa: ANN401
    """Return a group; its children get its id."""
    made = component(number, name, group=True, **other)
    for child in children:
        child["group_id"] = made["id"]
    made["components"] = [child["id"] for child in children]
    return made


def affected(name: str, of: Json, old: str, new: str) -> Json:
    """Return what an update did to a component, under the name it had."""
    return {"code": of["id"], "name": name, "old_status": old, "new_status": new}


def update(number: int, status: str, at: str, body: str | None = "", **other: Any) -> Json:  # noqa: ANN401
    """Return an update that was written at the moment it is shown at."""
    return {
        "id": code("u", number),
        "status": status,
        "body": body,
        "incident_id": "",
        "created_at": at,
        "updated_at": at,
        "display_at": at,
        "affected_components": None,
        "deliver_notifications": True,
        "custom_tweet": None,
        "tweet_id": None,
        **other,
    }


def incident(
    number: int,
    updates: list[Json],
    components: list[Json] | None = None,
    **other: Any,  # noqa: ANN401
) -> Json:
    """Return an incident; `updates` come oldest first, and stand newest first as in the API."""
    id_ = code("i", number)
    first = updates[0]["display_at"] if updates else "2026-11-01T10:00:00.000Z"
    last = updates[-1]["display_at"] if updates else first
    times = {one["status"]: one["display_at"] for one in updates}
    return {
        "id": id_,
        "name": f"Incident {number}",
        "status": updates[-1]["status"] if updates else "investigating",
        "created_at": first,
        "updated_at": last,
        "monitoring_at": times.get("monitoring") or times.get("verifying"),
        "resolved_at": times.get("resolved") or times.get("completed"),
        "impact": "minor",
        "shortlink": f"https://stspg.io/{id_}",
        "started_at": first,
        "page_id": PAGE["id"],
        "incident_updates": [{**one, "incident_id": id_} for one in reversed(updates)],
        "components": components or [],
        "reminder_intervals": None,
        **other,
    }


def maintenance(number: int, updates: list[Json], starts: str, ends: str, **other: Any) -> Json:  # noqa: ANN401
    """Return a maintenance; its window's members stand last, as in the API."""
    made = incident(number, updates, **{"impact": "maintenance", **other})
    del made["reminder_intervals"]
    return {**made, "scheduled_for": starts, "scheduled_until": ends}


def summary(components: list[Json], incidents: list[Json], planned: list[Json]) -> Json:
    """Return a summary.json."""
    return {
        "page": PAGE,
        "components": components,
        "incidents": incidents,
        "scheduled_maintenances": planned,
        "status": {"indicator": "none", "description": "All Systems Operational"},
    }


def write_json(folder: Path, files: Mapping[str, object]) -> Path:
    """Write the values as JSON files below the folder, and return the folder."""
    for name, value in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return folder
