"""Histories made of incident files, and the events in them, for the tests of telling people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from statusgen.config import parse_config
from statusgen.content.audience import is_for, read_for
from statusgen.model import PUBLIC, Config
from statusgen.timeline import History, derive
from statusgen.timeline.events import Event, events_of

CONFIG = """\
page: {name: Acme, url: "https://status.acme.example"}
components:
  - {id: api, name: API}
  - group: Payments
    components:
      - {id: checkout, name: Checkout}
      - {id: cards, name: Cards}
"""
OPENED = """\
---
title: Card payments fail
components:
  checkout: major_outage
---

## Investigating · 2026-11-21 10:05 UTC

Some customers see an error.
"""
IDENTIFIED = """
## Identified · 2026-11-21 10:20 UTC

A provider rejects requests.
"""
RESOLVED = """
## Resolved · 2026-11-21 11:02 UTC

Card payments work again.
"""
POSTMORTEM = """
## Postmortem · 2026-11-23 09:00 UTC

It was the provider.
"""
MAINTENANCE = """\
---
title: Database upgrade
type: maintenance
components: [api]
starts: 2026-11-22 22:00 UTC
ends: 2026-11-22 23:00 UTC
---

## Scheduled · 2026-11-20 09:00 UTC

We upgrade the database.
"""


def at(text: str) -> datetime:
    """Return a moment in UTC, as '21 10:05' in November 2026."""
    day, _, time = text.partition(" ")
    hour, _, minute = time.partition(":")
    return datetime(2026, 11, int(day), int(hour), int(minute), tzinfo=UTC)


def config_of(more: str = "") -> Config:
    config, problems = parse_config(CONFIG + more)
    if config is None or problems:
        raise AssertionError(problems)
    return config


def history_of(
    files: Mapping[str, str], now: datetime, audience: str = PUBLIC, config: Config | None = None
) -> History:
    """Return what an audience sees of files by their ids."""
    config = config or config_of()
    ids = frozenset(one.id for one in config.components)
    zone = ZoneInfo(config.page.timezone)
    read = [
        read_for(f"incidents/{id_}.md", text.encode(), zone, ids, audience)
        for id_, text in files.items()
    ]
    incidents = [one.incident for one in read if is_for(audience, one.incident.audience)]
    return derive(config, incidents, now, audience=audience)


def events_in(files: Mapping[str, str], now: datetime, audience: str = PUBLIC) -> tuple[Event, ...]:
    return events_of(history_of(files, now, audience), now - timedelta(days=14))
