"""A person who was just woken, a real terminal, a real remote, and a stopwatch."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from git_clones import PATH, git, in_remote
from terminal import PROMPT, Start, Terminal


def shell(start: Start, page: Path) -> Terminal:
    terminal = start(page, shutil.which("bash") or "sh", "--norc", "-i")
    terminal.until(PROMPT)
    terminal.waited = 0.0
    return terminal


def test_from_an_empty_prompt_to_a_pushed_notice_in_a_minute(
    remote: Path,
    page: Path,
    start: Start,
) -> None:
    terminal = shell(start, page)
    terminal.type("git pull -q")
    terminal.until(PROMPT)
    terminal.type("statusgen open --push")
    terminal.until("What is wrong, in one line: ")
    terminal.type("Sign-in fails")
    terminal.until("Components: api, checkout\n")
    terminal.until("Which are affected (NAME or NAME=STATUS): ")
    terminal.type("api=major")
    terminal.until("What do readers notice?")
    terminal.type("Nobody can sign in. We are looking into it.")
    preview = terminal.until("Write it? (yes, no, edit) [Y/n/e]: ")
    assert "Investigating: Sign-in fails\n  Impact: critical\n" in preview
    assert "Affected: API (major outage)" in preview
    assert "(in 15 minutes)" in preview
    terminal.type("")
    terminal.until("Committed and pushed to origin/main")
    terminal.until(PROMPT)
    assert terminal.seconds < 60
    name = git(remote, "diff", "--name-only", "main~1", "main")
    assert name.endswith("-sign-in-fails.md")
    assert in_remote(remote, name).endswith("Nobody can sign in. We are looking into it.\n")


def test_update_and_resolve_take_less_than_a_minute(remote: Path, page: Path, start: Start) -> None:
    terminal = shell(start, page)
    terminal.type("statusgen update card --push")
    terminal.until("Status now [investigating]: ")
    terminal.type("ident")
    terminal.until("What is new?")
    terminal.type("A provider rejects our requests. We are moving to another one.")
    terminal.until("[Y/n/e]: ")
    terminal.type("")
    terminal.until("Committed and pushed to origin/main")
    terminal.until(PROMPT)
    assert terminal.seconds < 60
    terminal.keys, terminal.waited = 0, 0.0
    terminal.type("statusgen resolve card --push")
    terminal.until("What works again")
    terminal.type("Card payments work again. No payment was taken twice.")
    terminal.until("[Y/n/e]: ")
    terminal.type("")
    terminal.until("Committed and pushed to origin/main")
    terminal.until(PROMPT)
    assert terminal.seconds < 60
    sent = in_remote(remote, PATH)
    assert sent.index("## Identified") < sent.index("## Resolved")


def test_a_wrong_answer_is_asked_for_again(page: Path, start: Start) -> None:
    terminal = start(page, "statusgen", "open", "API is slow")
    terminal.until("Which are affected")
    terminal.type("apo")
    terminal.until("there is no component 'apo'; did you mean 'api'?")
    terminal.until("Which are affected")
    terminal.type("api")
    terminal.until("How bad (minor, major, critical) [minor]: ")
    terminal.type("terrible")
    terminal.until("'terrible' is not an impact")
    terminal.until("How bad")
    terminal.type("major")
    terminal.until("[API may not work as it should. We are looking into it.]: ")
    terminal.type("")
    terminal.until("[Y/n/e]: ")
    terminal.type("y")
    terminal.until("Commit and push it? [Y/n]: ")
    terminal.type("n")
    assert terminal.exit_code() == 0
    (written,) = (page / "incidents").glob("*-api-is-slow.md")
    assert "impact: major\ncomponents: [api]\n" in written.read_text()
    assert git(page, "log", "--format=%s") == "First"


def test_a_longer_text_is_written_in_the_editor(page: Path, start: Start, tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\n{ echo "One."; echo; echo "- Two."; cat "$1"; } > x; mv x "$1"\n')
    editor.chmod(0o755)
    terminal = start(page, "statusgen", "update", EDITOR=str(editor), VISUAL="")
    terminal.until("Status now")
    terminal.type("")
    terminal.until("What is new?")
    terminal.type("e")
    terminal.until("[Y/n/e]: ")
    terminal.type("y")
    terminal.until("[Y/n]: ")
    terminal.type("n")
    assert terminal.exit_code() == 0
    assert (page / PATH).read_text().endswith("\n\nOne.\n\n- Two.\n")


def test_a_maintenance_is_asked_for_from_its_title_to_its_end(page: Path, start: Start) -> None:
    terminal = start(page, "statusgen", "schedule", "--now", "2026-11-21T12:00:00Z")
    terminal.until("What is done, in one line: ")
    terminal.type("Database upgrade")
    terminal.until("Which are affected")
    terminal.type("api")
    terminal.until("When does it start: ")
    terminal.type("2026-11-20 05:00")
    terminal.until("2026-11-20 05:00 UTC is not after 2026-11-21 12:00 UTC")
    terminal.until("When does it start: ")
    terminal.type("2026-12-05 05:00")
    terminal.until("When does it end (or for how long): ")
    terminal.type("1h")
    terminal.until("What will readers notice, and for how long?")
    terminal.type("The API is slow for an hour.")
    terminal.until("[Y/n/e]: ")
    terminal.type("y")
    terminal.until("[Y/n]: ")
    terminal.type("n")
    assert terminal.exit_code() == 0
    (written,) = (page / "incidents").glob("*-database-upgrade.md")
    assert "starts: 2026-12-05 05:00 UTC\nends: 2026-12-05 06:00 UTC\n" in written.read_text()


def test_of_a_maintenance_nothing_is_asked_that_was_given(page: Path, start: Start) -> None:
    given = ["Database upgrade", "-c", "api", "--starts", "2026-12-05 05:00", "--for", "1h"]
    terminal = start(page, "statusgen", "schedule", *given, "--now", "2026-11-21T12:00:00Z")
    said = terminal.until("What will readers notice, and for how long?")
    assert "What is done" not in said
    assert "Which are affected" not in said
    assert "When does it" not in said


def test_what_a_text_of_the_playbook_leaves_open_is_asked(page: Path, start: Start) -> None:
    (page / "playbook").mkdir()
    (page / "playbook/declined.md").write_text(
        "---\ntitle: Cards are declined\nstatus: investigating\nreview: 2099-01-01\n---\n\n"
        "{effect: What do readers notice?} We look for the cause.\n"
    )
    terminal = start(page, "statusgen", "open", "--from", "declined", "-c", "checkout=major")
    terminal.until("What do readers notice?")
    terminal.type("One in three cards is declined.")
    preview = terminal.until("[Y/n/e]: ")
    assert "One in three cards is declined. We look for the cause." in preview
    terminal.type("y")
    terminal.until("[Y/n]: ")
    terminal.type("n")
    assert terminal.exit_code() == 0


def test_of_several_open_incidents_one_is_chosen_by_number(page: Path, start: Start) -> None:
    other = (page / PATH).read_text().replace("Card payments fail", "API is slow")
    (page / "incidents/2026-11-20-api-is-slow.md").write_text(other)
    terminal = start(page, "statusgen", "update", "--still")
    listed = terminal.until("Which one [1]: ")
    assert "  1  2026-11-21-card-payments-fail  Card payments fail\n" in listed
    assert "  2  2026-11-20-api-is-slow  API is slow\n" in listed
    terminal.type("2")
    terminal.until("[Y/n/e]: ")
    terminal.type("y")
    terminal.until("[Y/n]: ")
    terminal.type("n")
    assert terminal.exit_code() == 0
    assert "still" in (page / "incidents/2026-11-20-api-is-slow.md").read_text()


def test_whoever_opens_what_is_open_is_asked_before_anything_else(page: Path, start: Start) -> None:
    terminal = start(page, "statusgen", "open", "-m", "Some cannot pay.")
    terminal.until("What is wrong, in one line: ")
    terminal.type("Card payments fail")
    said = terminal.until("Open another one? [N/y]: ")
    assert f"{Path(PATH).stem} is open under this title already; 'statusgen update" in said
    terminal.type("")
    assert terminal.exit_code() == 0
    assert "Your text is kept in" in terminal.seen
    assert terminal.seen.endswith("Nothing is changed.\n")
    assert git(page, "status", "--porcelain") == ""


def test_another_one_under_the_same_title_is_opened_by_a_yes(page: Path, start: Start) -> None:
    terminal = start(
        page, "statusgen", "open", "Card payments fail", "-c", "api=major", "-m", "So."
    )
    terminal.until("Open another one? [N/y]: ")
    terminal.type("y")
    terminal.until("Write it? (yes, no, edit) [Y/n/e]: ")
    terminal.type("y")
    terminal.until("[Y/n]: ")
    terminal.type("n")
    assert terminal.exit_code() == 0
    assert git(page, "status", "--porcelain").count("card-payments-fail") == 1


@pytest.mark.parametrize("name", ["open", "update", "resolve", "schedule", "notice", "postmortem"])
def test_the_help_fits_on_one_screen(page: Path, start: Start, name: str) -> None:
    terminal = start(page, "statusgen", name, "--help")
    assert terminal.exit_code() == 0
    lines = terminal.seen.splitlines()
    assert len(lines) <= 23  # and the prompt below it
    assert max(map(len, lines)) <= 80


def test_without_a_terminal_nothing_is_asked(page: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "statusgen", "open"],
        cwd=page,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert "TITLE: a title is missing" in done.stderr


def test_a_publish_shows_whom_it_waits_for_and_why_and_can_be_interrupted(
    page: Path, start: Start
) -> None:
    with (page / "config.yml").open("a") as config:
        config.write(
            "publish:\n"
            "  - {type: directory, name: disk, path: ../disk}\n"
            "  - {type: git, name: far, remote: 'ssh://git@127.0.0.1:1/a.git'}\n"
        )
    terminal = start(page, "statusgen", "publish", GIT_ALLOW_PROTOCOL="file:ssh")
    terminal.until("publishing to far (ssh: connect to host 127.0.0.1")
    terminal.press(b"\x03")
    terminal.until("Interrupted: some targets may have it. Publish again; no page is half.")
    assert terminal.exit_code() == 130
    assert (page.parent / "disk/current/index.html").is_file()


@pytest.mark.parametrize(("before", "after"), [(b"", b""), (b"\x1b[200~", b"\x1b[201~")])
def test_several_lines_that_are_pasted_are_one_text_and_agree_to_nothing(
    page: Path, start: Start, before: bytes, after: bytes
) -> None:
    terminal = start(page, "statusgen", "update", "--status", "identified")
    terminal.until("What is new?")
    terminal.press(before + b"The cause is found.\r\rYesterday's data is safe.\rNo data" + after)
    terminal.press(b" is lost.\r")
    preview = terminal.until("[Y/n/e]: ")
    assert "  The cause is found.\n\n  Yesterday's data is safe.\n  No data is lost.\n" in preview
    assert git(page, "status", "--porcelain") == ""
    terminal.press(b"\x03")
    assert terminal.exit_code() == 130


def test_a_line_can_be_edited_with_arrow_keys(page: Path, start: Start) -> None:
    terminal = start(page, "statusgen", "update", "--status", "identified")
    terminal.until("What is new?")
    terminal.press(b"The cause is fund.\x1b[D\x1b[D\x1b[D\x1b[Do\r")
    terminal.until("  The cause is found.\n")
    terminal.press(b"\x03")


def test_only_a_whole_word_is_an_answer_to_yes_or_no(page: Path, start: Start) -> None:
    terminal = start(page, "statusgen", "update", "--status", "identified")
    terminal.until("What is new?")
    terminal.type("The cause is found.")
    terminal.until("[Y/n/e]: ")
    terminal.type("yesterday's data is safe")
    terminal.until("answer yes, no or edit")
    terminal.until("[Y/n/e]: ")
    terminal.type("No")
    terminal.until("Nothing is changed.")


def test_what_was_agreed_to_is_written_before_the_question_about_sending(
    page: Path, start: Start
) -> None:
    terminal = start(page, "statusgen", "update", "--status", "identified")
    terminal.until("What is new?")
    terminal.type("The cause is found.")
    terminal.until("[Y/n/e]: ")
    terminal.type("yes")
    terminal.until(f"Wrote {PATH}")
    terminal.until("Commit and push it? [Y/n]: ")
    terminal.press(b"\x03")
    assert terminal.exit_code() == 130
    assert (page / PATH).read_text().endswith("The cause is found.\n")


def test_without_a_working_editor_the_way_on_is_told(page: Path, start: Start) -> None:
    terminal = start(page, "statusgen", "update", EDITOR="/no/such/editor", VISUAL="")
    terminal.until("Status now")
    terminal.type("")
    terminal.until("What is new?")
    terminal.type("e")
    terminal.until("what you wrote is in .statusgen/drafts/")
    terminal.until("Name another editor with EDITOR=…, or give the text with -m.")
    assert terminal.exit_code() == 2
