"""The text of a file into an incident: whatever can be read, and every problem on the way."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from statusgen.content.collector import Collector, Context
from statusgen.content.course import Entry, Window, moment_of, updates_of
from statusgen.content.document import Document, Section, split, text_of
from statusgen.content.front_matter import read_front_matter
from statusgen.content.headings import EXAMPLE, read_heading
from statusgen.content.ids import read_id
from statusgen.content.internal import text_for
from statusgen.content.key_lines import read_key_lines, read_strays
from statusgen.content.limits import limited, read_text
from statusgen.content.swallowed import report_swallowed
from statusgen.content.usual import usual_entries, usual_parts
from statusgen.model import CLOSING, PUBLIC, ComponentStatus, Incident, Kind
from statusgen.problems import Location, Problem
from statusgen.reading.characters import shown

_DATE = re.compile(r"^(\d{4}-\d\d-\d\d)(?:-|$)")
_ANY_DATE = re.compile(r"(?<![0-9])[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])")
_NEAR = timedelta(days=8)


class Reading(NamedTuple):
    """What a file says, and what is wrong with it.

    `incident` is there always, as good as it could be made out. It is `readable` if its course can
    be trusted; otherwise an older version of the file is a better answer.
    """

    incident: Incident
    problems: tuple[Problem, ...]
    readable: bool


def parse_incident(
    path: str,
    raw: bytes,
    zone: ZoneInfo,
    components: Collection[str],
    audience: str = PUBLIC,
) -> Reading:
    """Read an incident file; `zone` is the page's, `components` are the ids that config.yml has.

    Internal blocks are left out, unless it is for the audience `internal`.
    """
    problems = Collector(path)
    incident_id = read_id(path, problems)
    text = read_text(raw, problems)
    # What would be found in text that is none would only distract from that.
    is_text = all(problem.code != "not-utf8" for problem in problems.problems)
    found = problems if is_text else Collector(path)
    text = text_for(audience, text, found)
    incident = _usual_incident(incident_id, text, zone, components, path)
    if incident is None:
        incident = parse_parts(incident_id, text, zone, components, found).incident
    return Reading(incident, problems.all(), problems.readable)


def _usual_incident(
    incident_id: str, text: str, zone: ZoneInfo, components: Collection[str], path: str
) -> Incident | None:
    """Read a file of the usual form with nothing wrong in it; None if it may be another."""
    usual = usual_parts(text)
    if usual is None:
        return None
    problems = Collector(path)
    fields, ended_at = read_front_matter(usual.front, 2, zone, components, problems)
    context = Context(fields.get("kind", Kind.INCIDENT), zone, components, problems)
    found = usual_entries(usual, context)
    if found is None or problems.problems:
        return None
    summary, entries = found
    incident = _incident(incident_id, fields, summary, entries, context)
    _check_course(incident, entries, ended_at, problems)
    return None if problems.problems else incident


class Parsed(NamedTuple):
    """An incident with the parts of the text that it was read from; `entries` are in file order."""

    incident: Incident
    document: Document
    entries: list[Entry]


def parse_parts(
    incident_id: str,
    text: str,
    zone: ZoneInfo,
    components: Collection[str],
    problems: Collector,
) -> Parsed:
    """Read the text of a file (lines end in newlines, no byte order mark)."""
    document = split(text, problems)
    fields: dict[str, Any] = {}
    ended_at = Location(problems.path)
    if document.front:
        yaml = document.text[document.front.start : document.front.end]
        front = read_front_matter(yaml, document.front_line, zone, components, problems)
        fields, ended_at = front
    kind = fields.get("kind", Kind.INCIDENT)
    near = _day_near(problems.path, document.sections)
    context = Context(kind, zone, components, problems, near)
    found = [_entry(document, section, context) for section in document.sections]
    entries = [entry for entry in found if entry]
    report_swallowed(document, found, context)
    summary = limited(text_of(document, document.summary.start, document.summary), problems)
    incident = _incident(incident_id, fields, summary, entries, context)
    if not document.sections and kind is not Kind.MAINTENANCE:
        message, hint = "there is no update", f"write '{EXAMPLE}' and the text below it"
        problems.spoil("no-updates", message, Location(problems.path), hint)
    _check_course(incident, entries, ended_at, problems)
    return Parsed(incident, document, entries)


def _incident(
    incident_id: str,
    fields: dict[str, Any],
    summary: str,
    entries: list[Entry],
    context: Context,
) -> Incident:
    kind = context.kind
    starts = fields.get("starts") if kind is Kind.MAINTENANCE else None
    window = Window(starts, repeats=bool(fields.get("repeat")))
    return Incident(
        incident_id,
        fields.pop("title", "") or _title_from(incident_id),
        path=context.problems.path,
        summary=summary,
        updates=updates_of(incident_id, kind, window, entries, context.problems),
        **fields,
    )


def _entry(document: Document, section: Section, context: Context) -> Entry | None:
    heading = read_heading(section.title, section.where, context)
    if heading is None:
        return None
    keys = read_key_lines(document, section, heading.at, context)
    fields = keys.fields
    if section.body.strays:
        strays = read_strays(document, section, keys.end, heading.at, context)
        fields = {**fields, "changes": (*fields.get("changes", ()), *strays)}
    text = text_of(document, keys.end, section.body, keys.prose)
    text = limited(text, context.problems, section.where.line)
    return Entry(heading.at, heading.status, text, fields, section.where, keys.end)


def _day_near(path: str, sections: Iterable[Section]) -> date | None:
    """Return a day that headings name, or else the name of the file; None if none does."""
    for name in (*(section.title for section in sections), path):
        for digits in _ANY_DATE.findall(name):
            with suppress(ValueError):
                return date.fromisoformat(digits)
    return None


def _title_from(incident_id: str) -> str:
    """Return what the name of a file says, to stand in for a title."""
    words = _DATE.sub("", incident_id, count=1).replace("-", " ").strip()
    return words.capitalize() or incident_id


def _check_course(
    incident: Incident,
    entries: list[Entry],
    ended_at: Location,
    problems: Collector,
) -> None:
    """Report what no part of the file can tell alone."""
    updates = incident.updates
    if updates and incident.ended and not incident.started and incident.ended < updates[0].at:
        message = "'ended' is before the first update"
        hint = "check day and month, or write when it 'started'"
        problems.spoil("ends-before-start", message, ended_at, hint)
    if len(updates) > 1:
        _check_order(incident, entries, problems)
    if any(update.changes for update in updates):
        _check_ends(incident, entries, problems)
    if named := _DATE.match(incident.id):
        _check_name(named[1], incident, problems)


def _check_name(named: str, incident: Incident, problems: Collector) -> None:
    """Compare the day that the file's name begins with to the times in the file."""
    where = Location(problems.path)
    try:
        day = datetime.fromisoformat(f"{named}T00:00Z")
    except ValueError:
        message, hint = f"the file is named after a day that does not exist, {named}", "rename it"
        problems.warning("name-date", message, where, hint)
        return
    updates = incident.updates
    if updates and abs(updates[0].at - day) < _NEAR:  # as nearly always
        return
    moments = [incident.started, incident.starts, incident.created]
    moments += [update.at for update in updates]
    known = [moment for moment in moments if moment]
    if known and not any(abs(moment - day) < _NEAR for moment in known):
        message = f"the file is named after {named}, and nothing in it is near that day"
        problems.warning("name-date", message, where, "is a date in it wrong, or its name?")


