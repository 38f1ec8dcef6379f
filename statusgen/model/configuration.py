"""What config.yml says: the page, what can be up or down, and how uptime is counted."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

from statusgen.model.channels import Channel, LedgerPlace, Subscribers
from statusgen.model.coaching import Coaching
from statusgen.model.states import ComponentStatus, Impact
from statusgen.model.targets import Target


class Translated(NamedTuple):
    """A text of config.yml in a language that is not the main one; `field` is what it stands for.

    That is a field of the Page, Component or Group that holds it.
    """

    field: str
    language: str
    text: str


class Page(NamedTuple):
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


class Brand(NamedTuple):
    """What makes the page the operator's own: paths below the page repository, colours, links."""

    logo: str = ""
    logo_dark: str = ""
    favicon: str = ""
    accent: str = ""
    accent_dark: str = ""
    stylesheet: str = ""
    links: tuple[Link, ...] = ()


class Objective(NamedTuple):
    """Where a component's uptime comes from, and what it should be, in percent."""

    source: str = "incidents"
    objective: float | None = None


class Probe(NamedTuple):
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


class Component(NamedTuple):
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


class Group(NamedTuple):
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


class UptimeRule(NamedTuple):
    """How much of a second each status takes away, in percent.

    A name stands on the page beside every figure: `statuspage` (partial 30, major 100),
    `incident-io` (both 100) or `custom`.
    """

    name: str = "statuspage"
    degraded: int = 0
    partial: int = 30
    major: int = 100


_LONG = timedelta(hours=2)


class Cadence(NamedTuple):
    """How soon what is owed falls due; zero is never.

    Those of an impact are from one update of an open incident to the next, `postmortem` is from the
    resolution of a major or critical one. `reminder` is how long before a maintenance people are
    told once more.
    """

    critical: timedelta = timedelta(minutes=15)
    major: timedelta = timedelta(minutes=30)
    minor: timedelta = timedelta(hours=1)
    postmortem: timedelta = timedelta(hours=72)
    reminder: timedelta = timedelta(hours=1)

    def interval(self, impact: Impact, open_for: timedelta = timedelta(0)) -> timedelta:
        """Return how long readers may be left without an update; zero is for ever.

        `open_for` matters where the moment of the next update is promised: after two hours that may
        be twice as long.
        """
        match impact:
            case Impact.CRITICAL:
                usual = self.critical
            case Impact.MAJOR:
                usual = self.major
            case Impact.MINOR:
                usual = self.minor
            case _:
                return timedelta(0)
        return usual if open_for < _LONG else 2 * usual


class EmailList(NamedTuple):
    """How readers subscribe by e-mail: by a form that is sent to `action`, or on another page."""

    action: str = ""
    field: str = "email"
    link: str = ""


class Subscribe(NamedTuple):
    """What readers may subscribe to, beside feeds."""

    email: EmailList | None = None


class Config(NamedTuple):
    """A whole config.yml. `components` and `groups` stand in the order of the file.

    `layout` is the order at the top level: group ids and the ids of components without a group.
    `quorum` is how many of the targets in `publish` must have a build; None is all of them.
    `notify` are the channels, and `ledger` is where it is kept who was told what.
    """

    page: Page
    brand: Brand = Brand()
    components: tuple[Component, ...] = ()
    groups: tuple[Group, ...] = ()
    layout: tuple[str, ...] = ()
    uptime: UptimeRule = UptimeRule()
    subscribe: Subscribe = Subscribe()
    cadence: Cadence = Cadence()
    coach: Coaching = Coaching()
    publish: tuple[Target, ...] = ()
    quorum: int | None = None
    notify: tuple[Channel, ...] = ()
    ledger: LedgerPlace | None = None
    subscribers: Subscribers | None = None
