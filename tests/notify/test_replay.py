"""The history of a real page, replayed commit by commit: what a notifier tells of it."""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
from git_clones import git
from hook_host import Receiver, receiving

from statusgen.cli.main import run
from statusgen.content.writing import write_incident
from statusgen.model import Incident
from statusgen.notify.pipeline import Order, notify
from statusgen.source.source import read_config, read_source
from statusgen.timeline import derive
from statusgen.timeline.events import events_of

REAL = Path(__file__).parents[2].parent / "shared" / "accept" / "data"
SOURCE = REAL / "github-incidents-2010-2023" / "incidents"
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


class Commit(NamedTuple):
    """A commit with one update more than the one before, written at its moment."""

    name: str
    now: datetime


def created(file: Path) -> str:
    return str(json.loads(file.read_bytes())["incident"]["created_at"])


def imported(folder: Path, number: int) -> list[Incident]:
    """Import so many incidents, the newest there are; return what became of them."""
    files = sorted(SOURCE.iterdir(), key=created)
    (folder / "source").mkdir(parents=True)
    for file in files[-number:]:
        shutil.copy(file, folder / "source")
    arguments = ["import", "statuspage", str(folder / "source"), "--root", str(folder / "page")]
    assert run(arguments) == 0
    source = read_source(str(folder / "page"), datetime.now(UTC), processes=1)
    return [one for one in source.incidents if one.updates]


def committed(root: Path, number: int) -> list[Commit]:
    """Make a repository with a commit for each update of real incidents, as they came."""
    incidents = imported(root.parent / "imported", number)
    steps = sorted(
        (update.at, order, at)
        for at, one in enumerate(incidents)
        for order, update in enumerate(one.updates)
    )
    (root / "incidents").mkdir(parents=True)
    shutil.copy(root.parent / "imported" / "page" / "config.yml", root)
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "First")
    commits = [Commit(git(root, "rev-parse", "HEAD"), steps[0][0])]
    for now, order, at in steps:
        incident = incidents[at]
        so_far = incident._replace(updates=incident.updates[: order + 1])
        text = write_incident(so_far, ZoneInfo("UTC"))
        (root / "incidents" / f"{incident.id}.md").write_text(text)
        git(root, "add", "-A")
        git(root, "commit", "-qm", f"{incident.id}: update {order + 1}")
        commits.append(Commit(git(root, "rev-parse", "HEAD"), now))
    return commits


def replay(root: Path, commits: list[Commit], channel: str) -> None:
    for commit in commits:
        git(root, "checkout", "-q", commit.name)
        with (root / "config.yml").open("a") as config:
            config.write(channel)
        settings, _ = read_config(str(root))
        notify(Order(str(root), settings, settings.notify, commit.now, os.environ))
        git(root, "checkout", "-q", "config.yml")


def payloads(hook: Receiver) -> Counter[str]:
    return Counter(one.headers["webhook-id"] for one in hook.requests)


@pytest.mark.skipif(not SOURCE.is_dir(), reason="the real data are not here")
@pytest.mark.parametrize("incidents", [6, pytest.param(200, marks=pytest.mark.extreme)])
def test_a_replayed_history_is_one_message_for_each_update_and_none_when_replayed_again(
    tmp_path: Path, incidents: int
) -> None:
    root = tmp_path / "page"
    root.mkdir()
    commits = committed(root, incidents)
    with receiving() as hook:
        url = f"http://127.0.0.1:{hook.port}/"
        channel = (
            f"notify: [{{type: webhook, url: '{url}', allow_private: true, hourly: 10000}}]\n"
            "ledger: {path: ../ledger}\n"
        )
        replay(root, commits, channel)
        told = payloads(hook)
        replay(root, commits, channel)
        told_again = payloads(hook)
        updates = {
            json.loads(one.body)["incident"]["incident_updates"][0]["id"]
            for one in hook.requests
            if b'"incident"' in one.body
        }
    source = read_source(str(root), commits[-1].now, processes=1)
    history = derive(source.config, source.incidents, commits[-1].now)
    events = events_of(history, LONG_AGO)
    print(f"{len(commits)} commits, {len(events)} events, {len(told)} messages")  # noqa: T201 (figures of the long form)
    assert len(told) == len(events)
    assert set(told.values()) == {1}
    assert told_again == told
    assert {one.update.id for one in events if one.update} >= updates
