from __future__ import annotations

from pathlib import Path

import pytest
from config_edits import edit_config
from hook_host import Answer, Receiver
from notify_command import add_channel, notify, told, url_of, write
from sample_histories import OPENED

Captured = pytest.CaptureFixture[str]


def make_impatient(root: Path) -> None:
    """Let the channel be tried for a second."""
    edit_config(root, "kinds:", "timeout: 1s, kinds:")


def take_url_from_environment(root: Path, hook: Receiver) -> None:
    """Let the channel's address be the value of HOOK."""
    edit_config(root, f"url: '{url_of(hook)}'", "url_env: HOOK")


def test_a_failure_is_told_once_and_what_was_not_told_is_told_later(
    root: Path, hook: Receiver, capsys: Captured
) -> None:
    notify(root, "20 00:00")
    make_impatient(root)
    write(root, OPENED)
    hook.answers += [Answer(500)] * 20
    capsys.readouterr()
    assert notify(root, "21 10:06") == 4
    said = capsys.readouterr()
    assert said.err.startswith("statusgen: channel hook: 1 message left for the next run: ")
    assert "Run it again at 2026-11-21 10:11 UTC at the latest." in said.out
    hook.answers[:] = [Answer(500)] * 20
    assert notify(root, "21 10:07") == 0
    assert capsys.readouterr().err == ""
    hook.answers.clear()
    hook.requests.clear()
    assert notify(root, "21 10:08") == 0
    assert told(hook) == ["investigating"]


def test_a_missing_variable_is_named_and_the_other_channels_are_told(
    root: Path, hook: Receiver, capsys: Captured
) -> None:
    add_channel(root, "{type: apprise, url_env: SLACK}")
    assert notify(root, "20 00:00") == 4
    assert "channel apprise: " in (said := capsys.readouterr().err)
    assert "the environment variable SLACK is not set" in said
    write(root, OPENED)
    notify(root, "21 10:06")
    assert told(hook) == ["investigating"]


def test_once_a_missing_variable_is_set_what_waited_is_told_at_once(
    root: Path, hook: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_url_from_environment(root, hook)
    codes = [notify(root, "20 00:00")]
    write(root, OPENED)
    codes += [notify(root, f"21 10:{minute:02}") for minute in range(6, 12)]
    assert codes == [4, 0, 0, 0, 0, 0, 0]
    lines = (root.parent / "ledger/ledger").read_bytes().count(b"\n")
    monkeypatch.setenv("HOOK", url_of(hook))
    assert notify(root, "21 10:12") == 0
    assert told(hook) == ["investigating"]
    assert lines < 8


def test_a_variable_that_goes_missing_is_told_before_it_is_needed_and_each_time_anew(
    root: Path, hook: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_url_from_environment(root, hook)
    codes = []
    url = url_of(hook)
    for day, value in enumerate([url, "", "", url, url, ""], start=10):
        monkeypatch.setenv("HOOK", value)
        codes.append(notify(root, f"{day} 00:00"))
    assert codes == [0, 4, 0, 0, 0, 4]


def test_a_channel_that_failed_again_and_again_rests_unless_it_is_asked_for(
    root: Path, hook: Receiver, capsys: Captured
) -> None:
    notify(root, "20 00:00")
    make_impatient(root)
    write(root, OPENED)
    for minute in (6, 7, 8):
        hook.answers[:] = [Answer(500)] * 20
        notify(root, f"21 10:{minute:02}")
    hook.answers.clear()
    hook.requests.clear()
    capsys.readouterr()
    assert notify(root, "21 10:09") == 0
    assert capsys.readouterr().out.startswith(
        "hook  resting  1 event waiting: it failed before, and is asked again at 11:08 UTC"
    )
    assert hook.requests == []
    assert notify(root, "21 10:10", "--channel", "hook") == 0
    assert told(hook) == ["investigating"]
