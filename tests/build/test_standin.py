"""A file that cannot be read is stood in for, and nothing else changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from statusgen.build import Built
from statusgen.model import Incident, Kind, derive_code
from statusgen.source.source import NoConfigError, Source, read_source

Pages = Callable[..., Path]
Build = Callable[..., Built]
Git = Callable[..., str]

OPEN = """\
---
title: Card payments fail
components:
  checkout: major_outage
---

## Investigating · 2026-11-20 10:05 UTC

Some customers see an error.
"""
RESOLVED = OPEN + "\n## Resolved · 2026-11-20 11:05 UTC\n\nIt works again.\n"
MISSPELT = OPEN + "\n## Resolvd · 2026-11-20 11:05 UTC\n\nIt works again.\n"


@pytest.fixture
def read(now: datetime) -> Callable[[Path], Source]:
    return lambda root: read_source(str(root), now, processes=1)


Commit = Callable[..., str]
Read = Callable[[Path], Source]


def only(source: Source) -> Incident:
    (incident,) = source.incidents
    return incident


def test_the_newest_readable_version_in_git_stands_in(
    page_repository: Pages,
    commit: Commit,
    read: Read,
) -> None:
    root = page_repository({"incidents/a.md": OPEN})
    commit(root)
    (root / "incidents/a.md").write_text(OPEN.replace("an error", "a timeout"))
    newest = commit(root)
    (root / "incidents/a.md").write_text(MISSPELT)
    commit(root)
    incident = only(read(root))
    assert incident.stand_in is not None
    assert (incident.stand_in.commit, incident.stand_in.raw) == (newest, "")
    assert [update.text for update in incident.updates] == ["Some customers see a timeout."]


def test_without_git_what_can_be_made_out_is_an_open_incident(
    page_repository: Pages,
    read: Read,
) -> None:
    """The misspelt `Resolved` closes nothing, and neither would a good one in a bad file."""
    incident = only(read(page_repository({"incidents/a.md": MISSPELT})))
    assert incident.stand_in is not None
    assert incident.stand_in.raw == MISSPELT
    assert [update.status.value for update in incident.updates] == ["investigating"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\x00\x01",
        "---\ntitle: never closed\n",
        "no front matter\n",
        "---\n- a\n- list\n---\n",
        "---\ntitle: T\nstarted: yesterday\n---\n",
        "---\ntitle: T\ntype: maintenence\nstarts: 2026-11-20 10:00 UTC\n---\n",
        "---\ntitle: T\ntype: maintenance\n---\n",
        "---\ntitle: T\ntype: maintenance\nstarts: soon\nends: later\nrepeat: FREQ=DAILY\n---\n",
        RESOLVED.replace("title: ", "titel: "),
        RESOLVED + "\n<<<<<<< HEAD\n",
        "---\n" + "[" * 50_000 + "\n---\n",
    ],
)
def test_whatever_is_wrong_the_page_never_says_that_all_is_well(
    page_repository: Pages,
    build_site: Build,
    text: str,
) -> None:
    good = page_repository({"incidents/good.md": RESOLVED}, root="good")
    build_site(good)
    root = page_repository({"incidents/good.md": RESOLVED, "incidents/bad.md": text})
    built = build_site(root)
    assert any(problem.where.path == "incidents/bad.md" for problem in built.problems)
    front = (root / "site/index.html").read_text()
    assert "All systems operational" not in front
    assert "All systems operational" in (good / "site/index.html").read_text()
    assert (root / "site/incidents/bad/index.html").exists()
    page = "incidents/good/index.html"
    assert (root / "site" / page).read_bytes() == (good / "site" / page).read_bytes()


@pytest.mark.parametrize(
    ("id_", "expected"),
    [
        ("2026-11-03-card-payments", datetime(2026, 11, 3, tzinfo=UTC)),
        ("2026-02-30-no-such-day", datetime(2026, 11, 21, tzinfo=UTC)),
        ("card-payments", datetime(2026, 11, 21, tzinfo=UTC)),
    ],
)
def test_an_incident_without_any_time_is_from_its_name_or_from_today(
    page_repository: Pages,
    read: Read,
    id_: str,
    expected: datetime,
) -> None:
    incident = only(read(page_repository({f"incidents/{id_}.md": "?"})))
    assert incident.created == expected


def test_in_git_it_is_from_the_first_commit(
    page_repository: Pages,
    commit: Commit,
    read: Read,
) -> None:
    root = page_repository({"incidents/a.md": "?"})
    commit(root)
    assert only(read(root)).created == datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def test_a_broken_maintenance_becomes_an_open_incident(page_repository: Pages, read: Read) -> None:
    text = "---\ntitle: T\ntype: maintenance\nstarts: soon\nends: later\n---\n"
    incident = only(read(page_repository({"incidents/a.md": text})))
    assert (incident.kind, incident.starts, incident.repeat) == (Kind.INCIDENT, None, "")


@pytest.mark.parametrize("line", ["draft: yess", "audience: [staff]", '"draft": maybe'])
def test_nothing_is_shown_of_a_file_that_may_not_be_public(
    page_repository: Pages,
    build_site: Build,
    line: str,
) -> None:
    text = OPEN.replace("title: Card payments fail", f"title: Canary one\n{line}")
    text = text.replace("an error", "canary two")
    root = page_repository({"incidents/secret.md": text})
    build_site(root)
    for path in (root / "site").rglob("*"):
        assert path.is_dir() or b"anary" not in path.read_bytes(), path
    assert "All systems operational" not in (root / "site/index.html").read_text()


def test_an_older_draft_is_still_a_draft(
    page_repository: Pages,
    commit: Commit,
    build_site: Build,
) -> None:
    draft = OPEN.replace("title:", "draft: true\ntitle:")
    root = page_repository({"incidents/a.md": draft})
    commit(root)
    (root / "incidents/a.md").write_text(draft.replace("Investigating", "Investigatin"))
    build_site(root)
    assert not (root / "site/incidents/a").exists()


@pytest.mark.parametrize("kind", ["link", "loop", "folder link", "dangling", "fifo", "device"])
def test_what_is_no_file_is_never_opened_and_never_vanishes(
    page_repository: Pages,
    build_site: Build,
    tmp_path: Path,
    kind: str,
) -> None:
    import os

    root = page_repository({"incidents/good.md": RESOLVED})
    (tmp_path / "secret.md").write_text(OPEN.replace("Card", "Canary"))
    strange = root / "incidents/strange.md"
    match kind:
        case "link":
            strange.symlink_to(tmp_path / "secret.md")
        case "loop":
            strange.symlink_to(strange)
        case "folder link":
            strange.symlink_to(tmp_path)
        case "dangling":
            strange.symlink_to(tmp_path / "nothing")
        case "fifo":
            os.mkfifo(strange)
        case _:
            strange.symlink_to("/dev/zero")
    built = build_site(root)
    assert [problem.code for problem in built.problems] == ["not-a-file"]
    assert (root / "site/incidents/strange/index.html").exists()
    assert not any(
        b"Canary" in path.read_bytes() for path in (root / "site").rglob("*") if path.is_file()
    )


def test_incidents_itself_may_not_be_a_link(
    page_repository: Pages,
    build_site: Build,
    tmp_path: Path,
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/a.md").write_text(OPEN.replace("Card", "Canary"))
    root = page_repository({})
    (root / "incidents").symlink_to(tmp_path / "elsewhere")
    assert [problem.code for problem in build_site(root).problems] == ["not-a-file"]
    assert "All systems operational" not in (root / "site/index.html").read_text()
    assert "Canary" not in (root / "site/index.html").read_text()


def test_two_files_of_one_id_are_both_shown(page_repository: Pages, build_site: Build) -> None:
    files = {
        "incidents/2025/a.md": RESOLVED.replace("Card payments fail", "The first"),
        "incidents/2026/a.md": OPEN.replace("Card payments fail", "The second"),
    }
    root = page_repository(files)
    assert [problem.code for problem in build_site(root).problems] == ["duplicate-id"]
    assert "The first" in (root / "site/incidents/a/index.html").read_text()
    assert "The second" in (root / "site/incidents/a-2/index.html").read_text()


def test_two_incidents_of_one_code_are_both_in_the_api(
    page_repository: Pages,
    build_site: Build,
) -> None:
    coded = RESOLVED.replace("title:", "code: abcdefghijkl\ntitle:")
    root = page_repository({"incidents/a.md": coded, "incidents/b.md": coded})
    assert [problem.code for problem in build_site(root).problems] == ["duplicate-code"]
    names = {path.stem for path in (root / "site/api/v2/incidents").glob("*.json")}
    assert names - {"unresolved"} == {"abcdefghijkl", derive_code("incident", "b")}


def test_a_config_that_cannot_be_used_is_replaced_by_the_one_before(
    page_repository: Pages,
    commit: Commit,
    build_site: Build,
) -> None:
    root = page_repository({"incidents/a.md": RESOLVED})
    commit(root)
    build_site(root, out=root / "good")
    (root / "config.yml").write_text("page: [")
    built = build_site(root)
    assert {problem.where.path for problem in built.problems} == {"config.yml"}
    assert (root / "site/index.html").read_bytes() == (root / "good/index.html").read_bytes()


def test_a_config_that_never_could_be_used_is_told(page_repository: Pages, read: Read) -> None:
    with pytest.raises(NoConfigError) as raised:
        read(page_repository({"config.yml": "page: ["}))
    assert raised.value.problems[0].where.line == 1


def test_a_file_that_may_not_be_read_is_stood_in_for(
    page_repository: Pages,
    commit: Commit,
    read: Read,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Tests may run as root, who may read everything, so the refusal is a fake."""
    root = page_repository({"incidents/a.md": OPEN})
    newest = commit(root)
    real = __import__("statusgen.files.source_tree", fromlist=["read_file"]).read_file

    def refusing(root: str, path: str, *, largest: int) -> bytes:
        if path == "incidents/a.md":
            raise PermissionError(13, "Permission denied")
        content: bytes = real(root, path, largest=largest)
        return content

    monkeypatch.setattr("statusgen.source.readings.read_file", refusing)
    source = read(root)
    assert [problem.code for problem in source.problems] == ["unreadable-file"]
    stand_in = only(source).stand_in
    assert stand_in is not None
    assert stand_in.commit == newest


