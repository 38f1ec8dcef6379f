"""Git is asked for older versions only, whatever the repository would like it to do."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from statusgen.git.head import head_commit
from statusgen.git.repository import open_blobs, tracks, versions

Git = Callable[..., str]


@pytest.fixture
def repository(tmp_path: Path, git: Git) -> Path:
    root = tmp_path / "repository"
    root.mkdir()
    git(root, "init", "-q")
    (root / "a.md").write_text("one")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "first")
    return root


def commit(git: Git, root: Path, text: str, path: str = "a.md") -> str:
    (root / path).write_text(text)
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "another")
    return git(root, "rev-parse", "HEAD").strip()


def test_versions_are_the_commits_that_touched_the_file(repository: Path, git: Git) -> None:
    first = git(repository, "rev-parse", "HEAD").strip()
    commit(git, repository, "x", "other.md")
    last = commit(git, repository, "two")
    assert [one.commit for one in versions(str(repository), "a.md")] == [last, first]


def test_older_files_can_be_read(repository: Path, git: Git) -> None:
    first = git(repository, "rev-parse", "HEAD").strip()
    commit(git, repository, "two")
    with open_blobs(str(repository)) as blobs:
        assert blobs
        assert blobs.read(first, "a.md", largest=10) == b"one"
        assert blobs.read("HEAD", "a.md", largest=10) == b"two"


def test_what_is_missing_or_too_large_is_passed_over(repository: Path, git: Git) -> None:
    big = commit(git, repository, "x" * 3_000_000, "big.md")
    with open_blobs(str(repository)) as blobs:
        assert blobs
        assert blobs.read("HEAD", "nothing.md", largest=10) is None
        assert blobs.read(big, "big.md", largest=1000) is None
        assert blobs.read(big, ".", largest=1000) is None
        assert blobs.read("HEAD", "a.md\nHEAD:./big.md", largest=10**9) is None
        assert blobs.read("HEAD", "a.md", largest=10) == b"one"


@pytest.mark.parametrize("path", ["-p", "--upload-pack=x", ":(top)a.md", "*.md", "a b.md", "ü.md"])
def test_a_path_is_nothing_but_a_path(repository: Path, git: Git, path: str) -> None:
    newest = commit(git, repository, "strange", path)
    assert [one.commit for one in versions(str(repository), path)] == [newest]
    with open_blobs(str(repository)) as blobs:
        assert blobs
        assert blobs.read(newest, path, largest=10) == b"strange"


def test_outside_a_repository_there_is_nothing(tmp_path: Path) -> None:
    assert versions(str(tmp_path), "a.md") == []
    assert not tracks(str(tmp_path), "a.md")
    with open_blobs(str(tmp_path)) as blobs:
        assert blobs is None or blobs.read("HEAD", "a.md", largest=10) is None


def test_without_git_there_is_nothing(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert versions(str(repository), "a.md") == []
    with open_blobs(str(repository)) as blobs:
        assert blobs is None


def test_git_knows_what_it_tracks(repository: Path) -> None:
    (repository / "new.md").write_text("x")
    assert tracks(str(repository), "a.md")
    assert not tracks(str(repository), "new.md")


def test_what_cannot_be_asked_may_be_tracked(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (repository / "new.md").write_text("x")
    (repository / ".git/index").write_bytes(b"broken")
    assert tracks(str(repository), "new.md")
    monkeypatch.setenv("PATH", "/nowhere")
    assert tracks(str(repository), "new.md")


def test_a_hostile_repository_runs_nothing(
    repository: Path,
    git: Git,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each setting by which a repository makes git run a program would leave a trace."""
    trace = tmp_path / "trace"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\necho ran >> {trace}\n")
    program.chmod(0o755)
    for setting in (
        "core.fsmonitor",
        "core.pager",
        "core.sshCommand",
        "core.gitProxy",
        "core.askPass",
        "core.editor",
        "diff.external",
        "diff.x.textconv",
        "diff.x.command",
        "filter.x.smudge",
        "filter.x.clean",
        "gpg.program",
        "pager.log",
        "credential.helper",
        "alias.log",
    ):
        git(repository, "config", setting, str(program))
    git(repository, "config", "log.showSignature", "true")
    git(repository, "config", "remote.origin.url", f"ext::{program}")
    git(repository, "config", "remote.origin.promisor", "true")
    git(repository, "config", "extensions.partialClone", "origin")
    (repository / ".git/info/attributes").write_text("* diff=x filter=x\n")
    for hook in ("post-index-change", "post-checkout", "reference-transaction"):
        (repository / ".git/hooks" / hook).write_text(program.read_text())
        (repository / ".git/hooks" / hook).chmod(0o755)
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", str(program))
    monkeypatch.setenv("GIT_PAGER", str(program))
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    assert len(versions(str(repository), "a.md")) == 1
    assert tracks(str(repository), "a.md")
    with open_blobs(str(repository)) as blobs:
        assert blobs
        assert blobs.read("HEAD", "a.md", largest=10) == b"one"
        assert blobs.read("0" * 39 + "1", "a.md", largest=10) is None
    assert not trace.exists()


