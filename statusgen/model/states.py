"""The words for how things are: of components, incidents and maintenance, in their order."""

from __future__ import annotations

from enum import StrEnum


class ComponentStatus(StrEnum):
    """The state of a component; the members stand in the order of severity."""

    OPERATIONAL = "operational"
    UNDER_MAINTENANCE = "under_maintenance"
    DEGRADED_PERFORMANCE = "degraded_performance"
    PARTIAL_OUTAGE = "partial_outage"
    MAJOR_OUTAGE = "major_outage"


SEVERITY: dict[ComponentStatus, int] = {status: rank for rank, status in enumerate(ComponentStatus)}


class Kind(StrEnum):
    """What an incident file is about: its `type`."""

    INCIDENT = "incident"
    MAINTENANCE = "maintenance"
    NOTICE = "notice"


class Status(StrEnum):
    """What an update says: an incident's words, then a maintenance's, then a notice's."""

    INVESTIGATING = "investigating"
    IDENTIFIED = "identified"
    MONITORING = "monitoring"
    RESOLVED = "resolved"
    POSTMORTEM = "postmortem"

    SCHEDULED = "scheduled"
    IN_PROGRESS = "in_progress"
    VERIFYING = "verifying"
    COMPLETED = "completed"
    CANCELLED = "cancelled"  # Statuspage has no word for it: its API says completed

    NOTICE = "notice"

    @property
    def label(self) -> str:
        """The word as headings and feeds write it: 'In progress'."""
        return self.value.replace("_", " ").capitalize()


STATUSES: dict[Kind, tuple[Status, ...]] = {
    Kind.INCIDENT: (
        Status.INVESTIGATING,
        Status.IDENTIFIED,
        Status.MONITORING,
        Status.RESOLVED,
        Status.POSTMORTEM,
    ),
    Kind.MAINTENANCE: (
        Status.SCHEDULED,
        Status.IN_PROGRESS,
        Status.VERIFYING,
        Status.COMPLETED,
        Status.CANCELLED,
        Status.POSTMORTEM,
    ),
    Kind.NOTICE: (Status.NOTICE,),
}
"""The statuses that an update of each kind may have; `Update` in a heading keeps the one before."""

CLOSING: frozenset[Status] = frozenset(
    {Status.RESOLVED, Status.POSTMORTEM, Status.COMPLETED, Status.CANCELLED},
)
"""After an update of one of these, the incident or the maintenance is over."""

AT_WORK: frozenset[Status] = frozenset({Status.IN_PROGRESS, Status.VERIFYING})
"""After an update of one of these, the maintenance goes on."""


class Impact(StrEnum):
    """How bad it is or was, as a whole; the members stand in the order of severity."""

    NONE = "none"
    MAINTENANCE = "maintenance"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"


IMPACT_RANK: dict[Impact, int] = {impact: rank for rank, impact in enumerate(Impact)}

SEVERE: frozenset[Impact] = frozenset({Impact.MAJOR, Impact.CRITICAL})
"""What readers are owed a postmortem of, and a word of a way round it."""


IMPACT_OF: dict[ComponentStatus, Impact] = {
    ComponentStatus.OPERATIONAL: Impact.NONE,
    ComponentStatus.UNDER_MAINTENANCE: Impact.NONE,
    ComponentStatus.DEGRADED_PERFORMANCE: Impact.MINOR,
    ComponentStatus.PARTIAL_OUTAGE: Impact.MAJOR,
    ComponentStatus.MAJOR_OUTAGE: Impact.CRITICAL,
}
"""What the worst component status implies where no impact is written."""

STATUS_OF: dict[Impact, ComponentStatus] = {
    Impact.NONE: ComponentStatus.OPERATIONAL,
    Impact.MAINTENANCE: ComponentStatus.UNDER_MAINTENANCE,
    Impact.MINOR: ComponentStatus.DEGRADED_PERFORMANCE,
    Impact.MAJOR: ComponentStatus.PARTIAL_OUTAGE,
    Impact.CRITICAL: ComponentStatus.MAJOR_OUTAGE,
}
"""What a component gets that is listed without a status."""


class Notify(StrEnum):
    """Whether subscribers are told of an update."""

    YES = "yes"
    NO = "no"
    AGAIN = "again"
