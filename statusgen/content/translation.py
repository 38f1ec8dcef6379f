"""A translation of an incident: `<id>.<language>.md` beside `<id>.md`.

It has texts and no facts. What is told, when, and of which components stands in the original, and
each text here belongs to the update there of the same time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from statusgen.content.collector import Collector, Context
from statusgen.content.document import Document, Section, split, text_of
from statusgen.content.front_matter import FRONT_MATTER
from statusgen.content.headings import parts_of, status_named
from statusgen.content.internal import text_for
from statusgen.content.key_lines import KEY_LINES, read_key_lines
from statusgen.content.limits import limited, read_text
from statusgen.model import PUBLIC, Incident, Kind, Status, Translation, Update
from statusgen.problems import Location, Problem, Severity
from statusgen.reading.characters import shown
from statusgen.reading.fields import Report, Shape, Values, optional
from statusgen.reading.nodes import Mapping, parse_yaml
from statusgen.reading.scalars import TITLE as TITLE_LINE
from statusgen.reading.times import parse_time, write_time

TITLE = optional("title", TITLE_LINE, "The incident's title in this language.")
TRANSLATION: Shape[Values] = Shape("a translation", (TITLE,), lambda values: values)

_ELSEWHERE = {field.name for field in FRONT_MATTER.fields} - {TITLE.name}


class Part(NamedTuple):
    """The text of one update; `status` is None where the heading has no English word for one."""

    at: datetime
    status: Status | None
    text: str
    where: Location


class TranslationReading(NamedTuple):
    """What a translation says, and what is wrong with it; nothing of it is used unless `readable`.

    `original` is the name of the file that it belongs to.
    """

    original: str
    path: str
    title: str
    summary: str
    parts: tuple[Part, ...]
    problems: tuple[Problem, ...]
    readable: bool


def parse_translation(
    path: str, raw: bytes, zone: ZoneInfo, audience: str = PUBLIC
) -> TranslationReading:
    """Read a translation as an audience may; `zone` is the page's."""
    problems = Collector(path)
    original = f"{path.rpartition('/')[2].partition('.')[0]}.md"
    text = read_text(raw, problems)
    found = problems if problems.readable else Collector(path)
    document = split(text_for(audience, text, found), found)
    title = _title(document, original, zone, found)
    parts = tuple(_parts(document, original, zone, found))
    summary = text_of(document, document.summary.start, document.summary)
    return TranslationReading(
        original=original,
        path=path,
        title=title,
        summary=limited(summary, found),
        parts=parts,
        problems=problems.all(),
        readable=problems.readable,
    )


def translated(
    incident: Incident,
    readings: Iterable[tuple[str, TranslationReading]],
) -> tuple[Incident, list[Problem]]:
    """Return an incident with its translations, given by their languages, and what is wrong.

    What stands in for an unreadable file stays in the main language: the translation is of another
    text, and may say what was not meant to be public.
    """
    if incident.stand_in:
        return incident, []
    problems: list[Problem] = []
    translations = []
    for language, reading in readings:
        if reading.readable:
            texts = tuple(_matched(incident, reading, problems))
            found = Translation(language, reading.path, reading.title, reading.summary, texts)
            translations.append(found)
    return incident._replace(translations=tuple(sorted(translations))), problems


# ── reading ───────────────────────────────────────────────────────────────────────────────────


def _title(document: Document, original: str, zone: ZoneInfo, problems: Collector) -> str:
    if document.front is None:
        return ""
    yaml = document.text[document.front.start : document.front.end]
    node, faults = parse_yaml(yaml, problems.path, document.front_line)
    problems.add(*faults)
    if not isinstance(node, Mapping):
        return ""
    for entry in node.entries:
        if entry.key.text in _ELSEWHERE:
            _report_elsewhere([entry.key.text], original, entry.key.where, problems)
    own = [entry for entry in node.entries if entry.key.text not in _ELSEWHERE]
    report = Report(zone)
    values = TRANSLATION.read(Mapping(tuple(own), node.where), report)
    problems.add(*report.problems)
    return (values and values[TITLE]) or ""


def _parts(
    document: Document,
    original: str,
    zone: ZoneInfo,
    problems: Collector,
) -> Iterator[Part]:
    for section in document.sections:
        at = _time_of(section, original, zone, problems)
        if at is None:
            continue
        unheard = Collector(problems.path)
        lines = read_key_lines(document, section, at, Context(Kind.INCIDENT, zone, (), unheard))
        keys = [name for name, key in KEY_LINES.items() if key.field in lines.fields]
        keys += ["components"] if section.body.strays and "components" not in keys else []
        if keys:
            _report_elsewhere(keys, original, section.where, problems)
        text = text_of(document, lines.end, section.body, lines.prose)
        word, _ = parts_of(section.title)
        text = limited(text, problems, section.where.line)
        yield Part(at, status_named(word), text, section.where)


def _time_of(
    section: Section,
    original: str,
    zone: ZoneInfo,
    problems: Collector,
) -> datetime | None:
    """Return the time in a heading, which tells the update that it is about."""
    _, time = parts_of(section.title)
    if not time:
        message = f"the heading {shown(section.title.strip())} has no time"
        hint = f"write the time of the update in {original}; a heading inside a text is '###'"
        problems.error("bad-heading", message, section.where, hint)
        return None
    found = parse_time(time, zone)
    column = section.where.column + len(section.title.rstrip()) - len(time)
    problems.add(*found.problems(section.where._replace(column=column)))
    return found.at


def _report_elsewhere(
    keys: Sequence[str],
    original: str,
    where: Location,
    problems: Collector,
) -> None:
    named = ", ".join(map(shown, keys))
    message = f"{named} {'belong' if len(keys) > 1 else 'belongs'} in {original}"
    hint = "a translation has a title and texts: delete it here"
    problems.error("misplaced-key", message, where, hint)


# ── matching ──────────────────────────────────────────────────────────────────────────────────


def _matched(
    incident: Incident,
    reading: TranslationReading,
    problems: list[Problem],
) -> Iterator[tuple[str, str]]:
    """Yield the id of each update that has a text, and the text."""
    waiting = list(incident.updates)
    for part in reading.parts:
        update = next((one for one in waiting if one.at == part.at), None)
        if update is None:
            problems.append(_unknown(part, incident.updates, reading.original))
            continue
        waiting.remove(update)
        if part.status not in (None, update.status):
            problems.append(_other_status(part, update, reading.original))
        if part.text:
            yield update.id, part.text


def _unknown(part: Part, updates: Sequence[Update], original: str) -> Problem:
    time = write_time(part.at)
    if any(update.at == part.at for update in updates):
        message = f"{original} has no other update of {time}"
        return Problem("unknown-update", message, part.where, "keep one of the texts")
    message = f"{original} has no update of {time}"
    near = min(updates, key=lambda one: abs(one.at - part.at), default=None)
    hint = f"the nearest is of {write_time(near.at)}" if near else "it has none; delete this one"
    return Problem("unknown-update", message, part.where, hint)


def _other_status(part: Part, update: Update, original: str) -> Problem:
    message = f"in {original} this update is {shown(update.status.label)}"
    hint = "that counts; 'Update' is enough here"
    return Problem("wrong-status", message, part.where, hint, Severity.WARNING)
