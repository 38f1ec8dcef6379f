"""Writes an incident as the API has it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .moments import ZONE

Facts = dict[str, Any]
PAGE = {"id": "uny299e86bqv", "name": "Acme", "url": "https://status.acme.example"}
CHANGE = ("code", "name", "old_status", "new_status")


def write_api(path: Path, slug: str, facts: Facts, components: dict[str, Facts]) -> None:
    """Write one file; `components` are as the API has them, by ids."""
    value = _api(slug, facts, components)
    path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def _api(slug: str, facts: Facts, listed: dict[str, Facts]) -> Facts:
    updated = facts["updates"][0]["at"]
    incident = {
        "id": facts["code"],
        "name": facts["title"],
        "status": facts["status"],
        "created_at": facts["created"],
        "updated_at": updated,
        "monitoring_at": facts["monitoring"],
        "resolved_at": facts["resolved"],
        "impact": facts["impact"],
        "shortlink": f"{PAGE['url']}/incidents/{slug}/",
        "started_at": facts["started"],
        "page_id": PAGE["id"],
        "incident_updates": [_api_update(facts["code"], one) for one in facts["updates"]],
        "components": [listed[id_] for id_ in facts["components"]],
        "reminder_intervals": None,
    }
    if facts["kind"] == "maintenance":
        incident |= {"scheduled_for": facts["started"], "scheduled_until": facts["resolved"]}
    page = {**PAGE, "time_zone": ZONE.key, "updated_at": updated}
    return {"page": page, "incident": incident}


def _api_update(code: str, update: Facts) -> Facts:
    at = update["at"]
    changes = [{name: one[name] for name in CHANGE} for one in update["changes"]]
    return {
        "id": update["id"],
        "status": update["status"],
        "body": update["body"],
        "incident_id": code,
        "created_at": at,
        "updated_at": at,
        "display_at": at,
        "affected_components": changes or None,
        "deliver_notifications": True,
        "custom_tweet": None,
        "tweet_id": None,
    }
