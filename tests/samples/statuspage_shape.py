"""The shape of a Statuspage's API v2: a JSON Schema, and the order of keys, from one table."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from jsonschema import Draft202012Validator

Json = dict[str, Any]

_TEXT: Json = {"type": "string"}
_FLAG: Json = {"type": "boolean"}
_ID: Json = {"type": "string", "pattern": "^[0-9a-z]{12}$"}
_TIME: Json = {
    "type": "string",
    "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(Z|[+-]\d\d:\d\d)$",
}
_STATES: Json = {
    "enum": [
        "operational",
        "under_maintenance",
        "degraded_performance",
        "partial_outage",
        "major_outage",
    ],
}
_INCIDENT_WORDS = ["investigating", "identified", "monitoring", "resolved", "postmortem"]
_MAINTENANCE_WORDS = ["scheduled", "in_progress", "verifying", "completed"]


def _or_null(shape: Json) -> Json:
    return {"anyOf": [shape, {"type": "null"}]}


def _list_of(kind: str, **more: int) -> Json:
    return {"type": "array", "items": {"$ref": f"#/$defs/{kind}"}, **more}


_COMPONENT: Json = {
    "id": _ID,
    "name": _TEXT,
    "status": _STATES,
    "created_at": _TIME,
    "updated_at": _TIME,
    "position": {"type": "integer"},
    "description": _or_null(_TEXT),
    "showcase": _FLAG,
    "start_date": _or_null({"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"}),
    "group_id": _or_null(_ID),
    "page_id": _ID,
    "group": {"const": False},
    "only_show_if_degraded": _FLAG,
}


def _incident(words: list[str], impacts: list[str]) -> Json:
    return {
        "id": _ID,
        "name": _TEXT,
        "status": {"enum": words},
        "created_at": _TIME,
        "updated_at": _TIME,
        "monitoring_at": _or_null(_TIME),
        "resolved_at": _or_null(_TIME),
        "impact": {"enum": impacts},
        "shortlink": {"type": "string", "pattern": "^https?://"},
        "started_at": _TIME,
        "page_id": _ID,
        "incident_updates": _list_of("incident_update", minItems=1),
        "components": _list_of("component"),
    }


_OLD_INCIDENT = _incident(_INCIDENT_WORDS, ["none", "minor", "major", "critical"])
_MAINTENANCE = {
    **_incident(_MAINTENANCE_WORDS, ["maintenance"]),
    "scheduled_for": _TIME,
    "scheduled_until": _TIME,
}
_REMINDERS: Json = {"reminder_intervals": {"type": "null"}}

KINDS: dict[str, Json] = {
    "page": {
        "id": _ID,
        "name": _TEXT,
        "url": _TEXT,
        "time_zone": _TEXT,
        "updated_at": _TIME,
    },
    "status": {
        "indicator": {"enum": ["none", "minor", "major", "critical", "maintenance"]},
        "description": _TEXT,
    },
    "component": _COMPONENT,
    "group": {
        **_COMPONENT,
        "group": {"const": True},
        "group_id": {"type": "null"},
        "components": {"type": "array", "items": _ID},
    },
    "affected_component": {
        "code": _ID,
        "name": _TEXT,
        "old_status": _STATES,
        "new_status": _STATES,
    },
    "incident_update": {
        "id": _ID,
        "status": {"enum": [*_INCIDENT_WORDS, *_MAINTENANCE_WORDS]},
        "body": _TEXT,
        "incident_id": _ID,
        "created_at": _TIME,
        "updated_at": _TIME,
        "display_at": _TIME,
        "affected_components": _or_null(_list_of("affected_component", minItems=1)),
        "deliver_notifications": _FLAG,
        "custom_tweet": _or_null(_TEXT),
        "tweet_id": _or_null(
            {"anyOf": [{"type": "integer"}, {**_TEXT, "pattern": "^[0-9]{20,}$"}]}
        ),
    },
    "incident": _OLD_INCIDENT,
    "maintenance": _MAINTENANCE,
    "listed_incident": {**_OLD_INCIDENT, **_REMINDERS},
    "single_maintenance": {**_MAINTENANCE, **_REMINDERS},
}

_COMPONENTS: Json = {
    "type": "array",
    "items": {"anyOf": [{"$ref": "#/$defs/component"}, {"$ref": "#/$defs/group"}]},
}
_PAGE: Json = {"page": {"$ref": "#/$defs/page"}}
_STATUS: Json = {"status": {"$ref": "#/$defs/status"}}
_PLANNED: Json = {"scheduled_maintenances": _list_of("maintenance")}

ENDPOINTS: dict[str, Json] = {
    "summary": {
        **_PAGE,
        "components": _COMPONENTS,
        "incidents": _list_of("incident"),
        **_PLANNED,
        **_STATUS,
    },
    "status": {**_PAGE, **_STATUS},
    "components": {**_PAGE, "components": _COMPONENTS},
    "incidents": {**_PAGE, "incidents": _list_of("listed_incident", maxItems=50)},
    "incidents/unresolved": {**_PAGE, "incidents": _list_of("incident")},
    "scheduled-maintenances": {
        **_PAGE,
        "scheduled_maintenances": _list_of("maintenance", maxItems=50),
    },
    "scheduled-maintenances/upcoming": {**_PAGE, **_PLANNED},
    "scheduled-maintenances/active": {**_PAGE, **_PLANNED},
}
"""The documented endpoints by their path below api/v2/, without '.json'."""

SINGLE: Json = {
    **_PAGE,
    "incident": {
        "anyOf": [
            {"$ref": "#/$defs/listed_incident"},
            {"$ref": "#/$defs/single_maintenance"},
        ],
    },
}


_ORDERS = {tuple(keys) for keys in (*KINDS.values(), *ENDPOINTS.values(), SINGLE)}


def faults_of(endpoint: str, data: Json) -> list[str]:
    """Return what is not as a Statuspage has it: keys, types, values and the order of keys."""
    found = _validator(endpoint).iter_errors(data)
    return [error.message for error in found] + list(_disorder(endpoint, data))


@lru_cache
def _validator(endpoint: str) -> Draft202012Validator:
    properties = ENDPOINTS.get(endpoint, SINGLE)
    shapes = {name: _object(kind) for name, kind in KINDS.items()}
    return Draft202012Validator({**_object(properties), "$defs": shapes})


def _object(properties: Mapping[str, Json]) -> Json:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def _disorder(where: str, value: object) -> list[str]:
    """Return the objects whose keys stand in no known order."""
    if isinstance(value, list):
        return [fault for item in value for fault in _disorder(where, item)]
    if not isinstance(value, dict):
        return []
    faults = [] if tuple(value) in _ORDERS else [f"{where}: {list(value)}"]
    return faults + [fault for key in value for fault in _disorder(f"{where}.{key}", value[key])]
