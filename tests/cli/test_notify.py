from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import sleep

import pytest
from hook_host import Answer, Receiver, receiving
from notify_command import notify, write
from sample_histories import IDENTIFIED, MAINTENANCE, OPENED, RESOLVED

PAGE = """\
page: {name: Acme, url: "https://status.acme.example", languages: [en, de]}
components:
  - {id: api, name: API}
  - {id: checkout, name: Checkout}
"""
Pages = Callable[[dict[str, str]], Path]


@pytest.fixture
def hook() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


@pytest.fixture
def root(page_repository: Pages, hook: Receiver) -> Path:
    """Return a page with a webhook and a ledger in a folder beside it."""
    url = f"http://127.0.0.1:{hook.port}/status"
    channel = (
        f"  - {{type: webhook, name: hook, url: '{url}', allow_private: true,"
        " kinds: [opened, update, resolved]}\n"
    )
    return page_repository({"config.yml": f"{PAGE}notify:\n{channel}ledger: {{path: ../ledger}}\n"})


def told(hook: Receiver) -> list[str]:
    """Return the newest update of each payload that arrived."""
    payloads = [json.loads(one.body) for one in hook.requests]
    return [one["incident"]["incident_updates"][0]["status"] for one in payloads]


def test_an_incident_is_told_from_its_beginning_to_its_end(
    root: Path, hook: Receiver, capsys: pytest.CaptureFixture[str]
) -> None:
    assert notify(root, "20 00:00") == 0
    assert capsys.readouterr().out == "hook  begun    from now on; 0 earlier events not told\n"
    text = ""
    for part, time in ((OPENED, "21 10:06"), (IDENTIFIED, "21 10:21"), (RESOLVED, "21 11:03")):
        text += part
        write(root, text)
        assert notify(root, time) == 0
        assert capsys.readouterr().out.startswith("hook  told     1 event in ")
        assert notify(root, time) == 0
        assert capsys.readouterr().out == "hook  nothing\n"
    assert told(hook) == ["investigating", "identified", "resolved"]


def test_nobody_is_told_of_what_was_there_before_the_first_run(root: Path, hook: Receiver) -> None:
    write(root, OPENED)
    assert notify(root, "21 10:06") == 0
    write(root, OPENED + IDENTIFIED)
    assert notify(root, "21 10:21") == 0
    assert told(hook) == ["identified"]


def test_a_dry_run_shows_every_message_and_sends_and_writes_nothing(
    root: Path, hook: Receiver, capsys: pytest.CaptureFixture[str]
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


def test_a_dry_run_before_the_first_run_shows_an_example(
    root: Path, hook: Receiver, capsys: pytest.CaptureFixture[str]
) -> None:
    write(root, OPENED + RESOLVED)
    assert notify(root, "21 11:06", "--dry-run", "--format", "json") == 0
    (channel,) = json.loads(capsys.readouterr().out)["channels"]
    assert [(one["kind"], one["example"]) for one in channel["messages"]] == [("resolved", True)]
    assert not (root.parent / "ledger").exists()


def test_a_failure_is_told_once_and_what_was_not_told_is_told_later(
    root: Path, hook: Receiver, capsys: pytest.CaptureFixture[str]
) -> None:
    notify(root, "20 00:00")
    config = root / "config.yml"
    config.write_text(config.read_text().replace("kinds:", "timeout: 1s, kinds:"))
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
    root: Path, hook: Receiver, capsys: pytest.CaptureFixture[str]
) -> None:
    config = root / "config.yml"
    text = config.read_text().replace("ledger:", "  - {type: apprise, url_env: SLACK}\nledger:")
    config.write_text(text)
    assert notify(root, "20 00:00") == 4
    assert "channel apprise: " in (said := capsys.readouterr().err)
    assert "the environment variable SLACK is not set" in said
    write(root, OPENED)
    notify(root, "21 10:06")
    assert told(hook) == ["investigating"]


