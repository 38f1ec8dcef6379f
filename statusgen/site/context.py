"""What every output is made from, and the addresses that they agree on.

A module below `site` takes a `Site` and yields `Output`s; it knows of no disk, clock or
environment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from statusgen.model import PUBLIC, Component, Config, TextPage
from statusgen.site.words.language import ENGLISH, Language
from statusgen.timeline import History
from statusgen.timeline.record import Record

if TYPE_CHECKING:
    from jinja2 import BytecodeCache  # 50 ms to import: only the pages pay for it

Output = tuple[str, bytes]
"""A path below the output folder, with '/' between its parts, and the content."""


ACCESSIBILITY = "accessibility"
"""The statement that every site has; the one page of ours that a page of text may be instead."""

RESERVED = frozenset(
    (
        *("404.html", "503.html", "_headers", "index.html"),
        *(ACCESSIBILITY, "api", "assets", "components", "embed", "history", "hosting"),
        *("maintenance", "subscribe", "uptime"),
    ),
)
"""What stands at the top of the site, where no alias of an incident can take a place."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where the input came from; `commit` is empty outside Git."""

    commit: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Theme:
    """Templates and stylesheets by their path below `site-template/`.

    `own` is the page repository's folder, laid over `default` file by file; a template of `own`
    reaches the one it replaces by `{% extends "default:NAME" %}`. `bytecode` may keep compiled
    templates between builds.
    """

    default: Mapping[str, str]
    own: Mapping[str, str] = field(default_factory=dict)
    bytecode: BytecodeCache | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """One page at one moment, with all that its files are rendered from.

    `assets` are the brand's files by their path in the page repository. `markdown` makes safe HTML
    of an author's text; the caller remembers its results. `language` is what the interface speaks.
    `languages` are all that the page has, the main one first, and none on a page of one language:
    each has a site of its own. `foreign` are texts of config.yml that are not in this one's.
    `pages` are those of text, in the order of their links. `draw` makes PNG of SVG, where there is
    what can. `audience` is whom the site is for.

    `folder` is where the pages of this language stand below the root: '', or 'de/' if it is not the
    main one. `home` is the absolute address of its front page, with a slash at its end.
    """

    history: History
    theme: Theme
    markdown: Callable[[str], str]
    assets: Mapping[str, bytes] = field(default_factory=dict)
    source: Source = Source()
    version: str = ""
    language: Language = ENGLISH
    languages: tuple[Language, ...] = ()
    foreign: frozenset[str] = frozenset()
    pages: tuple[TextPage, ...] = ()
    draw: Callable[[str], bytes] | None = None
    audience: str = PUBLIC
    folder: str = field(init=False)
    home: str = field(init=False)

    def __post_init__(self) -> None:
        """Put together what each address begins with; there are tens of thousands."""
        object.__setattr__(self, "folder", self.folder_of(self.language))
        object.__setattr__(self, "home", self.url + self.folder)

    @property
    def config(self) -> Config:
        return self.history.config

    @property
    def is_public(self) -> bool:
        return self.audience == PUBLIC

    @property
    def zone(self) -> ZoneInfo:
        return self.history.zone

    @property
    def today(self) -> date:
        """The day in the page's zone."""
        return self.history.today

    @property
    def url(self) -> str:
        """The absolute address of the site's root, with a slash at its end."""
        return f"{self.config.page.url}/"

    def folder_of(self, language: Language) -> str:
        """Return where the pages of one of the page's languages stand below the root."""
        is_main = not self.languages or language.code == self.languages[0].code
        return "" if is_main else f"{language.code}/"


class Part(NamedTuple):
    """Files that are made together.

    If it says what `also` they are made from, they stay the same once all of their `records` are
    over: they are made from these, the site's settings, that, and how the components in `named`
    are now. If not, they are made in every build.
    """

    make: Callable[[], Iterable[Output]]
    records: tuple[Record, ...] = ()
    also: str = ""
    named: tuple[str, ...] = ()


# ── addresses ─────────────────────────────────────────────────────────────────────────────────


def placed(site: Site, output: Output) -> Output:
    """Return an output where the site's language has its place."""
    path, content = output
    return site.folder + path, content


def incident_path(record: Record) -> str:
    """Return the folder of a record's page: 'incidents/<id>/'."""
    return f"incidents/{record.incident.id}/"


def anchor_of(record: Record) -> str:
    """Return '#<date>' for an occurrence of a recurring maintenance, else ''."""
    if "@" not in record.id:
        return ""
    return f"#{record.id.partition('@')[2]}"


def record_link(record: Record) -> str:
    """Return the file of a record's page below `home`, and the anchor if it has one."""
    return f"{incident_path(record)}index.html{anchor_of(record)}"


def update_anchor(update_id: str) -> str:
    """Return the fragment of an update on its record's page, with the '#'."""
    return f"#update-{update_id}"


def record_url(site: Site, record: Record) -> str:
    """Return the absolute address of a record."""
    return f"{site.home}{incident_path(record)}{anchor_of(record)}"


def update_url(site: Site, record: Record, update_id: str) -> str:
    """Return the absolute address of one update of a record."""
    return f"{site.home}{incident_path(record)}{update_anchor(update_id)}"


def component_path(component_id: str) -> str:
    """Return the folder of a component's page: 'components/<id>/'; groups have no page."""
    return f"components/{component_id}/"


def component_url(site: Site, component: Component) -> str:
    """Return the absolute address of a component's page."""
    return f"{site.home}{component_path(component.id)}"


def up_to_root(path: str) -> str:
    """Return the relative way from a file of the site to its root: '' or '../' for each folder."""
    return "../" * path.count("/")
