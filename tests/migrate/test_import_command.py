"""`statusgen import statuspage`: what it says, what it writes, and what it leaves alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from statuspage_host import Host
from statuspage_runs import Ran, files_in, run
from statuspage_source import (
    PAGE,
    affected,
    code,
    component,
    group,
    incident,
    summary,
    update,
    write_json,
)
from terminal import Terminal, shell_environment

Json = dict[str, Any]
API = component(1, "API")


def one_incident(*updates: Json, **other: Any) -> Json:  # noqa: ANN401 (any key of the JSON)
    first = update(1, "investigating", "2026-11-01T10:00:00.000Z", "Looking.")
    return {"page": PAGE, "incident": incident(1, [first, *updates], [API], **other)}


def import_into(root: Path, *files: Json, options: tuple[str, ...] = ()) -> Ran:
    source = root.parent / "source"
    write_json(source, {f"{number}.json": value for number, value in enumerate(files)})
    return run("import", "statuspage", source, "--root", root, *options)


def text_of(root: Path) -> str:
    return (root / "incidents" / "2026" / f"{code('i', 1)}.md").read_text(encoding="utf-8")


RESOLVED = update(2, "resolved", "2026-11-01T11:00:00.000Z", "Done.")


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


# ── again ─────────────────────────────────────────────────────────────────────────────────────


def test_what_is_new_at_the_source_is_added(tmp_path: Path) -> None:
    root = tmp_path / "page"
    import_into(root, one_incident())
    ran = import_into(root, one_incident(RESOLVED))
    assert ran.code == 0
    assert "Written: 1 files. Unchanged: 1." in ran.output
    assert "## Resolved · 2026-11-01 11:00 UTC" in text_of(root)


@pytest.mark.parametrize(
    ("typed", "instead_of", "told"),
    [
        ("title: Login fails # mine", "title: Incident 1", "title"),
        ("impact: major", "impact: minor", "impact"),
        ("We are looking.", "Looking.", f"update {code('u', 1)}: text"),
        ("## Identified · 2026-11-01 10:00", "## Investigating · 2026-11-01 10:00", "status"),
    ],
)
def test_what_a_person_changed_stays_and_is_told(
    typed: str,
    instead_of: str,
    told: str,
    tmp_path: Path,
) -> None:
    root = tmp_path / "page"
    import_into(root, one_incident(RESOLVED))
    file = root / "incidents" / "2026" / f"{code('i', 1)}.md"
    edited = text_of(root).replace(instead_of, typed)
    file.write_text(edited, encoding="utf-8")
    ran = import_into(root, one_incident(RESOLVED))
    assert text_of(root) == edited
    assert "Written: 0 files. Unchanged: 2. Kept as edited: 1." in ran.output
    assert f"{told} is not as at the source" in ran.output


def test_an_edited_file_gets_what_is_new_and_keeps_the_rest_byte_for_byte(tmp_path: Path) -> None:
    root = tmp_path / "page"
    import_into(root, one_incident())
    file = root / "incidents" / "2026" / f"{code('i', 1)}.md"
    edited = text_of(root).replace("title: Incident 1", "title:   Login fails   # mine")
    edited = edited.replace("2026-11-01 10:00 UTC", "2026-11-01T11:00+01:00")
    file.write_text(edited, encoding="utf-8")
    import_into(root, one_incident(RESOLVED))
    resolved = f"\n## Resolved · 2026-11-01 11:00 UTC\ncode: {code('u', 2)}\n\nDone.\n"
    assert text_of(root) == edited + resolved


def test_a_text_corrected_at_the_source_since_is_taken_over(tmp_path: Path) -> None:
    root = tmp_path / "page"
    import_into(root, one_incident(RESOLVED))
    corrected = update(
        2,
        "resolved",
        "2026-11-01T11:00:00.000Z",
        "Really done.",
        updated_at="2026-11-01T12:00:00.000Z",
    )
    ran = import_into(root, one_incident(corrected, updated_at="2026-11-01T12:00:00.000Z"))
    assert "Really done." in text_of(root)
    assert "\nDone." not in text_of(root)
    assert f"update {code('u', 2)}: text was changed at the source since" in ran.output
    assert import_into(root, one_incident(corrected)).output.count("import-kept") == 0


def test_an_update_written_here_stays(tmp_path: Path) -> None:
    root = tmp_path / "page"
    import_into(root, one_incident(RESOLVED))
    file = root / "incidents" / "2026" / f"{code('i', 1)}.md"
    own = text_of(root) + "\n## Postmortem · 2026-11-02 10:00 UTC\n\nIt was DNS.\n"
    file.write_text(own, encoding="utf-8")
    ran = import_into(root, one_incident(RESOLVED))
    assert text_of(root) == own
    assert "Kept as edited: 0." in ran.output


def test_a_file_that_was_moved_or_renamed_is_found_by_its_code(tmp_path: Path) -> None:
    root = tmp_path / "page"
    import_into(root, one_incident())
    file = root / "incidents" / "2026" / f"{code('i', 1)}.md"
    moved = root / "incidents" / "2026-11-01-login.md"
    file.rename(moved)
    ran = import_into(root, one_incident(RESOLVED))
    assert "Written: 1 files." in ran.output
    assert not file.exists()
    assert "Done." in moved.read_text(encoding="utf-8")


def test_a_file_that_cannot_be_read_is_left_alone_and_told(tmp_path: Path) -> None:
    root = tmp_path / "page"
    import_into(root, one_incident())
    file = root / "incidents" / "2026" / f"{code('i', 1)}.md"
    broken = text_of(root).replace("## Investigating", "## Investigatign")
    file.write_text(broken, encoding="utf-8")
    ran = import_into(root, one_incident(RESOLVED))
    assert text_of(root) == broken
    assert "the file cannot be read, and was left as it is" in ran.output


def test_the_order_of_files_makes_no_difference(tmp_path: Path) -> None:
    older = one_incident()
    older["page"] = {**PAGE, "updated_at": "2026-11-01T10:00:00.000Z"}
    newer = one_incident(RESOLVED)
    import_into(tmp_path / "a" / "page", older, newer)
    import_into(tmp_path / "b" / "page", newer, older)
    assert files_in(tmp_path / "a" / "page") == files_in(tmp_path / "b" / "page")
    assert "Done." in text_of(tmp_path / "a" / "page")


def test_no_json_can_break_the_import(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    texts = ("", "{", "[" * 100_000, "null", "5", '"x"', "[[], {}, 5]", '{"a": NaN}', "\ufeff{}")
    odd = ('{"incident": 5}', '{"incidents": {}}', '{"page": [], "incident": null}')
    for number, text in enumerate((*texts, *odd)):
        (source / f"{number}.json").write_text(text, encoding="utf-8")
    (source / "latin.json").write_bytes(b'{"page": "\xe9"}')
    (source / "link.json").symlink_to("/dev/zero")
    (source / "good.json").write_text(json.dumps(one_incident()), encoding="utf-8")
    ran = run("import", "statuspage", source, "--root", tmp_path / "page")
    assert ran.code == 1
    assert "Read: 1 incidents with 1 updates" in ran.output
    assert "link.json: error[import-unreadable]: a link or a device" in ran.output
    assert "latin.json: error[import-unreadable]: not UTF-8 at byte 10" in ran.output


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_file_that_a_windows_shell_saved_is_read(encoding: str, tmp_path: Path) -> None:
    text = json.dumps(one_incident(name="Störung"), ensure_ascii=False, indent=1)
    source = tmp_path / "saved.json"
    source.write_bytes(text.replace("\n", "\r\n").encode(encoding))
    ran = run("import", "statuspage", source, "--root", tmp_path / "page")
    assert ran.code == 0, ran.output
    assert "title: Störung" in text_of(tmp_path / "page")


def listing(hour: int, name: str, status: str, changed: int) -> Json:
    """Return the page's list as it was at an hour, its component changed last at another."""
    moments = {"updated_at": f"2026-11-20T{changed:02}:00:00.000Z"}
    one = component(1, name, status=status, description=name, **moments)
    page = {**PAGE, "updated_at": f"2026-11-20T{hour:02}:00:00.000Z"}
    return {**summary([one], [], []), "page": page, "status": {"indicator": "", "description": ""}}


