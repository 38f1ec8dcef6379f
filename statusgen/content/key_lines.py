"""The `key: value` lines directly under the heading of an update.

The table of keys is also where their documentation comes from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

from statusgen.content.affected import report_unknown
from statusgen.content.collector import Collector, Context
from statusgen.content.document import Document, Section, location
from statusgen.model import Change, ComponentStatus, Impact, Notify, Update
from statusgen.problems import Location
from statusgen.reading.characters import in_short, shown
from statusgen.reading.suggest import did_you_mean
from statusgen.reading.times import parse_time, write_time
from statusgen.reading.words import CODE

MOST_KEY_LINES = 30
MOST_STRAYS = 100  # a merge leaves one or two
LONGEST_KEY_LINE = 20_000  # characters

_LINE = re.compile(r"\n {0,3}([A-Za-z][A-Za-z _-]{0,20}?)[ \t]*:[ \t]*([^\n]*)")
_WITHOUT_COLON = re.compile(r"\n {0,3}(next[ _-]update|eta)[ \t]+(\+?[0-9][^\n]*)", re.IGNORECASE)
_LATE = re.compile(
    r"\n(?:[ \t]*\n)+ {0,3}(next[ _-]update|eta|impact)[ \t]*:[ \t]*([^\n]*)", re.IGNORECASE
)
_ARROW = re.compile("->|\N{RIGHTWARDS ARROW}")
_HALF_A_DAY = timedelta(hours=12)
_CODE = re.compile(CODE.pattern)

Choice = TypeVar("Choice", bound=StrEnum)


class Place(NamedTuple):
    """Where a value stands, and the time of its update."""

    where: Location
    at: datetime


class KeyLine(NamedTuple):
    """One key: the field of Update that it fills, how to read and write it, and what it is for.

    A line of a key with `is_prose` that cannot be read ("Impact: some of you cannot sign in") is
    shown as text, because somebody may have meant it so.
    """

    field: str
    doc: str
    read: Callable[[str, Place, Context], Any]
    write: Callable[[Any], str] = str
    is_prose: bool = False


def _read_changes(text: str, place: Place, context: Context) -> tuple[Change, ...] | None:
    changes: list[Change] = []
    column = place.where.column
    for item in text.split(","):
        where = place.where._replace(column=column + len(item) - len(item.lstrip()))
        column += len(item) + 1
        change = _read_change(item, where, context)
        if change is None:
            continue
        if any(change.component == other.component for other in changes):
            message = f"component {shown(change.component)} stands twice"
            context.problems.error("duplicate-component", message, where, "keep one of them")
        changes.append(change)
    return tuple(changes) or None


def _read_change(item: str, where: Location, context: Context) -> Change | None:
    name, equals, statuses = item.partition("=")
    component = name.strip()
    if not component or not equals:
        message = f"{shown(item.strip())} is not a component with its status"
        name, _, written = component.partition(":")
        hint = f"write '{in_short(name) or 'api'}={in_short(written) or 'partial_outage'}'"
        context.problems.error("bad-change", message, where, hint)
        return None
    report_unknown(component, context.components, where, context.problems)
    place = where._replace(column=where.column + len(item.lstrip()) - len(statuses.lstrip()))
    before_text, *after_text = _ARROW.split(statuses, maxsplit=1)
    before = _read_choice(ComponentStatus, before_text.strip(), place, context)
    if before is None:
        return None
    if not after_text:
        return Change(component, before)
    status = _read_choice(ComponentStatus, after_text[0].strip(), place, context)
    return Change(component, status, before) if status else None


def _read_choice(
    choices: type[Choice],
    text: str,
    where: Location,
    context: Context,
) -> Choice | None:
    try:
        return choices(text)
    except ValueError:
        values = [choice.value for choice in choices]
    hint = did_you_mean(text, values) or f"one of {', '.join(values)}"
    context.problems.error("bad-value", f"{shown(text)} is not known here", where, hint)
    return None


def _write_changes(changes: Iterable[Change]) -> str:
    return ", ".join(
        f"{one.component}={f'{one.before}->' if one.before else ''}{one.status}" for one in changes
    )


def _read_promise(text: str, place: Place, context: Context) -> datetime | None:
    """Read a time after the update's, which may count from it."""
    found = parse_time(text, context.zone, after=place.at)
    if found.naive and found.at and found.at - place.at > _HALF_A_DAY:
        utc = parse_time(f"{text} UTC", context.zone, after=place.at).at or found.at
        message = "the time names no zone, and in the page's it has passed: the next day's is taken"
        hint = f"write {write_time(utc)} or {write_time(found.at)}"
        found = found._replace(code="naive-time", reason=message, hint=hint)
    context.problems.add(*found.problems(place.where))
    if found.at is not None and found.at <= place.at:
        message, hint = "this time is not after the update's own", "is it the right day?"
        context.problems.warning("promise-in-the-past", message, place.where, hint)
    return found.at


