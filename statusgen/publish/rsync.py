"""A folder of another machine as a target, over rsync and SSH; laid out as a directory target is.

    <folder>/current            a symbolic link, which a server has as its root
    <folder>/releases/42-…/     all files of a release; release.json is written last

rsync cannot lock. So a publisher looks once more after it has switched the link. If another release
of the same number or a higher one is whole by then, one of both makes way and starts anew, and the
other waits until it has: whoever was last to switch the link is always one who looks once more.
"""

from __future__ import annotations

import os
import shutil
import time
import weakref
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import NamedTuple

from statusgen.publish.folder import Folder
from statusgen.publish.plan import Plan
from statusgen.publish.release import (
    RELEASE,
    Kept,
    Release,
    UnreadableError,
    in_time,
    number_of,
    parse_release,
    render_release,
)
from statusgen.publish.remote_folder import RemoteFolder
from statusgen.publish.target import (
    NO_LINK,
    RELEASES,
    ConflictError,
    Files,
    Past,
    Sent,
    TargetError,
    check_whole,
)
from statusgen.site.hosting.manifest import MANIFEST

_CURRENT = "current"
_RELEASES = "/releases"
_BASES = 20  # so many rsync takes


class _State(NamedTuple):
    """What is on the machine: where the link leads, whole releases with release.json, others."""

    linked: str
    whole: Mapping[str, bytes]
    partial: frozenset[str]

    @property
    def live(self) -> str:
        """The id of the live release: where the link leads, or the newest whole one; or ''."""
        return self.linked if self.linked in self.whole else next(iter(in_time(self.whole)), "")

    def rivals(self, release_id: str) -> list[str]:
        """Return whole releases that are not older than one and not it."""
        number = number_of(release_id)
        return [
            one for one in in_time(self.whole) if number_of(one) >= number and one != release_id
        ]