def test_older_versions_are_found_when_the_page_is_a_folder_of_a_repository(
    page_repository: Pages,
    commit: Commit,
    read: Read,
) -> None:
    page = page_repository({"incidents/a.md": OPEN}, root="repository/pages/status")
    newest = commit(page.parents[1])
    (page / "incidents/a.md").write_text(MISSPELT)
    commit(page.parents[1])
    stand_in = only(read(page)).stand_in
    assert stand_in is not None
    assert stand_in.commit == newest


def test_older_versions_are_found_in_a_worktree(
    page_repository: Pages,
    commit: Commit,
    git: Git,
    read: Read,
) -> None:
    root = page_repository({"incidents/a.md": OPEN})
    newest = commit(root)
    (root / "incidents/a.md").write_text(MISSPELT)
    commit(root)
    git(root, "worktree", "add", "-q", "../worktree", "-b", "other")
    stand_in = only(read(root.parent / "worktree")).stand_in
    assert stand_in is not None
    assert stand_in.commit == newest


def test_a_shallow_clone_makes_do_with_what_it_has(
    page_repository: Pages,
    commit: Commit,
    git: Git,
    read: Read,
) -> None:
    root = page_repository({"incidents/a.md": OPEN})
    commit(root)
    (root / "incidents/a.md").write_text(MISSPELT)
    commit(root)
    git(root.parent, "clone", "-q", "--depth", "1", f"file://{root}", "shallow")
    stand_in = only(read(root.parent / "shallow")).stand_in
    assert stand_in is not None
    assert stand_in.raw == MISSPELT


