"""Writes the output tree so that a reader never meets half a file, and a kill never leaves one.

    .statusgen-pending   first: the paths that the manifest of the build before does not list
    every other file     where its bytes differ: a temporary file, then a rename onto its path
    manifest.json        when all of that is there
    stale files          deleted at last, then the folders that this leaves empty

Ours is what the manifest or the pending list names, and nothing else is ever deleted. A folder with
something in it and neither of the two is somebody else's.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import NamedTuple

from statusgen.files.locks import locked
from statusgen.files.names import INCIDENTS, OUTPUT_PATH, PAGES, PLAYBOOK, STATE_FOLDER, THEME
from statusgen.files.source_tree import NO_FOLLOW, read_file
from statusgen.model import PUBLIC
from statusgen.site.hosting.manifest import MANIFEST

_PENDING = ".statusgen-pending"
_TEMPORARY = ".statusgen-tmp-"
_PATH = re.compile(OUTPUT_PATH)
_LARGEST = 16 << 20
_BATCH_FILES = 64
_BATCH_BYTES = 4 << 20


Seal = tuple[int, int, int, int]
"""When a file was changed and its bytes were, in nanoseconds, its size and its inode.

Whoever changes a file changes its seal, unless that is within a tick of the disk's clock.
"""


class RefusedError(Exception):
    """The output folder is not one that may be written to."""


class WriteError(Exception):
    """The system did not let us write: the path below the output folder, and why."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"cannot write {self.path}: {self.reason}"


class Written(NamedTuple):
    """A file of the output: its path, its SHA-256 in hex, and whether its bytes changed."""

    path: str
    sha256: str
    is_new: bool


class OutputTree:
    """The folder that a site is written to, held for one build.

    `ours` are the paths that earlier builds wrote, whole or in part.
    """

    def __init__(self, folder: str, ours: frozenset[str]) -> None:
        self.folder = folder
        self.ours = ours
        self._folders = {folder}

    def write(self, outputs: Iterable[tuple[str, bytes]]) -> list[Written]:
        """Write what differs from what is there; several processes may do so at once."""
        done: list[Written] = []
        for batch in _batches(outputs):
            self._announce(path for path, _ in batch if path not in self.ours)
            done.extend(self._write(path, content) for path, content in batch)
        return done

    def seal(self, path: str) -> Seal | None:
        """Return the seal of a file; None if there is none."""
        try:
            found = os.lstat(f"{self.folder}/{path}")
        except OSError:
            return None
        if not stat.S_ISREG(found.st_mode):
            return None
        return found.st_ctime_ns, found.st_mtime_ns, found.st_size, found.st_ino

    def find(self, path: str, sha256: str, known: Seal | None) -> Seal | None:
        """Return the seal of an earlier build's file, if that is there with these bytes.

        It is not read if its seal is the one known from when it had them.
        """
        seal = self.seal(path) if path in self.ours else None
        return seal if seal is None or seal == known or self._has(path, sha256) else None

    def _has(self, path: str, sha256: str) -> bool:
        try:
            content = read_file(self.folder, path, largest=_LARGEST)
        except OSError:
            return False
        return hashlib.sha256(content).hexdigest() == sha256

    def finish(
        self,
        manifest: tuple[str, bytes],
        written: Iterable[Written],
    ) -> tuple[Written, int]:
        """Write the manifest, then delete what only earlier builds wrote; return how many files."""
        current = {MANIFEST, *(one.path for one in written)}
        stale = sorted(self.ours - current)
        self._announce(stale)  # from here on the manifest no longer lists them
        (entry,) = self.write([manifest])
        with _explained(self.folder):
            for path in stale:
                self._delete(path)
            for folder in _parents(stale):
                with suppress(OSError):  # something is left in it, or it is a link
                    os.rmdir(f"{self.folder}/{folder}")
            self._delete(_PENDING)
        return entry, len(stale)

    def _announce(self, paths: Iterable[str]) -> None:
        """Note on disk that these paths are ours, before anything is done to them."""
        lines = "".join(f"{path}\n" for path in paths)
        if lines:
            with _explained(_PENDING):
                flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | NO_FOLLOW
                file = os.open(f"{self.folder}/{_PENDING}", flags)
                try:
                    _write_all(file, lines.encode("utf-8", "surrogateescape"))
                finally:
                    os.close(file)

    def _write(self, path: str, content: bytes) -> Written:
        if not _PATH.fullmatch(path):
            raise AssertionError(f"no path for an output: {path!r}")
        target = f"{self.folder}/{path}"
        sha256 = hashlib.sha256(content).hexdigest()
        if path in self.ours and _holds(target, content):
            return Written(path, sha256, is_new=False)
        temporary = f"{self.folder}/{_TEMPORARY}{os.getpid()}"
        with _explained(path):
            self._make_folder(os.path.dirname(target))
            _write_file(temporary, content)
            os.replace(temporary, target)
        return Written(path, sha256, is_new=True)

    def _delete(self, path: str) -> None:
        """Delete a file unless the way to it leads through a link."""
        folders = (f"{self.folder}/{folder}" for folder in _parents([path]))
        if not any(os.path.islink(folder) for folder in folders):
            with suppress(FileNotFoundError):
                os.unlink(f"{self.folder}/{path}")

    def _make_folder(self, folder: str) -> None:
        """Make a folder and those above it; a link in place of one would lead out of the tree."""
        if folder in self._folders:
            return
        self._make_folder(os.path.dirname(folder))
        try:
            os.mkdir(folder)
        except FileExistsError:
            if not stat.S_ISDIR(os.lstat(folder).st_mode):
                raise
        self._folders.add(folder)