def _read_time(text: str, place: Place, context: Context) -> datetime | None:
    found = parse_time(text, context.zone)
    context.problems.add(*found.problems(place.where))
    return found.at


def _read_impact(text: str, place: Place, context: Context) -> Impact | None:
    return _read_choice(Impact, text.lower(), place.where, context)


def _read_notify(text: str, place: Place, context: Context) -> Notify | None:
    return _read_choice(Notify, text.lower(), place.where, context)


def _read_line(text: str, _place: Place, _context: Context) -> str:
    return text


def _read_code(text: str, place: Place, context: Context) -> str | None:
    if _CODE.fullmatch(text):
        return text
    message = f"{shown(text)} is not {CODE.words}"
    context.problems.error(CODE.code, message, place.where, CODE.hint)
    return None


KEY_LINES: dict[str, KeyLine] = {
    "components": KeyLine(
        "changes",
        "What becomes of components with this update: `checkout=partial_outage, api=operational`.",
        _read_changes,
        _write_changes,
    ),
    "next update": KeyLine(
        "next_update",
        "When you will write again: a time, a time of day (`10:50 UTC`) or `+30m`.",
        _read_promise,
        write_time,
        is_prose=True,
    ),
    "eta": KeyLine(
        "eta",
        "When it will be over, as far as you know; written like `next update`.",
        _read_promise,
        write_time,
        is_prose=True,
    ),
    "impact": KeyLine(
        "impact",
        "The impact of the whole from now on: `none`, `minor`, `major` or `critical`.",
        _read_impact,
        is_prose=True,
    ),
    "notify": KeyLine(
        "notify",
        "Whether subscribers are told: `yes` (without this line), `no`, or `again`.",
        _read_notify,
    ),
    "author": KeyLine("author", "Who wrote the update.", _read_line),
    "code": KeyLine(
        "code",
        "The update's id in the API and in feeds, where it comes from another system.",
        _read_code,
    ),
    "created": KeyLine(
        "created",
        "When the update was written, where that is not its time; imports need it.",
        _read_time,
        write_time,
    ),
    "updated": KeyLine(
        "updated",
        "When the update was last corrected; imports need it.",
        _read_time,
        write_time,
    ),
    "tweet id": KeyLine("tweet_id", "The id of the update's tweet, from an import.", _read_line),
    "custom tweet": KeyLine(
        "custom_tweet",
        "The text of the update's tweet, from an import.",
        _read_line,
    ),
}
"""The keys in the order in which they are written."""


class KeyLines(NamedTuple):
    """The fields of Update that the lines fill, the lines that are prose, and where they end."""

    fields: dict[str, Any]
    prose: str
    end: int


def read_key_lines(
    document: Document,
    section: Section,
    at: datetime,
    context: Context,
) -> KeyLines:
    """Read the lines under a heading, up to the first that is no key line."""
    fields: dict[str, Any] = {}
    prose: list[str] = []
    end = section.body.start
    line = section.where.line
    for _ in range(MOST_KEY_LINES):
        match = _LINE.match(document.text, end, section.body.end)
        if match is None:
            break
        name = match[1] if match[1] in KEY_LINES else _plain(match[1])
        line += 1
        where = Location(section.where.path, line, match.start(1) - end)
        key = KEY_LINES.get(name)
        if key is None:
            _suggest_key(name, where, context.problems)
            break
        column = match.start(2) - end
        end = match.end()
        if key.field in fields:
            message, hint = f"{shown(name)} stands twice", "keep one of them"
            context.problems.error("duplicate-key", message, where, hint)
            continue
        place = Place(Location(where.path, line, column), at)
        value = _read(key, match[2].rstrip(), place, context)
        if value is not None:
            fields[key.field] = value
        elif key.is_prose:
            prose.append(match[0][1:])
    _report_slips(document.text, section, end, at, context)
    return KeyLines(fields, "\n".join(prose), end)


