"""What a postmortem begins with: its sections, and in them what the incident's file knows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from statusgen.model import CLOSING, Incident
from statusgen.reading.times import write_time

NOTES = (
    "Summary: who noticed what, from when to when, in words of readers.",
    "Timeline: correct and complete it; it is made from the updates.",
    "Cause: how it came to it, and why it was possible. Systems, not persons.",
    "Corrective actions: what you change, who does it and by when: (Ana, due 2026-12-01).",
)

_SENTENCE = re.compile(r"(.+?[.!?])(?:\s|$)", re.DOTALL)
_LONGEST = 160  # characters of an update in the timeline


def draft_of(incident: Incident, names: Mapping[str, str]) -> str:
    """Return the text that the writer goes on with; `names` are those of components by id."""
    timeline = "\n".join(f"- {line}" for line in _timeline(incident))
    return (
        f"### Summary\n\n{_summary(incident, names)}\n\n"
        f"### Timeline\n\n{timeline}\n\n"
        "### Cause\n\n\n\n"
        "### Corrective actions\n\n- [ ] "
    )


def _summary(incident: Incident, names: Mapping[str, str]) -> str:
    start, end = _start(incident), _end(incident)
    listed = dict.fromkeys(one.component for one in incident.components)
    listed |= dict.fromkeys(one.component for update in incident.updates for one in update.changes)
    affected = ", ".join(names.get(one, one) for one in listed)
    what = f"{incident.title} ({affected})" if affected else incident.title
    if start is None or end is None:
        return f"{what}."
    return f"{what}: from {write_time(start)} to {write_time(end)}, {_length(end - start)}."


def _timeline(incident: Incident) -> Iterator[str]:
    """Yield what happened when, in order; a day is named once."""
    moments = [
        *((at, text) for at, text in _facts(incident) if at is not None),
        *(
            (update.at, f"{update.status.label}. {_first(update.text)}")
            for update in incident.updates
        ),
    ]
    day = None
    for at, text in sorted(moments, key=lambda one: one[0]):
        written = write_time(at) if at.date() != day else write_time(at).partition(" ")[2]
        day = at.date()
        yield f"{written}: {text}".rstrip()


def _facts(incident: Incident) -> Iterator[tuple[datetime | None, str]]:
    yield incident.started, "It began."
    yield incident.detected, "We noticed it."
    yield incident.ended, "It was over."


def _first(text: str) -> str:
    """Return the first sentence of a text on one line."""
    found = _SENTENCE.match(text.strip())
    line = " ".join((found[1] if found else text).split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def _start(incident: Incident) -> datetime | None:
    return incident.started or (incident.updates[0].at if incident.updates else None)


def _end(incident: Incident) -> datetime | None:
    closed = (update.at for update in incident.updates if update.status in CLOSING)
    return incident.ended or next(closed, None)


def _length(span: timedelta) -> str:
    """Return '57 minutes' or '2 hours 5 minutes'."""
    hours, minutes = divmod(span // timedelta(minutes=1), 60)
    parts = ((hours, "hour"), (minutes, "minute"))
    said = [f"{count:,} {word}{'s' * (count != 1)}" for count, word in parts if count]
    return " ".join(said) or "less than a minute"
