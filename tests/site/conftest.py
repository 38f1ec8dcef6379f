"""What the tests of the script share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

import pytest
from acme_site import (
    CONFIG,
    EVERYTHING,
    NOW,
    site_of,
)
from playwright.sync_api import Browser
from script_readers import (
    Meet,
    Reader,
    files_of,
)
from served import Host

from statusgen.model import Config, Incident
from statusgen.site.hosting.headers import content_policy


@pytest.fixture
def meet(browser: Browser) -> Iterator[Meet]:
    """Return a function that serves a site to a reader; none may have anything to complain of."""
    readers: list[Reader] = []

    def meet(
        incidents: Sequence[Incident] = EVERYTHING,
        zone: str = "Europe/Berlin",
        now: datetime = NOW,
        config: Config = CONFIG,
        **settings: object,
    ) -> Reader:
        site = site_of(incidents, config, now)
        host = Host(files_of(site), policy=content_policy(site), now=now)
        context = browser.new_context(timezone_id=zone, locale="en-US", **settings)  # type: ignore[arg-type]
        readers.append(Reader(context, host))
        return readers[-1]

    yield meet
    for reader in readers:
        assert [*reader.complaints, *reader.tab.evaluate("window.complaints")] == []
        reader.tab.context.close()
        reader.host.close()
