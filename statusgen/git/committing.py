"""Commits one file and sends it, in whatever state the rest of the working tree is.

Unlike `repository`, which may read a hostile one, this is the writer's own Git in her own
repository: with her identity, hooks, signature and credentials. What she has changed or staged
elsewhere stays as it is. The text is on the disk before any of this begins, and stays there.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from statusgen.files.writes import write_whole
from statusgen.git.remote import LASTING
from statusgen.reading.characters import without_password

_SECONDS = 60  # for one command; whoever waits longer is not reached
_TRIES = 4
_PAUSE = 0.3  # seconds before the first new try, then twice as long each time
_NO_ANSWER = f"no answer in {_SECONDS} seconds"
_UNDER_WAY = {
    "MERGE_HEAD": "merge",
    "rebase-merge": "rebase",
    "rebase-apply": "rebase",
    "CHERRY_PICK_HEAD": "cherry-pick",
    "REVERT_HEAD": "revert",
}
_BEHIND = re.compile(r"\[rejected\]|fetch first|non-fast-forward|cannot lock ref|stale info")
_NOISE = re.compile(r"hint:|To |Done$|error: failed to push|remote:[ \t]*$|![ \t]")
_LOCKED = re.compile(r"index\.lock': File exists")
_STOPPED = "it was stopped"
_PADDING = re.compile(
    r"fatal: Could not read from remote|Please make sure you have|and the repository exists"
)  # what git says of any remote that it cannot reach


Settle = Callable[[str], str]
"""From the text that a file had before our commit to the one that it should have after it."""


class GitError(Exception):
    """Git did not do what it should: a sentence why, and what the writer can do."""

    def __init__(self, why: str, remedy: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.remedy = remedy


class StoppedError(GitError):
    """A person pressed Ctrl-C."""


class UnderWayError(GitError):
    """A merge or the like is not finished; whoever gives it up may lose what is written."""


class Where(NamedTuple):
    """Where a branch is sent: the remote, the branch there, and whether it is known already.

    `unfit` are other files, whose changes do not fit what others have sent.
    """

    remote: str
    branch: str
    is_upstream: bool
    unfit: str = ""


class Repository:
    """The repository that the page at `root` is in; `environment` is what git runs with."""

    def __init__(self, root: str, environment: Mapping[str, str]) -> None:
        self._root = root
        self._environment = {
            **environment,
            "GIT_EDITOR": "true",
            "GIT_MERGE_AUTOEDIT": "no",
            "LC_ALL": "C",
        }

    def commit(self, path: str, message: str) -> str:
        """Commit the file at `path` below the root and nothing else; return the short hash.

        Raises:
            GitError: There is no such commit.

        """
        try:
            self._commit(path, message)
        except KeyboardInterrupt:
            raise StoppedError(_STOPPED) from None
        return self._run("rev-parse", "--short", "HEAD").stdout.strip()

    def _commit(self, path: str, message: str) -> None:
        self._branch(path)
        is_known = not self._run("ls-files", "--error-unmatch", "--", path).returncode
        added = self._patiently("add", *(["--force"] if is_known else []), "--", path)
        if added.returncode:
            is_ignored = "are ignored by" in added.stderr
            remedy = f"git add --force {shlex.quote(path)}" if is_ignored else ""
            raise GitError(f"git does not take {path}: {_said(added)}", remedy)
        if not self._run("diff", "--cached", "--quiet", "HEAD", "--", path).returncode:
            return  # somebody at another terminal has committed it together with hers
        done = self._patiently("commit", "--quiet", "--only", "--message", message, "--", path)
        if done.returncode:
            self._explain_commit(done)

    def push(self, path: str, settle: Settle) -> Where:
        """Send the branch, whose newest commit is that of the file at `path`.

        It goes on top of whatever others have sent meanwhile, and `settle` says what the file is
        then.

        Raises:
            GitError: It is not sent; the commit is there.

        """
        where = self._where(self._branch(path))
        command = f"git push {where.remote} HEAD:{where.branch}"
        try:
            return self._send(where, path, settle, command)
        except KeyboardInterrupt:
            raise StoppedError(_STOPPED, command) from None

    def _send(self, where: Where, path: str, settle: Settle, command: str) -> Where:
        options = [] if where.is_upstream else ["--set-upstream"]
        target = f"HEAD:refs/heads/{where.branch}"
        pause, said, unfit = _PAUSE, "", ""
        for _ in range(_TRIES):
            done = self._run("push", "--porcelain", *options, where.remote, target)
            if not done.returncode:
                return where._replace(unfit=unfit)
            said = _said(done)
            is_behind = _BEHIND.search(done.stdout + done.stderr)
            if is_behind:
                unfit = self._rebase(where, path, settle) or unfit
            elif "[remote rejected]" in done.stdout:
                raise GitError(f"{where.remote} refused it: {said}", command)
            elif "fatal:" not in done.stderr and said != _NO_ANSWER:  # a hook on this side
                raise GitError(f"git refused to send it: {said}", f"mend that, then {command}")
            elif LASTING.search(done.stderr) or said == _NO_ANSWER:
                break
            time.sleep(pause)
            pause *= 2
        raise GitError(f"{where.remote} cannot be reached: {said}", command)

    def _rebase(self, where: Where, path: str, settle: Settle) -> str:
        """Put our commits on top of theirs; changes that are not committed come along.

        Return the files whose changes do not fit theirs.
        """
        remedy = f"git pull --rebase --autostash {where.remote} {where.branch}; git push"
        self._fetch(where, remedy)
        before, theirs = self._text("HEAD~1", path), self._text("FETCH_HEAD", path)
        if before is None and theirs is not None:
            why = f"somebody else has opened {path} meanwhile"
            raise GitError(why, "git reset HEAD~1 undoes your commit; then update theirs")
        is_all = self._is_all(before, path, settle)
        if is_all and theirs is not None:
            settle(theirs)  # raises while everything is as it was
        try:
            done = self._replay(path, settle if is_all and theirs is not None else None)
        except BaseException:
            self._run("rebase", "--abort")
            raise
        if done.returncode:
            unfit = self._unfit(done, path, remedy, is_gone=theirs is None)
            self._run("rebase", "--abort")
            raise unfit
        if is_all:
            self._settle(path, settle)
        return ", ".join(self._conflicts()) if "resulted in conflicts" in done.stderr else ""

    def _fetch(self, where: Where, remedy: str) -> None:
        """Bring what others have sent, to a tree in which our commits can be put on top of it."""
        unresolved = ", ".join(self._conflicts())
        if unresolved:
            why = f"others have sent something, and {unresolved} has conflicts of an earlier merge"
            raise GitError(why, f"resolve them; git add {unresolved}; {remedy}")
        fetched = self._run("fetch", "--quiet", where.remote, where.branch)
        if fetched.returncode:
            raise GitError(f"what others have sent cannot be fetched: {_said(fetched)}", remedy)

    def _replay(self, path: str, settle: Settle | None) -> subprocess.CompletedProcess[str]:
        """Put our commits on top of theirs; with `settle` our file is composed anew if it must."""
        done = self._run("rebase", "--quiet", "--autostash", "FETCH_HEAD")
        if done.returncode and settle and self._conflicts() == [path]:
            self._write(path, settle(self._text("HEAD", path) or ""))
            self._run("add", "--", path)
            done = self._run("rebase", "--continue")
        return done

    def _is_all(self, before: str | None, path: str, settle: Settle) -> bool:
        """Tell whether the newest commit has what was written now, and no other change of the file.

        What else was changed by hand would be lost if the file were composed anew.
        """
        with suppress(GitError):
            return before is not None and settle(before) == self._text("HEAD", path)
        return False

    def _unfit(
        self, done: subprocess.CompletedProcess[str], path: str, remedy: str, *, is_gone: bool
    ) -> GitError:
        """Return why our commits do not go on top of theirs."""
        names = self._conflicts()
        if is_gone and path in names:
            pull, _, push = remedy.partition("; ")
            on = f"git add {shlex.quote(path)}; git -c core.editor=true rebase --continue"
            why = f"somebody else has removed {path} meanwhile"
            return GitError(why, f"{pull}; {on}; {push}")
        listed = ", ".join(names)
        why = f"others have changed the same lines of {listed}" if listed else _said(done)
        return GitError(why, remedy)

    def _settle(self, path: str, settle: Settle) -> None:
        """Replace what a merge line by line has made of our file, where that is not the same."""
        before = self._text("HEAD~1", path)
        is_theirs = not self._run("rev-list", "FETCH_HEAD..HEAD").stdout
        if before is None or is_theirs:  # they have written the very same
            return
        wanted = settle(before)
        if wanted != self._text("HEAD", path):
            self._write(path, wanted)
            self._run("commit", "--quiet", "--amend", "--no-edit", "--only", "--", path)

    def _conflicts(self) -> list[str]:
        listed = self._run("diff", "--name-only", "--relative", "-z", "--diff-filter=U").stdout
        return [one for one in listed.split("\0") if one]

    def _text(self, commit: str, path: str) -> str | None:
        shown = self._run("show", f"{commit}:./{path}")
        return None if shown.returncode else shown.stdout

    def _write(self, path: str, text: str) -> None:
        try:
            write_whole(self._root, path, text)
        except OSError as error:
            raise GitError(f"{path} cannot be written: {error.strerror}", "git push") from error

    def _branch(self, path: str) -> str:
        """Return the branch that is checked out, and make sure that one can commit to it."""
        if shutil.which("git") is None:
            raise GitError("git is not installed")
        inside = self._run("rev-parse", "--is-inside-work-tree")
        if inside.stdout.strip() != "true":
            if "not a git repository" in inside.stderr:
                raise GitError("this folder is in no Git repository", "git init")
            raise GitError(f"git cannot read the repository: {_said(inside)}")
        under_way = self._under_way()
        if under_way:
            how = f"git {under_way} --continue"
            is_known = not self._run("ls-files", "--error-unmatch", "--", path).returncode
            if under_way == "rebase" and is_known:  # git goes on only if nothing else is changed
                how = f"git stash push {shlex.quote(path)}; {how}; git stash pop"
            raise UnderWayError(f"a {under_way} is under way", f"finish it: {how}")
        branch = self._run("symbolic-ref", "--quiet", "--short", "HEAD").stdout.strip()
        if not branch:
            why = "no branch is checked out (detached HEAD), so a commit would belong to none"
            raise GitError(why, f"git switch --merge {self._main_branch()}")
        return branch

    def _main_branch(self) -> str:
        """Return the branch that the page is most likely published from."""
        head = self._run("symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD").stdout
        names = self._run("for-each-ref", "--format=%(refname:short)", "refs/heads").stdout.split()
        usual = [one for one in ("main", "master") if one in names] + names
        return head.strip().removeprefix("origin/") or (usual or ["main"])[0]

    def branch_of_others(self, where: Where) -> str:
        """Return the branch that the remote gives to everybody, if ours was sent to another."""
        ref = f"refs/remotes/{where.remote}/HEAD"
        head = self._run("symbolic-ref", "--quiet", "--short", ref).stdout.strip()
        name = head.removeprefix(f"{where.remote}/")
        return name if name != where.branch else ""

    def _under_way(self) -> str:
        for name, what in _UNDER_WAY.items():
            path = self._run("rev-parse", "--git-path", name).stdout.rstrip("\n")
            if path and Path(self._root, path).exists():
                return what
        return ""

    def _where(self, branch: str) -> Where:
        remote = self._config(f"branch.{branch}.remote")
        merged = self._config(f"branch.{branch}.merge").removeprefix("refs/heads/")
        if remote and merged:
            return Where(remote, merged, is_upstream=True)
        remotes = self._run("remote").stdout.split()
        if not remotes:
            why = "the repository has no remote to send it to"
            raise GitError(why, "git remote add origin ADDRESS; git push -u origin HEAD")
        named = [self._config("remote.pushDefault"), "origin", *remotes]
        chosen = next(one for one in named if one in remotes)
        if chosen != "origin" and len(remotes) > 1 and chosen != named[0]:
            why = f"the branch {branch} has no upstream, and there are {len(remotes)} remotes"
            raise GitError(why, f"git push -u {remotes[0]} HEAD")
        return Where(chosen, branch, is_upstream=False)

    def _config(self, key: str) -> str:
        return self._run("config", "--get", key).stdout.strip()

    def _explain_commit(self, done: subprocess.CompletedProcess[str]) -> None:
        if self._run("var", "GIT_AUTHOR_IDENT").returncode:
            why = "git does not know who you are"
            remedy = 'git config user.name "Your Name"; git config user.email you@example.com'
            raise GitError(why, remedy)
        raise GitError(f"git refused the commit: {_said(done)}", "mend that")

    def _patiently(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run git, and again while an editor or another terminal has the index for a moment."""
        for number in range(_TRIES):
            done = self._run(*arguments)
            if not _LOCKED.search(done.stderr):
                return done
            time.sleep(_PAUSE * 2**number)
        return self._run(*arguments)

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = ["git", "--literal-pathspecs", *arguments]
        try:
            done = subprocess.run(
                command,
                cwd=self._root,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return subprocess.CompletedProcess(command, 1, "", _NO_ANSWER)
        out, err = (text.decode("utf-8", "surrogateescape") for text in (done.stdout, done.stderr))
        return subprocess.CompletedProcess(command, done.returncode, out, err)


def _said(done: subprocess.CompletedProcess[str]) -> str:
    """Return the lines of what git said that tell something, as one."""
    lines = [line.strip() for line in (done.stderr or done.stdout).splitlines()]
    heard = [line for line in lines if line and not _NOISE.match(line)]
    told = [line for line in heard if not _PADDING.match(line)] or heard
    return without_password("; ".join(told[:6])).rstrip(".") or f"exit code {done.returncode}"
