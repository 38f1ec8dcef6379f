"""A remote of Git as a place to keep files in, written to without a working tree.

Branches move only if they still are where they were looked at.
"""

from __future__ import annotations

import base64
import os
import re
import secrets
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryFile
from types import MappingProxyType
from typing import IO, NamedTuple

from statusgen.git.repository import without_repository

_MOVED = re.compile(r"stale info|\[rejected\]|cannot lock ref|fetch first")
LASTING = re.compile(
    r"certificate|Authentication failed|could not read Username"
    r"|Permission denied|access denied|denied to|Host key verification failed"
    r"|returned error: 40[134]|not found|does not appear to be a git repository|pre-receive hook"
    r"|remote rejected|No such file or directory"
    r"|transport '[^']*' not allowed|strange hostname|unable to find remote helper",
    re.IGNORECASE,
)
"""What git says of a remote that will say the same if it is asked again."""
_ASKED = re.compile(r"could not read (?:Username|Password)|Authentication failed")
_BY_SSH = re.compile(
    r"Could not resolve hostname|connect to host|Permission denied \(|Host key verification failed"
    r"|Connection (?:closed|reset|timed out)"
)
"""Why SSH gave up, after which git only says that it could not read."""
_NOTHING: Mapping[str, str] = MappingProxyType({})
_NAME = "statusgen <noreply@statusgen.invalid>"


