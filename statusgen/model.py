"""The nouns of a status page, frozen.

Times are aware and in UTC. Texts are Markdown unless a field says otherwise. What is read in
thousands (an incident and its updates) is a NamedTuple: as frozen as a dataclass, and three times
as fast to make.

    Config ── Page, Brand, UptimeRule, Subscribe
       ├──── Group ◂─ Component ── Objective, Probe, FormerName, Override
    Incident ── Affected            what the file says of the whole
       ├──── Update ── Change       what happened when
       └──── Translation            the same in other words
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

# ── enums ─────────────────────────────────────────────────────────────────────────────────────


class ComponentStatus(StrEnum):
    """The state of a component; the members stand in the order of severity."""

    OPERATIONAL = "operational"
    UNDER_MAINTENANCE = "under_maintenance"
    DEGRADED_PERFORMANCE = "degraded_performance"
    PARTIAL_OUTAGE = "partial_outage"
    MAJOR_OUTAGE = "major_outage"


SEVERITY: dict[ComponentStatus, int] = {status: rank for rank, status in enumerate(ComponentStatus)}


class Kind(StrEnum):
    """What an incident file is about: its `type`."""

    INCIDENT = "incident"
    MAINTENANCE = "maintenance"
    NOTICE = "notice"


class Status(StrEnum):
    """What an update says: an incident's words, then a maintenance's, then a notice's."""

    INVESTIGATING = "investigating"
    IDENTIFIED = "identified"
    MONITORING = "monitoring"
    RESOLVED = "resolved"
    POSTMORTEM = "postmortem"

    SCHEDULED = "scheduled"
    IN_PROGRESS = "in_progress"
    VERIFYING = "verifying"
    COMPLETED = "completed"
    CANCELLED = "cancelled"  # Statuspage has no word for it: its API says completed

    NOTICE = "notice"

    @property
    def label(self) -> str:
        """The word as headings and feeds write it: 'In progress'."""
        return self.value.replace("_", " ").capitalize()


STATUSES: dict[Kind, tuple[Status, ...]] = {
    Kind.INCIDENT: (
        Status.INVESTIGATING,
        Status.IDENTIFIED,
        Status.MONITORING,
        Status.RESOLVED,
        Status.POSTMORTEM,
    ),
    Kind.MAINTENANCE: (
        Status.SCHEDULED,
        Status.IN_PROGRESS,
        Status.VERIFYING,
        Status.COMPLETED,
        Status.CANCELLED,
        Status.POSTMORTEM,
    ),
    Kind.NOTICE: (Status.NOTICE,),
}
"""The statuses that an update of each kind may have; `Update` in a heading keeps the one before."""

CLOSING: frozenset[Status] = frozenset(
    {Status.RESOLVED, Status.POSTMORTEM, Status.COMPLETED, Status.CANCELLED},
)
"""After an update of one of these, the incident or the maintenance is over."""


class Impact(StrEnum):
    """How bad it is or was, as a whole; the members stand in the order of severity."""

    NONE = "none"
    MAINTENANCE = "maintenance"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"


IMPACT_OF: dict[ComponentStatus, Impact] = {
    ComponentStatus.OPERATIONAL: Impact.NONE,
    ComponentStatus.UNDER_MAINTENANCE: Impact.NONE,
    ComponentStatus.DEGRADED_PERFORMANCE: Impact.MINOR,
    ComponentStatus.PARTIAL_OUTAGE: Impact.MAJOR,
    ComponentStatus.MAJOR_OUTAGE: Impact.CRITICAL,
}
"""What the worst component status implies where no impact is written."""

STATUS_OF: dict[Impact, ComponentStatus] = {
    Impact.NONE: ComponentStatus.OPERATIONAL,
    Impact.MAINTENANCE: ComponentStatus.UNDER_MAINTENANCE,
    Impact.MINOR: ComponentStatus.DEGRADED_PERFORMANCE,
    Impact.MAJOR: ComponentStatus.PARTIAL_OUTAGE,
    Impact.CRITICAL: ComponentStatus.MAJOR_OUTAGE,
}
"""What a component gets that is listed without a status."""


class Notify(StrEnum):
    """Whether subscribers are told of an update."""

    YES = "yes"
    NO = "no"
    AGAIN = "again"


