"""The default theme is compiled once for an installation, and nothing of a page's own is kept."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from acme_site import OPEN, site_of

from statusgen.memory.compiled import Compiled
from statusgen.site.context import Site, Theme
from statusgen.site.theme.templates import templates_of


@pytest.fixture(autouse=True)
def python_keeps_bytecode(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the tests were started with."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


OWN = {"notice.html": "{{ 1 }}"}


def compiled_by(folder: Path, language: str = "en", own: dict[str, str] | None = None) -> Compiled:
    """Render a page with what is kept in a folder; return that afterwards."""
    compiled = Compiled(language, str(folder))
    site = site_of([OPEN])
    site = replace(site, theme=Theme(site.theme.default, own or {}, compiled))
    templates_of(site).load()
    _render(site, own or {})
    compiled.save()
    return compiled


def _render(site: Site, own: dict[str, str]) -> None:
    for name in own:
        templates_of(site).render(name, "index.html", {})


def kept(folder: Path) -> list[str]:
    return [path.read_bytes().hex() for path in sorted(folder.glob("__pycache__/*"))]


def test_what_one_build_has_compiled_another_finds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled_by(tmp_path)
    monkeypatch.setattr("jinja2.Environment.compile", lambda *_: pytest.fail("compiled again"))
    compiled_by(tmp_path)


def test_languages_do_not_share_what_is_compiled(tmp_path: Path) -> None:
    compiled_by(tmp_path)
    compiled_by(tmp_path, "de")
    assert len(kept(tmp_path)) == 2


def test_a_template_of_the_page_is_never_kept(tmp_path: Path) -> None:
    compiled_by(tmp_path, own=OWN)
    names = {code.co_filename for code in Compiled("en", str(tmp_path))._known.values()}
    assert names
    assert all(name.startswith("default:") for name in names)


@pytest.mark.parametrize("at", [0, 20, 60, -1])
def test_a_damaged_file_is_written_anew(tmp_path: Path, at: int) -> None:
    compiled_by(tmp_path)
    (path,) = tmp_path.glob("__pycache__/*")
    whole = path.read_bytes()
    damaged = bytearray(whole)
    damaged[at] ^= 1
    path.write_bytes(damaged)
    compiled_by(tmp_path)
    assert len(path.read_bytes()) == len(whole)
    assert path.read_bytes() != damaged


def test_another_version_of_the_program_compiles_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled_by(tmp_path)
    before = kept(tmp_path)
    monkeypatch.setattr("statusgen.memory.compiled.program_mark", lambda: b"newer")
    compiled_by(tmp_path)
    assert kept(tmp_path)[0][:32] != before[0][:32]


def test_nothing_is_kept_where_python_keeps_no_bytecode(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    compiled_by(tmp_path)
    assert not kept(tmp_path)


def test_a_folder_that_cannot_be_written_to_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "__pycache__").write_text("in the way")
    compiled_by(tmp_path)
    assert (tmp_path / "__pycache__").is_file()