class Rsync:
    """Releases in a folder of another machine.

    `grace` is for how many seconds a release that is whole but not linked is waited for.
    """

    def __init__(self, name: str, folder: RemoteFolder, grace: float = 5) -> None:
        self.name = name
        self._folder = folder
        self._grace = grace
        self._seen: _State | None = None

    def connected(self) -> AbstractContextManager[None]:
        return self._folder.connected()

    def live(self) -> Release | None:
        with self.connected():
            state = self._look()
            for name in dict.fromkeys((state.live, *in_time(state.whole))):
                for release in self._releases([name], state).values():
                    return release._replace(served=name == state.linked)
        return None

    def send(self, plan: Plan, live: Release | None, files: Files) -> Sent:
        build = plan.release.build
        size = sum(len(files.read(path)) for path in plan.send)
        with self.connected(), TemporaryDirectory() as folder:
            stage = Path(folder)
            kept = self._fetch_kept(stage, plan.release, live)
            release = plan.release._replace(kept=kept)
            if isinstance(files, Folder) and files.has_only(build.files):
                self._upload(release.id, Path(files.path), *([stage] if kept else []))
                check_whole(build, files)  # it is what was sent, if it still is the build
            else:
                for path in build.files:
                    _write(stage / path, files.read(path))
                self._upload(release.id, stage)
            described = render_release(release)
            self._wait_for_rivals(release.id, live)
            self._describe(release.id, described)
            self._link(release.id)
            self._settle(release.id)
        return Sent(len(plan.send) + 1, size + len(described))

    def past(self) -> Sequence[Past]:
        with self.connected():
            state = self._look()
            older = [one for one in in_time(state.whole) if number_of(one) < number_of(state.live)]
            releases = self._releases(older, state)
        return [
            Past(release, _Fetched(self._folder, f"{_RELEASES}/{name}", release))
            for name, release in releases.items()
        ]

    def _look(self) -> _State:
        """Return what is there now, by one transfer of small files."""
        with TemporaryDirectory() as folder:
            here = Path(folder)
            self._folder.fetch(
                here,
                *(f"--include=/{_CURRENT}", "--include=/releases/", "--include=/releases/*/"),
                *(f"--include=/releases/*/{RELEASE}", "--exclude=*"),
            )
            link = here / _CURRENT
            if link.exists() and not link.is_symlink():
                raise TargetError(NO_LINK)
            linked = os.path.basename(os.readlink(link)) if link.is_symlink() else ""
            names = in_time(one.name for one in (here / "releases").glob("*"))
            found = {name: here / "releases" / name / RELEASE for name in names}
            whole = {name: path.read_bytes() for name, path in found.items() if path.is_file()}
            self._seen = _State(linked, whole, frozenset(names) - whole.keys())
            return self._seen

    def _releases(self, names: Sequence[str], state: _State) -> dict[str, Release]:
        """Return releases by their ids; those that are none of ours are left out."""
        found = {}
        wanted = [name for name in names if name]
        with TemporaryDirectory() as folder:
            if wanted:
                paths = [f"{name}/{MANIFEST}" for name in wanted]
                self._folder.fetch_files(Path(folder), paths, _RELEASES)
            for name in wanted:
                with suppress(UnreadableError, OSError):
                    manifest = Path(folder, name, MANIFEST).read_bytes()
                    found[name] = parse_release(state.whole[name], manifest)
        return found

    def _fetch_kept(self, stage: Path, release: Release, live: Release | None) -> dict[str, Kept]:
        """Bring the kept files of a release into a folder here; return those that there are."""
        if live and release.kept:
            self._folder.fetch_files(stage, release.kept, f"{_RELEASES}/{live.id}")
        return {path: one for path, one in release.kept.items() if (stage / path).is_file()}

    def _upload(self, release_id: str, *sources: Path) -> None:
        """Make the folder of a release what some folders here are together.

        What tells that it is whole, release.json, is not among them.
        """
        state = self._seen or self._look()
        if not state.whole and not state.partial:
            with TemporaryDirectory() as folder:
                Path(folder, "releases").mkdir()
                self._folder.add(Path(folder), "/")
        basis = [f"{_RELEASES}/{name}" for name in in_time(state.whole)[:_BASES]]
        to = f"{_RELEASES}/{release_id}"
        self._folder.put(sources, to, basis, but=RELEASE)

    def _describe(self, release_id: str, described: bytes) -> None:
        with TemporaryDirectory() as folder:
            Path(folder, RELEASE).write_bytes(described)
            self._folder.put([Path(folder)], f"{_RELEASES}/{release_id}", only=RELEASE)

    def _link(self, release_id: str) -> None:
        """Let the link lead to a release, in one step."""
        with TemporaryDirectory() as folder:
            Path(folder, _CURRENT).symlink_to(f"releases/{release_id}")
            self._folder.add(Path(folder), "/")

    def _withdraw(self, release_id: str) -> None:
        """Let a release no longer be whole; readers who get it still get all of it."""
        self._folder.delete(f"{_RELEASES}/{release_id}", [RELEASE])

    def _wait_for_rivals(self, release_id: str, live: Release | None) -> None:
        """Make sure that nobody else is about to switch the link.

        Raises:
            ConflictError: Somebody has.

        """
        until = time.monotonic() + self._grace
        while True:
            state = self._look()
            if state.live != (live.id if live else ""):
                raise ConflictError
            rivals = state.rivals(release_id)
            if not rivals:
                return
            if time.monotonic() > until:
                for rival in rivals:  # its publisher was killed before it was linked
                    self._withdraw(rival)
                return
            time.sleep(self._grace / 10)

    def _settle(self, release_id: str) -> None:
        """Make sure that readers get a release, or make way for another that became whole too.

        Of two that did so at once the one that comes first in time stays, or neither ever would.

        Raises:
            ConflictError: There is another one that stays.

        """
        until = time.monotonic() + self._grace
        while True:
            state = self._look()
            rivals = state.rivals(release_id)
            if release_id not in state.whole or in_time([release_id, *rivals])[0] != release_id:
                self._make_way(release_id, rivals)
                raise ConflictError
            if not rivals and state.linked == release_id:
                self._tidy(state, release_id)
                return
            if time.monotonic() > until:
                for rival in rivals:  # its publisher was killed before it made way
                    self._withdraw(rival)
            if not rivals or time.monotonic() > until:
                self._link(release_id)
            else:
                time.sleep(self._grace / 10)

    def _make_way(self, release_id: str, rivals: Sequence[str]) -> None:
        self._withdraw(release_id)
        while rivals:
            self._link(rivals[0])
            state = self._look()
            if state.linked in state.whole:
                break
            rivals = state.rivals(release_id)

    def _tidy(self, state: _State, release_id: str) -> None:
        """Delete releases beyond those that are kept, and what killed publishers left."""
        old = in_time(state.whole)[RELEASES:]
        lost = [one for one in state.partial if number_of(one) < number_of(release_id)]
        self._folder.delete(_RELEASES, [*old, *lost])


class _Fetched:
    """The files of a release on the machine, which are brought here when the first is read."""

    def __init__(self, folder: RemoteFolder, path: str, release: Release) -> None:
        self._folder = folder
        self._path = path
        self._release = release

    def read(self, path: str) -> bytes:
        return self._here.read(path)

    @cached_property
    def _here(self) -> Folder:
        here = mkdtemp()
        weakref.finalize(self, shutil.rmtree, here, ignore_errors=True)
        with self._folder.connected():
            self._folder.fetch(Path(here), of=self._path)
        return Folder(here, self._release.build.files)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
