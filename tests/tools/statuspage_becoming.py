"""What becomes of one record of a Statuspage."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from statuspage_source import (
    PAGE,
    component,
    incident,
)

from statusgen.config import parse_config
from statusgen.content import parse_incident
from statusgen.migrate.statuspage.fields import Remarks
from statusgen.migrate.statuspage.importing import plan_import
from statusgen.migrate.statuspage.merge import merge
from statusgen.migrate.statuspage.reader import read_response
from statusgen.migrate.tree import Tree
from statusgen.model import Config, Incident
from statusgen.timeline import Record, derive

Json = dict[str, Any]


API = component(1, "API")


NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


class Became(NamedTuple):
    """The page and its one incident, as their files say them, and what was told."""

    config: Config
    incident: Incident
    told: list[str]

    def at(self, moment: datetime) -> Record:
        return derive(self.config, [self.incident], moment).records[0]


def become(response: object) -> Became:
    remarks = Remarks()
    capture = merge([read_response(response, "x.json", remarks)], remarks)
    files = plan_import(capture, Tree(None, "", {}), remarks).files
    config, problems = parse_config(files.pop("config.yml"))
    assert config is not None
    assert problems == []
    ((path, text),) = files.items()
    ids = frozenset(one.id for one in config.components)
    reading = parse_incident(path, text.encode(), ZoneInfo("UTC"), ids)
    assert not any(problem.is_error for problem in reading.problems)
    told = [f"{problem.code} {problem.message}" for problem in remarks.problems]
    return Became(config, reading.incident, told)


def one(*updates: Json, **other: Any) -> Json:  # noqa: ANN401 (any key of the JSON)
    return {"page": PAGE, "incident": incident(1, list(updates), [API], **other)}


def at(clock: str, day: int = 21) -> str:
    return f"2026-11-{day}T{clock}:00.000Z"
