"""What is known of an incident, as words for the placeholders of the playbook."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from statusgen.content.course import arranged, impact_of
from statusgen.model import (
    CLOSING,
    SEVERITY,
    STATUS_OF,
    ComponentStatus,
    Config,
    Incident,
    Kind,
    Status,
    Update,
)

_LONGEST_LINE = 200  # characters of an update that a timeline quotes
_SENTENCE_ENDS = (". ", "! ", "? ", "\n")


class Words(NamedTuple):
    """How a language says it: lists, a component's status in a sentence, an update's, a moment."""

    join: Callable[[Sequence[str]], str]
    status: Callable[[ComponentStatus], str]
    label: Callable[[Status], str]
    moment: Callable[[datetime], str]


def facts_of(
    incident: Incident, at: datetime, config: Config | None, words: Words
) -> dict[str, str]:
    """Return what is known at the update of the moment `at`, by the names of placeholders.

    `config` is in the language of the text. What is unknown is not there.
    """
    incident = arranged(incident)
    update = next((one for one in incident.updates if one.at == at), None)
    first = incident.updates[0].at if incident.updates else at
    is_over = update is not None and update.status in CLOSING

    def moment(found: datetime | None) -> str:
        if found is None:
            return ""
        found = found.astimezone(UTC)
        is_today = found.date() == at.astimezone(UTC).date()
        return f"{found:%H:%M} UTC" if is_today else words.moment(found)

    facts = {
        "components": words.join(list(_names(incident, config))),
        "impact": _impact(incident, words),
        "started": moment(incident.started or incident.detected or first),
        "ended": moment(incident.ended or (at if is_over else None)),
        "next_update": moment(update.next_update if update else None),
        "eta": moment(update.eta if update else None),
        "starts": moment(incident.starts),
        "ends": moment(incident.ends),
        "timeline": "\n".join(_timeline(incident, at, words)),
        "vendor": incident.upstream,
    }
    if config:
        facts |= {"page": config.page.name, "support": _link(config.page.support)}
    return {name: fact for name, fact in facts.items() if fact}


def _names(incident: Incident, config: Config | None) -> Iterator[str]:
    """Yield the names of what is or was affected, each once."""
    names = {one.id: one.name for one in config.components} if config else {}
    affected = [one.component for one in incident.components]
    affected += [change.component for update in incident.updates for change in update.changes]
    for component in dict.fromkeys(affected):
        yield names.get(component, component)


def _impact(incident: Incident, words: Words) -> str:
    """Return the worst status of a component now or, once all work again, before."""
    if incident.kind is not Kind.INCIDENT:
        return ""
    impact = impact_of(incident, incident.updates)
    fitting = STATUS_OF[impact]
    statuses = {one.component: one.status or fitting for one in incident.components}
    worst = max(statuses.values(), key=SEVERITY.__getitem__, default=fitting)
    for update in incident.updates:
        statuses.update((change.component, change.status) for change in update.changes)
        now = max(statuses.values(), key=SEVERITY.__getitem__, default=fitting)
        worst = worst if now is ComponentStatus.OPERATIONAL else now
    return "" if worst is ComponentStatus.OPERATIONAL else words.status(worst)


def _timeline(incident: Incident, before: datetime, words: Words) -> Iterator[str]:
    """Yield a line for each update, with the day where it is another one than before."""
    day = None
    for update in incident.updates:
        if update.at >= before or update.status is Status.POSTMORTEM:
            continue
        at = update.at.astimezone(UTC)
        shown = f"{at:%H:%M} UTC" if at.date() == day else words.moment(at)
        day = at.date()
        yield f"- {shown} · {words.label(update.status)}{_first_sentence(update)}"


def _first_sentence(update: Update) -> str:
    text = update.text.lstrip()
    ends = [at for end in _SENTENCE_ENDS if (at := text.find(end)) >= 0]
    sentence = text[: min(ends) + 1 if ends else len(text)].strip()
    if not sentence or sentence.startswith(("#", "|", "`", "<", "-", "*", ">")):
        return ""
    if len(sentence) > _LONGEST_LINE:
        sentence = f"{sentence[:_LONGEST_LINE].rsplit(' ', 1)[0]} …"
    return f": {sentence}"


def _link(address: str) -> str:
    """Return an address as a link whose words are the address without what machines need."""
    shown = address.removeprefix("mailto:").removeprefix("https://").removeprefix("http://")
    return f"[{shown.rstrip('/')}]({address})" if address else ""
