"""Texts of the playbook: files below `playbook/` into `PlaybookText`, and every problem on the way.

Nothing here keeps an incident from being written: whatever can be read of a text can be used.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from statusgen.content.affected import Components, report_unknown
from statusgen.content.collector import Collector
from statusgen.content.document import front_and_body
from statusgen.content.ids import name_and_language
from statusgen.content.limits import limited, read_text
from statusgen.content.placeholders import PLACEHOLDERS, placeholders_in
from statusgen.content.plain_front import values_of
from statusgen.content.texts import normal_text
from statusgen.model import STATUSES, Impact, Kind, PlaybookText, Status
from statusgen.problems import Location, Problem
from statusgen.reading.characters import shown
from statusgen.reading.fields import Schema, Shape, Values, defaulted, optional, required
from statusgen.reading.nodes import Mapping, parse_yaml
from statusgen.reading.scalars import DATE, LINE, TITLE, Choice
from statusgen.reading.schema import schema_document
from statusgen.reading.suggest import did_you_mean

_TITLE = required("title", TITLE, "The title of what is opened with it.")
_USE = defaulted("use", LINE, "When to take it, for whoever has to choose.", "")
_KIND = defaulted("type", Choice(*Kind), "What kind of file it is for.", Kind.INCIDENT)
_STATUS = optional(
    "status", Choice(*Status), "The status of the update; without it, the incident keeps its own."
)
_IMPACT = optional("impact", Choice(*Impact), "The impact of what is opened with it.")
_COMPONENTS = defaulted(
    "components", Components(), "What is affected, if that is always the same.", ()
)
_REVIEW = required("review", DATE, "The day by which somebody should read it again.")

_IN_ANY_LANGUAGE = (_TITLE, _USE, _REVIEW)
_FACTS = (_KIND, _STATUS, _IMPACT, _COMPONENTS)
PLAYBOOK_TEXT: Shape[Values] = Shape(
    "front matter", (_TITLE, _USE, *_FACTS, _REVIEW), lambda values: values
)
IN_OTHER_WORDS: Shape[Values] = Shape(
    "front matter of a translation", _IN_ANY_LANGUAGE, lambda values: values
)


def playbook_schema() -> Schema:
    """Return the JSON Schema (draft-07) of the front matter of a text of the playbook."""
    doc = "The front matter of a text in playbook/."
    return schema_document(PLAYBOOK_TEXT, title="Text of the playbook", doc=doc)


def parse_playbook_text(
    path: str,
    raw: bytes,
    language: str,
    components: Collection[str],
    original: PlaybookText | None = None,
) -> tuple[PlaybookText, tuple[Problem, ...]]:
    """Read a text of the playbook; `components` are the ids that config.yml has.

    A translation has a title and a text, and the facts of its `original`.
    """
    problems = Collector(path)
    text = read_text(raw, problems)
    yaml, first_line, body = front_and_body(text, problems)
    node, faults = parse_yaml(yaml, path, first_line)
    problems.add(*faults)
    top = Location(path, first_line, 1)
    if original and isinstance(node, Mapping):
        node = _without_facts(node, original, problems)
    shape = IN_OTHER_WORDS if original else PLAYBOOK_TEXT
    values = values_of(shape, node, top, problems)
    _check_facts(values, components, problems)
    title, at = values[_TITLE] or "", values.place(_TITLE)
    title_line = text.split("\n")[at.line - 1] if title else ""
    problems.add(*_unknown_in(title_line[at.column - 1 :], at))
    body_line = text.count("\n") - body.count("\n") + 1
    problems.add(*_unknown_in(body, Location(path, body_line, 1)))
    if not body.strip():
        hint = "write what readers should be told; what only you know then stands in braces"
        problems.error("no-text", "there is no text", top, hint)
    name = name_and_language(path)[0]
    found = PlaybookText(
        name=name,
        language=language,
        title=title or name.replace("-", " ").capitalize(),
        path=path,
        use=values[_USE],
        kind=values[_KIND],
        status=values[_STATUS],
        impact=values[_IMPACT],
        components=tuple(one.affected for one in values[_COMPONENTS]),
        review=values[_REVIEW],
        text=limited(normal_text(body), problems),
    )
    return _with_facts_of(original, found), problems.all()


def _without_facts(node: Mapping, original: PlaybookText, problems: Collector) -> Mapping:
    """Return the front matter of a translation without what stands in its original only."""
    facts = {field.name for field in _FACTS}
    for entry in node.entries:
        if entry.key.text in facts:
            message = f"a translation has no {shown(entry.key.text)}"
            hint = f"delete it here: the one in {original.name}.md counts"
            problems.error("misplaced-key", message, entry.key.where, hint)
    own = tuple(entry for entry in node.entries if entry.key.text not in facts)
    return Mapping(own, node.where)


def _with_facts_of(original: PlaybookText | None, text: PlaybookText) -> PlaybookText:
    if original is None:
        return text
    facts = ("kind", "status", "impact", "components")
    shared: dict[str, Any] = {fact: getattr(original, fact) for fact in facts}
    return text._replace(use=text.use or original.use, **shared)


def _check_facts(values: Values, components: Collection[str], problems: Collector) -> None:
    """Report a status that files of this kind do not have, and components that do not exist."""
    status, kind = values[_STATUS], values[_KIND]
    if status and status not in STATUSES[kind]:
        hint = f"one of {', '.join(STATUSES[kind])}"
        message = f"'{status}' is no status of this type, which is '{kind}'"
        problems.error("wrong-status", message, values.place(_STATUS), hint)
    for named in values[_COMPONENTS]:
        report_unknown(named.affected.component, components, named.where, problems)


def _unknown_in(text: str, where: Location) -> Iterator[Problem]:
    """Yield a problem for each placeholder that nothing can fill in; `text` begins at `where`."""
    for found in placeholders_in(text):
        if found.name in PLACEHOLDERS:
            continue
        before = text[: found.at]
        breaks = before.count("\n")
        column = len(before) - before.rfind("\n") if breaks else where.column + len(before)
        place = Location(where.path, where.line + breaks, column)
        hint = did_you_mean(found.name, PLACEHOLDERS) or f"known are {', '.join(PLACEHOLDERS)}"
        message = f"nothing is known to stand for {shown('{' + found.name + '}')}"
        yield Problem("unknown-placeholder", message, place, hint)
