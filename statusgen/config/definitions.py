"""Every key of config.yml, once: the reader, the JSON Schema and docs/config.md come from here.

A new key is a field here (or in the module of its part beside this one), an attribute in `model/`,
and a line in `write.py`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from statusgen.config.brand import BRAND
from statusgen.config.cadence import CADENCE
from statusgen.config.coaching import CoachSwitches
from statusgen.config.components import (
    ComponentOrGroup,
    PlacedComponent,
    PlacedGroup,
    translations_of,
)
from statusgen.config.ledger import LEDGER
from statusgen.config.notify import CHANNELS
from statusgen.config.publish import TARGETS
from statusgen.config.subscribe import SUBSCRIBE
from statusgen.config.subscribers import SUBSCRIBERS
from statusgen.model import (
    Brand,
    Cadence,
    Channel,
    Coaching,
    LedgerPlace,
    MailChannel,
    Page,
    Subscribe,
    Subscribers,
    Target,
    UptimeRule,
)
from statusgen.reading.fields import (
    Field,
    ListOf,
    Report,
    Schema,
    Shape,
    Values,
    defaulted,
    found,
    optional,
    required,
)
from statusgen.reading.languages import NO_TEXT, InLanguages
from statusgen.reading.nodes import Mapping, Node
from statusgen.reading.scalars import DATE, TEXT, TIME, TITLE, Choice, Int
from statusgen.reading.words import CODE, FILLED_LINK, LANGUAGE, LINK, PAGE_URL, ZONE

# ── page ──────────────────────────────────────────────────────────────────────────────────────

_NAME = required("name", InLanguages(TITLE), "Whose status page this is.")
_URL = required("url", PAGE_URL, "Where the page is published; a path below the host is fine.")
TIMEZONE = defaulted("timezone", ZONE, "The zone of days, and of times that name none.", "UTC")
LANGUAGES = defaulted(
    "languages",
    ListOf(LANGUAGE, at_least=1, unique=True),
    "The languages of the page, the main one first.",
    ("en",),
)
_DESCRIPTION = defaulted(
    "description", InLanguages(TEXT), "What the page's readers use, in a sentence.", NO_TEXT
)
_SUPPORT = defaulted(
    "support", InLanguages(LINK), "The contact that stands on every page.", NO_TEXT
)
_REPORT = defaulted(
    "report",
    InLanguages(FILLED_LINK),
    "Where readers report a problem: an e-mail address, a form or a form for new issues.",
    NO_TEXT,
)
_FEEDBACK = defaulted(
    "feedback",
    InLanguages(FILLED_LINK),
    "Where readers say whether an incident's updates were helpful, in the same ways.",
    NO_TEXT,
)
_SINCE = optional("since", DATE, "The first day that counts for uptime.")
_STALE_AFTER = defaulted(
    "stale_after",
    Int(0, 10_080),
    "So many minutes late a page may be renewed before it says that it may be out of date; `0`: it "
    "never says so, because only pushes renew it.",
    60,
)
_CODE = defaulted("code", CODE, "The id of the page in a hosted status page's API.", "")
_UPDATED = optional("updated", TIME, "When the page was last changed, for the API.")


def _build_page(values: Values) -> Page | None:
    name, url = values[_NAME], values[_URL]
    if name is None or url is None:
        return None
    description, support = values[_DESCRIPTION], values[_SUPPORT]
    report, feedback = values[_REPORT], values[_FEEDBACK]
    return Page(
        name=name.main,
        url=url.rstrip("/"),
        timezone=values[TIMEZONE],
        languages=values[LANGUAGES],
        description=description.main,
        support=support.main,
        report=report.main,
        feedback=feedback.main,
        since=values[_SINCE],
        stale_after=values[_STALE_AFTER],
        code=values[_CODE],
        updated=values[_UPDATED],
        translations=translations_of(
            name=name,
            description=description,
            support=support,
            report=report,
            feedback=feedback,
        ),
    )


PAGE = Shape(
    "the page",
    (
        *(_NAME, _URL, TIMEZONE, LANGUAGES, _DESCRIPTION),
        *(_SUPPORT, _REPORT, _FEEDBACK, _SINCE, _STALE_AFTER, _CODE, _UPDATED),
    ),
    _build_page,
)

# ── uptime ────────────────────────────────────────────────────────────────────────────────────


class Rule(StrEnum):
    """The names of the uptime rules."""

    STATUSPAGE = "statuspage"
    INCIDENT_IO = "incident-io"
    CUSTOM = "custom"


_PERCENT = Int(0, 100)
_RULE: Field[Rule] = defaulted(
    "rule",
    Choice(*Rule),
    "How outages count: `statuspage` (partial 30 %), `incident-io` (partial 100 %) or `custom`.",
    Rule.STATUSPAGE,
)
_DEGRADED = defaulted(
    "degraded",
    _PERCENT,
    "How much of a second degraded performance takes away, in percent (`custom` only).",
    0,
)
_PARTIAL = defaulted("partial", _PERCENT, "The same for a partial outage (`custom` only).", 30)
_MAJOR = defaulted("major", _PERCENT, "The same for a major outage (`custom` only).", 100)
_WEIGHTS = (_DEGRADED, _PARTIAL, _MAJOR)


_RULES = {
    Rule.STATUSPAGE: UptimeRule(Rule.STATUSPAGE.value, degraded=0, partial=30, major=100),
    Rule.INCIDENT_IO: UptimeRule(Rule.INCIDENT_IO.value, degraded=0, partial=100, major=100),
}


def _build_rule(values: Values) -> UptimeRule:
    rule = _RULES.get(values[_RULE])
    if rule is None:
        weights = (values[_DEGRADED], values[_PARTIAL], values[_MAJOR])
        return UptimeRule(Rule.CUSTOM.value, *weights)
    for field in _WEIGHTS:
        if values.has(field):
            message = f"the rule '{rule.name}' has its own weights"
            hint = "delete the line, or write 'rule: custom'"
            values.report.error("bad-value", message, values.place(field), hint)
    return rule


UPTIME_RULE = Shape(
    "the uptime rule",
    (_RULE, *_WEIGHTS),
    _build_rule,
    extra={
        "if": {"required": ["rule"], "properties": {"rule": {"const": Rule.CUSTOM.value}}},
        "else": {"properties": {field.name: {"type": "null"} for field in _WEIGHTS}},
    },
)

# ── the whole file ────────────────────────────────────────────────────────────────────────────


class AnyMapping:
    """A mapping whose keys are not looked at yet."""

    words = "a mapping"

    def read(self, node: Node, report: Report) -> Mapping | None:
        if not isinstance(node, Mapping):
            message = f"expected a mapping, found {found(node)}"
            report.error("wrong-type", message, node.where, "write 'key: value' below it, indented")
            return None
        return node

    def schema(self) -> Schema:
        return {"type": "object"}


class ConfigParts(NamedTuple):
    """What config.yml says, before ids are compared."""

    page: Page
    brand: Brand
    items: tuple[PlacedComponent | PlacedGroup, ...]
    uptime: UptimeRule
    subscribe: Subscribe
    cadence: Cadence
    coach: Coaching
    publish: tuple[Target, ...]
    quorum: int | None
    notify: tuple[Channel, ...]
    ledger: LedgerPlace | None
    subscribers: Subscribers | None


PAGE_KEY = required("page", PAGE, "The page itself.")
BRAND_KEY = defaulted("brand", BRAND, "What makes the page yours.", Brand())
_COMPONENTS: Field[tuple[PlacedComponent | PlacedGroup, ...]] = defaulted(
    "components",
    ListOf[PlacedComponent | PlacedGroup](ComponentOrGroup()),
    "What can be up or down, in the order of the page; groups hold components.",
    (),
)
_UPTIME = defaulted("uptime", UPTIME_RULE, "How uptime is counted.", UptimeRule())
_SUBSCRIBE = defaulted("subscribe", SUBSCRIBE, "How readers are told, beside feeds.", Subscribe())
_CADENCE = defaulted("cadence", CADENCE, "How soon what is owed falls due.", Cadence())
_COACH = defaulted("coach", CoachSwitches(), "How much the coach's rules weigh here.", Coaching())
_ALERTS = defaulted("alerts", ListOf(AnyMapping()), "Which alerts touch which component.", ())
_PUBLISH: Field[tuple[Target, ...]] = defaulted(
    "publish", TARGETS, "The targets that the page is published to.", ()
)
_QUORUM = optional(
    "quorum", Int(1, 100), "So many targets must have a build; without it, all of them."
)
_NOTIFY: Field[tuple[Channel, ...]] = defaulted(
    "notify", CHANNELS, "The channels by which people are told.", ()
)
_LEDGER = optional("ledger", LEDGER, "Where it is written down who was told what.")
_SUBSCRIBERS = optional("subscribers", SUBSCRIBERS, "Addresses, encrypted, of who gets mail.")


def _build_parts(values: Values) -> ConfigParts | None:
    page = values[PAGE_KEY]
    if page is None:
        return None
    _check_quorum(values)
    _check_channels(values)
    return ConfigParts(
        page=page,
        brand=values[BRAND_KEY],
        items=values[_COMPONENTS],
        uptime=values[_UPTIME],
        subscribe=values[_SUBSCRIBE],
        coach=values[_COACH],
        cadence=values[_CADENCE],
        publish=values[_PUBLISH],
        quorum=values[_QUORUM],
        notify=values[_NOTIFY],
        ledger=values[_LEDGER],
        subscribers=values[_SUBSCRIBERS],
    )


def _check_quorum(values: Values) -> None:
    """Report a quorum that lets no target fail, as when one has gone."""
    quorum, targets = values[_QUORUM], len(values[_PUBLISH])
    if quorum is not None and 0 < targets < quorum and not values.is_wrong(_PUBLISH):
        message = f"a quorum of {quorum}, and {targets} target{'s' * (targets != 1)}"
        hint = "all of them must have a build then; lower it, so that one may fail"
        values.report.warn("quorum", message, values.place(_QUORUM), hint)


def _check_channels(values: Values) -> None:
    """Report what channels need and the file does not have."""
    channels, where = values[_NOTIFY], values.place(_NOTIFY)
    if channels and not values.has(_LEDGER) and not values.is_wrong(_LEDGER):
        message = "channels, and no 'ledger' to remember who was told what"
        values.report.error("missing-key", message, where, "write ledger: {path: FOLDER}")
    wants = next(
        (one for one in channels if isinstance(one, MailChannel) and one.subscribers), None
    )
    if wants and not values.has(_SUBSCRIBERS) and not values.is_wrong(_SUBSCRIBERS):
        message = f"channel '{wants.name}' is for subscribers, and there is no 'subscribers'"
        values.report.error("no-subscribers", message, where, _SUBSCRIBERS.doc)


CONFIG = Shape(
    "the configuration",
    (
        *(PAGE_KEY, BRAND_KEY, _COMPONENTS, _UPTIME, _SUBSCRIBE),
        *(_CADENCE, _COACH, _ALERTS, _PUBLISH, _QUORUM, _NOTIFY, _LEDGER, _SUBSCRIBERS),
    ),
    _build_parts,
    extra={
        "if": {"required": ["notify"], "properties": {"notify": {"minItems": 1, "type": "array"}}},
        "then": {"required": ["ledger"], "properties": {"ledger": {"type": "object"}}},
    },
)
