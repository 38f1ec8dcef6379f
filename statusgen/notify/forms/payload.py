"""What Statuspage's webhooks carry, key for key in its order: of an incident, or of a component.

Receivers that people have already (chats, incident tools) read exactly this.
"""

from __future__ import annotations

from statusgen import DOCS
from statusgen.model import EventKind, Kind, Status, derive_code
from statusgen.site.api.components import Directory, directory_of, page_code
from statusgen.site.api.records import record_json
from statusgen.site.context import Site
from statusgen.site.json_text import Json, to_json
from statusgen.site.markdown import plain_text
from statusgen.timeline.events import Event
from statusgen.timeline.record import Record

DOCUMENTATION = f"{DOCS}/webhooks.md"
_COMPONENT_KEYS = (
    *("status", "name", "created_at", "updated_at", "position", "description", "showcase"),
    *("id", "page_id", "group_id"),
)


def payload_of(site: Site, record: Record, event: Event, watermark: str = "") -> bytes:
    """Return the JSON of an event; a watermark stands before each name."""
    directory = directory_of(site)
    json: Json = {
        "meta": {
            "unsubscribe": f"{site.home}subscribe/",
            "documentation": DOCUMENTATION,
            "generated_at": directory.time(site.history.now),
        },
        "page": {
            "id": page_code(site.config),
            "status_indicator": site.history.page.indicator,
            "status_description": site.history.page.description,
        },
    }
    if event.kind is EventKind.COMPONENT:
        json |= _component(directory, event)
        named = json["component"]
    else:
        json["incident"] = named = _incident(site, directory, record, event)
    if watermark:
        named["name"] = f"{watermark} {named['name']}"
    return to_json(json)


def _component(directory: Directory, event: Event) -> Json:
    code = directory.code_of(event.component)
    row = directory.by_id.get(event.component) or {"id": code, "name": event.component}
    return {
        "component": {**_row(row), "status": event.after},
        "component_update": {
            "old_status": event.before,
            "new_status": event.after,
            "created_at": directory.time(event.at),
            "component_type": "Component",
            "id": derive_code(event.id, "component"),
            "component_id": code,
        },
    }


def _row(row: Json) -> Json:
    return {key: row.get(key) for key in _COMPONENT_KEYS}


def _incident(site: Site, directory: Directory, record: Record, event: Event) -> Json:
    time = directory.time
    told = record_json(site, directory, record)
    postmortem = next((one for one in record.updates if one.status is Status.POSTMORTEM), None)
    published = time(postmortem.at) if postmortem else None
    reminder = site.config.cadence.reminder
    is_planned = record.kind is Kind.MAINTENANCE
    impact = record.incident.impact
    return {
        "name": told["name"],
        "status": _status(record, told["status"]),
        "created_at": told["created_at"],
        "updated_at": told["updated_at"],
        "monitoring_at": told["monitoring_at"],
        "resolved_at": told["resolved_at"],
        "impact": told["impact"],
        "shortlink": told["shortlink"],
        "postmortem_ignored": not record.incident.postmortem,
        "postmortem_body": plain_text(postmortem.text) if postmortem else None,
        "postmortem_body_last_updated_at": published,
        "postmortem_published_at": published,
        "postmortem_notified_subscribers": postmortem is not None,
        "postmortem_notified_twitter": False,
        "backfilled": False,
        "scheduled_for": told.get("scheduled_for"),
        "scheduled_until": told.get("scheduled_until"),
        "scheduled_remind_prior": is_planned and bool(reminder),
        "scheduled_reminded_at": time(event.at) if event.kind is EventKind.REMINDER else None,
        "impact_override": impact,
        "scheduled_auto_in_progress": is_planned,
        "scheduled_auto_completed": is_planned,
        "id": told["id"],
        "page_id": told["page_id"],
        "incident_updates": [_update(record, one) for one in told["incident_updates"]],
        "components": [_row(one) for one in told["components"]],
    }


def _update(record: Record, told: Json) -> Json:
    return {
        "status": _status(record, told["status"]),
        "body": told["body"],
        "created_at": told["created_at"],
        "wants_twitter_update": False,
        "twitter_updated_at": None,
        "updated_at": told["updated_at"],
        "display_at": told["display_at"],
        "affected_components": told["affected_components"],
        "custom_tweet": told["custom_tweet"],
        "deliver_notifications": told["deliver_notifications"],
        "id": told["id"],
        "incident_id": told["incident_id"],
    }


def _status(record: Record, status: Status) -> Status:
    """Return the status in Statuspage's words; what is no incident has never been open."""
    return Status.RESOLVED if record.kind is Kind.NOTICE else status
