"""Works out what pages tell, from statusgen's own site of a history, for the other generators.

They need not find out anything: neither ids and durations, nor which components an update changed,
nor which words stand for a status. `contents.py` writes it in the form of each.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

Json = Mapping[str, Any]
Directory = Mapping[str, Json]
"""Components by their ids."""

DUE = timedelta(days=3)
ZONE = ZoneInfo("Europe/Berlin")
IMPACTS = ("none", "maintenance", "minor", "major", "critical")
LONG = 90 * 24 * 3600
WEIGHTS = {"partial_outage": 30, "major_outage": 100}
_ABOUT = re.compile(r'<meta name="description" content="([^"]*)">')


@dataclass(frozen=True, slots=True)
class Incident:
    """What is known of one, and its updates' texts in Markdown, newest first as in its facts."""

    id: str
    facts: Json
    texts: Sequence[str]


def incidents(site: Path, directory: Directory) -> Iterator[Incident]:
    """Yield the incidents and maintenances of the statusgen site in `site`."""
    for path in (site / "api/v2/incidents").glob("????????????.json"):
        value = json.loads(path.read_bytes())["incident"]
        id_ = value["shortlink"].rstrip("/").rpartition("/")[2]
        html = (site / "incidents" / id_ / "index.html").read_text(encoding="utf-8")
        about = _ABOUT.search(html)
        facts = _facts(id_, value, directory, unescape(about[1]) if about else "")
        yield Incident(id_, facts, [update["body"] for update in value["incident_updates"]])


def update_facts(id_: str, at: str, status: str, label: str) -> dict[str, Any]:
    """Return what is known of an update, its text aside; `at` as the API writes it."""
    return {"id": id_, "at": at, "utc": _utc(at), "status": status, "label": label, "changes": []}


def directory_of(site: Path) -> Directory:
    """Return the components: their names, and what the API has of each."""
    listed = json.loads((site / "api/v2/components.json").read_bytes())["components"]
    groups = {one["id"]: one["name"] for one in listed if one["group"]}
    return {
        one["name"].lower().replace(" ", "-"): {
            "name": one["name"],
            "group": groups[one["group_id"]],
            "full": f"{groups[one['group_id']]} - {one['name']}",
            "status": one["status"],
            "label": words(one["status"]),
            "position": one["position"],
            "code": one["id"],
            "api": one,
        }
        for one in listed
        if not one["group"]
    }


def _facts(id_: str, value: Json, directory: Directory, about: str) -> Json:
    ids = {one["code"]: id_ for id_, one in directory.items()}
    names = {one["code"]: one["name"] for one in directory.values()}
    updates = [_update(value, place, names) for place in range(len(value["incident_updates"]))]
    components = [ids[one["id"]] for one in value["components"]]
    started, ended = value["started_at"], value["resolved_at"]
    facts = {
        "title": value["name"],
        "created": value["created_at"],
        "updated": value["updated_at"],
        "month": started[:7],
        "components": components,
        "code": value["id"],
        "about": about,
        "kind": "maintenance" if "scheduled_for" in value else "incident",
        "open": ended is None,
        "status": value["status"],
        "status_label": words(value["status"]),
        "impact": value["impact"],
        "severity": IMPACTS.index(value["impact"]),
        "impact_label": words(value["impact"]) + " impact" * ("scheduled_for" not in value),
        "started": started,
        "started_utc": _utc(started),
        "order": f"{_utc(started)} {id_}",
        "monitoring": value["monitoring_at"],
        "resolved": ended,
        "names": in_a_row([directory[one]["name"] for one in components]),
        "updates": updates,
        "affected": [_affected(value, one, directory[one]) for one in components],
    }
    if ended:
        seconds = _seconds(started, ended)
        facts |= {"lasted": duration(seconds), "is_within_day": _is_within_day(started, ended)}
        facts["resolved_utc"] = _utc(ended)
        if value["impact"] in {"major", "critical"}:
            facts["postmortem_due"] = _later(ended, DUE)
    return facts


def _update(value: Json, place: int, names: Mapping[str, str]) -> Json:
    update = value["incident_updates"][place]
    before = value["incident_updates"][place + 1 : place + 2]
    is_same = bool(before) and before[0]["status"] == update["status"]
    label = "Update" if is_same else words(update["status"])
    changes = [
        {**one, "short": names[one["code"]], "label": words(one["new_status"])}
        for one in update["affected_components"] or ()
    ]
    facts = update_facts(update["id"], update["created_at"], update["status"], label)
    return {**facts, "changes": changes}


def _affected(value: Json, id_: str, component: Json) -> Json:
    status = next(
        one["new_status"]
        for update in value["incident_updates"]
        for one in update["affected_components"] or ()
        if one["code"] == component["code"] and one["new_status"] != "operational"
    )
    facts = {
        "id": id_,
        "name": component["name"],
        "full": component["full"],
        "status": status,
        "label": words(status),
    }
    if value["resolved_at"] and status in WEIGHTS:
        lost = _seconds(value["started_at"], value["resolved_at"]) * WEIGHTS[status] // 100
        facts |= {"down": duration(lost), "share": f"{lost * 100_000 // LONG / 1000:.3f}"}
    return facts


def words(status: str) -> str:
    """Return what a person calls a status or an impact."""
    return status.replace("_", " ").capitalize()


def duration(seconds: int) -> str:
    """Return '1 h 12 min', or '3 d 1 h'."""
    hours, minutes = divmod(seconds // 60, 60)
    days, hours = divmod(hours, 24)
    parts = [(days, "d"), (hours, "h")] if days else [(hours, "h"), (minutes, "min")]
    return " ".join(f"{number} {unit}" for number, unit in parts if number)


def _seconds(start: str, end: str) -> int:
    return int((datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds())


def _is_within_day(start: str, end: str) -> bool:
    """Tell whether two moments are on one day here, without a change of clocks."""
    return start[:10] == end[:10] and start[-6:] == end[-6:]


def _later(moment: str, span: timedelta) -> str:
    later = datetime.fromisoformat(moment).astimezone(UTC) + span
    return later.astimezone(ZONE).isoformat(timespec="milliseconds")


def in_a_row(names: Sequence[str]) -> str:
    """Return 'A', 'A and B' or 'A, B and C'."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def _utc(moment: str) -> str:
    return f"{datetime.fromisoformat(moment).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
