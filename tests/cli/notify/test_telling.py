from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from config_edits import edit_config
from hook_host import Receiver
from notify_command import add_channel, notify, told, webhook, write
from sample_histories import IDENTIFIED, MAINTENANCE, OPENED, RESOLVED

Pages = Callable[[dict[str, str]], Path]
Captured = pytest.CaptureFixture[str]


def test_an_incident_is_told_from_its_beginning_to_its_end(
    root: Path, hook: Receiver, capsys: Captured
) -> None:
    assert notify(root, "20 00:00") == 0
    assert capsys.readouterr().out == "hook  begun    from now on\n"
    text = ""
    for part, time in ((OPENED, "21 10:06"), (IDENTIFIED, "21 10:21"), (RESOLVED, "21 11:03")):
        text += part
        write(root, text)
        assert notify(root, time) == 0
        assert capsys.readouterr().out.startswith("hook  told     1 event in ")
        assert notify(root, time) == 0
        assert capsys.readouterr().out == "hook  nothing\n"
    assert told(hook) == ["investigating", "identified", "resolved"]


def test_nobody_is_told_of_what_was_there_before_the_first_run(
    root: Path, hook: Receiver, capsys: Captured
) -> None:
    write(root, OPENED)
    assert notify(root, "21 10:06") == 0
    said = "hook  begun    from now on; 2 recent events not told\n"
    assert capsys.readouterr().out.startswith(said)
    write(root, OPENED + IDENTIFIED)
    assert notify(root, "21 10:21") == 0
    assert told(hook) == ["identified"]


def test_only_the_channels_that_are_asked_for_are_told(root: Path, capsys: Captured) -> None:
    assert notify(root, "21 10:06", "--channel", "hok") == 2
    assert "There is no channel 'hok': did you mean 'hook'?" in capsys.readouterr().err


def test_without_channels_it_says_where_they_are_told_of(
    page_repository: Pages, capsys: Captured
) -> None:
    assert notify(page_repository({}), "21 10:06") == 2
    assert "config.yml names no channels" in capsys.readouterr().err


def test_it_says_when_it_should_run_again(root: Path, capsys: Captured) -> None:
    write(root, MAINTENANCE)
    notify(root, "20 12:00")
    assert capsys.readouterr().out.endswith("Run it again at 2026-11-22 21:00 UTC at the latest.\n")


def test_the_json_has_what_was_told_and_what_was_not(
    root: Path, hook: Receiver, capsys: Captured
) -> None:
    notify(root, "20 00:00")
    write(root, OPENED + IDENTIFIED)
    capsys.readouterr()
    notify(root, "21 10:21", "--format", "json")
    (channel,) = json.loads(capsys.readouterr().out)["channels"]
    assert (channel["name"], channel["end"]) == ("hook", "told")
    assert [(one["kind"], one["messages"]) for one in channel["told"]] == [("update", 1)]
    assert [one["kind"] for one in channel["superseded"]] == ["opened"]


def test_what_is_internal_goes_to_channels_for_it_alone(root: Path, hook: Receiver) -> None:
    add_channel(root, webhook(hook, "inside", "audience: internal, "))
    notify(root, "20 00:00")
    block = "<!-- internal -->\nThe canary sings.\n<!-- /internal -->\n\nSome"
    write(root, OPENED.replace("Some", block))
    write(root, OPENED.replace("---\n\n", "audience: internal\n---\n\n"), "secret")
    assert notify(root, "21 10:06") == 0
    public = [one.body for one in hook.requests if one.path == "/hook"]
    within = [one.body for one in hook.requests if one.path == "/inside"]
    assert len(public) == 1
    assert len(within) == 2
    assert b"canary" not in public[0]
    assert any(b"canary" in one for one in within)


def test_what_is_wrong_in_the_configuration_is_told_and_the_rest_of_it_is_done(
    root: Path, hook: Receiver, capsys: Captured
) -> None:
    notify(root, "20 00:00")
    edit_config(root, "kinds:", "componets: [api], kinds:")
    write(root, OPENED)
    capsys.readouterr()
    assert notify(root, "21 10:06") == 3
    assert "did you mean 'components'?" in capsys.readouterr().err
    assert told(hook) == ["investigating"]
    edit_config(root, "notify:", "notfy:")
    assert notify(root, "21 10:07") == 2
    assert "did you mean 'notify'?" in capsys.readouterr().err


def test_a_run_that_has_nothing_to_tell_loads_nothing_that_sends(root: Path) -> None:
    add_channel(
        root,
        "{type: mail, server: localhost, security: none, from: status@acme.example,"
        " to: [list@acme.example]}",
    )
    code = (
        "import sys\n"
        "from statusgen.cli.main import run\n"
        f"assert run(['notify', '--root', {str(root)!r}]) == 0\n"
        "print(*sorted(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {"apprise", "requests", "smtplib", "urllib3"}.isdisjoint(done.stderr.split())