class RemoteError(Exception):
    """Git failed, or took too long: a sentence why; whether trying again may help."""

    def __init__(self, reason: str, *, is_passing: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.is_passing = is_passing


class MovedError(Exception):
    """The reference is not where it was looked at."""


class Change(NamedTuple):
    """A commit that is to be made: what it says, when, and on what it builds.

    Without a `parent` it has no history; files of the commit `base` stay, but for `deleted`.
    `at` is in seconds since 1970.
    """

    message: str
    at: int
    contents: Mapping[str, bytes]
    parent: str = ""
    base: str = ""
    deleted: Iterable[str] = ()


def address_of(remote: str, root: str) -> str:
    """Return the address of a remote; a path is one from the page repository at `root`."""
    return remote if ":" in remote else os.path.abspath(os.path.join(root, remote))


class GitRemote:
    """A remote, and a bare repository of our own at `work`, which may be lost.

    `environment` is what git runs with, `token` is sent with requests over HTTPS, if there is one,
    and `seconds` is how long a command may take. Every method raises MovedError or RemoteError.
    """

    def __init__(
        self,
        address: str,
        work: str,
        environment: Mapping[str, str],
        *,
        token: str = "",
        seconds: float = 60,
    ) -> None:
        self._address = address
        self._work = work
        self._token = token
        self._seconds = seconds
        self._environment = {**without_repository(environment), **_quiet(token)}

    def commit_of(self, ref: str) -> str:
        """Return the commit that a reference of the remote leads to; nothing if there is none."""
        return self.commits_of(ref).get(ref, "")

    def commits_of(self, pattern: str) -> dict[str, str]:
        """Return commits by the references of the remote that lead to them."""
        listed = self._git("ls-remote", self._address, pattern).decode()
        pairs = (line.split("\t") for line in listed.splitlines())
        return {ref: commit for commit, ref in pairs}

    def fetch(self, commit: str) -> None:
        """Bring a commit and its tree here; its files only when they are read."""
        with suppress(RemoteError):
            self._git("rev-parse", "--verify", "--quiet", f"{commit}^{{tree}}")
            return
        self._git(
            *("fetch", "--quiet", "--depth=1", "--filter=blob:none", "--no-tags"),
            *("--no-write-fetch-head", "target", f"+{commit}:refs/statusgen/seen"),
        )

    def read(self, commit: str, path: str) -> bytes:
        """Return a file of a commit."""
        return self._git("cat-file", "blob", f"{commit}:{path}")

    def has(self, commit: str, path: str) -> bool:
        """Tell whether a commit that was fetched has a file or folder."""
        return bool(self._git("ls-tree", "--name-only", commit, "--", path))

    def commit(self, change: Change) -> str:
        """Make a commit here; return its hash."""
        base = change.base and f"{change.base}^{{tree}}"
        tree = self._git("rev-parse", base).decode().strip() if base else ""
        ref = f"refs/statusgen/new-{secrets.token_hex(6)}"
        with TemporaryFile() as stream:  # of a large site it would not be small
            stream.writelines(_stream(change, ref, tree))
            stream.seek(0)
            commit = self._git("fast-import", "--quiet", "--done", given=stream).decode().strip()
        self._git("update-ref", "-d", ref)
        return commit

    def move(self, ref: str, before: str, commit: str) -> None:
        """Let a reference of the remote lead to a commit, if it still is where it was `before`.

        Of a commit without parents git would send all files, since it looks among parents alone for
        what the other side has. So meanwhile it takes `before` for one.
        """
        grafts = Path(self._repository, f"grafts-{secrets.token_hex(6)}")
        grafts.write_text(f"{commit} {before}\n" if before else "", "ascii")
        try:
            self._push(f"--force-with-lease={ref}:{before}", f"{commit}:{ref}", grafts=str(grafts))
        finally:
            grafts.unlink(missing_ok=True)

    def set_all(self, *moves: str) -> None:
        """Set or delete references of the remote wherever they are: `commit:ref`, or `:ref`."""
        self._push("--force", *moves)

    def _push(self, option: str, *refs: str, grafts: str = "") -> None:
        pushed = ("push", "--porcelain", "--quiet", option, self._address, *refs)
        self._git(*pushed, environment={"GIT_GRAFT_FILE": grafts} if grafts else {})

    @cached_property
    def _repository(self) -> str:
        """The folder of our own repository, which knows the remote as one to ask for files."""
        Path(self._work).mkdir(parents=True, exist_ok=True)
        self._run("init", "--quiet", "--bare", self._work)
        for key, value in (
            ("remote.target.url", self._address),
            ("remote.target.promisor", "true"),
            ("remote.target.partialclonefilter", "blob:none"),
            ("gc.auto", "0"),
            ("advice.graftFileDeprecated", "false"),
        ):
            self._run("-C", self._work, "config", key, value)
        return self._work

    def _git(
        self,
        *arguments: str,
        given: IO[bytes] | None = None,
        environment: Mapping[str, str] = _NOTHING,
    ) -> bytes:
        return self._run("-C", self._repository, *arguments, given=given, environment=environment)

    def _run(
        self,
        *arguments: str,
        given: IO[bytes] | None = None,
        environment: Mapping[str, str] = _NOTHING,
    ) -> bytes:
        """Return what git prints."""
        try:
            done = subprocess.run(
                ["git", *arguments],
                env={**self._environment, **environment},
                stdin=given or subprocess.DEVNULL,
                capture_output=True,
                timeout=self._seconds,
                check=False,
            )
        except FileNotFoundError as error:
            raise RemoteError("git is not installed") from error
        except subprocess.TimeoutExpired as error:
            what = next(one for one in arguments if not one.startswith(("-", "/")))
            reason = f"git {what} took more than {self._seconds:.0f} seconds"
            raise RemoteError(reason, is_passing=True) from error
        if done.returncode:
            said = (done.stdout + done.stderr).decode("utf-8", "replace")
            if _MOVED.search(said):
                raise MovedError
            raise RemoteError(self._why(said), is_passing=not LASTING.search(said))
        return done.stdout

    def _why(self, said: str) -> str:
        """Return what tells why git failed, the remote's own words first; never the token."""
        if _ASKED.search(said):
            return (
                "the host refuses the token"
                if self._token
                else "the host wants a token: 'token_env' names the variable that has it"
            )
        lines = [line.strip() for line in said.splitlines() if line.strip()]
        by_ssh = [line for line in lines if _BY_SSH.search(line)]
        if by_ssh and not self._token:
            return by_ssh[0]
        for start in ("remote: ", "fatal: ", "error: ", "!"):
            found = [line.removeprefix(start) for line in lines if line.startswith(start)]
            if found:
                why = "; ".join(found[:3])
                break
        else:
            why = lines[-1] if lines else "git failed"
        return why.replace(self._token, "***") if self._token else why


def _stream(change: Change, ref: str, tree: str) -> Iterator[bytes]:
    """Yield a commit as `git fast-import` reads it: what changes in a tree, or all of it."""
    message = f"{change.message}\n".encode()
    yield f"commit {ref}\nmark :1\ncommitter {_NAME} {change.at} +0000\n".encode()
    yield b"data %d\n%s\n" % (len(message), message)
    if change.parent:
        yield f"from {change.parent}\n".encode()
    if tree:
        yield f'M 040000 {tree} ""\n'.encode()
    for path in change.deleted:
        yield f"D {_quoted(path)}\n".encode()
    for path, content in change.contents.items():
        yield f"M 100644 inline {_quoted(path)}\ndata {len(content)}\n".encode()
        yield content
        yield b"\n"
    yield b"get-mark :1\ndone\n"


def _quoted(path: str) -> str:
    escaped = path.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _quiet(token: str) -> dict[str, str]:
    """Return what git is told by its environment: not to ask, and the token, not by an argument."""
    found = {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C", "GIT_NO_LAZY_FETCH": "0"}
    if token:
        said = base64.b64encode(f"x-access-token:{token}".encode()).decode()
        found |= {
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": "http.extraHeader",
            "GIT_CONFIG_VALUE_0": f"Authorization: Basic {said}",
        }
    return found
