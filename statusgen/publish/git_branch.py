"""A branch of a Git remote as a target, written without a working tree.

    refs/heads/<branch>                  the live release; hosts serve it
    refs/statusgen/releases/<number>     the last releases, so that there is something to go back to

Only what changed is sent, on top of the tree that is there: what a host has put beside the site,
such as a CNAME, stays. The branch moves only if it still is where it was looked at.
"""

from __future__ import annotations

import base64
import re
import secrets
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from statusgen.publish.plan import Plan
from statusgen.publish.release import (
    RELEASE,
    Release,
    UnreadableError,
    parse_release,
    render_release,
)
from statusgen.publish.target import RELEASES, ConflictError, Files, Past, Sent, TargetError
from statusgen.site.manifest import MANIFEST

_PAST = "refs/statusgen/releases/"
_BESIDE = {".nojekyll": b""}  # GitHub Pages would leave out `_headers`
_MOVED = re.compile(r"stale info|\[rejected\]|cannot lock ref|fetch first")
_LASTING = re.compile(
    r"certificate|Authentication failed|could not read Username"
    r"|Permission denied|access denied|denied to|Host key verification failed"
    r"|returned error: 40[134]|not found|does not appear to be a git repository|pre-receive hook"
    r"|remote rejected|No such file or directory",
    re.IGNORECASE,
)
_ASKED = re.compile(r"could not read (?:Username|Password)|Authentication failed")
_BY_SSH = re.compile(
    r"Could not resolve hostname|connect to host|Permission denied \(|Host key verification failed"
    r"|Connection (?:closed|reset|timed out)"
)
"""Why SSH gave up, after which git only says that it could not read."""
_NAME = "statusgen <noreply@statusgen.invalid>"


class Branch(NamedTuple):
    """Where a site is published: `token` is sent with requests over HTTPS, if there is one."""

    remote: str
    branch: str
    keeps_history: bool = False
    token: str = ""


