"""A build that would change nothing is not done, and every other one is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from statusgen.build import Built
from statusgen.memory.contents import is_unchanged, observe
from statusgen.memory.freshness import is_fresh, is_settled, read_note

Pages = Callable[..., Path]
Build = Callable[..., Built]
Git = Callable[..., str]

INCIDENT = """\
---
title: Card payments fail
---

## Investigating · 2026-11-20 10:05 UTC

Some customers see an error.

## Resolved · 2026-11-20 11:05 UTC
"""
CONFIG = """\
page: {name: Acme, url: "https://status.acme.example"}
brand: {logo: brand/logo.svg}
"""


def settle(root: Path) -> None:
    """Make every source old enough that the next change must show in its time."""
    for path in (path for path in root.rglob("*") if path.is_file()):
        os.utime(path, ns=(1, 1))


@pytest.fixture
def built(page_repository: Pages, build_site: Build) -> Path:
    """Return a page repository in Git's absence, just built."""
    files = {
        "config.yml": CONFIG,
        "incidents/2026/a.md": INCIDENT,
        "brand/logo.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "site-template/404.html": '{% extends "default:404.html" %}',
    }
    root = page_repository(files)
    build_site(root)
    rebuilt_when_settled(root, build_site)
    return root


def rebuilt_when_settled(root: Path, build_site: Build) -> None:
    """Wait for a tick of the file system's clock, so that all sources are older than the build."""
    while not fresh(root):
        build_site(root)


def fresh(root: Path, at: datetime | None = None) -> bool:
    moment = (at or NOW).timestamp()
    return is_fresh(str(root), str(root / "site"), moment) is not None


def unchanged(root: Path) -> bool:
    inputs = observe(str(root))
    return is_unchanged(str(root), str(root / "site"), NOW.timestamp(), inputs) is not None


NOW = datetime.fromisoformat("2026-11-21T12:00Z")


def test_right_after_a_build_there_is_nothing_to_do(built: Path) -> None:
    assert fresh(built)


def edit(path: str) -> Callable[[Path], object]:
    def change(root: Path) -> None:
        with (root / path).open("a") as file:
            file.write("\n")

    return change