# ── an incident file ──────────────────────────────────────────────────────────────────────────


class Change(NamedTuple):
    """What an update says of one component.

    `before` is written by imports only, where the source's own old status is not the one that
    follows from the updates before.
    """

    component: str
    status: ComponentStatus
    before: ComponentStatus | None = None


class Update(NamedTuple):
    """One entry in the course of an incident, a maintenance or a notice.

    `id` is twelve characters of [0-9a-z]: `code` where the file has one, else derived from the
    incident's id and `at`, so that correcting the text keeps it. `created`, `updated`, `tweet_id`
    and `custom_tweet` carry what an import found and nothing else could tell.
    """

    id: str
    status: Status
    at: datetime
    text: str = ""
    changes: tuple[Change, ...] = ()
    next_update: datetime | None = None
    eta: datetime | None = None
    impact: Impact | None = None
    notify: Notify = Notify.YES
    author: str = ""
    code: str = ""
    created: datetime | None = None
    updated: datetime | None = None
    tweet_id: str = ""
    custom_tweet: str = ""


class Affected(NamedTuple):
    """A component in the front matter; without a status it gets the one that fits the impact."""

    component: str
    status: ComponentStatus | None = None


class Translation(NamedTuple):
    """An incident's texts in a language that is not the page's main one, as far as there are any.

    `texts` are those of updates, by their ids; `path` is the file.
    """

    language: str
    path: str = ""
    title: str = ""
    summary: str = ""
    texts: tuple[tuple[str, str], ...] = ()


class StandIn(NamedTuple):
    """Says that an incident is not what its file says today, because that could not be read.

    `commit` names the older version that was read instead; where there was none it is empty, and
    `raw` is the file's text as far as it is text at all.
    """

    raw: str = ""
    commit: str = ""


class Incident(NamedTuple):
    """What one file says: an incident, a maintenance (perhaps recurring) or a notice.

    `updates` stand oldest first. `impact` is None where the file leaves it out. `started`,
    `detected` and `ended` are the real window where it differs from the updates; `starts`, `ends`
    and `repeat` (an RRULE) are a maintenance's window, or the time a notice is shown.
    `translations` are sorted by language. On a page in a language that is not the main one,
    `foreign` are the texts that are not in it.
    """

    id: str
    title: str
    kind: Kind = Kind.INCIDENT
    path: str = ""
    summary: str = ""
    impact: Impact | None = None
    components: tuple[Affected, ...] = ()
    updates: tuple[Update, ...] = ()
    started: datetime | None = None
    detected: datetime | None = None
    ended: datetime | None = None
    starts: datetime | None = None
    ends: datetime | None = None
    repeat: str = ""
    cause: str = ""
    upstream: str = ""
    tags: tuple[str, ...] = ()
    draft: bool = False
    pin: bool = False
    audience: str = "public"
    aliases: tuple[str, ...] = ()
    code: str = ""
    created: datetime | None = None
    updated: datetime | None = None
    stand_in: StandIn | None = None
    translations: tuple[Translation, ...] = ()
    foreign: frozenset[str] = frozenset()


# ── a page of text ────────────────────────────────────────────────────────────────────────────


class Place(StrEnum):
    """Where the other pages link to a page of text."""

    HEADER = "header"
    FOOTER = "footer"
    NOWHERE = "nowhere"


class TextPage(NamedTuple):
    """A page of the operator's own, such as questions and answers, in one language.

    `label` is what links to it say, and `order` its place among them.
    """

    id: str
    title: str
    language: str
    path: str = ""
    description: str = ""
    text: str = ""
    label: str = ""
    place: Place = Place.FOOTER
    order: int = 0


# ── config.yml ────────────────────────────────────────────────────────────────────────────────


class Translated(NamedTuple):
    """A text of config.yml in a language that is not the main one; `field` is what it stands for.

    That is a field of the Page, Component or Group that holds it.
    """

    field: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """The page itself, in the first of its `languages`.

    `since` is the first day that counts for components without their own.
    `stale_after` is how many minutes late it may be renewed before it says so; 0 is never.
    `report` and `feedback` are addresses in which names in braces are still to be filled in.
    """

    name: str
    url: str
    timezone: str = "UTC"
    languages: tuple[str, ...] = ("en",)
    description: str = ""
    support: str = ""
    report: str = ""
    feedback: str = ""
    since: date | None = None
    stale_after: int = 60
    code: str = ""
    updated: datetime | None = None
    translations: tuple[Translated, ...] = ()


