"""What readers will see, as plain text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from statusgen.content.course import arranged, impact_of
from statusgen.model import CLOSING, STATUS_OF, ComponentStatus, Config, Incident, Kind, Update

_WIDTH = 78


def preview(
    incident: Incident,
    config: Config | None,
    zone: ZoneInfo,
    width: int = _WIDTH,
) -> Iterator[str]:
    """Yield the lines, of at most `width`, that tell what the newest update is to readers."""
    update = arranged(incident).updates[-1] if incident.updates else None
    label = update.status.label if update else incident.kind.capitalize()
    yield f"{label}: {incident.title}"
    if incident.kind is Kind.INCIDENT and update and update.status not in CLOSING:
        yield f"Impact: {impact_of(incident, incident.updates)}"
    affected = list(_affected(incident, update, config))
    if affected:
        yield from _wrapped(f"Affected: {', '.join(affected)}", width)
    if incident.starts or incident.ends:
        yield _window(incident, zone)
    text = update.text if update else incident.summary
    if text:
        yield ""
        for paragraph in text.split("\n"):
            yield from _wrapped(paragraph, width)
    if update and update.next_update:
        yield ""
        yield f"Next update: {_promise(update.next_update, update.at, zone)}"
    if update and update.eta:
        yield f"Expected to end: {_promise(update.eta, update.at, zone)}"


def _affected(incident: Incident, update: Update | None, config: Config | None) -> Iterator[str]:
    """Yield 'Checkout (major outage)' for what is affected after the update."""
    names = {one.id: one.name for one in config.components} if config else {}
    fitting = STATUS_OF[impact_of(incident, incident.updates)]
    if incident.kind is Kind.MAINTENANCE:
        fitting = ComponentStatus.UNDER_MAINTENANCE
    statuses = {one.component: one.status or fitting for one in incident.components}
    for one in incident.updates:
        statuses.update((change.component, change.status) for change in one.changes)
    is_closed = update is not None and update.status in CLOSING
    for component, status in statuses.items():
        name = names.get(component, component)
        if incident.kind is Kind.NOTICE:
            yield name
        else:
            shown = ComponentStatus.OPERATIONAL if is_closed else status
            yield f"{name} ({shown.replace('_', ' ')})"


def _window(incident: Incident, zone: ZoneInfo) -> str:
    """Return 'From … to …', 'From …' or 'Until …', and how it repeats."""
    repeat = f", {incident.repeat}" if incident.repeat else ""
    if incident.starts is None:
        return f"Until {_time(incident.ends, zone)}" if incident.ends else ""
    ends = f" to {_time(incident.ends, zone)}" if incident.ends else ""
    return f"From {_time(incident.starts, zone)}{ends}{repeat}"


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False) or [""]


def _time(at: datetime, zone: ZoneInfo) -> str:
    """Return a moment in the page's zone: '2026-11-21 11:20 CET'."""
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M %Z}"


def _promise(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    return f"{_time(at, zone)} ({_distance(at, now)})"


def _distance(at: datetime, now: datetime) -> str:
    """Return 'in 15 minutes', 'in 1 hour 30 minutes', 'in 2 days'."""
    minutes = max((at - now) // timedelta(minutes=1), 0)
    days, minutes = divmod(minutes, 24 * 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(days, "day"), (hours, "hour"), (0 if days else minutes, "minute")]
    said = [f"{count} {word}{'s' * (count != 1)}" for count, word in parts if count]
    return f"in {' '.join(said) or '0 minutes'}"
