"""What every test may rely on: one moment, page repositories made of text, and no way outside."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser  # only tests in a browser pay for it

# The same examples in every run: a red run must come from the change that it tests. Tests marked
# `extreme` draw others. Without a deadline, because other programs share the machine.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")

# Where Python is told to keep no bytecode, as in many containers, each of the hundreds of programs
# that tests start would compile statusgen and its templates anew, and pytest all tests.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# Whoever starts tests in the background of a shell ignores interrupts, and programs inherit that:
# none that a test starts could be interrupted.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

_HOMES = count()

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)

CONFIG = """\
page:
  name: Acme
  url: https://status.acme.example
  timezone: Europe/Berlin
  since: 2026-01-01
components:
  - id: api
    name: API
  - group: Payments
    components:
      - {id: checkout, name: Checkout}
"""

PageRepository = Callable[[Mapping[str, str]], Path]


@pytest.fixture
def now() -> datetime:
    """Return the moment at which all tests take place."""
    return NOW


@pytest.fixture
def page_repository(tmp_path: Path) -> PageRepository:
    """Return a function that writes `{path: text}` as a page repository and returns its root.

    A small config.yml is added where there is none among the paths. `root="other"` makes a second
    repository in the same test.
    """

    def write(files: Mapping[str, str], root: str = "page") -> Path:
        folder = tmp_path / root
        for path, text in {"config.yml": CONFIG, **files}.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text.encode())
        return folder

    return write


@pytest.fixture(autouse=True)
def isolated(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test an empty HOME, a Git identity and an environment that is nobody's own."""
    home = tmp_path_factory.getbasetemp() / f"home-{next(_HOMES)}"  # mktemp would read the folder
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / ".config"))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_ALLOW_PROTOCOL", "file")
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "A Writer")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "writer@acme.example")
        monkeypatch.setenv(f"GIT_{role}_DATE", "2026-11-20T12:00:00Z")
    for name in ("CI", "GITHUB_ACTIONS", "NO_COLOR", "FORCE_COLOR", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection that would leave this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: tuple[str, int] | str) -> None:
        here = ("127.", "::1", "localhost")
        if isinstance(address, tuple) and not address[0].startswith(here):
            raise AssertionError(f"a test reached for {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many faults each test has injected that recorded the property `faults`, and all."""
    counts = {
        report.nodeid: count
        for report in terminalreporter.getreports("passed")
        for name, count in report.user_properties
        if name == "faults" and isinstance(count, int)
    }
    if counts:
        terminalreporter.section("injected faults")
        for test, count in {**counts, "in all": sum(counts.values())}.items():
            terminalreporter.write_line(f"{count:6,} {test}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Yield the system's Chromium, or where there is none the one that playwright installed.

    Every host of .test is this machine.
    """
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=30_000)  # milliseconds; other programs share the machine
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    arguments = ["--no-sandbox", "--host-resolver-rules=MAP *.test 127.0.0.1"]
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=program, args=arguments) as found,
    ):
        yield found
