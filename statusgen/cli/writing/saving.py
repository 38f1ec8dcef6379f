"""From a text to a file, a commit and a push; whatever fails, the text is kept and said where."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, NamedTuple

import click

from statusgen.authoring.appending import extended
from statusgen.authoring.faults import Fault
from statusgen.authoring.preview import preview
from statusgen.authoring.sections import write_new
from statusgen.cli.exits import FINE, INTERRUPTED, OUTSIDE_FAILED, PROBLEMS, WRONG_USAGE
from statusgen.cli.formats import printable
from statusgen.cli.writing.asking import confirm
from statusgen.cli.writing.place import Place
from statusgen.content.ids import stem_of
from statusgen.files.writes import alone, keep_draft, write_whole
from statusgen.git.head import git_folder
from statusgen.model import Incident

if TYPE_CHECKING:
    from statusgen.git.committing import GitError
    from statusgen.problems import Problem

Make = Callable[[str, str], Incident | Fault]
"""From the text that a file has (none, if it is new) and what was written, to what it says then."""


class Job(NamedTuple):
    """A change of one file: what becomes of it, and how the commit is called."""

    path: str
    make: Make
    subject: str
    is_new: bool = False


class Sending(NamedTuple):
    """How far a change goes: only shown, written, committed, or sent.

    With `ask` a person says, once it is written, whether it is committed and sent.
    """

    dry_run: bool
    commit: bool
    push: bool
    no_input: bool
    ask: bool = False


class Kept(NamedTuple):
    """Where what was written is already; without `draft` it is nowhere but in memory."""

    text: str
    draft: str = ""


def compose(place: Place, job: Job, written: str) -> tuple[str, Incident] | Fault:
    """Return the text of the file with what was written, and what it says."""
    old = "" if job.is_new else place.read(job.path)
    wanted = job.make(old, written)
    if isinstance(wanted, Fault):
        return wanted
    text = write_new(wanted, place.zone) if job.is_new else extended(old, wanted, place.zone)
    return text if isinstance(text, Fault) else (text, wanted)


def show(place: Place, wanted: Incident) -> None:
    """Show what readers will see."""
    width = max(min(shutil.get_terminal_size().columns, 80) - 2, 20)
    lines = preview(wanted, place.config, place.zone, width)
    click.echo(printable("\n".join(f"  {line}".rstrip() for line in lines)))
    click.echo()


def save(place: Place, job: Job, kept: Kept, sending: Sending) -> int:
    """Write the file and send it as far as was asked for; return the exit code."""
    try:
        with _turn(place):
            code = _write(place, job, kept, sending)
            if code != FINE or sending.dry_run:
                return code
            if sending.commit or sending.push:
                return _send(place, job, kept, sending)
    except click.Abort:
        fail(place, [], kept, job.path)
        raise
    if not sending.ask or not git_folder(place.root):
        return FINE
    try:
        if confirm("Commit and push it?", "yn") == "n":
            return FINE
        with _turn(place):
            return _send(place, job, kept, sending._replace(commit=True, push=True))
    except click.Abort:
        shown = _shown(place, job.path)
        click.echo(f"Stopped: {shown} is written, but not committed.", err=True)
        _tell_folder(place.root)
        click.echo(printable(f"Next: {_by_hand(job, push=True)}"), err=True)
        return INTERRUPTED


@contextmanager
def _turn(place: Place) -> Iterator[None]:
    """Write while nobody else does; whoever does not wait for that aborts."""
    with ExitStack() as held:
        try:
            held.enter_context(alone(place.root, _tell_of_waiting))
        except KeyboardInterrupt:
            raise click.Abort from None
        yield


def _tell_of_waiting() -> None:
    click.echo("Waiting for another statusgen that writes here …", err=True)


def _write(place: Place, job: Job, kept: Kept, sending: Sending) -> int:
    """Write the file, or show what would be written; return the exit code."""
    composed = compose(place, job, kept.text)
    if isinstance(composed, Fault):
        return fail(place, [composed], kept, job.path)
    text, _ = composed
    errors = _new_errors(place, job, text)
    if errors:
        click.echo(printable("\n".join(map(str, errors))), err=True)
        click.echo(f"{job.path} is as it was, because it would not be right.", err=True)
        _keep(place, job.path, kept)
        return PROBLEMS
    if sending.dry_run:
        click.echo(f"Would write {_shown(place, job.path)}:", err=True)
        click.echo(text.encode("utf-8", "surrogateescape"), nl=False)
        return FINE
    try:
        write_whole(place.root, job.path, text)
    except OSError as error:
        why = error.strerror or str(error)
        click.echo(f"{_shown(place, job.path)} cannot be written: {why}.", err=True)
        _keep(place, job.path, kept)
        return OUTSIDE_FAILED
    click.echo(f"Wrote {_shown(place, job.path)}")
    return FINE


def fail(place: Place, faults: Sequence[Fault], kept: Kept, name: str) -> int:
    """Say everything that is wrong with what was typed, and keep the text."""
    for fault in faults:
        ending = "" if str(fault).endswith((".", "?")) else "."
        click.echo(printable(f"Error: {fault}{ending}"), err=True)
    if kept.text or kept.draft:
        _keep(place, name, kept)
    return WRONG_USAGE


def _new_errors(place: Place, job: Job, text: str) -> list[Problem]:
    """Return what the reader would call wrong; in a readable file old faults may stay."""
    reading = place.parse(job.path, text)
    errors = [problem for problem in reading.problems if problem.is_error]
    if job.is_new or not reading.readable:
        return [one for one in errors if place.config or one.code != "unknown-component"]
    before = place.parse(job.path, place.read(job.path)).problems
    known = {(problem.code, problem.message) for problem in before}
    return [one for one in errors if (one.code, one.message) not in known]


def _keep(place: Place, path: str, kept: Kept) -> None:
    """Keep a text as a draft; where even that fails it is at least on the terminal."""
    try:
        draft = kept.draft or keep_draft(place.root, stem_of(path), f"{kept.text}\n")
    except OSError as error:
        click.echo(f"It could not be kept as a draft either ({error.strerror}). It is:", err=True)
        click.echo(f"\n{kept.text}\n", err=True)
        return
    shown = shlex.quote(_shown(place, draft))
    click.echo(f"Your text is kept in {shown}; --message-file {shown} takes it again.", err=True)


def _send(place: Place, job: Job, kept: Kept, sending: Sending) -> int:
    from statusgen.git.committing import GitError, Repository, UnderWayError

    def settle(before: str) -> str:
        wanted = job.make(before, kept.text)
        text = wanted if isinstance(wanted, Fault) else extended(before, wanted, place.zone)
        if isinstance(text, Fault):
            raise GitError(f"your text does not fit what others have sent: {text.message}")
        return text

    repository = Repository(place.root, _environment(no_input=sending.no_input))
    shown = _shown(place, job.path)
    try:
        commit = repository.commit(job.path, job.subject)
    except GitError as error:
        then = _by_hand(job, push=sending.push)
        code = tell_not_sent(place.root, f"{shown} is written, but not committed", error, then)
        if isinstance(error, UnderWayError):
            _keep(place, job.path, kept._replace(draft=""))
        return code
    if not sending.push:
        click.echo(f"Committed {commit}")
        return FINE
    try:
        where = repository.push(job.path, settle)
    except GitError as error:
        state = f"{shown} is written and committed ({commit}), but not sent"
        return tell_not_sent(place.root, state, error)
    click.echo(f"Committed and pushed to {where.remote}/{where.branch}")
    main = repository.branch_of_others(where)
    if main:
        unless = f"Unless the page is published from {where.branch}"
        click.echo(printable(f"{unless}, readers see it once it is in {main}."), err=True)
    if where.unfit:
        what = f"Your changes of {where.unfit} do not fit what others have sent"
        click.echo(printable(f"{what}; both are in the file, yours in the stash too."), err=True)
        click.echo(printable(f"Next: resolve {where.unfit}; git stash drop"), err=True)
    return FINE


def _by_hand(job: Job, *, push: bool) -> str:
    """Return the commands that commit the file, and send it, in the folder of config.yml."""
    subject, path = shlex.quote(job.subject), shlex.quote(job.path)
    return f"git add {path}; git commit -m {subject} {path}{'; git push' * push}"


def _tell_folder(root: str) -> None:
    """Say where the commands that come next are meant to run, unless that is here."""
    if os.path.abspath(root) != os.path.abspath("."):
        click.echo(printable(f"First: cd {shlex.quote(root)}"), err=True)


def tell_not_sent(root: str, state: str, error: GitError, then: str = "") -> int:
    """Say how far a file has come, why no further, and what the writer can do; return the code."""
    from statusgen.git.committing import StoppedError

    click.echo(printable(f"{state}: {error.why}."), err=True)
    if error.remedy or then:
        _tell_folder(root)
    if error.remedy:
        click.echo(printable(f"Next: {error.remedy}"), err=True)
    if then:
        click.echo(printable(f"{'Then' if error.remedy else 'Next'}: {then}"), err=True)
    return INTERRUPTED if isinstance(error, StoppedError) else OUTSIDE_FAILED


def _environment(*, no_input: bool) -> dict[str, str]:
    """Return what git runs with; without anybody to answer it asks for no password."""
    asks = sys.stdin.isatty() and not no_input
    return {**os.environ, **({} if asks else {"GIT_TERMINAL_PROMPT": "0"})}


def _shown(place: Place, path: str) -> str:
    """Return a path below the root as seen from the current folder."""
    return os.path.normpath(os.path.join(place.root, path))


def warn_of_config(problems: Iterable[Problem]) -> None:
    """Say that config.yml is broken, which is no reason not to write."""
    errors = [problem for problem in problems if problem.is_error]
    if errors:
        click.echo(printable(f"Warning: {errors[0]}"), err=True)
