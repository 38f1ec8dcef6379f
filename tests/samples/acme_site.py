"""A small page with something of everything, for the tests of what is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from html import escape
from itertools import chain
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from statusgen.content import localise
from statusgen.model import (
    Affected,
    Change,
    Component,
    ComponentStatus,
    Config,
    FormerName,
    Group,
    Incident,
    Kind,
    Notify,
    Page,
    StandIn,
    Status,
    Update,
    derive_code,
)
from statusgen.site.context import Output, Site, Source, Theme
from statusgen.site.feeds.calendar import render_calendar, render_component_calendar
from statusgen.site.feeds.feeds import render_component_feeds, render_feeds
from statusgen.site.lasting import incident_parts, records_by_incident
from statusgen.site.pages.component_pages import render_component
from statusgen.site.parts import feed_parts, parts_of
from statusgen.site.words.language import ENGLISH, Language
from statusgen.timeline import derive

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def at(text: str) -> datetime:
    """Return '2026-11-21 10:05' as a moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def update(  # noqa: PLR0913, PLR0917 (a test names what it is about)
    incident: str,
    status: Status,
    when: str,
    text: str = "",
    changes: Sequence[Change] = (),
    code: str = "",
    notify: Notify = Notify.YES,
) -> Update:
    """Return an update with the id that the reader would give it."""
    moment = at(when)
    return Update(
        id=code or derive_code(incident, moment.isoformat()),
        status=status,
        at=moment,
        text=text,
        changes=tuple(changes),
        code=code,
        notify=notify,
    )


CONFIG = Config(
    page=Page(name="Acme", url="https://status.acme.example", timezone="Europe/Berlin"),
    components=(
        Component(id="api", name="API", description="REST and GraphQL", since=date(2026, 1, 1)),
        Component(
            id="checkout",
            name="Checkout",
            group="payments",
            formerly=(FormerName("Payments - Till", at("2026-06-01 00:00")),),
        ),
        Component(id="refunds", name="Refunds", group="payments", created=at("2025-03-01 00:00")),
        Component(id="fax", name="Fax", until=date(2026, 3, 31)),
    ),
    groups=(Group(id="payments", name="Payments"),),
    layout=("api", "payments", "fax"),
)

OPEN = Incident(
    id="2026-11-21-cards",
    title="Card payments fail for <some> customers & shops",
    components=(Affected("checkout", ComponentStatus.MAJOR_OUTAGE), Affected("api")),
    updates=(
        update("2026-11-21-cards", Status.INVESTIGATING, "2026-11-21 10:05", "We are looking."),
        update(
            "2026-11-21-cards",
            Status.INVESTIGATING,
            "2026-11-21 10:20",
            "Still looking.\n\nSee [the log](log.html).",
            [Change("checkout", ComponentStatus.PARTIAL_OUTAGE)],
        ),
    ),
)

RESOLVED = Incident(
    id="2026-05-02-till",
    title="The till was closed",
    components=(Affected("checkout", ComponentStatus.DEGRADED_PERFORMANCE),),
    updates=(
        update("2026-05-02-till", Status.INVESTIGATING, "2026-05-02 08:00", "Closed."),
        update("2026-05-02-till", Status.MONITORING, "2026-05-02 08:30", "Open again."),
        update(
            "2026-05-02-till",
            Status.RESOLVED,
            "2026-05-02 09:00",
            "It stays open.",
            notify=Notify.NO,
        ),
        update("2026-05-02-till", Status.POSTMORTEM, "2026-05-04 09:00", "A key was lost."),
    ),
)

UPCOMING = Incident(
    id="2026-12-01-database",
    title="Database maintenance",
    kind=Kind.MAINTENANCE,
    summary="We move the database.",
    components=(Affected("checkout"), Affected("api")),
    starts=at("2026-12-01 22:00"),
    ends=at("2026-12-02 01:00"),
)

RUNNING = Incident(
    id="2026-11-21-refunds",
    title="Refunds are maintained",
    kind=Kind.MAINTENANCE,
    components=(Affected("refunds"),),
    starts=at("2026-11-21 11:30"),
    ends=at("2026-11-21 13:00"),
)

