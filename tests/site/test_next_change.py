from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from acme_site import EVERYTHING, UNREADABLE, UPCOMING, at, site_of, whole_site

WEEKLY = UPCOMING._replace(
    id="weekly",
    starts=at("2026-11-01 22:00"),
    ends=at("2026-11-01 23:00"),
    repeat="FREQ=WEEKLY",
)
INCIDENTS = (*EVERYTHING, UNREADABLE, WEEKLY)


def outputs(now: datetime) -> dict[str, bytes]:
    return whole_site(site_of(INCIDENTS, now=now))


@pytest.mark.parametrize(
    "moment",
    [
        "2026-05-02 07:59",
        "2026-05-02 08:31",
        "2026-11-21 09:59",
        "2026-11-21 11:59",
        "2026-11-21 13:00",
        "2026-11-24 21:30",
        "2026-12-01 22:02",
        "2026-12-02 03:00",
    ],
)
def test_a_site_is_the_same_until_the_page_changes_by_itself(moment: str) -> None:
    site = site_of(INCIDENTS, now=at(moment))
    change = site.history.next_change
    assert change is not None
    first, last = outputs(at(moment)), outputs(change - timedelta(seconds=1))
    assert {path for path in first | last if first.get(path) != last.get(path)} == set()