class GitBranch:
    """Releases as commits of one branch.

    `work` is a folder for a repository of our own, which may be lost; `environment` is what git
    runs with, and `seconds` how long a command may take.
    """

    def __init__(
        self,
        name: str,
        branch: Branch,
        work: str,
        environment: Mapping[str, str],
        seconds: float = 60,
    ) -> None:
        self.name = name
        self._branch = branch
        self._work = work
        self._seconds = seconds
        self._environment = {**environment, **_quiet(branch.token)}
        self._ref = f"refs/heads/{branch.branch}"

    def live(self) -> Release | None:
        commit = self._commit_of(self._ref)
        if not commit:
            return None
        self._fetch(commit)
        try:
            return self._release_of(commit)
        except UnreadableError as error:
            raise TargetError(f"branch {self._branch.branch}: {error}") from error

    def send(self, plan: Plan, live: Release | None, files: Files) -> Sent:
        before = self._commit_of(self._ref)
        if before:
            self._fetch(before)
            found = self._release_of(before)
            if live is None or found.id != live.id:
                raise ConflictError
        elif live is not None:
            raise ConflictError
        contents = {path: files.read(path) for path in plan.send}
        contents[RELEASE] = render_release(plan.release)
        commit = self._commit(plan, before, contents if before else {**_BESIDE, **contents})
        self._push(f"--force-with-lease={self._ref}:{before}", f"{commit}:{self._ref}")
        self._keep(plan.release.number, commit)
        return Sent(len(contents), sum(map(len, contents.values())))

    def past(self) -> Sequence[Past]:
        live = self.live()
        found = []
        for number, commit in sorted(self._numbers().items(), reverse=True):
            if live is None or number < live.number:
                self._fetch(commit)
                with suppress(UnreadableError):
                    found.append(Past(self._release_of(commit), _Blobs(self._git, commit)))
        return found

    def _commit(self, plan: Plan, before: str, contents: Mapping[str, bytes]) -> str:
        """Make the commit of a release on the tree of the commit before; return its hash."""
        tree = self._git("rev-parse", f"{before}^{{tree}}").decode().strip() if before else ""
        parent = before if self._branch.keeps_history else ""
        ref = f"refs/statusgen/new-{secrets.token_hex(6)}"
        stream = b"".join(_stream(plan, ref, parent, tree, contents))
        commit = self._git("fast-import", "--quiet", "--done", given=stream).decode().strip()
        self._git("update-ref", "-d", ref)
        return commit

    def _keep(self, number: int, commit: str) -> None:
        """Keep the release to go back to; a host that wants no such references goes without."""
        old = sorted(self._numbers())[: -(RELEASES - 1)]
        with suppress(TargetError, ConflictError):
            self._push(
                "--force", f"{commit}:{_PAST}{number}", *(f":{_PAST}{number}" for number in old)
            )

    def _numbers(self) -> dict[int, str]:
        """Return the commits of the releases that are there, by their numbers."""
        listed = self._git("ls-remote", self._branch.remote, f"{_PAST}*").decode()
        pairs = (line.split("\t") for line in listed.splitlines())
        return {
            int(ref.removeprefix(_PAST)): commit
            for commit, ref in pairs
            if ref.removeprefix(_PAST).isdecimal()
        }

    def _commit_of(self, ref: str) -> str:
        listed = self._git("ls-remote", self._branch.remote, ref).decode()
        return listed.partition("\t")[0] if listed else ""

    def _fetch(self, commit: str) -> None:
        """Bring a commit and its tree here; its files only when they are read."""
        with suppress(TargetError):
            self._git("rev-parse", "--verify", "--quiet", f"{commit}^{{tree}}")
            return
        self._git(
            *("fetch", "--quiet", "--depth=1", "--filter=blob:none", "--no-tags"),
            *("--no-write-fetch-head", "target", f"+{commit}:refs/statusgen/seen"),
        )

    def _release_of(self, commit: str) -> Release:
        try:
            release = self._git("cat-file", "blob", f"{commit}:{RELEASE}")
            manifest = self._git("cat-file", "blob", f"{commit}:{MANIFEST}")
        except TargetError as error:
            raise UnreadableError(f"there is no {RELEASE} in it") from error
        return parse_release(release, manifest)

    def _push(self, option: str, *refs: str) -> None:
        self._git("push", "--porcelain", "--quiet", option, self._branch.remote, *refs)

    @cached_property
    def _repository(self) -> str:
        """The folder of our own repository, which knows the remote as one to ask for files."""
        Path(self._work).mkdir(parents=True, exist_ok=True)
        self._run("init", "--quiet", "--bare", self._work)
        for key, value in (
            ("remote.target.url", self._branch.remote),
            ("remote.target.promisor", "true"),
            ("remote.target.partialclonefilter", "blob:none"),
            ("gc.auto", "0"),
        ):
            self._run("-C", self._work, "config", key, value)
        return self._work

    def _git(self, *arguments: str, given: bytes = b"") -> bytes:
        return self._run("-C", self._repository, *arguments, given=given)

    def _run(self, *arguments: str, given: bytes = b"") -> bytes:
        """Return what git prints.

        Raises:
            ConflictError: The branch has moved.
            TargetError: Git failed, or took too long.

        """
        try:
            done = subprocess.run(
                ["git", *arguments],
                env=self._environment,
                input=given,
                capture_output=True,
                timeout=self._seconds,
                check=False,
            )
        except FileNotFoundError as error:
            raise TargetError("git is not installed") from error
        except subprocess.TimeoutExpired as error:
            what = next(one for one in arguments if not one.startswith(("-", "/")))
            reason = f"git {what} took more than {self._seconds:.0f} seconds"
            raise TargetError(reason, is_passing=True) from error
        if done.returncode:
            said = (done.stdout + done.stderr).decode("utf-8", "replace")
            if _MOVED.search(said):
                raise ConflictError
            raise TargetError(self._why(said), is_passing=not _LASTING.search(said))
        return done.stdout

    def _why(self, said: str) -> str:
        """Return what tells why git failed, the remote's own words first; never the token."""
        if _ASKED.search(said):
            return (
                "the host refuses the token"
                if self._branch.token
                else "the host wants a token: 'token_env' names the variable that has it"
            )
        lines = [line.strip() for line in said.splitlines() if line.strip()]
        by_ssh = [line for line in lines if _BY_SSH.search(line)]
        if by_ssh and not self._branch.token:
            return by_ssh[0]
        for start in ("remote: ", "fatal: ", "error: ", "!"):
            found = [line.removeprefix(start) for line in lines if line.startswith(start)]
            if found:
                why = "; ".join(found[:3])
                break
        else:
            why = lines[-1] if lines else "git failed"
        return why.replace(self._branch.token, "***") if self._branch.token else why


class _Blobs:
    """The files of a commit."""

    def __init__(self, git: Callable[..., bytes], commit: str) -> None:
        self._git = git
        self._commit = commit

    def read(self, path: str) -> bytes:
        return self._git("cat-file", "blob", f"{self._commit}:{path}")


def _stream(
    plan: Plan, ref: str, parent: str, tree: str, contents: Mapping[str, bytes]
) -> Iterator[bytes]:
    """Yield a commit as `git fast-import` reads it: what changes in a tree, or all of it."""
    release = plan.release
    message = f"Publish {release.id}\n".encode()
    yield f"commit {ref}\nmark :1\ncommitter {_NAME} {release.at} +0000\n".encode()
    yield b"data %d\n%s\n" % (len(message), message)
    if parent:
        yield f"from {parent}\n".encode()
    if tree:
        yield f'M 040000 {tree} ""\n'.encode()
    for path in plan.stale:
        yield f"D {_quoted(path)}\n".encode()
    for path, content in contents.items():
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