CANCELLED = Incident(
    id="2026-02-01-fax",
    title="Fax maintenance",
    kind=Kind.MAINTENANCE,
    components=(Affected("fax"),),
    starts=at("2026-02-01 10:00"),
    ends=at("2026-02-01 11:00"),
    updates=(update("2026-02-01-fax", Status.CANCELLED, "2026-01-31 10:00", "Not needed."),),
)

NOTICE = Incident(
    id="2026-11-20-api-v1",
    title="API v1 ends in spring",
    kind=Kind.NOTICE,
    updates=(update("2026-11-20-api-v1", Status.NOTICE, "2026-11-20 09:00", "Use v2."),),
)

UNREADABLE = Incident(
    id="2026-11-19-broken",
    title="2026-11-19-broken",
    created=at("2026-11-19 00:00"),
    stand_in=StandIn(raw="---\ntitle: [\n"),
)

EVERYTHING = (OPEN, RESOLVED, UPCOMING, RUNNING, CANCELLED, NOTICE)


def markdown(text: str) -> str:
    """Make the HTML that Markdown makes of paragraphs and of one kind of link."""
    linked = escape(text, quote=False).replace(
        "[the log](log.html)", '<a href="log.html">the log</a>'
    )
    return "\n".join(f"<p>{part}</p>" for part in linked.split("\n\n") if part)


class _Compiled(BytecodeCache):
    """Keeps compiled templates for all sites of a run, which differ by language only."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get(_key_of(bucket))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code:
            self._codes[_key_of(bucket)] = bucket.code


def _key_of(bucket: Bucket) -> tuple[str, str, str]:
    page: Any = bucket.environment.globals["page"]
    return page.language.code, bucket.key, bucket.checksum


@cache
def theme() -> Theme:
    """Return the default theme from the checkout."""
    folder = ROOT / "site-template"
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    texts = {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in files}
    return Theme(texts, bytecode=_Compiled())


def site_of(
    incidents: Iterable[Incident] = EVERYTHING,
    config: Config = CONFIG,
    now: datetime = NOW,
) -> Site:
    """Return the site that these incidents make at a moment."""
    return Site(
        history=derive(config, tuple(incidents), now),
        theme=theme(),
        markdown=markdown,
        source=Source(commit="0123456789abcdef"),
        version="1.2.3",
    )


GERMAN = replace(ENGLISH, code="de", name="Deutsch")
ARABIC = replace(ENGLISH, code="ar", name="العربية", direction="rtl")


def sites_of(
    incidents: Iterable[Incident] = EVERYTHING,
    config: Config = CONFIG,
    now: datetime = NOW,
    languages: tuple[Language, ...] = (ENGLISH, GERMAN, ARABIC),
) -> list[Site]:
    """Return the site that these incidents make in each language; all have English words."""
    page = config.page._replace(languages=tuple(one.code for one in languages))
    sites = []
    for language in languages:
        found = localise(config._replace(page=page), tuple(incidents), language.code)
        plain = site_of(found.incidents, found.config, now)
        of_one = replace(plain, language=language, languages=languages, foreign=found.foreign)
        sites.append(of_one)
    return sites


def every_part(site: Site) -> list[Callable[[], Iterable[Output]]]:
    """Return the makers of all files of a site."""
    incidents = incident_parts(site, records_by_incident(site))
    parts = (*chain.from_iterable(parts_of(site)), *feed_parts(site), *incidents)
    return [part.make for part in parts]


def feeds_of(site: Site) -> list[Output]:
    """Return the feeds of a page and of its components."""
    own = (render_component_feeds(site, one) for one in site.config.components)
    return [*render_feeds(site), *chain.from_iterable(own)]


def calendars_of(site: Site) -> list[Output]:
    """Return the calendars of a page and of its components."""
    own = (render_component_calendar(site, one) for one in site.config.components)
    return [render_calendar(site), *own]


def component_pages_of(site: Site) -> list[Output]:
    """Return the pages of all components."""
    return [render_component(site, one) for one in site.config.components]


def whole_site(site: Site) -> dict[str, bytes]:
    """Return every file of a site by its path."""
    return by_path(output for part in every_part(site) for output in part())


def by_path(outputs: Iterable[Output]) -> dict[str, bytes]:
    """Return outputs by their path; a path twice is a defect."""
    listed = list(outputs)
    found = dict(listed)
    assert len(found) == len(listed)
    return found
