"""Only regular files below the root are read, and no more of them than is allowed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Self

import pytest

from statusgen.config import parse_config
from statusgen.files.listing import scan
from statusgen.files.source_tree import list_incidents, read_assets, read_file, read_theme
from statusgen.model import Brand, Config

Pages = Callable[..., Path]


@pytest.fixture
def config(page_repository: Pages) -> Config:
    root = page_repository({}, root="for-config")
    found, _ = parse_config((root / "config.yml").read_text())
    assert found
    return found


def test_incidents_are_listed_by_path_in_all_folders(page_repository: Pages) -> None:
    names = ["b.md", "2026/a.md", "2025/deep/er/z.md", "a.md"]
    root = page_repository({f"incidents/{name}": "" for name in names})
    assert list_incidents(str(root)).files == tuple(sorted(f"incidents/{name}" for name in names))


def test_hidden_files_are_passed_over(page_repository: Pages) -> None:
    """Editors leave them: `.#a.md` is a link of Emacs that leads nowhere."""
    root = page_repository({"incidents/.a.md.swp": "", "incidents/.hidden/a.md": ""})
    (root / "incidents/.#a.md").symlink_to("me@host.1234")
    assert list_incidents(str(root)) == ((), (), ())


@pytest.mark.parametrize("name", ["a.markdown", "a.txt", "A.YAML"])
def test_a_file_that_may_be_an_incident_is_told(page_repository: Pages, name: str) -> None:
    listed = list_incidents(str(page_repository({f"incidents/{name}": ""})))
    assert listed.files == ()
    assert [(one.code, one.is_error) for one in listed.problems] == [("not-an-incident", False)]


def test_an_image_beside_an_incident_is_nothing_to_tell(page_repository: Pages) -> None:
    assert list_incidents(str(page_repository({"incidents/graph.png": ""}))).problems == ()


def test_without_incidents_there_is_nothing(page_repository: Pages) -> None:
    assert list_incidents(str(page_repository({}))) == ((), (), ())


def test_a_folder_that_cannot_be_listed_is_told(
    page_repository: Pages,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    root = page_repository({"incidents/2026/a.md": ""})
    real = os.scandir

    def refusing(path: str) -> object:
        if path.endswith("2026"):
            raise PermissionError
        return real(path)

    monkeypatch.setattr(os, "scandir", refusing)
    listed = list_incidents(str(root))
    assert listed.strange == ("incidents/2026",)
    assert [one.code for one in listed.problems] == ["not-a-file"]


def test_a_file_that_vanishes_while_it_is_listed_is_not_there(
    page_repository: Pages,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    root = page_repository({"incidents/a.md": "", "incidents/b.md": ""})
    real = os.scandir

    class Listed(list[os.DirEntry[str]]):
        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_: object) -> None:
            pass

    def racing(path: str) -> Listed:
        with real(path) as entries:
            listed = Listed(entries)
        (root / "incidents/a.md").unlink(missing_ok=True)
        return listed

    monkeypatch.setattr(os, "scandir", racing)
    assert [entry[0] for entry in scan(str(root), "incidents")] == ["incidents/b.md"]


@pytest.mark.parametrize(("size", "read"), [(0, 0), (9, 9), (10, 10), (11, 11), (5000, 11)])
def test_one_byte_too_many_is_enough_to_know(tmp_path: Path, size: int, read: int) -> None:
    (tmp_path / "a").write_bytes(b"x" * size)
    assert len(read_file(str(tmp_path), "a", largest=10)) == read


@pytest.mark.parametrize("kind", ["folder", "link", "fifo", "missing", "/dev/null"])
def test_what_is_no_file_is_not_read(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a"
    if kind == "folder":
        path.mkdir()
    elif kind == "link":
        (tmp_path / "b").write_text("x")
        path.symlink_to("b")
    elif kind == "fifo":
        os.mkfifo(path)
    with pytest.raises(OSError, match=r".+"):
        read_file(str(tmp_path), kind if kind.startswith("/") else "a", largest=10)


@pytest.mark.parametrize(
    "logo",
    ["../outside.svg", "/etc/hostname", "brand/../../outside.svg", "brand//x", "link/x.svg", "."],
)
def test_a_logo_is_read_from_below_the_root_only(
    page_repository: Pages,
    config: Config,
    logo: str,
) -> None:
    root = page_repository({})
    (root.parent / "outside.svg").write_text("<svg/>")
    (root.parent / "x.svg").write_text("<svg/>")
    (root / "link").symlink_to(root.parent)
    contents, problems = read_assets(str(root), config._replace(brand=Brand(logo=logo)))
    assert contents == {}
    assert [one.code for one in problems] == ["missing-file"]


def test_brand_files_are_read_once_each(page_repository: Pages, config: Config) -> None:
    root = page_repository({"brand/a.svg": "<svg/>"})
    brand = Brand(logo="brand/a.svg", logo_dark="brand/a.svg")
    assert read_assets(str(root), config._replace(brand=brand)) == ({"brand/a.svg": b"<svg/>"}, [])


def test_a_huge_logo_is_told(page_repository: Pages, config: Config) -> None:
    root = page_repository({})
    with (root / "huge.svg").open("wb") as file:
        file.truncate(5 << 20)
    contents, problems = read_assets(str(root), config._replace(brand=Brand(logo="huge.svg")))
    assert contents == {}
    assert [one.code for one in problems] == ["too-large"]


def test_a_theme_is_read_with_the_names_below_its_folder(page_repository: Pages) -> None:
    root = page_repository({"site-template/index.html": "a", "site-template/embed/frame.html": "b"})
    assert read_theme(str(root), at="site-template") == (
        {"index.html": "a", "embed/frame.html": "b"},
        [],
    )


def test_a_theme_file_that_is_no_text_is_told(page_repository: Pages) -> None:
    root = page_repository({"site-template/a.html": ""})
    (root / "site-template/font.woff2").write_bytes(b"\xff\xfe")
    (root / "site-template/link.html").symlink_to("/etc/hostname")
    texts, problems = read_theme(str(root), at="site-template")
    assert texts == {"a.html": ""}
    assert [(one.where.path, one.code) for one in problems] == [
        ("site-template/font.woff2", "not-utf8"),
        ("site-template/link.html", "not-a-file"),
    ]
