"""Readers of a served site in Chromium, with a clock that is set and ears for what is said."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from acme_site import (
    OPEN,
    at,
    by_path,
    update,
)
from playwright.sync_api import BrowserContext, Locator
from served import Host

from statusgen.model import Status
from statusgen.site.api.v1 import render_api_v1
from statusgen.site.context import Output, Site
from statusgen.site.lasting import incident_outputs, records_by_incident
from statusgen.site.pages.front_page import render_front_page
from statusgen.site.pages.history_pages import render_maintenance
from statusgen.site.theme.assets import render_assets

SUMMARY = "/api/statusgen/v1/summary.json"
CARDS = f"/incidents/{OPEN.id}/index.html"
PROMISED = OPEN._replace(
    updates=(*OPEN.updates[:1], OPEN.updates[1]._replace(next_update=at("2026-11-21 12:30")))
)
FIXED = OPEN._replace(
    updates=(*OPEN.updates, update(OPEN.id, Status.RESOLVED, "2026-11-21 12:10", "It works again."))
)
ONE_OF_EACH = (
    "/index.html",
    CARDS,
    "/history/index.html",
    "/history/2026-11/index.html",
    "/components/checkout/index.html",
    "/maintenance/index.html",
    "/uptime/index.html",
    "/404.html",
)
LISTEN = """
window.complaints = [];
addEventListener("securitypolicyviolation", (event) => complaints.push(event.violatedDirective));
window.unanswered = 0;
const send = window.fetch;
window.fetch = (...request) => {
  unanswered += 1;
  return send(...request).finally(() => unanswered -= 1);
};
"""


REMOVE = "document.querySelectorAll('[data-live]').forEach((added) => added.remove())"
Part = Callable[[], Iterable[Output]]


def what_is_visited(site: Site) -> list[Part]:
    """Return the parts that most tests need, because whole sites take their time."""
    renderers = (render_front_page, render_maintenance, render_api_v1, render_assets)
    incidents = partial(incident_outputs, site, records_by_incident(site))
    return [*(partial(render, site) for render in renderers), incidents]


def files_of(
    *sites: Site, below: str = "/", parts: Callable[[Site], Iterable[Part]] = what_is_visited
) -> dict[str, bytes]:
    """Return the files of sites by the addresses that a host serves them at."""
    found: dict[str, bytes] = {}
    for site in sites:
        outputs = [output for part in parts(site) for output in part()]
        found |= {below + path: content for path, content in by_path(outputs).items()}
    return found


class Reader:
    """Somebody with a browser in a zone of their own, whose clock runs with the host's."""

    def __init__(self, context: BrowserContext, host: Host) -> None:
        self.host = host
        self.tab = context.new_page()
        self.complaints: list[str] = []
        self.tab.add_init_script(LISTEN)
        self.tab.on("console", lambda message: self.complaints.append(message.text))
        self.tab.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.tab.on("request", self._hear)

    def _hear(self, request: object) -> None:
        url = str(getattr(request, "url", ""))
        if not url.startswith(self.host.url):
            self.complaints.append(url)

    def open(self, path: str = "/index.html", clock: datetime | None = None) -> None:
        """Open a page at the host's time, or with a clock that is wrong."""
        self.tab.clock.install(time=clock or self.host.now)
        self.tab.goto(self.host.url + path)

    def wait(self, minutes: float) -> None:
        """Let time pass, for the host too.

        What was asked is answered first: the script takes the host's time from an answer, and one
        that is on its way while both clocks are moved would tell it that its own is wrong.
        """
        assert self.host.now
        while self.tab.evaluate("unanswered"):
            self.tab.wait_for_timeout(10)
        self.host.now += timedelta(minutes=minutes)
        self.tab.clock.fast_forward(int(minutes * 60_000))
        self.tab.wait_for_timeout(100)

    def publish(self, site: Site) -> None:
        """Put a new build where the old one was."""
        self.host.files.update(files_of(site))

    def beside(self, moment: str) -> Locator:
        """Return what stands behind a moment, which is named as the page writes it."""
        return self.tab.locator(f':is(time, .window):has-text("{moment}") + .live')

    @property
    def asked(self) -> int:
        """How often the summary was asked for."""
        return self.host.asked.count(SUMMARY)

    @property
    def news(self) -> Locator:
        return self.tab.locator("main > :last-child [role=status]")

    @property
    def stale(self) -> Locator:
        return self.tab.locator("main > :first-child [role=status]")


Meet = Callable[..., Reader]


def write(folder: Path, files: dict[str, bytes]) -> None:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