# ── the commit that is checked out ────────────────────────────────────────────────────────────


def test_head_is_what_git_says(repository: Path, git: Git) -> None:
    assert head_commit(str(repository)) == git(repository, "rev-parse", "HEAD").strip()


def test_head_is_found_from_a_folder_inside(repository: Path) -> None:
    (repository / "deep/er").mkdir(parents=True)
    assert head_commit(str(repository / "deep/er")) == head_commit(str(repository))


@pytest.mark.parametrize(
    "state",
    [
        ("pack-refs", "--all"),
        ("checkout", "-q", "--detach"),
        ("checkout", "-q", "-b", "feature/with/slashes"),
        ("gc", "-q"),
    ],
    ids=lambda state: state[0],
)
def test_head_is_found_in_any_state(repository: Path, git: Git, state: tuple[str, ...]) -> None:
    git(repository, *state)
    assert head_commit(str(repository)) == git(repository, "rev-parse", "HEAD").strip()


def test_head_is_found_in_a_worktree(repository: Path, git: Git) -> None:
    git(repository, "worktree", "add", "-q", "../tree", "-b", "other")
    tree = repository.parent / "tree"
    newest = commit(git, tree, "two")
    assert head_commit(str(tree)) == newest != head_commit(str(repository))
    git(repository, "pack-refs", "--all")
    assert head_commit(str(tree)) == newest


def test_head_is_found_in_a_submodule(repository: Path, git: Git, tmp_path: Path) -> None:
    outer = tmp_path / "outer"
    outer.mkdir()
    git(outer, "init", "-q")
    git(
        outer, "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(repository), "page"
    )
    assert head_commit(str(outer / "page")) == head_commit(str(repository))


def test_before_the_first_commit_there_is_none(tmp_path: Path, git: Git) -> None:
    git(tmp_path, "init", "-q")
    assert head_commit(str(tmp_path)) == ""


@pytest.mark.parametrize(
    "head",
    ["ref: ../../../etc/passwd", "ref: refs/../../x", "nonsense", "", "ref: ", "\xff" * 40],
)
def test_a_strange_head_names_no_commit(tmp_path: Path, head: str) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git/HEAD").write_text(head)
    assert head_commit(str(tmp_path)) == ""


def test_a_git_file_that_leads_nowhere_names_no_commit(tmp_path: Path) -> None:
    (tmp_path / ".git").write_text("gitdir: /nowhere\n")
    assert head_commit(str(tmp_path)) == ""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")
@pytest.mark.parametrize("name", [".git", ".git/HEAD"])
def test_a_pipe_in_place_of_a_file_of_git_is_not_waited_for(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    os.mkfifo(tmp_path / name)
    assert head_commit(str(tmp_path)) == ""
