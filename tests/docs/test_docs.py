"""The documents are right about each other and about the program."""

from __future__ import annotations

import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from click.testing import CliRunner

from statusgen.cli.main import COMMANDS, commands
from statusgen.config import parse_config
from statusgen.content import parse_incident

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
BLOCK = re.compile(r"^(`{3,})([a-z]*)\n(.*?)^\1`*$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.*)", re.MULTILINE)


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def examples(path: Path, language: str) -> list[str]:
    return [code for _, name, code in BLOCK.findall(text_of(path)) if name == language]


def anchors(path: Path) -> set[str]:
    """Return what GitHub makes of the headings: links lead there."""
    headings = HEADING.findall(BLOCK.sub("", text_of(path)))
    return {re.sub(r"[^\w -]", "", one.lower()).strip().replace(" ", "-") for one in headings}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    prose = re.sub(r"`[^`\n]*`", "", BLOCK.sub("", text_of(path)))
    for link in LINK.findall(prose):
        if re.match("[a-z]+:", link):
            continue
        target, _, anchor = link.partition("#")
        led_to = (path.parent / target).resolve() if target else path
        assert led_to.exists(), link
        assert not anchor or anchor in anchors(led_to), link


def test_the_incident_of_the_readme_fits_a_new_page(tmp_path: Path) -> None:
    made = CliRunner().invoke(commands, ["init", str(tmp_path / "status")])
    config, _ = parse_config(text_of(tmp_path / "status" / "config.yml"))
    assert config is not None, made.output
    names = [component.id for component in config.components]
    (example,) = examples(ROOT / "README.md", "markdown")
    reading = parse_incident("x.md", example.encode(), ZoneInfo("UTC"), names)
    assert reading.problems == ()


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_commands_that_are_shown_exist(path: Path) -> None:
    for code in examples(path, "sh"):
        for name in re.findall(r"^(?:.*&& )?statusgen ([a-z]+)", code, re.MULTILINE):
            assert name in COMMANDS


def test_yaml_that_is_shown_is_yaml() -> None:
    for name in ("cli.md", "config.md", "languages.md"):
        for code in examples(ROOT / "docs" / name, "yaml"):
            yaml.safe_load(code)


def test_the_targets_that_are_shown_are_such() -> None:
    page = "page: {name: Acme, url: https://status.acme.example}\ncomponents: [{id: a, name: A}]\n"
    blocks = examples(ROOT / "docs/publishing.md", "yaml")
    assert len(blocks) > 2
    for code in blocks:
        config, problems = parse_config(code if "page:" in code else page + code)
        assert [one.message for one in problems if one.code != "missing-key"] == []
        assert config is not None
        assert config.publish


def test_the_architecture_names_modules_that_exist_and_all_at_the_top() -> None:
    text = text_of(ROOT / "docs/architecture.md")
    named = set(re.findall(r"(?<![\w/])((?:[a-z_0-9]+/)*[a-z_0-9]+\.py)\b", text))
    source = ROOT / "statusgen"
    for module in named:
        assert (source / module).is_file() or (ROOT / module).is_file(), module
    top = {one.name for one in source.glob("[a-z]*.py")} - {"problems.py"}
    assert top <= {Path(module).name for module in named}
