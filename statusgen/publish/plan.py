"""What a publish changes on a target, in the order in which readers never miss anything.

    new files        all that was not there: nothing leads to them yet
    assets/…         what pages need, under names that change with their content
    pages            those deep inside first, so that what leads to others comes after them
    index.html       the front page
    feeds, API …     what programs read
    manifest.json    what all of it is; then release.json

What is no longer part of the page goes a day later, because a page that was opened before may still
ask for it. Where something is to be taken back, by a rollback or a publish of everything anew, that
holds for parts of pages alone: a text that should not have been out is gone at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from statusgen.publish.release import Build, Kept, Release
from statusgen.site.hosting.file_types import ASSETS
from statusgen.site.hosting.manifest import MANIFEST

KEPT_SECONDS = 24 * 3600
KEPT_RELEASES = 2
"""An old file stays for a day and for so many releases: a clock that is wrong must not end it."""


class Plan(NamedTuple):
    """What becomes of a target: `send` in this order, then release.json, then delete `stale`."""

    release: Release
    send: tuple[str, ...]
    stale: tuple[str, ...]


def plan(  # noqa: PLR0913 (what a release records)
    build: Build,
    live: Release | None,
    now: int,
    held: str = "",
    *,
    whole: bool = False,
    stale_after: int | None = None,
) -> Plan:
    """Return how a build becomes the release after `live`.

    `now` and `stale_after` are in seconds since 1970. With `whole` every file is sent, whatever
    the target is thought to have; so it is if readers do not get `live`.
    """
    basis = live if live and live.served else None
    before = basis.paths if basis and not whole else {}
    kept, stale = _kept(build, basis, now, is_taken_back=whole or bool(held))
    release = Release((live.number if live else 0) + 1, build, now, kept, held, stale_after)
    changed = [path for path, sha256 in build.files.items() if before.get(path) != sha256]
    return Plan(release, tuple(in_order(changed, live)), tuple(sorted(stale)))


def in_order(paths: Iterable[str], live: Release | None = None) -> list[str]:
    """Return the paths of a site in the order in which they are to be written over `live`."""
    there = live.paths if live else {}
    return sorted(paths, key=lambda path: (path in there, step_of(path), path))


def step_of(path: str) -> tuple[int, int]:
    """Return what is higher for a file that needs others to be there before it."""
    if path == MANIFEST:
        return 3, 0
    if path.startswith(ASSETS):
        return 0, 0
    return (1, -path.count("/")) if path.endswith(".html") else (2, 0)


def _kept(
    build: Build, live: Release | None, now: int, *, is_taken_back: bool
) -> tuple[dict[str, Kept], list[str]]:
    """Return what stays for readers of older pages, and what goes now."""
    if live is None:
        return {}, []
    gone: Mapping[str, Kept] = {
        **{path: Kept(one.sha256, one.since, one.releases + 1) for path, one in live.kept.items()},
        **{path: Kept(sha256, now, 1) for path, sha256 in live.build.files.items()},
    }
    kept: dict[str, Kept] = {}
    stale = []
    for path, one in gone.items():
        if path in build.files:
            continue
        is_old = one.releases > KEPT_RELEASES and now - one.since >= KEPT_SECONDS
        if is_old or (is_taken_back and not path.startswith(ASSETS)):
            stale.append(path)
        else:
            kept[path] = one
    return kept, stale
