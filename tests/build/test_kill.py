"""A build that is killed at any of its changes to the disk leaves the old or the new everywhere."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from crashing import count_changes, is_killed
from folders import files_below

from statusgen.build import Order, build
from statusgen.files.output import open_output

Files = dict[str, bytes]

OLD = {
    "index.html": b"old",
    "same": b"same",
    "x/gone": b"gone",
    "y/kept": b"kept",
    "x/z/gone": b"g",
}
NEW = {"index.html": b"newer", "same": b"same", "y/kept": b"kept", "n/a": b"a", "n/b": b"b"}


def write(out: Path, files: Files) -> None:
    with open_output(str(out), str(out.parent / "page")) as output:
        content = {"generator": "statusgen", "files": dict.fromkeys(files, "")}
        output.finish(("manifest.json", json.dumps(content).encode()), output.write(files.items()))


def visible(files: Files) -> Files:
    """Return what is meant for readers: not the notes and half files of a build at work."""
    return {path: content for path, content in files.items() if not path.startswith(".statusgen-")}


def assert_old_or_new(now: Files, old: Files, new: Files) -> None:
    """Each file is whole; what both builds have is there, what neither has is not."""
    assert old.keys() & new.keys() <= now.keys()
    for path, content in now.items():
        assert content in (old.get(path), new.get(path)), path


def check_every_kill(
    out: Path,
    prepare: Callable[[], object],
    work: Callable[[], object],
    *,
    every: int = 1,
) -> int:
    """Kill `work` at each change after `prepare`, finish it, and compare; return how many."""
    prepare()
    old = files_below(out)
    total = count_changes(work)
    new = files_below(out)
    for at in range(0, total, every):
        shutil.rmtree(out, ignore_errors=True)
        prepare()
        assert is_killed(work, at), f"change {at} of {total} was not reached"
        assert_old_or_new(visible(files_below(out)), old, new)
        work()
        assert files_below(out) == new, f"killed at change {at} of {total}"
    return total


@pytest.mark.parametrize("old", [{}, OLD], ids=["first build", "a build over another"])
def test_an_output_killed_at_each_change_is_whole_and_can_be_finished(
    tmp_path: Path,
    old: Files,
) -> None:
    out = tmp_path / "site"
    prepare = (lambda: write(out, old)) if old else out.mkdir
    assert check_every_kill(out, prepare, lambda: write(out, NEW)) > 10


def test_what_two_killed_builds_began_is_gone_after_the_third(tmp_path: Path) -> None:
    out = tmp_path / "site"
    middle = {"index.html": b"mid", "m/1": b"1", "m/2": b"2"}
    write(out, OLD)
    first = count_changes(lambda: write(out, middle))
    for at in range(first):
        shutil.rmtree(out)
        write(out, OLD)
        assert is_killed(lambda: write(out, middle), at)
        assert is_killed(lambda: write(out, NEW), (at * 7) % 12)
        write(out, NEW)
        assert files_below(out).keys() == {*NEW, "manifest.json"}


def build_at(root: Path, now: datetime) -> None:
    build(Order(str(root), str(root / "site"), now))


@pytest.mark.parametrize("every", [41, pytest.param(1, marks=pytest.mark.extreme)])
def test_a_build_killed_on_its_way_is_completed_by_the_next(
    page_repository: Callable[[dict[str, str]], Path],
    now: datetime,
    every: int,
) -> None:
    files = {
        "incidents/a.md": "---\ntitle: A\n---\n\n## Investigating · 2026-11-20 10:00 UTC\n\nOne.\n",
        "incidents/b.md": "---\ntitle: B\n---\n\n## Investigating · 2026-11-20 10:00 UTC\n\nTwo.\n",
    }
    root = page_repository(files)
    resolved = files["incidents/a.md"] + "\n## Resolved · 2026-11-20 11:00 UTC\n\nDone.\n"
    before = tree_of_first_build(root, now)

    def prepare() -> None:
        shutil.rmtree(root / "site", ignore_errors=True)
        shutil.copytree(before, root / "site")
        (root / "incidents/a.md").write_text(resolved)
        (root / "incidents/b.md").unlink(missing_ok=True)

    total = check_every_kill(
        root / "site",
        prepare,
        lambda: build_at(root, now),
        every=every,
    )
    assert total > 50


def tree_of_first_build(root: Path, now: datetime) -> Path:
    build_at(root, now)
    kept = root.parent / "first-site"
    shutil.copytree(root / "site", kept)
    return kept


@pytest.mark.parametrize(
    "delay",
    [0.35, 0.6, *(pytest.param(n / 50, marks=pytest.mark.extreme) for n in range(5, 60))],
)
def test_a_build_on_several_cores_that_is_killed_is_completed_by_the_next(
    page_repository: Callable[[dict[str, str]], Path],
    now: datetime,
    delay: float,
) -> None:
    """Its other processes may go on for a moment; the next build waits for them."""
    text = "---\ntitle: I {}\n---\n\n## Resolved · 2026-11-20 10:00 UTC\n\n**Text** {}.\n"
    root = page_repository({f"incidents/{n}.md": text.format(n, "old") for n in range(300)})
    command = [sys.executable, "-m", "statusgen", "build", "--root", str(root), "--now"]
    subprocess.run([*command, now.isoformat()], check=True, capture_output=True)
    old = files_below(root / "site")
    for number in range(0, 300, 2):
        (root / f"incidents/{number}.md").write_text(text.format(number, "new"))
    with subprocess.Popen([*command, now.isoformat()], stdout=subprocess.DEVNULL) as process:
        time.sleep(delay)
        process.kill()
    halfway = visible(files_below(root / "site"))
    subprocess.run([*command, now.isoformat()], check=True, capture_output=True)
    new = files_below(root / "site")
    assert_old_or_new(halfway, old, new)
    shutil.rmtree(root / "site")
    shutil.rmtree(root / ".statusgen")
    build_at(root, now)
    assert files_below(root / "site") == new
