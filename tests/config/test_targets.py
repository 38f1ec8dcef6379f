from __future__ import annotations

import pytest

from statusgen.config import parse_config
from statusgen.model import DirectoryTarget, GitTarget, RsyncTarget, S3Target, Target

PAGE = "page: {name: Acme, url: https://status.acme.example}\n"


def targets(items: str) -> tuple[tuple[Target, ...], list[tuple[str, int, str]]]:
    """Return the targets of a list in YAML, and code, line and hint of each problem."""
    config, problems = parse_config(f"{PAGE}publish:\n{items}")
    assert config is not None
    return config.publish, [(one.code, one.where.line, one.hint) for one in problems]


def test_each_type_is_read_with_what_is_so_without_a_key() -> None:
    found, problems = targets(
        "  - {type: directory, path: /srv/status}\n"
        "  - {type: git, remote: 'git@git.acme.example:pages.git'}\n"
        "  - {type: s3, bucket: acme-status}\n"
        "  - {type: rsync, to: 'status@web.acme.example:/srv/status'}\n"
    )
    assert problems == []
    assert found == (
        DirectoryTarget("directory", "/srv/status"),
        GitTarget("git", "git@git.acme.example:pages.git"),
        S3Target("s3", "acme-status"),
        RsyncTarget("rsync", "status@web.acme.example:/srv/status"),
    )


def test_every_key_of_each_type_is_read() -> None:
    found, problems = targets(
        "  - {type: directory, name: disk, path: web, url: 'https://a.acme.example/'}\n"
        "  - {type: git, name: pages, remote: 'https://git.acme.example/a.git', branch: live,"
        " history: all, token_env: TOKEN, url: 'https://b.acme.example'}\n"
        "  - {type: s3, name: bucket, bucket: acme-status, prefix: status/live, region: eu-west-1,"
        " endpoint: 'https://s3.acme.example', key_id_env: ID, secret_env: KEY}\n"
        "  - {type: rsync, name: host, to: 'web:/srv', port: 2222, key_env: SSH,"
        " host_key: 'web ssh-ed25519 AAAA'}\n"
    )
    assert problems == []
    assert found == (
        DirectoryTarget("disk", "web", "https://a.acme.example"),
        GitTarget(
            *("pages", "https://git.acme.example/a.git", "live", "all", "TOKEN"),
            "https://b.acme.example",
        ),
        S3Target(
            *("bucket", "acme-status", "status/live", "eu-west-1", "https://s3.acme.example"),
            *("ID", "KEY"),
        ),
        RsyncTarget("host", "web:/srv", 2222, "SSH", "web ssh-ed25519 AAAA"),
    )


def test_a_misspelt_type_has_a_suggestion_and_leaves_the_other_targets() -> None:
    found, problems = targets(
        "  - {type: direktory, path: web}\n  - {type: git, remote: ../pages.git}\n"
    )
    assert [one.name for one in found] == ["git"]
    assert problems == [("bad-value", 3, "did you mean 'directory'?")]


def test_a_key_of_another_type_is_unknown() -> None:
    _, problems = targets("  - {type: git, remote: ../pages.git, bucket: acme-status}\n")
    assert [(code, line) for code, line, _ in problems] == [("unknown-key", 3)]


@pytest.mark.parametrize("type_", ["directory", "git", "s3", "rsync"])
def test_what_a_target_needs_is_said(type_: str) -> None:
    found, problems = targets(f"  - {{type: {type_}}}\n")
    assert found == ()
    assert [code for code, _, _ in problems] == ["missing-key"]


def test_two_targets_of_one_name_are_told() -> None:
    found, problems = targets(
        "  - {type: directory, path: one}\n  - {type: directory, path: two}\n"
    )
    assert found == (DirectoryTarget("directory", "one"),)
    assert problems == [("duplicate-id", 4, "give each a 'name' of its own")]


