"""What the secrets of targets may do, as far as their hosts tell; nothing is tried that changes.

A secret that may do more than publish is one that costs more when it gets out. No host tells all:
what cannot be told is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from statusgen.model import DirectoryTarget, GitTarget, RsyncTarget, S3Target, Target
from statusgen.problems import Severity
from statusgen.publish.adapters import machine_of
from statusgen.publish.examining import Finding
from statusgen.publish.git_hosts import Answer, Kind, Repository, repository_of
from statusgen.publish.remote_folder import RemoteFolder
from statusgen.publish.target import TargetError

ENDS = timedelta(days=14)
"""A token that ends sooner is told of."""

_SSH = re.compile(r"ssh://|[^/:]+:(?!//)")
_OK, _FORBIDDEN = 200, 403
_REFUSED = (401, 404)
_OF_INSTALLATIONS = "ghs_"
"""How a token begins that a workflow of GitHub's has: for one repository, and an hour at most."""


class _Told(NamedTuple):
    """A judgment about a secret: None if it is as it should be, or not known."""

    severity: Severity | None
    message: str


def rights_findings(
    targets: tuple[Target, ...], environment: Mapping[str, str], now: datetime, seconds: float
) -> Iterator[Finding]:
    """Yield what the secret of each target may do, for those that have one in `environment`."""
    for one in targets:
        for told in _told(one, environment, now, seconds):
            yield Finding(told.severity, "rights", f"{one.name}: {told.message}")


def _told(
    target: Target, environment: Mapping[str, str], now: datetime, seconds: float
) -> Iterator[_Told]:
    match target:
        case GitTarget(token_env=""):
            if _SSH.match(target.remote):
                said = "nobody tells what an SSH key may do: let it be for this repository alone"
                yield _Told(None, said)
        case GitTarget():
            token = environment.get(target.token_env, "")
            if token:
                yield from _of_token(repository_of(target.remote, seconds), token, now)
        case S3Target():
            said = (
                "nobody tells what a key of a bucket may do: it needs this bucket's objects alone"
            )
            yield _Told(None, said)
        case RsyncTarget():
            yield from _of_key(target, environment)
        case DirectoryTarget():
            return


def _of_token(repository: Repository | None, token: str, now: datetime) -> Iterator[_Told]:
    if repository is None:
        yield _Told(None, "its host does not tell what the token may do")
        return
    look = {Kind.GITHUB: _of_github, Kind.GITLAB: _of_gitlab, Kind.FORGEJO: _of_forgejo}
    yield from look[repository.kind](repository, token, now)


def _of_github(repository: Repository, token: str, now: datetime) -> Iterator[_Told]:
    answer = repository.ask(f"repos/{repository.path}", token)
    if answer.status in _REFUSED:
        yield _Told(Severity.ERROR, f"the token does not reach {repository.path}, or has ended")
        return
    if answer.status != _OK:
        yield _silent(repository, answer)
        return
    can_push = answer.fields.get("permissions", {}).get("push", True)
    if not can_push and not token.startswith(_OF_INSTALLATIONS):
        yield _Told(Severity.ERROR, f"whoever owns the token may not push to {repository.path}")
    if "x-oauth-scopes" in answer.headers:
        yield from _of_scopes(
            answer.headers["x-oauth-scopes"].replace(",", " ").split(),
            enough={"repo", "public_repo"},
            excess="is for every repository of its owner; a fine-grained one is for this alone",
        )
    else:
        yield _Told(None, "the token is for chosen repositories; what it may do there is not told")
    end = answer.headers.get("github-authentication-token-expiration", "")
    yield from _of_end(end[:10], now)


def _of_gitlab(repository: Repository, token: str, now: datetime) -> Iterator[_Told]:
    answer = repository.ask("personal_access_tokens/self", token)
    scopes = answer.fields.get("scopes")
    if answer.status != _OK or not isinstance(scopes, list):
        yield _silent(repository, answer)
        return
    if not answer.fields.get("active", True):
        yield _Told(Severity.ERROR, "the token has ended or was revoked")
    yield from _of_scopes(
        [str(one) for one in scopes],
        enough={"write_repository", "api"},
        needed={"write_repository", "read_repository"},
        excess="may do more than push; 'write_repository' is enough",
    )
    yield from _of_end(str(answer.fields.get("expires_at") or ""), now)


def _of_forgejo(repository: Repository, token: str, now: datetime) -> Iterator[_Told]:
    del now  # its tokens have no end
    answer = repository.ask(f"repos/{repository.path}", token)
    if answer.status in _REFUSED:
        yield _Told(Severity.ERROR, f"the token does not reach {repository.path}")
        return
    if not answer.fields.get("permissions", {}).get("push", True):
        yield _Told(Severity.ERROR, f"whoever owns the token may not push to {repository.path}")
    owner = repository.ask("user", token)
    if owner.status == _OK:
        said = "the token may do more than push; 'write:repository' is enough"
        yield _Told(Severity.WARNING, said)
    elif owner.status == _FORBIDDEN:
        yield _Told(None, "the token is for repositories alone, all that its owner may write")
    else:
        yield _silent(repository, owner)


def _of_key(target: RsyncTarget, environment: Mapping[str, str]) -> Iterator[_Told]:
    """Ask for a command that only says a word: with a restricted key there is none."""
    try:
        machine, others = machine_of(target, environment)
        is_free = RemoteFolder(machine, others).runs_any_command()
    except TargetError:
        return  # the target itself tells
    if is_free:
        said = "the key may run any command there: docs/publishing.md has one that may only rsync"
        yield _Told(Severity.WARNING, said)
    else:
        yield _Told(None, "the key runs nothing but what it is for")


def _of_scopes(
    scopes: list[str], enough: set[str], excess: str, needed: AbstractSet[str] = frozenset()
) -> Iterator[_Told]:
    """Yield whether some of `enough` is there, and what else is beside `needed`."""
    if not enough & {*scopes}:
        has = ", ".join(scopes) or "nothing"
        yield _Told(Severity.ERROR, f"the token may not push: it has {has}")
    more = ", ".join(one for one in scopes if one not in needed)
    if more:
        yield _Told(Severity.WARNING, f"the token ({more}) {excess}")
    elif scopes:
        yield _Told(None, f"the token may do what it is for ({', '.join(scopes)})")


def _of_end(day: str, now: datetime) -> Iterator[_Told]:
    """Yield whether a token ends soon, on a day such as '2026-12-01'."""
    try:
        end = datetime.fromisoformat(day).replace(tzinfo=UTC)
    except ValueError:
        return
    if end < now + ENDS:
        yield _Told(Severity.WARNING, f"the token ends on {day}")


def _silent(repository: Repository, answer: Answer) -> _Told:
    said = f"answers {answer.status}" if answer.status else "does not answer"
    return _Told(None, f"{repository.kind} {said} and does not tell what the token may do")
