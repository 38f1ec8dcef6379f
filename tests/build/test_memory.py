"""A build that remembers earlier ones writes exactly what one without memory writes."""

from __future__ import annotations

import json
import os
import random
import shutil
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import Enum
from pathlib import Path

import pytest
from folders import files_below
from small_page import CONFIG, RESOLVED, incident

from statusgen.build import Built
from statusgen.source.readings import Read

Pages = Callable[..., Path]
Build = Callable[..., Built]
Git = Callable[..., str]
Edit = Callable[[Path, random.Random], None]

MAINTENANCE = """\
---
title: Database upgrade
type: maintenance
starts: 2026-11-%02d 22:00 UTC
ends: 2026-11-%02d 23:00 UTC
components: [api]
---
"""


NOTICE = """\
---
title: We move on the %dth
type: notice
components: [checkout]
---

Nothing changes for you %s.

## Notice · 2026-11-%02d 09:00 UTC

We move.
"""


def some_incident(root: Path, chance: random.Random) -> Path:
    return chance.choice(sorted((root / "incidents").rglob("*.md")))


def rewrite(root: Path, chance: random.Random) -> None:
    path = some_incident(root, chance)
    path.write_text(path.read_text().replace("an **error**", f"error {chance.random()}"))


def add(root: Path, chance: random.Random) -> None:
    component = chance.choice(["api", "checkout", "unknown"])
    began = f"2026-11-{chance.randint(1, 28):02}"
    text = incident("New", component, began, resolved=chance.random() < 0.5)
    (root / f"incidents/new-{chance.randrange(1000)}.md").write_text(text)


def remove(root: Path, chance: random.Random) -> None:
    if len(list((root / "incidents").rglob("*.md"))) > 2:
        some_incident(root, chance).unlink()


def reopen_or_resolve(root: Path, chance: random.Random) -> None:
    path = some_incident(root, chance)
    text, _, _ = path.read_text().partition("\n## Resolved")
    path.write_text(text + (RESOLVED % "2026-11-29" if chance.random() < 0.5 else ""))


def schedule(root: Path, chance: random.Random) -> None:
    day = chance.randint(18, 24)
    (root / f"incidents/maintenance-{day}.md").write_text(MAINTENANCE % (day, day))


def rename_component(root: Path, chance: random.Random) -> None:
    (root / "config.yml").write_text(
        CONFIG.replace("name: API", f"name: API {chance.randrange(3)}")
    )


def set_by_hand(root: Path, chance: random.Random) -> None:
    override = "{status: %s, at: 2026-11-%02d 09:30 UTC}"
    status = chance.choice(["operational", "partial_outage"])
    text = CONFIG.replace(
        "{id: api,", f"{{id: api, override: {override % (status, chance.randint(15, 27))},"
    )
    (root / "config.yml").write_text(text)


def put_up_a_notice(root: Path, chance: random.Random) -> None:
    day = chance.randint(18, 24)
    (root / f"incidents/notice-{day}.md").write_text(NOTICE % (day, chance.random(), day))


def change_theme(root: Path, chance: random.Random) -> None:
    (root / "site-template").mkdir(exist_ok=True)
    own = '{% extends "default:incident.html" %}{% block facts %}' + str(chance.random())
    (root / "site-template/incident.html").write_text(own + "{% endblock %}")


def draft(root: Path, chance: random.Random) -> None:
    path = some_incident(root, chance)
    path.write_text(path.read_text().replace("title:", "draft: true\ntitle:", 1))


def break_file(root: Path, chance: random.Random) -> None:
    some_incident(root, chance).write_text("---\ntitle: [\n---\n")


def give_code(root: Path, chance: random.Random) -> None:
    path = some_incident(root, chance)
    if "\ncode:" not in path.read_text():
        path.write_text(path.read_text().replace("---\n", "---\ncode: abcdefghijkl\n", 1))


