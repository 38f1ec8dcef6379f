"""The words in which the pages name states, in one place so that they never disagree."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from statusgen.model import ComponentStatus, Impact, Kind, Status
from statusgen.site.words.language import N_, Language
from statusgen.timeline.record import Record

WORDS: dict[StrEnum, str] = {
    ComponentStatus.OPERATIONAL: N_("Operational"),
    ComponentStatus.UNDER_MAINTENANCE: N_("Under maintenance"),
    ComponentStatus.DEGRADED_PERFORMANCE: N_("Degraded performance"),
    ComponentStatus.PARTIAL_OUTAGE: N_("Partial outage"),
    ComponentStatus.MAJOR_OUTAGE: N_("Major outage"),
    Impact.NONE: N_("No impact"),
    Impact.MAINTENANCE: N_("Maintenance"),
    Impact.MINOR: N_("Minor impact"),
    Impact.MAJOR: N_("Major impact"),
    Impact.CRITICAL: N_("Critical impact"),
    # Translators: the next five are the state of an incident
    Status.INVESTIGATING: N_("Investigating"),
    Status.IDENTIFIED: N_("Identified"),
    Status.MONITORING: N_("Monitoring"),
    Status.RESOLVED: N_("Resolved"),
    Status.POSTMORTEM: N_("Postmortem"),
    # Translators: the next five are the state of a maintenance
    Status.SCHEDULED: N_("Scheduled"),
    Status.IN_PROGRESS: N_("In progress"),
    Status.VERIFYING: N_("Verifying"),
    Status.COMPLETED: N_("Completed"),
    Status.CANCELLED: N_("Cancelled"),
    # Translators: a piece of news that is no incident
    Status.NOTICE: N_("Notice"),
}
"""A component's status, an impact or an update's status in English words."""


INLINE_WORDS: dict[ComponentStatus, str] = {
    # Translators: the next five are within a sentence or after a colon, as in "API: operational"
    ComponentStatus.OPERATIONAL: N_("operational"),
    ComponentStatus.UNDER_MAINTENANCE: N_("under maintenance"),
    ComponentStatus.DEGRADED_PERFORMANCE: N_("degraded performance"),
    ComponentStatus.PARTIAL_OUTAGE: N_("partial outage"),
    ComponentStatus.MAJOR_OUTAGE: N_("major outage"),
}
"""The words of a component's status inside a sentence; not every language lowers them there."""


def label(state: StrEnum, language: Language) -> str:
    """Return a component's status, an impact or an update's status in words."""
    return language.gettext(WORDS[state])


def inline_label(status: ComponentStatus, language: Language) -> str:
    """Return a component's status in words that do not begin a sentence."""
    return language.gettext(INLINE_WORDS[status])


def update_label(status: Status, before: Status | None, language: Language) -> str:
    """Return an update's status in words, or 'Update' where it is that of the update before."""
    if status is before:
        return language.pgettext("what an incident's update is called", "Update")
    return label(status, language)


def state_of(record: Record) -> str:
    """Return the word that stands for a record's shape and colour.

    An impact; 'notice' for a notice; 'unknown' for an incident of which nothing could be read.
    """
    if _is_unknown(record):
        return "unknown"
    return "notice" if record.kind is Kind.NOTICE else record.impact.value


def impact_label(record: Record, language: Language) -> str:
    """Return how bad it is in words; '' for a notice, which is nothing bad."""
    if _is_unknown(record):
        return language.gettext("Unknown impact")
    return "" if record.kind is Kind.NOTICE else label(record.impact, language)


def _is_unknown(record: Record) -> bool:
    stand_in = record.incident.stand_in
    return stand_in is not None and not stand_in.commit and record.impact is Impact.NONE


def listed(words: Sequence[str], language: Language, shown: int = 3) -> str:
    """Return 'A', 'A and B', 'A, B and C'; beyond `shown`: 'A, B and 3 more'."""
    if len(words) > shown:
        # Translators: the end of a list, as in "API, Checkout and 3 more"
        more = language.counted("%(count)s more", "%(count)s more", len(words) - shown + 1)
        words = [*words[: shown - 1], more]
    return language.formats.list_text(words)
