"""Short ways to write down what timeline tests are about."""

from __future__ import annotations

from datetime import UTC, datetime

from statusgen.model import (
    Affected,
    Change,
    Component,
    ComponentStatus,
    Config,
    Group,
    Incident,
    Kind,
    Page,
    Status,
    Update,
    derive_code,
)

OPERATIONAL, MAINTENANCE, DEGRADED, PARTIAL, MAJOR = ComponentStatus

API = Component("api", "API")
WEB = Component("web", "Web")


def at(text: str) -> datetime:
    """Return the moment that '2026-11-21 10:05' is in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def update(
    status: Status | str,
    time: str | datetime,
    *,
    says: dict[str, ComponentStatus] | None = None,
    **fields: object,
) -> Update:
    """Return an update; `says` are its component statuses."""
    moment = at(time) if isinstance(time, str) else time
    plain = Update(
        derive_code(str(status), moment.isoformat()),
        Status(status),
        moment,
        changes=tuple(Change(component, new) for component, new in (says or {}).items()),
    )
    return plain._replace(**fields)  # type: ignore[arg-type]  # fields as a test names them


def incident(
    *updates: Update,
    components: dict[str, ComponentStatus | None] | None = None,
    **fields: object,
) -> Incident:
    """Return an incident named 'down', if nothing else is said."""
    plain = Incident(
        "down",
        "It is down",
        components=tuple(Affected(*one) for one in (components or {}).items()),
        updates=updates,
    )
    return plain._replace(**fields)  # type: ignore[arg-type]  # fields as a test names them


def maintenance(
    starts: str,
    ends: str,
    *updates: Update,
    components: dict[str, ComponentStatus | None] | None = None,
    **fields: object,
) -> Incident:
    """Return a maintenance named 'upgrade' of the API, if nothing else is said."""
    named: dict[str, ComponentStatus | None] = {"api": None}
    plain = incident(
        *updates,
        components=named if components is None else components,
        id="upgrade",
        kind=Kind.MAINTENANCE,
        starts=at(starts),
        ends=at(ends),
    )
    return plain._replace(**fields)  # type: ignore[arg-type]  # fields as a test names them


def config(*components: Component, groups: tuple[Group, ...] = (), zone: str = "UTC") -> Config:
    """Return the configuration of a page with some components, by default 'api' and 'web'."""
    return Config(
        page=Page("Acme", "https://status.acme.example", timezone=zone),
        components=components or (API, WEB),
        groups=groups,
    )