def test_once_a_missing_variable_is_set_what_waited_is_told_at_once(
    root: Path, hook: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = root / "config.yml"
    url = f"http://127.0.0.1:{hook.port}/status"
    config.write_text(config.read_text().replace(f"url: '{url}'", "url_env: HOOK"))
    codes = [notify(root, "20 00:00")]
    write(root, OPENED)
    codes += [notify(root, f"21 10:{minute:02}") for minute in range(6, 12)]
    assert codes == [4, 0, 0, 0, 0, 0, 0]
    lines = (root.parent / "ledger/ledger").read_bytes().count(b"\n")
    monkeypatch.setenv("HOOK", url)
    assert notify(root, "21 10:12") == 0
    assert told(hook) == ["investigating"]
    assert lines < 8


def test_a_variable_that_goes_missing_is_told_before_it_is_needed_and_each_time_anew(
    root: Path, hook: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = root / "config.yml"
    url = f"http://127.0.0.1:{hook.port}/status"
    config.write_text(config.read_text().replace(f"url: '{url}'", "url_env: HOOK"))
    codes = []
    for day, value in enumerate([url, "", "", url, url, ""], start=10):
        monkeypatch.setenv("HOOK", value)
        codes.append(notify(root, f"{day} 00:00"))
    assert codes == [0, 4, 0, 0, 0, 4]


def test_a_channel_that_failed_again_and_again_rests_unless_it_is_asked_for(
    root: Path, hook: Receiver, capsys: pytest.CaptureFixture[str]
) -> None:
    notify(root, "20 00:00")
    config = root / "config.yml"
    config.write_text(config.read_text().replace("kinds:", "timeout: 1s, kinds:"))
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


def test_a_test_message_goes_to_one_channel_and_not_into_the_ledger(
    root: Path, hook: Receiver, capsys: pytest.CaptureFixture[str]
) -> None:
    assert notify(root, "21 10:06", "--test", "hook") == 0
    assert capsys.readouterr().out == "hook: sent. Look whether it has arrived.\n"
    assert b"This is a test of the channel" in hook.requests[0].body
    assert not (root.parent / "ledger").exists()
    hook.answers.append(Answer(404))
    assert notify(root, "21 10:06", "--test", "hook") == 4
    assert capsys.readouterr().err.startswith("hook: ")


def test_only_the_channels_that_are_asked_for_are_told(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert notify(root, "21 10:06", "--channel", "hok") == 2
    assert "There is no channel 'hok': did you mean 'hook'?" in capsys.readouterr().err


def test_without_channels_it_says_where_they_are_told_of(
    page_repository: Pages, capsys: pytest.CaptureFixture[str]
) -> None:
    assert notify(page_repository({}), "21 10:06") == 2
    assert "config.yml names no channels" in capsys.readouterr().err


def test_it_says_when_it_should_run_again(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(root, MAINTENANCE)
    notify(root, "20 12:00")
    assert capsys.readouterr().out.endswith("Run it again at 2026-11-22 21:00 UTC at the latest.\n")


def test_a_ledger_that_cannot_be_written_is_told_and_nothing_is_sent(
    root: Path, hook: Receiver, capsys: pytest.CaptureFixture[str]
) -> None:
    (root.parent / "ledger").write_text("a file")
    write(root, OPENED)
    assert notify(root, "21 10:06") == 4
    assert capsys.readouterr().err.startswith("Nothing was sent: the ledger: ")
    assert hook.requests == []


def test_a_ledger_on_a_branch_remembers_as_well(
    root: Path, hook: Receiver, capsys: pytest.CaptureFixture[str]
) -> None:
    remote = root.parent / "remote.git"
    subprocess.run(["git", "init", "--quiet", "--bare", remote], check=True)
    config = root / "config.yml"
    config.write_text(config.read_text().replace("path: ../ledger", "remote: ../remote.git"))
    notify(root, "20 00:00")
    write(root, OPENED)
    notify(root, "21 10:06")
    notify(root, "21 10:07")
    assert told(hook) == ["investigating"]


def test_the_json_has_what_was_told_and_what_was_not(
    root: Path, hook: Receiver, capsys: pytest.CaptureFixture[str]
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
    config = root / "config.yml"
    line = next(one for one in config.read_text().splitlines() if "webhook" in one)
    inside = line.replace("name: hook", "name: inside, audience: internal").replace(
        "/status", "/inside"
    )
    config.write_text(config.read_text().replace("ledger:", f"{inside}\nledger:"))
    notify(root, "20 00:00")
    block = "<!-- internal -->\nThe canary sings.\n<!-- /internal -->\n\nSome"
    write(root, OPENED.replace("Some", block))
    write(root, OPENED.replace("---\n\n", "audience: internal\n---\n\n"), "secret")
    assert notify(root, "21 10:06") == 0
    public = [one.body for one in hook.requests if one.path == "/status"]
    within = [one.body for one in hook.requests if one.path == "/inside"]
    assert len(public) == 1
    assert len(within) == 2
    assert b"canary" not in public[0]
    assert any(b"canary" in one for one in within)


def test_a_test_message_never_goes_to_subscribers(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = root / "config.yml"
    mail = "  - {type: mail, server: localhost, from: a@acme.example, subscribers: true}\n"
    people = f"subscribers: {{recipients: [age1{'q' * 58}]}}\n"
    config.write_text(config.read_text().replace("ledger:", f"{mail}{people}ledger:"))
    assert notify(root, "21 10:06", "--test", "mail") == 4
    assert capsys.readouterr().err.startswith("mail: a test never goes to subscribers")


def test_without_the_token_of_the_ledger_nothing_is_sent(
    root: Path, hook: Receiver, capsys: pytest.CaptureFixture[str]
) -> None:
    config = root / "config.yml"
    place = "remote: 'https://git.acme.example/a.git', token_env: LEDGER_TOKEN"
    config.write_text(config.read_text().replace("path: ../ledger", place))
    write(root, OPENED)
    for arguments in ((), ("--dry-run",)):
        assert notify(root, "21 10:06", *arguments) == 4
        said = capsys.readouterr().err
        assert said == (
            "Nothing was sent: the ledger: the environment variable LEDGER_TOKEN is not set.\n"
        )
    assert hook.requests == []


def test_what_is_wrong_in_the_configuration_is_told_and_the_rest_of_it_is_done(
    root: Path, hook: Receiver, capsys: pytest.CaptureFixture[str]
) -> None:
    notify(root, "20 00:00")
    config = root / "config.yml"
    config.write_text(config.read_text().replace("kinds:", "componets: [api], kinds:"))
    write(root, OPENED)
    capsys.readouterr()
    assert notify(root, "21 10:06") == 3
    assert "did you mean 'components'?" in capsys.readouterr().err
    assert told(hook) == ["investigating"]
    config.write_text(config.read_text().replace("notify:", "notfy:"))
    assert notify(root, "21 10:07") == 2
    assert "did you mean 'notify'?" in capsys.readouterr().err


def test_a_channel_that_begins_by_a_damaged_ledger_is_no_silent_success(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notify(root, "20 00:00")
    ledger = root.parent / "ledger/ledger"
    ledger.write_bytes(ledger.read_bytes().replace(b"begun", b"bEgun"))
    write(root, OPENED)
    capsys.readouterr()
    assert notify(root, "21 10:06") == 4
    assert "the ledger has lost lines: hook may have begun anew" in capsys.readouterr().err
    assert notify(root, "21 10:07") == 0


def test_a_ledger_that_was_deleted_while_a_run_wrote_it_is_no_silent_success(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notify(root, "20 00:00")
    write(root, OPENED)
    notify(root, "21 10:06")
    ledger = root.parent / "ledger/ledger"
    lines = ledger.read_bytes().splitlines(keepends=True)
    ledger.write_bytes(b"".join(line for line in lines if b"begun" not in line))
    capsys.readouterr()
    assert notify(root, "21 10:07") == 4
    assert "the ledger has lost lines: hook may have begun anew" in capsys.readouterr().err


def test_who_is_told_before_an_interruption_is_not_told_again(root: Path, hook: Receiver) -> None:
    remote = root.parent / "remote.git"
    subprocess.run(["git", "init", "--quiet", "--bare", remote], check=True)
    config = root / "config.yml"
    config.write_text(config.read_text().replace("path: ../ledger", "remote: ../remote.git"))
    notify(root, "20 00:00")
    write(root, OPENED)
    write(root, OPENED, "b")
    hook.answers += [Answer(), Answer(after=30)]
    command = [sys.executable, "-m", "statusgen", "notify", "--root", str(root)]
    with subprocess.Popen(
        [*command, "--now", "2026-11-21T10:06Z"], stderr=subprocess.PIPE, text=True
    ) as process:
        while len(hook.requests) < 2:
            sleep(0.02)
        process.send_signal(signal.SIGINT)
        said = process.communicate()[1]
    assert (process.returncode, said.startswith("Interrupted: some are told")) == (130, True)
    assert notify(root, "21 10:20") == 0
    keys = [one.headers["idempotency-key"] for one in hook.requests]
    assert keys[1] == keys[2] != keys[0]
    assert len(keys) == 3


def test_what_a_remote_says_moves_nothing_in_a_terminal(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    remote = root.parent / "remote.git"
    subprocess.run(["git", "init", "--quiet", "--bare", remote], check=True)
    hook = remote / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\nprintf '\\033[2J no\\n' >&2; exit 1\n")
    hook.chmod(0o755)
    config = root / "config.yml"
    config.write_text(config.read_text().replace("path: ../ledger", "remote: ../remote.git"))
    assert notify(root, "20 00:00") == 4
    said = capsys.readouterr().err
    assert said.startswith("Nothing was sent: the ledger: ")
    assert "\x1b" not in said


def test_a_run_that_has_nothing_to_tell_loads_nothing_that_sends(root: Path) -> None:
    config = root / "config.yml"
    mail = (
        "  - {type: mail, server: localhost, security: none, from: status@acme.example,"
        " to: [list@acme.example]}\n"
    )
    config.write_text(config.read_text().replace("ledger:", f"{mail}ledger:"))
    code = (
        "import sys\n"
        "from statusgen.cli.main import run\n"
        f"assert run(['notify', '--root', {str(root)!r}]) == 0\n"
        "print(*sorted(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {"apprise", "requests", "smtplib", "urllib3"}.isdisjoint(done.stderr.split())
