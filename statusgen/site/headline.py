"""The one sentence that answers "is it down?".

It is stricter than the API's description, which looks at components only: while an incident is
open, or a report cannot be read, it never says that all is well.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from statusgen.model import SEVERITY, STATUS_OF, ComponentStatus, Status
from statusgen.site.context import Site
from statusgen.site.names import names_of
from statusgen.site.wording import counted, label, listed
from statusgen.timeline import History
from statusgen.timeline.record import Record

ALL_WELL = "All systems operational"
UNKNOWN = "unknown"

_WELL = ComponentStatus.OPERATIONAL
_MAINTENANCE = ComponentStatus.UNDER_MAINTENANCE
_DEGRADED = ComponentStatus.DEGRADED_PERFORMANCE


class Headline(NamedTuple):
    """The page's state.

    `text` is the sentence: while an incident is open the title of the worst one, which is `lead`,
    because its author knew best what readers notice. `word` is the state alone (for titles),
    `state` a component status or 'unknown'. `also` holds the sentences that must not be missed
    beside it.
    """

    text: str
    word: str
    state: str
    also: tuple[str, ...] = ()
    lead: Record | None = None


def headline(site: Site) -> Headline:
    """Return what the page says at its top."""
    history = site.history
    unreadable = _unreadable_text(history)
    found = _of_incidents(site) or _of_components(site)
    if found:
        return found._replace(also=(*found.also, unreadable)) if unreadable else found
    if unreadable:
        return Headline(unreadable, "Report unreadable", UNKNOWN)
    return _of_maintenance(site) or Headline(ALL_WELL, ALL_WELL, _WELL)


def _of_incidents(site: Site) -> Headline | None:
    """Return the worst open incident, even if no component is down (any more)."""
    records = [one for one in site.history.open_incidents if not one.incident.stand_in]
    if not records:
        return None
    lead = max(records, key=_weight)  # the newest of the worst, which stands first
    more = len(records) - 1
    also = (
        (f"{counted(more, 'more incident')} {'is' if more == 1 else 'are'} open",) if more else ()
    )
    worst = _worst(_statuses(site))
    if SEVERITY[worst] > SEVERITY[_MAINTENANCE]:
        return Headline(lead.title, label(worst), worst, also, lead)
    if all(record.status is Status.MONITORING for record in records):
        return Headline(lead.title, "Monitoring", _DEGRADED, also, lead)
    state = max((STATUS_OF[record.impact] for record in records), key=SEVERITY.__getitem__)
    state = max(state, _DEGRADED, key=SEVERITY.__getitem__)
    return Headline(lead.title, "Open incident", state, also, lead)


def _weight(record: Record) -> tuple[int, int]:
    """Return how bad an open incident is: by what it does to components now, then by its impact."""
    now = _worst({span.component: span.status for span in record.spans if span.end is None})
    return SEVERITY[now], SEVERITY[STATUS_OF[record.impact]]


def _of_components(site: Site) -> Headline | None:
    """Return the worst state of components that are down, and their names."""
    statuses = _statuses(site)
    worst = _worst(statuses)
    if SEVERITY[worst] <= SEVERITY[_MAINTENANCE]:
        return None
    return Headline(f"{label(worst)}: {_names(site, statuses, worst)}", label(worst), worst)


def _worst(statuses: Mapping[str, ComponentStatus]) -> ComponentStatus:
    return max(statuses.values(), key=SEVERITY.__getitem__, default=_WELL)


def _of_maintenance(site: Site) -> Headline | None:
    history = site.history
    statuses = _statuses(site)
    word = label(_MAINTENANCE)
    if _MAINTENANCE in statuses.values():
        return Headline(f"{word}: {_names(site, statuses, _MAINTENANCE)}", word, _MAINTENANCE)
    if history.running:
        titles = [record.title for record in history.running]
        return Headline(f"{word}: {listed(titles)}", word, _MAINTENANCE)
    return None


def _statuses(site: Site) -> dict[str, ComponentStatus]:
    """Return the status of each component that is still there."""
    components = site.history.components
    return {id_: state.status for id_, state in components.items() if state.is_current}


def _names(site: Site, statuses: dict[str, ComponentStatus], status: ComponentStatus) -> str:
    names = names_of(site)
    return listed([names[id_].short for id_, other in statuses.items() if other is status])


def _unreadable_text(history: History) -> str:
    titles = [record.title for record in history.unreadable]
    if not titles:
        return ""
    count = "One report" if len(titles) == 1 else f"{len(titles)} reports"
    return f"{count} could not be read: {listed(titles)}"
