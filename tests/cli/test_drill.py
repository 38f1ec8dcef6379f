"""`drill`: an incident played from end to end, without any harm."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from terminal import Terminal

from statusgen.cli.main import run

Pages = Callable[[Mapping[str, str]], Path]
Captured = pytest.CaptureFixture[str]

AT = ["--now", "2026-11-21 10:00 UTC"]
SCENARIO = """\
title: Mail stands still
over: 30m
impact: minor
steps:
  - {who: Alarm, says: "{component}: mails wait."}
  - {after: 20m, who: Ola, says: We send them another way.}
  - {after: 30m, who: Ola, says: All are sent.}
"""
WELL_TOLD = """\
# a first notice, an update in time, the end
open "Confirmation mails are late" -c api=degraded -m "Confirmation mails come late." --no-input
wait
update -m "We send the mails another way since 10:20 UTC." --no-input
wait
resolve -m "Mails were late from 10:00 to 10:30 UTC. All are sent, none was lost." --no-input
end
never reached
"""


def play(root: Path, tmp_path: Path, answers: str, *arguments: str) -> int:
    script = tmp_path / "answers.txt"
    script.write_text(answers)
    drilled = ["drill", "mail", "--root", str(root), "--script", str(script)]
    return run([*drilled, *AT, *arguments])


@pytest.fixture
def root(page_repository: Pages) -> Path:
    past = (
        "---\ntitle: Old\ncomponents: [api]\n---\n\n## Resolved · 2026-11-01 09:00 UTC\n\nOver.\n"
    )
    texts = {
        "drills/mail.yml": SCENARIO,
        "incidents/old.md": past,
        "pages/faq.md": "---\ntitle: F\n---\n",
    }
    return page_repository(texts)


def test_without_a_scenario_it_lists_what_there_is(root: Path, capsys: Captured) -> None:
    assert run(["drill", "--root", str(root), "--format", "json"]) == 0
    names = {one["name"]: one["minutes"] for one in json.loads(capsys.readouterr().out)}
    assert names["mail"] == 30
    assert {"database-outage", "vendor-down", "bad-deploy"} <= names.keys()


def test_what_happens_is_told_as_it_happens(root: Path, tmp_path: Path, capsys: Captured) -> None:
    assert play(root, tmp_path, "wait 15m\nwait\nfacts\n") == 0
    told = [line for line in capsys.readouterr().out.splitlines() if line[:2] == "10"]
    assert told == [
        "10:00  Alarm: API: mails wait.",
        "10:20  Ola: We send them another way.",
        "10:00  Alarm: API: mails wait.",
        "10:20  Ola: We send them another way.",
    ]


def test_an_incident_that_is_told_well_has_all_points(
    root: Path, tmp_path: Path, capsys: Captured
) -> None:
    assert play(root, tmp_path, WELL_TOLD, "--format", "json") == 0
    said = json.loads(capsys.readouterr().out)
    assert said["findings"] == []
    assert (said["points"], said["most"]) == (85, 85)
    assert [one["name"] for one in said["measures"]] == [
        *("First notice", "Rhythm", "Promises", "Impact", "End", "Postmortem", "Texts"),
    ]


def test_any_other_line_is_told_to_readers(root: Path, tmp_path: Path, capsys: Captured) -> None:
    kept = tmp_path / "kept"
    answers = "Mails come late. We look into it.\nwait 10m\nThe cause is a full queue.\n"
    assert play(root, tmp_path, answers, "--keep", str(kept)) == 0
    (path,) = (kept / "page/incidents").rglob("2026-11-21-mails-come-late.md")
    text = path.read_text("utf-8")
    assert "## Investigating · 2026-11-21 10:00 UTC" in text
    assert text.endswith("10:10 UTC\nnext update: 11:10 UTC\n\nThe cause is a full queue.\n")


def test_the_page_repository_is_as_it_was(root: Path, tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    assert play(root, tmp_path, WELL_TOLD) == 0
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_what_is_pushed_stays_beside_the_copy(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = tmp_path / "real.git"
    subprocess.run(["git", "init", "-q", "--bare", str(real)], check=True)
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    subprocess.run(["git", "-C", str(root), "remote", "add", "origin", str(real)], check=True)
    monkeypatch.setenv("GIT_DIR", str(root / ".git"))  # as inside of a hook
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(root / ".git/objects"))
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "W")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "w@acme.example")
    kept = tmp_path / "kept"
    assert (
        play(
            root,
            tmp_path,
            WELL_TOLD.replace("--no-input", "--push --no-input"),
            "--keep",
            str(kept),
        )
        == 0
    )
    count = ["git", "-C", str(kept / "remote.git"), "rev-list", "--all", "--count"]
    assert subprocess.run(count, capture_output=True, text=True, check=True).stdout == "4\n"
    assert not list((real / "refs/heads").iterdir())
    assert not (root / ".git/refs/heads").exists() or not list((root / ".git/refs/heads").iterdir())


def test_every_page_feed_and_answer_says_that_it_is_a_drill(root: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    assert play(root, tmp_path, WELL_TOLD, "--keep", str(kept)) == 0
    site = kept / "site"
    kinds = {".html", ".atom", ".rss", ".ics", ".json"}
    silent = {"manifest.json"}  # names of files and their hashes
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if path.suffix not in kinds or name in silent or "/badges/" in name:
            continue
        text = path.read_text("utf-8")
        assert "DRILL" in text or "drill.invalid" in text or '"page"' not in text, name
        if path.suffix == ".html" and 'http-equiv="refresh"' not in text:
            assert "DRILL Acme" in text, name
        assert "status.acme.example" not in text, name
    (style,) = site.rglob("drill.*.css")
    assert 'content: "DRILL: this is practice.' in style.read_text("utf-8")


def test_what_leads_out_is_not_in_the_copy(page_repository: Pages, tmp_path: Path) -> None:
    config = """\
