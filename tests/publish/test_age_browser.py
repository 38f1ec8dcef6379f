"""What a reader sees when nobody builds the page any more, from `publish` to the browser."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from served import Host

from statusgen.cli.main import run

pytestmark = pytest.mark.browser

CONFIG = """\
page: {name: Acme, url: https://status.acme.example}
components: [{id: api, name: API}]
publish: [{type: directory, name: web, path: ../web}]
"""
INCIDENT = """\
---
title: Slow
components: {api: degraded_performance}
---

## Investigating · 2026-11-21 11:00 UTC

We look into it.

## Resolved · 2026-11-21 11:30 UTC

It is fast again.
"""
MINUTE = timedelta(minutes=1)


def publish(root: Path, now: datetime) -> dict[str, bytes]:
    """Publish; return what the target's readers get, by path."""
    assert run(["publish", "--root", str(root), "--now", now.isoformat()]) == 0
    live = root.parent / "web/current"
    files = (path for path in live.resolve().rglob("*") if path.is_file())
    return {f"/{path.relative_to(live.resolve()).as_posix()}": path.read_bytes() for path in files}


def look(tab: Page, host: Host, now: datetime) -> None:
    """Open the front page at a moment, which is the host's too."""
    host.now = now
    tab.clock.install(time=now)
    tab.goto(f"{host.url}/index.html")
    tab.wait_for_timeout(200)


def test_readers_and_programs_learn_that_builds_have_stopped_and_that_they_go_on(
    browser: Browser, page_repository: Callable[[dict[str, str]], Path], now: datetime
) -> None:
    root = page_repository({"config.yml": CONFIG, "incidents/slow.md": INCIDENT})
    before = publish(root, now)
    stale = datetime.fromisoformat(json.loads(before["/release.json"])["stale_after"])
    host = Host(before)
    tab = browser.new_page()
    warning = tab.locator("main > :first-child [role=status]")

    look(tab, host, stale - 2 * MINUTE)
    expect(warning).to_be_empty()
    look(tab, host, stale + 2 * MINUTE)
    expect(warning).to_contain_text("may be out of date")

    after = publish(root, stale + 3 * MINUTE)
    host.files.clear()
    host.files.update(after)
    look(tab, host, stale + 4 * MINUTE)
    expect(warning).to_be_empty()
    assert datetime.fromisoformat(json.loads(after["/release.json"])["stale_after"]) > stale
    feeds = [path for path in before if path.endswith((".atom", ".rss", "feed.json", ".ics"))]
    assert feeds
    assert [after[path] for path in feeds] == [before[path] for path in feeds]
    tab.close()
    host.close()