@pytest.mark.parametrize(
    "item",
    [
        "{type: rsync, to: '-oProxyCommand=x:/srv'}",
        "{type: rsync, to: 'web:$(id)'}",
        "{type: rsync, to: 'web:-x'}",
        "{type: rsync, to: /srv/status}",
        "{type: git, remote: a, branch: '--force'}",
        "{type: git, remote: a, branch: 'a..b'}",
        "{type: s3, bucket: Acme_Status}",
        "{type: s3, bucket: acme-status, prefix: /status/}",
        "{type: git, remote: a, token_env: 'ghp_this is the token itself'}",
    ],
)
def test_what_programs_could_mistake_for_something_else_is_refused(item: str) -> None:
    _, problems = targets(f"  - {item}\n")
    assert [code for code, _, _ in problems] == ["bad-value"]


def test_a_quorum_is_a_number_of_targets() -> None:
    config, problems = parse_config(f"{PAGE}quorum: 2\n")
    assert config is not None
    assert (config.quorum, problems) == (2, [])
    _, problems = parse_config(f"{PAGE}quorum: 0\n")
    assert [one.code for one in problems] == ["bad-value"]


def test_a_quorum_that_no_target_can_spare_is_told() -> None:
    two = "publish: [{type: directory, path: a}, {type: directory, name: b, path: b}]\n"
    _, problems = parse_config(f"{PAGE}quorum: 2\n{two}")
    assert problems == []
    _, (problem,) = parse_config(f"{PAGE}quorum: 3\n{two}")
    assert (problem.code, problem.is_error) == ("quorum", False)
    assert problem.message == "a quorum of 3, and 2 targets"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("type: directory, path: /srv/status", "type: directory, path: /srv/./status/"),
        ("type: directory, path: web", "type: directory, path: ./live/../web"),
        (
            "type: git, remote: 'git@git.acme.example:a/pages.git'",
            "type: git, remote: 'https://git.acme.example/a/pages', branch: gh-pages",
        ),
        (
            "type: git, remote: 'ssh://git@git.acme.example:22/a/pages/'",
            "type: git, remote: 'https://Git.acme.example/a/pages.git'",
        ),
        ("type: git, remote: ../pages.git", "type: git, remote: ../pages.git/"),
        (
            "type: s3, bucket: acme, region: eu-west-1",
            "type: s3, bucket: acme, endpoint: 'https://s3.eu-west-1.amazonaws.com/'",
        ),
        ("type: rsync, to: 'a@web:/srv/status'", "type: rsync, to: 'b@WEB:/srv/status/'"),
        ("type: rsync, to: 'a@web:status'", "type: rsync, to: 'a@web:~/status'"),
    ],
)
def test_two_targets_of_one_place_are_one_and_the_second_is_told(one: str, other: str) -> None:
    found, problems = targets(f"  - {{name: a, {one}}}\n  - {{name: b, {other}}}\n")
    assert [target.name for target in found] == ["a"]
    assert problems == [("same-place", 4, "delete one of them: it is one copy")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("type: directory, path: /srv/status", "type: directory, path: srv/status"),
        ("type: git, remote: 'git@git.acme.example:a.git'", "type: git, remote: a.git"),
        (
            "type: git, remote: 'https://git.acme.example/a'",
            "type: git, remote: 'https://git.acme.example/a', branch: live",
        ),
        ("type: s3, bucket: acme", "type: s3, bucket: acme, prefix: status"),
        ("type: s3, bucket: acme", "type: s3, bucket: acme, endpoint: 'https://s3.acme.example'"),
        ("type: rsync, to: 'a@web:status'", "type: rsync, to: 'b@web:status'"),
        ("type: rsync, to: 'web:/srv'", "type: rsync, to: 'web:/srv', port: 2222"),
    ],
)
def test_targets_of_two_places_are_two(one: str, other: str) -> None:
    found, problems = targets(f"  - {{name: a, {one}}}\n  - {{name: b, {other}}}\n")
    assert [target.name for target in found] == ["a", "b"]
    assert problems == []
