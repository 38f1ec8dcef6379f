"""docs/theme.md is the theme's interface: it lists every template, filter and field there is."""

from __future__ import annotations

import importlib
import pkgutil
import re

from acme_site import ROOT, site_of
from jinja2.filters import FILTERS

import statusgen.site
from statusgen.site.theme.templates import templates_of

TEXT = (ROOT / "docs" / "theme.md").read_text("utf-8")
SECTIONS = {
    name: re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)
    for name, text in re.findall(r"^### (\w+)\n(.*?)(?=^### |\Z)", TEXT, re.MULTILINE | re.DOTALL)
}


def views() -> dict[str, type]:
    """Return the views, and what else has a section of its own, by their names."""
    modules = pkgutil.walk_packages(statusgen.site.__path__, "statusgen.site.")
    return {
        name: value
        for module in modules
        for name, value in vars(importlib.import_module(module.name)).items()
        if isinstance(value, type) and (name.endswith("View") or name in SECTIONS)
    }


def test_every_view_is_documented_and_nothing_else() -> None:
    assert sorted(views()) == sorted(SECTIONS)


def test_every_field_is_documented_in_its_order() -> None:
    fields = {name: list(getattr(view, "_fields", ())) for name, view in views().items()}
    assert fields == SECTIONS


def test_every_template_is_named() -> None:
    folder = ROOT / "site-template"
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}
    assert {name for name in names if f"`{name}`" not in TEXT} == set()


def test_every_filter_of_ours_is_documented() -> None:
    ours = set(templates_of(site_of()).environment.filters) - set(FILTERS)
    table = TEXT[TEXT.index("| filter | makes |") : TEXT.index("## Views")]
    assert set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == ours
