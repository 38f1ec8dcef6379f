"""Importing again: what is new comes, what a person changed stays, and each difference is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from statuspage_runs import (
    RESOLVED,
    Json,
    files_in,
    import_into,
    one_incident,
    run,
    text_of,
)
from statuspage_source import (
    PAGE,
    code,
    component,
    group,
    incident,
    summary,
    update,
)


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
