"""From a page repository to a site: what is written, when, and what one bad file changes."""

from __future__ import annotations

import gc
import json
import os
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from folders import files_below

from statusgen.build import Built
from statusgen.files.output import RefusedError
from statusgen.model import derive_code
from statusgen.site.context import Site
from statusgen.source.source import NoConfigError

Pages = Callable[..., Path]
Build = Callable[..., Built]

OPEN = """\
---
title: Card payments fail
components:
  checkout: major_outage
---

## Investigating · 2026-11-20 10:05 UTC

Some customers see an **error**.
"""
RESOLVED = OPEN + "\n## Resolved · 2026-11-20 11:05 UTC\n\nIt works again.\n"


def many(count: int) -> dict[str, str]:
    """Return incident files with and without Markdown, enough for several processes to share."""
    return {
        f"incidents/{2020 + number % 5}/incident-{number:03}.md": RESOLVED.replace(
            "Card payments fail", f"Incident {number}"
        )
        for number in range(count)
    }


def test_a_site_is_written_with_a_manifest_of_it(page_repository: Pages, build_site: Build) -> None:
    root = page_repository({"incidents/a.md": RESOLVED})
    built = build_site(root)
    files = files_below(root / "site")
    assert built.written == built.files == len(files)
    assert {*json.loads(files["manifest.json"])["files"], "manifest.json"} == set(files)
    assert b"Card payments fail" in files["incidents/a/index.html"]


def test_a_second_build_writes_nothing(page_repository: Pages, build_site: Build) -> None:
    root = page_repository({"incidents/a.md": RESOLVED})
    first = build_site(root)
    stamps = {path: path.stat().st_mtime_ns for path in (root / "site").rglob("*")}
    second = build_site(root)
    assert (second.written, second.deleted, second.files) == (0, 0, first.files)
    assert stamps == {path: path.stat().st_mtime_ns for path in (root / "site").rglob("*")}


def sites_of(root: Path) -> int:
    """Return how many sites of a repository are in memory."""
    folder = str(root / ".statusgen")
    gc.collect()
    sites = [one for one in gc.get_objects() if type(one) is Site]
    return sum(getattr(one.markdown, "folder", "") == folder for one in sites)


def test_builds_one_after_the_other_keep_no_more_in_memory_and_no_more_files_open(
    page_repository: Pages, build_site: Build
) -> None:
    root = page_repository({"incidents/a.md": OPEN})
    opened, kept = [], []
    for number in range(8):
        shutil.rmtree(root / ".statusgen", ignore_errors=True)  # so that all is made anew
        (root / "incidents" / "a.md").write_text(f"{OPEN}\nIt is the **{number}**.\n")
        build_site(root)
        kept.append(sites_of(root))
        opened.append(len(list(Path("/proc/self/fd").iterdir())))
    # The first ones still have what tests before have left open.
    assert max(kept[2:]) == kept[2]
    assert max(opened[2:]) == opened[2]


def test_several_processes_write_what_one_does(page_repository: Pages, build_site: Build) -> None:
    root = page_repository(many(150))
    build_site(root, out=root / "one")
    build_site(root, out=root / "more", processes=3)
    assert files_below(root / "one") == files_below(root / "more")


@pytest.mark.parametrize("processes", [1, 3])
def test_what_is_wrong_in_the_newest_text_is_said_by_every_build(
    page_repository: Pages, build_site: Build, processes: int
) -> None:
    wrong = OPEN.replace("an **error**", "an **error**.\n\n<!-- who knows")
    root = page_repository({**many(60), "incidents/wrong.md": wrong})
    for _ in range(2):
        problems = build_site(root, processes=processes).problems
        assert [(one.code, one.where.line) for one in problems] == [("unclosed-comment", 11)]


def test_a_build_without_its_memory_writes_the_same(
    page_repository: Pages,
    build_site: Build,
) -> None:
    root = page_repository(many(3))
    build_site(root, out=root / "one")
    memory = root / ".statusgen/markdown"
    assert memory.stat().st_size > 100
    build_site(root, out=root / "warm")
    memory.write_bytes(os.urandom(500))
    build_site(root, out=root / "damaged")
    assert files_below(root / "one") == files_below(root / "warm") == files_below(root / "damaged")


def test_an_incident_more_leaves_the_pages_of_others_alone(
    page_repository: Pages,
    build_site: Build,
) -> None:
    root = page_repository(many(60))
    build_site(root)
    (root / "incidents/new.md").write_text(RESOLVED)
    assert 0 < build_site(root).written <= 40


def test_a_removed_incident_takes_its_page_along(page_repository: Pages, build_site: Build) -> None:
    root = page_repository({"incidents/a.md": RESOLVED, "incidents/b.md": RESOLVED})
    build_site(root)
    own = len(list((root / "site/incidents/b").iterdir()))
    (root / "incidents/b.md").unlink()
    assert build_site(root).deleted == own + 1  # its file in the API
    assert not (root / "site/incidents/b").exists()