@pytest.mark.parametrize(
    "raw",
    [
        b"---\rtitle: Canary\rdraft: true\r---\r\r## Investigatin\r\rcanary\r",
        b"---\n{title: Canary, draft: true}\n---\n\n## Investigatin\n\ncanary\n",
        b"---\n{title: Canary, draft: true\n---\n\n## Investigatin\n\ncanary\n",
        b'---\ntitle: Canary\n"dr\\u0061ft": true\n---\n\n## Investigatin\n\ncanary\n',
        b"---\ntitle: Canary\n? audience\n: [staff]\n---\n\n## Investigatin\n\ncanary\n",
        "---\ntitle: Canary\ndraft: true\n---\n\n## Investigating\n\ncanary\n".encode("utf-16"),
    ],
)
def test_nothing_is_shown_of_a_draft_however_it_is_written(
    page_repository: Pages,
    build_site: Build,
    raw: bytes,
) -> None:
    root = page_repository({})
    (root / "incidents").mkdir(exist_ok=True)
    (root / "incidents/secret.md").write_bytes(raw)
    build_site(root)
    for path in (root / "site").rglob("*"):
        assert path.is_dir() or b"anary" not in path.read_bytes().replace(b"\0", b""), path
    assert (root / "site/incidents/secret/index.html").exists()


@pytest.mark.parametrize("line", ["audience: staff", "? audience\n: staff"])
def test_a_file_clearly_for_another_audience_is_not_there_even_if_it_cannot_be_read(
    page_repository: Pages,
    build_site: Build,
    line: str,
) -> None:
    text = f"---\ntitle: Canary\n{line}\n---\n\n## Investigatin\n\ncanary\n"
    root = page_repository({"incidents/secret.md": text})
    build_site(root)
    assert not (root / "site/incidents").exists()
    assert "secret" not in (root / "site/index.html").read_text()


def test_a_commit_from_far_ahead_dates_nothing(
    page_repository: Pages,
    git: Git,
    read: Read,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    root = page_repository({"incidents/a.md": "broken"})
    monkeypatch.setenv("GIT_COMMITTER_DATE", "@999999999999999 +0000")
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "broken")
    created = only(read(root)).created
    assert created is not None
    assert created <= now
