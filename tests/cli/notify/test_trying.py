from __future__ import annotations

import json
from pathlib import Path

import pytest
from config_edits import edit_config
from hook_host import Answer, Receiver
from notify_command import add_channel, notify, webhook, write
from sample_histories import OPENED, RESOLVED

Captured = pytest.CaptureFixture[str]


def test_a_dry_run_shows_every_message_and_sends_and_writes_nothing(
    root: Path, hook: Receiver, capsys: Captured
) -> None:
    notify(root, "20 00:00")
    write(root, OPENED)
    before = (root.parent / "ledger/ledger").read_bytes()
    capsys.readouterr()
    assert notify(root, "21 10:06", "--dry-run") == 0
    said = capsys.readouterr().out
    assert said.startswith("── hook: opened of 'a', en ──\nPOST http://127.0.0.1")
    assert "Some customers see an error." in said
    assert hook.requests == []
    assert (root.parent / "ledger/ledger").read_bytes() == before


def test_changes_of_several_components_by_one_incident_are_told_apart(
    root: Path, capsys: Captured
) -> None:
    edit_config(root, "kinds: [opened, update, resolved]", "kinds: [component]")
    notify(root, "20 00:00")
    write(root, OPENED.replace("checkout: ", "api: degraded_performance\n  checkout: "))
    capsys.readouterr()
    notify(root, "21 10:06", "--dry-run")
    heads = [one for one in capsys.readouterr().out.splitlines() if one.startswith("──")]
    assert heads == [
        "── hook: component 'api' of 'a', en ──",
        "── hook: component 'checkout' of 'a', en ──",
    ]


def test_a_dry_run_before_the_first_run_shows_an_example(
    root: Path, hook: Receiver, capsys: Captured
) -> None:
    write(root, OPENED + RESOLVED)
    assert notify(root, "21 11:06", "--dry-run", "--format", "json") == 0
    (channel,) = json.loads(capsys.readouterr().out)["channels"]
    assert [(one["kind"], one["example"]) for one in channel["messages"]] == [("resolved", True)]
    assert not (root.parent / "ledger").exists()


def test_a_test_message_goes_to_one_channel_and_not_into_the_ledger(
    root: Path, hook: Receiver, capsys: Captured
) -> None:
    assert notify(root, "21 10:06", "--test", "hook") == 0
    assert capsys.readouterr().out == "hook: sent. Look whether it has arrived.\n"
    assert b"This is a test of the channel" in hook.requests[0].body
    assert not (root.parent / "ledger").exists()
    hook.answers.append(Answer(404))
    assert notify(root, "21 10:06", "--test", "hook") == 4
    assert capsys.readouterr().err.startswith("hook: ")


def test_a_test_message_is_in_the_language_of_its_channel(root: Path, hook: Receiver) -> None:
    add_channel(root, webhook(hook, "deutsch", "language: de, "))
    assert notify(root, "21 10:06", "--test", "deutsch") == 0
    incident = json.loads(hook.requests[0].body)["incident"]
    assert incident["name"] == "Test von „deutsch“"
    assert incident["incident_updates"][0]["body"].startswith("Das ist ein Test des Kanals")


def test_a_test_message_never_goes_to_subscribers(root: Path, capsys: Captured) -> None:
    add_channel(root, "{type: mail, server: localhost, from: a@acme.example, subscribers: true}")
    edit_config(root, "ledger:", f"subscribers: {{recipients: [age1{'q' * 58}]}}\nledger:")
    assert notify(root, "21 10:06", "--test", "mail") == 4
    assert capsys.readouterr().err.startswith("mail: a test never goes to subscribers")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--test", ""], "There is no channel '': there are hook."),
        (["--test", "hook", "--dry-run"], "--test sends one message"),
        (["--test", "hook", "--channel", "hook"], "--test sends one message"),
    ],
)
def test_a_test_is_nothing_else_by_mistake(
    root: Path, hook: Receiver, capsys: Captured, arguments: list[str], said: str
) -> None:
    notify(root, "20 00:00")
    write(root, OPENED)
    assert notify(root, "21 10:06", *arguments) == 2
    assert said in capsys.readouterr().err
    assert hook.requests == []