def spoil_output(root: Path, chance: random.Random) -> None:
    files = sorted((root / "site/incidents").rglob("*.html"))
    chance.choice(files).write_text("spoilt")


def spoil_memory(root: Path, chance: random.Random) -> None:
    path = root / ".statusgen" / chance.choice(["pages", "readings", "markdown"])
    raw = path.read_bytes() if path.exists() else b""
    at = chance.randrange(len(raw) + 1)
    path.write_bytes(raw[:at] + os.urandom(5) + raw[at + 5 :])


EDITS: list[Edit] = [
    *(rewrite, add, remove, reopen_or_resolve, schedule, rename_component, change_theme),
    *(draft, break_file, give_code, spoil_output, spoil_memory, set_by_hand, put_up_a_notice),
]


@pytest.mark.parametrize(
    "seed",
    [*range(2), *(pytest.param(seed, marks=pytest.mark.extreme) for seed in range(2, 60))],
)
def test_after_any_edits_the_output_is_that_of_a_build_without_memory(
    page_repository: Pages,
    build_site: Build,
    now: datetime,
    seed: int,
) -> None:
    chance = random.Random(seed)
    files = {
        f"incidents/{2020 + number}/incident-{number}.md": incident(
            f"Incident {number}", chance.choice(["api", "checkout"]), f"2026-11-0{number + 1}"
        )
        for number in range(5)
    }
    root = page_repository({"config.yml": CONFIG, **files})
    for _ in range(6):
        at = now + timedelta(days=chance.randint(-6, 6), minutes=chance.randint(0, 60))
        build_site(root, at=at)
        for _ in range(chance.randint(1, 2)):
            chance.choice(EDITS)(root, chance)
        remembered = build_site(root, at=at)
        forgetful = root.parent / "forgetful"
        shutil.copytree(root, forgetful, ignore=shutil.ignore_patterns(".statusgen", "site"))
        afresh = build_site(forgetful, at=at)
        assert files_below(root / "site") == files_below(forgetful / "site")
        assert remembered.problems == afresh.problems
        shutil.rmtree(forgetful)