def test_the_output_stays_the_same_until_its_next_change(
    page_repository: Pages,
    build_site: Build,
    now: datetime,
) -> None:
    """What a build says about its next change is what lets the next one end at once."""
    promise = OPEN.replace("10:05 UTC\n", "10:05 UTC\nnext update: 2026-11-21 12:30 UTC\n")
    root = page_repository({"incidents/a.md": promise, "incidents/b.md": RESOLVED})
    built = build_site(root)
    assert built.next_change is not None
    before = files_below(root / "site")
    assert now < built.next_change <= now + timedelta(days=1)
    build_site(root, at=built.next_change - timedelta(seconds=1), out=root / "just-before")
    assert files_below(root / "just-before") == before


def test_drafts_are_not_published(page_repository: Pages, build_site: Build) -> None:
    draft = OPEN.replace("title:", "draft: true\ntitle:").replace("Card payments", "Canary")
    root = page_repository({"incidents/a.md": RESOLVED, "incidents/draft.md": draft})
    assert build_site(root).problems == ()
    assert not any(b"Canary" in content for content in files_below(root / "site").values())


def test_without_a_config_there_is_no_page(page_repository: Pages, build_site: Build) -> None:
    root = page_repository({})
    (root / "config.yml").unlink()
    with pytest.raises(NoConfigError) as raised:
        build_site(root)
    assert [problem.code for problem in raised.value.problems] == ["no-config"]
    assert not (root / "site").exists()


def test_a_folder_of_somebody_else_is_refused(page_repository: Pages, build_site: Build) -> None:
    root = page_repository({"site/thesis.tex": "years of work"})
    with pytest.raises(RefusedError):
        build_site(root)
    assert files_below(root / "site") == {"thesis.tex": b"years of work"}


@pytest.mark.parametrize(
    ("name", "template", "place"),
    [
        ("incident.html", "{% block main %}never closed", "site-template/incident.html"),
        ("incident.html", "{{ record.nothing_like_it }}", "site-template/incident.html:1"),
        ("index.html", "\n{{ 1 / 0 }}", "site-template/index.html:2"),
    ],
)
def test_a_wrong_template_is_told_and_the_default_theme_stands_in(
    page_repository: Pages,
    build_site: Build,
    name: str,
    template: str,
    place: str,
) -> None:
    root = page_repository({"incidents/a.md": RESOLVED, f"site-template/{name}": template})
    built = build_site(root)
    assert [str(problem.where)[: len(place)] for problem in built.problems] == [place]
    plain = page_repository({"incidents/a.md": RESOLVED}, root="plain")
    build_site(plain)
    assert files_below(root / "site") == files_below(plain / "site")


def test_a_file_of_the_own_theme_replaces_the_default_one(
    page_repository: Pages,
    build_site: Build,
) -> None:
    own = '{% extends "default:404.html" %}{% block main %}Nothing here{% endblock %}'
    root = page_repository({"site-template/404.html": own})
    assert build_site(root).problems == ()
    assert "Nothing here" in (root / "site/404.html").read_text()


def test_a_brand_file_that_is_missing_is_told_and_left_out(
    page_repository: Pages,
    build_site: Build,
) -> None:
    config = "page: {name: Acme, url: https://status.acme.example}\nbrand: {logo: brand/logo.svg}\n"
    root = page_repository({"config.yml": config})
    assert [problem.code for problem in build_site(root).problems] == ["missing-file"]


def test_a_text_that_is_too_complex_is_told_with_its_line(
    page_repository: Pages,
    build_site: Build,
) -> None:
    root = page_repository({"incidents/a.md": OPEN + "\n" + "[" * 2000 + "\n"})
    (problem,) = build_site(root).problems
    assert str(problem.where) == "incidents/a.md:11:1"
    # It is told every time, although what it became is what would be remembered.
    assert build_site(root).problems == (problem,)


def test_a_code_that_another_incident_has_by_its_name_is_told_and_none_vanishes(
    page_repository: Pages, build_site: Build
) -> None:
    code = derive_code("incident", "good")
    evil = OPEN.replace("title:", f"code: {code}\ntitle:")
    root = page_repository({"incidents/evil.md": evil, "incidents/good.md": OPEN})
    (problem,) = build_site(root).problems
    assert (problem.code, problem.where.path) == ("duplicate-code", "incidents/evil.md")
    api = root / "site/api/v2/incidents"
    assert "good" in (api / f"{code}.json").read_text()
    assert "evil" in (api / f"{derive_code('incident', 'evil')}.json").read_text()


def test_a_code_that_an_occurrence_has_is_not_rendered_twice(
    page_repository: Pages, build_site: Build
) -> None:
    maintenance = (
        "---\ntitle: M\ntype: maintenance\nstarts: 2026-11-20 10:00 UTC\n"
        "ends: 2026-11-20 11:00 UTC\nrepeat: FREQ=WEEKLY\n---\n\nWork.\n"
    )
    code = derive_code("incident", "m@2026-11-20")
    evil = OPEN.replace("title:", f"code: {code}\ntitle:")
    root = page_repository({"incidents/evil.md": evil, "incidents/m.md": maintenance})
    build_site(root)
    assert (root / f"site/api/v2/incidents/{code}.json").exists()
