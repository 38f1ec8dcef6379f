"""What a program compares to see that the page is another one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest
from acme_site import NOW, OPEN, RESOLVED, RUNNING, UPCOMING, at, by_path, site_of, sites_of, update

from statusgen.model import Incident, Status
from statusgen.site.api.v1 import render_api_v1
from statusgen.site.context import Site
from statusgen.site.pages.front_page import render_front_page
from statusgen.site.views.renewal import state_id


def summary_of(site: Site) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        by_path(render_api_v1(site))["api/statusgen/v1/summary.json"]
    )
    return found


def test_the_front_page_and_the_summary_say_the_same() -> None:
    site = site_of()
    summary = summary_of(site)
    page = by_path(render_front_page(site))["index.html"].decode()
    assert f'data-state="{summary["state_id"]}"' in page
    assert f'data-next="{summary["next_change_at"]}"' in page


def test_the_next_change_is_when_a_maintenance_starts_or_a_day_ends() -> None:
    night = at("2026-12-01 21:00")
    assert summary_of(site_of([UPCOMING], now=night))["next_change_at"] == "2026-12-01T22:00:00Z"
    assert summary_of(site_of([UPCOMING]))["next_change_at"] == "2026-11-21T23:00:00Z"


ANOTHER = update(OPEN.id, Status.INVESTIGATING, "2026-11-21 11:00", "Still.")
AFTERWARDS = update(RESOLVED.id, Status.POSTMORTEM, "2026-11-21 11:00", "A second key was lost.")


@pytest.mark.parametrize(
    "incidents",
    [
        [RESOLVED],
        [OPEN._replace(updates=(*OPEN.updates, ANOTHER)), RESOLVED],
        [OPEN, RESOLVED._replace(updates=(*RESOLVED.updates, AFTERWARDS))],
        [OPEN, RESOLVED, RUNNING],
    ],
    ids=["an incident less", "an update more", "a postmortem", "a maintenance more"],
)
def test_the_state_is_another_one_with(incidents: Sequence[Incident]) -> None:
    assert state_id(site_of(incidents)) != state_id(site_of([OPEN, RESOLVED]))


def test_the_state_is_another_one_when_a_maintenance_starts_by_itself() -> None:
    before, after = at("2026-12-01 21:59"), at("2026-12-01 22:00")
    assert state_id(site_of([UPCOMING], now=before)) != state_id(site_of([UPCOMING], now=after))


def test_the_state_is_the_same_on_the_next_day() -> None:
    tomorrow = NOW.replace(day=22)
    assert state_id(site_of([RESOLVED, UPCOMING], now=tomorrow)) == state_id(
        site_of([RESOLVED, UPCOMING])
    )


def test_the_state_is_the_same_in_other_words() -> None:
    corrected = OPEN._replace(title="Cards are refused", summary="More about it.")
    assert state_id(site_of([corrected])) == state_id(site_of([OPEN]))


def test_the_state_is_the_same_in_every_language() -> None:
    assert len({state_id(site) for site in sites_of()}) == 1
