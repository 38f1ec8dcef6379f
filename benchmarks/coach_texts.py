"""Reads what real operators published, for the coach to be judged by: a folder for each page.

Known folders, of which any may be missing: `github-*` (JSON of Statuspage, read as `statusgen
import` does) and others with `content/issues/*.md` (cState).
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import yaml

from statusgen.model import (
    Affected,
    Component,
    ComponentStatus,
    Config,
    Impact,
    Incident,
    Kind,
    Page,
    Status,
    Update,
)
from statusgen.source.source import read_source

_NOW = datetime(2026, 11, 26, tzinfo=UTC)
_FRONT = re.compile(r"\A---\n(.*?)\n---[ \t]*\n(.*)\Z", re.DOTALL)
_PART = re.compile(r"^\[(?P<what>[A-Za-z ]{4,30})\][ \t]*$", re.MULTILINE)
_COMMENT = re.compile("<!--.*?-->", re.DOTALL)
_PLANNED = re.compile(r"maintenance|upgrade|migrat|planned|scheduled", re.IGNORECASE)
_STATUS = {
    "down": ComponentStatus.MAJOR_OUTAGE,
    "disrupted": ComponentStatus.PARTIAL_OUTAGE,
    "notice": ComponentStatus.DEGRADED_PERFORMANCE,
}
_IMPACT = {"down": Impact.CRITICAL, "disrupted": Impact.MAJOR, "notice": Impact.MINOR}


class Texts(NamedTuple):
    """A status page of somebody: what it is called here, and its incidents."""

    name: str
    config: Config
    incidents: tuple[Incident, ...]


def pages_in(folder: Path) -> Iterator[Texts]:
    """Yield the pages that lie in a folder, by name."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith("github-incidents"):
            yield _statuspage(path)
        elif (path / "content" / "issues").is_dir():
            yield _cstate(path)


def _statuspage(path: Path) -> Texts:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "statusgen", "import", "statuspage"]
        ran = subprocess.run(
            [*command, str(path / "incidents"), "--root", folder], capture_output=True, check=False
        )
        if ran.returncode:
            print(ran.stderr.decode(), file=sys.stderr)
        source = read_source(folder, _NOW, processes=1)
    return Texts("github", source.config, source.incidents)


def _cstate(path: Path) -> Texts:
    name = path.name.partition("-")[0].partition("+")[0]
    incidents = []
    names: dict[str, None] = {}
    for file in sorted((path / "content" / "issues").glob("*.md")):
        found = _FRONT.match(file.read_text(encoding="utf-8"))
        if found is None:
            continue
        front = yaml.load(found[1], Loader=yaml.BaseLoader)  # noqa: S506  strings only
        for one in front.get("affected") or ():
            names[one] = None
        if (incident := _incident(file.stem, front, found[2])) is not None:
            incidents.append(incident)
    components = tuple(Component(_slug(one), one) for one in names)
    config = Config(Page(name.capitalize(), f"https://{name}.example"), components=components)
    return Texts(name, config, tuple(incidents))


def _incident(stem: str, front: dict[str, object], body: str) -> Incident | None:
    title, severity = str(front.get("title", "")), str(front.get("severity", "notice"))
    begun, ended = _moment(front.get("date")), _moment(front.get("resolvedWhen"))
    if begun is None:
        return None
    affected = front.get("affected")
    listed = affected if isinstance(affected, list) else []
    is_planned = bool(_PLANNED.search(f"{title} {stem}"))
    is_notice = severity == "notice" and not is_planned
    status = ComponentStatus.UNDER_MAINTENANCE if is_planned else _STATUS[severity]
    first = Status.SCHEDULED if is_planned else Status.IDENTIFIED
    last = Status.COMPLETED if is_planned else Status.RESOLVED
    kind = Kind.MAINTENANCE if is_planned else Kind.NOTICE if is_notice else Kind.INCIDENT
    if is_notice:
        first = last = Status.NOTICE
    texts = _parts(_COMMENT.sub("", body))
    updates = []
    for number, text in enumerate(texts):
        is_last = number == len(texts) - 1 and number > 0 and ended is not None
        at = (
            max(ended, begun + timedelta(minutes=number))
            if is_last and ended
            else (begun + timedelta(minutes=number))
        )
        updates.append(Update(f"u{number}", last if is_last else first, at, text))
    return Incident(
        re.sub("[^a-z0-9-]", "-", stem.lower()),
        title,
        kind,
        f"{stem}.md",
        impact=None if is_planned else _IMPACT[severity],
        components=tuple(Affected(_slug(one), status) for one in listed),
        updates=tuple(updates),
        starts=begun if is_planned else None,
        ends=ended if is_planned and ended and ended > begun else None,
        ended=None if is_planned or ended is None or ended < begun else ended,
    )


def _parts(body: str) -> list[str]:
    """Return the texts of a body, oldest first: parts under lines in brackets are newest first."""
    pieces = _PART.split(body)
    if len(pieces) == 1:
        return [body.strip()]
    texts = [text.strip() for text in pieces[2::2]]
    before = pieces[0].strip()
    return [text for text in [*reversed(texts), before] if text]


def _moment(text: object) -> datetime | None:
    match = re.match(r"(\d{4}-\d\d-\d\d)[T ](\d{1,2}):(\d\d)(?::\d\d)?(.*)", str(text or ""))
    if match is None:
        return None
    offset = match[4].strip().replace("Z", "+00:00") or "+00:00"
    try:
        at = datetime.fromisoformat(f"{match[1]}T{int(match[2]):02}:{match[3]}:00{offset}")
    except ValueError:
        return None
    return at.astimezone(UTC)


def _slug(name: str) -> str:
    return re.sub("[^a-z0-9]+", "-", name.lower()).strip("-")
