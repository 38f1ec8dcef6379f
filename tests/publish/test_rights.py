"""What doctor says of secrets, asked of hosts that answer as GitHub, GitLab and Forgejo do."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from machines import Other
from statuspage_host import Host, hosted

from statusgen.model import GitTarget, RsyncTarget, S3Target, Target
from statusgen.problems import Severity
from statusgen.publish.rights import rights_findings

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
TOKEN = "canary-token-91d0"  # noqa: S105 (what must never be seen)
GITHUB = "/api/v3/repos/acme/status"
GITLAB = "/api/v4/personal_access_tokens/self"
TOO_MUCH = "is for every repository of its owner; a fine-grained one is for this alone"
FORGEJO = "/api/v1/repos/acme/status"


def told(target: Target, **environment: str) -> list[tuple[Severity | None, str]]:
    found = rights_findings((target,), {**os.environ, **environment}, NOW, 5)
    return [(one.severity, one.message) for one in found]


def of_token(host: Host) -> list[tuple[Severity | None, str]]:
    name = "THE_TOKEN"
    target = GitTarget("pages", f"{host.url}/acme/status.git", token_env=name)
    found = told(target, **{name: TOKEN})
    assert TOKEN not in repr(found)
    return found


def test_a_classic_token_of_github_reaches_too_much(github: Host) -> None:
    headers = (("X-OAuth-Scopes", "repo, admin:org"),)
    github.serve(GITHUB, {"permissions": {"push": True}}, headers=headers)
    assert of_token(github) == [
        (Severity.WARNING, f"pages: the token (repo, admin:org) {TOO_MUCH}")
    ]


def test_a_classic_token_without_the_scope_for_it_may_not_push(github: Host) -> None:
    github.serve(GITHUB, {}, headers=(("X-OAuth-Scopes", "read:user"),))
    first, _ = of_token(github)
    assert first == (Severity.ERROR, "pages: the token may not push: it has read:user")


def test_what_a_fine_grained_token_may_do_is_not_told_but_its_end_is(github: Host) -> None:
    headers = (("GitHub-Authentication-Token-Expiration", "2026-12-01 09:00:00 UTC"),)
    github.serve(GITHUB, {"permissions": {"push": True}}, headers=headers)
    assert of_token(github) == [
        (None, "pages: the token is for chosen repositories; what it may do there is not told"),
        (Severity.WARNING, "pages: the token ends on 2026-12-01"),
    ]


def test_a_token_of_somebody_who_may_not_push_is_found(github: Host) -> None:
    github.serve(GITHUB, {"permissions": {"push": False, "pull": True}})
    assert (
        Severity.ERROR,
        "pages: whoever owns the token may not push to acme/status",
    ) in of_token(github)


@pytest.mark.parametrize("status", [401, 404])
def test_a_token_that_github_does_not_take_is_found(github: Host, status: int) -> None:
    github.serve(GITHUB, {"message": "no"}, status=status)
    assert of_token(github) == [
        (Severity.ERROR, "pages: the token does not reach acme/status, or has ended")
    ]


def test_a_token_of_gitlab_that_may_push_alone_is_fine(gitlab: Host) -> None:
    gitlab.serve(GITLAB, {"scopes": ["write_repository"], "expires_at": "2027-06-01"})
    assert of_token(gitlab) == [(None, "pages: the token may do what it is for (write_repository)")]
    assert gitlab.headers[-1]["PRIVATE-TOKEN"] == TOKEN


def test_a_token_of_gitlab_that_may_do_more_or_ends_soon_is_found(gitlab: Host) -> None:
    gitlab.serve(GITLAB, {"scopes": ["api", "write_repository"], "expires_at": "2026-11-30"})
    assert of_token(gitlab) == [
        (
            Severity.WARNING,
            "pages: the token (api) may do more than push; 'write_repository' is enough",
        ),
        (Severity.WARNING, "pages: the token ends on 2026-11-30"),
    ]


def test_a_token_of_gitlab_that_was_revoked_or_may_not_push_is_found(gitlab: Host) -> None:
    gitlab.serve(GITLAB, {"scopes": ["read_repository"], "active": False})
    severities = [severity for severity, _ in of_token(gitlab)]
    assert severities == [Severity.ERROR, Severity.ERROR, None]


def test_what_gitlab_does_not_tell_is_said(gitlab: Host) -> None:
    gitlab.serve(GITLAB, {"message": "401 Unauthorized"}, status=401)
    assert of_token(gitlab) == [
        (None, "pages: GitLab answers 401 and does not tell what the token may do")
    ]


@pytest.mark.parametrize(
    ("status", "severity", "said"),
    [
        (200, Severity.WARNING, "may do more than push; 'write:repository' is enough"),
        (403, None, "is for repositories alone, all that its owner may write"),
    ],
)
def test_a_token_of_forgejo_is_told_by_whether_it_reads_its_owner(
    forgejo: Host, status: int, severity: Severity | None, said: str
) -> None:
    forgejo.serve(FORGEJO, {"permissions": {"push": True}})
    forgejo.serve("/api/v1/user", {}, status=status)
    assert of_token(forgejo) == [(severity, f"pages: the token {said}")]


def test_a_token_of_forgejo_that_reaches_nothing_is_found(forgejo: Host) -> None:
    forgejo.serve(FORGEJO, {}, status=404)
    assert of_token(forgejo) == [(Severity.ERROR, "pages: the token does not reach acme/status")]


def test_the_token_goes_nowhere_that_the_host_is_not(github: Host) -> None:
    """Neither to one that it leads to, nor to one whose API is none that we know."""
    with hosted() as other:
        github.serve(GITHUB, status=302, headers=(("Location", f"{other.url}/caught"),))
        of_token(github)
        assert other.asked == []
        assert of_token(other) == [(None, "pages: its host does not tell what the token may do")]
        assert TOKEN not in repr(other.headers)


def test_of_a_secret_that_nobody_tells_about_that_is_said() -> None:
    ssh = [GitTarget("pages", one) for one in ("git@git.acme.example:a.git", "ssh://g@a.example/a")]
    targets: list[Target] = [*ssh, S3Target("bucket", "acme-status")]
    for target in targets:
        ((severity, said),) = told(target)
        assert severity is None
        assert "nobody tells" in said
    assert told(GitTarget("pages", "../remote.git")) == []


def test_a_key_that_may_only_rsync_is_told_from_one_that_may_run_anything(
    other: Other, tmp_path: Path
) -> None:
    machine = other.machine
    target = RsyncTarget("web", machine.place, machine.port, "KEY", machine.host_key)
    assert told(target, KEY=machine.key) == [(None, "web: the key runs nothing but what it is for")]
    keys = other.folder.parents[1] / "authorized"
    restricted = keys.read_text()
    try:
        keys.write_text(restricted.partition("restrict ")[2])
        ((severity, said),) = told(target, KEY=machine.key)
    finally:
        keys.write_text(restricted)
    assert severity is Severity.WARNING
    assert said.startswith("web: the key may run any command there")
