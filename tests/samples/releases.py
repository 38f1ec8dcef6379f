"""Small builds and a reader that polls them, for the tests of publishing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from folders import files_below

from statusgen.network.patience import Patience
from statusgen.publish.decision import Insistence, Relate, Relation
from statusgen.publish.folder import Folder, read_build
from statusgen.publish.publishing import Order
from statusgen.publish.release import digest_of
from statusgen.site.context import Source
from statusgen.site.hosting.manifest import render_manifest

T = TypeVar("T")

HISTORY = ("1" * 40, "2" * 40, "3" * 40, "4" * 40)
"""Commits, each the parent of the next."""

PLAIN = Insistence()
QUICK = Patience(seconds=20, pause=0.01)

ONE = {
    "assets/style.1.css": b"one",
    "index.html": b"<link href=assets/style.1.css>one",
    "history/index.html": b"<link href=../assets/style.1.css>one",
    "api/v2/status.json": b'{"status":1}',
    "same.html": b"the same",
}
TWO = {
    "assets/style.2.css": b"two",
    "index.html": b"<link href=assets/style.2.css>two",
    "history/index.html": b"<link href=../assets/style.2.css>two",
    "incidents/a/index.html": b"<link href=../../assets/style.2.css>two",
    "api/v2/status.json": b'{"status":2}',
    "same.html": b"the same",
}


def lay_out(folder: Path, files: Mapping[str, bytes], commit: str = HISTORY[0]) -> str:
    """Write a built site; return its folder."""
    hashes = {path: digest_of(content) for path, content in files.items()}
    manifest = render_manifest(hashes, Source(commit), "1.0")
    for path, content in (*files.items(), manifest):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return str(folder)


def at_once(works: Iterable[Callable[[], T]]) -> list[T]:
    """Run works in threads at the same time; return what they returned."""
    with ThreadPoolExecutor() as pool:
        running = [pool.submit(work) for work in works]
        return [one.result() for one in running]


def relation(ours: str, theirs: str) -> Relation:
    """Compare two commits of `HISTORY`; any other is not known."""
    if ours not in HISTORY or theirs not in HISTORY:
        return Relation.APART
    if ours == theirs:
        return Relation.SAME
    return Relation.NEWER if ours > theirs else Relation.OLDER


def order_of(
    folder: str,
    now: int = 1_000_000,
    insist: Insistence = PLAIN,
    relate: Relate = relation,
    patience: Patience = QUICK,
) -> Order:
    """Return the order to publish what is in a folder."""
    build = read_build(folder)
    return Order(build, Folder(folder, build.files), now, relate, insist, patience)


def seen_in(folder: Path) -> dict[str, bytes]:
    """Return what readers of a folder get, without release.json."""
    found = files_below(folder)
    return {path: content for path, content in found.items() if path != "release.json"}
