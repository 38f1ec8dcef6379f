"""`statusgen import statuspage`: what it says, what it writes, and what it leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from statuspage_host import Host
from statuspage_runs import (
    API,
    RESOLVED,
    files_in,
    import_into,
    one_incident,
    run,
    text_of,
)
from statuspage_source import (
    PAGE,
    affected,
    code,
    summary,
    update,
)
from terminal import Terminal, shell_environment


def test_a_new_page_is_a_config_and_a_file_for_each_incident(tmp_path: Path) -> None:
    ran = import_into(tmp_path / "page", one_incident(RESOLVED))
    assert ran.code == 0
    assert ran.output.splitlines() == [
        "Read: 1 incidents with 2 updates, 1 components.",
        (
            "Written: 2 files. Unchanged: 0. Kept as edited: 0. Not understood: 0."
            " Taken over in another form: 0."
        ),
    ]
    assert sorted(files_in(tmp_path / "page")) == [
        "config.yml",
        f"incidents/2026/{code('i', 1)}.md",
    ]
    assert (
        text_of(tmp_path / "page")
        == f"""\
---
title: Incident 1
impact: minor
components:
  api: operational
aliases: [https://stspg.io/{code("i", 1)}]
code: {code("i", 1)}
---

## Investigating · 2026-11-01 10:00 UTC
code: {code("u", 1)}

Looking.

## Resolved · 2026-11-01 11:00 UTC
code: {code("u", 2)}

Done.
"""
    )


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    ran = import_into(tmp_path / "page", one_incident(), options=("--dry-run",))
    assert ran.code == 0
    assert "Would write: 2 files." in ran.output
    assert not (tmp_path / "page").exists()


def test_what_is_not_understood_is_named_with_its_place_and_the_rest_written(
    tmp_path: Path,
) -> None:
    strange = one_incident(
        update(
            2,
            "exploded",
            "2026-11-01T11:00:00.000Z",
            "Boom.",
            mood="bad",
            affected_components=[affected("API", API, "operational", "wobbly")],
        ),
        impact="cosmic",
    )
    ran = import_into(tmp_path / "page", strange, {"weather": "fine"})
    assert ran.code == 1
    told = ran.output.replace("incident.incident_updates[0]", "UPDATE").replace("0.json: error", "")
    for line in (
        '[import-unknown-key]: UPDATE.mood: unknown key, with the value "bad"',
        "[import-unknown-value]: UPDATE.status: unknown status 'exploded'",
        "[import-unknown-value]: UPDATE.affected_components[0].new_status: unknown",
        "[import-unknown-value]: incident.impact: unknown impact 'cosmic'",
        "1.json: error[import-not-understood]: not a response of Statuspage: its keys are weather",
    ):
        assert line in told
    assert "Not understood: 5." in ran.output
    assert "components: [api]" in text_of(tmp_path / "page")  # it counts, whatever was meant
    assert "## Investigating · 2026-11-01 11:00 UTC" in text_of(tmp_path / "page")


def test_many_of_a_kind_are_counted(tmp_path: Path) -> None:
    updates = [
        update(number, "investigating", f"2026-11-01T11:{number:02}:00.000Z", mood=number)
        for number in range(2, 40)
    ]
    ran = import_into(tmp_path / "page", one_incident(*updates))
    assert "... and 18 more of import-unknown-key" in ran.output
    assert "Not understood: 38." in ran.output


@pytest.mark.parametrize("source", ["missing", "empty"])
def test_a_source_with_nothing_in_it_is_a_wrong_use(source: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    ran = run("import", "statuspage", tmp_path / source, "--root", tmp_path / "page")
    assert ran.code == 2
    assert not (tmp_path / "page").exists()


def test_an_address_without_its_scheme_gets_a_hint(tmp_path: Path) -> None:
    ran = run("import", "statuspage", "status.acme.example", "--root", tmp_path / "page")
    assert ran.code == 2
    assert "the address of a page begins with https://" in ran.output


def test_what_a_host_says_cannot_steer_the_terminal(host: Host, tmp_path: Path) -> None:
    host.serve("/api/v2/summary.json", status=301, headers=(("Location", "x\x1b[31m://y"),))
    ran = run("import", "statuspage", host.url, "--allow-private", "--root", tmp_path / "page")
    assert ran.code == 4
    assert "\x1b" not in ran.output


def test_a_config_with_faults_is_not_added_to(tmp_path: Path) -> None:
    root = tmp_path / "page"
    root.mkdir()
    (root / "config.yml").write_text("page: {name: Acme}\n", encoding="utf-8")
    before = files_in(root)
    ran = import_into(root, one_incident())
    assert ran.code == 1
    assert "config.yml has to be mended first" in ran.output
    assert files_in(root) == before


def test_a_live_page_that_cannot_be_read_is_the_world_outside(host: Host, tmp_path: Path) -> None:
    ran = run("import", "statuspage", host.url, "--root", tmp_path / "page", "--allow-private")
    assert ran.code == 4
    assert "Nothing was written" in ran.output


def test_a_private_address_needs_to_be_allowed(host: Host, tmp_path: Path) -> None:
    ran = run("import", "statuspage", host.url, "--root", tmp_path / "page")
    assert ran.code == 4
    assert "private address" in ran.output
    assert host.asked == []


def test_a_live_page_is_imported(host: Host, tmp_path: Path) -> None:
    host.serve("/api/v2/summary.json", summary([API], [one_incident()["incident"]], []))
    host.serve("/api/v2/components.json", {"page": PAGE, "components": [API]})
    host.serve("/api/v2/incidents.json", {"page": PAGE, "incidents": []})
    host.serve("/api/v2/scheduled-maintenances.json", {"page": PAGE, "scheduled_maintenances": []})
    host.serve("/history?page=1", {"months": []})
    ran = run("import", "statuspage", host.url, "--root", tmp_path / "page", "--allow-private")
    assert "Read: 1 incidents with 1 updates, 1 components." in ran.output
    assert "Looking." in text_of(tmp_path / "page")


def test_at_a_terminal_it_says_that_it_waits_and_can_be_interrupted(
    host: Host, tmp_path: Path
) -> None:
    host.serve("/api/v2/summary.json", status=429, headers=(("Retry-After", "30"),))
    command = ("statusgen", "import", "statuspage", host.url, "--allow-private", "--root", "page")
    with Terminal(command, tmp_path, shell_environment(tmp_path / "bin")) as terminal:
        terminal.until("trying again in 30 s")
        terminal.press(b"\x03")
        assert terminal.exit_code() == 130
    assert not (tmp_path / "page").exists()
