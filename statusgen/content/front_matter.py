"""The keys of an incident's front matter: the one place where each is defined.

A new key needs a definition here, a field in `model.Incident` and a line in `ATTRIBUTES`; reader,
writer, JSON Schema and docs follow.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from statusgen.content.affected import Components, report_unknown
from statusgen.content.collector import Collector
from statusgen.content.repeat import Repeat
from statusgen.model import NOBODY, PUBLIC, Impact, Kind
from statusgen.problems import Location
from statusgen.reading.fields import (
    Field,
    ListOf,
    Report,
    Schema,
    Shape,
    Values,
    defaulted,
    optional,
    required,
)
from statusgen.reading.nodes import CUT_OFF, Mapping, parse_yaml
from statusgen.reading.scalars import BOOL, LINE, TIME, Choice
from statusgen.reading.scalars import TITLE as TITLE_LINE
from statusgen.reading.schema import schema_document
from statusgen.reading.words import CODE as CODE_WORD
from statusgen.reading.words import ID_PATTERN, PATH, URL, Word

_ALIAS = Word(
    words="a former address",
    pattern=f"{URL.pattern}|/?{PATH.pattern}/?",
    code="bad-alias",
    hint="write a path such as /incidents/abc, or an address in full",
    digits=True,
)
_TAG = Word(
    words="a tag",
    pattern=r"[^\s,](?:[^\n,]{0,62}[^\s,])?",
    code="bad-tag",
    hint="one to 64 characters on one line, without a comma",
    digits=True,
)
_AUDIENCE = Word(
    words="an audience",
    pattern=ID_PATTERN,
    code="bad-value",
    hint="write 'public', or another name of a-z, 0-9 and '-'",
)

TITLE = required("title", TITLE_LINE, "What has happened, as readers experience it.")
TYPE = defaulted("type", Choice(*Kind), "What the file is about.", Kind.INCIDENT)
IMPACT = optional(
    "impact",
    Choice(*Impact),
    "How bad it is as a whole; without it, the worst that the statuses of its components imply.",
)
COMPONENTS = defaulted(
    "components",
    Components(),
    "What is affected; in a list, each component gets the status that fits the impact.",
    (),
)
STARTED = optional("started", TIME, "When it really began, if not with the first update.")
DETECTED = optional("detected", TIME, "When it was noticed.")
ENDED = optional("ended", TIME, "When it was really over, if not with the closing update.")
STARTS = optional("starts", TIME, "When a maintenance begins, or when a notice is first shown.")
ENDS = optional("ends", TIME, "When a maintenance is over, or a notice is no longer shown.")
REPEAT = defaulted("repeat", Repeat(), "When a maintenance comes again, in the page's zone.", "")
CAUSE = defaulted(
    "cause", LINE, "What kind of cause it had, such as `deployment` or `capacity`.", ""
)
UPSTREAM = defaulted("upstream", LINE, "Whose fault it was, if that is somebody else's.", "")
TAGS = defaulted("tags", ListOf(_TAG), "Words to find it by.", ())
POSTMORTEM = defaulted(
    "postmortem",
    BOOL,
    "Whether readers are owed one after a major or critical impact.",
    default=True,
)
DRAFT = defaulted("draft", BOOL, "Whether it is kept off the page.", default=False)
PIN = defaulted("pin", BOOL, "Whether it is kept at the top of the page.", default=False)
AUDIENCE = defaulted(
    "audience", _AUDIENCE, "Who may see it; `internal` is for the company: audiences.md.", PUBLIC
)
ALIASES = defaulted("aliases", ListOf(_ALIAS), "Addresses that it had before.", ())
CODE = defaulted("code", CODE_WORD, "Its id in the API, where another system gave it one.", "")
CREATED = optional("created", TIME, "When the record was made, if not with the first update.")
UPDATED = optional("updated", TIME, "When the record was last changed, if not with an update.")

ATTRIBUTES: dict[Field[Any], str] = {
    TITLE: "title",
    TYPE: "kind",
    IMPACT: "impact",
    COMPONENTS: "components",
    STARTED: "started",
    DETECTED: "detected",
    ENDED: "ended",
    STARTS: "starts",
    ENDS: "ends",
    REPEAT: "repeat",
    CAUSE: "cause",
    UPSTREAM: "upstream",
    TAGS: "tags",
    POSTMORTEM: "postmortem",
    DRAFT: "draft",
    PIN: "pin",
    AUDIENCE: "audience",
    ALIASES: "aliases",
    CODE: "code",
    CREATED: "created",
    UPDATED: "updated",
}
"""The field of Incident that each key fills, in the order in which keys are written."""

_ATTRIBUTE_OF = {field.name: attribute for field, attribute in ATTRIBUTES.items()}

FRONT_MATTER: Shape[Values] = Shape("front matter", tuple(ATTRIBUTES), lambda values: values)
_SPOILING = (TITLE, TYPE, STARTED, ENDED, STARTS, ENDS, REPEAT, DRAFT, AUDIENCE)
"""A misreading of these hides an outage, or shows what is not meant to be public."""

_ANY_DRAFT = re.compile(r"(?m)^draft[ \t]*:(?![ \t]*false[ \t]*$)")
_ANY_AUDIENCE = re.compile(r"(?m)^audience[ \t]*:(?![ \t]*public[ \t]*$)")

_ARTICLE = {Kind.INCIDENT: "an", Kind.MAINTENANCE: "a", Kind.NOTICE: "a"}

_HARMLESS = frozenset({"duplicate-key"})  # what merge=union leaves when two people edit one line


def front_matter_schema() -> Schema:
    """Return the JSON Schema (draft-07) of an incident's front matter."""
    doc = "The front matter of an incident file."
    return schema_document(FRONT_MATTER, title="Incident", doc=doc)


