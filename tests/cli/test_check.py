"""`statusgen check`: every problem at once, in the form that was asked for."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from stopwatch import within

from statusgen.cli.formats import as_github, as_json, as_sarif, as_text, counted
from statusgen.cli.main import run
from statusgen.content import parse_incident
from statusgen.problems import Location, Problem, Severity
from statusgen.source.ahead import updates_ahead

Pages = Callable[..., Path]
Captured = pytest.CaptureFixture[str]
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)

GOOD = """\
---
title: Nobody can sign in
components: [api]
---

## Investigating · 2026-11-20 10:00 UTC
next update: 2026-11-23 10:30 UTC

Signing in fails for everyone.
"""
BAD = GOOD.replace("in\n", "in\nimpct: major\n", 1)
FILES = {
    "incidents/2026/a.md": BAD,
    "incidents/b.md": GOOD + "\n" + "[" * 2000 + "\n",
    "site-template/404.html": "{% block main %}",
    "config.yml": (
        "page: {name: Acme, url: https://status.acme.example}\n"
        "components: [{id: api, name: API}]\n"
        "brand: {logo: no.svg}\n"
    ),
}

THEME = {"site-template/404.html": FILES["site-template/404.html"]}

PROBLEMS = [
    Problem("unknown-key", "unknown key 'impct'", Location("a.md", 3, 1), "did you mean 'impact'?"),
    Problem("naive-time", "no zone", Location("b.md", 6, 20), severity=Severity.WARNING),
    Problem("missing-file", "it is\nnot there", Location("config, it: is.yml")),
]


@pytest.fixture
def faulty(page_repository: Pages) -> Path:
    return page_repository(FILES)


def check(root: Path, *arguments: str) -> int:
    return run(["check", "--root", str(root), "--now", "2026-11-21T12:00Z", *arguments])


def codes(capsys: Captured) -> list[tuple[str, str]]:
    found = json.loads(capsys.readouterr().out)["problems"]
    return [(one["path"], one["code"]) for one in found]


def test_problems_of_every_kind_of_source_are_told_in_order(faulty: Path, capsys: Captured) -> None:
    assert check(faulty, "--format", "json") == 1
    assert codes(capsys) == [
        ("config.yml", "missing-file"),
        ("incidents/2026/a.md", "unknown-key"),
        ("incidents/b.md", "text-too-complex"),
        ("site-template/404.html", "theme"),
    ]


@pytest.mark.parametrize(
    ("paths", "told"),
    [
        (["incidents/2026/a.md"], ["incidents/2026/a.md"]),
        (["incidents"], ["incidents/2026/a.md", "incidents/b.md"]),
        (["incidents/2026/", "config.yml"], ["config.yml", "incidents/2026/a.md"]),
        (["incidents/2026/a.m"], []),
        (["."], sorted(FILES)),
    ],
)
def test_with_paths_only_these_are_told(
    faulty: Path,
    capsys: Captured,
    paths: list[str],
    told: list[str],
) -> None:
    (faulty / "incidents/2026/a.m").touch()  # its name begins that of another
    code = check(faulty, "--format", "json", *(str(faulty / path) for path in paths))
    assert [path for path, _ in codes(capsys)] == told
    assert code == bool(told)


def test_paths_are_those_of_the_current_folder(
    faulty: Path,
    capsys: Captured,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(faulty.parent)
    assert check(Path("page"), "--format", "json", "page/incidents/b.md") == 1
    assert codes(capsys) == [("incidents/b.md", "text-too-complex")]


def test_a_good_page_has_none(page_repository: Pages, capsys: Captured) -> None:
    assert check(page_repository({"incidents/a.md": GOOD})) == 0
    assert capsys.readouterr().out == "No problems.\n"


def test_warnings_are_told_and_no_failure(page_repository: Pages, capsys: Captured) -> None:
    assert check(page_repository({"incidents/a.md": GOOD.replace("10:00 UTC", "10:00")})) == 0
    assert capsys.readouterr().out.endswith("\n1 warning.\n")


VAGUE = GOOD.replace("Nobody can sign in", "Outage")
LEAKING = GOOD.replace("Signing in fails", "AKIAIOSFODNN7EXAMPLE fails")


def test_the_coach_is_asked_with_the_place_of_each_remark(
    page_repository: Pages, capsys: Captured
) -> None:
    assert check(page_repository({"incidents/a.md": VAGUE})) == 0
    told = capsys.readouterr().out
    assert told.startswith("incidents/a.md:2:8: warning[IC-11]: the title does not say")
    assert told.endswith("\n1 warning.\n")


def test_urgent_makes_advice_of_all(faulty: Path, capsys: Captured) -> None:
    assert check(faulty, "--urgent", "--format", "json") == 0
    found = json.loads(capsys.readouterr().out)["problems"]
    assert [one["severity"] for one in found] == ["advice"] * 4


@pytest.mark.parametrize(
    "files",
    [
        {"incidents/a.md": LEAKING},
        {"config.yml": f"{FILES['config.yml']}notify: [{{token: abc}}]\n"},
    ],
    ids=["in a text", "in config.yml"],
)
def test_no_hurry_excuses_a_secret(
    page_repository: Pages, files: dict[str, str], capsys: Captured
) -> None:
    assert check(page_repository(files), "--urgent") == 1
    assert "\n1 error" in capsys.readouterr().out


def test_a_rule_is_switched_in_config(page_repository: Pages, capsys: Captured) -> None:
    config = FILES["config.yml"].replace("brand: {logo: no.svg}", "coach: {IC-11: off}")
    assert check(page_repository({"incidents/a.md": VAGUE, "config.yml": config})) == 0
    assert capsys.readouterr().out == "No problems.\n"


def test_with_an_incident_no_other_is_read(
    page_repository: Pages, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = page_repository({"incidents/a.md": VAGUE, "incidents/b.md": BAD, **THEME})
    opened: list[str] = []

    def note(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and noting:
            opened.append(str(arguments[0]))

    noting = True
    sys.addaudithook(note)
    check(root, str(root / "incidents/a.md"))
    noting = False
    assert any(one.endswith("incidents/a.md") for one in opened)
    assert not any(one.endswith(("incidents/b.md", "404.html")) for one in opened)


def test_a_translation_is_checked_against_its_original(
    page_repository: Pages, capsys: Captured
) -> None:
    config = "page: {name: Acme, url: https://status.acme.example, languages: [en, de]}\n"
    german = "---\ntitle: Störung\n---\n\n## Update · 2026-11-20 09:00 UTC\n\nHallo.\n"
    files = {"incidents/a.md": GOOD, "incidents/a.de.md": german, "config.yml": config}
    root = page_repository(files)
    assert check(root, "--format", "json", str(root / "incidents/a.de.md")) == 1
    told = codes(capsys)
    assert ("incidents/a.de.md", "unknown-update") in told
    assert ("incidents/a.de.md", "IC-11") in told


def test_an_update_ahead_of_the_clock_is_told(page_repository: Pages, capsys: Captured) -> None:
    ahead = GOOD + "\n## Resolved · 2027-11-20 11:00 UTC\n\nIt works again.\n"
    assert check(page_repository({"incidents/a.md": ahead})) == 0
    assert "incidents/a.md:11:1: warning[update-ahead]" in capsys.readouterr().out


@pytest.mark.parametrize("heading", ["2027-11-20 11:00", "2027-11-20T11:00+05:45"])
def test_an_update_ahead_of_the_clock_is_found_however_its_time_is_written(
    heading: str, page_repository: Pages, capsys: Captured
) -> None:
    ahead = f"{GOOD}\n## Resolved - {heading}\n\nIt works again.\n"
    check(page_repository({"incidents/a.md": ahead}))
    assert "incidents/a.md:11:1: warning[update-ahead]" in capsys.readouterr().out


@pytest.mark.parametrize("filling", ["#\n" * 480_000, "## 2027-11-20\n" * 60_000])
def test_a_file_full_of_headings_with_an_update_ahead_does_not_hold_up_anyone(
    filling: str, page_repository: Pages
) -> None:
    times = (f"2027-11-20 {minute // 60:02}:{minute % 60:02} UTC" for minute in range(900))
    updates = "".join(f"\n## Identified · {one}\n" for one in times)
    root = page_repository({"incidents/a.md": GOOD + updates + filling})
    incident = parse_incident(
        "incidents/a.md", (root / "incidents/a.md").read_bytes(), ZoneInfo("UTC"), ("api",)
    ).incident
    with within(1):
        told = list(updates_ahead([incident], str(root), NOW, ZoneInfo("UTC")))
    assert len(told) == 900
    assert all(problem.where.line for problem in told)


def test_a_page_without_config_is_told(page_repository: Pages, capsys: Captured) -> None:
    root = page_repository({})
    (root / "config.yml").unlink()
    assert check(root) == 1
    assert "config.yml: error[no-config]" in capsys.readouterr().out


def test_nothing_is_written_but_what_is_remembered(faulty: Path) -> None:
    before = {path for path in faulty.rglob("*") if ".statusgen" not in path.parts}
    check(faulty)
    assert {path for path in faulty.rglob("*") if ".statusgen" not in path.parts} == before


# ── forms ─────────────────────────────────────────────────────────────────────────────────────


def test_text_has_each_problem_and_their_number() -> None:
    assert as_text(PROBLEMS[:2]) == (
        "a.md:3:1: error[unknown-key]: unknown key 'impct'\n"
        "  hint: did you mean 'impact'?\n"
        "b.md:6:20: warning[naive-time]: no zone\n"
        "\n"
        "1 error, 1 warning."
    )


def test_github_gets_commands_that_no_text_can_leave() -> None:
    first, *others = as_github(PROBLEMS).split("\n")
    place, text = first.removeprefix("::error ").split("::")
    assert place == "file=a.md,line=3,col=1,title=unknown-key"
    assert text == "unknown key 'impct'; did you mean 'impact'?"
    assert others == [
        "::warning file=b.md,line=6,col=20,title=naive-time::no zone",
        "::error file=config%2C it%3A is.yml,title=missing-file::it is%0Anot there",
    ]


def test_sarif_names_rules_and_places() -> None:
    (result_run,) = json.loads(as_sarif(PROBLEMS))["runs"]
    assert [rule["id"] for rule in result_run["tool"]["driver"]["rules"]] == [
        "missing-file",
        "naive-time",
        "unknown-key",
    ]
    first, _, last = result_run["results"]
    assert (first["ruleId"], first["level"]) == ("unknown-key", "error")
    place = first["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 3, "startColumn": 1}
    assert last["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "config%2C%20it%3A%20is.yml"},
    }


def test_github_shows_advice_as_a_notice() -> None:
    advice = Problem("IC-24", "no apology", Location("a.md", 3, 1), "say why", Severity.ADVICE)
    assert as_github([advice]) == "::notice file=a.md,line=3,col=1,title=IC-24::no apology; say why"


def test_sarif_tells_what_a_rule_of_the_coach_is_for() -> None:
    advice = Problem("IC-24", "no apology", Location("a.md", 3, 1), "say why", Severity.ADVICE)
    (result_run,) = json.loads(as_sarif([advice]))["runs"]
    (rule,) = result_run["tool"]["driver"]["rules"]
    assert rule["id"] == "IC-24"
    assert rule["name"] == "boiler-apology"
    assert rule["shortDescription"]["text"].endswith(".")
    assert rule["help"]["text"].endswith(".")
    assert rule["helpUri"].endswith("docs/coach.md#ic-24-boiler-apology")
    assert rule["defaultConfiguration"] == {"level": "note"}
    assert [one["level"] for one in result_run["results"]] == ["note"]


@pytest.mark.parametrize("form", [as_text, as_json, as_github, as_sarif])
def test_a_name_cannot_steer_the_terminal(form: Callable[[list[Problem]], str]) -> None:
    name = "a\x1b[2J\x07\x9b\u202e\udcff.md"
    text = form([Problem("bad-id", f"the name {name}", Location(name))])
    assert not set(text) & set("\x1b\x07\x9b\u202e\udcff")
    text.encode()


def test_a_name_cannot_begin_a_line() -> None:
    where = Location("incidents/x\n::stop-commands::x.md", 3, 1)
    assert "\n::" not in as_text([Problem("bad-id", "no id", where)])


@pytest.mark.parametrize("form", [as_json, as_sarif, as_github])
def test_no_problem_is_a_whole_answer_too(form: Callable[[list[Problem]], str]) -> None:
    text = form([])
    assert text == "" or json.loads(text)


def test_counts_are_words() -> None:
    advice = [replace(PROBLEMS[0], severity=Severity.ADVICE)]
    assert counted(PROBLEMS) == "2 errors, 1 warning"
    assert counted(PROBLEMS + advice) == "2 errors, 1 warning, 1 piece of advice"
    assert counted(advice * 2) == "2 pieces of advice"


def test_a_path_that_is_not_there_is_not_free_of_problems(faulty: Path, capsys: Captured) -> None:
    assert check(faulty, str(faulty / "incidents/c.md")) == 2
    assert "There is no file or folder" in capsys.readouterr().err