def begins_late(text: str, start: int) -> bool:
    """Tell whether what is behind a heading may be a key line below an empty one."""
    return _LATE.match(text, start) is not None


def _report_slips(text: str, section: Section, end: int, at: datetime, context: Context) -> None:
    """Warn of the first line of the text if it was meant as a key line."""
    bare = _WITHOUT_COLON.match(text, end, section.body.end)
    if bare:
        place = location(text, bare.start(1), section.where.path)
        message = f"there is no ':' behind {shown(bare[1])}, so this line is text"
        hint = f"write '{bare[1]}: {in_short(bare[2])}'"
        context.problems.warning("unknown-key-line", message, place, hint)
    late = _LATE.match(text, end, section.body.end)
    if late is None:
        return
    is_read = (
        late[2].strip().lower() in {one.value for one in Impact}
        if late[1].lower() == "impact"
        else parse_time(late[2], context.zone, after=at).at is not None
    )
    if is_read:
        place = location(text, late.start(1), section.where.path)
        message = "this line is text, because it does not stand directly under the heading"
        hint = "delete the empty line before it"
        context.problems.warning("stray-key-line", message, place, hint)


def read_strays(
    document: Document,
    section: Section,
    start: int,
    at: datetime,
    context: Context,
) -> tuple[Change, ...]:
    """Read the changes that stand in the text, behind `start`."""
    changes: list[Change] = []
    strays = [one for one in section.body.strays if one[0] >= start]
    if len(strays) > MOST_STRAYS:
        message = f"{len(strays) - MOST_STRAYS:,} more lines of changes in the text do not count"
        hint = "an update needs one such line, directly under its heading"
        context.problems.warning("stray-key-line", message, section.where, hint)
    for first, last in strays[:MOST_STRAYS]:
        line = document.text[first + 1 : last]
        where = section.where
        if not context.problems.is_full:  # to count lines takes time, and nobody will see it
            where = location(document.text, first + 1, where.path)
        message = "this line counts, although it does not stand directly under the heading"
        hint = "move it there, or write a space before it if it is text"
        context.problems.warning("stray-key-line", message, where, hint)
        values = line.partition(":")[2].lstrip()
        place = Place(Location(where.path, where.line, len(line) - len(values) + 1), at)
        changes += _read_changes(values, place, context) or ()
    return tuple(changes)


def _read(key: KeyLine, text: str, place: Place, context: Context) -> Any:  # noqa: ANN401  any field
    if len(text) <= LONGEST_KEY_LINE:
        return key.read(text, place, context)
    message = f"a line of {len(text):,} characters, and at most {LONGEST_KEY_LINE:,} are read"
    context.problems.error("line-too-long", message, place.where, "write it as text")
    return None


def write_key_lines(update: Update) -> str:
    """Return the canonical lines of an update, each ended by a newline."""
    lines = []
    for name, key in KEY_LINES.items():
        value = getattr(update, key.field)
        if value and not (key.field == "notify" and value is Notify.YES):
            lines.append(f"{name}: {key.write(value)}\n")
    return "".join(lines)


def _plain(name: str) -> str:
    return name.lower().replace("_", " ").replace("-", " ")


def _suggest_key(name: str, where: Location, problems: Collector) -> None:
    """Say that a line with an unknown key begins the text, if it looks like a slip."""
    is_status = name.strip() == "status"
    hint = "the heading says the status" if is_status else did_you_mean(name, KEY_LINES)
    if hint:
        message = f"{shown(name)} is no key, so this line is the beginning of the text"
        problems.warning("unknown-key-line", message, where, hint)
