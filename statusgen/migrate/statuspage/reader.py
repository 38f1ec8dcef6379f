"""Statuspage JSON → records. One response at a time; knows nothing of files or of our own model.

Understood are the responses of the public API v2, the bare incident of /incidents/<code>.json, the
payload of an incident webhook, and bare lists of incidents or components.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import NoReturn

from statusgen.migrate.statuspage.fields import Fields, Remarks
from statusgen.migrate.statuspage.records import (
    Seen,
    SourceAffected,
    SourceComponent,
    SourceIncident,
    SourcePage,
    SourceUpdate,
)
from statusgen.migrate.statuspage.zones import zone_of
from statusgen.model import ComponentStatus, derive_code
from statusgen.reading.characters import encoding_of
from statusgen.reading.words import PAGE_URL, URL

_CODE = re.compile(r"[0-9a-z]{12}")
_OTHER_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,63}")
_NO_COMPONENT = "No components were affected by this update."  # responses until 2016
_LAST_POSITION = 1_000_000
MAX_BYTES = 64 * 1024 * 1024
_REPEATED = (
    "page_id",
    "incident_id",
    "monitoring_at",
    "meta",
    "impact_override",
    "organization_id",
)
_SERVICE_ONLY = ("wants_twitter_update", "twitter_updated_at", "backfilled")
_KEYS_OF_THE_SERVICE = (
    "postmortem_ignored",
    "postmortem_notified_subscribers",
    "postmortem_notified_twitter",
    "postmortem_body_last_updated_at",
    "scheduled_remind_prior",
    "scheduled_reminded_at",
    "scheduled_auto_in_progress",
    "scheduled_auto_completed",
    "scheduled_auto_transition",
    "auto_transition_to_maintenance_state",
    "auto_transition_to_operational_state",
    "auto_transition_deliver_notifications_at_start",
    "auto_transition_deliver_notifications_at_end",
    "auto_tweet_at_beginning",
    "auto_tweet_on_completion",
    "auto_tweet_on_creation",
    "auto_tweet_one_hour_before",
    "metadata",
    "reminder_intervals",
)


@dataclass(slots=True)
class Response:
    """What one response held. `captured` is when; `listed` if it has the page's components."""

    page: SourcePage | None = None
    incidents: list[SourceIncident] = field(default_factory=list)
    components: list[Seen] = field(default_factory=list)
    indicator: str = ""
    captured: datetime | None = None
    listed: bool = False


