"""What holds of feeds, API and calendars whatever the incidents are."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

import feedparser
from acme_site import by_path, calendars_of, feeds_of, site_of
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from lxml import html
from statuspage_shape import faults_of
from strategies import COMPONENTS, incidents, moments

from statusgen.model import Component, Config, Group, Incident, Page
from statusgen.site.api.v1 import render_api_v1, render_year, years
from statusgen.site.api.v2 import render_api_v2, render_incident
from statusgen.site.context import Site
from statusgen.site.markdown import render

CONFIG = Config(
    page=Page("Acme", "https://status.acme.example", timezone="America/St_Johns"),
    components=tuple(
        Component(id_, id_.title(), group="all" if id_ == "checkout" else "") for id_ in COMPONENTS
    ),
    groups=(Group("all", "Everything"),),
    layout=("all", *(id_ for id_ in COMPONENTS if id_ != "checkout")),
)

MOST = 20
"""Recurring maintenance has hundreds of records, which are all alike."""

several = st.lists(incidents(), max_size=4, unique_by=lambda one: one.id)


def site_at(found: list[Incident], now: datetime) -> Site:
    """Return the site that incidents make once all of them are public."""
    public = [one._replace(draft=False, audience="public") for one in found]
    site = site_of(public, CONFIG, now)
    return replace(site, markdown=lambda text: render(text).html)


briefly = settings(
    max_examples=10,
    phases=[phase for phase in Phase if phase is not Phase.explain],
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@given(several, moments())
@briefly
def test_the_api_has_the_shape_of_a_statuspage(found: list[Incident], now: datetime) -> None:
    site = site_at(found, now)
    for path, content in by_path(render_api_v2(site)).items():
        name = path.removeprefix("api/v2/").removesuffix(".json")
        assert faults_of(name, json.loads(content)) == []
    for record in site.history.records[:MOST]:
        assert faults_of("one", json.loads(render_incident(site, record)[1])) == []
    listed = [render_year(site, year) for year in years(site)]
    for content in by_path((*render_api_v1(site), *listed)).values():
        json.loads(content)


@given(several, moments())
@briefly
def test_the_status_and_the_moments_of_an_incident_are_those_of_its_updates(
    found: list[Incident], now: datetime
) -> None:
    site = site_at(found, now)
    for record in site.history.records[:MOST]:
        row = json.loads(render_incident(site, record)[1])["incident"]
        updates = row["incident_updates"]
        assert row["status"] == updates[0]["status"]
        for key, words in {
            "resolved_at": ("resolved", "completed"),
            "monitoring_at": ("monitoring", "verifying"),
        }.items():
            said = [one["display_at"] for one in updates if one["status"] in words]
            assert row[key] in (said or [None])
        for update in updates:
            assert update["affected_components"] != []
            assert update["incident_id"] == row["id"]


@given(several, moments())
@briefly
def test_feeds_are_well_formed_and_in_order(found: list[Incident], now: datetime) -> None:
    site = site_at(found, now)
    for path, content in by_path(feeds_of(site)).items():
        if path.endswith(".json"):
            entries = [one["date_published"] for one in json.loads(content)["items"]]
            ids = [one["id"] for one in json.loads(content)["items"]]
        else:
            parsed = feedparser.parse(content)
            assert not parsed.bozo
            entries = [one.published_parsed for one in parsed.entries]
            ids = [one.id for one in parsed.entries]
            for one in parsed.entries:
                html.fromstring(f"<div>{one.summary}</div>")
        assert all(one >= other for one, other in pairwise(entries))
        assert len(set(ids)) == len(ids)


@given(several, moments())
@briefly
def test_calendars_are_readable_and_their_lines_short(found: list[Incident], now: datetime) -> None:
    site = site_at(found, now)
    for content in by_path(calendars_of(site)).values():
        calendar = Calendar.from_ical(content)
        assert not [one.errors for one in calendar.walk() if one.errors]
        assert max(map(len, content.split(b"\r\n"))) <= 75
        uids = [str(one["UID"]) for one in calendar.walk("VEVENT")]
        assert len(set(uids)) == len(uids)
