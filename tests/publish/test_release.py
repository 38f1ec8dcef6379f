from __future__ import annotations

import json
from pathlib import Path

import pytest
from releases import HISTORY, ONE, lay_out

from statusgen.publish.folder import Folder, read_build
from statusgen.publish.plan import plan
from statusgen.publish.release import (
    Kept,
    UnreadableError,
    parse_build,
    parse_release,
    render_release,
)
from statusgen.publish.target import SourceError

NOON = 1_795_262_400  # 2026-11-21, in UTC


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return Path(lay_out(tmp_path / "site", ONE))


def test_a_build_is_what_its_manifest_lists_and_the_manifest_itself(site: Path) -> None:
    build = read_build(str(site))
    assert set(build.files) == {*ONE, "manifest.json"}
    assert build.commit == HISTORY[0]


def test_a_site_for_an_audience_of_its_own_is_not_published(site: Path) -> None:
    manifest = site / "manifest.json"
    content = json.loads(manifest.read_bytes())
    manifest.write_text(json.dumps({**content, "audience": "internal"}))
    with pytest.raises(SourceError, match="audience 'internal'"):
        read_build(str(site))


def test_a_release_reads_back_as_it_was_written(site: Path) -> None:
    build = read_build(str(site))
    release = plan(build, None, 12).release._replace(
        kept={"old.css": Kept("0" * 64, 5, 1)}, held="*"
    )
    manifest = (site / "manifest.json").read_bytes()
    assert parse_release(render_release(release), manifest) == release


def test_its_id_names_number_commit_and_digest(site: Path) -> None:
    build = read_build(str(site))
    release = plan(build, None, 0).release
    assert release.id == f"1-111111111111-{build.digest[:12]}"
    local = release._replace(build=build._replace(commit=""))
    assert local.id == f"1-local-{build.digest[:12]}"


@pytest.mark.parametrize(
    "change",
    [
        {"files": {"../x": "0" * 64}},
        {"files": {"/etc/passwd": "0" * 64}},
        {"files": {"a\nb": "0" * 64}},
        {"files": {"a": "no digest"}},
        {"files": ["a"]},
        {"build": "short"},
        {"build": 7},
        {"commit": "main"},
    ],
)
def test_a_manifest_with_anything_odd_in_it_is_not_ours(
    site: Path, change: dict[str, object]
) -> None:
    content = json.loads((site / "manifest.json").read_bytes())
    with pytest.raises(UnreadableError, match=r"manifest\.json"):
        parse_build(json.dumps({**content, **change}).encode())


@pytest.mark.parametrize("raw", [b"", b"[]", b"{", b"\xff", b"null", b'{"number": 1}'])
def test_neither_is_a_damaged_release(site: Path, raw: bytes) -> None:
    with pytest.raises(UnreadableError):
        parse_release(raw, (site / "manifest.json").read_bytes())


def test_a_release_and_a_manifest_of_two_builds_do_not_pass_for_one(
    site: Path, tmp_path: Path
) -> None:
    release = plan(read_build(str(site)), None, 0).release
    other = Path(lay_out(tmp_path / "other", {"index.html": b"other"}))
    with pytest.raises(UnreadableError, match="two builds"):
        parse_release(render_release(release), (other / "manifest.json").read_bytes())


def test_a_file_that_changed_since_it_was_built_is_not_published(site: Path) -> None:
    folder = Folder(str(site), read_build(str(site)).files)
    assert folder.read("same.html") == b"the same"
    (site / "same.html").write_bytes(b"half of it")
    with pytest.raises(SourceError, match="is not what the manifest says"):
        folder.read("same.html")
    (site / "same.html").unlink()
    with pytest.raises(SourceError, match=r"same\.html cannot be read"):
        folder.read("same.html")


def test_a_folder_without_a_build_says_so(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="there is no built site"):
        read_build(str(tmp_path))


def test_it_says_for_people_when_it_was_made_and_from_when_on_it_is_out_of_date(site: Path) -> None:
    release = plan(read_build(str(site)), None, NOON, stale_after=NOON + 3600).release
    content = json.loads(render_release(release))
    assert content["generated_at"] == "2026-11-21T12:00:00Z"
    assert content["stale_after"] == "2026-11-21T13:00:00Z"
    manifest = (site / "manifest.json").read_bytes()
    assert parse_release(render_release(release), manifest) == release


def test_a_page_that_never_changes_by_itself_is_never_out_of_date(site: Path) -> None:
    content = json.loads(render_release(plan(read_build(str(site)), None, NOON).release))
    assert content["stale_after"] is None


def test_releases_from_before_there_was_an_age_are_read(site: Path) -> None:
    content = json.loads(render_release(plan(read_build(str(site)), None, NOON).release))
    del content["stale_after"], content["generated_at"]
    manifest = (site / "manifest.json").read_bytes()
    assert parse_release(json.dumps(content).encode(), manifest).stale_after is None
