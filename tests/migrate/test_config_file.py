"""Importing into a page that is there already: what a person wrote in config.yml is never lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from statuspage_runs import Ran, run
from statuspage_source import component, group, summary, write_json

from statusgen.config import parse_config
from statusgen.model import Config

Json = dict[str, Any]

OWN = """\
# Ours, with a comment
page:
  name: Acme   # the name
  url: https://status.acme.example
{components}
uptime: {{rule: custom, partial: 50}}  # stricter
"""
BY_HAND = """\
components:  # what we run
    # the first
    - id: website
      name: Website  # www

    - group: Payments
      components:
          - {id: checkout, name: Checkout}
    # the end
"""
API = component(1, "API")


def import_components(root: Path, config: str, *components: Json) -> tuple[Ran, str, Config]:
    root.mkdir(exist_ok=True)
    (root / "config.yml").write_text(config, encoding="utf-8")
    source = write_json(root.parent / "source", {"s.json": summary(list(components), [], [])})
    ran = run("import", "statuspage", source, "--root", root)
    text = (root / "config.yml").read_text(encoding="utf-8")
    parsed, problems = parse_config(text)
    assert parsed is not None
    assert problems == []
    again = run("import", "statuspage", source, "--root", root)
    assert (root / "config.yml").read_text(encoding="utf-8") == text
    assert "Written: 0 files" in again.output
    return ran, text, parsed


@pytest.mark.parametrize(
    "components",
    [
        "",
        "components: []",
        "components: [ ]  # none yet",
        BY_HAND,
        BY_HAND.replace("components:", "components:  # ours", 1),
    ],
    ids=["no list", "an empty list", "an empty list with a comment", "a list", "a list with one"],
)
def test_new_components_are_appended_and_everything_else_stays(
    components: str,
    tmp_path: Path,
) -> None:
    own = OWN.format(components=components)
    shop = component(2, "Shop", position=1)
    ran, text, config = import_components(tmp_path / "page", own, API, shop, group(3, "EU", [shop]))
    assert ran.code == 0, ran.output
    lines = iter(text.splitlines())
    kept = (line.replace(" []", "").replace(" [ ]", "") for line in own.splitlines())
    assert all(line in lines for line in kept)  # each of them, in their order
    assert config.layout[-2:] == ("api", "eu")
    assert [(one.id, one.group) for one in config.components][-2:] == [("api", ""), ("shop", "eu")]


def test_a_component_of_the_same_name_is_not_doubled(tmp_path: Path) -> None:
    own = OWN.format(components=BY_HAND)
    ran, text, config = import_components(tmp_path / "page", own, component(1, "Website"))
    assert text == own
    assert [one.id for one in config.components] == ["website", "checkout"]
    assert "component 'website' needs code: c00000000001" in ran.output
    assert ran.code == 1


def test_a_new_child_of_a_group_that_is_there_is_left_to_the_person(tmp_path: Path) -> None:
    own = OWN.format(components=BY_HAND)
    child = component(2, "Refunds")
    ran, text, _ = import_components(tmp_path / "page", own, child, group(3, "Payments", [child]))
    assert text == own
    assert "group 'payments' needs the component 'refunds' with code: c00000000002" in ran.output
    assert "Kept as edited: 1" in ran.output


def test_a_list_in_another_style_is_left_to_the_person(tmp_path: Path) -> None:
    own = OWN.format(components="components: [{id: website, name: Website}]")
    ran, text, _ = import_components(tmp_path / "page", own, API)
    assert text == own
    assert "'api' has to be put into 'components'" in ran.output


def test_a_page_made_by_init_keeps_its_comment_and_gets_all_that_is_known(tmp_path: Path) -> None:
    root = tmp_path / "page"
    assert run("init", root, "--name", "Acme").code == 0
    text = (root / "config.yml").read_text(encoding="utf-8")
    ran, after, config = import_components(root, text, API, component(2, "Website"))
    assert ran.code == 0
    assert after.startswith(text.splitlines()[0])
    assert {one.id: one.code for one in config.components} == {
        "website": "c00000000002",
        "api": "c00000000001",
    }
    assert config.page.code == "acme00000001"


def test_what_a_person_decided_about_an_imported_component_stays(tmp_path: Path) -> None:
    root = tmp_path / "page"
    source = write_json(tmp_path / "source", {"s.json": summary([API], [], [])})
    run("import", "statuspage", source, "--root", root)
    text = (root / "config.yml").read_text(encoding="utf-8")
    own = text.replace("name: API", "name: Our API").replace("id: api", "id: our-api")
    _, after, config = import_components(root, own, API, component(2, "New"))
    assert [(one.id, one.name) for one in config.components] == [
        ("our-api", "Our API"),
        ("new", "New"),
    ]
    assert "name: Our API" in after
