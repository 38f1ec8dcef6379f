"""The output tree: what is written, what is deleted, and what is never touched."""

from __future__ import annotations

import hashlib
import json
import os
import time
from pathlib import Path

import pytest

from statusgen.files.output import OutputTree, RefusedError, WriteError, Written, open_output

Files = dict[str, bytes]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "page"
    folder.mkdir()
    return folder


def write(out: Path, root: Path, files: Files) -> tuple[list[Written], int]:
    """Write a whole output as a build does; return what was written and how many went."""
    with open_output(str(out), str(root)) as tree:
        written = tree.write(files.items())
        entry, deleted = tree.finish(("manifest.json", manifest(files)), written)
    return [*written, entry], deleted


def manifest(files: Files) -> bytes:
    return json.dumps({"generator": "statusgen", "files": dict.fromkeys(files, "")}).encode()


def test_all_files_are_written_with_the_folders_above_them(root: Path) -> None:
    written, _ = write(root / "site", root, {"index.html": b"a", "incidents/x/index.html": b"b"})
    assert all(one.is_new for one in written)
    assert (root / "site/incidents/x/index.html").read_bytes() == b"b"


def test_nothing_but_the_output_is_left_behind(root: Path) -> None:
    write(root / "site", root, {"a.html": b"a"})
    assert sorted(path.name for path in (root / "site").iterdir()) == ["a.html", "manifest.json"]


def test_a_file_is_written_only_if_its_bytes_differ(root: Path) -> None:
    write(root / "site", root, {"a": b"1", "b": b"2"})
    before = (root / "site/a").stat()
    written, _ = write(root / "site", root, {"a": b"1", "b": b"3"})
    assert [(one.path, one.is_new) for one in written] == [
        ("a", False),
        ("b", True),
        ("manifest.json", False),
    ]
    after = (root / "site/a").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_a_file_that_somebody_changed_is_written_again(root: Path) -> None:
    write(root / "site", root, {"a": b"1"})
    (root / "site/a").write_bytes(b"2")
    write(root / "site", root, {"a": b"1"})
    assert (root / "site/a").read_bytes() == b"1"


def test_a_file_whose_seal_is_known_is_not_read(root: Path) -> None:
    write(root / "site", root, {"a": b"1"})
    with open_output(str(root / "site"), str(root)) as tree:
        seal = tree.seal("a")
        assert tree.find("a", "what it was not read for", seal) == seal
        assert tree.find("a", "what it was read for", None) is None
        assert tree.find("a", hashlib.sha256(b"1").hexdigest(), None) == seal


def test_whoever_changes_a_file_changes_its_seal(root: Path) -> None:
    """Even with as many bytes, and with the file's time set back."""
    write(root / "site", root, {"a": b"1"})
    file = root / "site/a"
    with open_output(str(root / "site"), str(root)) as tree:
        before, times = tree.seal("a"), file.stat()
        time.sleep(0.05)  # more than a tick of the disk's clock
        file.write_bytes(b"2")
        os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
        assert tree.seal("a") != before
        assert tree.find("a", hashlib.sha256(b"1").hexdigest(), before) is None


def test_only_a_file_of_ours_has_a_seal_that_counts(root: Path) -> None:
    write(root / "site", root, {"a": b"1"})
    (root / "site/b").write_bytes(b"1")
    (root / "site/c").symlink_to("a")
    with open_output(str(root / "site"), str(root)) as tree:
        assert tree.find("b", hashlib.sha256(b"1").hexdigest(), tree.seal("b")) is None
        assert tree.seal("c") is None
        assert tree.seal("d") is None


def test_stale_files_go_and_the_folders_that_they_leave_empty(root: Path) -> None:
    write(root / "site", root, {"x/y/a": b"1", "x/b": b"2", "c": b"3"})
    _, deleted = write(root / "site", root, {"x/b": b"2"})
    assert deleted == 2
    assert not (root / "site/x/y").exists()
    assert (root / "site/x/b").exists()


def test_what_the_manifest_does_not_list_is_never_deleted(root: Path) -> None:
    write(root / "site", root, {"x/a": b"1"})
    (root / "site/x/CNAME").write_text("status.acme.example")
    write(root / "site", root, {"b": b"2"})
    assert (root / "site/x/CNAME").exists()


def test_a_manifest_cannot_make_us_delete_outside(root: Path) -> None:
    write(root / "site", root, {"a": b"1"})
    (root / "keep").write_text("x")
    forged = json.dumps({"generator": "statusgen", "files": {"../keep": "", "/etc/hostname": ""}})
    (root / "site/manifest.json").write_text(forged)
    write(root / "site", root, {"a": b"1"})
    assert (root / "keep").exists()