def test_a_component_that_was_renamed_at_the_source_is_told(tmp_path: Path) -> None:
    root = tmp_path / "page"
    import_into(root, listing(10, "API", "operational", 9))
    ran = import_into(root, listing(12, "Web", "operational", 11))
    assert ran.code == 0
    for key in ("name", "description"):
        assert (
            f"config.yml: warning[import-kept]: the {key} of 'api' is not as at the source;"
            " the file's stays"
        ) in ran.output
    assert "import-kept" not in import_into(root, listing(10, "API", "operational", 9)).output


def captured(hour: int, *components: Json) -> Json:
    page = {**PAGE, "updated_at": f"2026-11-20T{hour:02}:00:00.000Z"}
    return {"page": page, "components": list(components)}


KEPT = "config.yml: warning[import-kept]: "


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ([component(2, "Web")], "'api' is on the page of the source no more, and stays here"),
        (
            [component(1, "API", position=2), component(2, "Web", position=1)],
            "the order of the components is not as at the source",
        ),
        ([component(1, "API", showcase=True), component(2, "Web")], "the showcase of 'api' is not"),
        (
            [component(1, "API", start_date="2026-05-01"), component(2, "Web")],
            "the start_date of 'api' is not",
        ),
        (
            [
                component(1, "API"),
                group(3, "Shop", [moved := component(2, "Web", position=1)], position=2),
                moved,
            ],
            "the group of 'web' is not",
        ),
    ],
    ids=["gone", "order", "showcase", "start_date", "group"],
)
def test_a_component_that_is_otherwise_at_the_source_by_now_is_told(
    changed: list[Json],
    told: str,
    tmp_path: Path,
) -> None:
    root = tmp_path / "page"
    at_first = captured(10, component(1, "API"), component(2, "Web"))
    import_into(root, at_first)
    for _ in range(2):
        ran = import_into(root, captured(12, *changed))
        assert f"{KEPT}{told}" in ran.output
        assert ran.output.count("import-kept") == 1
    assert "import-kept" not in import_into(root, at_first).output


