"""Reads the page's own repository: older versions of files, and whether Git has a path at all.

The repository may be hostile: git runs without a shell, without the environment it was started in,
without hooks, helpers, pagers and networks, and only commands that read. Where there is no git or
no repository, there simply are no older versions.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import IO, NamedTuple

from statusgen.git.head import git_folder

_ENVIRONMENT = {
    "GIT_ALLOW_PROTOCOL": "none",  # a partial clone must not fetch what it lacks
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "HOME": "/dev/null",
    "LC_ALL": "C",
    "PATH": "/usr/bin:/bin",
}
_SETTINGS = {
    "core.fsmonitor": "false",  # would run a program of the repository's choice
    "core.hooksPath": "/dev/null",
    "log.showSignature": "false",  # would run gpg.program
    "protocol.allow": "never",
    "safe.directory": "*",  # CI checks out as another user; with the rest of this, reading is safe
}
_SECONDS = 30
_CHUNK = 1 << 20
_PLACES = frozenset(
    {
        *("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_NAMESPACE", "GIT_PREFIX"),
        *("GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES"),
        *("GIT_QUARANTINE_PATH", "GIT_SHALLOW_FILE", "GIT_GRAFT_FILE", "GIT_INTERNAL_SUPER_PREFIX"),
    }
)
"""What `git rev-parse --local-env-vars` lists, but for settings."""


class Version(NamedTuple):
    """A commit that touched a file; `at` is its committer's time in seconds since 1970."""

    commit: str
    at: int


def without_repository(environment: Mapping[str, str]) -> dict[str, str]:
    """Return an environment without what leads git to the repository whose hook this is."""
    return {name: value for name, value in environment.items() if name not in _PLACES}


def versions(root: str, path: str, *, limit: int = 100) -> list[Version]:
    """Return the newest commits that touched `path` (below `root`), newest first."""
    ends = ["--format=%H %ct", f"--max-count={limit}", "--no-renames", "--no-ext-diff"]
    printed = _run(root, "log", *ends, "HEAD", "--", path) or b""
    pairs = [line.partition(" ")[::2] for line in printed.decode().split("\n") if line]
    # A commit that no git made may have no time at all.
    return [Version(commit, int(at) if at.isdecimal() else 0) for commit, at in pairs]


def tracks(root: str, path: str) -> bool:
    """Tell whether Git has `path`, a file or a folder below `root`.

    Inside a repository that git cannot read, or where there is no git, it may have: that is a yes.
    """
    listed = _run(root, "ls-files", "-z", "--", path)
    return bool(git_folder(root)) if listed is None else bool(listed)


def is_ancestor(root: str, older: str, newer: str) -> bool:
    """Tell whether one commit is another or comes before it; not if Git does not have both."""
    commits = [f"{one}^{{commit}}" for one in (older, newer)]
    return _run(root, "merge-base", "--is-ancestor", *commits) is not None


def origin(root: str) -> str:
    """Return the address of the repository that this one comes from; '' if there is none."""
    return (_run(root, "remote", "get-url", "origin") or b"").decode("utf-8", "replace").strip()


class Blobs:
    """Reads files of commits, all of them by one running `git cat-file`."""

    def __init__(self, requests: IO[bytes], answers: IO[bytes]) -> None:
        self._requests = requests
        self._answers = answers

    def read(self, commit: str, path: str, *, largest: int) -> bytes | None:
        """Return a file as it was in a commit; None if it was not there or was larger."""
        if "\n" in path:
            return None
        try:
            self._requests.write(f"{commit}:./{path}\n".encode("utf-8", "surrogateescape"))
            self._requests.flush()
        except BrokenPipeError:  # git has ended: there is no repository
            return None
        head = self._answers.readline().split()
        if len(head) != 3 or head[1] not in {b"blob", b"tree", b"commit"}:  # noqa: PLR2004 - "<hash> <type> <size>", or "… missing"
            return None
        size = int(head[2])
        if head[1] == b"blob" and size <= largest:
            return self._answers.read(size + 1)[:size]
        left = size + 1
        while left > 0 and (passed := self._answers.read(min(left, _CHUNK))):
            left -= len(passed)
        return None


@contextmanager
def open_blobs(root: str) -> Iterator[Blobs | None]:
    """Give a reader of older files; None where there is no git."""
    command = _command("cat-file", "--batch")
    if command is None:
        yield None
        return
    with subprocess.Popen(
        command,
        cwd=root,
        env=_ENVIRONMENT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as running:
        if running.stdin is None or running.stdout is None:
            raise AssertionError("both are pipes")
        try:
            yield Blobs(running.stdin, running.stdout)
        finally:
            with suppress(BrokenPipeError):
                running.stdin.close()


def _run(root: str, *arguments: str) -> bytes | None:
    """Return what a git command prints; None if it fails or there is no git."""
    command = _command(*arguments)
    if command is None:
        return None
    try:
        done = subprocess.run(
            command,
            cwd=root,
            env=_ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


def _command(*arguments: str) -> list[str] | None:
    git = shutil.which("git")
    if git is None:
        return None
    settings = [word for name, value in _SETTINGS.items() for word in ("-c", f"{name}={value}")]
    guards = ["--no-pager", "--no-optional-locks", "--no-replace-objects", "--literal-pathspecs"]
    return [git, *guards, *settings, *arguments]
