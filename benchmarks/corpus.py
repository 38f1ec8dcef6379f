"""Writes invented histories to build from: the same texts in the format of each tool.

What the others get for the pages that are the same as ours is made in `contents.py`; the formats
here are of the lean themes.

The same arguments always give the same bytes. `plain` texts are one paragraph of about 100
characters an update, as most updates in real life are; `rich` ones hold what Markdown has.
Everything is written as it is made, so that the measuring process stays small.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

END = datetime(2026, 11, 1, tzinfo=UTC)
SPAN = timedelta(days=5 * 365)
COMPONENTS = tuple(
    f"{area} {part}"
    for area in ("Core", "Web", "Data", "Mail", "Payment")
    for part in ("API", "sign-in", "search", "queue")
)
OPEN_AT_THE_END = 2
MAINTENANCE_EVERY = 20
STATUSES = ("degraded_performance", "degraded_performance", "partial_outage", "major_outage")
TITLES = ("Elevated error rates", "Increased latency", "Timeouts", "Failed requests", "Stale data")
TEXT = (
    "some customers see errors or slow answers while our engineers look for the cause and move "
    "traffic to healthy servers the deployment that exhausted the connections in one region has "
    "been rolled back and delayed jobs are being processed no data was lost and we keep watching "
    "queues replication and error rates until everything is back at its normal level"
)
WORDS = TEXT.split()
MARKS = (
    "**no action is required**",
    "_for a short time_",
    "`GET /v1/orders`",
    "[the guide](https://docs.acme.example/health)",
)
MARKED_SENTENCES = 0.4


@dataclass(frozen=True, slots=True)
class Update:
    """One update: `label` as in a heading, `body` in Markdown."""

    label: str
    at: datetime
    body: str


@dataclass(frozen=True, slots=True)
class Record:
    """One incident or maintenance; `components` are names with the status of each."""

    id: str
    title: str
    is_maintenance: bool
    is_open: bool
    components: dict[str, str]
    updates: tuple[Update, ...]


def records(count: int, *, rich: bool) -> Iterator[Record]:
    """Yield `count` records, evenly over five years, oldest first."""
    rng = Random(20261101)  # noqa: S311 - invented texts, not secrets
    for number in range(count):
        start = END - SPAN + (SPAN - timedelta(days=1)) * ((number + rng.random()) / count)
        yield _record(rng, number, start.replace(second=0, microsecond=0), count, rich=rich)


def _record(rng: Random, number: int, start: datetime, count: int, *, rich: bool) -> Record:
    is_maintenance = number % MAINTENANCE_EVERY == MAINTENANCE_EVERY // 2
    is_open = not is_maintenance and number >= count - OPEN_AT_THE_END
    names = rng.sample(COMPONENTS, rng.choice((1, 1, 1, 2, 2, 3)))
    steps = rng.randint(3, 6)
    if is_maintenance:
        labels = ["Scheduled"] * (steps - 2) + ["In progress", "Completed"]
    else:
        labels = ["Investigating", "Identified", *["Monitoring"] * (steps - 2)]
        labels[-1] = "Monitoring" if is_open else "Resolved"
    updates, at = [], start
    for label in labels:
        updates.append(Update(label, at, body(rng, rich=rich)))
        at += timedelta(minutes=rng.randint(5, 90))
    title = f"{'Upgrade' if is_maintenance else rng.choice(TITLES)}: {names[0]}"
    return Record(
        id=f"{start:%Y-%m-%d}-{slug(title)}-{number:06d}",
        title=title,
        is_maintenance=is_maintenance,
        is_open=is_open,
        components={
            name: "under_maintenance" if is_maintenance else rng.choice(STATUSES) for name in names
        },
        updates=tuple(updates),
    )


def body(rng: Random, *, rich: bool) -> str:
    """Return the text of an update."""
    if not rich:
        return _sentence(rng, rich=False)
    parts = [
        " ".join(_sentence(rng, rich=True) for _ in range(rng.randint(2, 4)))
        for _ in range(rng.randint(1, 3))
    ]
    kind = rng.random()
    if kind < 0.25:  # noqa: PLR2004 - shares of a whole
        parts.append("\n".join(f"- {_sentence(rng, rich=True)}" for _ in range(3)))
    elif kind < 0.35:  # noqa: PLR2004 - as above
        parts.append(f"```\nHTTP/1.1 {rng.choice((500, 502, 503))}\nretry-after: 30\n```")
    elif kind < 0.42:  # noqa: PLR2004 - as above
        parts.append("\n".join(f"{place}. {_sentence(rng, rich=True)}" for place in (1, 2)))
    return "\n\n".join(parts)


def _sentence(rng: Random, *, rich: bool) -> str:
    length, first = rng.randint(12, 23), rng.randrange(len(WORDS))
    words = [WORDS[(first + place) % len(WORDS)] for place in range(length)]
    if rich and rng.random() < MARKED_SENTENCES:
        words.insert(rng.randint(1, length - 1), rng.choice(MARKS))
    text = " ".join(words)
    return f"{text[0].upper()}{text[1:]}."


def slug(text: str) -> str:
    """Return an id of a name."""
    return text.lower().replace(": ", "-").replace(" ", "-")


def course(record: Record) -> str:
    """Return the updates as Markdown sections, the format of every tool here."""
    return "".join(
        f"\n## {one.label} · {one.at:%Y-%m-%d %H:%M} UTC\n\n{one.body}\n" for one in record.updates
    )


def _statusgen(record: Record) -> tuple[str, str]:
    first, last = record.updates[0].at, record.updates[-1].at
    lines = ["---", f'title: "{record.title}"']
    if record.is_maintenance:
        starts = record.updates[-2].at
        lines += ["type: maintenance", f"starts: {starts:%Y-%m-%d %H:%M} UTC"]
        lines += [f"ends: {last:%Y-%m-%d %H:%M} UTC"]
    lines += ["components:"]
    lines += [f"  {slug(name)}: {status}" for name, status in record.components.items()]
    return f"incidents/{first:%Y}/{record.id}.md", "\n".join([*lines, "---\n"]) + course(record)


def _hugo_lean(record: Record) -> tuple[str, str]:
    first, last = record.updates[0].at, record.updates[-1].at
    lines = [f'title: "{record.title}"', f"date: {first.isoformat()}"]
    lines += [f"lastmod: {last.isoformat()}", f"status: {record.updates[-1].label}"]
    lines += [f"open: {str(record.is_open).lower()}", f'months: ["{first:%Y-%m}"]']
    lines += [f"components: {json.dumps([slug(name) for name in record.components])}"]
    return f"content/incidents/{record.id}.md", "\n".join(["---", *lines, "---\n"]) + course(record)


def _eleventy_lean(record: Record) -> tuple[str, str]:
    tags = json.dumps(["incident", *map(slug, record.components)])
    lines = [f'title: "{record.title}"', f"date: {record.updates[0].at.isoformat()}"]
    return f"content/incidents/{record.id}.md", "\n".join(
        ["---", *lines, f"tags: {tags}", "layout: incident.njk", "---\n"],
    ) + course(record)


def _pelican_lean(record: Record) -> tuple[str, str]:
    lines = [f"Title: {record.title}", f"Date: {record.updates[0].at:%Y-%m-%d %H:%M}"]
    lines += [f"Slug: {record.id}", "Category: incidents"]
    lines += [f"Tags: {', '.join(map(slug, record.components))}"]
    return f"content/{record.id}.md", "\n".join(lines) + "\n" + course(record)


FORMATS: dict[str, Callable[[Record], tuple[str, str]]] = {
    "statusgen": _statusgen,
    "hugo-lean": _hugo_lean,
    "eleventy-lean": _eleventy_lean,
    "pelican-lean": _pelican_lean,
}


def write_corpus(tool: str, count: int, folder: Path, *, rich: bool) -> None:
    """Write the content of one tool, without its theme, below `folder`."""
    for record in records(count, rich=rich):
        path, text = FORMATS[tool](record)
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    if tool == "statusgen":
        (folder / "config.yml").write_text(_config(), encoding="utf-8")
        (folder / ".gitignore").write_text("/site/\n/.statusgen/\n", encoding="utf-8")
    if tool == "hugo-lean":
        for name in COMPONENTS:
            term = folder / "content" / "components" / slug(name) / "_index.md"
            term.parent.mkdir(parents=True)
            outputs = '["html", "atomfeed", "rssfeed"]'
            term.write_text(f"---\ntitle: {name}\noutputs: {outputs}\n---\n", encoding="utf-8")


def _config() -> str:
    lines = ["page:", "  name: Acme", "  url: https://status.acme.example"]
    lines += ["  timezone: Europe/Berlin", "components:"]
    for area in dict.fromkeys(name.split()[0] for name in COMPONENTS):
        lines += [f"  - group: {area}", "    components:"]
        lines += [
            f"      - {{id: {slug(name)}, name: {name}}}"
            for name in COMPONENTS
            if name.split()[0] == area
        ]
    return "\n".join(lines) + "\n"
