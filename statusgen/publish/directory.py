"""A directory of this machine as a target: each release a folder of its own, and a link to one.

    <folder>/current            a symbolic link, which a server has as its root
    <folder>/releases/42-…/     all files of a release, hard links where they did not change
    <folder>/releases/.new-…/   a release on its way

A reader sees the old release or the new one, since a rename is all that changes. Whoever fills a
new folder holds a lock on it, so that what a killed publisher left can be told and deleted.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress

from statusgen.files.locks import locked
from statusgen.files.writes import sync
from statusgen.publish.folder import Folder
from statusgen.publish.plan import Plan
from statusgen.publish.release import (
    RELEASE,
    Release,
    UnreadableError,
    in_time,
    parse_release,
    render_release,
)
from statusgen.publish.target import (
    NO_LINK,
    RELEASES,
    ConflictError,
    Files,
    Past,
    Sent,
    TargetError,
)
from statusgen.site.hosting.manifest import MANIFEST

_CURRENT = "current"
_NEW = ".new-"
_MANY = 200
"""From so many files and folders on, one sync of the whole disk is quicker than one each."""


class Directory:
    """Releases below a folder, of which `current` is the one that a server shows."""

    def __init__(self, name: str, folder: str) -> None:
        self.name = name
        self._folder = folder
        self._releases = f"{folder}/releases"

    def connected(self) -> AbstractContextManager[None]:
        return nullcontext()

    def live(self) -> Release | None:
        """Return the release that `current` leads to; the newest whole one if it leads nowhere."""
        with _explained():
            linked = self._linked()
            for name in dict.fromkeys((linked, *self._names())):
                with suppress(UnreadableError, FileNotFoundError):
                    release = _release_in(f"{self._releases}/{name}")
                    return release._replace(served=name == linked)
            return None

    def send(self, plan: Plan, live: Release | None, files: Files) -> Sent:
        with _explained():
            os.makedirs(self._releases, exist_ok=True)
            new = f"{self._releases}/{_NEW}{secrets.token_hex(6)}"
            try:
                with ExitStack() as held:
                    with locked(self._releases):
                        os.mkdir(new)
                        held.enter_context(locked(new))
                    release, sent = self._fill(new, plan, live, files)
                    with locked(self._releases):
                        self._switch(new, release, live)
                        self._forget(release)
            finally:
                shutil.rmtree(new, ignore_errors=True)
            return sent

    def past(self) -> Sequence[Past]:
        live = self.live()
        found = []
        for name in self._names():
            folder = f"{self._releases}/{name}"
            with suppress(UnreadableError, OSError):
                release = _release_in(folder)
                if live is None or release.number < live.number:
                    found.append(Past(release, Folder(folder, release.build.files)))
        return found

    def _fill(
        self, new: str, plan: Plan, live: Release | None, files: Files
    ) -> tuple[Release, Sent]:
        """Put a whole release into a folder: what did not change is linked from the live one."""
        old = f"{self._releases}/{live.id}" if live else ""
        folders = _make_folders(new, (*plan.release.build.files, *plan.release.kept))
        kept = {
            path: one
            for path, one in plan.release.kept.items()
            if _linked(f"{old}/{path}", f"{new}/{path}")
        }
        release = plan.release._replace(kept=kept)
        changed = set(plan.send)
        written = {
            path: files.read(path)
            for path in release.build.files
            if path in changed or not _linked(f"{old}/{path}", f"{new}/{path}")
        }
        written[RELEASE] = render_release(release)
        syncs_each = len(written) + len(folders) < _MANY
        for path, content in written.items():
            _write(f"{new}/{path}", content, is_synced=syncs_each)
        if syncs_each:
            for folder in folders:
                sync(folder)
        else:
            os.sync()
        return release, Sent(len(written), sum(map(len, written.values())))

    def _switch(self, new: str, release: Release, live: Release | None) -> None:
        """Make a folder the live release, if `live` still is.

        Raises:
            ConflictError: It is not.

        """
        now = self.live()
        if (now.id if now else "") != (live.id if live else ""):
            raise ConflictError
        name = f"{self._releases}/{release.id}"
        shutil.rmtree(name, ignore_errors=True)  # a publisher was killed before it was linked
        os.rename(new, name)
        sync(self._releases)
        link = f"{self._folder}/{_NEW}{secrets.token_hex(6)}"
        os.symlink(f"releases/{release.id}", link)
        try:
            os.replace(link, f"{self._folder}/{_CURRENT}")
        except OSError:
            os.unlink(link)
            raise
        sync(self._folder)

    def _forget(self, live: Release) -> None:
        """Delete releases beyond those that are kept, and what killed publishers left."""
        for name in [one for one in self._names() if one != live.id][RELEASES - 1 :]:
            shutil.rmtree(f"{self._releases}/{name}", ignore_errors=True)
        for name in os.listdir(self._releases):
            if name.startswith(_NEW):
                with suppress(OSError), locked(f"{self._releases}/{name}", waits=False):
                    shutil.rmtree(f"{self._releases}/{name}", ignore_errors=True)
        for name in os.listdir(self._folder):
            if name.startswith(_NEW):
                with suppress(OSError):
                    os.unlink(f"{self._folder}/{name}")

    def _linked(self) -> str:
        """Return the name of the folder that `current` leads to; '' if there is no such link.

        Raises:
            TargetError: What is there is none of ours.

        """
        link = f"{self._folder}/{_CURRENT}"
        if not os.path.islink(link) and os.path.lexists(link):
            raise TargetError(NO_LINK)
        with suppress(FileNotFoundError):
            return os.path.basename(os.readlink(link))
        return ""

    def _names(self) -> list[str]:
        """Return the folders of releases, newest first."""
        try:
            names = os.listdir(self._releases)
        except FileNotFoundError:
            return []
        return in_time(names)


def _release_in(folder: str) -> Release:
    with open(f"{folder}/{RELEASE}", "rb") as file:
        release = file.read()
    with open(f"{folder}/{MANIFEST}", "rb") as file:
        return parse_release(release, file.read())


def _linked(old: str, new: str) -> bool:
    """Make a hard link; tell whether there was something to link to."""
    try:
        os.link(old, new, follow_symlinks=False)
    except OSError:
        return False
    return True


def _make_folders(new: str, paths: Iterable[str]) -> list[str]:
    """Make the folders of a release; return them, those inside others first."""
    folders = {new, *(os.path.dirname(f"{new}/{path}") for path in paths)}
    for folder in sorted(folders):
        os.makedirs(folder, exist_ok=True)
    return sorted(folders, reverse=True)


def _write(path: str, content: bytes, *, is_synced: bool) -> None:
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(number, left) :]
        if is_synced:
            os.fsync(number)
    finally:
        os.close(number)


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except UnreadableError as error:
        raise TargetError(str(error)) from error
    except OSError as error:
        what = f"{error.strerror}: {error.filename}" if error.filename else str(error)
        raise TargetError(what, is_passing=False) from error
