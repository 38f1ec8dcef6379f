"""The command line as a whole: what it answers at once, and what its exit codes say."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from folders import files_below

import statusgen
from statusgen.__main__ import main
from statusgen.cli.main import COMMANDS, commands, run
from statusgen.files.output import WriteError

Pages = Callable[..., Path]
Captured = pytest.CaptureFixture[str]

INCIDENT = "---\ntitle: A\n---\n\n## Investigating · 2026-11-20 10:00 UTC\n"
AT = ["--now", "2026-11-21T12:00Z"]


def statusgen_run(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "statusgen", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def test_the_version_is_printed() -> None:
    done = statusgen_run("--version")
    assert (done.returncode, done.stdout) == (0, f"statusgen {statusgen.__version__}\n")


def test_the_packaged_help_is_what_click_prints() -> None:
    """`python docs/write_cli.py` writes it anew."""
    context = click.Context(commands, info_name="statusgen", terminal_width=80)
    packaged = Path(statusgen.__file__).parent / "cli/help.txt"
    assert packaged.read_text() == commands.get_help(context) + "\n"


@pytest.mark.parametrize("arguments", [[], ["--help"]])
def test_help_is_printed_at_once(
    arguments: list[str],
    capsys: Captured,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "argv", ["statusgen", *arguments])
    assert main() == 0
    assert capsys.readouterr().out.startswith("Usage: statusgen")


@pytest.mark.parametrize("arguments", [["--version"], ["--help"]])
def test_what_is_answered_at_once_imports_nothing_of_weight(arguments: list[str]) -> None:
    code = (
        "import sys; from statusgen.__main__ import main; main(); "
        "print(*sorted(sys.modules), file=sys.stderr)"
    )
    command = [sys.executable, "-S", "-c", code, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    loaded = set(done.stderr.split())
    assert not loaded & {"click", "re", "pathlib", "typing", "json", "hashlib", "datetime"}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_that_begins_like_its_line_in_the_list(
    name: str,
    capsys: Captured,
) -> None:
    assert run([name, "--help"]) == 0
    assert capsys.readouterr().out.startswith(f"Usage: statusgen {name}")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["bild"], "There is no command 'bild'. Did you mean 'build'?"),
        (["close"], "There is no command 'close'. Did you mean 'resolve'?"),
        (["xyz"], "There is no command 'xyz'."),
        (["--verson"], "--verson"),
        (["build", "--outt", "x"], "--outt"),
        (["build", "--root", "/no/such/folder"], "does not exist"),
        (["build", "--now", "yesterday"], "yesterday"),
        (["check", "--format", "xml"], "xml"),
        (["schema"], "Missing argument"),
        (["open", "Mail", "is", "late"], 'a title goes in quotes, "Mail is late"'),
        (["open", "Mail is late", "Sorry."], 'told goes with -m: -m "Sorry."'),
        (["update", "mail", "Cause found."], 'told goes with -m: -m "Cause found."'),
    ],
)
def test_wrong_usage_is_exit_code_2(arguments: list[str], said: str, capsys: Captured) -> None:
    assert run(arguments) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    "command",
    [
        *("build", "status", "overdue", "brief", "report", "playbook", "drill"),
        *("publish", "notify", "verify", "doctor", "rollback"),
    ],
)
def test_problems_without_a_page_are_exit_code_1(
    page_repository: Pages, capsys: Captured, command: str
) -> None:
    root = page_repository({"config.yml": "page: ["})
    assert run([command, "--root", str(root)]) == 1
    said = capsys.readouterr().err
    assert "config.yml:1:" in said
    assert "Nothing was written" in said


def test_something_stood_in_for_is_exit_code_3(page_repository: Pages, capsys: Captured) -> None:
    root = page_repository({"incidents/a.md": "?"})
    assert run(["build", "--root", str(root), *AT]) == 3
    said = capsys.readouterr()
    assert "incidents/a.md:1" in said.err
    assert said.out.startswith("1 incident, ")


def test_warnings_alone_are_exit_code_0(page_repository: Pages, capsys: Captured) -> None:
    root = page_repository({"incidents/a.md": INCIDENT.replace(" UTC", "")})
    assert run(["build", "--root", str(root), *AT]) == 0
    assert "warning[naive-time]" in capsys.readouterr().err


def test_a_refused_folder_is_exit_code_2(page_repository: Pages, capsys: Captured) -> None:
    root = page_repository({})
    assert run(["build", "--root", str(root), "--out", str(root)]) == 2
    assert "is the page repository itself" in capsys.readouterr().err


def failing(error: BaseException) -> Callable[..., None]:
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


STOPS: list[tuple[BaseException, int, str]] = [
    (WriteError("index.html", "No space left on device"), 4, "No space left on device"),
    (PermissionError(13, "Permission denied", "config.yml"), 4, "config.yml: Permission denied"),
    (KeyboardInterrupt(), 130, "\n"),
    (ZeroDivisionError("boom"), 70, "ZeroDivisionError: boom"),
]


@pytest.mark.parametrize("stop", STOPS, ids=[type(error).__name__ for error, *_ in STOPS])
def test_what_stops_a_build_decides_its_exit_code(
    page_repository: Pages,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Captured,
    stop: tuple[BaseException, int, str],
) -> None:
    error, code, said = stop
    monkeypatch.setattr("statusgen.making.derive", failing(error))
    assert run(["build", "--root", str(page_repository({}))]) == code
    assert said in capsys.readouterr().err


def test_a_bug_leaves_a_report_to_paste(
    page_repository: Pages,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Captured,
) -> None:
    monkeypatch.setattr("statusgen.making.derive", failing(ZeroDivisionError("boom")))
    run(["build", "--root", str(page_repository({}))])
    said = capsys.readouterr().err
    for part in ("paste", "issues/new", f"statusgen {statusgen.__version__}", "build", "Traceback"):
        assert part in said


# ── build ─────────────────────────────────────────────────────────────────────────────────────


def test_a_build_says_what_it_did_and_what_comes_next(
    page_repository: Pages,
    capsys: Captured,
) -> None:
    root = page_repository({"incidents/a.md": INCIDENT})
    assert run(["build", "--root", str(root), *AT]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    (line,) = said.out.splitlines()
    assert line.startswith("1 incident, ")
    assert line.endswith(" written, 0 unchanged, 0 deleted; next change 2026-11-21 23:00 UTC")


def test_a_build_of_an_unchanged_page_is_over_before_it_begins(
    page_repository: Pages,
    capsys: Captured,
) -> None:
    root = page_repository({"incidents/a.md": INCIDENT})
    for _ in range(3):
        run(["build", "--root", str(root), *AT])
    assert "nothing changed" in capsys.readouterr().out.splitlines()[-1]


@pytest.mark.parametrize(
    "spelling",
    ["--root {}", "--root={}", "--root {} --now 2026-11-21T12:00Z"],
)
def test_a_build_of_an_unchanged_page_is_over_before_click_is_there(
    page_repository: Pages,
    spelling: str,
) -> None:
    root = page_repository({"incidents/a.md": INCIDENT})
    arguments = spelling.format(root).split(" ")
    for _ in range(3):
        done = statusgen_run("build", *arguments)
    code = (
        "import sys; from statusgen.__main__ import main; main(); "
        "print('click' in sys.modules, file=sys.stderr)"
    )
    command = [sys.executable, "-c", code, "build", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "nothing changed" in done.stdout
    assert done.stderr == "False\n"


def test_the_moment_can_come_from_the_environment(
    page_repository: Pages,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Captured,
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795262400")
    assert run(["build", "--root", str(page_repository({}))]) == 0
    assert "next change 2026-11-21 23:00 UTC" in capsys.readouterr().out


def test_the_output_does_not_depend_on_the_environment(page_repository: Pages) -> None:
    root = page_repository({"incidents/a.md": INCIDENT})
    outputs = []
    for number, (seed, zone) in enumerate([("0", "UTC"), ("1", "Asia/Kolkata")]):
        out = root.parent / f"out{number}"
        command = [sys.executable, "-m", "statusgen", "build", "--root", str(root), *AT]
        environment = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C", "PATH": "/usr/bin:/bin"}
        subprocess.run([*command, "--out", str(out)], env=environment, check=True)
        outputs.append(files_below(out))
    assert outputs[0] == outputs[1]