def edit_in_place(root: Path) -> None:
    """Change a byte and pretend that nobody did: same size, same modification time."""
    path = root / "incidents/2026/a.md"
    before = path.stat()
    path.write_text(INCIDENT.replace("Card", "Bank"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


CHANGES: dict[str, Callable[[Path], object]] = {
    "an incident": edit("incidents/2026/a.md"),
    "an incident, secretly": edit_in_place,
    "config.yml": edit("config.yml"),
    "the logo": edit("brand/logo.svg"),
    "the theme": edit("site-template/404.html"),
    "a new incident": lambda root: (root / "incidents/b.md").write_text(INCIDENT),
    "a removed incident": lambda root: (root / "incidents/2026/a.md").unlink(),
    "a renamed incident": lambda root: (
        (root / "incidents/2026/a.md").rename(root / "b.md") and None
    ),
    "a page gone from the output": lambda root: (root / "site/index.html").unlink(),
    "a folder gone from the output": lambda root: shutil.rmtree(root / "site/incidents/a"),
    "the output gone": lambda root: shutil.rmtree(root / "site"),
    "the front page edited by hand": edit("site/index.html"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_changes_there_is_something_to_do(
    built: Path,
    build_site: Build,
    change: Callable[[Path], object],
) -> None:
    change(built)
    assert not fresh(built)
    assert not unchanged(built)


def test_time_brings_work_only_when_the_page_changes_by_itself(
    built: Path,
    build_site: Build,
) -> None:
    next_change = build_site(built).next_change
    rebuilt_when_settled(built, build_site)
    assert next_change is not None
    assert fresh(built, next_change - timedelta(seconds=1))
    assert not fresh(built, next_change)
    assert not fresh(built, NOW - timedelta(seconds=1))


def test_another_output_folder_knows_nothing_of_this_one(built: Path) -> None:
    assert is_fresh(str(built), str(built / "other"), NOW.timestamp()) is None


def test_a_file_that_is_no_input_is_no_change(page_repository: Pages, build_site: Build) -> None:
    root = page_repository({"incidents/a.md": INCIDENT})
    build_site(root)
    rebuilt_when_settled(root, build_site)
    (root / "build.log").write_text("not ours\n")
    assert fresh(root)


def test_another_commit_is_a_change(built: Path, build_site: Build, git: Git) -> None:
    """The manifest names the commit."""
    git(built, "init", "-q")
    git(built, "commit", "-q", "--allow-empty", "-m", "one")
    assert not fresh(built)
    rebuilt_when_settled(built, build_site)
    git(built, "commit", "-q", "--allow-empty", "-m", "two")
    assert not fresh(built)


def test_another_version_of_a_library_is_a_change(
    built: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("statusgen.memory.freshness.installed_packages", lambda: ["nh3-99"])
    assert not fresh(built)


def test_new_times_alone_are_no_change(built: Path) -> None:
    """As in a fresh clone with the output and .statusgen/ restored."""
    settle(built)
    assert not fresh(built)
    assert unchanged(built)
    assert fresh(built)


def test_a_change_that_shows_in_a_size_is_known_without_reading_a_file(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("statusgen.memory.contents.read_file", None)
    (built / "incidents/2026/a.md").write_text(INCIDENT + "\nMore.\n")
    assert not unchanged(built)


def test_a_change_of_as_many_bytes_is_known_too(built: Path) -> None:
    (built / "incidents/2026/a.md").write_text(INCIDENT.replace("Card", "Bank"))
    assert not unchanged(built)


def test_an_output_of_another_build_is_not_taken_for_this_one(
    built: Path,
    build_site: Build,
) -> None:
    shutil.copytree(built / "site", built / "older")
    (built / "incidents/2026/a.md").write_text(INCIDENT.replace("Card", "Bank"))
    rebuilt_when_settled(built, build_site)
    shutil.rmtree(built / "site")
    (built / "older").rename(built / "site")
    assert not fresh(built)
    assert not unchanged(built)


def test_a_build_that_began_withdraws_the_note_of_the_last(
    built: Path,
    build_site: Build,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("statusgen.making.derive", die)
    with pytest.raises(KeyboardInterrupt):
        build_site(built)
    assert not fresh(built)
    assert not unchanged(built)


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"nonsense",
        b"statusgen-build 1\n\n",
        b"statusgen-build 1\nbuilt x\nnext y\n\n",
        b"statusgen-build 99\nbuilt 0\nnext inf\n\n",
        b"\xff\xfe\n\n\x00",
    ],
)
def test_a_damaged_note_is_no_note(built: Path, damage: bytes) -> None:
    (built / ".statusgen/last-build").write_bytes(damage)
    assert not fresh(built)
    assert not unchanged(built)


def test_a_note_cut_off_anywhere_is_no_note(built: Path) -> None:
    note = built / ".statusgen/last-build"
    whole = note.read_bytes()
    for length in range(0, len(whole), 401):
        note.write_bytes(whole[:length])
        assert not fresh(built), length


def test_a_build_with_errors_is_always_done_again(
    page_repository: Pages,
    build_site: Build,
) -> None:
    """Its problems must be told every time."""
    root = page_repository({"incidents/a.md": "?"})
    build_site(root)
    assert read_note(str(root)) is None


def test_a_source_as_young_as_the_build_is_looked_at_twice() -> None:
    assert is_settled([("a", True, 1, 5, 5), None], clock=6)
    assert not is_settled([("a", True, 1, 6, 5)], clock=6)
    assert not is_settled([("a", True, 1, 5, 6)], clock=6)


def test_what_is_remembered_is_kept_out_of_git(built: Path, git: Git) -> None:
    git(built, "init", "-q")
    assert ".statusgen" not in git(built, "status", "--porcelain", "--untracked-files=all")


def test_an_unchanged_page_costs_no_import(built: Path) -> None:
    """What takes 5 ms and more to import is what would make an unchanged build slow."""
    code = (
        "import sys; from statusgen.memory.freshness import is_fresh; "
        f"is_fresh({str(built)!r}, {str(built / 'site')!r}, {NOW.timestamp()}); "
        "print(*sorted(sys.modules))"
    )
    command = [sys.executable, "-S", "-c", code]  # without what site-packages may bring along
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    heavy = {"re", "json", "hashlib", "pathlib", "typing", "dataclasses", "datetime", "click"}
    assert not heavy & set(done.stdout.split())


def test_a_repository_packed_and_unpacked_is_unchanged(built: Path, tmp_path: Path) -> None:
    """An archive keeps whole seconds at best, and gives every file a new inode."""
    archive = tmp_path / "page.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for path in sorted(path for path in built.rglob("*") if path.is_file()):
            os.utime(path, (1_800_000_000, 1_800_000_000))
            file.write(path, path.relative_to(built))
    with zipfile.ZipFile(archive) as file:
        file.extractall(tmp_path / "unpacked")
    assert unchanged(tmp_path / "unpacked")


@pytest.mark.parametrize("name", ["last-build", "last-build.tmp", ".gitignore"])
def test_nothing_is_written_through_a_link_in_its_place(
    page_repository: Pages,
    build_site: Build,
    tmp_path: Path,
    name: str,
) -> None:
    precious = tmp_path / "precious"
    precious.write_text("keep this")
    root = page_repository({})
    (root / ".statusgen").mkdir()
    (root / ".statusgen" / name).symlink_to(precious)
    build_site(root)
    assert precious.read_text() == "keep this"


def test_no_file_is_made_where_a_link_leads(
    page_repository: Pages, build_site: Build, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    root = page_repository({})
    (root / ".statusgen").symlink_to(elsewhere)
    build_site(root)
    assert not list(elsewhere.iterdir())
