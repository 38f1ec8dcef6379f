"""Pages, feeds and API say the same about the same incident, whatever is in it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from typing import NamedTuple

import feedparser
from acme_site import NOW, by_path, feeds_of, site_of
from hypothesis import HealthCheck, given, settings
from markupsafe import Markup
from strategies import COMPONENTS, incidents

from statusgen.model import Component, Config, Incident, Kind, Page, Status
from statusgen.site.api import v2 as api_v2
from statusgen.site.lasting import incident_outputs, records_by_incident
from statusgen.site.markdown import render
from statusgen.site.theme.headings import below

CONFIG = Config(
    page=Page(name="Acme", url="https://status.acme.example", timezone="Europe/Berlin"),
    components=tuple(Component(id=one, name=one.title()) for one in COMPONENTS),
    layout=COMPONENTS,
)
TITLES = {Kind.INCIDENT, Kind.MAINTENANCE}
ANCHOR = re.compile(
    r'<li id="update-([0-9a-z]{12})">\s*<h3>(.*?)</h3>\s*.*?datetime="([^"]+)"', re.DOTALL
)
HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
STRONG = re.compile(r"<strong>([^<]*)</strong> - ")


class Said(NamedTuple):
    """What one output says of one update."""

    id: str
    moment: str  # to the minute, in UTC


def written(incident: Incident) -> dict[str, bytes]:
    """Return the outputs that a page with this one incident has."""
    public = incident._replace(draft=False, audience="public", stand_in=None)
    site = replace(site_of([public], CONFIG), markdown=lambda text: render(text).html)
    outputs = by_path(feeds_of(site))
    outputs |= by_path(api_v2.render_api_v2(site))
    return outputs | by_path(incident_outputs(site, records_by_incident(site)))


def page_of(outputs: dict[str, bytes]) -> str:
    return next(
        (raw.decode() for path, raw in outputs.items() if path.startswith("incidents/")),
        "",
    )


def said_by_page(outputs: dict[str, bytes]) -> list[Said]:
    return [Said(id_, utc(moment)) for id_, _, moment in ANCHOR.findall(page_of(outputs))]


def api_incidents(outputs: dict[str, bytes]) -> list[dict[str, object]]:
    return [
        json.loads(raw)["incident"]
        for path, raw in outputs.items()
        if path.startswith("api/v2/incidents/") and not path.endswith("unresolved.json")
    ]


def utc(text: str) -> str:
    """Return the API's time to the minute, in UTC."""
    return f"{datetime.fromisoformat(text).astimezone(UTC):%Y-%m-%dT%H:%M}"


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(incidents())
def test_page_and_api_have_the_same_updates(incident: Incident) -> None:
    outputs = written(incident._replace(repeat=""))
    if incident.kind is Kind.NOTICE:
        assert not api_incidents(outputs)
        return
    (record,) = api_incidents(outputs)
    updates = record["incident_updates"]
    assert isinstance(updates, list)
    said = [Said(one["id"], utc(one["display_at"])) for one in updates]
    # The API has one update even of an incident that has none yet; the page makes none up.
    assert said_by_page(outputs) == said or (not said_by_page(outputs) and len(said) == 1)
    assert record["name"] == incident.title
    headings = [unescape(heading) for heading in HEADING.findall(page_of(outputs))]
    assert len(headings) == 1
    assert incident.title in headings[0]


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(incidents())
def test_update_feeds_have_the_updates_of_the_page_that_are_out(incident: Incident) -> None:
    outputs = written(incident._replace(repeat=""))
    now = f"{NOW:%Y-%m-%dT%H:%M}"
    # A wrong year keeps no outage from the feeds; what is only announced waits for its time.
    counts = incident.kind is Kind.INCIDENT
    shown = [one for one in said_by_page(outputs) if counts or one.moment <= now]
    feed = json.loads(outputs["feed.json"])
    in_feed = [
        Said(item["id"].rpartition("/")[2], item["date_published"][:16]) for item in feed["items"]
    ]
    assert in_feed == shown
    for name in ("updates.atom", "updates.rss"):
        parsed = feedparser.parse(outputs[name])
        assert not parsed.bozo
        assert [entry.id.rpartition("/")[2] for entry in parsed.entries] == [
            one.id for one in shown
        ], name


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(incidents())
def test_history_feed_tells_the_statuses_of_the_page(incident: Incident) -> None:
    outputs = written(incident._replace(repeat=""))
    labels = [unescape(label) for _, label, _ in ANCHOR.findall(page_of(outputs))]
    parsed = feedparser.parse(outputs["history.atom"])
    assert not parsed.bozo
    if incident.kind not in TITLES or not labels:
        return
    (entry,) = parsed.entries
    assert STRONG.findall(entry.content[0].value) == labels


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(incidents())
def test_an_update_reads_the_same_on_the_page_and_in_the_feed(incident: Incident) -> None:
    outputs = written(incident._replace(repeat=""))
    page = page_of(outputs)
    if not page:  # a notice whose time has not come
        return
    for update in incident.updates:
        html = render(update.text).html
        if update.at <= NOW and update.status is not Status.POSTMORTEM and "href" not in html:
            assert below(Markup(html), 3) in page  # noqa: S704 (what the page itself does)
            assert html in "".join(
                item["content_html"] for item in json.loads(outputs["feed.json"])["items"]
            )
