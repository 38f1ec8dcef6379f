"""What an incident, or one occurrence of a maintenance, amounts to at a given moment."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from statusgen.model import ComponentStatus, Impact, Incident, Kind, Status, Update


class Span(NamedTuple):
    """A component's status over [start, end), as one record has it; `end` None is "still so"."""

    component: str
    status: ComponentStatus
    start: datetime
    end: datetime | None


class Window(NamedTuple):
    """A planned time, [start, end)."""

    start: datetime
    end: datetime


class Record(NamedTuple):
    """An incident, a notice or one occurrence of a maintenance, as it is true at `now`.

    `id` is the incident's, and for an occurrence of a recurring maintenance `<id>@<date>`, the
    date of its start in the page's zone. `updates` stand oldest first and are those in effect,
    those that follow from the clock included. `components` names all that it concerns, in the
    order of their mention. `next_update` and `eta` are what the newest update promises while the
    record is open.
    """

    id: str
    code: str
    incident: Incident
    kind: Kind
    title: str
    status: Status
    impact: Impact
    updates: tuple[Update, ...]
    components: tuple[str, ...]
    spans: tuple[Span, ...]
    is_open: bool
    created: datetime
    started: datetime
    updated: datetime
    monitoring_at: datetime | None = None
    resolved_at: datetime | None = None
    window: Window | None = None
    next_update: datetime | None = None
    eta: datetime | None = None