def test_a_file_that_is_the_same_is_not_parsed_again(
    page_repository: Pages,
    build_site: Build,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    root = page_repository({"incidents/a.md": incident("A", "api", "2026-11-01")})
    build_site(root)
    monkeypatch.setattr("statusgen.source.readings._read_of", None)
    assert build_site(root).incidents == 1


def test_a_file_with_the_times_of_the_last_build_is_not_opened_again(
    page_repository: Pages,
    build_site: Build,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    root = page_repository({"incidents/a.md": incident("A", "api", "2026-11-01")})
    wait_for_a_tick(root)
    build_site(root)
    monkeypatch.setattr("statusgen.source.readings._bytes_of", None)
    (root / "config.yml").touch()
    assert build_site(root).incidents == 1


def test_a_file_as_young_as_the_last_build_is_opened_again(
    page_repository: Pages, build_site: Build
) -> None:
    """Within one tick of the clock it may have changed once more, and no time shows it."""
    root = page_repository({"incidents/a.md": incident("Old", "api", "2026-11-01")})
    build_site(root)
    path = root / "incidents/a.md"
    path.write_text(incident("New", "api", "2026-11-01"))
    build_site(root)
    assert "New" in (root / "site/incidents/a/index.html").read_text()


def test_a_file_of_the_same_size_with_its_time_set_back_is_read_again(
    page_repository: Pages, build_site: Build
) -> None:
    root = page_repository({"incidents/a.md": incident("Old", "api", "2026-11-01")})
    wait_for_a_tick(root)
    build_site(root)
    path = root / "incidents/a.md"
    before = path.stat()
    path.write_text(incident("New", "api", "2026-11-01"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    build_site(root)
    assert "New" in (root / "site/incidents/a/index.html").read_text()


def wait_for_a_tick(root: Path) -> None:
    """Return once the file system's clock is ahead of all that stands in a page repository."""
    newest = max(one.stat().st_ctime_ns for one in root.rglob("*"))
    probe = root / ".tick"
    while True:
        probe.write_text("")
        if probe.stat().st_mtime_ns > newest:
            probe.unlink()
            return
        time.sleep(0.001)


def test_a_memory_that_is_in_git_is_not_trusted(
    page_repository: Pages,
    build_site: Build,
    git: Git,
) -> None:
    """Who may change texts may not bring HTML that nobody has cleaned."""
    root = page_repository({"incidents/a.md": incident("A", "api", "2026-11-01")})
    build_site(root)
    memory = root / ".statusgen/markdown"
    forged = memory.read_bytes().replace(b"<strong>", b"<script>")
    assert forged != memory.read_bytes()
    memory.write_bytes(forged)
    git(root, "init", "-q")
    git(root, "add", "-f", ".statusgen")
    shutil.rmtree(root / "site")
    build_site(root)
    assert "<strong>" in (root / "site/incidents/a/index.html").read_text()


class Boom:
    """Would run a program when it is unpacked."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("touch /tmp/statusgen-was-here",)


@pytest.mark.parametrize(
    "packed",
    [b"", b"nonsense", b"cos\nsystem\n(S'true'\ntR.", b"\x80\x05cbuiltins\neval\n."],
)
def test_what_is_remembered_of_files_makes_nothing_but_readings(packed: bytes) -> None:
    from statusgen.source.readings import _unpacked

    assert _unpacked(packed) is None


def test_a_packed_program_is_not_run(tmp_path: Path) -> None:
    import pickle

    from statusgen.source.readings import _unpacked

    assert _unpacked(pickle.dumps([Boom()])) is None
    assert not Path("/tmp/statusgen-was-here").exists()  # noqa: S108 - what Boom would make


def test_files_are_parsed_in_chunks_that_a_new_file_hardly_moves() -> None:
    from statusgen.source.readings import _chunks

    paths = [f"incidents/{number:05}.md" for number in range(2000)]
    before = {tuple(chunk) for chunk in _chunks(paths)}
    after = {tuple(chunk) for chunk in _chunks(sorted([*paths, "incidents/00500-new.md"]))}
    assert len(before) > 15
    assert len(after - before) <= 2
    assert [path for chunk in _chunks(paths) for path in chunk] == paths


def as_in_3_11_2(member: Enum, _: int) -> tuple[object, tuple[object, ...]]:
    """Reduce a member of an enumeration as Python 3.11.2 does."""
    return getattr, (type(member), member.name)


@pytest.mark.parametrize("reduce", [Enum.__reduce_ex__, as_in_3_11_2])
def test_a_reading_survives_being_packed(
    monkeypatch: pytest.MonkeyPatch,
    reduce: Callable[[Enum, int], tuple[object, ...]],
) -> None:
    from zoneinfo import ZoneInfo

    from statusgen.content import parse_incident
    from statusgen.source.readings import _packed, _unpacked

    text = incident("A", "api", "2026-11-01").replace(
        "title:", "impct: x\nstarted: 2026-11-01 10:00 UTC\ntitle:"
    )
    reading = parse_incident("incidents/a.md", text.encode(), ZoneInfo("UTC"), {"api"})
    assert reading.problems
    read = [Read("incidents/a.md", reading, "x")]
    monkeypatch.setattr(Enum, "__reduce_ex__", reduce)
    assert _unpacked(_packed(read)) == read


def test_the_site_says_what_the_manifest_says(page_repository: Pages, build_site: Build) -> None:
    """Hashes of files that were not rendered again come from memory."""
    from hashlib import sha256

    root = page_repository({"incidents/a.md": incident("A", "api", "2026-11-01")})
    build_site(root)
    (root / "incidents/b.md").write_text(incident("B", "api", "2026-11-02"))
    build_site(root)
    files = files_below(root / "site")
    listed = json.loads(files.pop("manifest.json"))["files"]
    assert listed == {path: sha256(content).hexdigest() for path, content in files.items()}