class FrontMatter(NamedTuple):
    """The fields of Incident that the front matter gives, by name, and where `ended` stands."""

    fields: dict[str, Any]
    ended_at: Location


def read_front_matter(
    yaml: str,
    first_line: int,
    zone: ZoneInfo,
    components: Collection[str],
    problems: Collector,
) -> FrontMatter:
    """Read the front matter, which begins on `first_line`.

    A key that cannot be read is left out and reported; but what may have been meant to stay
    private does.
    """
    node, faults = parse_yaml(yaml, problems.path, first_line)
    is_cut_off = any(node is None or fault.code in CUT_OFF for fault in faults)
    for fault in faults:
        problems.add(fault, spoils=fault.code not in _HARMLESS)
    report = Report(zone)
    where = Location(problems.path, first_line, 1)
    values = FRONT_MATTER.read(node or Mapping((), where), report)
    for problem in report.problems:
        # Where the YAML breaks off, what is missing is most likely behind the break.
        if not (is_cut_off and problem.code == "missing-key"):
            problems.add(problem)
    if values is None:
        problems.readable = False
        return FrontMatter(_hidden(yaml), where)
    fields = {_ATTRIBUTE_OF[name]: value for name, value in values.by_name().items()}
    if named := values[COMPONENTS]:
        fields["components"] = tuple([one.affected for one in named])
        for one in named:
            report_unknown(one.affected.component, components, one.where, problems)
    if report.problems and any(map(values.is_wrong, _SPOILING)):
        problems.readable = False
    if not problems.readable:
        fields = _hidden(yaml) | fields
    _check_kind(values, problems)
    _check_windows(values, problems)
    return FrontMatter(fields, values.place(ENDED))


def _hidden(yaml: str) -> dict[str, Any]:
    """Return what keeps a file off the page whose front matter asks for that in its broken way."""
    fields: dict[str, Any] = {}
    if _ANY_DRAFT.search(yaml):
        fields["draft"] = True
    if audience_said(yaml) != PUBLIC:
        fields["audience"] = NOBODY
    return fields


def audience_said(yaml: str) -> str:
    """Return the audience of a file whose `audience` cannot be read: nobody, if it has one."""
    return NOBODY if _ANY_AUDIENCE.search(yaml) else PUBLIC


def _check_kind(values: Values, problems: Collector) -> None:
    """Report keys that this kind of file needs or cannot have."""
    kind = values[TYPE]
    if kind is Kind.MAINTENANCE:
        for field in (STARTS, ENDS):
            if not values.has(field) and not values.is_wrong(field):
                message = f"a maintenance without '{field.name}'"
                problems.spoil("missing-key", message, values.place(TYPE), field.doc)
        return
    if values[IMPACT] is Impact.MAINTENANCE:
        message, hint = "only a maintenance has this impact", "is 'type: maintenance' missing?"
        problems.error("bad-value", message, values.place(IMPACT), hint)
    misplaced: tuple[Field[Any], ...] = (STARTS, ENDS, REPEAT)
    for key in misplaced[2:] if kind is Kind.NOTICE else misplaced:
        if values.has(key):
            message = f"'{key.name}' has no meaning in {_ARTICLE[kind]} {kind}"
            hint = "is 'type: maintenance' missing?"
            problems.error("misplaced-key", message, values.place(key), hint)


def _check_windows(values: Values, problems: Collector) -> None:
    """Report an end that is not behind its beginning."""
    for first, last in ((STARTS, ENDS), (STARTED, ENDED)):
        start, end = values[first], values[last]
        if start and end and (end < start or (end == start and last is ENDS)):
            message = f"'{last.name}' is not after '{first.name}'"
            hint = "check day and month, and the zones"
            problems.spoil("ends-before-start", message, values.place(last), hint)
