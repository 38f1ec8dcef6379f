"""Two engineers append to the same incident at the same time; Git merges; no update is lost."""

from __future__ import annotations

import random
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest

from statusgen.content import parse_incident
from statusgen.model import ComponentStatus, Update

PAIRS = 1000
ATTRIBUTES = "incidents/**/*.md merge=union\n"
WORDS = ("we", "see", "errors", "in", "one", "region", "and", "move", "traffic", "again")
STATUSES = ("Investigating", "Identified", "Monitoring", "Update", "Resolved")
COMPONENTS = ("api", "checkout")


def git(root: Path, *words: str) -> str:
    run = subprocess.run(["git", "-C", root, *words], capture_output=True, text=True, check=True)
    return run.stdout


class Writer:
    """Somebody who appends updates; every text is recognised by a token of its own."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.count = 0

    def update(self, at: datetime, status: str | None = None) -> tuple[str, str]:
        """Return an update's text in the file, and its token."""
        self.count += 1
        token = f"token{self.random.getrandbits(48):012x}"
        lines = [f"## {status or self.random.choice(STATUSES)} · {at:%Y-%m-%d %H:%M} UTC"]
        if self.random.random() < 0.5:
            lines.append(f"next update: +{self.random.choice((15, 30, 60))}m")
        if self.random.random() < 0.5:
            chosen = self.random.choice(list(ComponentStatus))
            lines.append(f"components: {self.random.choice(COMPONENTS)}={chosen}")
        lines.append("")
        for _ in range(self.random.randint(1, 3)):
            words = self.random.choices(WORDS, k=self.random.randint(3, 20))
            lines += [f"{' '.join(words)} {token}.", ""]
        return "\n" + "\n".join(lines).rstrip("\n") + "\n", token


class Pair(NamedTuple):
    """A file, what each of two people appends to it, and the token of each update."""

    base: str
    ours: str
    theirs: str
    tokens: tuple[str, str, str]


def make_pair(number: int) -> Pair:
    """Return the pair of a number, for ever the same."""
    writer = Writer(number)
    start = datetime(2026, 11, 21, 10, tzinfo=UTC)
    base, first = writer.update(start, "Investigating")
    later = start + timedelta(minutes=15)
    ours, second = writer.update(later)
    # One pair in four is written within the same minute, half of those with the same status.
    same_minute = number % 4 == 0
    status = ours.split(" ")[1] if number % 8 == 0 else None
    theirs, third = writer.update(later if same_minute else later + timedelta(minutes=1), status)
    head = "---\ntitle: Payments fail\ncomponents:\n  api: partial_outage\n---\n"
    return Pair(head + base, ours, theirs, (first, second, third))


def texts(updates: tuple[Update, ...]) -> str:
    return "\n".join(update.text for update in updates)


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository in which every pair was committed on two branches and merged."""
    root = tmp_path_factory.mktemp("merged")
    folder = root / "incidents"
    folder.mkdir()
    git(root, "init", "-q", "-b", "main")
    git(root, "config", "user.name", "A Writer")
    git(root, "config", "user.email", "writer@acme.example")
    (root / ".gitattributes").write_text(ATTRIBUTES)
    pairs = [make_pair(number) for number in range(PAIRS)]

    def commit(texts: list[str]) -> None:
        for number, text in enumerate(texts):
            (folder / f"pair-{number}.md").write_text(text)
        git(root, "add", ".")
        git(root, "commit", "-q", "-m", "write")

    commit([pair.base for pair in pairs])
    git(root, "switch", "-q", "-c", "theirs")
    commit([pair.base + pair.theirs for pair in pairs])
    git(root, "switch", "-q", "main")
    commit([pair.base + pair.ours for pair in pairs])
    git(root, "merge", "-q", "-m", "merge", "theirs")
    return folder


def test_union_merge_keeps_every_update_of_both_writers(merged: Path) -> None:
    for number in range(PAIRS):
        path = merged / f"pair-{number}.md"
        raw = path.read_bytes()
        reading = parse_incident(path.name, raw, ZoneInfo("UTC"), COMPONENTS)
        found = texts(reading.incident.updates)
        missing = [token for token in make_pair(number).tokens if token not in found]
        assert not missing, f"{missing} of\n{raw.decode()}"


def test_union_merge_keeps_what_both_writers_said_of_components(merged: Path) -> None:
    for number in range(PAIRS):
        path = merged / f"pair-{number}.md"
        raw = path.read_bytes()
        reading = parse_incident(path.name, raw, ZoneInfo("UTC"), COMPONENTS)
        pair = make_pair(number)
        written = [
            line.removeprefix("components: ")
            for line in (pair.base + pair.ours + pair.theirs).splitlines()
            if line.startswith("components: ")
        ]
        said = [
            f"{change.component}={change.status}"
            for update in reading.incident.updates
            for change in update.changes
        ]
        # Two people who write the same line in the same minute have said it once.
        assert set(said) == set(written), raw.decode()


def test_union_merge_leaves_every_file_readable(merged: Path) -> None:
    for path in sorted(merged.iterdir()):
        reading = parse_incident(path.name, path.read_bytes(), ZoneInfo("UTC"), COMPONENTS)
        assert reading.readable, (path.read_text(), reading.problems)
