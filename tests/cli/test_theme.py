from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from statusgen.cli.main import commands
from statusgen.files.source_tree import read_default_theme

PageRepository = Callable[[Mapping[str, str]], Path]


@pytest.fixture
def root(page_repository: PageRepository) -> Path:
    return page_repository({})


def run(root: Path, command: str, *arguments: str) -> str:
    result = CliRunner().invoke(commands, ["theme", command, "--root", str(root), *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def refusal(root: Path, command: str, *arguments: str) -> str:
    result = CliRunner().invoke(commands, ["theme", command, "--root", str(root), *arguments])
    assert result.exit_code == 2
    return result.output


def test_an_ejected_file_is_the_default_and_changes_nothing(root: Path) -> None:
    run(
        root,
        "eject",
        "bar.html" if "bar.html" in read_default_theme() else "base.html",
        "style.css",
    )
    assert (root / "site-template/style.css").read_text("utf-8") == read_default_theme()[
        "style.css"
    ]
    assert "@@" not in run(root, "diff")


def test_a_file_that_is_there_is_not_replaced_unless_forced(root: Path) -> None:
    run(root, "eject", "style.css")
    (root / "site-template/style.css").write_text("a { }\n")
    assert "--force" in refusal(root, "eject", "base.html", "style.css")
    assert not (root / "site-template/base.html").exists()
    run(root, "eject", "--force", "style.css")
    assert "a { }" not in (root / "site-template/style.css").read_text("utf-8")


def test_a_diff_tells_what_is_mine_and_what_the_default_changed_since(root: Path) -> None:
    run(root, "eject", "style.css")
    path, kept = root / "site-template/style.css", root / "site-template/.ejected/style.css"
    path.write_text(path.read_text("utf-8") + "a { color: red }\n")
    kept.write_text(kept.read_text("utf-8") + "p { color: old }\n")
    said = run(root, "diff", "style.css")
    assert "\n+a { color: red }" in said
    assert "\n-p { color: old }" in said.partition("changed since:")[2]


def test_a_block_that_the_default_does_not_have_is_told(root: Path) -> None:
    (root / "site-template").mkdir()
    own = '{% extends "default:index.html" %}{% block nothing %}x{% endblock %}'
    (root / "site-template/index.html").write_text(own)
    assert "there is no block 'nothing'" in run(root, "diff")


def test_an_explanation_names_the_layer_and_the_values_with_their_meaning(root: Path) -> None:
    said = run(root, "explain", "month.html")
    assert said.startswith("month.html: default\nextends: base.html\n")
    assert "  first: its first day" in said
    assert "  root: " in said


def test_the_list_names_every_file_once(root: Path) -> None:
    names = [line.split()[0] for line in run(root, "list").splitlines()]
    assert names == sorted(read_default_theme())


@pytest.mark.parametrize("command", ["eject", "diff", "explain"])
def test_a_misspelt_file_is_wrong_usage(root: Path, command: str) -> None:
    assert "Did you mean 'index.html'?" in refusal(root, command, "idnex.html")
    assert "has no file" in refusal(root, command, "../config.yml")
