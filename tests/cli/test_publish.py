from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from statusgen.cli.main import run

CONFIG = """\
page: {name: Acme, url: https://status.acme.example}
components: [{id: api, name: API}]
publish:
  - {type: directory, name: web, path: ../web}
  - {type: git, remote: ../remote.git, branch: pages}
"""
INCIDENT = "---\ntitle: A\n---\n\n## Investigating · 2026-11-20 10:00 UTC\n\nOne.\n"

Pages = Callable[[dict[str, str]], Path]


@pytest.fixture
def root(page_repository: Pages) -> Path:
    made = page_repository({"config.yml": CONFIG, "incidents/a.md": INCIDENT})
    subprocess.run(["git", "init", "--quiet", "--bare", made.parent / "remote.git"], check=True)
    return made


def publish(root: Path, *arguments: str) -> int:
    return run(["publish", "--root", str(root), "--now", "2026-11-21T12:00Z", *arguments])


def test_it_builds_and_publishes_to_all_targets(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert publish(root) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("1 incident, ")
    assert said[1].startswith("web  published  release 1: ")
    assert said[2].startswith("git  published  release 1: ")
    assert said[3].startswith("2 of 2 have build ")
    assert (root.parent / "web/current/index.html").exists()


def test_a_second_publish_says_that_nothing_changed(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(root)
    capsys.readouterr()
    assert publish(root) == 0
    assert "web  unchanged  release 1\n" in capsys.readouterr().out


def test_a_failing_target_is_told_and_ends_in_exit_code_4(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root.parent / "web").write_text("a file")
    assert publish(root) == 4
    said = capsys.readouterr().out
    assert "web  failed     Not a directory" in said
    assert "git  published" in said
    assert "1 of 2 have build" in said


def test_a_quorum_makes_that_good_enough(root: Path) -> None:
    (root.parent / "web").write_text("a file")
    with (root / "config.yml").open("a") as config:
        config.write("quorum: 1\n")
    assert publish(root) == 0


def test_only_the_targets_that_are_named_are_published_to(root: Path) -> None:
    assert publish(root, "git") == 0
    assert not (root.parent / "web").exists()


def test_a_misspelt_target_is_wrong_usage_with_a_hint(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert publish(root, "wev") == 2
    assert "There is no target 'wev': did you mean 'web'?" in capsys.readouterr().err


def test_without_targets_it_says_where_they_are_named(
    page_repository: Pages, capsys: pytest.CaptureFixture[str]
) -> None:
    assert publish(page_repository({"incidents/a.md": INCIDENT})) == 2
    assert "config.yml names no targets" in capsys.readouterr().err


def test_programs_get_json(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    publish(root)
    capsys.readouterr()
    assert publish(root, "--site", str(root / "site"), "--format", "json") == 0
    said = json.loads(capsys.readouterr().out)
    assert said["quorum"] is True
    assert [one["end"] for one in said["targets"]] == ["unchanged", "unchanged"]


def test_a_dry_run_sends_nothing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert publish(root, "--dry-run") == 0
    said = capsys.readouterr().out
    assert "web  planned    release 1: " in said
    assert "Nothing was sent. 2 of 2 would have build " in said
    assert not (root.parent / "web").exists()


def test_a_folder_without_a_site_is_said(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert publish(root, "--site", str(tmp_path)) == 1
    assert "Nothing was published: there is no built site" in capsys.readouterr().err


def test_a_rollback_shows_the_release_before_until_it_is_unpinned(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(root)
    before = (root.parent / "web/current/index.html").read_bytes()
    (root / "incidents/a.md").write_text(INCIDENT.replace("One.", "A wrong text."))
    publish(root)
    arguments = ["rollback", "--root", str(root), "--now", "2026-11-21T12:00Z"]
    assert run(arguments) == 0
    assert (root.parent / "web/current/index.html").read_bytes() == before
    assert publish(root) == 4
    assert "it is pinned" in capsys.readouterr().out
    assert publish(root, "--unpin") == 0
    assert (root.parent / "web/current/index.html").read_bytes() != before
    capsys.readouterr()
    assert run([*arguments, "9"]) == 4
    assert "web: it can go back 3 at most" in capsys.readouterr().err


def test_a_target_that_fails_keeps_no_other_from_going_back(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(root)
    (root / "incidents/a.md").write_text(INCIDENT.replace("One.", "A wrong text."))
    publish(root)
    for folder in (root.parent / "web/releases").glob("1-*"):
        (folder / "index.html").write_text("changed by somebody")
    capsys.readouterr()
    assert run(["rollback", "--root", str(root)]) == 4
    said = capsys.readouterr()
    assert said.err == "web: index.html is not what the manifest says\n"
    assert said.out.startswith("git: 2-")


def test_without_a_release_there_is_nothing_to_go_back_to(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["rollback", "--root", str(root), "--target", "web"]) == 4
    assert capsys.readouterr().err == "web: nothing is published yet\n"
    publish(root)
    capsys.readouterr()
    assert run(["rollback", "--root", str(root), "--target", "web"]) == 4
    assert capsys.readouterr().err == "web: there is none to go back to\n"


def test_a_release_is_out_of_date_an_hour_after_the_page_should_have_changed(root: Path) -> None:
    publish(root)
    summary = json.loads((root / "site/api/statusgen/v1/summary.json").read_text())
    release = json.loads((root.parent / "web/current/release.json").read_text())
    due, stale = (
        datetime.fromisoformat(text) for text in (summary["next_change_at"], release["stale_after"])
    )
    assert stale - due == timedelta(hours=1)
    assert release["generated_at"] == "2026-11-21T12:00:00Z"


def test_with_a_grace_of_none_it_never_is(root: Path) -> None:
    config = (root / "config.yml").read_text()
    (root / "config.yml").write_text(config.replace("name: Acme,", "name: Acme, stale_after: 0,"))
    publish(root)
    release = json.loads((root.parent / "web/current/release.json").read_text())
    assert release["stale_after"] is None
