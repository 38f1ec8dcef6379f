"""The whole way from a capture to files: components, incidents, what must be said, what is there.

Pure: it reads no disk and writes none, so that a dry run is a run whose files are thrown away.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from statusgen.config import parse_config
from statusgen.content import arranged, parse_incident
from statusgen.content.rewriting import rewrite_incident
from statusgen.content.writing import write_incident
from statusgen.files.names import CONFIG, INCIDENTS
from statusgen.migrate.statuspage.components import ids_by_code, merge_components
from statusgen.migrate.statuspage.config_file import (
    appended,
    is_ours,
    new_config,
    renewed_page,
    written,
)
from statusgen.migrate.statuspage.convert import convert
from statusgen.migrate.statuspage.fields import Remarks
from statusgen.migrate.statuspage.overrides import report_indicator, with_overrides
from statusgen.migrate.statuspage.positions import api_ranks, in_order_of, with_positions
from statusgen.migrate.statuspage.reconcile import reconcile
from statusgen.migrate.statuspage.records import Capture
from statusgen.migrate.statuspage.settle import Pair, settle
from statusgen.migrate.tree import There, Tree
from statusgen.model import Config, Incident
from statusgen.problems import Problem


class Counts(NamedTuple):
    """What was read, and what became of it."""

    incidents: int
    updates: int
    components: int
    written: int
    unchanged: int
    kept: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The files to write, by their path; `problems` are all that was not understood or changed."""

    files: dict[str, str]
    counts: Counts
    problems: tuple[Problem, ...]


def plan_import(capture: Capture, tree: Tree, remarks: Remarks) -> Plan:
    """Return what an import of the capture would write into the page repository."""
    work = _Work(capture, tree, remarks)
    config = work.configuration()
    incidents = work.incidents(config)
    config = with_overrides(config, incidents, capture)
    report_indicator(config, incidents, capture, remarks)
    work.write_config(config)
    for incident in incidents:
        work.write_incident(incident, config)
    counts = Counts(
        incidents=len(capture.incidents),
        updates=sum(len(incident.updates) for incident in capture.incidents),
        components=len(ids_by_code(config)),
        written=len(work.files),
        unchanged=work.unchanged,
        kept=work.kept,
    )
    return Plan(work.files, counts, tuple(remarks.problems))


class _Work:
    """An import under way: `files` are those to write so far."""

    def __init__(self, capture: Capture, tree: Tree, remarks: Remarks) -> None:
        self.capture = capture
        self.tree = tree
        self.remarks = remarks
        self.files: dict[str, str] = {}
        self.unchanged = 0
        self.kept = 0
        self.may_renew = tree.config is None or is_ours(tree.config_text, tree.config)

    # ── config.yml ────────────────────────────────────────────────────────────────────────────

    def configuration(self) -> Config:
        """Return the page's configuration with all components of the source."""
        before = self.tree.config or new_config(self.capture.page, self.remarks)
        if self.may_renew:
            before = renewed_page(before, self.capture)
        config = merge_components(before, self.capture, self.remarks)
        return config if before.components else with_positions(config, self.capture)

    def write_config(self, config: Config) -> None:
        """Put config.yml among the files, if there is something new in it."""
        before, text = self.tree.config, self.tree.config_text
        if before is None or self.may_renew:
            new = written(text, config)
        else:
            new, left = appended(text, before, config)
            self.kept += bool(left)
            for message in left:
                self.remarks.lost("import-kept", CONFIG, "", f"it was edited by hand: {message}")
        if new == text:
            self.unchanged += 1
            return
        self.files[CONFIG] = new
        for problem in parse_config(new, CONFIG)[1]:
            self.remarks.lost(
                "import-faulty", CONFIG, f"line {problem.where.line}", problem.message
            )

    # ── incidents ─────────────────────────────────────────────────────────────────────────────

    def incidents(self, config: Config) -> list[Incident]:
        """Return the incidents of the source, as our files say them."""
        ids = ids_by_code(config)
        ranks = api_ranks(config)
        pairs = []
        for source in self.capture.incidents:
            incident = convert(source, ids, self.remarks)
            listed = [ids[one.code] for one in source.components if one.code in ids]
            pairs.append(Pair(source, in_order_of(listed, incident, ranks)))
        return settle(pairs, config, self.remarks)

    def write_incident(self, incident: Incident, config: Config) -> None:
        """Put an incident among the files, if its file does not say the same already."""
        zone = ZoneInfo(config.page.timezone)
        there = self.tree.incidents.get(incident.code)
        if there is None:
            path = f"{INCIDENTS}/{_first(incident).astimezone(zone).year}/{incident.id}.md"
            text = write_incident(incident, zone)
            self.files[path] = text
            self._prove(path, text, incident, config)
            return
        text = self._rewritten(there, incident, zone)
        if text == there.text:
            self.unchanged += 1
        else:
            self.files[there.path] = text

    def _rewritten(self, there: There, incident: Incident, zone: ZoneInfo) -> str:
        if not there.reading.readable:
            self.kept += 1
            self._kept(there.path, "the file cannot be read, and was left as it is")
            return there.text
        result = reconcile(there.reading.incident, incident)
        if result.kept:
            self.kept += 1
        for part in result.kept:
            self._kept(there.path, f"{part} is not as at the source; the file's stays")
        for part in result.replaced:
            self._kept(there.path, f"{part} was changed at the source since, and is as there now")
        if result.incident == there.reading.incident:
            return there.text
        return rewrite_incident(there.text, result.incident, zone)

    def _kept(self, path: str, message: str) -> None:
        self.remarks.changed("import-kept", path, "", message)

    def _prove(self, path: str, text: str, incident: Incident, config: Config) -> None:
        """Report whatever the new file would not say when it is read again."""
        components = frozenset(one.id for one in config.components)
        zone = ZoneInfo(config.page.timezone)
        reading = parse_incident(path, text.encode(), zone, components)
        for problem in reading.problems:
            note = self.remarks.lost if problem.is_error else self.remarks.changed
            note("import-faulty", path, "", f"line {problem.where.line}: {problem.message}")
        meant = arranged(incident)
        if reading.incident._replace(path="") != meant:
            fields = ", ".join(_different(reading.incident, meant))
            self.remarks.lost("import-faulty", path, "", f"the file does not hold {fields}")


def _first(incident: Incident) -> datetime:
    moments = [incident.starts, *(update.at for update in incident.updates)]
    return min(moment for moment in moments if moment)


def _different(read: Incident, meant: Incident) -> Iterable[str]:
    for key, value in meant._asdict().items():
        if key != "path" and getattr(read, key) != value:
            yield key
