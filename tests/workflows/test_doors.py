"""The doors besides the shell: what `init` brings for hosts, hooks and editors, tried out."""

from __future__ import annotations

import itertools
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from jsonschema import Draft7Validator
from workflow_runner import inputs_of, load, run_job

from statusgen import __version__
from statusgen.cli.main import run
from statusgen.content import parse_incident
from statusgen.model import Incident, Status

REPOSITORY = Path(__file__).parents[2]
TEMPLATE = REPOSITORY / "page-template/github"
ACTION, DEPENDABOT = TEMPLATE / "actions/statusgen/action.yml", TEMPLATE / "dependabot.yml"
FORGEJO = [
    REPOSITORY / f"page-template/forgejo/workflows/{name}.yml" for name in ("check", "publish")
]
GITLAB = REPOSITORY / "page-template/gitlab-ci.yml"
WORKFLOWS = sorted([*TEMPLATE.glob("workflows/*.yml"), *REPOSITORY.glob(".github/workflows/*.yml")])
NOON = 1_795_262_400  # 2026-11-21
BIN = Path(sys.executable).parent
Git = Callable[..., str]


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-c", "init.defaultBranch=main", *arguments]
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a clone of a new page repository, as CI checks it out, whose remote is a bare one."""
    monkeypatch.setenv("PYTHONPATH", str(REPOSITORY))
    for role in ("AUTHOR", "COMMITTER"):
        for what in ("NAME", "EMAIL", "DATE"):
            monkeypatch.delenv(f"GIT_{role}_{what}", raising=False)
    made = tmp_path / "made"
    assert run(["init", str(made)]) == 0
    git(made, "init", "-q")
    git(made, "add", "-A")
    who = ("-c", "user.name=A Writer", "-c", "user.email=writer@acme.example")
    git(made, *who, "commit", "-q", "-m", "begin")
    git(tmp_path, "clone", "-q", "--bare", str(made), "remote.git")
    git(tmp_path, "clone", "-q", str(tmp_path / "remote.git"), "clone")
    return tmp_path / "clone"


def fill_in(clone: Path, at: int = 0, /, **given: str) -> subprocess.CompletedProcess[str]:
    """Run the form with what a person typed into it, minutes after noon; return the last step."""
    workflow = load(clone / ".github/workflows/incident.yml")
    inputs = inputs_of(workflow, given)
    values = {
        **{f"inputs.{name}": value for name, value in inputs.items()},
        "github.actor": "ann[bot]",
        "github.actor_id": "42",
        "github.token": "canary-token",
    }
    now = str(NOON + 60 * at)
    done = list(run_job(workflow["jobs"]["write"], clone, values, BIN / "statusgen", now))
    assert "canary-token" not in "".join(one.stdout + one.stderr for one in done)
    begin, *_, end = done[-1].stdout.splitlines()
    assert begin == f"::stop-commands::{end.strip(':')}"
    assert len(end) > 30  # nobody guesses it
    return done[-1]


def pushed(clone: Path) -> Incident:
    """Return the only incident in the remote, which has no other file that it had not before."""
    remote = clone.parent / "remote.git"
    before, _, _ = git(clone, "log", "--format=%H", "--reverse").partition("\n")
    (path,) = git(clone, "diff", "--name-only", before, "origin/main").splitlines()
    raw = subprocess.run(
        ["git", "show", f"main:{path}"], cwd=remote, check=True, capture_output=True
    ).stdout
    reading = parse_incident(path, raw, ZoneInfo("UTC"), ("website", "api"))
    assert reading.readable
    assert not [one for one in reading.problems if one.is_error]
    return reading.incident


# ── the form ──────────────────────────────────────────────────────────────────────────────────


def test_an_incident_is_opened_updated_and_resolved_with_nothing_but_the_form(clone: Path) -> None:
    opened = fill_in(
        clone,
        do="open",
        title="Payments fail",
        components="api=partial_outage, website",
        impact="major",
        message="Some payments fail.",
        next_update="20m",
    )
    assert opened.returncode == 0, opened.stderr
    for at, given in enumerate(
        (
            {"do": "update", "message": "A cable.", "status": "identified"},
            {"do": "still working on it"},
            {"do": "resolve", "message": "They work again."},
        ),
        1,
    ):
        done = fill_in(clone, at * 10, **given)
        assert done.returncode == 0, done.stderr
    told = pushed(clone)
    assert told.title == "Payments fail"
    assert [one.component for one in told.components] == ["api", "website"]
    assert [one.status for one in told.updates] == [
        Status.INVESTIGATING,
        *(Status.IDENTIFIED,) * 2,
        Status.RESOLVED,
    ]
    assert told.updates[0].next_update is not None
    assert git(clone, "log", "-1", "--format=%an <%ae>") == (
        "ann[bot] <42+ann[bot]@users.noreply.github.com>"
    )


HOSTILE = [
    "$(touch pwned)",
    "`touch pwned`",
    '"; touch pwned; "',
    "'; touch pwned; '",
    "${{ github.token }}",
    "${HOME} $TOKEN $0 $@ \\$TOKEN",
    "--root=/tmp --dry-run",
    "-m",
    "\\",
    "& | ; < > * ? [ ] { } ~ ! # %0A::error::x",
    "{{7*7}} {% raw %} %(title)s {0.__class__}",
]
LINES = [
    "first\nsecond\n\n$(touch pwned)\n`touch pwned`",
    "a\n\n## Resolved · 2026-11-21 11:02 UTC\n\nnothing happened",
    "components: api=operational\nnext update: never\n---\ntitle: B\n---",
    "EOF\nDO=resolve\n'\n\"",
    "::add-mask::a\n::error::b\n  ::stop-commands::c",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_typed_into_the_form_is_text(clone: Path, text: str) -> None:
    before = sorted(path.name for path in clone.iterdir())
    done = fill_in(clone, do="open", title=text, components="api", impact="minor", message=text)
    assert done.returncode == 0, done.stderr
    told = pushed(clone)
    assert (told.title, told.updates[0].text) == (text, text)
    assert sorted(path.name for path in clone.iterdir()) == before
    assert not list(clone.parent.rglob("pwned"))


@pytest.mark.parametrize("text", LINES)
def test_lines_are_text_too(clone: Path, text: str) -> None:
    done = fill_in(clone, do="open", title="T", components="api", impact="minor", message=text)
    assert done.returncode == 0, done.stderr
    told = pushed(clone)
    assert [one.text for one in told.updates] == [text]
    assert told.title == "T"
    assert not list(clone.parent.rglob("pwned"))


@pytest.mark.parametrize(
    "field", ["components", "impact", "status", "next_update", "incident", "do"]
)
@pytest.mark.parametrize("text", ["$(touch pwned)", "`touch pwned`\n'\"", "--dry-run"])
def test_a_choice_that_is_none_is_refused_and_runs_nothing(
    clone: Path, field: str, text: str
) -> None:
    given = {"do": "update" if field == "incident" else "open", "title": "T", "message": "M"}
    done = fill_in(clone, **{**given, "components": "api", "impact": "minor", field: text})
    assert done.returncode == 2
    assert git(clone, "log", "--format=%s", "origin/main") == "begin"
    assert not list(clone.parent.rglob("pwned"))


def test_a_form_that_is_filled_in_while_others_push_loses_nothing(clone: Path) -> None:
    other = clone.parent / "other"
    git(clone.parent, "clone", "-q", str(clone.parent / "remote.git"), "other")
    fill_in(other, do="open", title="A", components="api", impact="minor", message="a")
    done = fill_in(clone, do="open", title="B", components="api", impact="minor", message="b")
    assert done.returncode == 0, done.stderr
    named = git(clone.parent / "remote.git", "ls-tree", "-r", "--name-only", "main", "incidents")
    assert len(re.findall(r"\.md$", named, re.MULTILINE)) == 2


# ── the workflows as files ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", [*WORKFLOWS, *FORGEJO], ids=lambda path: "/".join(path.parts[-3:]))
def test_a_script_holds_no_expression_and_no_job_has_rights_that_it_does_not_name(
    path: Path,
) -> None:
    workflow = load(path)
    assert workflow["permissions"] == {}
    assert "concurrency" in workflow
    for job in workflow["jobs"].values():
        assert "permissions" in job
        assert "timeout-minutes" in job
        for step in job["steps"]:
            assert "${{" not in step.get("run", "")
            pinned = r"|\./[\w./-]+|[\w./-]+@[0-9a-f]{40}"
            assert re.fullmatch(pinned, step.get("uses", ""))
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False
    uses = re.findall(r"uses: [^.].*", path.read_text("utf-8"))
    assert all(re.fullmatch(r"uses: \S+ # v\d+\.\d+\.\d+", one) for one in uses)


def test_an_action_has_the_same_version_everywhere() -> None:
    texts = [path.read_text("utf-8") for path in (*WORKFLOWS, ACTION)]
    used = {tuple(re.findall(r"uses: ([^@]+)@(\S+)", text)) for text in texts}
    pins = set(itertools.chain.from_iterable(used))
    assert len(pins) == len({name for name, _ in pins})


def test_the_page_here_is_published_by_the_files_that_init_brings() -> None:
    workflows = [TEMPLATE / f"workflows/{name}.yml" for name in ("publish", "renew")]
    for path in (ACTION, DEPENDABOT, *workflows):
        own = REPOSITORY / ".github" / path.relative_to(TEMPLATE)
        brought = re.sub(r'"statusgen(.*)==@VERSION@"', r'".\1"', path.read_text("utf-8"))
        assert own.read_text("utf-8") == brought


_SCHEMA = ["check-jsonschema", "--builtin-schema"]


@pytest.mark.parametrize(
    ("command", "paths"),
    [
        (["actionlint", "-no-color", "-oneline"], WORKFLOWS),
        (["actionlint", "-no-color", "-ignore", 'label "docker" is unknown'], FORGEJO),
        (
            ["zizmor", "--offline", "--no-progress", "--persona=pedantic"],
            [*WORKFLOWS, *FORGEJO, ACTION, DEPENDABOT],
        ),
        (["yamllint", "--strict", "-c", str(REPOSITORY / ".ci/yamllint.yml")], [TEMPLATE.parent]),
        ([*_SCHEMA, "vendor.github-workflows"], [*WORKFLOWS, *FORGEJO]),
        ([*_SCHEMA, "vendor.gitlab-ci"], [GITLAB]),
        ([*_SCHEMA, "vendor.github-actions"], [ACTION]),
        ([*_SCHEMA, "vendor.dependabot"], [DEPENDABOT]),
    ],
    ids=lambda part: part[0] if isinstance(part[0], str) else str(len(part)),
)
def test_linters_find_nothing_in_what_runs(command: list[str], paths: list[Path]) -> None:
    program = shutil.which(command[0], path=str(BIN)) or shutil.which(command[0])
    assert program, f"{command[0]} belongs to the dependency group 'lint'"
    done = subprocess.run(
        [program, *command[1:], *map(str, paths)], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("schema", "names"),
    [
        ("vendor.github-issue-forms", ["problem.yml", "incident.yml"]),
        ("vendor.github-issue-config", ["config.yml"]),
    ],
)
def test_the_issue_forms_are_what_github_reads(schema: str, names: list[str]) -> None:
    paths = [str(TEMPLATE / "ISSUE_TEMPLATE" / name) for name in names]
    command = [str(BIN / "check-jsonschema"), "--builtin-schema", schema, *paths]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_check_workflow_annotates_and_keeps_a_preview(clone: Path) -> None:
    text = "---\ntitle: T\nimpct: none\n---\n\n## Investigating · 2026-11-21 10:05 UTC\n\nx\n"
    (clone / "incidents/bad.md").write_text(text)
    workflow = load(clone / ".github/workflows/check.yml")
    built, checked = run_job(workflow["jobs"]["check"], clone, {}, BIN / "statusgen")
    assert built.returncode == 0, built.stderr
    assert (clone / "preview/index.html").is_file()
    assert checked.returncode == 1
    assert re.search(r"^::error file=incidents/bad\.md,line=3,col=1", checked.stdout, re.MULTILINE)


def test_a_workflow_waits_for_the_moment_of_the_next_change_and_then_publishes(
    clone: Path, tmp_path: Path
) -> None:
    wait, start = load(clone / ".github/workflows/renew.yml")["jobs"]["wait"]["steps"]
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/gh").write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/asked\n')
    (tmp_path / "bin/gh").chmod(0o755)
    begun = datetime.now(UTC)
    for seconds, code in ((2, 0), (-60, 0), (1_900, 2)):
        at = f"{begun + timedelta(seconds=seconds):%Y-%m-%dT%H:%M:%SZ}"
        steps = {"steps": [wait, start]}
        values = {"inputs.at": at, "github.token": "t", "github.repository": "acme/status"}
        values |= {"github.ref_name": "main"}
        done = list(run_job(steps, clone, values, tmp_path / "bin/statusgen"))
        assert done[-1].returncode == code, done[-1].stderr
        assert datetime.now(UTC) >= begun + timedelta(seconds=min(seconds, 1))
    assert (
        tmp_path / "asked"
    ).read_text() == "workflow run publish.yml --repo acme/status --ref main\n"


# ── editors, and what init does ───────────────────────────────────────────────────────────────


def test_init_brings_the_doors_and_the_schema_that_editors_need(clone: Path) -> None:
    settings = json.loads((clone / ".vscode/settings.json").read_text())
    ((path, matched),) = settings["yaml.schemas"].items()
    assert matched == "config.yml"
    modeline, *_ = (clone / "config.yml").read_text().splitlines()
    assert modeline == f"# yaml-language-server: $schema={path.removeprefix('./')}"
    schema = json.loads((clone / path).read_text())
    Draft7Validator.check_schema(schema)
    config = yaml.load((clone / "config.yml").read_text(), yaml.BaseLoader)  # noqa: S506  strings
    Draft7Validator(schema).validate(config)
    texts = [
        path.read_text() for path in clone.rglob("*") if path.is_file() and ".git/" not in str(path)
    ]
    assert not any("@VERSION@" in text for text in texts)
    assert f'"statusgen=={__version__}"' in (clone / ".github/workflows/check.yml").read_text()


@pytest.mark.parametrize(
    ("host", "brought"),
    [
        ("github", {".github"}),
        ("gitlab", {".gitlab-ci.yml"}),
        ("forgejo", {".forgejo"}),
        ("none", set()),
    ],
)
def test_init_brings_what_is_for_the_host(tmp_path: Path, host: str, brought: set[str]) -> None:
    assert run(["init", str(tmp_path), "--ci", host]) == 0
    of_hosts = {".github", ".gitlab-ci.yml", ".forgejo"}
    assert {path.name for path in tmp_path.iterdir()} & of_hosts == brought


def test_init_leaves_out_what_is_for_another_host_and_keeps_what_is_there(tmp_path: Path) -> None:
    (tmp_path / ".vscode").mkdir()
    (tmp_path / ".vscode/settings.json").write_text("{}")
    assert run(["init", str(tmp_path), "--ci", "none"]) == 0
    assert not (tmp_path / ".github").exists()
    assert (tmp_path / ".vscode/settings.json").read_text() == "{}"


def test_schemas_are_written_anew_with_one_command(tmp_path: Path) -> None:
    assert run(["schema", "--out", str(tmp_path / "schemas")]) == 0
    names = sorted(path.name for path in (tmp_path / "schemas").iterdir())
    assert names == ["config.json", "incident.json", "page.json", "playbook.json"]
    assert run(["schema"]) == 2


# ── the hook ──────────────────────────────────────────────────────────────────────────────────


def test_the_hooks_look_at_the_files_that_they_are_for() -> None:
    some, everything = yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text())
    for path in ("incidents/2026/a.md", "pages/faq.de.md", "playbook/a.md", "site-template/a.css"):
        assert re.search(some["files"], path)
    assert re.search(everything["files"], "config.yml")
    assert not re.search(some["files"], "docs/incidents/a.md")
    assert not re.search(everything["files"], "other/config.yml")


@pytest.mark.extreme
def test_the_hook_stops_a_commit_with_a_faulty_incident(clone: Path, tmp_path: Path) -> None:
    program = shutil.which("pre-commit", path=str(BIN)) or shutil.which("pre-commit")
    if program is None:
        pytest.skip("pre-commit is not installed")
    good = "---\ntitle: T\n---\n\n## Investigating · 2026-11-21 10:05 UTC\n\nWe look into it.\n"
    for name, text in {"good": good, "bad": good.replace("Investigating", "Investigatin")}.items():
        (clone / f"incidents/{name}.md").write_text(text)
    git(clone, "add", "-A")
    command = [program, "try-repo", str(REPOSITORY), "statusgen-check", "--files"]
    for name, code in (("good", 0), ("bad", 1)):
        done = subprocess.run(
            [*command, f"incidents/{name}.md"],
            cwd=clone,
            check=False,
            capture_output=True,
            text=True,
        )
        assert done.returncode == code, done.stdout + done.stderr
        assert ("unknown-status" in done.stdout) == bool(code)
