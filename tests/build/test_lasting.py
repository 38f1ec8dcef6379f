"""What is over is not rendered again, and all else is."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from small_page import CONFIG, incident

from statusgen.build import Built
from statusgen.memory.pages import _load
from statusgen.site import lasting

Pages = Callable[..., Path]
Build = Callable[..., Built]
Watch = Callable[[str], list[Any]]


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """Return a function that lists what a maker is given from now on, beside the site."""

    def begin(name: str) -> list[Any]:
        given: list[Any] = []
        make = getattr(lasting, name)

        def watched(site: object, what: object) -> object:
            given.append(what)
            return make(site, what)

        monkeypatch.setattr(lasting, name, watched)
        return given

    return begin


def test_an_incident_that_is_over_is_not_rendered_again(
    page_repository: Pages, build_site: Build, watch: Watch
) -> None:
    files = {f"incidents/{n}.md": incident(f"I {n}", "api", f"2026-11-0{n}") for n in range(1, 5)}
    root = page_repository({"config.yml": CONFIG, **files})
    build_site(root)
    (root / "incidents/2.md").write_text(incident("Edited", "api", "2026-11-03"))
    rendered = watch("incident_outputs")
    build_site(root)
    assert [records[0].title for (records,) in rendered] == ["Edited"]


def test_a_month_is_rendered_again_only_if_something_that_began_in_it_has_changed(
    page_repository: Pages, build_site: Build, watch: Watch
) -> None:
    files = {f"incidents/{n}.md": incident("Down", "api", f"2026-0{n}-03") for n in range(5, 10)}
    root = page_repository({"config.yml": CONFIG, **files})
    build_site(root)
    (root / "incidents/8.md").write_text(incident("Edited", "api", "2026-08-03"))
    rendered = watch("render_month")
    build_site(root)
    (link,) = [page.month.link for page in rendered]
    assert link == "history/2026-08/index.html"
    assert "Edited" in (root / "site" / link).read_text("utf-8")


def test_a_year_is_written_again_only_if_something_that_began_in_it_has_changed(
    page_repository: Pages, build_site: Build, watch: Watch
) -> None:
    files = {f"incidents/{n}.md": incident("Down", "api", f"{n}-10-03") for n in range(2023, 2026)}
    root = page_repository({"config.yml": CONFIG, **files})
    build_site(root)
    (root / "incidents/2024.md").write_text(incident("Edited", "api", "2024-10-03"))
    rendered = watch("render_year")
    build_site(root)
    assert [year.number for year in rendered] == [2024]
    written = json.loads((root / "site/api/statusgen/v1/incidents/2024.json").read_text())
    assert [one["title"] for one in written["incidents"]] == ["Edited"]


def test_lists_of_what_is_over_do_not_change_with_the_state_of_a_component(
    page_repository: Pages, build_site: Build, watch: Watch
) -> None:
    """But each report does in the API, where it says how its components are now."""
    files = {
        "incidents/old.md": incident("Down", "api", "2025-10-03"),
        "incidents/new.md": incident("Down", "api", "2026-11-03"),
    }
    root = page_repository({"config.yml": CONFIG, **files})
    build_site(root)
    goes_on = incident("Down", "api", "2026-11-03", resolved=False)
    (root / "incidents/new.md").write_text(goes_on)
    rendered = watch("render_month")
    build_site(root)
    assert [page.month.link for page in rendered] == ["history/2026-11/index.html"]
    paths = (root / "site/api/v2/incidents").glob(12 * "?" + ".json")
    reports = [json.loads(path.read_text())["incident"] for path in paths]
    states = [(one["status"], one["components"][0]["status"]) for one in reports]
    assert sorted(states) == [("investigating", "major_outage"), ("resolved", "major_outage")]


def test_a_component_s_page_is_made_again_only_if_something_about_it_has_changed(
    page_repository: Pages, build_site: Build, watch: Watch, now: datetime
) -> None:
    names = ("api", "checkout")
    files = {f"incidents/{one}.md": incident("Down", one, "2026-11-03") for one in names}
    root = page_repository({"config.yml": CONFIG, **files})
    build_site(root)
    (root / "incidents/api.md").write_text(incident("Edited", "api", "2026-11-03"))
    pages, feeds = watch("render_component"), watch("render_component_feeds")
    build_site(root)
    assert [one.id for one in pages] == [one.id for one in feeds] == ["api"]
    assert "Edited" in (root / "site/components/api/feed.json").read_text()
    build_site(root, at=now + timedelta(days=1))  # each page has another day
    assert [one.id for one in pages] == ["api", "api", "checkout"]
    assert [one.id for one in feeds] == ["api"]


def test_a_component_s_page_is_made_each_time_while_something_about_it_goes_on(
    page_repository: Pages, build_site: Build, watch: Watch
) -> None:
    goes_on = incident("Down", "checkout", "2026-11-20", resolved=False)
    root = page_repository({"config.yml": CONFIG, "incidents/open.md": goes_on})
    build_site(root)
    made = watch("render_component")
    build_site(root)
    assert [one.id for one in made] == ["checkout"]


def test_a_component_s_page_is_made_at_each_moment_while_its_status_is_set_by_hand(
    page_repository: Pages, build_site: Build, watch: Watch, now: datetime
) -> None:
    override = "override: {status: partial_outage, at: 2026-11-20 10:00 UTC}"
    by_hand = CONFIG.replace("{id: api,", f"{{id: api, {override},")
    root = page_repository({"config.yml": by_hand})
    build_site(root)
    made = watch("render_component")
    build_site(root, at=now + timedelta(minutes=5))
    assert [one.id for one in made] == ["api"]


def test_the_calendar_is_made_again_only_if_something_planned_has_changed(
    page_repository: Pages, build_site: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {"incidents/over.md": incident("Down", "api", "2026-11-03")}
    root = page_repository({"config.yml": CONFIG, **files})
    build_site(root)
    (root / "incidents/over.md").write_text(incident("Edited", "api", "2026-11-03"))
    monkeypatch.setattr(lasting, "render_calendar", None)
    build_site(root)
    assert (root / "site/maintenance.ics").exists()


def test_a_page_that_was_written_a_moment_ago_is_looked_at_again(
    page_repository: Pages,
    build_site: Build,
) -> None:
    """On the coarsest disk it could have changed again within the same tick."""
    root = page_repository({"incidents/a.md": incident("A", "api", "2026-11-01")})
    build_site(root)
    assert set(_seals_in(root)) == {False}


def test_a_page_that_has_been_the_same_for_a_while_is_remembered_with_its_seal(
    page_repository: Pages,
    build_site: Build,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    root = page_repository({"incidents/a.md": incident("A", "api", "2026-11-01")})
    build_site(root)
    monkeypatch.setattr("statusgen.memory.pages._SETTLING", -1_000_000_000)
    (root / "incidents/b.md").write_text(incident("B", "api", "2026-11-02"))
    build_site(root)
    assert True in _seals_in(root)
    page = root / "site/incidents/a/index.html"
    wanted = page.read_bytes()
    page.write_bytes(wanted.replace(b"A", b"B"))
    (root / "incidents/b.md").write_text(incident("C", "api", "2026-11-02"))
    build_site(root)
    assert page.read_bytes() == wanted


def _seals_in(root: Path) -> list[bool]:
    """Return whether each part that is remembered has its files' seals."""
    known = _load(str(root / ".statusgen/pages"))
    return [all(seal for _, _, seal in files) for files in known.values()]
