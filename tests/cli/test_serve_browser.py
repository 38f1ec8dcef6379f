"""What a person sees who edits a page beside a browser."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

INCIDENT = "---\ntitle: Card payments fail\n---\n\n## Investigating · 2026-11-20 10:00 UTC\n"


@pytest.fixture
def served(page_repository: Callable[..., Path]) -> Iterator[tuple[Path, str]]:
    root = page_repository({"incidents/a.md": INCIDENT})
    command = [sys.executable, "-u", "-m", "statusgen", "serve", "--root", str(root), "--port", "0"]
    environment = {**os.environ, "TMPDIR": str(root.parent)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout
        address = process.stdout.readline().split()[0]
        assert "built" in process.stdout.readline()
        yield root, address
        process.terminate()


@pytest.fixture
def browser_page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def test_edits_and_mistakes_show_up_by_themselves(
    served: tuple[Path, str],
    browser_page: Page,
) -> None:
    root, address = served
    said: list[str] = []
    browser_page.on("console", lambda message: said.append(message.text))
    browser_page.goto(f"{address}incidents/a/")
    heading = browser_page.locator("h1")
    expect(heading).to_have_text("Card payments fail")
    (root / "incidents/a.md").write_text(INCIDENT.replace("Card", "Bank"))
    expect(heading).to_have_text("Bank payments fail")
    (root / "incidents/a.md").write_text(INCIDENT.replace("title", "titel"))
    expect(browser_page.locator("pre").last).to_contain_text("did you mean 'title'?")
    (root / "incidents/a.md").write_text(INCIDENT)
    expect(heading).to_have_text("Card payments fail")
    expect(browser_page.get_by_text("did you mean")).to_have_count(0)
    assert not said, "no policy was violated"


def test_a_page_without_a_usable_config_tells_why_and_recovers(
    served: tuple[Path, str],
    browser_page: Page,
) -> None:
    root, address = served
    config = (root / "config.yml").read_text()
    browser_page.goto(address)
    (root / "config.yml").write_text("page: [")
    expect(browser_page.locator("pre").last).to_contain_text("config.yml:1")
    (root / "config.yml").write_text(config)
    expect(browser_page.get_by_text("config.yml:1")).to_have_count(0)
