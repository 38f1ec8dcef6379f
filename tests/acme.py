"""Acme's status page, made of values: what tests of the outputs share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from html import escape
from pathlib import Path

from statusgen.model import (
    Affected,
    Component,
    ComponentStatus,
    Config,
    Group,
    Incident,
    Page,
    Status,
    Update,
    derive_code,
)
from statusgen.site.context import Site, Theme
from statusgen.timeline import derive

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
ROOT = Path(__file__).parents[1]

CONFIG = Config(
    page=Page(
        name="Acme",
        url="https://status.acme.example",
        timezone="Europe/Berlin",
        support="https://acme.example/support",
        since=date(2026, 1, 1),
    ),
    components=(
        Component(id="api", name="API", description="REST and GraphQL"),
        Component(id="checkout", name="Checkout", group="payments"),
        Component(id="payouts", name="Payouts", group="payments"),
    ),
    groups=(Group(id="payments", name="Payments"),),
    layout=("api", "payments"),
)


def at(text: str) -> datetime:
    """Return a moment in UTC: at("2026-11-21 10:05")."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def update(
    incident: str,
    status: Status,
    when: str,
    text: str = "Text.",
    **fields: object,
) -> Update:
    """Return an update whose id is as a file would have it."""
    moment = at(when)
    code = derive_code(incident, moment.isoformat())
    return Update(id=code, status=status, at=moment, text=text)._replace(**fields)


def incident(id_: str, *course: tuple[Status, str], **fields: object) -> Incident:
    """Return an incident with an update for each (status, time) of its course."""
    updates = tuple(update(id_, status, when) for status, when in course)
    made = Incident(id=id_, title=f"Title of {id_}", updates=updates)
    return made._replace(path=f"incidents/{id_}.md")._replace(**fields)


def affects(**statuses: str) -> tuple[Affected, ...]:
    """Return components and their statuses as front matter has them."""
    return tuple(Affected(id_, ComponentStatus(text)) for id_, text in statuses.items())


def plain_markdown(text: str) -> str:
    """Return a paragraph of the text; enough where Markdown is not what is tested."""
    return f"<p>{escape(text)}</p>"


@cache
def default_theme() -> Mapping[str, str]:
    """Return the theme that statusgen ships."""
    folder = ROOT / "site-template"
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def site_of(
    incidents: Sequence[Incident] = (),
    *,
    now: datetime = NOW,
    config: Config = CONFIG,
    theme: Mapping[str, str] | None = None,
    assets: Mapping[str, bytes] | None = None,
) -> Site:
    """Return a site of these incidents; `theme` is laid over the default."""
    return Site(
        history=derive(config, incidents, now),
        theme=Theme(default_theme(), theme or {}),
        markdown=plain_markdown,
        assets=assets or {},
    )


def with_page(**fields: object) -> Config:
    """Return Acme's configuration with other values in its `page`."""
    return replace(CONFIG, page=replace(CONFIG.page, **fields))  # type: ignore[arg-type]  # as given
