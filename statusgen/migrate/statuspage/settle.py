"""Writes down what does not follow from the updates, and nothing that does.

Created, started, updated, impact: the timeline derives each of them. Where the source says
otherwise, the file has to say so; where a file has no way to say so, that is reported.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from statusgen.migrate.statuspage.fields import Remarks
from statusgen.migrate.statuspage.records import EVER, SourceIncident
from statusgen.model import CLOSING, Config, Impact, Incident, Kind, Status, Update
from statusgen.timeline import Record, derive

_FOLLOWING = frozenset({"monitoring_at", "resolved_at"})
"""What the source itself only repeats from the updates."""


class Pair(NamedTuple):
    """A record of the source and what became of it."""

    source: SourceIncident
    incident: Incident


def settle(pairs: Sequence[Pair], config: Config, remarks: Remarks) -> list[Incident]:
    """Return the incidents with every fact that the timeline would derive differently."""
    bare = [pair._replace(incident=_without_needless_times(pair.incident)) for pair in pairs]
    records = _records(bare, config)
    settled = [
        pair._replace(incident=_with_facts(pair, records[pair.incident.id], remarks))
        for pair in bare
    ]
    records = _records(settled, config)
    for pair in settled:
        _report_differences(pair, records[pair.incident.id], remarks)
    return [pair.incident for pair in settled]


def _without_needless_times(incident: Incident) -> Incident:
    updates = tuple(_without_needless_time(update) for update in incident.updates)
    return incident._replace(updates=updates)


def _without_needless_time(update: Update) -> Update:
    created = update.created or update.at
    return update._replace(
        created=None if created == update.at else created,
        updated=None if update.updated in {None, created} else update.updated,
    )


def _records(pairs: Iterable[Pair], config: Config) -> dict[str, Record]:
    """Return what the timeline makes of each incident, at the moment when it was captured.

    What is over stays as it is, so that one moment does for all of that.
    """
    over = []
    found: dict[str, Record] = {}
    for pair in pairs:
        updates = pair.incident.updates
        if pair.incident.kind is Kind.INCIDENT and updates and updates[-1].status in CLOSING:
            over.append(pair)
        else:
            history = derive(config, [pair.incident], pair.source.seen_at)
            found.update((record.incident.id, record) for record in history.records)
    latest = max((pair.source.seen_at for pair in over), default=EVER)
    history = derive(config, [pair.incident for pair in over], latest)
    found.update((record.incident.id, record) for record in history.records)
    return found


def _with_facts(pair: Pair, record: Record, remarks: Remarks) -> Incident:
    source = pair.source
    is_later = source.updated is not None and source.updated > record.updated
    return pair.incident._replace(
        created=None if source.created == record.created else source.created,
        started=None if source.started == record.started else source.started,
        updated=source.updated if is_later else None,
        impact=_impact(source, record, remarks),
    )


def _impact(source: SourceIncident, record: Record, remarks: Remarks) -> Impact | None:
    if not source.impact:
        return None  # lists of old have none
    try:
        impact = Impact(source.impact)
    except ValueError:
        remarks.lost(
            "import-unknown-value",
            source.file,
            _place(source, "impact"),
            f"unknown impact '{source.impact}'; it follows from the components now",
        )
        return None
    return None if impact is record.impact else impact


def _report_differences(pair: Pair, record: Record, remarks: Remarks) -> None:
    source = pair.source
    told = {update.status for update in source.updates} or {source.status}
    if source.status and source.status not in {*Status, *told}:
        message = f"unknown status '{source.status}'; it is {record.status} by its updates"
        remarks.lost("import-unknown-value", source.file, _place(source, "status"), message)
    elif source.status != record.status and source.status in set(Status):
        message = f"{source.status} at the source, {record.status} by its updates and the clock"
        remarks.lost("import-differs", source.file, _place(source, "status"), message)
        return  # its times follow
    for key, theirs, ours in _differences(source, record):
        message = f"{theirs} at the source, {ours} by its updates"
        note = remarks.changed if key in _FOLLOWING else remarks.lost
        note("import-differs", source.file, _place(source, key), message)


def _place(source: SourceIncident, key: str) -> str:
    return f"{source.where}.{key}" if source.where else key


def _differences(source: SourceIncident, record: Record) -> Iterator[tuple[str, str, str]]:
    """Yield the facts that came out otherwise; what was reported as unknown is not told again."""
    facts: Mapping[str, tuple[datetime | None, datetime | None]] = {
        "created_at": (source.created, record.created),
        "updated_at": (source.updated, record.updated),
        "started_at": (source.started, record.started),
        "monitoring_at": (source.monitoring, record.monitoring_at),
        "resolved_at": (source.resolved, record.resolved_at),
        "scheduled_for": (source.starts, record.window.start if record.window else None),
        "scheduled_until": (source.ends, record.window.end if record.window else None),
    }
    is_longer = len(record.updates) > len(source.updates)  # one of ours keeps the status
    for key, (theirs, ours) in facts.items():
        if key == "updated_at" and is_longer:
            continue
        if theirs != ours and (theirs is not None or key in _FOLLOWING):
            yield key, _shown(theirs), _shown(ours)
    if source.impact != record.impact and source.impact in set(Impact):
        yield "impact", source.impact, record.impact
    if len(source.updates) > len(record.updates):
        yield "incident_updates", f"{len(source.updates)} updates", str(len(record.updates))


def _shown(moment: datetime | None) -> str:
    return moment.isoformat(" ", "milliseconds") if moment else "none"