class Link(NamedTuple):
    """A link of the operator's own."""

    label: str
    url: str
    translations: tuple[Translated, ...] = ()


@dataclass(frozen=True, slots=True)
class Brand:
    """What makes the page the operator's own: paths below the page repository, colours, links."""

    logo: str = ""
    logo_dark: str = ""
    favicon: str = ""
    accent: str = ""
    accent_dark: str = ""
    stylesheet: str = ""
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Objective:
    """Where a component's uptime comes from, and what it should be, in percent."""

    source: str = "incidents"
    objective: float | None = None


@dataclass(frozen=True, slots=True)
class Probe:
    """A request that tells whether a component works; `timeout` in seconds."""

    url: str
    expect: int = 200
    timeout: float = 10.0


class FormerName(NamedTuple):
    """The name (with its group: 'Group - Name') that a component had up to and at `until`."""

    name: str
    until: datetime


class Override(NamedTuple):
    """A status set by hand at a moment; it counts until a later update names the component."""

    status: ComponentStatus
    at: datetime


@dataclass(frozen=True, slots=True)
class Component:
    """One thing that can be up or down. It counts from `since` to `until`, both whole days.

    `position`, `order`, `created`, `updated`, `formerly` and `override` keep what an import found;
    a page written by hand needs none of them.
    """

    id: str
    name: str
    description: str = ""
    group: str = ""
    since: date | None = None
    until: date | None = None
    uptime: Objective = Objective()
    probe: Probe | None = None
    showcase: bool = True
    only_show_if_degraded: bool = False
    code: str = ""
    position: int | None = None
    order: int | None = None
    created: datetime | None = None
    updated: datetime | None = None
    formerly: tuple[FormerName, ...] = ()
    override: Override | None = None
    translations: tuple[Translated, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Components under one name; its status is its worst child's."""

    id: str
    name: str
    description: str = ""
    showcase: bool = False
    code: str = ""
    position: int | None = None
    order: int | None = None
    created: datetime | None = None
    updated: datetime | None = None
    translations: tuple[Translated, ...] = ()


@dataclass(frozen=True, slots=True)
class UptimeRule:
    """How much of a second each status takes away, in percent.

    A name stands on the page beside every figure: `statuspage` (partial 30, major 100),
    `incident-io` (both 100) or `custom`.
    """

    name: str = "statuspage"
    degraded: int = 0
    partial: int = 30
    major: int = 100


@dataclass(frozen=True, slots=True)
class EmailList:
    """How readers subscribe by e-mail: by a form that is sent to `action`, or on another page."""

    action: str = ""
    field: str = "email"
    link: str = ""


@dataclass(frozen=True, slots=True)
class Subscribe:
    """What readers may subscribe to, beside feeds."""

    email: EmailList | None = None


@dataclass(frozen=True, slots=True)
class Config:
    """A whole config.yml. `components` and `groups` stand in the order of the file.

    `layout` is the order at the top level: group ids and the ids of components without a group.
    """

    page: Page
    brand: Brand = Brand()
    components: tuple[Component, ...] = ()
    groups: tuple[Group, ...] = ()
    layout: tuple[str, ...] = ()
    uptime: UptimeRule = UptimeRule()
    subscribe: Subscribe = Subscribe()


# ── codes ─────────────────────────────────────────────────────────────────────────────────────

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_PAIRS = tuple(first + second for first in _DIGITS for second in _DIGITS)
_CODES = 36**12


def derive_code(*parts: str) -> str:
    """Return twelve characters of [0-9a-z], as Statuspage's ids are, for ever the same for `parts`.

    They are the last twelve digits to base 36 of the SHA-256 of the parts, joined by newlines.
    """
    number = int.from_bytes(hashlib.sha256("\n".join(parts).encode()).digest()[:10], "big")
    number %= _CODES
    pairs = []
    for _ in range(6):
        number, pair = divmod(number, len(_PAIRS))
        pairs.append(_PAIRS[pair])
    return "".join(reversed(pairs))