def test_nothing_is_deleted_through_a_link(root: Path, tmp_path: Path) -> None:
    write(root / "site", root, {"x/a": b"1", "b": b"2"})
    elsewhere = tmp_path / "elsewhere"
    (root / "site/x").rename(elsewhere)
    (root / "site/x").symlink_to(elsewhere)
    write(root / "site", root, {"b": b"2"})
    assert (elsewhere / "a").exists()


def test_nothing_is_written_through_a_link(root: Path, tmp_path: Path) -> None:
    write(root / "site", root, {"b": b"2"})
    (tmp_path / "elsewhere").mkdir()
    (root / "site/x").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Exception, match="cannot write x/a"):
        write(root / "site", root, {"x/a": b"1"})
    assert not list((tmp_path / "elsewhere").iterdir())


def test_a_link_in_place_of_a_file_is_replaced_and_its_target_is_not(root: Path) -> None:
    write(root / "site", root, {"a": b"1"})
    (root / "keep").write_bytes(b"1")
    (root / "site/a").unlink()
    (root / "site/a").symlink_to(root / "keep")
    write(root / "site", root, {"a": b"2"})
    assert (root / "keep").read_bytes() == b"1"
    assert not (root / "site/a").is_symlink()


@pytest.mark.parametrize(
    "content",
    [
        {"notes.txt": "mine"},
        {"manifest.json": "{}"},
        {"manifest.json": '{"generator": "other", "files": {}}'},
        {"manifest.json": '{"generator": "statusgen"'},
        {".hidden": ""},
    ],
)
def test_a_folder_of_somebody_else_is_refused_and_left_alone(
    root: Path,
    content: dict[str, str],
) -> None:
    (root / "site").mkdir()
    for name, text in content.items():
        (root / "site" / name).write_text(text)
    with pytest.raises(RefusedError, match="not empty"):
        write(root / "site", root, {"a": b"1"})
    assert {path.name for path in (root / "site").iterdir()} == set(content)


@pytest.mark.parametrize(
    ("out", "why"),
    [
        ("page", "is the page repository itself"),
        ("page/../page", "is the page repository itself"),
        (".", "holds the page repository"),
        ("/", "holds the page repository"),
        ("page/incidents", "where sources are"),
        ("page/incidents/2026", "where sources are"),
        ("page/pages", "where sources are"),
        ("page/playbook", "where sources are"),
        ("page/site-template", "where sources are"),
        ("page/.git/x", "where sources are"),
        ("page/.statusgen", "where sources are"),
        ("page/file", "is not a folder"),
    ],
)
def test_a_place_where_sources_could_come_to_harm_is_refused(
    root: Path,
    tmp_path: Path,
    out: str,
    why: str,
) -> None:
    (root / "file").write_text("x")
    with pytest.raises(RefusedError, match=why):
        write(tmp_path / out, root, {"a": b"1"})


def test_an_output_reached_by_a_link_is_judged_by_where_it_leads(root: Path) -> None:
    (root / "site").symlink_to(root / "incidents")
    with pytest.raises(RefusedError, match="where sources are"):
        write(root / "site", root, {"a": b"1"})


def test_a_folder_beside_one_with_a_longer_name_is_fine(root: Path) -> None:
    write(root / "incidents-site", root, {"a": b"1"})
    assert (root / "incidents-site/a").exists()


@pytest.mark.parametrize("path", ["/a", "../a", "a/../b", "a//b", ".", "a/.", "a\\b", "", "a\n"])
def test_a_path_that_could_leave_the_folder_is_a_mistake_of_ours(root: Path, path: str) -> None:
    with pytest.raises(AssertionError, match="no path"):
        write(root / "site", root, {path: b""})


def test_a_second_build_waits_for_the_first(root: Path) -> None:
    """Both hold a lock on the folder, so the second one cannot even look at it meanwhile."""
    import fcntl
    import os

    with open_output(str(root / "site"), str(root)) as tree:
        assert isinstance(tree, OutputTree)
        other = os.open(root / "site", os.O_RDONLY)
        with pytest.raises(BlockingIOError):
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.close(other)


def test_a_pending_list_that_is_a_link_is_not_followed(root: Path) -> None:
    precious = root / "precious"
    precious.write_text("keep this\nand this")
    (root / "site").mkdir()
    (root / "site/manifest.json").write_text('{"generator": "statusgen", "files": {}}')
    (root / "site/.statusgen-pending").symlink_to(precious)
    with (
        pytest.raises(WriteError, match="links"),
        open_output(str(root / "site"), str(root)) as tree,
    ):
        tree.write([("new.html", b"new")])
    assert precious.read_text() == "keep this\nand this"