def test_an_update_that_the_source_has_deleted_is_told(tmp_path: Path) -> None:
    root = tmp_path / "page"
    steps = [update(n, "identified", f"2026-11-20T1{n}:00:00.000Z", "Text.") for n in (1, 2)]
    import_into(root, {"page": PAGE, "incident": incident(1, steps)})
    ran = import_into(
        root,
        {"page": PAGE, "incident": incident(1, steps[:1], updated_at="2026-11-20T13:00:00.000Z")},
    )
    assert "update u00000000002, deleted there, is not as at the source" in ran.output


def test_what_stood_in_for_an_update_goes_when_the_source_has_its_own(tmp_path: Path) -> None:
    root = tmp_path / "page"
    resolved = update(1, "resolved", "2026-11-20T10:00:00.000Z", "Done.")
    written = update(2, "postmortem", "2026-11-20T12:00:00.000Z", "## Cause")
    beside = incident(
        1,
        [resolved],
        postmortem_body="## Cause",
        postmortem_published_at="2026-11-20T12:00:00.000Z",
    )
    import_into(root, {"page": PAGE, "incident": beside})
    ran = import_into(root, {"page": PAGE, "incident": incident(1, [resolved, written])})
    assert text_of(root).count("## Postmortem") == 1
    assert "code: u00000000002" in text_of(root)
    assert "import-kept" not in ran.output


def test_an_older_list_does_not_take_a_page_back(tmp_path: Path) -> None:
    root = tmp_path / "page"
    import_into(root, listing(12, "API", "major_outage", 11))
    before = files_in(root)
    assert import_into(root, listing(10, "API", "degraded_performance", 9)).code == 0
    assert files_in(root) == before
