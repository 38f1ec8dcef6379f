"""The one sentence that answers "is it down?".

It is stricter than the API's description, which looks at components only: while an incident is
open, or a report cannot be read, it never says that all is well. Neither does it where no component
is there to be well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from statusgen.model import SEVERITY, STATUS_OF, ComponentStatus, Status
from statusgen.site.context import Site
from statusgen.site.look.shapes import UNKNOWN
from statusgen.site.views.names import names_of
from statusgen.site.words.language import ENGLISH, N_, Language
from statusgen.site.words.wording import label, listed
from statusgen.timeline import History
from statusgen.timeline.record import Record

ALL_WELL = N_("All systems operational")
_NOTHING_OPEN = N_("No open incident")

_WELL = ComponentStatus.OPERATIONAL
_MAINTENANCE = ComponentStatus.UNDER_MAINTENANCE
_DEGRADED = ComponentStatus.DEGRADED_PERFORMANCE


class Headline(NamedTuple):
    """The page's state.

    `text` is the sentence: while an incident is open the title of the worst one, which is `lead`,
    because its author knew best what readers notice; what is affected, where the title reads like
    the all-clear. `word` is the state alone (for titles),
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
    history, language = site.history, site.language
    unreadable = _unreadable_text(history, language)
    found = _of_incidents(site) or _of_components(site)
    if found:
        return found._replace(also=(*found.also, unreadable)) if unreadable else found
    if unreadable:
        return Headline(unreadable, language.gettext("Report unreadable"), UNKNOWN)
    return _of_maintenance(site) or _of_quiet(site)


def _of_incidents(site: Site) -> Headline | None:
    """Return the worst open incident, even if no component is down (any more)."""
    records = [one for one in site.history.open_incidents if not one.incident.stand_in]
    if not records:
        return None
    lead = worst_first(records)[0]
    language, more = site.language, len(records) - 1
    also = (_more_text(language, more),) if more else ()
    worst = _worst(_statuses(site))
    if SEVERITY[worst] > SEVERITY[_MAINTENANCE]:
        state, word = worst, label(worst, language)
    elif all(record.status is Status.MONITORING for record in records):
        state, word = _DEGRADED, label(Status.MONITORING, language)
    else:
        state = max((STATUS_OF[record.impact] for record in records), key=SEVERITY.__getitem__)
        state = max(state, _DEGRADED, key=SEVERITY.__getitem__)
        word = language.gettext("Open incident")
    text = _affected(site, lead, word) if _sounds_well(site, lead.title) else lead.title
    return Headline(text, word, state, also, lead)


def _sounds_well(site: Site, title: str) -> bool:
    """Tell whether a title reads like what the page says while all is well, in any language."""
    languages = (ENGLISH, site.language, *site.languages)
    told = {
        _letters(words) for one in languages for words in (one.gettext(ALL_WELL), label(_WELL, one))
    }
    return _letters(title) in told


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _affected(site: Site, record: Record, word: str) -> str:
    """Return the state, and what an incident affects, for a headline without its title."""
    names = names_of(site)
    affected = [names[id_].short for id_ in record.components if id_ in names]
    return _with_state(site.language, word, listed(affected, site.language)) if affected else word


def _more_text(language: Language, more: int) -> str:
    return language.counted(
        "%(count)s more incident is open",
        "%(count)s more incidents are open",
        more,
    )


def worst_first(records: Iterable[Record]) -> list[Record]:
    """Return open incidents by how bad they are; equally bad ones stay in their order."""
    return sorted(records, key=_weight, reverse=True)


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
    return _about(site.language, worst, _names(site, statuses, worst))


def _worst(statuses: Mapping[str, ComponentStatus]) -> ComponentStatus:
    return max(statuses.values(), key=SEVERITY.__getitem__, default=_WELL)


def _of_maintenance(site: Site) -> Headline | None:
    history, language = site.history, site.language
    statuses = _statuses(site)
    if _MAINTENANCE in statuses.values():
        return _about(language, _MAINTENANCE, _names(site, statuses, _MAINTENANCE))
    if history.running:
        titles = [record.title for record in history.running]
        return _about(language, _MAINTENANCE, listed(titles, language))
    return None


def _of_quiet(site: Site) -> Headline:
    """Return that all is well; of a page without components only that nothing is reported."""
    is_known = bool(_statuses(site))
    text = site.language.gettext(ALL_WELL if is_known else _NOTHING_OPEN)
    return Headline(text, text, _WELL if is_known else UNKNOWN)


def _about(language: Language, status: ComponentStatus, what: str) -> Headline:
    word = label(status, language)
    return Headline(_with_state(language, word, what), word, status)


def _with_state(language: Language, word: str, what: str) -> str:
    # Translators: the state, and what is in it, as in "Major outage: Checkout and API"
    return language.gettext("%(state)s: %(what)s") % {"state": word, "what": what}


def _statuses(site: Site) -> dict[str, ComponentStatus]:
    """Return the status of each component that is still there."""
    components = site.history.components
    return {id_: state.status for id_, state in components.items() if state.is_current}


def _names(site: Site, statuses: dict[str, ComponentStatus], status: ComponentStatus) -> str:
    names = names_of(site)
    found = [names[id_].short for id_, other in statuses.items() if other is status]
    return listed(found, site.language)


def _unreadable_text(history: History, language: Language) -> str:
    titles = [record.title for record in history.unreadable]
    if not titles:
        return ""
    return language.counted(
        "One report could not be read: %(titles)s",
        "%(count)s reports could not be read: %(titles)s",
        len(titles),
        titles=listed(titles, language),
    )
