"""`statusgen notify` on a page whose incidents are written as a test goes on."""

from __future__ import annotations

import json
from pathlib import Path

from config_edits import edit_config
from hook_host import Receiver

from statusgen.cli.main import run


def write(root: Path, text: str, name: str = "a") -> None:
    path = root / f"incidents/{name}.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)


def notify(root: Path, time: str, *arguments: str) -> int:
    """Run it at a day and time of November; return the exit code."""
    now = f"2026-11-{time.replace(' ', 'T')}Z"
    return run(["notify", "--root", str(root), "--now", now, *arguments])


def webhook(hook: Receiver, name: str = "hook", more: str = "") -> str:
    """Return a channel that is told at a path of its name."""
    return (
        f"{{type: webhook, name: {name}, url: '{url_of(hook, name)}', allow_private: true,"
        f" {more}kinds: [opened, update, resolved]}}"
    )


def url_of(hook: Receiver, name: str = "hook") -> str:
    return f"http://127.0.0.1:{hook.port}/{name}"


def add_channel(root: Path, channel: str) -> None:
    edit_config(root, "ledger:", f"  - {channel}\nledger:")


def told(hook: Receiver) -> list[str]:
    """Return the newest update of each payload that arrived."""
    payloads = [json.loads(one.body) for one in hook.requests]
    return [one["incident"]["incident_updates"][0]["status"] for one in payloads]
