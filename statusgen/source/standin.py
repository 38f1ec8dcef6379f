"""What stands in for a file that cannot be read: its newest readable version, or what there is.

A misspelt word must not make an incident vanish, and least of all an open one. Git has the version
before the misspelling. Where it has none, the page shows an open incident of unknown impact with
whatever could be made out, and takes no "resolved" in it at its word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from statusgen.config import parse_config
from statusgen.content import Reading
from statusgen.content.audience import is_for
from statusgen.content.collector import Collector
from statusgen.content.internal import text_for
from statusgen.files.source_tree import LARGEST_CONFIG, LARGEST_INCIDENT
from statusgen.git.repository import Blobs, Version, open_blobs, versions
from statusgen.model import CLOSING, NOBODY, PUBLIC, Config, Impact, Incident, Kind, StandIn
from statusgen.reading.characters import REPLACEMENT, decode
from statusgen.source.readings import Parse

_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:-|$)")
_DRAFT = re.compile(
    r"""(?mi)^[ \t"'?{]*draft\b|[{,\s"']draft["']?\s*:""",
)


def stand_in(
    root: str,
    unreadable: Mapping[str, tuple[Incident, bytes]],
    parse: Parse[Reading],
    now: datetime,
    audience: str,
) -> Iterator[Incident]:
    """Yield what stands in for each file, given what could be read of it and its bytes, by path.

    `parse` reads an incident of this page from a path and bytes, as `audience` may.
    """
    with open_blobs(root) as blobs:
        for path, (partial, raw) in unreadable.items():
            history = versions(root, path)
            older = _newest_readable(path, history, blobs, parse)
            yield older or _made_out(partial, raw, _first_seen(partial.id, history, now), audience)


def older_config(root: str, path: str) -> tuple[Config, str] | None:
    """Return the newest configuration in Git that can be used, and its commit."""
    return next(older_configs(root, path), None)


def older_configs(root: str, path: str) -> Iterator[tuple[Config, str]]:
    """Yield the configurations in Git that can be used, newest first, each with its commit."""
    with open_blobs(root) as blobs:
        for version in versions(root, path) if blobs else ():
            raw = blobs.read(version.commit, path, largest=LARGEST_CONFIG) if blobs else None
            text, _ = decode(raw or b"", path)
            config, _ = parse_config(text, path)
            if config is not None:
                yield config, version.commit


def _newest_readable(
    path: str,
    history: list[Version],
    blobs: Blobs | None,
    parse: Parse[Reading],
) -> Incident | None:
    for version in history if blobs else ():
        raw = blobs.read(version.commit, path, largest=LARGEST_INCIDENT) if blobs else None
        if raw is None:
            continue
        reading = parse(path, raw)
        if reading.readable:
            return reading.incident._replace(stand_in=StandIn(commit=version.commit))
    return None


def _made_out(partial: Incident, raw: bytes, first_seen: datetime, audience: str) -> Incident:
    """Return an open incident of unknown impact with what could be made out of a file.

    A file that speaks of `draft`, or of an audience that nobody can tell, may not be meant for the
    public: of it nothing is shown but that it is there. One that is clearly for an audience stays
    that.
    """
    own = partial.audience or PUBLIC
    text, _ = decode(raw, partial.path)
    if _is_private(partial, text) or not is_for(audience, own):
        text = ""
        partial = Incident(partial.id, "An incident that cannot be shown", path=partial.path)
    is_incident = partial.kind is Kind.INCIDENT
    updates = partial.updates if is_incident else ()
    return partial._replace(
        kind=Kind.INCIDENT,
        impact=partial.impact if is_incident and partial.impact is not Impact.MAINTENANCE else None,
        updates=tuple(update for update in updates if update.status not in CLOSING),
        ended=None,
        starts=None,
        ends=None,
        repeat="",
        draft=False,
        audience=own,
        created=partial.created or (None if updates else first_seen),
        stand_in=StandIn(raw=text_for(audience, text, Collector(partial.path))),
    )


def _is_private(partial: Incident, text: str) -> bool:
    """Tell whether a file asks to be kept off the page, or may ask for that where it is broken."""
    if partial.draft or partial.audience == NOBODY:
        return True
    return _DRAFT.search(text.replace(REPLACEMENT, "")) is not None  # UTF-16 has one per letter


def _first_seen(incident_id: str, history: list[Version], now: datetime) -> datetime:
    """Return the day in the file's name, else the first commit's time, else the start of today.

    It must not move from build to build, or feeds would tell of the incident again and again.
    """
    named = _DATE.match(incident_id)
    if named:
        try:
            return datetime.fromisoformat(named[1]).replace(tzinfo=UTC)
        except ValueError:
            pass  # 2026-02-30 is just a name
    if history and 0 <= history[-1].at <= now.timestamp():  # whoever commits may claim any time
        return datetime.fromtimestamp(history[-1].at, UTC)
    return now.replace(hour=0, minute=0, second=0, microsecond=0)
