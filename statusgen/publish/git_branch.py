"""A branch of a Git remote as a target, written without a working tree.

    refs/heads/<branch>                           the live release; hosts serve it
    refs/statusgen/branches/<branch>/<number>     the last releases, to go back to

Only what changed is sent, on top of the tree that is there: what a host has put beside the site,
such as a CNAME, stays. The branch moves only if it still is where it was looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from typing import NamedTuple

from statusgen.git.remote import Change, GitRemote, MovedError, RemoteError
from statusgen.publish.plan import Plan
from statusgen.publish.release import (
    RELEASE,
    Release,
    UnreadableError,
    parse_release,
    render_release,
)
from statusgen.publish.target import RELEASES, ConflictError, Files, Past, Sent, TargetError
from statusgen.site.hosting.manifest import MANIFEST

_PAST = "refs/statusgen/branches"
_BESIDE = {".nojekyll": b""}  # GitHub Pages would leave out `_headers`


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
        self._remote = GitRemote(
            branch.remote, work, environment, token=branch.token, seconds=seconds
        )
        self._ref = f"refs/heads/{branch.branch}"
        self._past = f"{_PAST}/{branch.branch}/"

    def connected(self) -> AbstractContextManager[None]:
        return nullcontext()

    def live(self) -> Release | None:
        """Return the release of the branch; the newest that was kept if somebody deleted it."""
        with _explained():
            commit = self._remote.commit_of(self._ref)
            if not commit:
                return next((one._replace(served=False) for one, _ in self._kept()), None)
            self._remote.fetch(commit)
            try:
                return self._release_of(commit)
            except UnreadableError as error:
                raise TargetError(
                    f"branch {self._branch.branch} has something else in it, which is not"
                    f" overwritten ({error}): name another branch, or delete this one there"
                ) from error

    def send(self, plan: Plan, live: Release | None, files: Files) -> Sent:
        with _explained():
            before = self._remote.commit_of(self._ref)
            if before:
                self._remote.fetch(before)
                found = self._release_of(before)
                if live is None or found.id != live.id:
                    raise ConflictError
            elif live is not None and live.served:
                raise ConflictError
            contents = {path: files.read(path) for path in plan.send}
            contents[RELEASE] = render_release(plan.release)
            change = Change(
                f"Publish {plan.release.id}",
                plan.release.at,
                contents if before else {**_BESIDE, **contents},
                parent=before if self._branch.keeps_history else "",
                base=before,
                deleted=plan.stale,
            )
            commit = self._remote.commit(change)
            self._remote.move(self._ref, before, commit)
            self._keep(plan.release.number, commit)
            return Sent(len(contents), sum(map(len, contents.values())))

    def past(self) -> Sequence[Past]:
        live = self.live()
        with _explained():
            return [
                Past(release, _Blobs(self._remote, commit))
                for release, commit in self._kept()
                if live is None or release.number < live.number
            ]

    def _kept(self) -> Iterator[tuple[Release, str]]:
        """Yield the releases that are there to go back to, and their commits, newest first."""
        for _, commit in sorted(self._numbers().items(), reverse=True):
            self._remote.fetch(commit)
            with suppress(UnreadableError):
                yield self._release_of(commit), commit

    def _keep(self, number: int, commit: str) -> None:
        """Keep the release to go back to; a host that wants no such references goes without."""
        old = sorted(self._numbers())[: -(RELEASES - 1)]
        with suppress(RemoteError, MovedError):
            self._remote.set_all(
                f"{commit}:{self._past}{number}", *(f":{self._past}{number}" for number in old)
            )

    def _numbers(self) -> dict[int, str]:
        """Return the commits of the releases that are there, by their numbers."""
        return {
            int(ref.removeprefix(self._past)): commit
            for ref, commit in self._remote.commits_of(f"{self._past}*").items()
            if ref.removeprefix(self._past).isdecimal()
        }

    def _release_of(self, commit: str) -> Release:
        try:
            release = self._remote.read(commit, RELEASE)
            manifest = self._remote.read(commit, MANIFEST)
        except RemoteError as error:
            raise UnreadableError(f"there is no {RELEASE} in it") from error
        return parse_release(release, manifest)


class _Blobs:
    """The files of a commit."""

    def __init__(self, remote: GitRemote, commit: str) -> None:
        self._remote = remote
        self._commit = commit

    def read(self, path: str) -> bytes:
        with _explained():
            return self._remote.read(self._commit, path)


@contextmanager
def _explained() -> Iterator[None]:
    """Say what went wrong with a remote as every target does."""
    try:
        yield
    except MovedError as error:
        raise ConflictError from error
    except RemoteError as error:
        raise TargetError(error.reason, is_passing=error.is_passing) from error
