"""Keeps the folders that are built in: one a tool and history, made when first asked for."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from contents import FORMS, add_hugo_update, write_content
from corpus import END, write_corpus
from facts import ZONE, update_facts
from measuring import Step, Work, run
from yardsticks import command_of, place_theme

PYTHON = Path(sys.executable)
STATUSGEN = str(PYTHON.parent / "statusgen")
OUTPUTS = ("site", "public", ".statusgen")
IN_MEMORY = Path("/dev/shm")  # noqa: S108 - outputs are not to measure a disk
UNCHANGED = "nothing changed"


@cache
def workshop() -> Path:
    """Return the folder in which everything is built; in memory, where there is such a folder."""
    return Path(mkdtemp(prefix="statusgen-bench-", dir=IN_MEMORY if IN_MEMORY.is_dir() else None))


def clear_workshop() -> None:
    """Delete everything."""
    shutil.rmtree(workshop())


def place(tool: str, count: int, *, rich: bool = False, name: str = "") -> Path:
    """Return a folder with a history as `tool` likes it, in Git if it is ours."""
    folder = workshop() / f"{tool}-{count}-{'rich' if rich else 'plain'}{name}"
    if folder.exists():
        return folder
    folder.mkdir()
    if tool in FORMS:
        write_content(tool, _own_site(count, rich=rich), folder)
    else:
        write_corpus(tool, count, folder, rich=rich)
    place_theme(tool, folder)
    if tool == "statusgen":
        git("init", "--quiet", folder=folder)
        git("add", ".", folder=folder)
        who = ("-c", "user.name=Acme", "-c", "user.email=status@acme.example")
        git(*who, "commit", "--quiet", "--message", "History", folder=folder)
    return folder


def _own_site(count: int, *, rich: bool) -> Path:
    """Return what statusgen makes of a history."""
    folder = place("statusgen", count, rich=rich)
    run(Work((STATUSGEN, "build"), folder))
    return folder / "site"


def git(*arguments: str, folder: Path) -> None:
    """Run Git."""
    subprocess.run(["git", *arguments], cwd=folder, check=True)


def cold(tool: str, count: int, *, rich: bool = False) -> Work:
    """Return a build without anything of an earlier one."""
    folder = place(tool, count, rich=rich)
    return Work(build_command(tool), folder, before=lambda: delete_outputs(folder))


def build_command(tool: str) -> tuple[str, ...]:
    """Return the command that builds in the current folder."""
    return (STATUSGEN, "build") if tool == "statusgen" else tuple(command_of(tool))


def delete_outputs(folder: Path) -> None:
    """Delete what builds have made."""
    for name in OUTPUTS:
        with suppress(FileNotFoundError):
            shutil.rmtree(folder / name)


def python(*arguments: str) -> Work:
    """Return a run of the Python that runs us."""
    return Work((str(PYTHON), *arguments), workshop())


def settle(folder: Path) -> None:
    """Build until there is nothing to do."""
    work = Work((STATUSGEN, "build"), folder)
    for _ in range(2):
        run(work)
    run(Work(work.command, folder, is_valid=lambda output: UNCHANGED in output))


def appender(folder: Path) -> Step:
    """Return what adds one more update to the newest incident, which is open."""
    newest = max(folder.glob("**/incidents/**/[0-9]*.md"), key=lambda path: path.name)
    is_json = newest.read_text(encoding="utf-8").startswith("{")
    step = 0

    def append() -> None:
        nonlocal step
        step += 1
        at = END + timedelta(minutes=step)
        text = f"We keep watching, {step}."
        if is_json:
            moment = at.astimezone(ZONE).isoformat(timespec="milliseconds")
            update = update_facts(f"{step:012}", moment, "monitoring", "Update")
            add_hugo_update(newest, update, text)
        else:
            with newest.open("a", encoding="utf-8") as file:
                file.write(f"\n## Monitoring · {at:%Y-%m-%d %H:%M} UTC\n\n{text}\n")

    return append


def count_written(folder: Path, step: Callable[[], object]) -> int:
    """Return how many files in a folder are written anew while something is done."""
    mark = workshop() / "mark"
    mark.touch()
    begin = mark.stat().st_mtime_ns
    step()
    return sum(path.stat().st_mtime_ns > begin for path in folder.rglob("*") if path.is_file())
