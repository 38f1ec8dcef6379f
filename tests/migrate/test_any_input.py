"""Whatever the JSON says: no crash, no file that check refuses, no change the second time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from statuspage_page import whole_page
from statuspage_source import PAGE, component, incident, update

from statusgen.config import parse_config
from statusgen.content import parse_incident
from statusgen.migrate.statuspage.fields import Remarks
from statusgen.migrate.statuspage.html_tree import is_html
from statusgen.migrate.statuspage.importing import Plan, plan_import
from statusgen.migrate.statuspage.merge import merge
from statusgen.migrate.statuspage.reader import read_response
from statusgen.migrate.tree import There, Tree
from statusgen.site.markdown import plain_text

Json = dict[str, Any]
EMPTY = Tree(None, "", {})


def plan(responses: dict[str, Any], tree: Tree = EMPTY) -> Plan:
    remarks = Remarks()
    read = [read_response(value, name, remarks) for name, value in responses.items()]
    return plan_import(merge(read, remarks), tree, remarks)


def tree_of(files: dict[str, str]) -> Tree:
    """Return the page repository that the files make."""
    config, problems = parse_config(files["config.yml"])
    assert config is not None
    assert problems == []
    zone = ZoneInfo(config.page.timezone)
    ids = frozenset(one.id for one in config.components)
    incidents = {}
    for path, text in files.items():
        if path != "config.yml":
            reading = parse_incident(path, text.encode(), zone, ids)
            incidents[reading.incident.code] = There(path, text, reading)
    return Tree(config, files["config.yml"], incidents)


def check(responses: dict[str, Any]) -> Plan:
    """Import twice; no file may have a fault that `statusgen check` refuses."""
    first = plan(responses)
    tree = tree_of(first.files)
    for there in tree.incidents.values():
        assert [str(one) for one in there.reading.problems if one.is_error] == []
    assert plan(responses, tree).files == {}
    return first


# ── one place of a good page, replaced by anything ────────────────────────────────────────────

_TIMES = ("2026-11-01", "2026-11-01T10:00:00", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00Z")
_WORDS = ("scheduled", "postmortem", "resolved", "in_progress", "critical", "maintenance")
_OTHERS = ("operational", "under_maintenance", "c00000000001", "i00000000001", "../x", "\x00")
_ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False),
    st.text(max_size=12),
    st.sampled_from((*_TIMES, *_WORDS, *_OTHERS)),
    st.just([]),
    st.just({}),
    st.lists(st.none(), max_size=2),
)


def places(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the way to every member below a value."""
    items: Any = ()
    if isinstance(value, dict):
        items = value.items()
    elif isinstance(value, list):
        items = enumerate(value)
    for key, member in items:
        yield (*path, key)
        yield from places(member, (*path, key))


_PAGE = whole_page()
_PLACES = list(places(_PAGE))


@given(changes=st.lists(st.tuples(st.sampled_from(_PLACES), _ODD), min_size=1, max_size=4))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_page_with_anything_anywhere_is_imported(
    changes: list[tuple[tuple[str | int, ...], object]],
) -> None:
    check(_changed(changes))


@pytest.mark.extreme
@given(changes=st.lists(st.tuples(st.sampled_from(_PLACES), _ODD), min_size=1, max_size=8))
@settings(max_examples=3000, deadline=None, suppress_health_check=list(HealthCheck))
def test_many_pages_with_anything_anywhere_are_imported(
    changes: list[tuple[tuple[str | int, ...], object]],
) -> None:
    check(_changed(changes))


def _changed(changes: list[tuple[tuple[str | int, ...], object]]) -> dict[str, Any]:
    """Return the page's responses with the changes that still have a place."""
    page: Any = deepcopy(_PAGE)
    for (*way, last), odd in changes:
        target = page
        for key in way:
            target = target[key] if _has(target, key) else None
        if _has(target, last):
            target[last] = odd
    changed: dict[str, Any] = page
    return changed


def _has(target: object, key: str | int) -> bool:
    if isinstance(target, list):
        return isinstance(key, int) and key < len(target)
    return isinstance(target, dict) and key in target


# ── texts ─────────────────────────────────────────────────────────────────────────────────────

_CHARACTERS = st.characters(
    codec="utf-8",
    exclude_categories=["Cs", "Cc"],
    include_characters="\n\t",
)
_LINES = ("## Resolved · 2026-11-01 10:00", "---", "code: x", "```", "<!--", "-->", "=======", "")
_MORE_LINES = (
    "components: api=operational",
    "- a",
    "    code",
    "<<<<<<< x",
    "www.acme.example/_a_",
)
_BODIES = st.one_of(
    st.text(_CHARACTERS, max_size=40),
    st.text(alphabet="#-=>*+_`~|\\<&;:[]()! \n\t1.ax", max_size=40),
    st.lists(st.sampled_from((*_LINES, *_MORE_LINES)), max_size=6).map("\n".join),
)
_BLANK_LINES = re.compile(r"\A(?:[ \t]*\n)+")


@given(bodies=st.lists(_BODIES, min_size=1, max_size=3), title=st.text(_CHARACTERS, max_size=20))
@settings(max_examples=120, deadline=None)
def test_any_plain_text_comes_out_as_it_went_in(bodies: list[str], title: str) -> None:
    updates = [
        update(number, "investigating", f"2026-11-01T10:0{number}:00.000Z", body)
        for number, body in enumerate(bodies)
    ]
    one = incident(1, updates, [component(1, "API")], name=title)
    done = check({"x.json": {"page": PAGE, "incident": one}})
    tree = tree_of(done.files)
    incident_there = next(iter(tree.incidents.values())).reading.incident
    for body, there in zip(bodies, incident_there.updates, strict=True):
        if not is_html(body):
            assert plain_text(there.text) == _BLANK_LINES.sub("", body.rstrip(" \t\n"))
    if title == " ".join(title.split()) != "":
        assert incident_there.title == title


@given(names=st.lists(st.text(_CHARACTERS, min_size=1, max_size=12), min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_components_of_any_names_get_ids_of_their_own(names: list[str]) -> None:
    listed = [component(number, name) for number, name in enumerate(names, 1)]
    done = check({"components.json": {"page": PAGE, "components": listed}})
    config = tree_of(done.files).config
    assert config is not None
    assert [one.code for one in config.components] == [one["id"] for one in listed]