page:
  name: Acme
  url: https://status.acme.example
  report: https://acme.example/report
components:
  - {id: api, name: API, probe: {url: "https://api.acme.example/health"}}
subscribe: {email: {action: "https://lists.acme.example/subscribe"}}
publish:
  - {type: directory, path: /srv/www}
"""
    kept = tmp_path / "kept"
    root = page_repository({"config.yml": config, "drills/mail.yml": SCENARIO})
    assert run(["check", "--root", str(root)]) == 0
    assert play(root, tmp_path, "end\n", "--keep", str(kept)) == 0
    copied = (kept / "page/config.yml").read_text("utf-8")
    assert "https" not in copied
    assert "/srv/www" not in copied


def test_a_pages_own_stylesheet_stays_above_the_bar(page_repository: Pages, tmp_path: Path) -> None:
    config = (
        "page: {name: Acme, url: 'https://status.acme.example'}\n"
        "brand: {stylesheet: own.css}\ncomponents: [{id: api, name: API}]\n"
    )
    files = {"config.yml": config, "own.css": "h1 { color: red }\n", "drills/mail.yml": SCENARIO}
    kept = tmp_path / "kept"
    assert play(page_repository(files), tmp_path, "end\n", "--keep", str(kept)) == 0
    style = (kept / "page/drill.css").read_text("utf-8")
    assert style.startswith("h1 { color: red }")
    assert "DRILL" in style


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["mial"], "There is no one scenario 'mial'. Did you mean 'mail'?"),
        (["mail", "--component", "chekout"], "did you mean 'checkout'?"),
        (["mail", "--keep", "."], "needs a folder of its own"),
    ],
)
def test_what_cannot_be_played_is_told(
    root: Path, capsys: Captured, arguments: list[str], said: str
) -> None:
    assert run(["drill", "--root", str(root), *arguments]) == 2
    assert said in capsys.readouterr().err


@pytest.fixture
def terminal(root: Path, tmp_path: Path) -> Iterator[Terminal]:
    """Yield a terminal in which a drill runs."""
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    command = [sys.executable, "-m", "statusgen", "drill", "mail", "--root", str(root)]
    with Terminal(command, root, {**os.environ, "TMPDIR": str(temporary)}) as one:
        yield one


def test_a_person_can_leave_at_any_time_and_nothing_is_left_behind(
    terminal: Terminal, tmp_path: Path
) -> None:
    assert "The page: http://drill.localhost:" in terminal.until("UTC> ")
    terminal.type("Mails come late for everybody.")
    assert "Wrote " in terminal.until("UTC> ")
    terminal.press(b"\x03")
    seen = terminal.until("Texts")
    assert "The drill ends here." in seen
    assert "First notice  20/20" in seen
    assert terminal.exit_code() == 0
    assert list((tmp_path / "tmp").iterdir()) == []


def test_a_command_that_is_interrupted_ends_nothing_but_itself(terminal: Terminal) -> None:
    terminal.until("UTC> ")
    terminal.type("open")
    terminal.until("in one line: ")
    terminal.press(b"\x03")
    terminal.until("UTC> ")
    terminal.type("end")
    terminal.until("First notice   0/20  none after")
    assert terminal.exit_code() == 0