@contextmanager
def open_output(folder: str, root: str, audience: str = PUBLIC) -> Iterator[OutputTree]:
    """Hold an output folder for one build of the page repository at `root`.

    A build that finds another one at work in the folder waits for it.

    Raises:
        RefusedError: Writing there could harm what is not ours.
        WriteError: The system does not let us make or read the folder.

    """
    real = os.path.realpath(folder)
    _refuse_place(real, os.path.realpath(root), folder)
    with _explained(folder):
        os.makedirs(real, exist_ok=True)
    with ExitStack() as held:
        with _explained(folder):
            held.enter_context(locked(real))
            tree = OutputTree(real, _take_stock(real, folder, audience))
        yield tree


def _refuse_place(real: str, root: str, folder: str) -> None:
    if os.path.exists(real) and not os.path.isdir(real):
        raise RefusedError(f"'{folder}' is not a folder")
    if real == root:
        raise RefusedError(f"'{folder}' is the page repository itself")
    if os.path.commonpath([real, root]) == real:
        raise RefusedError(f"'{folder}' holds the page repository")
    for name in (INCIDENTS, PAGES, PLAYBOOK, THEME, ".git", STATE_FOLDER):
        if os.path.commonpath([real, os.path.join(root, name)]) == os.path.join(root, name):
            raise RefusedError(f"'{folder}' is in '{name}', where sources are")


def _take_stock(real: str, folder: str, audience: str) -> frozenset[str]:
    """Return what earlier builds wrote here; remove what a killed one left half done."""
    names = os.listdir(real)
    manifest = _manifest_at(f"{real}/{MANIFEST}")
    if manifest and manifest.audience != audience:
        raise RefusedError(
            f"'{folder}' holds the site for the audience '{manifest.audience}':"
            f" the one for '{audience}' needs a folder of its own",
        )
    listed = manifest.paths if manifest else None
    pending = _listed_as_pending(f"{real}/{_PENDING}") if _PENDING in names else None
    if names and listed is None and pending is None:
        raise RefusedError(
            f"'{folder}' is not empty, and no earlier build of statusgen wrote what is in it",
        )
    for name in names:
        if name.startswith(_TEMPORARY):
            os.unlink(f"{real}/{name}")
    return frozenset((listed or set()) | (pending or set()))


class _Manifest(NamedTuple):
    """Whom a site is for, and its files, the manifest among them."""

    audience: str
    paths: set[str]


def _manifest_at(path: str) -> _Manifest | None:
    """Return what a manifest of ours says; None if it is not one."""
    try:
        with open(path, "rb") as file:
            manifest = json.load(file)
        is_ours = manifest["generator"] == "statusgen"
        paths = [path for path in manifest["files"] if _PATH.fullmatch(path)]
        audience = str(manifest.get("audience", PUBLIC))
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return _Manifest(audience, {MANIFEST, *paths}) if is_ours else None


def _listed_as_pending(path: str) -> set[str]:
    """Return the paths in a pending list; a last line that was cut off is cut off for good."""
    file = os.open(path, os.O_RDWR | NO_FOLLOW)
    with os.fdopen(file, "rb+") as stream:
        whole, newline, _ = stream.read().rpartition(b"\n")
        stream.truncate(len(whole) + len(newline))
    lines = whole.decode("utf-8", "surrogateescape").split("\n")
    return {line for line in lines if _PATH.fullmatch(line)}


def _batches(outputs: Iterable[tuple[str, bytes]]) -> Iterator[list[tuple[str, bytes]]]:
    """Split outputs so that one note on disk announces many files and memory stays small."""
    batch = []
    size = 0
    for output in outputs:
        batch.append(output)
        size += len(output[1])
        if len(batch) == _BATCH_FILES or size > _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _holds(path: str, content: bytes) -> bool:
    """Tell whether there is a regular file with exactly these bytes."""
    try:
        file = os.open(path, os.O_RDONLY | NO_FOLLOW)
    except OSError:
        return False
    try:
        return os.read(file, len(content) + 1) == content
    except OSError:
        return False
    finally:
        os.close(file)


def _write_file(path: str, content: bytes) -> None:
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | NO_FOLLOW, 0o666)
    try:
        _write_all(file, content)
    finally:
        os.close(file)


def _write_all(file: int, content: bytes) -> None:
    written = os.write(file, content)
    while written < len(content):
        written += os.write(file, content[written:])


def _parents(paths: Iterable[str]) -> list[str]:
    """Return all folders above the paths, the deepest first."""
    folders = set()
    for path in paths:
        folder = os.path.dirname(path)
        while folder and folder not in folders:
            folders.add(folder)
            folder = os.path.dirname(folder)
    return sorted(folders, key=lambda one: (-one.count("/"), one))


@contextmanager
def _explained(path: str) -> Iterator[None]:
    """Turn what the system refuses into one kind of error that names the path."""
    try:
        yield
    except OSError as error:
        raise WriteError(path, error.strerror or str(error)) from error