def _check_order(incident: Incident, entries: list[Entry], problems: Collector) -> None:
    first, second = incident.updates[:2]
    is_closed_first = first.status in CLOSING and second.status not in CLOSING
    if not is_closed_first and not any(update.code for update in incident.updates):
        return
    ordered = sorted(entries, key=moment_of)
    if is_closed_first:
        message = f"{shown(first.status.label)} is the earliest update, so this is open again"
        hint = "check day and month"
        problems.warning("closed-before-start", message, ordered[0].where, hint)
    codes: set[str] = set()
    for update, entry in zip(incident.updates, ordered, strict=True):
        if update.code and update.code in codes:
            message = f"code {shown(update.code)} stands twice"
            problems.error("duplicate-code", message, entry.where, "give each update its own")
        codes.add(update.code)


def _check_ends(incident: Incident, entries: list[Entry], problems: Collector) -> None:
    """Report a component that fails by the very update after which nothing fails any more."""
    for update, entry in zip(incident.updates, sorted(entries, key=moment_of), strict=True):
        if update.code or update.status not in CLOSING:
            continue  # an import brings the component's status by itself
        for one in update.changes:
            if one.status is not ComponentStatus.OPERATIONAL:
                closed = shown(update.status.label)
                message = f"after {closed}, {one.component} counts as operational, not {one.status}"
                hint = "if that goes on, write another status than this; else leave it out"
                problems.warning("change-at-the-end", message, entry.where, hint)