def read_json(raw: bytes, file: str, remarks: Remarks) -> object:
    """Return the JSON value, or None if there is none."""
    try:
        return json.loads(raw.decode(encoding_of(raw)), parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        reason = f"not {error.encoding.upper()} at byte {error.start}"
    except RecursionError:
        reason = "nested too deeply"
    except ValueError as error:
        reason = f"not JSON: {error}"
    remarks.lost("import-unreadable", file, "", reason)
    return None


def _no_constant(text: str) -> NoReturn:
    raise ValueError(f"{text} is not JSON")


def read_response(value: object, file: str, remarks: Remarks) -> Response:
    """Return what a response says; what is no response of Statuspage's is reported."""
    if isinstance(value, list):
        return _read_list(value, file, remarks)
    response = Response()
    if not isinstance(value, dict):
        remarks.lost("import-not-understood", file, "", "no object and no list")
        return response
    fields = Fields(value, file, "", remarks)
    if _is_incident(fields):
        response.incidents.append(_incident(fields, planned=False))
        return _dated(response)
    if _is_component(fields):
        response.components.append(Seen(_component(fields), None, listed=False))
        return _dated(response)
    if not value.keys() & {
        "page", "incident", "incidents", "scheduled_maintenances", "components", "status",
    }:  # fmt: skip
        remarks.lost("import-not-understood", file, "", _what_it_is(value))
        return response
    _read_members(fields, response)
    fields.ignore(_REPEATED)
    fields.close()
    return _dated(response)


def _what_it_is(value: dict[str, object]) -> str:
    if "page" in value:
        return "a whole response inside a list; put each into a file of its own"
    if "months" in value:
        return "a page of /history names incidents without telling them"
    return f"not a response of Statuspage: its keys are {', '.join(list(value)[:8]) or 'none'}"


def _read_list(values: list[object], file: str, remarks: Remarks) -> Response:
    response = Response()
    for index, value in enumerate(values):
        fields = Fields(value, file, f"[{index}]", remarks)
        if _is_incident(fields):
            response.incidents.append(_incident(fields, planned=False))
        elif _is_component(fields):
            response.components.append(Seen(_component(fields), None, listed=True))
        elif isinstance(value, dict):
            remarks.lost("import-not-understood", file, f"[{index}]", _what_it_is(value))
    response.listed = bool(response.components)
    return _dated(response)


def _is_incident(fields: Fields) -> bool:
    """Tell a bare incident, be it one without updates."""
    return any(fields.names(key) for key in ("incident_updates", "shortlink", "impact"))


def _is_component(fields: Fields) -> bool:
    """Tell a component or a group; the management API's lists of groups have no `group`."""
    return fields.has("name") and (fields.has("position") or fields.has("group"))


def _read_members(fields: Fields, response: Response) -> None:
    if fields.has("page"):
        response.page = _page(Fields(fields.take("page"), fields.file, "page", fields.remarks))
    if fields.has("incident"):
        one = Fields(fields.take("incident"), fields.file, "incident", fields.remarks)
        response.incidents.append(_incident(one, planned=False))
    for key in ("incidents", "scheduled_maintenances"):
        planned = key == "scheduled_maintenances"
        response.incidents += [_incident(one, planned=planned) for one in fields.objects(key)]
    for one in fields.objects("components"):
        response.components.append(Seen(_component(one), None, listed=True))
    response.listed = fields.has("components")
    if fields.has("status"):
        status = Fields(fields.take("status"), fields.file, "status", fields.remarks)
        response.indicator = status.line("indicator")
        status.ignore(["description"])
        status.close()


def _dated(response: Response) -> Response:
    """Put the moment of capture into every record: the newest one that the response names."""
    moments = [response.page.updated if response.page else None]
    moments += [incident.updated for incident in response.incidents]
    moments += [seen.component.updated for seen in response.components]
    response.captured = max((moment for moment in moments if moment), default=None)
    response.incidents = [one._replace(captured=response.captured) for one in response.incidents]
    response.components = [
        seen._replace(captured=response.captured) for seen in response.components
    ]
    return response


def _page(fields: Fields) -> SourcePage:
    page = SourcePage(
        code=_id(fields, "id"),
        name=fields.line("name"),
        url=fields.fitting("url", PAGE_URL).rstrip("/"),
        timezone=zone_of(fields, "time_zone"),
        updated=fields.time("updated_at"),
    )
    fields.ignore(["status_indicator", "status_description"])
    fields.close()
    return page


def _component(fields: Fields) -> SourceComponent:
    is_group = fields.flag("group", default=fields.has("components"))
    component = SourceComponent(
        code=_id(fields, "id"),
        name=fields.line("name"),
        status=fields.line("status"),
        description=fields.text("description"),
        is_group=is_group,
        group=_id(fields, "group_id"),
        page=_id(fields, "page_id"),
        children=tuple(map(_as_code, fields.words("components"))),
        position=fields.number("position", most=_LAST_POSITION),
        showcase=fields.flag("showcase", default=not is_group),
        only_show_if_degraded=fields.flag("only_show_if_degraded", default=False),
        start=fields.day("start_date"),
        created=fields.time("created_at"),
        updated=fields.time("updated_at"),
    )
    is_told = bool(component.status) or not is_group  # a group has its children's
    if is_told and component.status not in set(ComponentStatus):
        message = f"unknown component status '{component.status}'"
        fields.remarks.lost("import-unknown-value", fields.file, fields.place("status"), message)
    if not component.code:
        message = f"the component '{component.name}' has no id and is left out"
        fields.remarks.lost("import-no-id", fields.file, fields.place("id"), message)
    fields.ignore(_REPEATED)
    fields.report_if_set(["automation_email"])
    fields.close()
    return component


def _incident(fields: Fields, *, planned: bool) -> SourceIncident:
    listed = [_component(one) for one in fields.objects("components")]
    code = _id(fields, "id")
    incident = SourceIncident(
        code=code,
        name=fields.line("name"),
        status=fields.line("status"),
        impact=fields.line("impact"),
        page=_id(fields, "page_id"),
        created=fields.time("created_at"),
        updated=fields.time("updated_at"),
        started=fields.time("started_at"),
        monitoring=fields.time("monitoring_at"),
        resolved=fields.time("resolved_at"),
        shortlink=fields.fitting("shortlink", URL),
        address=_address(fields, code),
        starts=fields.time("scheduled_for"),
        ends=fields.time("scheduled_until"),
        updates=tuple(_update(one) for one in fields.objects("incident_updates")),
        components=tuple(listed),
        postmortem=fields.text("postmortem_body"),
        postmortem_at=fields.time("postmortem_published_at"),
        is_postmortem_held_back=_is_postmortem_held_back(fields),
        planned=planned,
        file=fields.file,
        where=fields.where,
        captured=None,
    )
    fields.ignore((*_REPEATED, *_SERVICE_ONLY))
    fields.report_if_set(_KEYS_OF_THE_SERVICE)
    fields.close()
    return incident


def _is_postmortem_held_back(fields: Fields) -> bool:
    """Tell whether a postmortem is a draft: the management API and webhooks have those, too."""
    is_draft = fields.names("postmortem_published_at") and not fields.has("postmortem_published_at")
    return is_draft and fields.take("status") != "postmortem"


def _update(fields: Fields) -> SourceUpdate:
    update = SourceUpdate(
        code=_id(fields, "id"),
        status=fields.line("status"),
        body=fields.text("body"),
        created=fields.time("created_at"),
        updated=fields.time("updated_at"),
        shown=fields.time("display_at"),
        affected=tuple(
            _affected(one)
            for one in fields.objects("affected_components")
            if one.take("name") != _NO_COMPONENT
        ),
        notify=fields.flag("deliver_notifications", default=True),
        custom_tweet=fields.line("custom_tweet"),
        tweet_id=_tweet_id(fields),
        where=fields.where,
    )
    fields.ignore((*_REPEATED, *_SERVICE_ONLY))
    fields.close()
    return update


def _id(fields: Fields, key: str) -> str:
    """Return an id; one that has another form than Statuspage's is replaced, and so told."""
    text = fields.line(key)
    code = _as_code(text)
    if code != text and key == "id":
        message = f"'{text}' is no id of Statuspage's; it is {code} here"
        fields.remarks.changed("import-other-id", fields.file, fields.place(key), message)
    return code


def _address(fields: Fields, code: str) -> str:
    """Return the path that an incident had at a page whose ids are not those of Statuspage."""
    text = fields.take("id")
    is_other = isinstance(text, str) and text != code and _OTHER_ID.fullmatch(text)
    return f"/incidents/{text}" if is_other else ""


def _as_code(text: str) -> str:
    return text if _CODE.fullmatch(text) or not text else derive_code("statuspage", text)


def _tweet_id(fields: Fields) -> str:
    value = fields.take("tweet_id")
    return (
        fields.line("tweet_id")
        if isinstance(value, str)
        else str(fields.number("tweet_id", most=1 << 64) or "")
    )


def _affected(fields: Fields) -> SourceAffected:
    affected = SourceAffected(
        code=_id(fields, "code"),
        name=fields.line("name"),
        old=fields.line("old_status"),
        new=fields.line("new_status"),
    )
    fields.close()
    return affected
